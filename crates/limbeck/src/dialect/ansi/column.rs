//! Parts of a column's definition.

use super::{Grammar, Surroundings};
use crate::{
    dialect::DdlError,
    schema::{
        Column, ColumnDefault, Computed, Constraint, Identity, QualifiedName, SequenceOptions,
    },
};

/// The text after `DEFAULT`; `None` where the value comes from elsewhere.
pub(in crate::dialect) fn default_text(
    grammar: &dyn Grammar,
    default: Option<&ColumnDefault>,
) -> Option<String> {
    match default? {
        ColumnDefault::Literal(text) => Some(grammar.quoting().text(text)),
        ColumnDefault::Expression(expression) => Some(expression.clone()),
        ColumnDefault::Computed(_) | ColumnDefault::Identity(_) => None,
    }
}

/// Whether a default is more than a literal or a bare word and not in parentheses yet. SQLite and MySQL take such
/// expressions in parentheses only.
pub(in crate::dialect) fn needs_parentheses(default: &str) -> bool {
    let quoted = default.trim_start().starts_with(['\'', '"', '(']);
    let word = |letter: char| letter.is_alphanumeric() || letter == '_';
    !quoted && !default.chars().all(word)
}

/// `GENERATED ALWAYS AS (…)`.
pub(in crate::dialect) fn computed(computed: &Computed) -> String {
    let persistence = match computed.persisted {
        Some(true) => " STORED",
        Some(false) => " VIRTUAL",
        None => "",
    };
    format!("GENERATED ALWAYS AS ({}){persistence}", computed.expression)
}

/// `GENERATED … AS IDENTITY`.
pub(in crate::dialect) fn identity(grammar: &dyn Grammar, identity: &Identity) -> String {
    let when = if identity.always {
        "ALWAYS"
    } else {
        "BY DEFAULT"
    };
    let options = sequence_options(grammar, &identity.options);
    if options.is_empty() {
        format!("GENERATED {when} AS IDENTITY")
    } else {
        format!("GENERATED {when} AS IDENTITY ({})", options.join(" "))
    }
}

/// How a sequence counts, one phrase per option.
pub(in crate::dialect) fn sequence_options(
    grammar: &dyn Grammar,
    options: &SequenceOptions,
) -> Vec<String> {
    let number = |value: Option<i64>, words: &str| value.map(|value| format!("{words} {value}"));
    let word = |on: bool, word: &str| on.then(|| word.to_owned());
    let no_cycle = if grammar.capabilities().no_cycle_is_one_word {
        "NOCYCLE"
    } else {
        "NO CYCLE"
    };
    let cycle = options
        .cycle
        .map(|on| if on { "CYCLE" } else { no_cycle }.to_owned());
    [
        number(options.increment, "INCREMENT BY"),
        number(options.start, "START WITH"),
        number(options.minimum, "MINVALUE"),
        number(options.maximum, "MAXVALUE"),
        word(options.no_minimum, "NO MINVALUE"),
        word(options.no_maximum, "NO MAXVALUE"),
        number(options.cache, "CACHE"),
        cycle,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The column by which the database numbers the rows.
///
/// That is the one column of a primary key that is a number without default and foreign key, or the one that says
/// `autoincrement`; the rule is SQLAlchemy's, because existing tables were made by it.
///
/// # Errors
/// [`DdlError::Contradiction`] when a column says so that cannot, or two do.
pub(in crate::dialect) fn autoincrement_column<'a>(
    surroundings: &Surroundings<'a>,
) -> Result<Option<&'a Column>, DdlError> {
    let Some(key) = surroundings.primary_key() else {
        return Ok(None);
    };
    let columns: Vec<&Column> = key
        .columns
        .iter()
        .filter_map(|name| surroundings.column(name))
        .collect();
    let asked: Vec<&Column> = columns
        .iter()
        .copied()
        .filter(|column| column.autoincrement == Some(true))
        .collect();
    match asked.as_slice() {
        [column] => {
            if column.data_type.is_number() {
                return Ok(Some(column));
            }
            Err(contradiction(
                surroundings.table,
                format!(
                    "column {} is no number, so it cannot autoincrement",
                    column.name
                ),
            ))
        }
        [first, second, ..] => Err(contradiction(
            surroundings.table,
            format!(
                "columns {} and {} both autoincrement; only one can",
                first.name, second.name
            ),
        )),
        [] => Ok(match columns.as_slice() {
            [column] if numbers_by_itself(column, surroundings) => Some(column),
            _ => None,
        }),
    }
}

fn numbers_by_itself(column: &Column, surroundings: &Surroundings<'_>) -> bool {
    let refers = surroundings.constraints.iter().any(|constraint| {
        matches!(constraint, Constraint::ForeignKey(key)
            if key.columns.iter().any(|name| name.as_str() == column.name.as_str()))
    });
    column.autoincrement != Some(false)
        && column.data_type.is_number()
        && matches!(column.default, None | Some(ColumnDefault::Identity(_)))
        && !refers
}

fn contradiction(table: &QualifiedName, reason: String) -> DdlError {
    DdlError::Contradiction {
        subject: format!("table {table}"),
        reason,
    }
}
