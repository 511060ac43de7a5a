//! Three histories after the shape of real ones, run up, down and up again on each database they are for.
//!
//! What the first way up ends in is pinned in `snapshots/`: the schema as the database's catalogue has it, and every
//! row. The way down leaves nothing, and the second way up ends where the first did.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod database;
mod dump;
mod project;

use crate::{database::Database, dump::Dump, project::Project};

/// Up, down and up between `base` and `target`.
fn up_down_up(project: &Project<'_>, target: &str) -> Dump {
    project.limbeck(&["upgrade", target]);
    let first = project.dump();
    project.limbeck(&["downgrade", "base"]);
    assert_eq!(project.dump().full(), "", "the way down leaves nothing");
    project.limbeck(&["upgrade", target]);
    let second = project.dump();
    assert_same(&second, &first);
    first
}

/// Compares two dumps and shows the lines in which they differ.
#[track_caller]
fn assert_same(now: &Dump, before: &Dump) {
    let (now, before) = (now.full(), before.full());
    let differences: Vec<String> = now
        .lines()
        .filter(|line| !before.lines().any(|other| other == *line))
        .map(|line| format!("+{line}"))
        .chain(
            before
                .lines()
                .filter(|line| !now.lines().any(|other| other == *line))
                .map(|line| format!("-{line}")),
        )
        .collect();
    assert!(now == before, "{}", differences.join("\n"));
}

#[test]
fn shop_on_sqlite() {
    let database = Database::sqlite();
    let shop = Project::new("shop", &database);
    insta::assert_snapshot!(up_down_up(&shop, "head").pinned());
}

#[test]
fn shop_on_postgresql() {
    let Some(database) = Database::postgresql("shop") else {
        return;
    };
    let shop = Project::new("shop", &database);
    insta::assert_snapshot!(up_down_up(&shop, "head").pinned());
}

#[test]
fn shop_on_mariadb() {
    let Some(database) = Database::mariadb("shop") else {
        return;
    };
    let shop = Project::new("shop", &database);
    insta::assert_snapshot!(up_down_up(&shop, "head").pinned());
}

#[test]
fn forum_on_sqlite() {
    let database = Database::sqlite();
    let forum = Project::new("forum", &database);
    insta::assert_snapshot!(up_down_up(&forum, "head").pinned());
}

#[test]
fn forum_on_postgresql() {
    let Some(database) = Database::postgresql("forum") else {
        return;
    };
    let forum = Project::new("forum", &database);
    insta::assert_snapshot!(up_down_up(&forum, "head").pinned());
}

#[test]
fn telemetry_on_postgresql() {
    let Some(database) = Database::postgresql("telemetry") else {
        return;
    };
    insta::assert_snapshot!(past_the_point_of_no_return(&database).pinned());
}

#[test]
fn telemetry_on_mariadb() {
    let Some(database) = Database::mariadb("telemetry") else {
        return;
    };
    insta::assert_snapshot!(past_the_point_of_no_return(&database).pinned());
}

/// Revision 0012 of the telemetry store has no way back: what is below it goes up and down before it is applied, what
/// is above it afterwards.
fn past_the_point_of_no_return(database: &Database) -> Dump {
    let telemetry = Project::new("telemetry", database);
    up_down_up(&telemetry, "0011");

    telemetry.limbeck(&["upgrade", "0012"]);
    let bottom = telemetry.dump();
    telemetry.limbeck(&["upgrade", "head"]);
    let first = telemetry.dump();

    let refusal = telemetry.refusal(&["downgrade", "base"]);
    let reason = "cannot be downgraded: the addresses are gone; only their hashes are kept";
    for part in ["0012_forget_the_addresses_of_devices.sql:12:1", reason] {
        assert!(refusal.contains(part), "{refusal}");
    }
    // It is known before the first of the 27 revisions above it is undone.
    assert_same(&telemetry.dump(), &first);

    telemetry.limbeck(&["downgrade", "0012"]);
    assert_same(&telemetry.dump(), &bottom);
    telemetry.limbeck(&["upgrade", "head"]);
    assert_same(&telemetry.dump(), &first);
    first
}
