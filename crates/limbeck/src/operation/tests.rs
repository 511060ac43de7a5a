use super::*;
use crate::schema::{
    Check, Column, ColumnDefault, Constraint, DataType, EnumType, Index, PrimaryKey, QualifiedName,
    Table, Unique, View,
};

fn account() -> Table {
    Table::new(
        QualifiedName::new("account").in_schema("app"),
        vec![
            Column::new("id", DataType::Integer).not_null(),
            Column::new("name", DataType::string(40)),
        ],
    )
    .with_constraint(Constraint::PrimaryKey(PrimaryKey::new(["id"])))
}

/// Operations whose reverse's reverse is themselves.
fn reversible() -> Vec<Operation> {
    let table = account();
    let mut alter = AlterColumn::new("account", "name");
    alter.new_name = Some("title".into());
    alter.data_type = Some(DataType::text());
    alter.nullable = Some(false);
    alter.default = Given::Value(None);
    alter.comment = Given::Value(Some("new".to_owned()));
    alter.existing = ExistingColumn {
        data_type: Some(DataType::string(40)),
        nullable: Some(true),
        default: Given::Value(Some(ColumnDefault::Literal("x".to_owned()))),
        comment: Some("old".to_owned()),
        autoincrement: None,
        checks: Vec::new(),
        on_conflict: None,
    };
    vec![
        CreateTable {
            table: table.clone(),
            if_not_exists: false,
        }
        .into(),
        RenameTable {
            table: table.name.clone(),
            new_name: "b".into(),
        }
        .into(),
        SetTableComment {
            table: "t".into(),
            comment: Some("a".into()),
            existing: None,
        }
        .into(),
        AddColumn::new("t", Column::new("a", DataType::Json)).into(),
        alter.into(),
        AddConstraint {
            table: "t".into(),
            constraint: Constraint::Unique(Unique::new(["a"]).named("uq")),
        }
        .into(),
        RenameConstraint {
            table: "t".into(),
            name: "a".into(),
            new_name: "b".into(),
        }
        .into(),
        CreateIndex {
            table: table.name,
            index: Index::new("ix", ["a"]),
            if_not_exists: false,
            concurrently: true,
        }
        .into(),
        CreateEnum {
            enum_type: EnumType::new("mood", &["sad", "ok"]),
        }
        .into(),
        RenameEnumValue {
            name: "mood".into(),
            value: "ok".into(),
            new_value: "fine".into(),
        }
        .into(),
        CreateView {
            view: View::new("v", "SELECT 1"),
            or_replace: false,
            replaced: None,
        }
        .into(),
        SetRowSecurity {
            table: "t".into(),
            enabled: Some(true),
            forced: None,
        }
        .into(),
    ]
}

#[test]
fn the_reverse_of_the_reverse_is_the_operation() {
    for operation in reversible() {
        let back = operation.reverse().unwrap();
        assert_ne!(back, operation);
        assert_eq!(back.reverse().unwrap(), operation, "{operation}");
    }
}

#[test]
fn json_keeps_every_operation() {
    for operation in reversible() {
        for one in [operation.reverse().unwrap(), operation] {
            let json = serde_json::to_string(&one).unwrap();
            assert_eq!(
                serde_json::from_str::<Operation>(&json).unwrap(),
                one,
                "{json}"
            );
        }
    }
}

#[test]
fn json_tells_no_default_from_nothing_said() {
    let mut alter = AlterColumn::new("t", "a");
    alter.default = Given::Value(None);
    let json = serde_json::to_string(&Operation::from(alter)).unwrap();
    assert_eq!(
        json,
        r#"{"operation":"alter_column","table":{"name":"t"},"column":"a","default":null}"#
    );
}

#[test]
fn what_cannot_be_reversed_says_why() {
    let drop: Operation = DropTable {
        table: "t".into(),
        if_exists: false,
        cascade: false,
        original: None,
    }
    .into();
    let mut alter = AlterColumn::new("t", "a");
    alter.data_type = Some(DataType::Date);
    let nameless = AddConstraint {
        table: "t".into(),
        constraint: Constraint::Check(Check::new("a > 0")),
    };
    let reasons: Vec<String> = [
        drop,
        alter.into(),
        nameless.into(),
        Operation::execute("DELETE FROM t\nWHERE a = 1"),
    ]
    .iter()
    .map(|operation| operation.reverse().unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(reasons.join("\n"), @r"
    cannot reverse 'drop table t': what is dropped is not described; write the reverse by hand
    cannot reverse 'alter column t.a: type': the existing type is not described; give it as existing_type
    cannot reverse 'add check constraint to t': the database chose its name; give it one, so that it can be dropped
    cannot reverse 'execute DELETE FROM t …': what a statement of the script's own does is not known
    ");
}

#[test]
fn operations_name_their_table() {
    let tables: Vec<Option<String>> = [
        reversible().swap_remove(0),
        Operation::execute("SELECT 1"),
        DropIndex {
            index: "ix".into(),
            table: Some("t".into()),
            if_exists: false,
            concurrently: false,
            original: None,
        }
        .into(),
    ]
    .iter()
    .map(|operation| operation.table().map(ToString::to_string))
    .collect();
    assert_eq!(
        tables,
        [Some("app.account".to_owned()), None, Some("t".to_owned())]
    );
}
