//! What can be changed about one SQLite table, as SQLite's room understands it. Plain data; every expression is kept as it
//! was written.

/// One change of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableChange {
    /// Adds a column.
    AddColumn {
        /// The column definition as it would stand in `CREATE TABLE`.
        definition: String,
        /// Where it goes; last without it.
        place: Option<ColumnPlace>,
        /// Does nothing when there is a column of that name.
        if_not_exists: bool,
    },
    /// Drops a column, with the indexes and constraints of this table that use it.
    DropColumn {
        /// The column.
        column: String,
        /// Does nothing when there is no column of that name.
        if_exists: bool,
    },
    /// Renames a column, also where indexes, triggers, views and foreign keys name it.
    RenameColumn {
        /// The column.
        column: String,
        /// Its new name.
        to: String,
    },
    /// Moves a column.
    MoveColumn {
        /// The column.
        column: String,
        /// Where it goes.
        place: ColumnPlace,
    },
    /// Changes the declared type.
    SetType {
        /// The column.
        column: String,
        /// The new type as written; empty for none.
        declared: String,
        /// What the new values are; without it the old ones are converted, and values that would be damaged are refused.
        using: Option<String>,
    },
    /// Changes or drops the collation.
    SetCollation {
        /// The column.
        column: String,
        /// The new collation.
        collation: Option<String>,
    },
    /// Adds NOT NULL.
    SetNotNull {
        /// The column.
        column: String,
    },
    /// Says what NOT NULL does on a conflict, and adds it where it is missing.
    SetConflict {
        /// The column.
        column: String,
        /// The action, such as `REPLACE`.
        action: String,
    },
    /// Drops NOT NULL.
    DropNotNull {
        /// The column.
        column: String,
    },
    /// Sets the default for rows to come; rows that are there keep their values.
    SetDefault {
        /// The column.
        column: String,
        /// The default's expression as written.
        expression: String,
    },
    /// Drops the default; rows that are there keep their values.
    DropDefault {
        /// The column.
        column: String,
    },
    /// Adds a table constraint.
    AddConstraint {
        /// `[CONSTRAINT name] CHECK (…)`, `UNIQUE (…)`, `PRIMARY KEY (…)` or `FOREIGN KEY (…) REFERENCES …`.
        definition: String,
    },
    /// Drops a constraint, whether it stands at a column or at the table.
    DropConstraint {
        /// Which one.
        constraint: ConstraintChoice,
        /// Does nothing when there is none.
        if_exists: bool,
    },
    /// Renames a constraint.
    RenameConstraint {
        /// Its name.
        constraint: String,
        /// Its new name.
        to: String,
    },
    /// Writes the table's text as a new table's is written: its name quoted, one column or constraint a line, constraints last.
    Restate {
        /// Columns whose defaults, and foreign keys whose actions, stay as they are written.
        stated: Vec<String>,
    },
    /// Makes the table STRICT, or no longer.
    SetStrict(bool),
    /// Makes the table WITHOUT ROWID, or no longer.
    SetWithoutRowid(bool),
    /// Makes the table's integer key count without ever using a number again (AUTOINCREMENT), or no longer.
    SetAutoincrement(bool),
}

/// Where a column goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnPlace {
    /// Before all others.
    First,
    /// Right before another column.
    Before(String),
    /// Right after another column.
    After(String),
}

/// Kinds of constraint that can be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// PRIMARY KEY.
    PrimaryKey,
    /// UNIQUE.
    Unique,
    /// CHECK.
    Check,
    /// FOREIGN KEY.
    ForeignKey,
}

/// How a constraint is told from the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintChoice {
    /// By name. An unnamed constraint is also found by the name that PostgreSQL would have given it (`t_pkey`, `t_a_key`,
    /// `t_a_fkey`, `t_a_check`), so that one script does for both.
    Named {
        /// The name.
        name: String,
        /// Its kind, where known.
        kind: Option<ConstraintKind>,
    },
    /// By kind and columns, in any order; named or not. For a PRIMARY KEY the columns may be left out.
    Of {
        /// Its kind.
        kind: ConstraintKind,
        /// Its columns; for a CHECK the column that it stands at.
        columns: Vec<String>,
    },
    /// A CHECK by its expression, white space and case of words aside.
    Check {
        /// What stands between its parentheses.
        expression: String,
    },
}
