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
            for statement in &step.statements {
                if statement.autocommit {
                    text.push_str("-- outside a transaction\n");
                }
                let _ = writeln!(text, "{};", statement.sql);
            }
        }
        text
    }
}

impl PlannedStep {
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
