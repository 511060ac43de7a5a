//! Operations as changes of one table, for those that SQLite's own ALTER TABLE cannot do.

use super::{
    Sqlite,
    change::{ColumnPlace, ConstraintChoice, ConstraintKind, TableChange},
    rebuild::draft::read_column,
    table_sql::Kind,
};
use crate::{
    dialect::{
        DdlError, Dialect, Statement,
        ansi::{self, Grammar, Surroundings},
    },
    operation::{
        AddColumn, AlterColumn, ColumnPosition, CreateIndex, DropConstraint, Given, Operation,
        SetTableOptions,
    },
    schema::{self, Condition, Constraint, QualifiedName, TableOptions},
};

/// What an operation changes about one table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableChanges {
    /// The table.
    pub table: QualifiedName,
    /// Its changes, in order.
    pub changes: Vec<TableChange>,
    /// Statements to run after the change: indexes that come with a column.
    pub after: Vec<Statement>,
}

impl Sqlite {
    /// The changes that an operation means for its table; `None` for an operation that changes no table that is there.
    /// Comments are left out: SQLite has none.
    ///
    /// # Errors
    /// [`DdlError`] for what SQLite cannot store at all.
    pub fn table_changes(&self, operation: &Operation) -> Result<Option<TableChanges>, DdlError> {
        let (changes, after) = match operation {
            Operation::AddColumn(add) => (add_column(self, add)?, indexes(self, add)?),
            Operation::DropColumn(drop) => {
                let change = TableChange::DropColumn {
                    column: drop.column.as_str().to_owned(),
                    if_exists: drop.if_exists,
                };
                (vec![change], Vec::new())
            }
            Operation::AlterColumn(alter) => (alter_column(self, alter)?, Vec::new()),
            Operation::AddConstraint(add) => (
                constraints(self, &add.table, &[], std::slice::from_ref(&add.constraint))?,
                Vec::new(),
            ),
            Operation::DropConstraint(drop) => {
                let change = TableChange::DropConstraint {
                    constraint: choice(drop).ok_or_else(|| DdlError::Missing {
                        dialect: self.name(),
                        subject: operation.to_string(),
                        what: "the constraint's name",
                        advice: "give its name, or describe it as it was",
                    })?,
                    if_exists: drop.if_exists,
                };
                (vec![change], Vec::new())
            }
            Operation::RenameConstraint(rename) => {
                let change = TableChange::RenameConstraint {
                    constraint: rename.name.as_str().to_owned(),
                    to: rename.new_name.as_str().to_owned(),
                };
                (vec![change], Vec::new())
            }
            Operation::SetTableOptions(set) => (options(set), Vec::new()),
            Operation::RestateTable(restate) => {
                let stated = restate.stated.iter().map(|name| name.as_str().to_owned());
                let stated = stated.collect();
                (vec![TableChange::Restate { stated }], Vec::new())
            }
            _ => return Ok(None),
        };
        Ok(operation.table().map(|table| TableChanges {
            table: table.clone(),
            changes,
            after,
        }))
    }
}

fn add_column(dialect: &Sqlite, add: &AddColumn) -> Result<Vec<TableChange>, DdlError> {
    let columns = [add.column.clone()];
    let options = TableOptions::default();
    let surroundings = Surroundings {
        table: &add.table,
        columns: &columns,
        constraints: &add.constraints,
        options: &options,
    };
    let mut definition = dialect.column_definition(&add.column, &surroundings)?;
    if add.inline_primary_key && surroundings.primary_key().is_some() {
        definition.push_str(" PRIMARY KEY");
    }
    for check in &add.column.checks {
        let check = Constraint::Check(check.clone());
        if let Some(text) = ansi::constraint_text(dialect, &check, &surroundings)? {
            definition.push_str(&format!(" {text}"));
        }
    }
    let mut changes = vec![TableChange::AddColumn {
        definition,
        place: add.position.as_ref().map(place),
        if_not_exists: add.if_not_exists,
    }];
    // As elsewhere, a key that is not asked for inline only says something about the type.
    let beside: Vec<Constraint> = add
        .constraints
        .iter()
        .filter(|constraint| !matches!(constraint, Constraint::PrimaryKey(_)))
        .cloned()
        .collect();
    changes.extend(constraints(dialect, &add.table, &columns, &beside)?);
    Ok(changes)
}

fn indexes(dialect: &Sqlite, add: &AddColumn) -> Result<Vec<Statement>, DdlError> {
    add.indexes
        .iter()
        .map(|index| {
            let create = CreateIndex {
                table: add.table.clone(),
                index: index.clone(),
                if_not_exists: add.if_not_exists,
                concurrently: false,
            };
            dialect.create_index(&create).map(Statement::new)
        })
        .collect()
}

/// The constraints as they stand in `CREATE TABLE`; without those that SQLite does without.
fn constraints(
    dialect: &Sqlite,
    table: &QualifiedName,
    columns: &[schema::Column],
    constraints: &[Constraint],
) -> Result<Vec<TableChange>, DdlError> {
    let options = TableOptions::default();
    let surroundings = Surroundings {
        table,
        columns,
        constraints: &[],
        options: &options,
    };
    let mut changes = Vec::new();
    for constraint in constraints {
        if let Some(definition) = ansi::constraint_text(dialect, constraint, &surroundings)? {
            changes.push(TableChange::AddConstraint { definition });
        }
    }
    Ok(changes)
}

fn alter_column(dialect: &Sqlite, alter: &AlterColumn) -> Result<Vec<TableChange>, DdlError> {
    let column = || alter.column.as_str().to_owned();
    let mut changes = Vec::new();
    if let Some(name) = alter
        .drop_check
        .as_ref()
        .and_then(|check| check.name.as_ref())
    {
        changes.push(TableChange::DropConstraint {
            constraint: ConstraintChoice::Named {
                name: name.as_str().to_owned(),
                kind: Some(ConstraintKind::Check),
            },
            // The old type may have been made without its CHECK.
            if_exists: true,
        });
    }
    if let Some(data_type) = &alter.data_type {
        let text = dialect.type_text(data_type)?;
        let collated = alter.existing.data_type.as_ref().is_some_and(has_collation);
        let using = alter.using.as_deref();
        changes.extend(set_type(&column(), &text, using, collated));
    }
    match alter.nullable {
        Some(true) => changes.push(TableChange::DropNotNull { column: column() }),
        Some(false) => changes.push(TableChange::SetNotNull { column: column() }),
        None => {}
    }
    if let Some(action) = &alter.on_conflict {
        changes.push(TableChange::SetConflict {
            column: column(),
            action: ansi::phrase(action, "ON CONFLICT")?.to_uppercase(),
        });
    }
    if let Given::Value(default) = &alter.default {
        changes.push(match (default, ansi::default_text(dialect, default.as_ref())) {
            (None, _) => TableChange::DropDefault { column: column() },
            (Some(_), Some(expression)) => TableChange::SetDefault {
                column: column(),
                expression,
            },
            (Some(_), None) => {
                return Err(DdlError::Contradiction {
                    subject: Operation::from(alter.clone()).to_string(),
                    reason: "a column that is there cannot become a computed one; add another and drop this".to_owned(),
                });
            }
        });
    }
    if let Some(position) = &alter.position {
        changes.push(TableChange::MoveColumn {
            column: column(),
            place: place(position),
        });
    }
    if let Some(check) = &alter.add_check {
        let columns: Vec<schema::Column> = alter
            .data_type
            .iter()
            .map(|data_type| schema::Column::new(alter.column.clone(), data_type.clone()))
            .collect();
        let check = Constraint::Check(check.clone());
        changes.extend(constraints(dialect, &alter.table, &columns, &[check])?);
    }
    if let Some(name) = &alter.new_name {
        changes.push(TableChange::RenameColumn {
            column: column(),
            to: name.as_str().to_owned(),
        });
    }
    Ok(changes)
}

/// A type may bring a collation along, which is a clause of its own in the column. One that the operation says was there
/// goes with the old type.
fn set_type(column: &str, text: &str, using: Option<&str>, collated: bool) -> Vec<TableChange> {
    let mut changes = vec![TableChange::SetType {
        column: column.to_owned(),
        declared: text.to_owned(),
        using: using.map(str::to_owned),
    }];
    let Ok((read, found)) = read_column("", &format!("c {text}")) else {
        return changes;
    };
    let collates = |kind: &Kind| matches!(kind, Kind::Collate { .. });
    if collated && found.constraint(collates).is_none() {
        changes.push(TableChange::SetCollation {
            column: column.to_owned(),
            collation: None,
        });
    }
    for each in &found.constraints {
        if let Kind::Collate { collation } = &each.kind {
            if let Some(TableChange::SetType { declared, .. }) = changes.first_mut() {
                read.type_of(&found).clone_into(declared);
            }
            changes.push(TableChange::SetCollation {
                column: column.to_owned(),
                collation: Some(collation.clone()),
            });
        }
    }
    changes
}

fn has_collation(data_type: &schema::DataType) -> bool {
    use schema::DataType;
    match data_type {
        DataType::String { collation, .. } | DataType::Text { collation, .. } => {
            collation.is_some()
        }
        DataType::Named(named) => named.collation.is_some(),
        _ => false,
    }
}

fn place(position: &ColumnPosition) -> ColumnPlace {
    match position {
        ColumnPosition::First => ColumnPlace::First,
        ColumnPosition::After(name) => ColumnPlace::After(name.as_str().to_owned()),
        ColumnPosition::Before(name) => ColumnPlace::Before(name.as_str().to_owned()),
    }
}

fn choice(drop: &DropConstraint) -> Option<ConstraintChoice> {
    let kind = drop
        .kind
        .or_else(|| drop.original.as_ref().map(Constraint::kind))
        .and_then(kind);
    if let Some(name) = &drop.name {
        return Some(ConstraintChoice::Named {
            name: name.as_str().to_owned(),
            kind,
        });
    }
    let names = |names: &[schema::Identifier]| -> Vec<String> {
        names.iter().map(|name| name.as_str().to_owned()).collect()
    };
    let columns = match &drop.original {
        Some(Constraint::PrimaryKey(key)) => names(&key.columns),
        Some(Constraint::Unique(unique)) => names(&unique.columns),
        Some(Constraint::ForeignKey(key)) => names(&key.columns),
        Some(Constraint::Check(check)) => match &check.condition {
            Condition::Expression(expression) => {
                return Some(ConstraintChoice::Check {
                    expression: expression.clone(),
                });
            }
            _ => return None,
        },
        Some(Constraint::Exclude(_)) => return None,
        None if kind == Some(ConstraintKind::PrimaryKey) => Vec::new(),
        None => return None,
    };
    Some(ConstraintChoice::Of {
        kind: kind?,
        columns,
    })
}

fn kind(kind: schema::ConstraintKind) -> Option<ConstraintKind> {
    match kind {
        schema::ConstraintKind::PrimaryKey => Some(ConstraintKind::PrimaryKey),
        schema::ConstraintKind::Unique => Some(ConstraintKind::Unique),
        schema::ConstraintKind::Check => Some(ConstraintKind::Check),
        schema::ConstraintKind::ForeignKey => Some(ConstraintKind::ForeignKey),
        schema::ConstraintKind::Exclude => None,
    }
}

/// What the options leave out stays, so that an option is only taken away where the operation says that it was there.
fn options(set: &SetTableOptions) -> Vec<TableChange> {
    let new = &set.options.sqlite;
    let old = set.existing.as_ref().map(|options| &options.sqlite);
    let mut changes = Vec::new();
    if new.strict || old.is_some_and(|old| old.strict) {
        changes.push(TableChange::SetStrict(new.strict));
    }
    if new.without_rowid || old.is_some_and(|old| old.without_rowid) {
        changes.push(TableChange::SetWithoutRowid(new.without_rowid));
    }
    if new.autoincrement || old.is_some_and(|old| old.autoincrement) {
        changes.push(TableChange::SetAutoincrement(new.autoincrement));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::sqlite::rebuild::{Method, inside, tests::Database},
        operation::AddConstraint,
        schema::{Check, ColumnDefault, DataType, PrimaryKey, Unique},
    };

    async fn after(script: &str, operation: impl Into<Operation>) -> (String, Method) {
        let mut database = Database::memory(script).await;
        let asked = Sqlite::new(None)
            .table_changes(&operation.into())
            .unwrap()
            .unwrap();
        let applied = inside(&mut database, None, "t", &asked.changes)
            .await
            .unwrap();
        database.is_sound().await;
        (database.sql("t").await, applied.method)
    }

    #[tokio::test]
    async fn a_collation_goes_with_the_type_that_had_it() {
        let mut alter = AlterColumn::new("t", "a");
        alter.data_type = Some(DataType::named("TEXT"));
        let script = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE)";
        let (text, _) = after(script, alter.clone()).await;
        assert_eq!(text, script, "nobody says that it was there");
        alter.existing.data_type = Some(DataType::Text {
            length: None,
            collation: Some("NOCASE".to_owned()),
        });
        let (text, _) = after(script, alter).await;
        assert_eq!(text, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
    }

    #[tokio::test]
    async fn altering_a_column_says_all_its_parts() {
        let mut alter = AlterColumn::new("t", "a");
        alter.data_type = Some(DataType::string(20));
        alter.nullable = Some(false);
        alter.default = Given::Value(Some(ColumnDefault::Literal("it's".into())));
        alter.new_name = Some("b".into());
        alter.position = Some(ColumnPosition::First);
        let (text, method) = after("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT)", alter).await;
        assert_eq!(
            text,
            "CREATE TABLE t (\"b\" VARCHAR(20) NOT NULL DEFAULT 'it''s', id INTEGER PRIMARY KEY)"
        );
        assert_eq!(method, Method::Rebuild);
    }

    #[tokio::test]
    async fn adding_a_column_brings_its_constraints() {
        let column = schema::Column::new("n", DataType::Integer).not_null();
        let mut add = AddColumn::new("t", column);
        add.constraints = vec![
            Constraint::Unique(Unique {
                columns: vec!["n".into()],
                ..Unique::default()
            }),
            Constraint::PrimaryKey(PrimaryKey::new(["n"])),
        ];
        let (text, _) = after("CREATE TABLE t (a INT)", add).await;
        assert_eq!(
            text,
            "CREATE TABLE t (a INT, n INTEGER NOT NULL, UNIQUE (n))"
        );
    }

    #[tokio::test]
    async fn a_constraint_is_dropped_by_name_or_by_what_it_was() {
        let script = "CREATE TABLE t (a INT UNIQUE, b INT CHECK (b>0), PRIMARY KEY (a, b))";
        let mut drop = DropConstraint {
            table: "t".into(),
            name: None,
            kind: None,
            if_exists: false,
            cascade: false,
            original: Some(Constraint::Check(Check::new("B > 0"))),
        };
        let (text, method) = after(script, drop.clone()).await;
        assert_eq!(
            text,
            "CREATE TABLE t (a INT UNIQUE, b INT, PRIMARY KEY (a, b))"
        );
        assert_eq!(method, Method::InPlace);
        drop.original = Some(Constraint::PrimaryKey(PrimaryKey::new(["a", "b"])));
        let (text, _) = after(script, drop.clone()).await;
        assert_eq!(text, "CREATE TABLE t (a INT UNIQUE, b INT CHECK (b>0))");
        drop.original = None;
        assert!(Sqlite::new(None).table_changes(&drop.into()).is_err());
    }

    #[tokio::test]
    async fn a_restated_table_reads_as_a_new_one() {
        let script = "CREATE TABLE t (id INTEGER NOT NULL, at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, \
             b VARCHAR DEFAULT ('x'), \"order\" INT, PRIMARY KEY (id), UNIQUE (\"b\", \"order\"))";
        let restate = crate::operation::RestateTable {
            table: "t".into(),
            stated: Vec::new(),
        };
        let (text, method) = after(script, restate).await;
        assert_eq!(
            text.replace('\t', "  "),
            "CREATE TABLE \"t\" (\n  id INTEGER NOT NULL, \n  at DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL, \n  \
             b VARCHAR DEFAULT 'x', \n  \"order\" INT, \n  PRIMARY KEY (id), \n  UNIQUE (b, \"order\")\n)"
        );
        assert_eq!(method, Method::InPlace);
    }

    #[tokio::test]
    async fn a_restated_table_tells_defaults_and_actions_as_they_are_read_but_not_what_was_just_stated()
     {
        let script = "CREATE TABLE t (a BOOLEAN DEFAULT false, b BOOLEAN DEFAULT false, c INT, \
             FOREIGN KEY (c) REFERENCES cascade (id) ON UPDATE set null ON DELETE cascade, \
             CONSTRAINT fk FOREIGN KEY (c) REFERENCES p (id) ON DELETE cascade)";
        let restate = crate::operation::RestateTable {
            table: "t".into(),
            stated: vec!["b".into(), "fk".into()],
        };
        let (text, _) = after(script, restate).await;
        assert_eq!(
            text.replace('\t', "  "),
            "CREATE TABLE \"t\" (\n  a BOOLEAN DEFAULT (false), \n  b BOOLEAN DEFAULT false, \n  c INT, \n  \
             FOREIGN KEY (c) REFERENCES cascade (id) ON UPDATE SET NULL ON DELETE CASCADE, \n  \
             CONSTRAINT fk FOREIGN KEY (c) REFERENCES p (id) ON DELETE cascade\n)"
        );
    }

    #[tokio::test]
    async fn adding_a_constraint_keeps_its_name() {
        let add = AddConstraint {
            table: "t".into(),
            constraint: Constraint::PrimaryKey(PrimaryKey::new(["a"]).named("pk")),
        };
        let (text, _) = after("CREATE TABLE t (a TEXT)", add).await;
        assert_eq!(
            text,
            "CREATE TABLE t (a TEXT NOT NULL, CONSTRAINT pk PRIMARY KEY (a))"
        );
    }
}
