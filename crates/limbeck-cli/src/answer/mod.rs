//! What each command answers, as data: one type per command, printed as text or as JSON.
//!
//! Must not know how an answer was found or how it is laid out on a terminal. The JSON schema of every type here is
//! part of the contract with scripts: fields are added, never renamed or removed.

mod adopt;
mod adopt_text;
mod branches;
mod check;
mod current;
mod diff;
mod ensure_version;
mod error;
mod heads;
mod history;
mod init;
mod inspect;
mod list_templates;
mod offline;
mod plan;
mod revision;
mod run;
mod show;
mod status;
mod unlock;
mod written;

pub use adopt::{
    AdoptAnswer, AdoptedConfiguration, AdoptedDatabase, AdoptedEnvironment, AdoptedPython,
    AdoptedScript, Agreement, MissingName, Question, Runs,
};
pub use branches::{BranchPoint, BranchesAnswer};
pub use check::CheckAnswer;
pub use current::CurrentAnswer;
pub use diff::DiffAnswer;
pub use ensure_version::EnsureVersionAnswer;
pub use error::{ErrorAnswer, ErrorBody, ErrorLocation};
pub use heads::HeadsAnswer;
pub use history::HistoryAnswer;
pub use init::{InitAnswer, InitFile};
pub use inspect::InspectAnswer;
pub use list_templates::{ListTemplatesAnswer, TemplateSummary};
pub use offline::OfflineAnswer;
pub use plan::{PlanAnswer, PlannedQuestion, PlannedStatement, PlannedStep};
pub use revision::RevisionAnswer;
pub use run::{Direction, RanBy, RunAnswer, RunStep};
pub use show::ShowAnswer;
pub use status::{PythonAnswer, State, StatusAnswer, TriedPython};
pub use unlock::UnlockAnswer;
pub use written::{WrittenAnswer, WrittenScript};

/// A command's answer: JSON by its serde form, text by [`Answer::text`].
pub trait Answer: serde::Serialize {
    /// The text for standard output, with a line end after every line; empty when there is nothing to say.
    fn text(&self) -> String;
}
