//! What values a type has room for.

use crate::schema::{DataType, TypeArgument};

/// How many characters a text may have at most.
pub(super) fn longest_text(data_type: &DataType) -> Option<u64> {
    match data_type {
        DataType::String { length, .. } => length.map(u64::from),
        DataType::Named(named) => {
            let bounded = [
                "VARCHAR",
                "CHAR",
                "CHARACTER VARYING",
                "CHARACTER",
                "BPCHAR",
                "NVARCHAR",
                "NCHAR",
            ];
            match (
                bounded.contains(&named.name.as_str()),
                named.arguments.as_slice(),
            ) {
                (true, [TypeArgument::Number(length)]) => u64::try_from(*length).ok(),
                _ => None,
            }
        }
        DataType::Modelled(model) => longest_text(&model.data_type),
        DataType::Variants { base, .. } => longest_text(base),
        _ => None,
    }
}

/// The smallest and the largest whole number.
pub(super) fn integer_range(data_type: &DataType) -> Option<(i64, i64)> {
    let signed = |bits: u32| {
        let most = (1_i64 << (bits - 1)) - 1;
        (-most - 1, most)
    };
    match data_type {
        DataType::SmallInteger => Some(signed(16)),
        DataType::Integer => Some(signed(32)),
        DataType::Named(named) => {
            let bits = match named.name.as_str() {
                "TINYINT" => 8,
                "SMALLINT" => 16,
                "MEDIUMINT" => 24,
                "INTEGER" | "INT" => 32,
                _ => return None,
            };
            Some(match named.unsigned {
                true => (0, (1_i64 << bits) - 1),
                false => signed(bits),
            })
        }
        DataType::Modelled(model) => integer_range(&model.data_type),
        DataType::Variants { base, .. } => integer_range(base),
        _ => None,
    }
}

/// How many digits an exact number may have before the point and how many after it.
pub(super) fn decimal_places(data_type: &DataType) -> Option<(usize, usize)> {
    let places = |precision: u32, scale: i64| {
        let scale = u32::try_from(scale).ok()?;
        let before = usize::try_from(precision.checked_sub(scale)?).ok()?;
        (before > 0).then_some((before, usize::try_from(scale).ok()?))
    };
    match data_type {
        DataType::Numeric {
            precision: Some(precision),
            scale,
        } => places(*precision, i64::from(scale.unwrap_or(0))),
        DataType::Named(named) if ["NUMERIC", "DECIMAL", "DEC"].contains(&named.name.as_str()) => {
            match named.arguments.as_slice() {
                [TypeArgument::Number(precision)] => places(u32::try_from(*precision).ok()?, 0),
                [TypeArgument::Number(precision), TypeArgument::Number(scale)] => {
                    places(u32::try_from(*precision).ok()?, *scale)
                }
                _ => None,
            }
        }
        DataType::Modelled(model) => decimal_places(&model.data_type),
        DataType::Variants { base, .. } => decimal_places(base),
        _ => None,
    }
}
