use std::collections::BTreeMap;

use super::*;
use crate::{
    dialect::Isolation,
    operation::*,
    schema::{
        Check, ColumnDefault, Domain, EnumType, Index, MaterializedView, Policy, PolicyCommand,
        QualifiedName,
    },
};

/// The statements, one a line; `!` where they run outside a transaction; an error in words.
fn written(dialect: &Postgres, operation: impl Into<Operation>) -> String {
    match dialect.statements(&operation.into(), Values::Literal) {
        Err(error) => format!("error: {error}"),
        Ok(statements) => statements
            .iter()
            .map(|statement| match statement.isolation {
                Isolation::Transaction => statement.sql.clone(),
                Isolation::Autocommit => format!("! {}", statement.sql),
            })
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn postgres(operations: Vec<Operation>) -> String {
    let postgres = Postgres::new(None);
    operations
        .into_iter()
        .map(|operation| written(&postgres, operation))
        .collect::<Vec<_>>()
        .join("\n")
}

fn mood() -> QualifiedName {
    QualifiedName::new("mood").in_schema("app")
}

#[test]
fn enum_types_are_extended_in_place() {
    let add = |position| AddEnumValue {
        name: mood(),
        value: "it's".into(),
        position,
        if_not_exists: true,
    };
    insta::assert_snapshot!(postgres(vec![
        CreateEnum { enum_type: EnumType::new(mood(), &["sad", "ok"]) }.into(),
        add(Some(EnumValuePosition::Before("ok".into()))).into(),
        add(None).into(),
        RenameEnumValue { name: mood(), value: "ok".into(), new_value: "fine".into() }.into(),
        RenameEnum { name: mood(), new_name: "Mood".into() }.into(),
        DropEnum { name: mood(), if_exists: true, original: None }.into(),
    ]), @r#"
    CREATE TYPE app.mood AS ENUM ('sad', 'ok')
    ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'ok'
    ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'it''s'
    ALTER TYPE app.mood RENAME VALUE 'ok' TO 'fine'
    ALTER TYPE app.mood RENAME TO "Mood"
    DROP TYPE IF EXISTS app.mood
    "#);
}

#[test]
fn before_version_12_a_value_is_added_outside_a_transaction() {
    let add = AddEnumValue {
        name: mood(),
        value: "x".into(),
        position: None,
        if_not_exists: false,
    };
    let old = Postgres::new(Some(ServerVersion::new(11, 22, 0)));
    assert_eq!(written(&old, add), "! ALTER TYPE app.mood ADD VALUE 'x'");
}

#[test]
fn a_replacement_is_one_of_the_new_values() {
    let change = ChangeEnum {
        name: mood(),
        from: vec!["a".into()],
        to: vec!["b".into()],
        replacements: BTreeMap::from([("a".to_owned(), "c".to_owned())]),
        columns: Vec::new(),
    };
    insta::assert_snapshot!(written(&Postgres::new(None), change), @"error: change enum app.mood: the replacement 'c' is none of the new values");
}

#[test]
fn materialized_views() {
    let view = MaterializedView {
        name: "m".into(),
        columns: Vec::new(),
        query: "SELECT a FROM t".into(),
        parameters: BTreeMap::new(),
        tablespace: None,
        without_data: true,
        indexes: vec![Index::new("m_a", ["a"]).unique()],
    };
    insta::assert_snapshot!(postgres(vec![
        CreateMaterializedView { view, if_not_exists: false }.into(),
        RefreshMaterializedView { view: "m".into(), concurrently: true }.into(),
        DropMaterializedView { view: "m".into(), if_exists: true, cascade: true, original: None }
            .into(),
    ]), @r"
    CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA
    CREATE UNIQUE INDEX m_a ON m (a)
    REFRESH MATERIALIZED VIEW CONCURRENTLY m
    DROP MATERIALIZED VIEW IF EXISTS m CASCADE
    ");
}

#[test]
fn policies() {
    let policy = Policy {
        name: "own rows".into(),
        table: "account".into(),
        restrictive: true,
        command: PolicyCommand::Update,
        roles: vec!["PUBLIC".into(), "Editor".into()],
        using: Some("owner = current_user".into()),
        with_check: Some("true".into()),
    };
    insta::assert_snapshot!(postgres(vec![
        CreatePolicy { policy }.into(),
        SetRowSecurity { table: "account".into(), enabled: Some(true), forced: Some(false) }.into(),
        DropPolicy { name: "own rows".into(), table: "account".into(), if_exists: false, original: None }
            .into(),
    ]), @r#"
    CREATE POLICY "own rows" ON account AS RESTRICTIVE FOR UPDATE TO PUBLIC, "Editor" USING (owner = current_user) WITH CHECK (true)
    ALTER TABLE account ENABLE ROW LEVEL SECURITY
    ALTER TABLE account NO FORCE ROW LEVEL SECURITY
    DROP POLICY "own rows" ON account
    "#);
}

#[test]
fn domains() {
    let domain = Domain {
        name: "positive".into(),
        data_type: DataType::Integer,
        collation: None,
        default: Some(ColumnDefault::Expression("1".into())),
        not_null: true,
        checks: vec![Check::new("VALUE > 0").named("above")],
    };
    insta::assert_snapshot!(written(&Postgres::new(None), CreateDomain { domain }), @"CREATE DOMAIN positive AS INTEGER DEFAULT 1 NOT NULL CONSTRAINT above CHECK (VALUE > 0)");
}

#[test]
fn concurrent_indexes_run_outside_a_transaction() {
    let create = CreateIndex {
        table: "t".into(),
        index: Index::new("i", ["a"]),
        if_not_exists: false,
        concurrently: true,
    };
    assert_eq!(
        written(&Postgres::new(None), create),
        "! CREATE INDEX CONCURRENTLY i ON t (a)"
    );
}
