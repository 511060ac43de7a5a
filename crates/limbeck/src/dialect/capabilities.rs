//! What a server can do, as values.

/// What one server, of one version, can do. Made by its dialect; asked by everybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// A failed transaction takes its DDL back.
    pub transactional_ddl: bool,
    /// How columns of an existing table are changed.
    pub alter: AlterForm,
    /// How constraints of an existing table are changed.
    pub constraint_alter: AlterForm,
    /// `RENAME COLUMN a TO b`, as opposed to `RENAME a TO b`.
    pub rename_says_column: bool,
    /// `ALTER TABLE … DROP COLUMN`.
    pub drop_column: bool,
    /// `ALTER TABLE … RENAME CONSTRAINT`.
    pub rename_constraint: bool,
    /// An index can be given another name.
    pub rename_index: bool,
    /// A column can be put before or after another.
    pub column_position: bool,
    /// The new name in `ALTER TABLE … RENAME TO` has the schema in front.
    pub rename_with_schema: bool,
    /// How comments are written.
    pub comments: CommentForm,
    /// A boolean type.
    pub boolean_type: bool,
    /// Enum types, as types of their own or as column types.
    pub enum_type: bool,
    /// Enum types are objects of the schema, created and dropped.
    pub enum_objects: bool,
    /// A value can be added to an enum inside a transaction.
    pub enum_value_in_transaction: bool,
    /// A UUID type.
    pub uuid_type: bool,
    /// `GENERATED … AS IDENTITY`.
    pub identity: bool,
    /// `GENERATED ALWAYS AS (…) VIRTUAL`.
    pub virtual_columns: bool,
    /// A computed column can be `NOT NULL`.
    pub computed_not_null: bool,
    /// Sequences.
    pub sequences: bool,
    /// How many numbers a sequence fetches at once when nothing else is said.
    pub sequence_cache: i64,
    /// `NOCYCLE`, as opposed to `NO CYCLE`.
    pub no_cycle_is_one_word: bool,
    /// Default expressions other than a literal or a bare word go in parentheses.
    pub default_in_parentheses: bool,
    /// `INCLUDE (…)` of indexes and constraints.
    pub include: bool,
    /// `NULLS [NOT] DISTINCT`.
    pub nulls_distinct: bool,
    /// Operator classes of index elements.
    pub operator_classes: bool,
    /// `NULLS FIRST` and `NULLS LAST` of index elements.
    pub nulls_order: bool,
    /// Index elements that are the beginning of a text.
    pub index_lengths: bool,
    /// `USING` of a primary key.
    pub key_method: bool,
    /// Exclusion constraints.
    pub exclusion: bool,
    /// `NOT VALID` and `NO INHERIT` of constraints.
    pub not_valid: bool,
    /// `NOT ENFORCED` CHECKs.
    pub not_enforced: bool,
    /// `ON DELETE SET NULL (columns)`.
    pub delete_action_columns: bool,
    /// `MATCH` of foreign keys.
    pub foreign_key_match: bool,
    /// `ON CONFLICT` of constraints.
    pub on_conflict: bool,
    /// `CREATE INDEX CONCURRENTLY`.
    pub concurrent_index: bool,
    /// Partial indexes.
    pub partial_index: bool,
    /// `IF [NOT] EXISTS` of indexes.
    pub index_if_exists: bool,
    /// `IF [NOT] EXISTS` of columns.
    pub column_if_exists: bool,
    /// `IF EXISTS` of constraints.
    pub constraint_if_exists: bool,
    /// A CHECK is dropped by `DROP CONSTRAINT`, as opposed to `DROP CHECK`.
    pub drop_check_as_constraint: bool,
    /// Schemas that can be created.
    pub schemas: bool,
    /// A unique constraint is something else than a unique index.
    pub unique_constraints: bool,
    /// Every foreign key has an index, which the database makes where there is none.
    pub foreign_keys_have_indexes: bool,
    /// An index's name counts within its table.
    pub indexes_of_tables: bool,
    /// A view, trigger or policy is in the way of changes of what it uses.
    pub views_hold_columns: bool,
    /// `CREATE OR REPLACE VIEW`.
    pub replace_view: bool,
    /// Functions and procedures.
    pub routines: bool,
    /// Functions of one name with different arguments.
    pub overloads: bool,
    /// A trigger's name counts within its table.
    pub triggers_of_tables: bool,
    /// Triggers use the new name of a table or column that is renamed; elsewhere only that of their own table does.
    pub triggers_follow_renames: bool,
    /// A CHECK follows the new name of a column that it uses.
    pub checks_follow_renames: bool,
    /// Privileges are an object's own, which it loses when it is dropped and keeps when it is renamed; elsewhere they stay with
    /// the name.
    pub privileges_follow_objects: bool,
    /// `TRUE` and `FALSE`.
    pub boolean_literals: bool,
    /// A backslash in a string literal begins an escape.
    pub backslash_escapes: bool,
    /// `INSERT … RETURNING`.
    pub returning: bool,
    /// The longest names.
    pub names: NameLimits,
}

/// How columns and constraints of an existing table are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlterForm {
    /// One clause per property: `ALTER COLUMN c SET NOT NULL`.
    Clauses,
    /// The whole column anew: `MODIFY c TYPE NOT NULL …`.
    Modify,
    /// A new table to which the rows are copied.
    Rebuild,
}

/// How comments of tables and columns are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentForm {
    /// The database has none; they are left out.
    None,
    /// Within the definition.
    Inline,
    /// By a statement of their own.
    Statement,
}

/// The longest names that a database takes, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameLimits {
    /// Any name.
    pub identifier: usize,
    /// Of an index.
    pub index: usize,
    /// Of a constraint.
    pub constraint: usize,
}
