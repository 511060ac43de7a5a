//! Small histories of `.sql` scripts, and what the tests do with them.

use std::time::Duration;

use limbeck::{
    dialect::Query,
    migrate::{
        LockOptions, Report, RunError, RunOptions, ScriptIndex, Session, Silent, TransactionMode,
        VersionTable, run,
    },
    revision::{Plan, Revision, RevisionGraph, RevisionId, Target},
    schema::Value,
    script::{Script, SqlScript},
};
use sqlx::{mysql::MySqlConnectOptions, postgres::PgConnectOptions};

/// A history given as `(id, parents, upgrade, downgrade)`.
pub(crate) struct History {
    scripts: Vec<SqlScript>,
    graph: RevisionGraph,
}

impl History {
    pub(crate) fn new(revisions: &[(&str, &[&str], &str, &str)]) -> Self {
        let mut scripts = Vec::new();
        let mut graph = Vec::new();
        for (id, parents, up, down) in revisions {
            let revises = match parents {
                [] => "base".to_owned(),
                parents => parents.join(", "),
            };
            let text = format!(
                "-- revision: {id}\n-- revises: {revises}\n\n-- limbeck: upgrade\n{up}\n\n-- limbeck: downgrade\n{down}\n"
            );
            scripts.push(SqlScript::from_text(format!("versions/{id}.sql"), text).unwrap());
            let parents = parents
                .iter()
                .map(|parent| RevisionId::new(parent).unwrap());
            graph.push(parents.fold(
                Revision::new(RevisionId::new(id).unwrap()),
                Revision::revises,
            ));
        }
        History {
            scripts,
            graph: RevisionGraph::new(graph).unwrap(),
        }
    }

    pub(crate) fn index(&self) -> ScriptIndex<'_> {
        self.scripts
            .iter()
            .map(|script| script as &dyn Script)
            .collect()
    }

    pub(crate) fn plan(&self, target: &str, rows: &[&str]) -> Plan {
        self.graph
            .upgrade(&Target::parse(target).unwrap(), rows)
            .unwrap()
    }

    pub(crate) fn plan_down(&self, target: &str, rows: &[&str]) -> Plan {
        self.graph
            .downgrade(&Target::parse(target).unwrap(), rows)
            .unwrap()
    }

    pub(crate) async fn upgrade(
        &self,
        session: &mut Session<'_>,
        options: &RunOptions,
    ) -> Result<Report, RunError> {
        let target = Target::parse("heads").unwrap();
        let plan = |rows: &[String]| self.graph.upgrade(&target, rows);
        run(session, plan, &self.index(), options, &mut Silent).await
    }

    pub(crate) async fn downgrade(
        &self,
        session: &mut Session<'_>,
        options: &RunOptions,
    ) -> Result<Report, RunError> {
        let target = Target::parse("base").unwrap();
        let plan = |rows: &[String]| self.graph.downgrade(&target, rows);
        run(session, plan, &self.index(), options, &mut Silent).await
    }
}

pub(crate) async fn postgres(url: &str) -> Session<'static> {
    Session::connect(url.parse::<PgConnectOptions>().unwrap())
        .await
        .unwrap()
}

pub(crate) async fn mysql(url: &str) -> Session<'static> {
    let options: MySqlConnectOptions = url.parse().unwrap();
    Session::connect(options.pipes_as_concat(false))
        .await
        .unwrap()
}

pub(crate) async fn version_rows(session: &mut Session<'_>) -> Vec<String> {
    let language = session.server().language();
    let mut rows = VersionTable::default()
        .rows(language.as_ref(), session)
        .await
        .unwrap();
    rows.sort();
    rows
}

/// The tables of the default schema.
pub(crate) async fn tables(session: &mut Session<'_>) -> Vec<String> {
    let schema = Value::Text(session.server().default_schema.clone());
    let placeholder = session.server().language().placeholder(1);
    let sql = format!(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = {placeholder} ORDER BY table_name"
    );
    let rows = session.query(&sql, &[schema]).await.unwrap();
    rows.iter()
        .map(|row| row[0].as_text().unwrap().to_owned())
        .collect()
}

pub(crate) async fn number(session: &mut Session<'_>, sql: &str) -> i64 {
    session.query(sql, &[]).await.unwrap()[0][0]
        .as_integer()
        .unwrap()
}

pub(crate) fn mode(transaction: TransactionMode) -> RunOptions {
    RunOptions {
        transaction,
        ..RunOptions::default()
    }
}

pub(crate) fn impatient() -> RunOptions {
    let lock = LockOptions {
        wait: Duration::from_millis(300),
        ..LockOptions::default()
    };
    RunOptions {
        lock,
        ..RunOptions::default()
    }
}
