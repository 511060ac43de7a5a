//! What a type by a database's name is among the generic types, as far as that says how much it holds.

use crate::schema::{DataType, NamedType, TypeArgument};

/// The generic type that holds the same values; the type itself where there is none.
pub(super) fn generic(data_type: &DataType) -> DataType {
    let DataType::Named(named) = data_type else {
        return data_type.clone();
    };
    let number = |place: usize| match named.arguments.get(place) {
        Some(TypeArgument::Number(number)) => Some(*number),
        _ => None,
    };
    let length = number(0).and_then(|length| u32::try_from(length).ok());
    match named.name.as_str() {
        "CHAR" | "CHARACTER" | "NCHAR" => DataType::String {
            length: length.or(Some(1)),
            collation: None,
        },
        "VARCHAR" | "CHARACTER VARYING" | "NVARCHAR" | "BPCHAR" => match length {
            None => DataType::text(),
            length => DataType::String {
                length,
                collation: None,
            },
        },
        "TEXT" | "MEDIUMTEXT" | "LONGTEXT" | "CLOB" | "CITEXT" => DataType::text(),
        "TINYTEXT" => DataType::String {
            length: Some(255),
            collation: None,
        },
        "SMALLINT" | "INT2" if is_plain(named) => DataType::SmallInteger,
        "INTEGER" | "INT" | "INT4" if is_plain(named) => DataType::Integer,
        "BIGINT" | "INT8" if is_plain(named) => DataType::BigInteger,
        "NUMERIC" | "DECIMAL" => DataType::Numeric {
            precision: length,
            scale: number(1).and_then(|scale| i32::try_from(scale).ok()),
        },
        _ => data_type.clone(),
    }
}

fn is_plain(named: &NamedType) -> bool {
    !named.unsigned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_database_is_known_by_what_it_holds() {
        let named = |name: &str, numbers: &[i64]| {
            generic(&DataType::Named(NamedType::new(name).with_numbers(numbers)))
        };
        assert_eq!(named("varchar", &[20]), DataType::string(20));
        assert_eq!(named("varchar", &[]), DataType::text());
        assert_eq!(named("int", &[11]), DataType::Integer);
        assert_eq!(
            named("decimal", &[10, 2]),
            DataType::Numeric {
                precision: Some(10),
                scale: Some(2)
            }
        );
        assert_eq!(named("tsvector", &[]), DataType::named("tsvector"));
    }
}
