//! Constraints.

use super::{
    Grammar, Surroundings,
    name::{constraint_name, delete_action, list, phrase},
};
use crate::{
    dialect::{Capabilities, DdlError},
    schema::{
        Check, Condition, Constraint, DataType, Deferral, Exclude, ForeignKey, IndexKey,
        PrimaryKey, Unique,
    },
};

/// A constraint as it stands in `CREATE TABLE` and after `ADD`; `None` where this database does without it: a CHECK
/// for a type that it has, a foreign key into another database file.
pub(in crate::dialect) fn constraint_text(
    grammar: &dyn Grammar,
    constraint: &Constraint,
    surroundings: &Surroundings<'_>,
) -> Result<Option<String>, DdlError> {
    let body = match constraint {
        Constraint::PrimaryKey(key) => Some(primary_key(grammar, key)?),
        Constraint::Unique(unique) => Some(unique_text(grammar, unique)?),
        Constraint::Check(check) if stands_for_own_type(grammar, check, surroundings) => None,
        Constraint::Check(check) => Some(check_text(grammar, check)?),
        Constraint::ForeignKey(key) => foreign_key(grammar, key, surroundings)?,
        Constraint::Exclude(exclude) => Some(exclude_text(grammar, exclude)?),
    };
    let Some(body) = body else {
        return Ok(None);
    };
    Ok(Some(match constraint.name() {
        Some(name) => format!("CONSTRAINT {} {body}", constraint_name(grammar, name)?),
        None => body,
    }))
}

/// Whether the database has the type itself, so that no CHECK has to stand for it.
fn type_is_native(capabilities: &Capabilities, data_type: &DataType) -> bool {
    match data_type {
        DataType::Boolean => capabilities.boolean_type,
        DataType::Enum(enum_type) => enum_type.native && capabilities.enum_type,
        DataType::Named(named) if named.name == "BOOLEAN" => capabilities.boolean_type,
        _ => false,
    }
}

fn stands_for_own_type(
    grammar: &dyn Grammar,
    check: &Check,
    surroundings: &Surroundings<'_>,
) -> bool {
    let column = match &check.condition {
        Condition::OneOf { column, .. } | Condition::ZeroOrOne { column } => column,
        Condition::Expression(_) => return false,
    };
    check.of_type
        && surroundings.column(column).is_some_and(|column| {
            let own = column.data_type.for_dialect(grammar.name().as_str());
            type_is_native(grammar.capabilities(), own)
        })
}

fn primary_key(grammar: &dyn Grammar, key: &PrimaryKey) -> Result<String, DdlError> {
    let mut text = format!("PRIMARY KEY ({})", list(grammar, &key.columns));
    if grammar.capabilities().include && !key.include.is_empty() {
        text.push_str(&format!(" INCLUDE ({})", list(grammar, &key.include)));
    }
    text.push_str(&deferral(&key.deferral)?);
    if let (Some(using), true) = (&key.using, grammar.capabilities().key_method) {
        text.push_str(&format!(" USING {}", phrase(using, "USING")?));
    }
    text.push_str(&on_conflict(grammar, key.on_conflict.as_deref())?);
    Ok(text)
}

fn unique_text(grammar: &dyn Grammar, unique: &Unique) -> Result<String, DdlError> {
    let subject = || format!("unique constraint over {}", list(grammar, &unique.columns));
    let distinct = match nulls_distinct(grammar, unique.nulls_distinct, subject)? {
        Some(words) => format!("{words} "),
        None => String::new(),
    };
    let mut text = format!("UNIQUE {distinct}({})", list(grammar, &unique.columns));
    if grammar.capabilities().include && !unique.include.is_empty() {
        text.push_str(&format!(" INCLUDE ({})", list(grammar, &unique.include)));
    }
    text.push_str(&deferral(&unique.deferral)?);
    text.push_str(&on_conflict(grammar, unique.on_conflict.as_deref())?);
    Ok(text)
}

/// `NULLS [NOT] DISTINCT`, where it is said.
///
/// # Errors
/// [`DdlError::Unsupported`] where equal NULLs would be let in without a word. That they are different is what every
/// database takes for granted.
pub(super) fn nulls_distinct(
    grammar: &dyn Grammar,
    distinct: Option<bool>,
    subject: impl FnOnce() -> String,
) -> Result<Option<&'static str>, DdlError> {
    match (distinct, grammar.capabilities().nulls_distinct) {
        (None, _) | (Some(true), false) => Ok(None),
        (Some(true), true) => Ok(Some("NULLS DISTINCT")),
        (Some(false), true) => Ok(Some("NULLS NOT DISTINCT")),
        (Some(false), false) => Err(DdlError::Unsupported {
            dialect: grammar.name(),
            subject: subject(),
            feature: "NULLS NOT DISTINCT",
            advice: "it is there from PostgreSQL 15 on; elsewhere make the columns NOT NULL",
        }),
    }
}

fn check_text(grammar: &dyn Grammar, check: &Check) -> Result<String, DdlError> {
    let condition = match &check.condition {
        Condition::Expression(expression) => expression.clone(),
        Condition::OneOf { column, values } => {
            let values: Vec<String> = values
                .iter()
                .map(|value| grammar.quoting().text(value))
                .collect();
            format!("{} IN ({})", grammar.quote(column), values.join(", "))
        }
        Condition::ZeroOrOne { column } => format!("{} IN (0, 1)", grammar.quote(column)),
    };
    let mut text = format!("CHECK ({condition})");
    if check.no_inherit && grammar.capabilities().not_valid {
        text.push_str(" NO INHERIT");
    }
    text.push_str(&deferral(&check.deferral)?);
    text.push_str(not_valid(grammar, check.not_valid));
    if check.not_enforced && grammar.capabilities().not_enforced {
        text.push_str(" NOT ENFORCED");
    }
    text.push_str(&on_conflict(grammar, check.on_conflict.as_deref())?);
    Ok(text)
}

fn foreign_key(
    grammar: &dyn Grammar,
    key: &ForeignKey,
    surroundings: &Surroundings<'_>,
) -> Result<Option<String>, DdlError> {
    let Some(references) = references(grammar, key, surroundings)? else {
        return Ok(None);
    };
    let columns = list(grammar, &key.columns);
    Ok(Some(format!("FOREIGN KEY({columns}) {references}")))
}

/// `REFERENCES …` with all options, as it stands after a column, too.
pub(super) fn references(
    grammar: &dyn Grammar,
    key: &ForeignKey,
    surroundings: &Surroundings<'_>,
) -> Result<Option<String>, DdlError> {
    let Some(target) = grammar.foreign_table(surroundings.table, &key.target) else {
        return Ok(None);
    };
    let mut text = format!("REFERENCES {target}");
    if !key.target_columns.is_empty() {
        text.push_str(&format!(" ({})", list(grammar, &key.target_columns)));
    }
    if let Some(matching) = &key.matching {
        if !grammar.capabilities().foreign_key_match {
            return Err(DdlError::Unsupported {
                dialect: grammar.name(),
                subject: format!("foreign key to {}", key.target),
                feature: "MATCH",
                advice: "it makes the database ignore ON DELETE and ON UPDATE; leave it out",
            });
        }
        text.push_str(&format!(" MATCH {}", phrase(matching, "MATCH")?));
    }
    if let Some(action) = &key.on_delete {
        text.push_str(&format!(" ON DELETE {}", delete_action(grammar, action)?));
    }
    if let Some(action) = &key.on_update {
        text.push_str(&format!(" ON UPDATE {}", phrase(action, "ON UPDATE")?));
    }
    text.push_str(&deferral(&key.deferral)?);
    text.push_str(not_valid(grammar, key.not_valid));
    Ok(Some(text))
}

fn exclude_text(grammar: &dyn Grammar, exclude: &Exclude) -> Result<String, DdlError> {
    if !grammar.capabilities().exclusion {
        return Err(DdlError::Unsupported {
            dialect: grammar.name(),
            subject: "exclusion constraint".to_owned(),
            feature: "exclusion constraints",
            advice: "limit the operation to PostgreSQL",
        });
    }
    let elements: Vec<String> = exclude
        .elements
        .iter()
        .map(|element| {
            let key = match &element.key {
                IndexKey::Column(column) => grammar.quote(column),
                IndexKey::Expression(expression) => expression.clone(),
            };
            match &element.operator_class {
                Some(class) => format!("{key} {class} WITH {}", element.operator),
                None => format!("{key} WITH {}", element.operator),
            }
        })
        .collect();
    let using = phrase(&exclude.using, "USING")?.to_lowercase();
    let mut text = format!("EXCLUDE USING {using} ({})", elements.join(", "));
    if let Some(predicate) = &exclude.predicate {
        text.push_str(&format!(" WHERE ({predicate})"));
    }
    text.push_str(&deferral(&exclude.deferral)?);
    Ok(text)
}

fn deferral(deferral: &Deferral) -> Result<String, DdlError> {
    let mut text = match deferral.deferrable {
        Some(true) => " DEFERRABLE".to_owned(),
        Some(false) => " NOT DEFERRABLE".to_owned(),
        None => String::new(),
    };
    if let Some(initially) = &deferral.initially {
        text.push_str(&format!(" INITIALLY {}", phrase(initially, "INITIALLY")?));
    }
    Ok(text)
}

fn not_valid(grammar: &dyn Grammar, not_valid: bool) -> &'static str {
    if not_valid && grammar.capabilities().not_valid {
        " NOT VALID"
    } else {
        ""
    }
}

fn on_conflict(grammar: &dyn Grammar, action: Option<&str>) -> Result<String, DdlError> {
    match action {
        Some(action) if grammar.capabilities().on_conflict => {
            Ok(format!(" ON CONFLICT {}", phrase(action, "ON CONFLICT")?))
        }
        _ => Ok(String::new()),
    }
}
