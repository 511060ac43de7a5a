//! Scripts that run natively although they reach names that only the application has: told once, in one sentence.

use super::error::ProjectPythonError;

/// More names than this are counted instead of told.
const TOLD: usize = 3;

/// What is to be told.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    revisions: Vec<String>,
    needs: Vec<String>,
    why: String,
}

impl Gaps {
    /// Takes a script.
    pub(super) fn note(&mut self, revision: &str, needs: &str, why: &ProjectPythonError) {
        self.why = why.reason();
        for (list, name) in [(&mut self.revisions, revision), (&mut self.needs, needs)] {
            if !list.iter().any(|known| known == name) {
                list.push(name.to_owned());
            }
        }
    }

    /// The sentence, when there is something new to tell.
    pub(super) fn tell(&mut self) -> Option<String> {
        let Gaps {
            revisions,
            needs,
            why,
        } = std::mem::take(self);
        let (one, are) = (revisions.len() == 1, needs.len() != 1);
        if revisions.is_empty() {
            return None;
        }
        Some(format!(
            "{} {} {} {}, which {} not here; {} run natively as far as {} not use {} ({why})",
            if one { "Revision" } else { "Revisions" },
            list(&revisions),
            if one { "reaches" } else { "reach" },
            list(&needs),
            if are { "are" } else { "is" },
            if one { "it is" } else { "they are" },
            if one { "it does" } else { "they do" },
            if are { "them" } else { "it" },
        ))
    }
}

fn list(names: &[String]) -> String {
    match names.len().checked_sub(TOLD) {
        Some(more) if more > 0 => format!("{} and {more} more", names[..TOLD].join(", ")),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_in_one_sentence_and_once() {
        let none = ProjectPythonError::NoPython(Box::default());
        let mut gaps = Gaps::default();
        gaps.note("a1", "shop.Kind", &none);
        insta::assert_snapshot!(gaps.tell().unwrap(), @"Revision a1 reaches shop.Kind, which is not here; it is run natively as far as it does not use it (no Python with Alembic was found)");
        assert_eq!(gaps.tell(), None);
        for revision in ["a1", "b2", "c3", "d4", "e5"] {
            gaps.note(revision, "shop.Kind", &none);
            gaps.note(revision, "shop.User", &none);
        }
        insta::assert_snapshot!(gaps.tell().unwrap(), @"Revisions a1, b2, c3 and 2 more reach shop.Kind, shop.User, which are not here; they are run natively as far as they do not use them (no Python with Alembic was found)");
    }
}
