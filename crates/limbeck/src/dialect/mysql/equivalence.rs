//! What counts as equal in MySQL and MariaDB. Both print expressions in words of their own, so texts that they printed are
//! compared as they are; what is left are spellings of one thing.

use super::{Mysql, inspect::charset_of, options};
use crate::{
    dialect::Dialect,
    diff::Equivalence,
    schema::{
        ColumnDefault, Constraint, DataType, Identifier, Index, IndexKey, NamedType, Table,
        TableOptions,
    },
};

impl Equivalence for Mysql {
    fn quoted(&self, name: &Identifier) -> String {
        self.quote(name)
    }

    fn same_type(&self, actual: &DataType, wanted: &DataType) -> bool {
        let plain = |data_type: &DataType| plain(data_type.for_dialect(self.name.as_str()));
        let (actual, wanted) = (plain(actual), plain(wanted));
        let text = |data_type| self.type_text(data_type).ok();
        actual == wanted || text(&actual).is_some_and(|actual| Some(actual) == text(&wanted))
    }

    fn whole_types(
        &self,
        (actual_table, actual): (&Table, &DataType),
        (wanted_table, wanted): (&Table, &DataType),
    ) -> (DataType, DataType) {
        let whole = |table: &Table, data_type: &DataType| {
            let collation = self.collation(&table.options)?;
            let mut whole = data_type.clone();
            let (charset, own) = match &mut whole {
                DataType::Named(named) if is_text(&named.name) => {
                    (&mut named.charset, &mut named.collation)
                }
                DataType::Enum(one) => (&mut one.charset, &mut one.collation),
                _ => return Some(whole),
            };
            if charset.is_none() && own.is_none() {
                *charset = Some(charset_of(collation).to_owned());
                *own = Some(collation.to_owned());
            }
            Some(whole)
        };
        match (whole(actual_table, actual), whole(wanted_table, wanted)) {
            (Some(actual), Some(wanted)) => (actual, wanted),
            _ => (actual.clone(), wanted.clone()),
        }
    }

    fn same_column_defaults(&self, actual: &TableOptions, wanted: &TableOptions) -> bool {
        let (actual, wanted) = (self.collation(actual), self.collation(wanted));
        actual.is_none() || wanted.is_none() || actual == wanted
    }

    fn same_default(
        &self,
        actual: Option<&ColumnDefault>,
        wanted: Option<&ColumnDefault>,
        _: &DataType,
    ) -> bool {
        match (actual, wanted) {
            (Some(ColumnDefault::Expression(actual)), Some(ColumnDefault::Expression(wanted))) => {
                actual == wanted
                    || moment(actual).is_some_and(|actual| Some(actual) == moment(wanted))
            }
            (Some(ColumnDefault::Computed(actual)), Some(ColumnDefault::Computed(wanted))) => {
                // Virtual is what goes without saying.
                actual.expression == wanted.expression
                    && actual.persisted.unwrap_or(false) == wanted.persisted.unwrap_or(false)
            }
            (Some(ColumnDefault::Expression(text)), None)
            | (None, Some(ColumnDefault::Expression(text))) => text.eq_ignore_ascii_case("NULL"),
            (actual, wanted) => actual == wanted,
        }
    }

    /// Only what is said on both sides is compared: an engine or a character set that a model leaves out is the server's.
    fn same_options(&self, actual: &TableOptions, wanted: &TableOptions) -> bool {
        let (actual, wanted) = (options::own(self, actual), options::own(self, wanted));
        options::differing(actual, wanted).is_empty()
    }

    /// MySQL numbers them by table; MariaDB numbers foreign keys by table, and CHECKs under a name that says so.
    fn is_generated_name(&self, table: &Table, constraint: &Constraint) -> bool {
        let Some(name) = constraint.name() else {
            return false;
        };
        let table = table.name.name.as_str();
        let numbered = |prefix: &str| {
            let number = name.as_str().strip_prefix(prefix);
            number.is_some_and(|number| {
                !number.is_empty() && number.chars().all(|one| one.is_ascii_digit())
            })
        };
        match constraint {
            Constraint::PrimaryKey(_) => true,
            Constraint::ForeignKey(_) => numbered(&format!("{table}_ibfk_")),
            Constraint::Check(_) => numbered("CONSTRAINT_") || numbered(&format!("{table}_chk_")),
            Constraint::Unique(_) | Constraint::Exclude(_) => false,
        }
    }

    /// Both name them after the first column, with a number where that is taken, or after the foreign key.
    fn is_generated_index_name(&self, table: &Table, index: &Index) -> bool {
        let Some(name) = &index.name else {
            return false;
        };
        let columns = index.elements.iter().map(|element| match &element.key {
            IndexKey::Column(column) => Some(column),
            IndexKey::Expression(_) => None,
        });
        let Some(columns) = columns.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let after_column = columns.first().is_some_and(|first| {
            let rest = name.as_str().strip_prefix(first.as_str());
            rest.is_some_and(|rest| {
                let number = rest.strip_prefix('_').unwrap_or("x");
                rest.is_empty() || number.chars().all(|one| one.is_ascii_digit())
            })
        });
        let of_key = table.constraints.iter().any(|constraint| match constraint {
            Constraint::ForeignKey(key) => {
                key.columns.iter().eq(columns.iter().copied())
                    && (after_column || key.name.as_ref() == Some(name))
            }
            _ => false,
        });
        of_key || index.unique && after_column
    }
}

impl Mysql {
    fn collation<'o>(&self, options: &'o TableOptions) -> Option<&'o str> {
        let mut options = options::own(self, options).iter();
        let collation = options.find(|option| option.name == "COLLATE")?;
        Some(&collation.value)
    }
}

/// Whether a type has a character set.
fn is_text(name: &str) -> bool {
    name.ends_with("CHAR") || name.ends_with("TEXT") || name == "SET"
}

/// A type in the spelling that stands for all of its spellings: the display width of an integer means nothing, except
/// where zeros fill it, and where one digit says that it is a truth value.
fn plain(data_type: &DataType) -> DataType {
    let DataType::Named(named) = data_type else {
        return match data_type {
            DataType::Boolean => DataType::Named(NamedType::new("TINYINT").with_numbers(&[1])),
            other => other.clone(),
        };
    };
    let mut named = named.clone();
    match named.name.as_str() {
        "BOOL" | "BOOLEAN" => named = NamedType::new("TINYINT").with_numbers(&[1]),
        "DEC" | "FIXED" | "NUMERIC" => named.name = "DECIMAL".to_owned(),
        "INT" => named.name = "INTEGER".to_owned(),
        "DOUBLE PRECISION" | "REAL" => named.name = "DOUBLE".to_owned(),
        _ => {}
    }
    let integer = matches!(
        named.name.as_str(),
        "INTEGER" | "BIGINT" | "MEDIUMINT" | "SMALLINT" | "TINYINT"
    );
    let truth = named == NamedType::new("TINYINT").with_numbers(&[1]);
    if integer && !named.zerofill && !truth {
        named.arguments.clear();
    }
    if named.name == "DECIMAL" && named.arguments.is_empty() {
        named = named.with_numbers(&[10, 0]);
    }
    DataType::Named(named)
}

/// A default that is the current moment, in one of its spellings: `now()`, `CURRENT_TIMESTAMP`, `current_timestamp()`, with
/// digits or without.
fn moment(text: &str) -> Option<String> {
    // A text may well hold one of the words.
    if text.contains('\'') {
        return None;
    }
    let mut plain: String = text.to_lowercase().split_whitespace().collect();
    for name in ["current_timestamp", "localtimestamp", "localtime", "now"] {
        plain = plain.replace(name, "moment");
    }
    let plain = plain
        .replace("moment()", "moment")
        .replace("moment(0)", "moment");
    plain.contains("moment").then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Check, ForeignKey};

    #[test]
    fn spellings_of_one_type_and_one_moment() {
        let maria = Mysql::mariadb(None);
        let named = |name: &str, numbers: &[i64]| {
            DataType::Named(NamedType::new(name).with_numbers(numbers))
        };
        assert!(maria.same_type(&named("INTEGER", &[11]), &DataType::Integer));
        assert!(maria.same_type(&named("TINYINT", &[1]), &DataType::Boolean));
        assert!(!maria.same_type(&named("TINYINT", &[1]), &named("TINYINT", &[4])));
        assert!(maria.same_type(&named("DECIMAL", &[10, 0]), &named("NUMERIC", &[])));
        assert!(!maria.same_type(&named("VARCHAR", &[6]), &named("VARCHAR", &[12])));
        let same = |left: &str, right: &str| {
            let default = |text: &str| Some(ColumnDefault::Expression(text.to_owned()));
            maria.same_default(
                default(left).as_ref(),
                default(right).as_ref(),
                &DataType::Integer,
            )
        };
        assert!(same("current_timestamp()", "CURRENT_TIMESTAMP"));
        assert!(same(
            "current_timestamp(6) ON UPDATE current_timestamp(6)",
            "now(6) on update CURRENT_TIMESTAMP(6)"
        ));
        assert!(!same("current_timestamp()", "current_timestamp(3)"));
        assert!(!same("1", "2"));
    }

    #[test]
    fn numbered_names_are_the_servers() {
        let maria = Mysql::mariadb(None);
        let table = Table::new("t", Vec::new());
        let key =
            |name: &str| Constraint::ForeignKey(ForeignKey::new(["a"], "o", ["id"]).named(name));
        assert!(maria.is_generated_name(&table, &key("t_ibfk_12")));
        assert!(!maria.is_generated_name(&table, &key("t_ibfk_x")));
        let check = Constraint::Check(Check::new("a").named("CONSTRAINT_1"));
        assert!(maria.is_generated_name(&table, &check));
        let table = table.with_constraint(key("fk"));
        let generated = |index: Index| maria.is_generated_index_name(&table, &index);
        assert!(generated(Index::new("a", ["a"])) && generated(Index::new("fk", ["a"])));
        assert!(!generated(Index::new("b", ["b"])) && !generated(Index::new("other", ["a"])));
        assert!(generated(Index::new("b_2", ["b", "a"]).unique()));
        assert!(!generated(Index::new("b_x", ["b"]).unique()));
    }
}
