//! What PostgreSQL can do, by version (its release notes).

use crate::dialect::{AlterForm, Capabilities, CommentForm, NameLimits, ServerVersion};

/// The version that is assumed when none is known.
const ASSUMED: ServerVersion = ServerVersion::new(16, 0, 0);

/// What a server of this version can do.
pub(super) fn capabilities(version: Option<ServerVersion>) -> Capabilities {
    let version = version.unwrap_or(ASSUMED);
    Capabilities {
        transactional_ddl: true,
        alter: AlterForm::Clauses,
        constraint_alter: AlterForm::Clauses,
        rename_says_column: false,
        drop_column: true,
        rename_constraint: true,
        rename_index: true,
        column_position: false,
        rename_with_schema: false,
        comments: CommentForm::Statement,
        boolean_type: true,
        enum_type: true,
        enum_objects: true,
        enum_value_in_transaction: version.is_at_least(12, 0),
        uuid_type: true,
        identity: version.is_at_least(10, 0),
        virtual_columns: version.is_at_least(18, 0),
        computed_not_null: true,
        no_cycle_is_one_word: false,
        sequences: true,
        sequence_cache: 1,
        default_in_parentheses: false,
        include: version.is_at_least(11, 0),
        nulls_distinct: version.is_at_least(15, 0),
        operator_classes: true,
        nulls_order: true,
        index_lengths: false,
        key_method: false,
        exclusion: true,
        not_valid: true,
        not_enforced: version.is_at_least(18, 0),
        delete_action_columns: version.is_at_least(15, 0),
        foreign_key_match: true,
        on_conflict: false,
        concurrent_index: true,
        partial_index: true,
        index_if_exists: true,
        column_if_exists: true,
        constraint_if_exists: true,
        drop_check_as_constraint: true,
        schemas: true,
        unique_constraints: true,
        foreign_keys_have_indexes: false,
        indexes_of_tables: false,
        views_hold_columns: true,
        replace_view: true,
        routines: true,
        overloads: true,
        triggers_of_tables: true,
        triggers_follow_renames: true,
        checks_follow_renames: true,
        privileges_follow_objects: true,
        boolean_literals: true,
        // Off since 9.1, unless someone switched standard_conforming_strings off.
        backslash_escapes: false,
        returning: true,
        names: NameLimits {
            identifier: 63,
            index: 63,
            constraint: 63,
        },
    }
}
