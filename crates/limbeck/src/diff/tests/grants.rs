//! Privileges.

use super::*;
use crate::schema::{
    ColumnDefault, Computed, Grant, GrantTarget, Grantee, Grants, Identifier, Owned, View,
};

fn grant(privilege: &str, columns: &[&str], on: &str) -> Grant {
    Grant {
        on: GrantTarget::Table(on.into()),
        columns: columns.iter().map(|name| Identifier::new(*name)).collect(),
        privileges: vec![privilege.to_owned()],
        to: Grantee::Role("app".into()),
        with_grant_option: false,
    }
}

fn granting(database: &Database, given: &[Grant]) -> Database {
    with(database, |database| {
        database.grants = Some(Grants {
            given: given.to_vec(),
            ..Grants::default()
        });
    })
}

fn shop() -> Database {
    let mut shop = database(vec![table("book", &["title", "note"]), table("shelf", &[])]);
    let query = "SELECT title FROM book";
    shop.views.push(View::new("titles", query));
    shop
}

#[test]
fn whoever_says_nothing_is_content() {
    let granted = granting(&shop(), &[grant("SELECT", &[], "book")]);
    assert_eq!(lines(&granted, &shop()), "");
    assert_eq!(lines(&shop(), &granted), "");
    assert_eq!(
        lines(&granted, &granting(&shop(), &[])),
        "revoke SELECT on 'book' from 'app'"
    );
}

#[test]
fn what_is_created_again_gets_what_it_had() {
    let computed = |expression: &str| {
        with(&shop(), |shop| {
            shop.tables[0].columns[2].default = Some(ColumnDefault::Computed(Computed {
                expression: expression.to_owned(),
                persisted: Some(true),
            }));
            shop.views[0].query = format!("SELECT '{expression}' FROM book");
        })
    };
    let given = [
        grant("SELECT", &[], "titles"),
        grant("INSERT", &["note", "title"], "book"),
        grant("DELETE", &[], "shelf"),
    ];
    let actual = granting(&computed("'a'"), &given);
    let expected = "drop view titles\n\
        drop column book.note\n\
        add column book.note\n\
        create view titles\n\
        grant INSERT (note) on 'book' to 'app'\n\
        grant SELECT on 'titles' to 'app'";
    let found = lines(&actual, &computed("'b'"));
    assert_eq!(found, expected);
    // The same when the model says it.
    assert_eq!(
        lines(&actual, &granting(&computed("'b'"), &given)),
        expected
    );
    // And on the way back, from a model that does not.
    assert_eq!(lines(&computed("'b'"), &actual), expected);
    let comparison = comparison(
        DialectName::Postgresql,
        &actual,
        &computed("'b'"),
        &Decisions::default(),
    );
    let told = joined(comparison.detected());
    assert!(!told.contains("grant"), "{told}");
}

#[test]
fn where_privileges_stay_with_a_name_nothing_is_put_back() {
    let given = [
        grant("SELECT", &[], "titles"),
        grant("SELECT", &[], "shelf"),
    ];
    let actual = granting(&shop(), &given);
    let wanted = with(&shop(), |shop| {
        shop.views[0].query = "SELECT note FROM book".to_owned();
        shop.tables.pop();
    });
    let mariadb = |wanted: &Database| lines_on(DialectName::Mariadb, &actual, wanted);
    assert_eq!(
        mariadb(&wanted),
        "drop view titles\ndrop table shelf\ncreate view titles"
    );
    // Who says that there are none on a table that goes leaves none behind.
    assert_eq!(
        mariadb(&granting(&wanted, &given)),
        "drop view titles\ndrop table shelf\ncreate view titles\nrevoke SELECT on 'shelf' from 'app'"
    );
}

#[test]
fn to_revoke_on_a_table_is_to_revoke_on_its_columns() {
    let both = [
        grant("SELECT", &[], "book"),
        grant("SELECT", &["id"], "book"),
    ];
    let actual = granting(&shop(), &both);
    let wanted = granting(&shop(), &both[1..]);
    assert_eq!(
        lines(&actual, &wanted),
        "revoke SELECT on 'book' from 'app'\ngrant SELECT (id) on 'book' to 'app'"
    );
}

#[test]
fn an_owner_on_either_side_is_granted_nothing() {
    let granted = granting(&shop(), &[grant("SELECT", &[], "book")]);
    let owner = |name: &str, objects: &[&str]| {
        with(&granting(&shop(), &[]), |shop| {
            if let Some(grants) = &mut shop.grants {
                grants.owner = Some("other".into());
                let objects = objects
                    .iter()
                    .map(|name| GrantTarget::Table((*name).into()));
                grants.owned.push(Owned {
                    by: name.into(),
                    objects: objects.collect(),
                });
            }
        })
    };
    assert_eq!(lines(&owner("app", &["book"]), &granted), "");
    assert_eq!(lines(&granted, &owner("app", &["book"])), "");
    let found = lines(&owner("app", &["shelf"]), &granted);
    assert_eq!(found, "grant SELECT on 'book' to 'app'");
}
