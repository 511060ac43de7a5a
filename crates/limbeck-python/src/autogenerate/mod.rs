//! What a comparison asks of an env.py: the models, what is left out of them, and what the scripts look like in the end.
//!
//! The questions are put to the Python that runs env.py, whichever that is; its package `limbeck_autogenerate` answers them.
//! Must not compare: that is the engine's.

mod adjust;
mod draft;
mod final_names;
mod grants;
mod judgement;

use limbeck::{diff::RenameDecision, schema::Database};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

pub use adjust::{adjust, prepare};
pub use draft::{
    Draft, DraftBody, DraftStep, Drafts, Proposal, ProposedOperation, ProposedScript, RenderedItem,
};
pub use final_names::mark as mark_final_names;
pub use judgement::{Judgement, LeftOut, Verdict};

use crate::environment::{EnvironmentError, Models};

/// What the models of an env.py want.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    /// The whole, in the models' own words.
    pub database: Database,
    /// The kinds of objects of which the models know all there are to be, besides tables, each with the schemas where that
    /// holds; `None` is the default one.
    #[serde(default)]
    pub complete: Complete,
    /// What tables and columns were called before, as the models say in `info={"renamed_from": …}`.
    #[serde(default)]
    pub renames: Vec<RenameDecision>,
    /// What `context.configure()` says about the comparison.
    pub settings: CompareSettings,
}

/// Schemas by kind of object; see [`Wanted::complete`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Complete {
    /// Views.
    pub views: Vec<Option<String>>,
    /// Materialized views.
    pub materialized_views: Vec<Option<String>>,
    /// Functions and procedures.
    pub routines: Vec<Option<String>>,
    /// Triggers.
    pub triggers: Vec<Option<String>>,
    /// Grants on tables.
    pub grants: Vec<Option<String>>,
}

/// What `context.configure()` says about comparing and writing.
#[derive(Clone, Debug, Deserialize)]
pub struct CompareSettings {
    /// Whether tables of all schemas are compared.
    pub include_schemas: bool,
    /// Whether types are.
    pub compare_type: bool,
    /// Whether server defaults are.
    pub compare_server_default: bool,
    /// Whether env.py has functions that want to be asked.
    pub judges: bool,
    /// Whether changes of a table are written as a batch.
    pub render_as_batch: bool,
    /// What stands before SQLAlchemy's names.
    pub sqlalchemy_module_prefix: String,
    /// What stands before directives.
    pub alembic_module_prefix: String,
    /// What stands before types of the project's own.
    #[serde(default)]
    pub user_module_prefix: Option<String>,
}

impl Default for CompareSettings {
    fn default() -> Self {
        CompareSettings {
            include_schemas: false,
            compare_type: true,
            compare_server_default: false,
            judges: false,
            render_as_batch: false,
            sqlalchemy_module_prefix: "sa.".to_owned(),
            alembic_module_prefix: "op.".to_owned(),
            user_module_prefix: None,
        }
    }
}

/// What the models want of a database whose default schema has that name.
///
/// # Errors
/// [`EnvironmentError`] when env.py has no models, or they cannot be read.
pub async fn wanted(
    models: &mut dyn Models,
    default_schema: Option<&str>,
) -> Result<Wanted, EnvironmentError> {
    let question = json!({"ask": "wanted", "default_schema": default_schema});
    ask(models, question).await
}

/// What env.py's functions say of what a database has. Only after [`wanted`].
///
/// # Errors
/// [`EnvironmentError`] with what a function raises.
pub async fn judge(
    models: &mut dyn Models,
    actual: &Database,
) -> Result<Judgement, EnvironmentError> {
    ask(models, json!({"ask": "judge", "actual": actual})).await
}

/// The scripts that are to be written so far, after env.py's functions have seen them. One call for each
/// `context.run_migrations()`; the answer to the last has what was handed over in all of them.
///
/// # Errors
/// [`EnvironmentError`] with what a function raises.
pub async fn drafts(
    models: &mut dyn Models,
    proposal: &Proposal,
) -> Result<Drafts, EnvironmentError> {
    #[derive(Serialize)]
    struct Question<'a> {
        ask: &'static str,
        #[serde(flatten)]
        proposal: &'a Proposal,
    }
    let question = Question {
        ask: "write",
        proposal,
    };
    let question = serde_json::to_value(question).map_err(misunderstood)?;
    ask(models, question).await
}

/// What env.py gives to the template of a script that its functions have no say in, such as a merge.
///
/// # Errors
/// [`EnvironmentError`] when Python cannot be asked.
pub async fn template_variables(models: &mut dyn Models) -> Result<Drafts, EnvironmentError> {
    ask(models, json!({"ask": "template"})).await
}

async fn ask<T: DeserializeOwned>(
    models: &mut dyn Models,
    question: Value,
) -> Result<T, EnvironmentError> {
    let answer = models.ask(question).await?;
    serde_json::from_value(answer).map_err(misunderstood)
}

fn misunderstood(error: serde_json::Error) -> EnvironmentError {
    EnvironmentError::Interpreter {
        reason: format!("what Python told of the models cannot be understood: {error}"),
    }
}
