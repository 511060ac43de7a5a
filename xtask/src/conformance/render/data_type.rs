//! Types from their `repr()`.

use limbeck::schema::{
    ArrayType, DataType, EnumType, ModelType, NamedType, QualifiedName, TypeArgument,
};

use super::gaps::Gaps;
use super::python::{Call, Expression};

/// A type from the call that makes it.
pub(super) fn read(call: &Call, gaps: &Gaps<'_>) -> DataType {
    let names: Vec<&str> = call
        .keywords
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let number = |name: &str| call.keyword(name).and_then(Expression::number);
    let text = |name: &str| {
        call.keyword(name)
            .and_then(Expression::text)
            .map(ToOwned::to_owned)
    };
    let time_zone = call
        .keyword("timezone")
        .and_then(Expression::boolean)
        .unwrap_or(false);
    let only = |known: &[&str]| {
        call.positional.is_empty() && names.iter().all(|name| known.contains(name))
    };
    let generic = match call.last_name() {
        "SmallInteger" if only(&[]) => Some(DataType::SmallInteger),
        "Integer" if only(&[]) => Some(DataType::Integer),
        "BigInteger" if only(&[]) => Some(DataType::BigInteger),
        "Boolean" if only(&[]) => Some(DataType::Boolean),
        "Date" if only(&[]) => Some(DataType::Date),
        "JSON" if only(&[]) => Some(DataType::Json),
        "Numeric" if only(&["precision", "scale"]) => Some(DataType::Numeric {
            precision: number("precision"),
            scale: call.keyword("scale").and_then(Expression::number),
        }),
        "Float" if only(&["precision"]) => Some(DataType::Float {
            precision: number("precision"),
        }),
        "Double" if only(&["precision"]) => Some(DataType::Double {
            precision: number("precision"),
        }),
        "String" if only(&["length", "collation"]) => Some(DataType::String {
            length: number("length"),
            collation: text("collation"),
        }),
        "Text" if only(&["length", "collation"]) => Some(DataType::Text {
            length: number("length"),
            collation: text("collation"),
        }),
        "Time" if only(&["timezone"]) => Some(DataType::Time { time_zone }),
        "DateTime" if only(&["timezone"]) => Some(DataType::DateTime { time_zone }),
        "LargeBinary" if only(&["length"]) => Some(DataType::Binary {
            length: number("length"),
        }),
        "Uuid" if only(&[]) => Some(DataType::Uuid { native: true }),
        "Enum"
            if names
                .iter()
                .all(|name| ["name", "schema", "native_enum", "length"].contains(name)) =>
        {
            Some(DataType::Enum(enum_type(call)))
        }
        "ARRAY" if only_dimensions(call) => call.positional.first().and_then(|item| match item {
            Expression::Call(item) => Some(DataType::Array(ArrayType {
                item: Box::new(read(item, gaps)),
                dimensions: number("dimensions"),
            })),
            _ => None,
        }),
        _ => None,
    };
    // Variants are not in it: `repr()` of a type does not show them.
    generic
        .or_else(|| named(call))
        .unwrap_or_else(|| modelled(call, gaps))
}

fn only_dimensions(call: &Call) -> bool {
    call.positional.len() == 1 && call.keywords.iter().all(|(name, _)| name == "dimensions")
}

fn enum_type(call: &Call) -> EnumType {
    let text = |name: &str| call.keyword(name).and_then(Expression::text);
    let values: Vec<&str> = call
        .positional
        .iter()
        .filter_map(Expression::text)
        .collect();
    let mut enum_type = EnumType::new("", &values);
    enum_type.name = text("name").map(|name| match text("schema") {
        Some(schema) => QualifiedName::new(name).in_schema(schema),
        None => QualifiedName::new(name),
    });
    enum_type.native = call
        .keyword("native_enum")
        .and_then(Expression::boolean)
        .unwrap_or(true);
    enum_type.length = call.keyword("length").and_then(Expression::number);
    enum_type
}

/// A type that is written in capitals, as a database names it.
fn named(call: &Call) -> Option<DataType> {
    let name = call.last_name();
    if name.chars().any(|letter| letter.is_lowercase()) {
        return None;
    }
    let mut named = NamedType::new(&name.replace("DOUBLE_PRECISION", "DOUBLE PRECISION"));
    for value in &call.positional {
        named
            .arguments
            .push(TypeArgument::Text(value.text()?.to_owned()));
    }
    let numbers = ["display_width", "fsp", "length", "precision", "scale"];
    for keyword in numbers {
        if let Some(value) = call.keyword(keyword) {
            named.arguments.push(TypeArgument::Number(value.number()?));
        }
    }
    for (keyword, value) in &call.keywords {
        let flag = value.boolean().unwrap_or(false);
        let text = || value.text().map(ToOwned::to_owned);
        match keyword.as_str() {
            "timezone" => named.time_zone = flag,
            "varying" => named.varying = flag,
            "unsigned" => named.unsigned = flag,
            "zerofill" => named.zerofill = flag,
            "ascii" => named.ascii = flag,
            "unicode" => named.unicode = flag,
            "binary" => named.binary = flag,
            "national" => named.national = flag,
            "fields" => named.fields = text(),
            "charset" => named.charset = text(),
            "collation" => named.collation = text(),
            "astext_type" | "text_type" => {}
            "asdecimal" if flag => {}
            keyword if numbers.contains(&keyword) => {}
            _ => return None,
        }
    }
    Some(DataType::Named(named))
}

/// A class of the project's, or one of SQLAlchemy's with arguments that only it understands.
fn modelled(call: &Call, gaps: &Gaps<'_>) -> DataType {
    let module = match gaps.module_of(call.last_name()).as_deref() {
        None | Some("sa") => "sqlalchemy.sql.sqltypes".to_owned(),
        Some(dialect @ ("postgresql" | "mysql" | "sqlite")) => {
            format!("sqlalchemy.dialects.{dialect}")
        }
        Some(own) => own.to_owned(),
    };
    DataType::Modelled(ModelType::new(
        module,
        &call.source,
        DataType::Custom(call.last_name().to_owned()),
    ))
}
