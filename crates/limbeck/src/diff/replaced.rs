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

/// Moves tables aside that are partitioned in another way than is wanted, or are another module's: they are dropped,
/// and new ones created. Gives back the names that are free then.
pub(super) fn move_aside(
    actual: &mut Database,
    wanted: &Database,
    language: Language<'_>,
    plan: &mut Plan,
) -> Vec<QualifiedName> {
    let key = |table: &Table| qualified(&table.name);
    let pairs = pair(&actual.tables, &wanted.tables, language.equivalence, key);
    let replaced: Vec<(QualifiedName, QualifiedName)> = pairs
        .both
        .iter()
        .filter(|(from, to)| {
            from.options.postgresql.partition_by != to.options.postgresql.partition_by
                || from.options.sqlite.module != to.options.sqlite.module
        })
        .map(|(from, to)| (from.name.clone(), to.name.clone()))
        .collect();
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
