//! The library as applications embed it: every source of a connection, many copies at once, runs that are cut off.
#![allow(clippy::panic, clippy::unwrap_used)]

mod dropped;
mod guide;
mod hooks;
mod servers;
mod sources;
mod together;

use limbeck::{Migrator, Project};

/// The revisions in `shop/`, in their order.
const REVISIONS: [&str; 3] = ["c0ffee000001", "c0ffee000002", "c0ffee000003"];
const NEWEST: &str = REVISIONS[2];
const GIFT_CARDS: &str = "SELECT count(*) FROM product WHERE name = 'gift card'";

fn shop() -> Project {
    Project::from_embedded(limbeck::embed!("tests/embedding/shop"))
}

/// A project with a version table of its own, for the same database.
fn jobs() -> Project {
    let mut jobs = Project::from_embedded(limbeck::embed!("tests/embedding/jobs"));
    jobs.settings_mut().version_table = "jobs_version".to_owned();
    jobs
}

/// Whether everything can be rolled back at the end of a run.
#[derive(Clone, Copy, PartialEq)]
enum DryRun {
    Possible,
    Refused,
}

/// Everything a migrator can be asked, on a database without versions; leaves it at the newest revision.
async fn tour(migrator: &mut Migrator<'_, '_>, dry_run: DryRun) {
    let status = migrator.status().await.unwrap();
    assert_eq!(status.pending, REVISIONS);
    assert_eq!(migrator.plan_upgrade("+2").await.unwrap().len(), 2);

    migrator.options_mut().dry_run = true;
    match (dry_run, migrator.upgrade("head").await) {
        (DryRun::Possible, Ok(report)) => {
            assert!(report.dry_run);
            assert_eq!(report.rows_after, [NEWEST]);
        }
        (DryRun::Refused, Err(error)) => assert_eq!(error.kind(), "refused"),
        (_, other) => panic!("{other:?}"),
    }
    migrator.options_mut().dry_run = false;
    assert_eq!(migrator.rows().await.unwrap(), [""; 0]);

    let report = migrator.upgrade("head").await.unwrap();
    let steps: Vec<&str> = report
        .steps
        .iter()
        .map(|step| step.revision.as_str())
        .collect();
    assert_eq!(steps, REVISIONS);
    assert_eq!(
        (report.rows_before, report.rows_after),
        (vec![], vec![NEWEST.to_owned()])
    );
    assert!(migrator.status().await.unwrap().is_up_to_date());
    assert_eq!(migrator.upgrade("head").await.unwrap().steps, []);

    assert_eq!(
        migrator.downgrade("-1").await.unwrap().rows_after,
        [REVISIONS[1]]
    );
    assert_eq!(migrator.plan_downgrade("base").await.unwrap().len(), 2);
    let stamped = migrator.stamp(&["head"], false).await.unwrap();
    assert_eq!(stamped.rows_after, [NEWEST]);
    migrator.stamp(&[REVISIONS[1]], false).await.unwrap();
    assert_eq!(
        migrator.downgrade("base").await.unwrap().rows_after,
        [""; 0]
    );
    migrator.upgrade("head").await.unwrap();
}
