use super::*;
use crate::{
    operation::{AddColumn, AlterColumn, RenameIndex},
    schema::{Column, ColumnDefault, Index},
};

fn texts(operation: impl Into<Operation>) -> Result<Vec<String>, DdlError> {
    let statements = Sqlite::new(None).statements(&operation.into(), Values::Bound)?;
    Ok(statements
        .into_iter()
        .map(|statement| statement.sql)
        .collect())
}

#[test]
fn a_rename_is_done_in_place_and_nothing_else() {
    let mut alter = AlterColumn::new("t", "a");
    alter.new_name = Some("b".into());
    assert_eq!(
        texts(alter.clone()).unwrap(),
        ["ALTER TABLE t RENAME COLUMN a TO b"]
    );
    alter.nullable = Some(false);
    assert!(matches!(texts(alter), Err(DdlError::NeedsRebuild { .. })));
}

#[test]
fn plain_alter_is_written_when_asked_for() {
    let mut alter = AlterColumn::new("t", "a");
    alter.nullable = Some(true);
    let plain = Sqlite::new(None).with_plain_alter();
    let statements = plain.statements(&alter.into(), Values::Bound).unwrap();
    assert_eq!(
        statements[0].sql,
        "ALTER TABLE t ALTER COLUMN a DROP NOT NULL"
    );
}

#[test]
fn a_default_that_changes_needs_a_rebuild() {
    let with = |default: &str| {
        let column = Column::new("a", DataType::Integer)
            .with_default(ColumnDefault::Expression(default.to_owned()));
        texts(AddColumn::new("t", column))
    };
    assert_eq!(
        with("0").unwrap(),
        ["ALTER TABLE t ADD COLUMN a INTEGER DEFAULT 0"]
    );
    assert!(with("-1.5").is_ok());
    assert!(with("'x'").is_ok());
    assert!(matches!(
        with("CURRENT_TIMESTAMP"),
        Err(DdlError::NeedsRebuild { .. })
    ));
    assert!(matches!(
        with("(random())"),
        Err(DdlError::NeedsRebuild { .. })
    ));
}

#[test]
fn an_index_is_renamed_by_making_it_again() {
    let rename = RenameIndex {
        index: "ix".into(),
        table: Some("t".into()),
        new_name: "iy".into(),
        definition: Some(Index::new("ix", ["a"]).unique()),
    };
    assert_eq!(
        texts(rename).unwrap(),
        ["DROP INDEX ix", "CREATE UNIQUE INDEX iy ON t (a)"]
    );
}
