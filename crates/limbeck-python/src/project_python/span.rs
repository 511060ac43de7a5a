//! Which revisions ran in the project's Python, and why: nothing runs there silently.

use std::{fmt, path::PathBuf};

use serde::Serialize;

/// A revision that ran in the project's Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RanThere {
    /// The revision.
    pub revision: String,
    /// What it needs of the application.
    pub needs: Vec<String>,
}

/// Consecutive revisions that ran in the project's Python.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PythonSpan {
    /// The first, in the order they ran.
    pub first: String,
    /// The last.
    pub last: String,
    /// How many.
    pub revisions: usize,
    /// The Python.
    pub python: PathBuf,
    /// What they need of the application.
    pub needs: Vec<String>,
}

impl PythonSpan {
    /// Finds the spans in the revisions of a run, given in the order they ran.
    pub fn of<'a>(
        order: impl IntoIterator<Item = &'a str>,
        there: &[RanThere],
        python: &std::path::Path,
    ) -> Vec<PythonSpan> {
        let mut spans: Vec<PythonSpan> = Vec::new();
        let mut open = false;
        for revision in order {
            let Some(ran) = there.iter().find(|ran| ran.revision == revision) else {
                open = false;
                continue;
            };
            match spans.last_mut().filter(|_| open) {
                Some(span) => {
                    span.last = revision.to_owned();
                    span.revisions += 1;
                }
                None => spans.push(PythonSpan {
                    first: revision.to_owned(),
                    last: revision.to_owned(),
                    revisions: 1,
                    python: python.to_owned(),
                    needs: Vec::new(),
                }),
            }
            open = true;
            if let Some(span) = spans.last_mut() {
                for need in &ran.needs {
                    if !span.needs.contains(need) {
                        span.needs.push(need.clone());
                    }
                }
            }
        }
        spans
    }
}

impl fmt::Display for PythonSpan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let python = self.python.display();
        match self.revisions {
            1 => write!(formatter, "Revision {} run by {python}", self.first)?,
            _ => write!(
                formatter,
                "Revisions {}..{} run by {python}",
                self.first, self.last
            )?,
        }
        if !self.needs.is_empty() {
            let verb = if self.revisions == 1 { "needs" } else { "need" };
            write!(formatter, ": {verb} {}", self.needs.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consecutive_revisions_are_one_span() {
        let ran = |revision: &str, needs: &str| RanThere {
            revision: revision.to_owned(),
            needs: vec![needs.to_owned()],
        };
        let there = [
            ran("b", "shop.Kind"),
            ran("c", "shop.Kind"),
            ran("e", "shop.models"),
        ];
        let spans = PythonSpan::of(
            ["a", "b", "c", "d", "e"],
            &there,
            "/venv/bin/python".as_ref(),
        );
        let told: Vec<_> = spans.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "Revisions b..c run by /venv/bin/python: need shop.Kind",
                "Revision e run by /venv/bin/python: needs shop.models",
            ]
        );
    }
}
