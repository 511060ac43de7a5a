//! When the options of a table change. Most do at one time; storage by the key only while it is the same key, and what is
//! said for all columns before there are others.

use super::{Equivalence, order::Phase};
use crate::schema::{MysqlOption, TableOptions};

/// What MySQL says for the columns of a table that say nothing.
const COLUMN_DEFAULTS: [&str; 2] = ["DEFAULT_CHARSET", "COLLATE"];

/// The steps from some options to others, each with the options after it. Some of them may change nothing.
pub(super) fn steps(
    before: &TableOptions,
    after: &TableOptions,
    key_changes: bool,
    equivalence: &dyn Equivalence,
) -> Vec<(Phase, TableOptions)> {
    // One way of partitioning follows another in one step, unless the key changes with it.
    let leaves = key_changes || is_keyed(before) != is_keyed(after);
    let mut now = before.clone();
    if leaves {
        drop_keyed(&mut now);
    }
    let unkeyed = now.clone();
    if !equivalence.same_column_defaults(before, after) {
        for (now, after) in lists(&mut now, after) {
            move_over(now, after, |option| {
                COLUMN_DEFAULTS.contains(&option.name.as_str())
            });
        }
    }
    let mut settled = after.clone();
    if leaves {
        drop_keyed(&mut settled);
    } else {
        settled.sqlite.without_rowid = now.sqlite.without_rowid;
        for (settled, now) in lists(&mut settled, &now) {
            move_over(settled, now, is_partition);
        }
    }
    vec![
        (Phase::DropKeyedStorage, unkeyed),
        (Phase::SetColumnDefaults, now),
        (Phase::AlterTables, settled),
        (Phase::AddKeyedStorage, after.clone()),
    ]
}

fn is_partition(option: &MysqlOption) -> bool {
    option.name.contains("PARTITION")
}

/// Whether the rows are stored by the key.
fn is_keyed(options: &TableOptions) -> bool {
    let mut all = options.mysql.iter().chain(&options.mariadb);
    options.sqlite.without_rowid || all.any(is_partition)
}

fn drop_keyed(options: &mut TableOptions) {
    options.sqlite.without_rowid = false;
    options.mysql.retain(|option| !is_partition(option));
    options.mariadb.retain(|option| !is_partition(option));
}

fn lists<'o>(
    one: &'o mut TableOptions,
    other: &'o TableOptions,
) -> [(&'o mut Vec<MysqlOption>, &'o [MysqlOption]); 2] {
    [
        (&mut one.mysql, other.mysql.as_slice()),
        (&mut one.mariadb, other.mariadb.as_slice()),
    ]
}

/// Replaces the options of a kind by another list's.
fn move_over(
    list: &mut Vec<MysqlOption>,
    from: &[MysqlOption],
    is_of_kind: impl Fn(&MysqlOption) -> bool,
) {
    list.retain(|option| !is_of_kind(option));
    list.extend(from.iter().filter(|option| is_of_kind(option)).cloned());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::TextEquality;

    fn partitioned(by: &str) -> TableOptions {
        let option = |name: &str, value: &str| MysqlOption {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        TableOptions {
            mariadb: vec![option("ENGINE", "Aria"), option("PARTITION_BY", by)],
            ..TableOptions::default()
        }
    }

    /// The phases in which something changes.
    fn phases(before: &TableOptions, after: &TableOptions, key_changes: bool) -> Vec<Phase> {
        let mut now = before.clone();
        let steps = steps(before, after, key_changes, &TextEquality).into_iter();
        let steps = steps.filter(|(_, next)| std::mem::replace(&mut now, next.clone()) != *next);
        steps.map(|(phase, _)| phase).collect()
    }

    #[test]
    fn partitions_go_while_the_key_is_another_one() {
        let (before, after) = (partitioned("HASH (a)"), partitioned("HASH (b)"));
        let both = [Phase::DropKeyedStorage, Phase::AddKeyedStorage];
        assert_eq!(phases(&before, &after, false), both[1..]);
        assert_eq!(phases(&before, &after, true), both);
        assert_eq!(phases(&before, &before, true), both);
        assert_eq!(phases(&before, &before, false), []);
        let plain = TableOptions::default();
        assert_eq!(
            phases(&before, &plain, false),
            [Phase::DropKeyedStorage, Phase::AlterTables]
        );
    }
}
