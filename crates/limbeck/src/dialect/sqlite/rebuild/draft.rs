//! The table as it shall be: the edited text, and for each column where its values come from.

use super::{
    super::{
        change::{ColumnPlace, TableChange},
        table_sql::{Affinity, Column, Kind, Place, TableSql, mentions, same_name},
    },
    constraint,
    error::RebuildError,
};

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A column of the old table, as it is.
    Copy(String),
    /// A column of the old table, cast to another affinity.
    Cast(String, Affinity),
    /// An expression over the old table's columns.
    Expression(String),
    /// A new column, which takes the default that it was added with.
    New { default: Option<String> },
}

/// The table as it shall be.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) table: TableSql,
    /// One for each column, in the order of the new table.
    pub(crate) sources: Vec<Source>,
    /// Columns of the old table that are gone.
    pub(crate) dropped: Vec<String>,
    /// Names of constraints that went with them: a script may drop those as well, which databases that keep them need.
    pub(crate) dropped_with_columns: Vec<String>,
    /// What went or changed beyond what was asked for, for the report.
    pub(crate) notes: Vec<String>,
}

impl Draft {
    /// The draft of a table that is to stay as it is.
    pub(crate) fn new(table: TableSql) -> Self {
        Draft {
            sources: table
                .columns
                .iter()
                .map(|column| Source::Copy(column.name.clone()))
                .collect(),
            table,
            dropped: Vec::new(),
            dropped_with_columns: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Makes one change. Renames are not for a draft: SQLite does them itself.
    pub(crate) fn change(&mut self, change: &TableChange) -> Result<(), RebuildError> {
        match change {
            TableChange::AddColumn {
                definition,
                place,
                if_not_exists,
            } => self.add_column(definition, place.as_ref(), *if_not_exists),
            TableChange::DropColumn { column, if_exists } => self.drop_column(column, *if_exists),
            TableChange::MoveColumn { column, place } => self.move_column(column, place),
            TableChange::SetType {
                column,
                declared,
                using,
            } => self.set_type(column, declared, using.as_deref()),
            TableChange::SetCollation { column, collation } => {
                self.set_collation(column, collation.as_deref())
            }
            TableChange::SetNotNull { column } => self.set_not_null(column),
            TableChange::SetConflict { column, action } => self.set_conflict(column, action),
            TableChange::DropNotNull { column } => {
                self.drop_from_column(column, |kind| matches!(kind, Kind::NotNull))
            }
            TableChange::SetDefault { column, expression } => self.set_default(column, expression),
            TableChange::DropDefault { column } => {
                self.drop_from_column(column, |kind| matches!(kind, Kind::Default { .. }))
            }
            TableChange::AddConstraint { definition } => constraint::add(self, definition),
            TableChange::DropConstraint {
                constraint,
                if_exists,
            } => constraint::drop(self, constraint, *if_exists),
            TableChange::RenameConstraint { constraint, to } => {
                constraint::rename(self, constraint, to)
            }
            TableChange::SetStrict(on) => self.edit(|table| table.set_option(true, *on)),
            TableChange::SetWithoutRowid(on) => self.edit(|table| table.set_option(false, *on)),
            TableChange::SetAutoincrement(on) => self.edit(|table| table.set_autoincrement(*on)),
            // Last of all: see `method::draft`.
            TableChange::Restate { .. } => Ok(()),
            TableChange::RenameColumn { .. } => Ok(()),
        }
    }

    /// Edits the text.
    pub(crate) fn edit(
        &mut self,
        edit: impl FnOnce(&TableSql) -> Result<TableSql, super::super::table_sql::TableSqlError>,
    ) -> Result<(), RebuildError> {
        self.table = edit(&self.table).map_err(|source| RebuildError::Text {
            table: self.table.name.clone(),
            text: self.table.text().to_owned(),
            source,
        })?;
        Ok(())
    }

    fn position(&self, name: &str) -> Result<usize, RebuildError> {
        self.table
            .columns
            .iter()
            .position(|column| same_name(&column.name, name))
            .ok_or_else(|| RebuildError::NoSuchColumn {
                table: self.table.name.clone(),
                column: name.to_owned(),
                known: names(&self.table),
            })
    }

    /// The column of that name.
    pub(crate) fn column(&self, name: &str) -> Result<Column, RebuildError> {
        let index = self.position(name)?;
        self.table
            .columns
            .get(index)
            .cloned()
            .ok_or_else(|| RebuildError::NoSuchColumn {
                table: self.table.name.clone(),
                column: name.to_owned(),
                known: names(&self.table),
            })
    }

    fn add_column(
        &mut self,
        definition: &str,
        place: Option<&ColumnPlace>,
        if_not_exists: bool,
    ) -> Result<(), RebuildError> {
        let (read, added) = read_column(&self.table.name, definition)?;
        if self.table.column(&added.name).is_some() {
            return if if_not_exists {
                Ok(())
            } else {
                Err(RebuildError::ColumnExists {
                    table: self.table.name.clone(),
                    column: added.name,
                })
            };
        }
        let place = match place {
            None => Place::After(self.table.columns.len().saturating_sub(1)),
            Some(place) => self.place(place)?,
        };
        let default = default_of(&read, &added).map(str::to_owned);
        self.insert(place, read.at(&added.span), "", Source::New { default })
    }

    fn insert(
        &mut self,
        place: Place,
        definition: &str,
        remark: &str,
        source: Source,
    ) -> Result<(), RebuildError> {
        self.edit(|table| table.insert_column(place, definition, remark))?;
        let index = match place {
            Place::First => 0,
            Place::After(index) => index + 1,
        };
        self.sources.insert(index.min(self.sources.len()), source);
        Ok(())
    }

    fn place(&self, place: &ColumnPlace) -> Result<Place, RebuildError> {
        Ok(match place {
            ColumnPlace::First => Place::First,
            ColumnPlace::After(name) => Place::After(self.position(name)?),
            ColumnPlace::Before(name) => match self.position(name)? {
                0 => Place::First,
                index => Place::After(index - 1),
            },
        })
    }

    fn move_column(&mut self, name: &str, place: &ColumnPlace) -> Result<(), RebuildError> {
        let index = self.position(name)?;
        if matches!(place, ColumnPlace::Before(at) | ColumnPlace::After(at) if same_name(at, name))
        {
            return Ok(());
        }
        let to = self.place(place)?;
        if self.table.columns.len() == 1 || to == Place::After(index) {
            return Ok(());
        }
        let column = self.column(name)?;
        let definition = self.table.at(&column.span).to_owned();
        let remark = self.table.remark(index);
        self.edit(|table| table.remove_column(index))?;
        let source = self.sources.remove(index);
        let place = self.place(place)?;
        self.insert(place, &definition, &remark, source)
    }

    fn drop_column(&mut self, name: &str, if_exists: bool) -> Result<(), RebuildError> {
        if if_exists && self.table.column(name).is_none() {
            return Ok(());
        }
        let column = self.column(name)?;
        let table = self.table.name.clone();
        if self.table.columns.len() == 1 {
            return Err(RebuildError::LastColumn {
                table,
                column: column.name,
            });
        }
        for other in &self.table.columns {
            let uses = other.constraints.iter().any(|each| match &each.kind {
                Kind::Generated { expression, .. } => {
                    mentions(self.table.at(expression), &column.name)
                }
                _ => false,
            });
            if uses && !same_name(&other.name, name) {
                return Err(RebuildError::ColumnInUse {
                    table,
                    column: column.name,
                    user: format!("the generated column '{}'", other.name),
                });
            }
        }
        for each in &column.constraints {
            let name = constraint::known_as(&self.table, Some(&column), each);
            self.dropped_with_columns.extend(name);
        }
        while let Some(found) = self.constraint_using(&column.name) {
            let name = constraint::known_as(&self.table, None, &found);
            self.dropped_with_columns.extend(name);
            let text = self.table.at(&found.span).to_owned();
            self.edit(|table| table.remove_constraint(&found))?;
            self.notes.push(format!(
                "{text} was dropped with column '{}', which it uses",
                column.name
            ));
        }
        let index = self.position(name)?;
        self.edit(|table| table.remove_column(index))?;
        self.sources.remove(index);
        self.dropped.push(column.name);
        Ok(())
    }

    /// A constraint that stands elsewhere but uses the column.
    fn constraint_using(&self, name: &str) -> Option<super::super::table_sql::Constraint> {
        self.table
            .every_constraint()
            .find(|(at, each)| match (&each.kind, at) {
                (_, Some(column)) if same_name(&column.name, name) => false,
                (Kind::Check { expression }, _) => mentions(self.table.at(expression), name),
                (_, None) => each.columns(None).iter().any(|one| same_name(one, name)),
                _ => false,
            })
            .map(|(_, each)| each.clone())
    }

    fn set_type(
        &mut self,
        name: &str,
        declared: &str,
        using: Option<&str>,
    ) -> Result<(), RebuildError> {
        let index = self.position(name)?;
        let column = self.column(name)?;
        let strict = self.table.is_strict();
        let before = Affinity::of(self.table.type_of(&column), strict);
        let after = Affinity::of(declared, strict);
        let was_rowid = self
            .table
            .rowid_alias()
            .is_some_and(|alias| alias.name == column.name);
        self.edit(|table| table.set_type(&column, declared))?;
        if was_rowid && self.table.rowid_alias().is_none() {
            self.notes.push(format!(
                "column '{}' no longer numbers new rows by itself: only a column of type INTEGER does",
                column.name
            ));
        }
        let Some(source) = self.sources.get_mut(index) else {
            return Ok(());
        };
        if let Some(expression) = using {
            *source = Source::Expression(expression.to_owned());
        } else if before != after
            && let Source::Copy(from) | Source::Cast(from, _) = source
            && !column.is_generated()
        {
            *source = match after {
                // What NUMERIC cannot convert it stores as it is: dates and times are such text.
                Affinity::Numeric => Source::Copy(from.clone()),
                Affinity::Blob if declared.trim().is_empty() || strict => {
                    Source::Copy(from.clone())
                }
                _ => Source::Cast(from.clone(), after),
            };
        }
        Ok(())
    }

    fn set_collation(&mut self, name: &str, collation: Option<&str>) -> Result<(), RebuildError> {
        self.drop_from_column(name, |kind| matches!(kind, Kind::Collate { .. }))?;
        let column = self.column(name)?;
        match collation {
            Some(collation) => {
                let quoted = super::super::table_sql::quote(collation);
                self.edit(|table| table.add_to_column(&column, &format!("COLLATE {quoted}")))
            }
            None => Ok(()),
        }
    }

    /// Makes a column NOT NULL if it is not.
    pub(crate) fn set_not_null(&mut self, name: &str) -> Result<(), RebuildError> {
        self.drop_from_column(name, |kind| matches!(kind, Kind::Null))?;
        let column = self.column(name)?;
        if column.is_not_null() {
            return Ok(());
        }
        self.edit(|table| table.add_to_column(&column, "NOT NULL"))
    }

    /// Makes a column NOT NULL, with what that does on a conflict; the usual is not said.
    fn set_conflict(&mut self, name: &str, action: &str) -> Result<(), RebuildError> {
        self.set_not_null(name)?;
        let column = self.column(name)?;
        let Some(found) = column.constraint(|kind| matches!(kind, Kind::NotNull)) else {
            return Ok(());
        };
        let start = match &found.name_span {
            Some(name) => name.end,
            None => found.span.start,
        };
        let space = if found.name_span.is_some() { " " } else { "" };
        let words = match action {
            "ABORT" => format!("{space}NOT NULL"),
            action => format!("{space}NOT NULL ON CONFLICT {action}"),
        };
        let span = start..found.span.end;
        self.edit(|table| table.replace(&span, &words))
    }

    fn set_default(&mut self, name: &str, expression: &str) -> Result<(), RebuildError> {
        let column = self.column(name)?;
        let value = super::value::as_default(expression);
        match column.constraint(|kind| matches!(kind, Kind::Default { .. })) {
            Some(found) => match found.kind.clone() {
                Kind::Default { expression } => {
                    self.edit(|table| table.replace(&expression, &value))
                }
                _ => Ok(()),
            },
            None => self.edit(|table| table.add_to_column(&column, &format!("DEFAULT {value}"))),
        }
    }

    fn drop_from_column(
        &mut self,
        name: &str,
        which: impl Fn(&Kind) -> bool,
    ) -> Result<(), RebuildError> {
        while let Some(found) = self.column(name)?.constraint(&which).cloned() {
            self.edit(|table| table.remove_constraint(&found))?;
        }
        Ok(())
    }
}

/// The text of a column's default.
pub(crate) fn default_of<'a>(table: &'a TableSql, column: &Column) -> Option<&'a str> {
    column.constraints.iter().find_map(|each| match &each.kind {
        Kind::Default { expression } => Some(table.at(expression)),
        _ => None,
    })
}

/// Reads one column definition.
pub(crate) fn read_column(
    table: &str,
    definition: &str,
) -> Result<(TableSql, Column), RebuildError> {
    let error = |source| RebuildError::Text {
        table: table.to_owned(),
        text: definition.to_owned(),
        source,
    };
    // The line end closes a comment that ends the definition.
    let read = TableSql::parse(&format!("CREATE TABLE t(\n{definition}\n)")).map_err(error)?;
    match read.columns.as_slice() {
        [column] if read.constraints.is_empty() => Ok((read.clone(), column.clone())),
        _ => Err(error(super::super::table_sql::TableSqlError {
            offset: 0,
            reason: "expected one column definition".to_owned(),
        })),
    }
}

/// The names of a table's columns, for a message.
pub(crate) fn names(table: &TableSql) -> String {
    let names: Vec<_> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    names.join(", ")
}
