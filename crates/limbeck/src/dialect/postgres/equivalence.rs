//! What counts as equal in PostgreSQL. Its catalogue prints expressions in words of its own, so texts that it printed are
//! compared as they are; names that it made up are known by the way it makes them.

use super::{
    Postgres,
    reserved::{BARE, RESERVED},
};
use crate::{
    dialect::Dialect,
    diff::{Equivalence, has_word},
    schema::{Constraint, DataType, Identifier, IndexKey, QualifiedName, Table},
};

/// The longest name that PostgreSQL keeps, in bytes.
const NAME_LIMIT: usize = 63;

impl Equivalence for Postgres {
    fn quoted(&self, name: &Identifier) -> String {
        self.quote(name)
    }

    fn same_type(&self, actual: &DataType, wanted: &DataType) -> bool {
        let text = |data_type| self.type_text(data_type).ok();
        match (bare(actual), bare(wanted)) {
            // The enum of a column is the enum of that name; its values are compared where the type itself is.
            (DataType::Enum(actual), DataType::Enum(wanted)) if actual.native && wanted.native => {
                actual.name == wanted.name
            }
            (DataType::Defined(name), DataType::Enum(other))
            | (DataType::Enum(other), DataType::Defined(name)) => other.name.as_ref() == Some(name),
            (actual, wanted) => {
                actual == wanted || text(actual).is_some_and(|actual| Some(actual) == text(wanted))
            }
        }
    }

    fn is_generated_name(&self, table: &Table, constraint: &Constraint) -> bool {
        let Some(name) = constraint.name() else {
            return false;
        };
        let own = table.name.name.as_str();
        let (label, columns) = match constraint {
            Constraint::PrimaryKey(_) => ("pkey", Vec::new()),
            Constraint::Unique(unique) => ("key", names(&unique.columns)),
            Constraint::ForeignKey(key) => ("fkey", names(&key.columns)),
            Constraint::Exclude(exclude) => {
                let keys = exclude.elements.iter().map(|element| match &element.key {
                    IndexKey::Column(column) => column.as_str(),
                    IndexKey::Expression(_) => "expr",
                });
                ("excl", keys.collect())
            }
            Constraint::Check(_) => {
                // It has the column's name in it when it is about one column only, which the text does not tell.
                let columns = table.columns.iter();
                return is_chosen(name.as_str(), own, "", "check")
                    || columns.into_iter().any(|column| {
                        is_chosen(name.as_str(), own, column.name.as_str(), "check")
                    });
            }
        };
        is_chosen(name.as_str(), own, &addition(&columns), label)
    }

    /// A word of the language is a name only in quotes: `SELECT` is no table.
    fn mentions(&self, definition: &str, name: &QualifiedName) -> bool {
        let word = name.name.as_str();
        let among = |words: &str| words.split_whitespace().any(|one| one == word);
        match among(RESERVED) && !among(BARE) {
            true => definition.contains(&self.quote(&name.name)),
            false => has_word(definition, word),
        }
    }

    /// PostgreSQL converts by itself within a family, and anything to text; to everything else there is a way through text.
    fn conversion(
        &self,
        column: &Identifier,
        actual: &DataType,
        wanted: &DataType,
    ) -> Option<String> {
        let (from, to) = (self.type_text(actual).ok()?, self.type_text(wanted).ok()?);
        let (from_family, to_family) = (family(&from), family(&to));
        if to_family == Family::Text || from_family == to_family && from_family != Family::Other {
            return None;
        }
        let column = self.quote(column);
        let is_array = |text: &str| text.ends_with("[]");
        if is_array(&to) && !is_array(&from) {
            return Some(format!("ARRAY[{column}]::{to}"));
        }
        let (from_base, to_base) = (base(&from), base(&to));
        (from_base != to_base).then(|| match (from_family, to_family) {
            _ if is_array(&from) || casts(&from_base, &to_base) => format!("{column}::{to}"),
            (Family::Text, _) => format!("{column}::{to}"),
            // Truth values are numbers of one type only.
            (Family::Number, _) if to_base == "BOOLEAN" => format!("{column}::integer::boolean"),
            (_, Family::Number) if from_base == "BOOLEAN" => format!("{column}::integer::{to}"),
            _ => format!("{column}::text::{to}"),
        })
    }
}

/// Whether there is an explicit cast between two types of different families (`pg_cast`).
fn casts(from: &str, to: &str) -> bool {
    let among = |names: &[&str]| names.contains(&from) && names.contains(&to);
    among(&["INTEGER", "BOOLEAN"])
        || among(&["JSON", "JSONB"])
        || among(&["DATE", "TIMESTAMP", "TIME", "INTERVAL"]) && to != "DATE" && from != "DATE"
        || among(&["INTEGER", "BIGINT", "BIT"])
        || among(&["NUMERIC", "MONEY"])
}

/// The type behind what a model's language says about it.
fn bare(data_type: &DataType) -> &DataType {
    data_type.for_dialect("postgresql")
}

fn names(columns: &[Identifier]) -> Vec<&str> {
    columns.iter().map(Identifier::as_str).collect()
}

/// The columns' part of a name, which is cut where it gets longer than any name.
fn addition(columns: &[&str]) -> String {
    let mut text = String::new();
    for column in columns {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(cut(column, NAME_LIMIT));
        if text.len() > NAME_LIMIT {
            break;
        }
    }
    cut(&text, NAME_LIMIT).to_owned()
}

/// Whether PostgreSQL would choose this name (`makeObjectName`, `ChooseRelationName`), with a number where it was taken.
fn is_chosen(name: &str, table: &str, columns: &str, label: &str) -> bool {
    let digits = name.len()
        - name
            .trim_end_matches(|one: char| one.is_ascii_digit())
            .len();
    let number = name.get(name.len() - digits..).unwrap_or_default();
    chosen(table, columns, &format!("{label}{number}")) == name
}

fn chosen(table: &str, columns: &str, label: &str) -> String {
    let parts = if columns.is_empty() { 1 } else { 2 };
    let room = NAME_LIMIT.saturating_sub(label.len() + parts);
    let (mut left, mut right) = (table.len(), columns.len());
    while left + right > room {
        if left > right {
            left -= 1;
        } else {
            right -= 1;
        }
    }
    match columns.is_empty() {
        true => format!("{}_{label}", cut(table, left)),
        false => format!("{}_{}_{label}", cut(table, left), cut(columns, right)),
    }
}

/// The beginning of a text, in at most so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut bytes = bytes.min(text.len());
    while !text.is_char_boundary(bytes) {
        bytes -= 1;
    }
    text.get(..bytes).unwrap_or_default()
}

/// Types between which an assignment converts (`pg_cast`, contexts `a` and `i`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Text,
    Number,
    Moment,
    Other,
}

fn family(text: &str) -> Family {
    if text.ends_with("[]") {
        return Family::Other;
    }
    match base(text).as_str() {
        "TEXT" | "VARCHAR" | "CHAR" | "CHARACTER" | "CHARACTER VARYING" | "NAME" | "BPCHAR" => {
            Family::Text
        }
        "SMALLINT" | "INTEGER" | "INT" | "BIGINT" | "NUMERIC" | "DECIMAL" | "REAL" | "FLOAT"
        | "DOUBLE PRECISION" => Family::Number,
        "DATE" | "TIMESTAMP" => Family::Moment,
        _ => Family::Other,
    }
}

/// The name of a type without its arguments.
fn base(text: &str) -> String {
    let name = text.split(['(', '[']).next().unwrap_or(text).trim();
    let upper = name.to_uppercase();
    let name = upper.split(" COLLATE").next().unwrap_or(&upper);
    match name.split_once(" WITH") {
        Some((name, _)) => name.trim().to_owned(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Check, Column, ForeignKey, NamedType, PrimaryKey, Unique};

    #[test]
    fn names_that_the_server_makes_up_are_known() {
        let column = |name: &str| Column::new(name, DataType::Integer);
        let table = Table::new("t", vec![column("a"), column("b")]);
        let postgres = Postgres::new(None);
        let generated = |constraint: Constraint| postgres.is_generated_name(&table, &constraint);
        let unique = |name: &str| Constraint::Unique(Unique::new(["a", "b"]).named(name));
        assert!(generated(unique("t_a_b_key")) && generated(unique("t_a_b_key1")));
        assert!(!generated(unique("t_a_key")) && !generated(unique("uq")));
        let check = |name: &str| Constraint::Check(Check::new("a > 0").named(name));
        assert!(generated(check("t_check")) && generated(check("t_a_check")));
        assert!(generated(check("t_b_check12")) && !generated(check("t_c_check")));
        assert!(generated(Constraint::PrimaryKey(
            PrimaryKey::new(["a"]).named("t_pkey")
        )));
        let key = ForeignKey::new(["a"], "o", ["id"]).named("t_a_fkey");
        assert!(generated(Constraint::ForeignKey(key)));
    }

    #[test]
    fn a_word_of_the_language_is_a_name_in_quotes_only() {
        let postgres = Postgres::new(None);
        let mentions = |text: &str, name: &str| postgres.mentions(text, &name.into());
        assert!(!mentions("SELECT n * 2", "select") && mentions("TABLE \"select\"", "select"));
        assert!(mentions("SELECT left(a, 1)", "left") && mentions("SELECT a FROM item", "item"));
    }

    #[test]
    fn long_names_are_cut_where_the_server_cuts_them() {
        let table = "a_table_with_a_rather_long_name_of_its_own_and_more";
        let name = chosen(table, "and_a_column_with_one", "fkey");
        assert_eq!(name.len(), 63);
        assert_eq!(
            name,
            "a_table_with_a_rather_long_name_of_i_and_a_column_with_one_fkey"
        );
    }

    #[test]
    fn values_are_converted_by_a_word_only_where_one_is_needed() {
        let postgres = Postgres::new(None);
        let column = Identifier::new("c");
        let text = DataType::Named(NamedType::new("VARCHAR").with_numbers(&[5]));
        let conversion = |from: &DataType, to: &DataType| postgres.conversion(&column, from, to);
        assert_eq!(
            conversion(&text, &DataType::Integer).as_deref(),
            Some("c::INTEGER")
        );
        assert_eq!(conversion(&DataType::Integer, &text), None);
        assert_eq!(conversion(&DataType::Integer, &DataType::BigInteger), None);
        assert_eq!(
            conversion(&DataType::named("JSON"), &DataType::named("JSONB")).as_deref(),
            Some("c::JSONB")
        );
        let boolean = DataType::named("BOOLEAN");
        assert_eq!(
            conversion(&DataType::named("JSON"), &boolean).as_deref(),
            Some("c::text::BOOLEAN")
        );
        assert_eq!(
            conversion(&boolean, &DataType::named("NUMERIC")).as_deref(),
            Some("c::integer::NUMERIC")
        );
        assert_eq!(
            conversion(&DataType::Integer, &DataType::array_of(DataType::Integer)).as_deref(),
            Some("ARRAY[c]::INTEGER[]")
        );
    }
}
