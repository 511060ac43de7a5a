//! Tables that cannot be altered into what is wanted.

use std::collections::BTreeSet;

use super::{
    Language,
    order::{Phase, Plan},
    pairing::{pair, qualified},
    rename,
};
use crate::{
    operation::RenameTable,
    schema::{Database, QualifiedName, Table},
};

/// Moves tables aside that are partitioned in another way than is wanted, with their partitions, or are another module's:
/// they are dropped, and new ones created. Gives back the names that are free then.
pub(super) fn move_aside(
    actual: &mut Database,
    wanted: &Database,
    language: Language<'_>,
    plan: &mut Plan,
) -> Vec<QualifiedName> {
    let key = |table: &Table| qualified(&table.name);
    let pairs = pair(&actual.tables, &wanted.tables, language.equivalence, key);
    let mut both: Vec<(&Table, &Table)> = pairs.both.clone();
    let mut replaced: Vec<(QualifiedName, QualifiedName)> = Vec::new();
    // A partition has its rows and its columns as a part of its parent.
    loop {
        let before = replaced.len();
        both.retain(|(from, to)| {
            let parent = from.options.postgresql.partition_of.as_ref();
            let with_parent =
                parent.is_some_and(|name| replaced.iter().any(|(one, _)| one == name));
            let goes = with_parent
                || from.options.postgresql.partition_by != to.options.postgresql.partition_by
                || from.options.sqlite.module != to.options.sqlite.module;
            if goes {
                replaced.push((from.name.clone(), to.name.clone()));
            }
            !goes
        });
        if replaced.len() == before {
            break;
        }
    }
    let mut taken: BTreeSet<String> = actual
        .tables
        .iter()
        .chain(&wanted.tables)
        .map(|table| table.name.name.as_str().to_owned())
        .collect();
    for (from, _) in &replaced {
        let aside = from.sibling(rename::unused(from.name.as_str(), &taken));
        taken.insert(aside.name.as_str().to_owned());
        plan.assist(
            Phase::Rename,
            RenameTable {
                table: from.clone(),
                new_name: aside.name.clone(),
            },
        );
        let follow = language.capabilities.triggers_follow_renames;
        rename::rename_table(actual, from, &aside, follow);
    }
    replaced.into_iter().map(|(_, to)| to).collect()
}
