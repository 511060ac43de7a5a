//! Creating, dropping and renaming tables; adding and dropping columns.

use super::{
    Grammar, Surroundings,
    constraint::{constraint_text, references},
    name::alter_table,
};
use crate::{
    dialect::{AlterForm, CommentForm, DdlError, Statement},
    operation::{
        AddColumn, AddConstraint, CreateIndex, CreateTable, DropColumn, DropTable, RenameTable,
    },
    schema::{Column, Constraint, ForeignKey, Identifier, QualifiedName, Table},
};

/// `CREATE TABLE`, its indexes, and the comments that are statements of their own.
pub(in crate::dialect) fn create_table(
    grammar: &dyn Grammar,
    create: &CreateTable,
) -> Result<Vec<Statement>, DdlError> {
    let table = &create.table;
    let mut statements = vec![Statement::new(create_table_text(grammar, create)?)];
    for index in &table.indexes {
        let create = CreateIndex {
            table: table.name.clone(),
            index: index.clone(),
            if_not_exists: create.if_not_exists && grammar.capabilities().index_if_exists,
            concurrently: false,
        };
        statements.push(Statement::new(grammar.create_index(&create)?));
    }
    if grammar.capabilities().comments == CommentForm::Statement {
        if let Some(comment) = &table.comment {
            statements.push(Statement::new(comment_on_table(
                grammar,
                &table.name,
                Some(comment),
            )));
        }
        for column in &table.columns {
            statements.extend(column_comment(grammar, &table.name, column));
        }
    }
    Ok(statements)
}

fn create_table_text(grammar: &dyn Grammar, create: &CreateTable) -> Result<String, DdlError> {
    let table = &create.table;
    let surroundings = Surroundings::of(table);
    let mut parts = Vec::new();
    for column in table.columns.iter().filter(|column| !column.system) {
        parts.push(column_with_checks(grammar, column, &surroundings)?);
    }
    let (keys, others): (Vec<_>, Vec<_>) = table
        .constraints
        .iter()
        .partition(|constraint| matches!(constraint, Constraint::PrimaryKey(_)));
    for constraint in keys {
        if !grammar.primary_key_in_column(&surroundings) {
            parts.extend(constraint_text(grammar, constraint, &surroundings)?);
        }
    }
    for constraint in others {
        if is_added_later(constraint) && !constraints_need_rebuild(grammar) {
            continue;
        }
        check_self_reference(table, constraint)?;
        parts.extend(constraint_text(grammar, constraint, &surroundings)?);
    }
    let prefixes: String = table
        .prefixes
        .iter()
        .map(|word| format!("{word} "))
        .collect();
    let if_not_exists = if create.if_not_exists {
        "IF NOT EXISTS "
    } else {
        ""
    };
    Ok(format!(
        "CREATE {prefixes}TABLE {if_not_exists}{} (\n    {}\n){}",
        grammar.qualified(&table.name),
        parts.join(",\n    "),
        grammar.table_suffix(table)?
    ))
}

fn is_added_later(constraint: &Constraint) -> bool {
    matches!(constraint, Constraint::ForeignKey(key) if key.added_later)
}

/// A foreign key of a new table to itself names columns that are there.
fn check_self_reference(table: &Table, constraint: &Constraint) -> Result<(), DdlError> {
    let Constraint::ForeignKey(key) = constraint else {
        return Ok(());
    };
    if key.target != table.name {
        return Ok(());
    }
    match key
        .target_columns
        .iter()
        .find(|name| table.column(name).is_none())
    {
        None => Ok(()),
        Some(missing) => Err(DdlError::Contradiction {
            subject: format!("create table {}", table.name),
            reason: format!("a foreign key refers to its column {missing}, which it does not have"),
        }),
    }
}

fn column_with_checks(
    grammar: &dyn Grammar,
    column: &Column,
    surroundings: &Surroundings<'_>,
) -> Result<String, DdlError> {
    let mut text = grammar.column_definition(column, surroundings)?;
    for check in &column.checks {
        let constraint = Constraint::Check(check.clone());
        if let Some(check) = constraint_text(grammar, &constraint, surroundings)? {
            text.push_str(&format!(" {check}"));
        }
    }
    Ok(text)
}

/// `ALTER TABLE … ADD COLUMN`, then what comes with the column.
pub(in crate::dialect) fn add_column(
    grammar: &dyn Grammar,
    add: &AddColumn,
) -> Result<Vec<Statement>, DdlError> {
    let columns = [add.column.clone()];
    let options = Default::default();
    let surroundings = Surroundings {
        table: &add.table,
        columns: &columns,
        constraints: &add.constraints,
        options: &options,
    };
    let inline = add.inline_references.then(|| only_reference(add)).flatten();
    let mut text = format!(
        "{} ADD COLUMN {}{}",
        alter_table(grammar, &add.table),
        if add.if_not_exists {
            "IF NOT EXISTS "
        } else {
            ""
        },
        grammar.column_definition(&add.column, &surroundings)?
    );
    if add.inline_primary_key && surroundings.primary_key().is_some() {
        text.push_str(" PRIMARY KEY");
    }
    if let Some(references) = inline
        .map(|key| references(grammar, key, &surroundings))
        .transpose()?
        .flatten()
    {
        text.push_str(&format!(" {references}"));
    }
    for check in &add.column.checks {
        let constraint = Constraint::Check(check.clone());
        if let Some(check) = constraint_text(grammar, &constraint, &surroundings)? {
            text.push_str(&format!(" {check}"));
        }
    }
    text.push_str(&position(grammar, add)?);
    let mut statements = vec![Statement::new(text)];
    for constraint in &add.constraints {
        let written = matches!(constraint, Constraint::PrimaryKey(_))
            || matches!((constraint, inline), (Constraint::ForeignKey(key), Some(one)) if key == one);
        if !written {
            let text = constraint_text(grammar, constraint, &surroundings)?;
            statements.extend(text.map(|text| add_clause(grammar, &add.table, &text)));
        }
    }
    for index in &add.indexes {
        let create = CreateIndex {
            table: add.table.clone(),
            index: index.clone(),
            if_not_exists: false,
            concurrently: false,
        };
        statements.push(Statement::new(grammar.create_index(&create)?));
    }
    if grammar.capabilities().comments == CommentForm::Statement {
        statements.extend(column_comment(grammar, &add.table, &add.column));
    }
    Ok(statements)
}

/// The column's foreign key, if it is the only one and has one column, as it must to stand in a definition.
fn only_reference(add: &AddColumn) -> Option<&ForeignKey> {
    let mut keys = add
        .constraints
        .iter()
        .filter_map(|constraint| match constraint {
            Constraint::ForeignKey(key) => Some(key),
            _ => None,
        });
    let first = keys.next()?;
    (keys.next().is_none() && first.columns.len() == 1).then_some(first)
}

fn position(grammar: &dyn Grammar, add: &AddColumn) -> Result<String, DdlError> {
    match &add.position {
        None => Ok(String::new()),
        Some(place) => super::alter::position(grammar, &add.table, &add.column.name, place),
    }
}

/// `ALTER TABLE … ADD` of a constraint.
pub(super) fn add_constraint(
    grammar: &dyn Grammar,
    add: &AddConstraint,
) -> Result<Vec<Statement>, DdlError> {
    let options = Default::default();
    let surroundings = Surroundings {
        table: &add.table,
        columns: &[],
        constraints: &[],
        options: &options,
    };
    let text = constraint_text(grammar, &add.constraint, &surroundings)?;
    Ok(text
        .map(|text| add_clause(grammar, &add.table, &text))
        .into_iter()
        .collect())
}

fn add_clause(grammar: &dyn Grammar, table: &QualifiedName, constraint: &str) -> Statement {
    Statement::new(format!("{} ADD {constraint}", alter_table(grammar, table)))
}

/// `ALTER TABLE … DROP COLUMN`.
pub(super) fn drop_column(
    grammar: &dyn Grammar,
    drop: &DropColumn,
) -> Result<Vec<Statement>, DdlError> {
    if !grammar.capabilities().drop_column {
        return Err(DdlError::NeedsRebuild {
            dialect: grammar.name(),
            subject: format!("drop column {}", drop.column),
            table: drop.table.clone(),
        });
    }
    Ok(vec![Statement::new(format!(
        "{} DROP COLUMN {}{}{}",
        alter_table(grammar, &drop.table),
        if drop.if_exists { "IF EXISTS " } else { "" },
        grammar.quote(&drop.column),
        if drop.cascade { " CASCADE" } else { "" }
    ))])
}

/// `DROP TABLE`.
pub(super) fn drop_table(grammar: &dyn Grammar, drop: &DropTable) -> Vec<Statement> {
    vec![Statement::new(format!(
        "DROP TABLE {}{}{}",
        if drop.if_exists { "IF EXISTS " } else { "" },
        grammar.qualified(&drop.table),
        if drop.cascade { " CASCADE" } else { "" }
    ))]
}

/// `ALTER TABLE … RENAME TO`.
pub(super) fn rename_table(grammar: &dyn Grammar, rename: &RenameTable) -> Vec<Statement> {
    let target = if grammar.capabilities().rename_with_schema {
        grammar.qualified(&rename.table.sibling(rename.new_name.clone()))
    } else {
        grammar.quote(&rename.new_name)
    };
    let table = alter_table(grammar, &rename.table);
    vec![Statement::new(format!("{table} RENAME TO {target}"))]
}

/// `COMMENT ON TABLE`.
pub(super) fn comment_on_table(
    grammar: &dyn Grammar,
    table: &QualifiedName,
    comment: Option<&str>,
) -> String {
    let table = grammar.qualified(table);
    format!(
        "COMMENT ON TABLE {table} IS {}",
        text_or_null(grammar, comment)
    )
}

/// `COMMENT ON COLUMN`.
pub(super) fn comment_on_column(
    grammar: &dyn Grammar,
    table: &QualifiedName,
    column: &Identifier,
    comment: Option<&str>,
) -> String {
    format!(
        "COMMENT ON COLUMN {}.{} IS {}",
        grammar.qualified(table),
        grammar.quote(column),
        text_or_null(grammar, comment)
    )
}

fn column_comment(
    grammar: &dyn Grammar,
    table: &QualifiedName,
    column: &Column,
) -> Option<Statement> {
    let comment = column.comment.as_deref()?;
    let text = comment_on_column(grammar, table, &column.name, Some(comment));
    Some(Statement::new(text))
}

fn text_or_null(grammar: &dyn Grammar, text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), |text| grammar.quoting().text(text))
}

/// Whether constraints of existing tables are beyond this database's ALTER.
pub(super) fn constraints_need_rebuild(grammar: &dyn Grammar) -> bool {
    grammar.capabilities().constraint_alter == AlterForm::Rebuild
}
