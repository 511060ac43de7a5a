//! The connections that Python opened, by number: env.py's, and those that a script opens beside the migration's.
//!
//! Transactions begin as the usual Python drivers begin them: SQLAlchemy says "begin" before the first statement, and the
//! database hears of it when the driver sends it.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use limbeck::{
    config::DatabaseUrl,
    dialect::{BoxFuture, DialectName, QueryError, Statement, StatementResult},
    migrate::Session,
    migrator::MigratorError,
};
use serde_json::Value;
use tokio::sync::Mutex;

use super::{
    request::{Refusal, TransactionAction},
    services::{closed, database_refusal},
};

/// What lives as long as the front end.
pub(crate) struct Shared {
    pub(super) binds: Mutex<Binds>,
    naming: std::sync::Mutex<Option<Naming>>,
    /// What `context.config` is made of where no env.py runs.
    pub(super) configuration: Value,
}

/// Tells the naming convention of metadata that only the application has, or why it cannot.
pub type Naming =
    Arc<dyn Fn() -> BoxFuture<'static, Result<serde_json::Value, String>> + Send + Sync>;

#[derive(Default)]
pub(super) struct Binds {
    /// Whether nothing may be made by opening a connection.
    to_read: bool,
    last: u64,
    open: HashMap<u64, Bind>,
    /// The one that a run works on. Until it is given back what is said to it goes to the migration.
    lent: Option<u64>,
    /// The databases, without passwords, on which Python undid a run by not committing the transaction that held it.
    undone: Vec<String>,
    /// Why a database could not be reached, the last time that one could not.
    unreachable: Option<MigratorError>,
}

pub(super) struct Bind {
    pub(super) url: DatabaseUrl,
    /// Opened by the first statement.
    pub(super) session: Option<Session<'static>>,
    transaction: Transaction,
    /// Whether a run has worked in the transaction that is open.
    holds_run: bool,
}

/// How far a transaction has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transaction {
    /// Each statement commits by itself.
    None,
    /// Python has asked for one; the database does not know of it.
    Wanted,
    /// It is open.
    Open,
}

/// A connection while a run works on it.
pub(crate) struct LentBind {
    /// Where it leads.
    pub(crate) url: DatabaseUrl,
    /// The session.
    pub(crate) session: Session<'static>,
    /// Whether a transaction of Python's is open on it.
    pub(crate) in_transaction: bool,
    transaction: Transaction,
}

impl Shared {
    /// Who tells the naming convention from now on.
    pub(crate) fn ask_naming_of(&self, naming: Naming) {
        *self.naming.lock().unwrap_or_else(PoisonError::into_inner) = Some(naming);
    }

    pub(super) fn naming(&self) -> Option<Naming> {
        let naming = self.naming.lock();
        naming.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// No connections yet; the options as in [`FrontEndOptions`](crate::FrontEndOptions).
    pub(crate) fn new(to_read: bool, configuration: Value) -> Self {
        let binds = Binds {
            to_read,
            ..Binds::default()
        };
        Shared {
            binds: Mutex::new(binds),
            naming: std::sync::Mutex::default(),
            configuration,
        }
    }

    /// Takes a connection for a run.
    pub(crate) async fn lend(&self, number: u64) -> Result<LentBind, Refusal> {
        let mut binds = self.binds.lock().await;
        let bind = binds.opened(number).await?;
        let url = bind.url.clone();
        if bind.transaction == Transaction::Wanted
            && bind.dialect() == Some(DialectName::Postgresql)
        {
            bind.begin().await?;
        }
        // The first DDL would end it without asking.
        let is_mysql = matches!(
            bind.dialect(),
            Some(DialectName::Mysql | DialectName::Mariadb)
        );
        if bind.transaction == Transaction::Open && is_mysql {
            bind.say("COMMIT").await?;
            bind.transaction = Transaction::Wanted;
        }
        let transaction = bind.transaction;
        let session = bind.session.take().ok_or_else(closed)?;
        binds.lent = Some(number);
        Ok(LentBind {
            url,
            session,
            in_transaction: transaction == Transaction::Open,
            transaction,
        })
    }

    /// Gives back what a run has worked on.
    pub(crate) async fn give_back(&self, number: u64, lent: LentBind) {
        let mut binds = self.binds.lock().await;
        binds.lent = None;
        if let Some(bind) = binds.open.get_mut(&number) {
            bind.session = Some(lent.session);
            bind.transaction = lent.transaction;
            bind.holds_run = lent.in_transaction;
        }
    }

    /// Closes what was left open. Gives the databases, without passwords, on which a run was undone because its transaction was
    /// never committed.
    pub(crate) async fn close_all(&self) -> Vec<String> {
        let mut binds = self.binds.lock().await;
        let open: Vec<u64> = binds.open.keys().copied().collect();
        for number in open {
            binds.remove(number);
        }
        std::mem::take(&mut binds.undone)
    }

    /// Why a database could not be reached, when `words` tell of that.
    pub(crate) async fn unreachable(&self, words: &str) -> Option<MigratorError> {
        let mut binds = self.binds.lock().await;
        let told = |error: &MigratorError| words.contains(&error.to_string());
        binds.unreachable.take_if(|error| told(error))
    }

    /// Whether a run works on this connection.
    pub(super) async fn is_lent(&self, number: u64) -> bool {
        self.binds.lock().await.lent == Some(number)
    }
}

impl Binds {
    /// A new connection, not yet opened.
    pub(super) fn add(&mut self, url: DatabaseUrl) -> u64 {
        self.last += 1;
        let bind = Bind {
            url,
            session: None,
            transaction: Transaction::None,
            holds_run: false,
        };
        self.open.insert(self.last, bind);
        self.last
    }

    pub(super) fn remove(&mut self, number: u64) {
        if let Some(bind) = self.open.remove(&number)
            && bind.holds_run
        {
            self.undone.push(bind.url.redacted());
        }
    }

    pub(super) async fn opened(&mut self, number: u64) -> Result<&mut Bind, Refusal> {
        let bind = self.open.get_mut(&number).ok_or_else(closed)?;
        if bind.session.is_none() {
            let opened = match self.to_read {
                true => limbeck::migrator::open_to_read(&bind.url).await,
                false => limbeck::migrator::open(&bind.url).await,
            };
            match opened {
                Ok(session) => bind.session = Some(session),
                Err(error) => {
                    let refusal = Refusal::Database {
                        message: error.to_string(),
                        code: None,
                        sql: String::new(),
                        connection_lost: true,
                        failure: None,
                    };
                    self.unreachable = Some(error);
                    return Err(refusal);
                }
            }
        }
        Ok(bind)
    }

    /// Notes or ends a transaction.
    pub(super) async fn transaction(
        &mut self,
        number: u64,
        action: TransactionAction,
    ) -> Result<(), Refusal> {
        let bind = self.open.get_mut(&number).ok_or_else(closed)?;
        let sql = match (action, bind.transaction) {
            (TransactionAction::Begin, Transaction::None) => {
                bind.transaction = Transaction::Wanted;
                return Ok(());
            }
            (TransactionAction::Begin, _) | (_, Transaction::None) => return Ok(()),
            (_, Transaction::Wanted) => {
                bind.transaction = Transaction::None;
                return Ok(());
            }
            (TransactionAction::Commit, Transaction::Open) => "COMMIT",
            (TransactionAction::Rollback, Transaction::Open) => "ROLLBACK",
        };
        bind.transaction = Transaction::None;
        if std::mem::take(&mut bind.holds_run) && sql == "ROLLBACK" {
            let undone = bind.url.redacted();
            bind.say(sql).await?;
            self.undone.push(undone);
            return Ok(());
        }
        bind.say(sql).await
    }
}

impl Bind {
    fn dialect(&self) -> Option<DialectName> {
        self.session.as_ref().map(Session::dialect)
    }

    /// Runs a statement, in the transaction that Python wants.
    pub(super) async fn run(&mut self, statement: &Statement) -> Result<StatementResult, Refusal> {
        let word = first_word(&statement.sql);
        if self.transaction == Transaction::Wanted && self.begins_before(&word) {
            self.begin().await?;
        }
        let session = self.session.as_mut().ok_or_else(closed)?;
        let refused = |error: QueryError| database_refusal(&error, &statement.sql, None);
        let result = session.run(statement).await.map_err(refused)?;
        match word.as_str() {
            "BEGIN" | "START" => self.transaction = Transaction::Open,
            "COMMIT" | "END" | "ABORT" => {
                self.transaction = Transaction::None;
                self.holds_run = false;
            }
            "ROLLBACK" if !statement.sql.to_ascii_uppercase().contains(" TO ") => {
                self.transaction = Transaction::None;
            }
            _ => {}
        }
        Ok(result)
    }

    /// Whether the driver begins the transaction before a statement with this first word. That of SQLite does so before changes
    /// of rows only, which is why a PRAGMA takes effect. It does not before a savepoint, whose release commits there then; here
    /// a savepoint is within the transaction.
    fn begins_before(&self, word: &str) -> bool {
        if matches!(word, "BEGIN" | "START" | "COMMIT" | "END" | "ROLLBACK") {
            return false;
        }
        match self.dialect() {
            Some(DialectName::Sqlite) => {
                matches!(
                    word,
                    "INSERT" | "UPDATE" | "DELETE" | "REPLACE" | "SAVEPOINT"
                )
            }
            _ => true,
        }
    }

    async fn begin(&mut self) -> Result<(), Refusal> {
        self.say("BEGIN").await?;
        self.transaction = Transaction::Open;
        Ok(())
    }

    async fn say(&mut self, sql: &str) -> Result<(), Refusal> {
        let session = self.session.as_mut().ok_or_else(closed)?;
        let said = session.run(&Statement::new(sql)).await;
        said.map_err(|error| database_refusal(&error, sql, None))?;
        Ok(())
    }
}

/// The first word of a statement in capitals; comments before it are rare enough to be passed to the database as they are.
fn first_word(sql: &str) -> String {
    let word = sql.trim_start().split(|c: char| !c.is_ascii_alphabetic());
    word.take(1).collect::<String>().to_ascii_uppercase()
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Database { message, .. } | Refusal::Engine { message, .. } => {
                formatter.write_str(message)
            }
            Refusal::Stopped => formatter.write_str("the run is over"),
        }
    }
}
