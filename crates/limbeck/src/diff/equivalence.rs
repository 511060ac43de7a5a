//! What counts as equal on a database.

use crate::schema::{
    ColumnDefault, Constraint, DataType, Identifier, QualifiedName, Table, TableOptions,
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

    /// Whether the database made the constraint's name up, so that it means "unnamed".
    fn is_generated_name(&self, table: &Table, constraint: &Constraint) -> bool {
        let _ = (table, constraint);
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
}

/// Whether a text contains a name as a word of its own, in any case.
fn has_word(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    if name.is_empty() {
        return false;
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
