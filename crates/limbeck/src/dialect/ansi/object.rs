//! Views, routines, triggers, sequences and schemas.

use super::{Grammar, column::sequence_options, name::list};
use crate::{
    dialect::{DdlError, Statement},
    operation::{
        AlterSequence, CreateSchema, CreateSequence, CreateView, DropRoutine, DropSchema,
        DropSequence, DropTrigger, DropView,
    },
    schema::RoutineKind,
};

fn if_exists(yes: bool) -> &'static str {
    if yes { "IF EXISTS " } else { "" }
}

fn if_not_exists(yes: bool) -> &'static str {
    if yes { "IF NOT EXISTS " } else { "" }
}

fn cascade(yes: bool) -> &'static str {
    if yes { " CASCADE" } else { "" }
}

/// `CREATE VIEW`; where there is no `OR REPLACE`, the old one is dropped first.
pub(in crate::dialect) fn create_view(
    grammar: &dyn Grammar,
    create: &CreateView,
) -> Result<Vec<Statement>, DdlError> {
    let view = &create.view;
    let name = grammar.qualified(&view.name);
    let mut statements = Vec::new();
    let mut text = String::from("CREATE ");
    if create.or_replace {
        if grammar.capabilities().replace_view {
            text.push_str("OR REPLACE ");
        } else {
            statements.push(Statement::new(format!("DROP VIEW IF EXISTS {name}")));
        }
    }
    for word in &view.prefixes {
        text.push_str(&format!("{word} "));
    }
    text.push_str(&format!("VIEW {name}"));
    if !view.columns.is_empty() {
        text.push_str(&format!(" ({})", list(grammar, &view.columns)));
    }
    if !view.options.is_empty() {
        let options: Vec<String> = view
            .options
            .iter()
            .map(|(key, value)| format!("{key} = {value}"))
            .collect();
        text.push_str(&format!(" WITH ({})", options.join(", ")));
    }
    text.push_str(&format!(" AS {}", view.query));
    if let Some(check) = &view.check_option {
        text.push_str(&format!(
            " WITH {} CHECK OPTION",
            super::phrase(check, "CHECK OPTION")?
        ));
    }
    statements.push(Statement::new(text));
    Ok(statements)
}

/// `DROP VIEW`.
pub(super) fn drop_view(grammar: &dyn Grammar, drop: &DropView) -> Statement {
    Statement::new(format!(
        "DROP VIEW {}{}{}",
        if_exists(drop.if_exists),
        grammar.qualified(&drop.view),
        cascade(drop.cascade)
    ))
}

/// `FUNCTION` or `PROCEDURE`.
pub(in crate::dialect) fn routine_word(kind: RoutineKind) -> &'static str {
    match kind {
        RoutineKind::Function => "FUNCTION",
        RoutineKind::Procedure => "PROCEDURE",
    }
}

/// `DROP FUNCTION` or `DROP PROCEDURE`.
pub(super) fn drop_routine(grammar: &dyn Grammar, drop: &DropRoutine) -> Statement {
    let kind = routine_word(drop.kind);
    let signature = match (&drop.signature, grammar.capabilities().overloads) {
        (Some(signature), true) => format!("({signature})"),
        _ => String::new(),
    };
    Statement::new(format!(
        "DROP {kind} {}{}{signature}{}",
        if_exists(drop.if_exists),
        grammar.qualified(&drop.name),
        cascade(drop.cascade)
    ))
}

/// `DROP TRIGGER`, of its table or of the table's schema.
pub(super) fn drop_trigger(grammar: &dyn Grammar, drop: &DropTrigger) -> Statement {
    let trigger = if grammar.capabilities().triggers_of_tables {
        format!(
            "{} ON {}",
            grammar.quote(&drop.name),
            grammar.qualified(&drop.table)
        )
    } else {
        grammar.qualified(&drop.table.sibling(drop.name.clone()))
    };
    let exists = if_exists(drop.if_exists);
    Statement::new(format!(
        "DROP TRIGGER {exists}{trigger}{}",
        cascade(drop.cascade)
    ))
}

/// `CREATE SEQUENCE`.
pub(super) fn create_sequence(
    grammar: &dyn Grammar,
    create: &CreateSequence,
) -> Result<Statement, DdlError> {
    let sequence = &create.sequence;
    let mut text = format!(
        "CREATE SEQUENCE {}{}",
        if_not_exists(create.if_not_exists),
        grammar.qualified(&sequence.name)
    );
    if let Some(data_type) = &sequence.data_type {
        text.push_str(&format!(" AS {}", grammar.type_text(data_type)?));
    }
    for option in sequence_options(grammar, &sequence.options) {
        text.push_str(&format!(" {option}"));
    }
    if let Some((table, column)) = &sequence.owned_by {
        let column = grammar.quote(column);
        text.push_str(&format!(" OWNED BY {}.{column}", grammar.qualified(table)));
    }
    Ok(Statement::new(text))
}

/// `ALTER SEQUENCE`; `None` where nothing changes. Type and owner are said where they differ from what there is.
pub(super) fn alter_sequence(
    grammar: &dyn Grammar,
    alter: &AlterSequence,
) -> Result<Option<Statement>, DdlError> {
    let sequence = &alter.sequence;
    let mut parts = Vec::new();
    if let Some(existing) = &alter.existing
        && existing.data_type != sequence.data_type
    {
        let text = match &sequence.data_type {
            Some(data_type) => grammar.type_text(data_type)?,
            None => "BIGINT".to_owned(),
        };
        parts.push(format!("AS {text}"));
    }
    parts.extend(sequence_options(grammar, &sequence.options));
    if let Some(existing) = &alter.existing
        && existing.owned_by != sequence.owned_by
    {
        parts.push(match &sequence.owned_by {
            Some((table, column)) => {
                let column = grammar.quote(column);
                format!("OWNED BY {}.{column}", grammar.qualified(table))
            }
            None => "OWNED BY NONE".to_owned(),
        });
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let name = grammar.qualified(&sequence.name);
    Ok(Some(Statement::new(format!(
        "ALTER SEQUENCE {name} {}",
        parts.join(" ")
    ))))
}

/// `DROP SEQUENCE`.
pub(super) fn drop_sequence(grammar: &dyn Grammar, drop: &DropSequence) -> Statement {
    let name = grammar.qualified(&drop.name);
    Statement::new(format!("DROP SEQUENCE {}{name}", if_exists(drop.if_exists)))
}

/// `CREATE SCHEMA`.
pub(super) fn create_schema(grammar: &dyn Grammar, create: &CreateSchema) -> Statement {
    let mut text = format!(
        "CREATE SCHEMA {}{}",
        if_not_exists(create.if_not_exists),
        grammar.quote(&create.schema.name)
    );
    if let Some(owner) = &create.schema.owner {
        text.push_str(&format!(" AUTHORIZATION {}", grammar.quote(owner)));
    }
    Statement::new(text)
}

/// `DROP SCHEMA`.
pub(super) fn drop_schema(grammar: &dyn Grammar, drop: &DropSchema) -> Statement {
    let name = grammar.quote(&drop.name);
    let exists = if_exists(drop.if_exists);
    Statement::new(format!(
        "DROP SCHEMA {exists}{name}{}",
        cascade(drop.cascade)
    ))
}
