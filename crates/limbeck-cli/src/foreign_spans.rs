//! Which revisions the project's own Python ran, and why: nothing runs there silently.

use std::{fmt, path::Path};

use limbeck::migrate::StepReport;

/// Consecutive revisions that ran in the project's Python.
#[derive(Debug)]
pub(crate) struct Span<'r> {
    steps: &'r [StepReport],
    program: &'r Path,
}

/// Finds them in the steps of a run.
pub(crate) fn spans(steps: &[StepReport]) -> Vec<Span<'_>> {
    let program = |step: &'_ StepReport| step.ran_by.as_ref().map(|by| by.program.clone());
    steps
        .chunk_by(|one, next| program(one) == program(next))
        .filter_map(|steps| {
            let by = steps.first()?.ran_by.as_ref()?;
            Some(Span {
                steps,
                program: &by.program,
            })
        })
        .collect()
}

impl fmt::Display for Span<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = self.program.display();
        let mut needs: Vec<&str> = Vec::new();
        for need in self
            .steps
            .iter()
            .flat_map(|step| &step.ran_by)
            .flat_map(|by| &by.needs)
        {
            if !needs.contains(&need.as_str()) {
                needs.push(need);
            }
        }
        let verb = match self.steps {
            [one] => {
                write!(formatter, "Revision {} was run by {program}", one.revision)?;
                "needs"
            }
            [first, .., last] => {
                let (first, last) = (&first.revision, &last.revision);
                write!(formatter, "Revisions {first}..{last} were run by {program}")?;
                "need"
            }
            [] => return Ok(()),
        };
        match needs.is_empty() {
            true => Ok(()),
            false => write!(formatter, ": {verb} {}", needs.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use limbeck::{
        revision::{Direction, RevisionId},
        script::RanBy,
    };

    use super::*;

    fn step(revision: &str, needs: &str) -> StepReport {
        StepReport {
            revision: RevisionId::new(revision).unwrap(),
            direction: Direction::Upgrade,
            from: Vec::new(),
            to: Vec::new(),
            statements: 0,
            duration: Duration::ZERO,
            ran_by: (!needs.is_empty()).then(|| RanBy {
                program: "/venv/bin/python".into(),
                needs: vec![needs.to_owned()],
            }),
        }
    }

    #[test]
    fn consecutive_revisions_are_one_span() {
        let steps = [
            step("a", ""),
            step("b", "shop.Kind"),
            step("c", "shop.Kind"),
            step("d", ""),
            step("e", "shop.models"),
        ];
        let told: Vec<_> = spans(&steps).iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "Revisions b..c were run by /venv/bin/python: need shop.Kind",
                "Revision e was run by /venv/bin/python: needs shop.models",
            ]
        );
    }
}
