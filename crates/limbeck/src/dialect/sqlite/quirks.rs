//! What SQLite can do, by version.

use crate::dialect::{AlterForm, Capabilities, CommentForm, NameLimits, ServerVersion};

/// The version that is assumed when none is known.
const ASSUMED: ServerVersion = ServerVersion::new(3, 46, 0);

/// What a library of this version can do.
pub(super) fn capabilities(version: Option<ServerVersion>) -> Capabilities {
    let version = version.unwrap_or(ASSUMED);
    Capabilities {
        transactional_ddl: true,
        alter: AlterForm::Rebuild,
        constraint_alter: AlterForm::Rebuild,
        rename_says_column: true,
        // 3.35.0: ALTER TABLE DROP COLUMN and RETURNING.
        drop_column: version.is_at_least(3, 35),
        returning: version.is_at_least(3, 35),
        rename_constraint: false,
        rename_index: false,
        column_position: false,
        rename_with_schema: false,
        comments: CommentForm::None,
        boolean_type: false,
        enum_type: false,
        enum_objects: false,
        enum_value_in_transaction: false,
        uuid_type: false,
        identity: false,
        // 3.31.0: generated columns.
        virtual_columns: version.is_at_least(3, 31),
        computed_not_null: true,
        no_cycle_is_one_word: false,
        sequences: false,
        sequence_cache: 1,
        default_in_parentheses: true,
        include: false,
        nulls_distinct: false,
        operator_classes: false,
        nulls_order: false,
        index_lengths: false,
        key_method: false,
        exclusion: false,
        not_valid: false,
        not_enforced: false,
        delete_action_columns: false,
        foreign_key_match: true,
        on_conflict: true,
        concurrent_index: false,
        partial_index: true,
        index_if_exists: true,
        column_if_exists: false,
        constraint_if_exists: false,
        drop_check_as_constraint: true,
        schemas: false,
        unique_constraints: true,
        foreign_keys_have_indexes: false,
        indexes_of_tables: false,
        views_hold_columns: true,
        replace_view: false,
        routines: false,
        overloads: false,
        triggers_of_tables: false,
        triggers_follow_renames: true,
        checks_follow_renames: true,
        privileges_follow_objects: true,
        boolean_literals: false,
        backslash_escapes: false,
        names: NameLimits {
            identifier: 9999,
            index: 9999,
            constraint: 9999,
        },
    }
}
