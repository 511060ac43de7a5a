//! What counts as equal on a database.

use super::named_kind::generic;
use crate::schema::{
    ColumnDefault, Constraint, DataType, Identifier, Index, QualifiedName, Table, TableOptions,
};

/// What counts as equal on a database. Its defaults are plain equality, which holds between two schemas that the same
/// engine has normalised; a dialect says where its texts vary all the same.
///
/// `actual` is what the database has, `wanted` what a model says.
pub trait Equivalence {
    /// Whether two types hold the same values in the same way.
    fn same_type(&self, actual: &DataType, wanted: &DataType) -> bool {
        actual == wanted
    }

    /// The types of a column before and after, each with what its table says for all columns that say nothing (a character
    /// set), where both tables say it.
    fn whole_types(
        &self,
        (_, actual): (&Table, &DataType),
        (_, wanted): (&Table, &DataType),
    ) -> (DataType, DataType) {
        (actual.clone(), wanted.clone())
    }

    /// Whether two tables say the same for all columns that say nothing, such as a character set.
    fn same_column_defaults(&self, actual: &TableOptions, wanted: &TableOptions) -> bool {
        let _ = (actual, wanted);
        true
    }

    /// Whether two SQL expressions (CHECK, index expression or predicate, computed column, policy) are the same.
    fn same_expression(&self, actual: &str, wanted: &str) -> bool {
        actual == wanted
    }

    /// Whether a column of this type gets the same value from both.
    fn same_default(
        &self,
        actual: Option<&ColumnDefault>,
        wanted: Option<&ColumnDefault>,
        data_type: &DataType,
    ) -> bool {
        let _ = data_type;
        match (actual, wanted) {
            (Some(ColumnDefault::Expression(actual)), Some(ColumnDefault::Expression(wanted))) => {
                self.same_expression(actual, wanted)
            }
            (Some(ColumnDefault::Computed(actual)), Some(ColumnDefault::Computed(wanted))) => {
                let said = actual.persisted.is_some() && wanted.persisted.is_some();
                self.same_expression(&actual.expression, &wanted.expression)
                    && (!said || actual.persisted == wanted.persisted)
            }
            (actual, wanted) => actual == wanted,
        }
    }

    /// Whether two whole statements or queries (views, triggers, routines) say the same.
    fn same_definition(&self, actual: &str, wanted: &str) -> bool {
        actual == wanted
    }

    /// Whether two names mean the same thing.
    fn same_name(&self, actual: &Identifier, wanted: &Identifier) -> bool {
        actual.as_str() == wanted.as_str()
    }

    /// Whether two tables' options say the same.
    fn same_options(&self, actual: &TableOptions, wanted: &TableOptions) -> bool {
        actual == wanted
    }

    /// Whether two actions of a foreign key (`ON DELETE`, `ON UPDATE`) are the same; none is `NO ACTION`.
    fn same_action(&self, actual: Option<&str>, wanted: Option<&str>) -> bool {
        let said = |action: Option<&str>| {
            let words = action?.to_uppercase();
            (words != "NO ACTION").then_some(words)
        };
        said(actual) == said(wanted)
    }

    /// Whether the database made the constraint's name up, so that it means "unnamed".
    fn is_generated_name(&self, table: &Table, constraint: &Constraint) -> bool {
        let _ = (table, constraint);
        false
    }

    /// Whether the database made the index's name up, which MySQL and MariaDB do for an unnamed unique constraint and for
    /// the index of a foreign key.
    fn is_generated_index_name(&self, table: &Table, index: &Index) -> bool {
        let _ = (table, index);
        false
    }

    /// Whether a definition mentions a table, view, column, routine or type of this name: what it mentions has to be
    /// there when it is created. Too much is harmless, too little is not.
    fn mentions(&self, definition: &str, name: &QualifiedName) -> bool {
        has_word(definition, name.name.as_str())
    }

    /// How the values of a column get from one type to the other (`USING` of PostgreSQL); `None` where the database
    /// needs no word.
    fn conversion(
        &self,
        column: &Identifier,
        actual: &DataType,
        wanted: &DataType,
    ) -> Option<String> {
        let _ = (column, actual, wanted);
        None
    }

    /// Whether the new type may refuse values that the old one holds.
    fn narrows(&self, actual: &DataType, wanted: &DataType) -> bool {
        narrows(&generic(actual), &generic(wanted))
    }

    /// A name in quotes, for the one statement that a comparison writes itself: the fill of a new column.
    fn quoted(&self, name: &Identifier) -> String {
        format!("\"{}\"", name.as_str().replace('"', "\"\""))
    }
}

/// Shorter texts, fewer digits, smaller numbers, or another kind of type altogether.
fn narrows(actual: &DataType, wanted: &DataType) -> bool {
    let shorter = |from: Option<u32>, to: Option<u32>| match (from, to) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(from), Some(to)) => to < from,
    };
    let width = |data_type: &DataType| match data_type {
        DataType::SmallInteger => Some(2),
        DataType::Integer => Some(4),
        DataType::BigInteger => Some(8),
        _ => None,
    };
    match (actual, wanted) {
        (DataType::Modelled(model), other) => narrows(&model.data_type, other),
        (other, DataType::Modelled(model)) => narrows(other, &model.data_type),
        (DataType::String { length: from, .. }, DataType::String { length: to, .. })
        | (DataType::Text { length: from, .. }, DataType::Text { length: to, .. }) => {
            shorter(*from, *to)
        }
        (_, DataType::Text { length: None, .. }) => false,
        (
            DataType::Numeric {
                precision: from,
                scale: old,
            },
            DataType::Numeric {
                precision: to,
                scale: new,
            },
        ) => {
            let whole = |digits: Option<u32>, scale: Option<i32>| {
                digits.map(|digits| i64::from(digits) - i64::from(scale.unwrap_or(0)))
            };
            let fewer = match (whole(*from, *old), whole(*to, *new)) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(from), Some(to)) => to < from,
            };
            fewer || new.unwrap_or(0) < old.unwrap_or(0)
        }
        (DataType::Enum(from), DataType::Enum(to)) => {
            from.values.iter().any(|value| !to.values.contains(value))
        }
        (from, to) => match (width(from), width(to)) {
            (Some(from), Some(to)) => to < from,
            _ => from != to,
        },
    }
}

/// Whether a text contains a name as a word of its own, in any case.
pub(crate) fn has_word(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    if name.is_empty() {
        return false;
    }
    // A quote inside a quoted name is written twice.
    if name.contains(['"', '`', '\'']) {
        let twice = |quote: char| name.replace(quote, &format!("{quote}{quote}"));
        return text.contains(&name) || text.contains(&twice('"')) || text.contains(&twice('`'));
    }
    let part_of_word = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(&name).any(|(start, found)| {
        let before = text[..start].chars().next_back();
        let after = text[start + found.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

/// Plain equality: two values are the same if they are written the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextEquality;

impl Equivalence for TextEquality {}
