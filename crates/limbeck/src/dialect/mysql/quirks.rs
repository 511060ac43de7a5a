//! What MySQL and MariaDB can do, by version (their release notes).

use crate::dialect::{AlterForm, Capabilities, CommentForm, NameLimits, ServerVersion};

/// What a MySQL server can do.
pub(super) fn mysql(version: Option<ServerVersion>) -> Capabilities {
    let since =
        |major, minor, patch| version.is_some_and(|v| v >= ServerVersion::new(major, minor, patch));
    let known = version.unwrap_or(ServerVersion::new(8, 0, 36));
    Capabilities {
        // Only where the version is known: SQLAlchemy writes bare defaults offline.
        default_in_parentheses: since(8, 0, 13),
        not_enforced: known >= ServerVersion::new(8, 0, 16),
        ..shared()
    }
}

/// What a MariaDB server can do.
pub(super) fn mariadb(version: Option<ServerVersion>) -> Capabilities {
    let since = |major, minor| version.is_some_and(|v| v.is_at_least(major, minor));
    let known = version.unwrap_or(ServerVersion::new(10, 6, 0));
    Capabilities {
        default_in_parentheses: since(10, 2),
        // Only where the version is known: offline scripts have to run on older servers, too.
        uuid_type: since(10, 7),
        sequences: known.is_at_least(10, 3),
        rename_index: known >= ServerVersion::new(10, 5, 2),
        returning: known.is_at_least(10, 5),
        index_if_exists: true,
        column_if_exists: true,
        constraint_if_exists: true,
        drop_check_as_constraint: true,
        computed_not_null: false,
        ..shared()
    }
}

fn shared() -> Capabilities {
    Capabilities {
        transactional_ddl: false,
        alter: AlterForm::Modify,
        constraint_alter: AlterForm::Clauses,
        rename_says_column: false,
        drop_column: true,
        rename_constraint: false,
        rename_index: true,
        column_position: true,
        rename_with_schema: true,
        comments: CommentForm::Inline,
        boolean_type: false,
        enum_type: true,
        enum_objects: false,
        enum_value_in_transaction: false,
        uuid_type: false,
        identity: false,
        virtual_columns: true,
        computed_not_null: true,
        no_cycle_is_one_word: true,
        sequences: false,
        sequence_cache: 1000,
        default_in_parentheses: false,
        include: false,
        nulls_distinct: false,
        operator_classes: false,
        nulls_order: false,
        index_lengths: true,
        key_method: true,
        exclusion: false,
        not_valid: false,
        not_enforced: false,
        delete_action_columns: false,
        foreign_key_match: false,
        on_conflict: false,
        concurrent_index: false,
        partial_index: false,
        index_if_exists: false,
        column_if_exists: false,
        constraint_if_exists: false,
        drop_check_as_constraint: false,
        schemas: true,
        unique_constraints: false,
        foreign_keys_have_indexes: true,
        indexes_of_tables: true,
        views_hold_columns: false,
        replace_view: true,
        routines: true,
        overloads: false,
        triggers_of_tables: false,
        triggers_follow_renames: false,
        checks_follow_renames: false,
        privileges_follow_objects: false,
        boolean_literals: true,
        backslash_escapes: true,
        returning: false,
        names: NameLimits {
            identifier: 64,
            index: 64,
            constraint: 64,
        },
    }
}
