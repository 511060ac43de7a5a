//! Builds a schema on an empty database by the dialect's own statements, and the law that follows.

use limbeck::{
    dialect::{DialectName, InspectionRequest, Query, Values},
    migrate::Session,
    operation::{
        AddConstraint, CreateDomain, CreateEnum, CreateExtension, CreateMaterializedView,
        CreatePolicy, CreateRoutine, CreateSchema, CreateSequence, CreateTable, CreateTrigger,
        CreateView, Operation,
    },
    schema::{Constraint, Database, QualifiedName, Table},
};

/// Everything in the default schema. On MariaDB other schemas are the databases of other tests.
pub(crate) async fn inspect(session: &mut Session<'_>) -> Database {
    let language = session.server().language();
    let mut database = language
        .inspect(session, &InspectionRequest::everything())
        .await
        .unwrap();
    if session.dialect() == DialectName::Mariadb {
        database.schemas.clear();
    }
    database
}

/// Runs statements as they stand.
pub(crate) async fn run(session: &mut Session<'_>, statements: &[&str]) {
    for statement in statements {
        if let Err(error) = session.execute(statement, &[]).await {
            panic!("{error}\nin {statement}");
        }
    }
}

/// The law: what was read and built on `empty` reads the same again.
pub(crate) async fn reads_the_same(full: &mut Session<'_>, empty: &mut Session<'_>) -> Database {
    let first = inspect(full).await;
    build(empty, &first).await;
    let second = inspect(empty).await;
    let text = |database: &Database| serde_json::to_string_pretty(database).unwrap();
    if first != second {
        let (left, right) = (text(&first), text(&second));
        let differing = left.lines().zip(right.lines()).enumerate();
        let (at, _) = differing
            .clone()
            .find(|(_, (left, right))| left != right)
            .unwrap_or((0, ("", "")));
        let around: Vec<String> = differing
            .skip(at.saturating_sub(12))
            .take(24)
            .map(|(_, (left, right))| format!("{left:60} | {right}"))
            .collect();
        panic!("differs:\n{}", around.join("\n"));
    }
    first
}

/// Creates all that the schema holds.
pub(crate) async fn build(session: &mut Session<'_>, database: &Database) {
    let statements = statements(session, database);
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    run(session, &statements).await;
}

/// The statements that create all that the schema holds, for people to read.
pub(crate) fn sql(session: &Session<'_>, database: &Database) -> String {
    statements(session, database).join(";\n")
}

fn statements(session: &Session<'_>, database: &Database) -> Vec<String> {
    let language = session.server().language();
    operations(database, session.dialect())
        .iter()
        .flat_map(|operation| language.statements(operation, Values::Literal).unwrap())
        .map(|statement| statement.sql)
        .collect()
}

fn operations(database: &Database, dialect: DialectName) -> Vec<Operation> {
    let mut all: Vec<Operation> = Vec::new();
    let schemas = database.schemas.iter().map(|schema| CreateSchema {
        schema: schema.clone(),
        if_not_exists: true,
    });
    all.extend(schemas.map(Operation::from));
    let extensions = database.extensions.iter().cloned();
    all.extend(extensions.map(|extension| {
        Operation::from(CreateExtension {
            extension,
            if_not_exists: true,
        })
    }));
    let enums = database.enums.iter().cloned();
    all.extend(enums.map(|enum_type| CreateEnum { enum_type }.into()));
    let domains = database.domains.iter().cloned();
    all.extend(domains.map(|domain| CreateDomain { domain }.into()));
    let sequences = database.sequences.iter().cloned();
    all.extend(sequences.map(|sequence| {
        Operation::from(CreateSequence {
            sequence,
            if_not_exists: false,
        })
    }));
    let routines = database.routines.iter().cloned();
    all.extend(routines.map(|routine| {
        Operation::from(CreateRoutine {
            routine,
            replaced: None,
        })
    }));
    let mut keys = Vec::new();
    for table in in_order(&database.tables) {
        let mut table = table.clone();
        if dialect != DialectName::Sqlite {
            let name = table.name.clone();
            let (later, own): (Vec<_>, Vec<_>) =
                table.constraints.into_iter().partition(is_added_later);
            table.constraints = own;
            keys.extend(later.into_iter().map(|constraint| {
                Operation::from(AddConstraint {
                    table: name.clone(),
                    constraint,
                })
            }));
        }
        all.push(Operation::from(CreateTable {
            table,
            if_not_exists: false,
        }));
    }
    all.extend(keys);
    let views = database.views.iter().cloned();
    all.extend(views.map(|view| {
        Operation::from(CreateView {
            view,
            or_replace: false,
            replaced: None,
        })
    }));
    let views = database.materialized_views.iter().cloned();
    all.extend(views.map(|view| {
        Operation::from(CreateMaterializedView {
            view,
            if_not_exists: false,
        })
    }));
    let triggers = database.triggers.iter().cloned();
    all.extend(triggers.map(|trigger| CreateTrigger { trigger }.into()));
    let policies = database.policies.iter().cloned();
    all.extend(policies.map(|policy| CreatePolicy { policy }.into()));
    all
}

/// Foreign keys need their target; an untested check can only be added to a table that is there.
fn is_added_later(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::ForeignKey(_) => true,
        Constraint::Check(check) => check.not_valid,
        _ => false,
    }
}

/// Parents before their partitions and heirs.
fn in_order(tables: &[Table]) -> Vec<&Table> {
    fn parents(table: &Table) -> Vec<&QualifiedName> {
        let options = &table.options.postgresql;
        options
            .inherits
            .iter()
            .chain(&options.partition_of)
            .collect()
    }
    let mut ordered: Vec<&Table> = Vec::new();
    let mut rest: Vec<&Table> = tables.iter().collect();
    while !rest.is_empty() {
        let (ready, waiting): (Vec<&Table>, Vec<&Table>) =
            rest.iter().copied().partition(|table| {
                let missing =
                    |parent: &&QualifiedName| rest.iter().any(|other| other.name == **parent);
                !parents(table).iter().any(missing)
            });
        assert!(!ready.is_empty(), "tables inherit from each other");
        ordered.extend(ready);
        rest = waiting;
    }
    ordered
}
