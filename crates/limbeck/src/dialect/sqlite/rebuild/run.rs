//! Runs the changes of one table, all or nothing.

use super::{
    Applied, Method,
    batch::{Batch, batches},
    catalogue::{Catalogue, execute, number, rows, text_at},
    dependents::Dependents,
    draft::Draft,
    duplicate,
    error::RebuildError,
    foreign_keys::{Violations, check, compare, is_enforced},
    method,
    settings::Settings,
    statements::{self, Rowids},
    validate,
};
use crate::dialect::{
    Query,
    sqlite::{
        change::TableChange,
        in_place,
        table_sql::{Kind, TableSql, literal, quote},
    },
};

/// Changes a table inside the transaction that is open, or in one of its own where none is. Whatever fails, the table and
/// the connection's settings are as they were, and the transaction can go on.
///
/// With `foreign_keys` on, a table that others refer to is not rebuilt: see [`super::prepare`].
///
/// # Errors
/// [`RebuildError`].
pub async fn inside(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
) -> Result<Applied, RebuildError> {
    let settings = Settings::read(query).await?;
    let result = guarded(query, schema, table, changes).await;
    let restored = settings.restore(query).await;
    let applied = result?;
    restored?;
    Ok(applied)
}

async fn guarded(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
) -> Result<Applied, RebuildError> {
    let first = attempt(query, schema, table, changes, None).await;
    let error = match first {
        Err(error @ RebuildError::ForeignKeyViolated { .. }) => error,
        Err(error) => return Err(duplicate::explain(query, schema, table, error).await),
        Ok(applied) => return Ok(applied),
    };
    // Rows may have been without a parent before; only who asks then pays for counting them.
    let catalogue = Catalogue::read(query, schema, table).await?;
    let before = check(query, &catalogue).await?.violations;
    if before.is_empty() {
        return Err(error);
    }
    attempt(query, schema, table, changes, Some(&before)).await
}

async fn attempt(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
    before: Option<&Violations>,
) -> Result<Applied, RebuildError> {
    execute(query, table, "SAVEPOINT _limbeck_change").await?;
    let mut run = Run {
        query,
        applied: Applied {
            method: Method::Nothing,
            statements: Vec::new(),
            notes: Vec::new(),
        },
    };
    let result = run.all(schema, table, changes, before).await;
    let applied = run.applied;
    match result {
        Ok(()) => {
            execute(query, table, "RELEASE _limbeck_change").await?;
            Ok(applied)
        }
        Err(error) => {
            // After an error that made SQLite roll back everything, there is no savepoint left to go back to.
            if query
                .execute("ROLLBACK TO _limbeck_change", &[])
                .await
                .is_ok()
            {
                execute(query, table, "RELEASE _limbeck_change").await?;
            }
            in_place::reload(query).await?;
            Err(error)
        }
    }
}

/// What [`inside`] would do.
pub(crate) async fn plan(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
) -> Result<Applied, RebuildError> {
    let mut applied = Applied {
        method: Method::Nothing,
        statements: Vec::new(),
        notes: Vec::new(),
    };
    let catalogue = Catalogue::read(query, schema, table).await?;
    for (index, batch) in batches(changes).iter().enumerate() {
        for (column, to) in &batch.renames {
            applied.statements.push(rename(&catalogue, column, to));
            applied.method = applied.method.max(Method::Native);
        }
        if batch.changes.is_empty() {
            continue;
        }
        if index > 0 || !batch.renames.is_empty() {
            applied.notes.push(format!(
                "{} further change(s) of '{table}' follow the rename; their statements are made once it is done",
                batch.changes.len()
            ));
            applied.method = Method::Rebuild;
            continue;
        }
        let draft = method::draft(&catalogue, &batch.changes)?;
        let method = method::choose(query, &catalogue, &draft, &batch.changes).await?;
        applied.method = applied.method.max(method);
        applied.notes.extend(draft.notes.iter().cloned());
        applied.statements.extend(match method {
            Method::Nothing => Vec::new(),
            Method::Native => method::native(&catalogue, &batch.changes).unwrap_or_default(),
            Method::InPlace => {
                let next = in_place::next_version(query, &catalogue).await?;
                in_place::statements(&catalogue, &draft, next).to_vec()
            }
            Method::Rebuild => {
                let next = in_place::next_version(query, &catalogue).await?;
                statements::statements(&catalogue, &draft, next)
            }
        });
    }
    Ok(applied)
}

fn rename(catalogue: &Catalogue, column: &str, to: &str) -> String {
    format!(
        "ALTER TABLE {} RENAME COLUMN {} TO {}",
        catalogue.qualified_name(),
        quote(column),
        quote(to)
    )
}

struct Run<'a> {
    query: &'a mut dyn Query,
    applied: Applied,
}

impl Run<'_> {
    async fn all(
        &mut self,
        schema: Option<&str>,
        table: &str,
        changes: &[TableChange],
        before: Option<&Violations>,
    ) -> Result<(), RebuildError> {
        let catalogue = Catalogue::read(self.query, schema, table).await?;
        let dropped: Vec<&str> = changes
            .iter()
            .filter_map(|change| match change {
                TableChange::DropColumn { column, .. } => Some(column.as_str()),
                _ => None,
            })
            .collect();
        let dependents = Dependents::before(self.query, &catalogue, &dropped).await?;
        let (schema, table) = (catalogue.schema.clone(), catalogue.table.name.clone());
        let mut known = Some(catalogue);
        for batch in batches(changes) {
            let catalogue = match known.take() {
                Some(catalogue) => catalogue,
                None => Catalogue::read(self.query, Some(&schema), &table).await?,
            };
            self.batch(catalogue, &batch, before).await?;
        }
        if self.applied.method > Method::Nothing {
            dependents.check(self.query).await?;
        }
        Ok(())
    }

    async fn batch(
        &mut self,
        mut catalogue: Catalogue,
        batch: &Batch,
        before: Option<&Violations>,
    ) -> Result<(), RebuildError> {
        let (schema, table) = (catalogue.schema.clone(), catalogue.table.name.clone());
        let (schema, table) = (schema.as_str(), table.as_str());
        if !batch.renames.is_empty() {
            Settings::for_native(self.query).await?;
            for (column, to) in &batch.renames {
                if catalogue.table.column(column).is_none() {
                    return Err(RebuildError::NoSuchColumn {
                        table: table.to_owned(),
                        column: column.clone(),
                        known: super::draft::names(&catalogue.table),
                    });
                }
                self.execute(table, &rename(&catalogue, column, to)).await?;
                self.applied.method = self.applied.method.max(Method::Native);
                catalogue = Catalogue::read(self.query, Some(schema), table).await?;
            }
        }
        let draft = method::draft(&catalogue, &batch.changes)?;
        let mut method = method::choose(self.query, &catalogue, &draft, &batch.changes).await?;
        if method == Method::Native && !self.native(&catalogue, &batch.changes).await? {
            method = Method::Rebuild;
        }
        if method == Method::InPlace && !self.in_place(&catalogue, &draft).await? {
            method = Method::Rebuild;
        }
        if method == Method::Rebuild {
            self.rebuild(&catalogue, &draft).await?;
        }
        if method >= Method::InPlace && checks_foreign_keys(&catalogue, &draft, method) {
            let after = Catalogue::read(self.query, Some(schema), table).await?;
            let found = check(self.query, &after).await?;
            compare(before.unwrap_or(&Violations::new()), &found.violations)?;
            self.applied.notes.extend(found.notes);
        }
        self.applied.method = self.applied.method.max(method);
        self.applied.notes.extend(draft.notes);
        Ok(())
    }

    async fn execute(&mut self, table: &str, sql: &str) -> Result<(), RebuildError> {
        execute(self.query, table, sql).await?;
        self.applied.statements.push(sql.to_owned());
        Ok(())
    }

    /// Tries SQLite's own statements; false, with nothing changed, when it refuses them.
    async fn native(
        &mut self,
        catalogue: &Catalogue,
        changes: &[TableChange],
    ) -> Result<bool, RebuildError> {
        let table = &catalogue.table.name;
        let statements = method::native(catalogue, changes).unwrap_or_default();
        Settings::for_native(self.query).await?;
        execute(self.query, table, "SAVEPOINT _limbeck_native").await?;
        let mut refused = None;
        for statement in &statements {
            if let Err(error) = self.query.execute(statement, &[]).await {
                refused = Some((statement.clone(), error));
                break;
            }
        }
        match refused {
            None => self.applied.statements.extend(statements),
            Some((statement, source)) if source.connection_lost => {
                return Err(RebuildError::Refused {
                    table: table.clone(),
                    statement,
                    source,
                });
            }
            Some(_) => {
                execute(self.query, table, "ROLLBACK TO _limbeck_native").await?;
                execute(self.query, table, "RELEASE _limbeck_native").await?;
                return Ok(false);
            }
        }
        execute(self.query, table, "RELEASE _limbeck_native").await?;
        Ok(true)
    }

    async fn in_place(
        &mut self,
        catalogue: &Catalogue,
        draft: &Draft,
    ) -> Result<bool, RebuildError> {
        validate::values(self.query, catalogue, draft).await?;
        validate::checks_hold(self.query, catalogue, draft).await?;
        let Some(statements) = in_place::run(self.query, catalogue, draft).await? else {
            return Ok(false);
        };
        self.applied.statements.extend(statements);
        Ok(true)
    }

    async fn rebuild(&mut self, catalogue: &Catalogue, draft: &Draft) -> Result<(), RebuildError> {
        let table = &catalogue.table.name;
        if is_enforced(self.query).await? && !catalogue.references.is_empty() {
            let children: Vec<&str> = catalogue
                .references
                .iter()
                .map(|(child, _)| child.as_str())
                .collect();
            return Err(RebuildError::ForeignKeysEnforced {
                table: table.clone(),
                children: children.join(", "),
            });
        }
        validate::values(self.query, catalogue, draft).await?;
        if statements::rowids(&catalogue.table, draft) == Rowids::Counted {
            counted(self.query, catalogue).await?;
        }
        Settings::for_rebuild(self.query, validate::must_check(catalogue, draft)).await?;
        let next = in_place::next_version(self.query, catalogue).await?;
        for statement in statements::statements(catalogue, draft, next) {
            self.execute(table, &statement).await?;
        }
        verify(self.query, catalogue, draft).await
    }
}

/// Whether the change can have left a row without its parent: a rebuild always asks, an edit only for a new foreign key.
fn checks_foreign_keys(catalogue: &Catalogue, draft: &Draft, method: Method) -> bool {
    let keys = |table: &TableSql| -> Vec<String> {
        table
            .every_constraint()
            .filter(|(_, each)| matches!(each.kind, Kind::ForeignKey { .. }))
            .map(|(_, each)| table.at(&each.span).to_owned())
            .collect()
    };
    let old = keys(&catalogue.table);
    let new = keys(&draft.table);
    match method {
        Method::Rebuild => !new.is_empty() || !catalogue.references.is_empty(),
        _ => new.iter().any(|key| !old.contains(key)),
    }
}

/// Refuses a copy without rowids unless they are 1, 2, 3 …, which the new table gives out by itself.
async fn counted(query: &mut dyn Query, catalogue: &Catalogue) -> Result<(), RebuildError> {
    let word = ["rowid", "_rowid_", "oid"]
        .into_iter()
        .find(|word| catalogue.table.column(word).is_none())
        .unwrap_or("rowid");
    let sql = format!(
        "SELECT count(*) > 0 AND (min({word}) <> 1 OR max({word}) <> count(*)) FROM {}",
        catalogue.qualified_name()
    );
    match number(query, &catalogue.table.name, &sql).await? {
        0 => Ok(()),
        _ => Err(RebuildError::TooManyColumns {
            table: catalogue.table.name.clone(),
        }),
    }
}

/// SQLite's record after a rebuild must be the text that was meant, with every index and trigger that was there.
async fn verify(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
) -> Result<(), RebuildError> {
    let table = &catalogue.table.name;
    let sql = format!(
        "SELECT sql FROM {}.sqlite_master WHERE sql IS NOT NULL AND tbl_name = {} COLLATE NOCASE",
        quote(&catalogue.schema),
        literal(table)
    );
    let found = rows(query, table, &sql, &[]).await?;
    // SQLite keeps the white space before the semicolon of a CREATE INDEX, and loses it when there is no semicolon.
    let has = |text: &str| {
        found
            .iter()
            .any(|row| text_at(row, 0).trim_end() == text.trim_end())
    };
    let texts = statements::kept_indexes(catalogue, draft)
        .chain(&catalogue.triggers)
        .map(|stored| stored.sql.as_str())
        .chain([draft.table.text()]);
    for text in texts {
        if !has(text) {
            return Err(RebuildError::Unverified {
                table: table.clone(),
                found: format!("missing: {text}"),
            });
        }
    }
    Ok(())
}
