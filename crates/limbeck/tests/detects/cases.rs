//! One test for each file, named as its path. A file without a test fails the last one.

macro_rules! cases {
    ($($kind:ident: $($change:ident),+;)+) => {
        $(mod $kind {
            $(#[tokio::test]
            async fn $change() {
                let kind = stringify!($kind).trim_start_matches("r#");
                let change = stringify!($change).trim_start_matches("r#");
                crate::case::holds(&format!("{kind}/{change}.sql")).await;
            })+
        })+

        const CASES: &[(&str, &str)] = &[$($((stringify!($kind), stringify!($change)),)+)+];
    };
}

cases! {
    check: add, drop, rename, text;
    column: add, add_default, auto_increment, change_default, change_type, charset, collation, comment, comment_mariadb, computed, drop, drop_default, identity, identity_options, not_null, nullable, on_conflict, on_update, rename, rename_in_check;
    domain: add, check, default, drop;
    r#enum: add, add_value, drop, remove_value, rename, values_mariadb;
    exclusion: add, drop, operator;
    extension: add;
    foreign_key: add, deferrable, drop, r#match, on_delete, on_update, rename;
    function: add, body, drop;
    grant: add, all, columns, drop, everyone, option, rename, routine, schema, sequence, view;
    index: add, columns, descending, drop, expression, include, method, nulls, operator_class, predicate, prefix, rename, storage_parameters, unique;
    materialized_view: add, drop, query;
    policy: add, drop, expression;
    primary_key: add, change, drop;
    procedure: add, body, drop;
    row_security: disable, enable, force;
    schema: add, drop;
    sequence: add, drop, increment, options;
    table: add, charset, comment, drop, engine, inheritance, partition, partition_mariadb, rename, row_format, storage_parameters, strict, virtual_table, without_rowid;
    trigger: add, change, drop;
    unique: add, columns, deferrable, drop, nulls_not_distinct, rename;
    view: add, column_under_it, drop, query;
}

#[test]
fn every_file_has_its_test_and_its_line_in_the_table() {
    let package = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.join("tests/autogenerate/detects");
    let table = std::fs::read_to_string(package.join("../../docs/detects.md")).unwrap();
    let mut files = 0;
    for kind in std::fs::read_dir(&root).unwrap() {
        files += std::fs::read_dir(kind.unwrap().path()).unwrap().count();
    }
    for (kind, change) in CASES {
        let (kind, change) = (
            kind.trim_start_matches("r#"),
            change.trim_start_matches("r#"),
        );
        assert!(
            root.join(kind).join(format!("{change}.sql")).exists(),
            "{kind}/{change}"
        );
        let link = format!("/tests/autogenerate/detects/{kind}/{change}.sql)");
        assert!(table.contains(&link), "{kind}/{change} is not in the table");
    }
    assert_eq!(files, CASES.len());
    let lines = table.matches("/tests/autogenerate/detects/").count();
    assert_eq!(lines, CASES.len());
}
