//! What a server can do, as values.

/// What one server, of one version, can do. Made by its dialect; asked by everybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// A failed transaction takes its DDL back.
    pub transactional_ddl: bool,
    /// How columns and constraints of an existing table are changed.
    pub alter: AlterForm,
    /// `ALTER TABLE … DROP COLUMN`.
    pub drop_column: bool,
    /// `ALTER TABLE … RENAME COLUMN`.
    pub rename_column: bool,
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
    /// A UUID type.
    pub uuid_type: bool,
    /// `GENERATED … AS IDENTITY`.
    pub identity: bool,
    /// `GENERATED ALWAYS AS (…) VIRTUAL`.
    pub virtual_columns: bool,
    /// Sequences.
    pub sequences: bool,
    /// Default expressions other than a literal or a bare word go in parentheses.
    pub default_in_parentheses: bool,
    /// `INCLUDE (…)` of indexes and constraints.
    pub include: bool,
    /// `NULLS [NOT] DISTINCT`.
    pub nulls_distinct: bool,
    /// `NOT VALID` constraints.
    pub not_valid: bool,
    /// `ON CONFLICT` of constraints.
    pub on_conflict: bool,
    /// `CREATE INDEX CONCURRENTLY`.
    pub concurrent_index: bool,
    /// Partial indexes.
    pub partial_index: bool,
    /// `IF [NOT] EXISTS` of columns, indexes and constraints.
    pub if_exists: bool,
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
