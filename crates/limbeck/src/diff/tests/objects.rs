//! Enums, domains, sequences, views, routines, triggers, policies, options.

use super::{order::everything, *};
use crate::schema::{ColumnDefault, MaterializedView, QualifiedName};

fn changed(change: impl FnOnce(&mut Database)) -> String {
    lines(&everything(), &with(&everything(), change))
}

#[test]
fn enum_values_are_added_where_they_belong() {
    let adds = |values: &[&str]| {
        let found = comparison(
            DialectName::Postgresql,
            &everything(),
            &with(&everything(), |database| {
                database.enums[0].values = values.iter().map(|v| (*v).to_owned()).collect();
            }),
            &Decisions::default(),
        );
        let dialect = dialect(DialectName::Postgresql, None);
        joined(found.operations().flat_map(|operation| {
            let statements = dialect.statements(operation, crate::dialect::Values::Literal);
            statements.unwrap().into_iter().map(|one| one.sql)
        }))
    };
    insta::assert_snapshot!(adds(&["first", "new", "middle", "old", "last", "very last"]), @r"
    ALTER TYPE state ADD VALUE 'first' BEFORE 'new'
    ALTER TYPE state ADD VALUE 'middle' AFTER 'new'
    ALTER TYPE state ADD VALUE 'last'
    ALTER TYPE state ADD VALUE 'very last'
    ");
    insta::assert_snapshot!(adds(&["old", "new"]), @r"
    ALTER TYPE state RENAME TO state_before
    CREATE TYPE state AS ENUM ('old', 'new')
    ALTER TABLE item ALTER COLUMN state DROP DEFAULT
    ALTER TABLE item ALTER COLUMN state TYPE state USING state::text::state
    ALTER TABLE item ALTER COLUMN state SET DEFAULT 'new'::state
    DROP TYPE state_before
    ");
}

#[test]
fn a_removed_enum_value_is_a_hazard_with_the_columns_it_may_be_in() {
    let wanted = with(&everything(), |database| {
        database.enums[0].values = vec!["new".to_owned(), "used".to_owned(), "gone".to_owned()];
        database.tables[0].columns[2].default =
            Some(ColumnDefault::Expression("'used'::state".to_owned()));
    });
    let found = comparison(
        DialectName::Postgresql,
        &everything(),
        &wanted,
        &Decisions::default(),
    );
    insta::assert_snapshot!(written(&found), @r"
    alter column item.state: default
    change enum state to (new, used, gone)
    alter column item.state: default
    ");
    insta::assert_snapshot!(joined(found.hazards()), @r"this fails where a row has the value 'old' of 'state'");
    insta::assert_snapshot!(joined(found.detected()), @r"
    Detected removed enum value 'old' of 'state'
    Detected added enum value 'used' of 'state'
    Detected added enum value 'gone' of 'state'
    Detected server default on column 'item.state'
    ");
}

#[test]
fn domains_change_in_place_unless_their_type_does() {
    let in_place = changed(|database| {
        database.domains[0].not_null = true;
        database.domains[0].checks.clear();
    });
    insta::assert_snapshot!(in_place, @r"alter domain code");
    let retyped = changed(|database| database.domains[0].data_type = DataType::BigInteger);
    insta::assert_snapshot!(retyped, @r"
    alter column item.code: type
    drop domain code
    create domain code
    alter column item.code: type
    ");
}

#[test]
fn sequences_count_differently_and_change_hands() {
    let found = comparison(
        DialectName::Postgresql,
        &everything(),
        &with(&everything(), |database| {
            database.sequences[0].options.increment = None;
            database.sequences[0].owned_by = None;
        }),
        &Decisions::default(),
    );
    let dialect = dialect(DialectName::Postgresql, None);
    let statement = dialect.statements(
        found.operations().next().unwrap(),
        crate::dialect::Values::Literal,
    );
    insta::assert_snapshot!(statement.unwrap()[0].sql, @r"ALTER SEQUENCE numbers INCREMENT BY 1 OWNED BY NONE");
}

#[test]
fn a_view_changes_with_the_views_of_it() {
    let wanted = changed(|database| {
        database.views[1].query = "SELECT id, name FROM item WHERE id > 0".to_owned();
    });
    insta::assert_snapshot!(wanted, @r"
    drop view all_names
    drop view named
    create view named
    create view all_names
    ");
}

#[test]
fn indexes_of_a_materialized_view_change_alone() {
    let view = |indexes: Vec<Index>| {
        with(&everything(), |database| {
            database.materialized_views = vec![MaterializedView {
                name: "kept".into(),
                columns: Vec::new(),
                query: "SELECT id FROM item".to_owned(),
                parameters: std::collections::BTreeMap::new(),
                tablespace: None,
                without_data: false,
                indexes,
            }];
        })
    };
    let (plain, indexed) = (view(Vec::new()), view(vec![index("kept_id", &["id"])]));
    insta::assert_snapshot!(lines(&plain, &indexed), @r"create index kept_id on kept");
}

#[test]
fn a_routine_is_replaced_where_its_text_says_so() {
    let replaced = changed(|database| {
        database.routines[3].definition = database.routines[3].definition.replace("END", "X");
    });
    insta::assert_snapshot!(replaced, @r"create function touch");
    let returns_another = changed(|database| {
        database.routines[3].definition =
            database.routines[3].definition.replace("integer", "text");
    });
    insta::assert_snapshot!(returns_another, @r"
    drop trigger touched on item
    drop function touch
    create function touch
    create trigger touched on item
    ");
}

#[test]
fn triggers_and_policies_change() {
    let wanted = changed(|database| {
        database.triggers[0].definition.push('x');
        database.policies[0].restrictive = true;
        database.tables[0].options.postgresql.row_security = false;
        database.tables[0].options.postgresql.force_row_security = true;
    });
    insta::assert_snapshot!(wanted, @r"
    drop trigger touched on item
    drop policy own on item
    create trigger touched on item
    set row security of item
    create policy own on item
    ");
}

#[test]
fn comments_and_options_of_a_table_change() {
    let wanted = changed(|database| {
        database.tables[0].comment = Some("things".to_owned());
        let parameters = &mut database.tables[0].options.postgresql.parameters;
        parameters.insert("fillfactor".to_owned(), "70".to_owned());
    });
    insta::assert_snapshot!(wanted, @r"
    set comment of table item
    set options of table item
    ");
}

#[test]
fn a_partition_follows_its_parent() {
    let mut parent = table("log", &["text"]);
    parent.options.postgresql.partition_by = Some("RANGE (id)".to_owned());
    let mut part = table("a_part", &["text"]);
    part.constraints.clear();
    part.options.postgresql.partition_of = Some(QualifiedName::new("log"));
    part.options.postgresql.partition_bound = Some("FOR VALUES FROM (1) TO (2)".to_owned());
    let actual = database(vec![part, parent]);
    insta::assert_snapshot!(lines(&Database::default(), &actual), @r"
    create table log
    create table a_part
    ");
    let wanted = with(&actual, |database| {
        for table in &mut database.tables {
            table.columns[1].data_type = DataType::string(9);
            table.columns.push(integer("more"));
        }
        let part = &mut database.tables[0].options.postgresql;
        part.partition_bound = Some("DEFAULT".to_owned());
    });
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    add column log.more
    alter column log.text: type
    set options of table a_part
    set options of table a_part
    ");
}
