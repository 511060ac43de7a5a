//! Types of columns.
//!
//! Two layers, as in SQLAlchemy: generic types (`Boolean`, `DateTime`), for which every dialect has its own name, and
//! named types, written as a database names them. Both say what the user said; only a dialect knows the text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{EnumType, Identifier, ModelType, QualifiedName, flag};

/// The type of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DataType {
    /// 16 bits.
    SmallInteger,
    /// 32 bits (SQLite: 64).
    Integer,
    /// 64 bits.
    BigInteger,
    /// A truth value; a small integer where there is none.
    Boolean,
    /// An exact number.
    Numeric {
        /// Digits in all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
        /// Digits after the point.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scale: Option<i32>,
    },
    /// A binary floating point number.
    Float {
        /// Bits (MySQL: with `scale`, digits).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
    },
    /// A binary floating point number of 64 bits.
    Double {
        /// Digits in all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
    },
    /// Text of bounded length; unbounded without `length` where the database allows it.
    String {
        /// Characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        /// Collation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collation: Option<String>,
    },
    /// Text of any length.
    Text {
        /// Characters, where the database takes it as a hint (MySQL).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        /// Collation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collation: Option<String>,
    },
    /// A calendar date.
    Date,
    /// A time of day.
    Time {
        /// With a time zone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        time_zone: bool,
    },
    /// A date with a time of day.
    DateTime {
        /// With a time zone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        time_zone: bool,
    },
    /// A span of time; a date and time since the epoch where there is none.
    Interval {
        /// Whether the database's own type may be used.
        #[serde(default = "flag::on", skip_serializing_if = "flag::is_on")]
        native: bool,
        /// Digits of the seconds' fraction.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<u32>,
    },
    /// Bytes.
    Binary {
        /// Bytes, where the database takes it as a hint (MySQL).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
    },
    /// A JSON document.
    Json,
    /// A UUID; `CHAR(32)` where there is none.
    Uuid {
        /// Whether the database's own type may be used.
        #[serde(default = "flag::on", skip_serializing_if = "flag::is_on")]
        native: bool,
    },
    /// One of a fixed list of texts.
    Enum(EnumType),
    /// Many values of one type.
    Array(ArrayType),
    /// A domain, or any other type that the schema itself defines, by its name.
    Defined(QualifiedName),
    /// A type by the name that the database has for it.
    Named(NamedType),
    /// One type here, another there.
    Variants {
        /// The type where no other is named.
        base: Box<DataType>,
        /// The types of some dialects, by the dialect's name. What is said of `mysql` holds for `mariadb` too where
        /// nothing is said of that.
        by_dialect: BTreeMap<String, DataType>,
    },
    /// A type that the model's own language has a name for.
    Modelled(ModelType),
    /// Text that goes into the statement as it stands.
    Custom(String),
}

impl DataType {
    /// Bounded text, `VARCHAR(length)`.
    pub fn string(length: u32) -> Self {
        DataType::String {
            length: Some(length),
            collation: None,
        }
    }

    /// Text of any length.
    pub fn text() -> Self {
        DataType::Text {
            length: None,
            collation: None,
        }
    }

    /// A type by its SQL name, without arguments.
    pub fn named(name: &str) -> Self {
        DataType::Named(NamedType::new(name))
    }

    /// An array of `item` with an open number of dimensions.
    pub fn array_of(item: DataType) -> Self {
        DataType::Array(ArrayType {
            item: Box::new(item),
            dimensions: None,
        })
    }

    /// The type meant for `dialect`: the variant if there is one, else the type itself.
    pub fn for_dialect(&self, dialect: &str) -> &DataType {
        match self {
            DataType::Variants { base, by_dialect } => {
                let family = || by_dialect.get("mysql").filter(|_| dialect == "mariadb");
                let variant = by_dialect.get(dialect).or_else(family);
                variant.unwrap_or(base).for_dialect(dialect)
            }
            DataType::Modelled(model) => model.data_type.for_dialect(dialect),
            other => other,
        }
    }

    /// Whether the type is a whole number.
    pub fn is_integer(&self) -> bool {
        match self {
            DataType::SmallInteger | DataType::Integer | DataType::BigInteger => true,
            DataType::Named(named) => matches!(
                named.name.as_str(),
                "SMALLINT" | "INTEGER" | "INT" | "BIGINT" | "TINYINT" | "MEDIUMINT"
            ),
            DataType::Modelled(model) => model.data_type.is_integer(),
            _ => false,
        }
    }

    /// Whether the type is a number, so that a database may number rows by it.
    pub fn is_number(&self) -> bool {
        match self {
            DataType::Numeric { .. } | DataType::Float { .. } | DataType::Double { .. } => true,
            DataType::Named(named) => {
                self.is_integer()
                    || matches!(
                        named.name.as_str(),
                        "NUMERIC" | "DECIMAL" | "FLOAT" | "REAL" | "DOUBLE" | "DOUBLE PRECISION"
                    )
            }
            DataType::Variants { base, .. } => base.is_number(),
            DataType::Modelled(model) => model.data_type.is_number(),
            _ => self.is_integer(),
        }
    }
}

/// An array type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrayType {
    /// What it holds; never an array itself.
    pub item: Box<DataType>,
    /// Number of dimensions, where stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<u32>,
}

/// A type by its SQL name with everything that can stand around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedType {
    /// The name in upper case, words parted by one blank: `VARCHAR`, `DOUBLE PRECISION`, `INT4RANGE`.
    pub name: String,
    /// The schema of an extension's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Identifier>,
    /// What stands in parentheses after the name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<TypeArgument>,
    /// `WITH TIME ZONE` of a time or timestamp.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub time_zone: bool,
    /// `VARYING` of a bit string.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub varying: bool,
    /// The fields of an interval, such as `DAY TO SECOND`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<String>,
    /// MySQL `UNSIGNED`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsigned: bool,
    /// MySQL `ZEROFILL`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub zerofill: bool,
    /// MySQL `CHARACTER SET`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Collation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// MySQL `ASCII`, a short form of a character set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ascii: bool,
    /// MySQL `UNICODE`, a short form of a character set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unicode: bool,
    /// MySQL `BINARY`, the binary collation of the character set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub binary: bool,
    /// MySQL `NATIONAL`, which overrules any character set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub national: bool,
}

impl NamedType {
    /// A type without arguments; `name` in any case.
    pub fn new(name: &str) -> Self {
        NamedType {
            name: name.to_uppercase(),
            ..NamedType::default()
        }
    }

    /// The same type with numbers in parentheses.
    pub fn with_numbers(mut self, numbers: &[i64]) -> Self {
        self.arguments = numbers.iter().copied().map(TypeArgument::Number).collect();
        self
    }
}

/// One argument of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TypeArgument {
    /// A length, precision, scale or display width.
    Number(i64),
    /// A text, written as a literal (values of MySQL's `SET`).
    Text(String),
}
