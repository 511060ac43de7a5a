//! What a new revision or merge is built on, and what it may depend on.

use super::super::{ErrorKind, ResolveError, Target};
use super::graph;

const TWO_BRANCHES: &str = "aaaa1; aaaa2 < aaaa1 #net; bbbb1 #shop; bbbb2 < bbbb1";

fn parents(notation: &str, targets: &[&str], splice: bool) -> Result<String, ResolveError> {
    let graph = graph(notation);
    let targets: Vec<Target> = targets
        .iter()
        .map(|target| Target::parse(target).unwrap())
        .collect();
    let parents = graph.parents_for(&targets, splice)?;
    let ids: Vec<&str> = parents.iter().map(|node| node.id().as_str()).collect();
    Ok(ids.join(" "))
}

#[test]
fn the_one_head_is_the_parent() {
    assert_eq!(parents("a; b < a", &["head"], false).unwrap(), "b");
}

#[test]
fn the_first_revision_has_no_parent() {
    assert_eq!(parents("", &["head"], false).unwrap(), "");
}

#[test]
fn base_begins_a_new_branch() {
    assert_eq!(parents("a; b < a", &["base"], false).unwrap(), "");
}

#[test]
fn with_several_heads_one_has_to_be_named() {
    let error = parents(TWO_BRANCHES, &["head"], false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MultipleHeads);
    insta::assert_snapshot!(error, @"Multiple heads are present: aaaa2, bbbb2; please specify the head revision on which the new revision should be based, or perform a merge");
    // A head that another revision depends on is still one to build on.
    let error = parents("a; b ~ a", &["head"], false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MultipleHeads);
}

#[test]
fn a_head_is_named_in_any_way_a_target_is() {
    for target in ["net@head", "aaaa2", "net@aaaa2", "net@heads", "net"] {
        assert_eq!(parents(TWO_BRANCHES, &[target], false).unwrap(), "aaaa2");
    }
    // Four characters of an id are enough, as long as they fit only one.
    assert_eq!(parents("abcdef; x", &["abcd"], false).unwrap(), "abcdef");
    let error = parents(TWO_BRANCHES, &["bbbb"], false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AmbiguousRevision);
    let error = parents(TWO_BRANCHES, &["nowhere"], false).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownRevision);
}

#[test]
fn what_has_children_is_a_parent_only_with_splice() {
    let error = parents("a; b < a", &["a"], false).unwrap_err();
    insta::assert_snapshot!(error, @"Revision a is not a head revision; please specify --splice to create a new branch from this revision");
    assert_eq!(parents("a; b < a", &["a"], true).unwrap(), "a");
}

#[test]
fn a_merge_keeps_the_order_asked_for() {
    let merge = |targets: &[&str]| parents(TWO_BRANCHES, targets, false);
    assert_eq!(merge(&["bbbb2", "aaaa2"]).unwrap(), "bbbb2 aaaa2");
    assert_eq!(merge(&["heads"]).unwrap(), "aaaa2 bbbb2");
    assert_eq!(merge(&["bbbb2"]).unwrap(), "bbbb2");
}

#[test]
fn a_merge_of_heads_leaves_out_what_another_depends_on() {
    assert_eq!(parents("a; b ~ a; c", &["heads"], false).unwrap(), "b c");
}

#[test]
fn a_merge_takes_inner_revisions_only_with_splice() {
    let targets = ["aaaa1", "bbbb2"];
    let error = parents(TWO_BRANCHES, &targets, false).unwrap_err();
    assert!(matches!(error, ResolveError::NotAHead { .. }), "{error}");
    assert_eq!(
        parents(TWO_BRANCHES, &targets, true).unwrap(),
        "aaaa1 bbbb2"
    );
}

#[test]
fn one_parent_named_twice_is_refused() {
    for splice in [false, true] {
        let error = parents(TWO_BRANCHES, &["aaaa2", "net@head"], splice).unwrap_err();
        assert!(
            matches!(error, ResolveError::DuplicateHeads { .. }),
            "{error}"
        );
    }
}

#[test]
fn a_dependency_is_kept_as_a_label_or_a_whole_id() {
    let graph = graph("abcdef #shop; x");
    let name = |target| graph.dependency_name(&Target::parse(target).unwrap());
    assert_eq!(name("abcd").unwrap(), "abcdef");
    assert_eq!(name("abcdef").unwrap(), "abcdef");
    assert_eq!(name("shop").unwrap(), "shop");
    assert_eq!(name("shop@head").unwrap(), "abcdef");
    assert_eq!(name("base").unwrap_err().kind(), ErrorKind::UnknownRevision);
    assert_eq!(name("heads").unwrap_err().kind(), ErrorKind::MultipleHeads);
}
