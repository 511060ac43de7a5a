//! Revisions of the graph as answers report them.

use limbeck::{migrator::Project, revision::Node};

use crate::answer::RevisionAnswer;

/// Describes revisions in the order given.
pub(crate) fn describe<'g>(
    project: &Project,
    nodes: impl IntoIterator<Item = Node<'g>>,
) -> Vec<RevisionAnswer> {
    nodes
        .into_iter()
        .map(|node| describe_one(project, node))
        .collect()
}

/// Describes revisions, marking those that are among `current`.
pub(crate) fn describe_marked<'g>(
    project: &Project,
    nodes: impl IntoIterator<Item = Node<'g>>,
    current: &[String],
) -> Vec<RevisionAnswer> {
    let mut answers = describe(project, nodes);
    for answer in &mut answers {
        answer.current = Some(current.contains(&answer.revision));
    }
    answers
}

/// Describes one revision.
pub(crate) fn describe_one(project: &Project, node: Node<'_>) -> RevisionAnswer {
    let header = project.header(node.id().as_str());
    let declared = node.revision();
    RevisionAnswer {
        revision: node.id().to_string(),
        down_revisions: declared.down.iter().map(ToString::to_string).collect(),
        depends_on: declared.depends_on.clone(),
        branch_labels: node.labels().into_iter().map(str::to_owned).collect(),
        branches_into: node
            .children()
            .map(|child| child.id().to_string())
            .collect(),
        message: header
            .map(|header| header.message.clone())
            .unwrap_or_default(),
        description: header
            .map(|header| header.long_message.clone())
            .unwrap_or_default(),
        path: header.map(|header| header.path.clone()),
        head: node.is_head(),
        effective_head: node.is_head() && !node.is_real_head(),
        branch_point: node.is_branch_point(),
        merge_point: node.is_merge_point(),
        current: None,
    }
}
