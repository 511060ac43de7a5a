//! A type in a few words for people. Statements are the dialect's business.

use crate::schema::{DataType, NamedType, TypeArgument};

/// The type as a person would write it.
pub(super) fn words(data_type: &DataType) -> String {
    let sized = |name: &str, size: Option<u32>| {
        size.map_or_else(|| name.to_owned(), |size| format!("{name}({size})"))
    };
    match data_type {
        DataType::SmallInteger => "SMALLINT".to_owned(),
        DataType::Integer => "INTEGER".to_owned(),
        DataType::BigInteger => "BIGINT".to_owned(),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Numeric {
            precision: Some(precision),
            scale: Some(scale),
        } => format!("NUMERIC({precision}, {scale})"),
        DataType::Numeric { precision, .. } => sized("NUMERIC", *precision),
        DataType::Float { precision } => sized("FLOAT", *precision),
        DataType::Double { precision } => sized("DOUBLE", *precision),
        DataType::String { length, .. } => sized("VARCHAR", *length),
        DataType::Text { length, .. } => sized("TEXT", *length),
        DataType::Date => "DATE".to_owned(),
        DataType::Time { time_zone: true } => "TIME WITH TIME ZONE".to_owned(),
        DataType::Time { .. } => "TIME".to_owned(),
        DataType::DateTime { time_zone: true } => "TIMESTAMP WITH TIME ZONE".to_owned(),
        DataType::DateTime { .. } => "TIMESTAMP".to_owned(),
        DataType::Interval { .. } => "INTERVAL".to_owned(),
        DataType::Binary { length } => sized("BINARY", *length),
        DataType::Json => "JSON".to_owned(),
        DataType::Uuid { .. } => "UUID".to_owned(),
        DataType::Enum(enum_type) => match &enum_type.name {
            Some(name) => name.to_string(),
            None => format!("ENUM('{}')", enum_type.values.join("', '")),
        },
        DataType::Array(array) => format!("{}[]", words(&array.item)),
        DataType::Defined(name) => name.to_string(),
        DataType::Named(named) => named_words(named),
        DataType::Variants { base, .. } => words(base),
        DataType::Modelled(model) => model.expression.clone(),
        DataType::Custom(text) => text.clone(),
    }
}

fn named_words(named: &NamedType) -> String {
    let mut text = String::new();
    if let Some(schema) = &named.schema {
        text.push_str(schema.as_str());
        text.push('.');
    }
    text.push_str(&named.name);
    if named.varying {
        text.push_str(" VARYING");
    }
    if let Some(fields) = &named.fields {
        text.push(' ');
        text.push_str(fields);
    }
    if !named.arguments.is_empty() {
        let arguments: Vec<String> = named.arguments.iter().map(argument).collect();
        text.push_str(&format!("({})", arguments.join(", ")));
    }
    let more = [
        (named.time_zone, " WITH TIME ZONE".to_owned()),
        (named.unsigned, " UNSIGNED".to_owned()),
        (named.zerofill, " ZEROFILL".to_owned()),
    ];
    for (_, word) in more.into_iter().filter(|(said, _)| *said) {
        text.push_str(&word);
    }
    let said = [
        ("CHARACTER SET", &named.charset),
        ("COLLATE", &named.collation),
    ];
    for (word, value) in said {
        if let Some(value) = value {
            text.push_str(&format!(" {word} {value}"));
        }
    }
    text
}

fn argument(argument: &TypeArgument) -> String {
    match argument {
        TypeArgument::Number(number) => number.to_string(),
        TypeArgument::Text(text) => format!("'{text}'"),
    }
}
