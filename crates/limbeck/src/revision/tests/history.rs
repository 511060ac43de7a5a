//! What a history range lists: both ends and what lies between, newest first.

use super::super::{ErrorKind, PlanError, Range};
use super::graph;

const BRANCHES: &str =
    "a; b < a; c1 < b #left; c2 < c1; d1 < b #right; d2 < d1 ~ c1; x; y < x #other";

fn history(range: &str, rows: &[&str]) -> Result<String, PlanError> {
    let graph = graph(BRANCHES);
    let listed = graph.history(&Range::parse(range).unwrap(), rows)?;
    let ids: Vec<&str> = listed.iter().map(|node| node.id().as_str()).collect();
    Ok(ids.join(" "))
}

fn listed(range: &str) -> String {
    history(range, &[]).unwrap()
}

#[test]
fn an_end_left_out_is_base_or_all_heads() {
    insta::assert_snapshot!(listed(":"), @"c2 d2 d1 c1 b a y x");
    insta::assert_snapshot!(listed("base:heads"), @"c2 d2 d1 c1 b a y x");
    insta::assert_snapshot!(listed("b:"), @"c2 d2 d1 c1 b");
    insta::assert_snapshot!(listed(":left@head"), @"c2 c1 b a");
}

#[test]
fn both_ends_are_listed_and_other_branches_are_not() {
    insta::assert_snapshot!(listed("b:c2"), @"c2 c1 b");
    insta::assert_snapshot!(listed("c1:c1"), @"c1");
    insta::assert_snapshot!(listed("d1:heads"), @"d2 d1");
    insta::assert_snapshot!(listed("left@base:heads"), @"c2 c1 b a");
    insta::assert_snapshot!(listed("other@base:heads"), @"y x");
}

#[test]
fn an_end_may_be_counted_down() {
    insta::assert_snapshot!(listed(":d2-1"), @"d1 b a");
    insta::assert_snapshot!(listed(":left@head-1"), @"c1 b a");
    insta::assert_snapshot!(listed("other@-1:y"), @"y x");
}

#[test]
fn current_is_what_is_applied() {
    insta::assert_snapshot!(history("current:", &["c1"]).unwrap(), @"c2 c1");
    insta::assert_snapshot!(history(":current", &["d1", "y"]).unwrap(), @"d1 b a y x");
    // Without rows the database is at base.
    assert_eq!(history("current:", &[]).unwrap(), listed(":"));
    assert_eq!(history(":current", &[]).unwrap(), "");
    assert_eq!(
        history("current:", &["gone"]).unwrap_err().kind(),
        ErrorKind::UnknownRevision
    );
}

#[test]
fn ends_that_are_not_on_one_line_are_refused_as_typed() {
    for range in ["c2:c1", "a:y", "left@head:right@head"] {
        let error = history(range, &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotReachable, "{range}");
        assert!(error.to_string().contains(range), "{error}");
    }
}
