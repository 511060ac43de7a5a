//! One statement on its way to a database or into an offline script.

use crate::{
    operation::{Batches, SourceLocation},
    schema::Value,
};

/// Whether a statement may share a transaction with its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// Runs in the transaction that is open, if any.
    Transaction,
    /// Must run outside a transaction (`CREATE INDEX CONCURRENTLY`, `VACUUM`): what is open is committed
    /// before it and begun again after it.
    Autocommit,
}

/// A statement with what the session and the offline writer have to know about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The text, without the terminator.
    pub sql: String,
    /// Values for the placeholders in [`Statement::sql`], in order; empty for DDL.
    pub parameters: Vec<Value>,
    /// Whether it may run inside a transaction.
    pub isolation: Isolation,
    /// How it is divided, when it is to run a batch of rows at a time.
    pub batches: Option<Batches>,
    /// Where the script asked for it; `None` for statements of the engine itself (version table, rebuild steps).
    pub location: Option<SourceLocation>,
}

impl Statement {
    /// A statement without parameters that may run in a transaction.
    pub fn new(sql: impl Into<String>) -> Self {
        Statement {
            sql: sql.into(),
            parameters: Vec::new(),
            isolation: Isolation::Transaction,
            batches: None,
            location: None,
        }
    }

    /// The same statement, to be run outside a transaction.
    pub fn autocommit(mut self) -> Self {
        self.isolation = Isolation::Autocommit;
        self
    }

    /// The same statement, divided.
    pub fn in_batches(mut self, batches: Option<Batches>) -> Self {
        self.batches = batches;
        self
    }

    /// The same statement with its values.
    pub fn with_parameters(mut self, parameters: Vec<Value>) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same statement, asked for at `location`.
    pub fn at(mut self, location: Option<SourceLocation>) -> Self {
        self.location = location;
        self
    }

    /// Where the byte at `offset` of the text stands in the script; `None` for a statement without a place.
    pub fn location_at(&self, offset: usize) -> Option<SourceLocation> {
        let mut location = self.location.clone()?;
        // The text was made by code in that line; it does not stand there.
        if location.column == 0 {
            return Some(location);
        }
        for (index, character) in self.sql.char_indices() {
            if index >= offset {
                break;
            }
            if character == '\n' {
                location.line += 1;
                location.column = 1;
            } else {
                location.column += 1;
            }
        }
        Some(location)
    }
}
