//! The engine's side of a conversation: serves what Python asks for, on the connection of the run or on others.

use std::{collections::HashMap, sync::Arc};

use limbeck::{
    config::DatabaseUrl,
    dialect::{BoxFuture, QueryError, Statement, StatementResult},
    migrate::{RunFailure, Session},
    operation::{Operation, SourceLocation},
    schema::Value as SqlValue,
    script::{ContextError, ScriptContext},
};
use serde_json::Value;

use crate::interpreter::Interpreter;

use super::{
    autocommit::outside_transaction,
    binds::Shared,
    inspection,
    request::{MIGRATION, ManyResults, Refusal, Reply, Request, ServerAnswer, TransactionAction},
};

/// Serves the requests of one job.
pub(crate) struct Services<'a> {
    shared: Arc<Shared>,
    context: Option<&'a mut dyn ScriptContext>,
    environment: Option<&'a mut dyn EnvironmentHost>,
    /// Errors of the context, for the script that lets them pass.
    failures: HashMap<u64, ContextError>,
    /// An error after which nothing may be done, whatever the script makes of it.
    fatal: Option<String>,
    fatal_failure: Option<ContextError>,
}

/// Who answers what only `env.py` asks.
pub(crate) trait EnvironmentHost: Send {
    /// Carries out the command, on the connection `bind` or offline. Gives the text that env.py wants to write by itself.
    fn run_migrations(
        &mut self,
        bind: Option<u64>,
        settings: Value,
    ) -> BoxFuture<'_, Result<String, String>>;

    /// The configuration.
    fn configuration(&self) -> Value;

    /// The revisions in version directories, newest first.
    fn revisions(&self, locations: Vec<String>) -> Result<Value, String>;

    /// Takes text for the script of `--sql`.
    fn write(&mut self, text: &str);
}

impl<'a> Services<'a> {
    /// Services for a script that runs on `context`; without one, for code that is only loaded.
    pub(crate) fn new(
        shared: &Arc<Shared>,
        context: Option<&'a mut dyn ScriptContext>,
    ) -> Services<'a> {
        Services {
            shared: Arc::clone(shared),
            context,
            environment: None,
            failures: HashMap::new(),
            fatal: None,
            fatal_failure: None,
        }
    }

    /// Services for env.py.
    pub(crate) fn for_environment(
        shared: &Arc<Shared>,
        environment: &'a mut dyn EnvironmentHost,
    ) -> Services<'a> {
        Services {
            environment: Some(environment),
            ..Services::new(shared, None)
        }
    }

    /// The context's error of that number.
    pub(crate) fn take_failure(&mut self, number: u64) -> Option<ContextError> {
        self.failures.remove(&number)
    }

    /// The error after which nothing was done any more.
    pub(crate) fn take_fatal(&mut self) -> Option<ContextError> {
        self.fatal_failure.take()
    }

    /// Answers one request. Who asked may be gone; then nobody hears the answer.
    pub(crate) async fn serve(&mut self, request: Request, interpreter: &Interpreter) {
        match request {
            Request::Execute {
                bind,
                statement,
                reply,
            } => answer(reply, self.execute(bind, statement).await),
            Request::ExecuteMany {
                bind,
                statement,
                rows,
                reply,
            } => answer(reply, Ok(self.execute_many(bind, statement, rows).await)),
            Request::Apply {
                bind,
                operations,
                location,
                autocommit,
                reply,
            } => {
                let done = self.apply(bind, operations, location, autocommit).await;
                answer(reply, done);
            }
            Request::Connect { url, reply } => answer(reply, self.connect(&url).await),
            Request::Close { bind, reply } => answer(reply, self.close(bind).await),
            Request::Transaction {
                bind,
                action,
                reply,
            } => answer(reply, self.transaction(bind, action).await),
            Request::Server { bind, reply } => answer(reply, self.server(bind).await),
            Request::Inspect {
                bind,
                question,
                reply,
            } => answer(reply, self.inspect(bind, &question).await),
            Request::RunMigrations { bind, settings } => {
                interpreter.end(match &mut self.environment {
                    Some(environment) => environment.run_migrations(bind, settings).await,
                    None => Err("run_migrations() is for env.py".to_owned()),
                });
            }
            Request::Configuration { reply } => {
                let told = match &self.environment {
                    Some(environment) => environment.configuration(),
                    None => self.shared.configuration.clone(),
                };
                answer(reply, Ok(told));
            }
            Request::Revisions { locations, reply } => {
                let told = match &self.environment {
                    Some(environment) => environment.revisions(locations),
                    None => Err("the revisions are only known to env.py".to_owned()),
                };
                answer(reply, told.map_err(|message| refused(&message)));
            }
            Request::NamingConvention { reply } => {
                let naming = self.shared.naming();
                let told = match naming {
                    Some(naming) => naming().await,
                    None => Ok(Value::Null),
                };
                answer(reply, told.map_err(|message| refused(&message)));
            }
            Request::Write { text, reply } => {
                if let Some(environment) = &mut self.environment {
                    environment.write(&text);
                }
                answer(reply, Ok(()));
            }
        }
    }

    /// Where a request goes: what is said to the connection that a run works on goes to the migration.
    async fn meant(&mut self, bind: u64) -> u64 {
        match bind != MIGRATION && self.shared.is_lent(bind).await {
            true => MIGRATION,
            false => bind,
        }
    }

    async fn execute(
        &mut self,
        bind: u64,
        statement: Statement,
    ) -> Result<StatementResult, Refusal> {
        let bind = self.meant(bind).await;
        if bind != MIGRATION {
            return self.execute_on(bind, &statement).await;
        }
        self.refuse_after_fatal()?;
        let context = self.context.as_mut().ok_or_else(no_migration)?;
        match context.execute(statement).await {
            Ok(result) => Ok(result),
            Err(error) => Err(self.keep(error)),
        }
    }

    async fn execute_many(
        &mut self,
        bind: u64,
        statement: Statement,
        rows: Vec<Vec<SqlValue>>,
    ) -> ManyResults {
        let mut done = ManyResults::default();
        if self.meant(bind).await == MIGRATION {
            let ran = match (self.refuse_after_fatal(), self.context.as_mut()) {
                (Err(refusal), _) => Err((0, refusal)),
                (_, None) => Err((0, no_migration())),
                (Ok(()), Some(context)) => match context.execute_many(statement, rows).await {
                    Ok(result) => Ok(result),
                    Err(failed) => Err((failed.row, self.keep(failed.error))),
                },
            };
            match ran {
                Ok(result) => done.result = result,
                Err(failed) => done.failed = Some(failed),
            }
            return done;
        }
        for (number, row) in rows.into_iter().enumerate() {
            let row = statement.clone().with_parameters(row);
            match self.execute_on(bind, &row).await {
                Ok(one) => {
                    let all = &mut done.result;
                    all.rows.extend(one.rows);
                    all.rows_changed += one.rows_changed;
                    all.columns = one.columns;
                    all.last_insert_id = one.last_insert_id;
                }
                Err(refusal) => {
                    done.failed = Some((number, refusal));
                    break;
                }
            }
        }
        done
    }

    async fn apply(
        &mut self,
        bind: u64,
        mut operations: Vec<Operation>,
        location: Option<SourceLocation>,
        autocommit: bool,
    ) -> Result<(), Refusal> {
        let bind = self.meant(bind).await;
        if bind != MIGRATION {
            return self.apply_on(bind, operations).await;
        }
        self.refuse_after_fatal()?;
        let context = self.context.as_mut().ok_or_else(no_migration)?;
        if autocommit {
            let language = context.database();
            let language = limbeck::dialect::dialect(language.dialect, language.version);
            operations = outside_transaction(operations, language.as_ref())?;
        }
        let mut done = Ok(());
        for operation in operations {
            if done.is_ok() {
                done = context.apply(operation, location.clone()).await;
            }
        }
        // The script may catch what goes wrong here, so it has to be known now.
        if done.is_ok() {
            done = context.settle().await;
        }
        done.map_err(|error| self.keep(error))
    }

    async fn inspect(&mut self, bind: u64, question: &Value) -> Result<Value, Refusal> {
        let bind = self.meant(bind).await;
        if bind == MIGRATION {
            let context = self.context.as_mut().ok_or_else(no_migration)?;
            if let Err(error) = context.settle().await {
                return Err(self.keep(error));
            }
            let database = context.database();
            let language = limbeck::dialect::dialect(database.dialect, database.version);
            let query = context.as_query();
            let query = query.ok_or_else(|| refused("no database is connected"))?;
            return inspection::answer(language.as_ref(), query, question).await;
        }
        let mut binds = self.shared.binds.lock().await;
        let bind = binds.opened(bind).await?;
        let session = bind.session.as_mut().ok_or_else(closed)?;
        let language = session.server().language();
        inspection::answer(language.as_ref(), session, question).await
    }

    fn refuse_after_fatal(&self) -> Result<(), Refusal> {
        match &self.fatal {
            Some(message) => Err(refused(message)),
            None => Ok(()),
        }
    }

    /// Keeps the context's error under a number that goes through Python and back.
    fn keep(&mut self, error: ContextError) -> Refusal {
        let number = self.failures.len() as u64 + 1;
        let refusal = match error.downcast_ref::<RunFailure>() {
            Some(RunFailure::Statement(failure)) => {
                database_refusal(&failure.error, &failure.statement.sql, Some(number))
            }
            Some(
                RunFailure::Operation { .. }
                | RunFailure::Refused { .. }
                | RunFailure::TableChange(_),
            )
            | None => Refusal::Engine {
                message: error.to_string(),
                failure: Some(number),
            },
            // The lock, the version table, a transaction: what the run stands on is gone.
            Some(_) => {
                let message = error.to_string();
                self.fatal = Some(message.clone());
                self.fatal_failure = Some(error);
                return Refusal::Engine {
                    message,
                    failure: None,
                };
            }
        };
        self.failures.insert(number, error);
        refusal
    }

    async fn server(&mut self, bind: u64) -> Result<ServerAnswer, Refusal> {
        let bind = self.meant(bind).await;
        if bind != MIGRATION {
            let shared = Arc::clone(&self.shared);
            let mut binds = shared.binds.lock().await;
            let bind = binds.opened(bind).await?;
            let redacted = bind.url.redacted();
            let server = bind.session.as_ref().map(Session::server);
            let server = server.ok_or_else(|| refused("the connection is closed"))?;
            let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
            return Ok(ServerAnswer {
                dialect: server.dialect,
                version: Some((
                    server.version.major,
                    server.version.minor,
                    server.version.patch,
                )),
                default_schema: named(&server.default_schema),
                database: named(&server.database),
                url: Some(redacted),
                offline: false,
            });
        }
        let context = self.context.as_ref().ok_or_else(no_migration)?;
        let database = context.database();
        Ok(ServerAnswer {
            dialect: database.dialect,
            version: database
                .version
                .map(|version| (version.major, version.minor, version.patch)),
            default_schema: database.default_schema,
            database: database.name,
            url: None,
            offline: context.is_offline(),
        })
    }

    async fn connect(&mut self, url: &str) -> Result<u64, Refusal> {
        let here = std::env::current_dir().map_err(|error| refused(&error.to_string()))?;
        let url = DatabaseUrl::parse(url)
            .map_err(|error| refused(&error.to_string()))?
            .with_base_directory(&here);
        Ok(self.shared.binds.lock().await.add(url))
    }

    async fn close(&mut self, bind: u64) -> Result<(), Refusal> {
        self.shared.binds.lock().await.remove(bind);
        Ok(())
    }

    async fn execute_on(
        &mut self,
        bind: u64,
        statement: &Statement,
    ) -> Result<StatementResult, Refusal> {
        let mut binds = self.shared.binds.lock().await;
        let bind = binds.opened(bind).await?;
        bind.run(statement).await
    }

    async fn apply_on(&mut self, bind: u64, operations: Vec<Operation>) -> Result<(), Refusal> {
        let mut binds = self.shared.binds.lock().await;
        let bind = binds.opened(bind).await?;
        let session = bind.session.as_ref().ok_or_else(closed)?;
        let language = session.server().language();
        for operation in operations {
            let statements = language
                .statements(&operation, limbeck::dialect::Values::Bound)
                .map_err(|error| refused(&error.to_string()))?;
            for statement in statements {
                bind.run(&statement).await?;
            }
        }
        Ok(())
    }

    async fn transaction(&mut self, bind: u64, action: TransactionAction) -> Result<(), Refusal> {
        if self.meant(bind).await == MIGRATION {
            // The engine owns this one.
            return Ok(());
        }
        self.shared
            .binds
            .lock()
            .await
            .transaction(bind, action)
            .await
    }
}

fn answer<T>(reply: Reply<T>, answer: Result<T, Refusal>) {
    let _ = reply.send(answer);
}

pub(super) fn refused(message: &str) -> Refusal {
    Refusal::Engine {
        message: message.to_owned(),
        failure: None,
    }
}

pub(super) fn closed() -> Refusal {
    refused("the connection is closed")
}

fn no_migration() -> Refusal {
    refused("no migration is under way: operations belong into upgrade() and downgrade()")
}

pub(super) fn database_refusal(error: &QueryError, sql: &str, failure: Option<u64>) -> Refusal {
    Refusal::Database {
        message: error.message.clone(),
        code: error.code.clone(),
        sql: sql.to_owned(),
        connection_lost: error.connection_lost,
        failure,
    }
}
