//! What Python asks of the engine.

use limbeck::{
    dialect::{DialectName, Statement, StatementResult},
    operation::{Operation, SourceLocation},
    schema::Value,
};
use tokio::sync::oneshot;

/// The connection of the migration under way.
pub(crate) const MIGRATION: u64 = 0;

/// Where an answer goes.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, Refusal>>;

/// Why something asked for was not done.
#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    /// The database refused a statement.
    Database {
        message: String,
        code: Option<String>,
        sql: String,
        connection_lost: bool,
        /// Under which number the context's own error is kept.
        failure: Option<u64>,
    },
    /// The engine refused, or something else went wrong.
    Engine {
        message: String,
        /// Under which number the context's own error is kept.
        failure: Option<u64>,
    },
    /// The run is over; nothing more will be done.
    Stopped,
}

/// A database, as a script may ask about it.
#[derive(Clone, Debug)]
pub(crate) struct ServerAnswer {
    pub(crate) dialect: DialectName,
    pub(crate) version: Option<(u32, u32, u32)>,
    pub(crate) default_schema: Option<String>,
    pub(crate) database: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) offline: bool,
}

/// What a statement gave that was run for many rows.
#[derive(Debug, Default)]
pub(crate) struct ManyResults {
    /// The answers as one.
    pub(crate) result: StatementResult,
    /// The number of the row that failed, and why.
    pub(crate) failed: Option<(usize, Refusal)>,
}

/// One request; each is answered before the next comes.
pub(crate) enum Request {
    /// Run a statement and tell everything it answers.
    Execute {
        bind: u64,
        statement: Statement,
        reply: Reply<StatementResult>,
    },
    /// Run a statement once for each row of parameters, up to the first that fails.
    ExecuteMany {
        bind: u64,
        statement: Statement,
        rows: Vec<Vec<Value>>,
        reply: Reply<ManyResults>,
    },
    /// Do operations, in order.
    Apply {
        bind: u64,
        operations: Vec<Operation>,
        location: Option<SourceLocation>,
        /// Whether they are to run outside the transaction.
        autocommit: bool,
        reply: Reply<()>,
    },
    /// Another connection.
    Connect { url: String, reply: Reply<u64> },
    /// Give a connection back.
    Close { bind: u64, reply: Reply<()> },
    /// Begin, commit or roll back on another connection.
    Transaction {
        bind: u64,
        action: TransactionAction,
        reply: Reply<()>,
    },
    /// What is known of the database.
    Server {
        bind: u64,
        reply: Reply<ServerAnswer>,
    },
    /// Look at the database's schema.
    Inspect {
        bind: u64,
        question: serde_json::Value,
        reply: Reply<serde_json::Value>,
    },
    /// `context.run_migrations()` was reached. Answered with [`Job::Ended`](crate::interpreter::Job), because the thread takes
    /// jobs while it waits.
    RunMigrations {
        bind: Option<u64>,
        settings: serde_json::Value,
    },
    /// What `context.config` and its like are made of.
    Configuration { reply: Reply<serde_json::Value> },
    /// What the revisions in version directories say about themselves.
    Revisions {
        locations: Vec<String>,
        reply: Reply<serde_json::Value>,
    },
    /// The naming convention of the application's metadata.
    NamingConvention { reply: Reply<serde_json::Value> },
    /// Text for the script of `--sql`.
    Write { text: String, reply: Reply<()> },
}

/// What can be done to a transaction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TransactionAction {
    /// BEGIN.
    Begin,
    /// COMMIT.
    Commit,
    /// ROLLBACK.
    Rollback,
}
