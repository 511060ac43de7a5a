//! Answer of `plan`.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, Direction};

/// The steps that would lead a database to a target, with their statements. Nothing was run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// The target as it was given.
    pub target: String,
    /// In the order in which they would run; empty when there is nothing to do.
    pub steps: Vec<PlannedStep>,
}

/// One revision that would be applied or reverted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlannedStep {
    /// Identifier.
    pub revision: String,
    /// Up or down.
    pub direction: Direction,
    /// Revisions it starts from.
    pub from: Vec<String>,
    /// Revisions it leads to.
    pub to: Vec<String>,
    /// First paragraph of the script's description.
    pub message: String,
    /// The statements of the script and of the version table.
    pub statements: Vec<PlannedStatement>,
    /// What the script asks of the database: the rest of its statements depends on the answer and is not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<PlannedQuestion>,
}

/// A question of a script.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlannedQuestion {
    /// The statement; absent when the script inspects the schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sql: Option<String>,
    /// `path:line:column` of the script that asks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How many of the listed statements come before it.
    pub after: usize,
}

/// One statement of a step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlannedStatement {
    /// The text, without a terminator.
    pub sql: String,
    /// `path:line:column` of the script that asks for it; absent for statements of the engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether it runs outside a transaction.
    pub autocommit: bool,
}

impl Answer for PlanAnswer {
    fn text(&self) -> String {
        let mut text = format!("Database: {}\n", self.database);
        if self.steps.is_empty() {
            let _ = writeln!(text, "Nothing to do for {}.", self.target);
        }
        for step in &self.steps {
            let _ = writeln!(text, "\n-- {}", step.heading());
            for (index, statement) in step.statements.iter().enumerate() {
                step.tell_question(index, &mut text);
                if statement.autocommit {
                    text.push_str("-- outside a transaction\n");
                }
                let _ = writeln!(text, "{};", statement.sql);
            }
            step.tell_question(step.statements.len(), &mut text);
        }
        text
    }
}

impl PlannedStep {
    fn tell_question(&self, index: usize, text: &mut String) {
        let Some(question) = self
            .depends_on
            .as_ref()
            .filter(|asked| asked.after == index)
        else {
            return;
        };
        let place = match &question.location {
            Some(location) => format!(" ({location})"),
            None => String::new(),
        };
        let asked = match &question.sql {
            Some(sql) => sql.replace('\n', "\n--     "),
            None => "what its schema is".to_owned(),
        };
        let _ = writeln!(
            text,
            "-- here the script asks the database{place}, and what it does then depends on the answer:\n--     {asked}"
        );
    }

    fn heading(&self) -> String {
        format!(
            "{} {} -> {}, {}",
            self.direction.word(),
            self.from.join(", "),
            self.to.join(", "),
            self.message
        )
    }
}
