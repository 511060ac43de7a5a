//! Types of columns: the text of `format_type`, read so that the dialect writes the same type again.

use super::{Names, user_types::UserTypes};
use crate::{
    dialect::inspect::{Cells, TypeWords},
    schema::{ArrayType, DataType, Identifier, NamedType, TypeArgument},
};

/// The select list that describes a type; `type_id` and `modifier` are expressions. It wants the type as `t` and, for an
/// array, its element as `e`, with their namespaces as `tn` and `en`: see [`JOINS`].
pub(super) fn select(type_id: &str, modifier: &str) -> String {
    format!(
        "format_type(COALESCE(e.oid, {type_id}), {modifier}), e.oid IS NOT NULL, COALESCE(e.typtype, t.typtype), \
         COALESCE(en.nspname, tn.nspname), COALESCE(e.typname, t.typname)"
    )
}

/// The joins for [`select`], when `t` is joined already.
pub(super) const JOINS: &str = "JOIN pg_namespace AS tn ON tn.oid = t.typnamespace \
     LEFT JOIN pg_type AS e ON e.oid = t.typelem AND t.typcategory = 'A' AND t.typlen = -1 AND t.typtype = 'b' \
     LEFT JOIN pg_namespace AS en ON en.oid = e.typnamespace";

/// A type as the catalogue describes it.
#[derive(Clone, Debug)]
pub(super) struct Described {
    text: String,
    array: bool,
    kind: String,
    schema: String,
    name: String,
    /// Dimensions of an array, as far as they are known.
    pub(super) dimensions: i64,
    /// A collation other than the type's own.
    pub(super) collation: Option<String>,
}

impl Described {
    /// Takes the cells of [`select`].
    pub(super) fn take(cells: &mut Cells) -> Described {
        Described {
            text: cells.text(),
            array: cells.flag(),
            kind: cells.text(),
            schema: cells.text(),
            name: cells.text(),
            dimensions: 0,
            collation: None,
        }
    }

    /// Whether it is an enum, or an array of one.
    pub(super) fn is_enum(&self) -> bool {
        self.kind == "e"
    }

    /// The type.
    pub(super) fn data_type(&self, types: &UserTypes, names: &Names) -> DataType {
        let item = self.item(types, names);
        if !self.array {
            return item;
        }
        DataType::Array(ArrayType {
            item: Box::new(item),
            dimensions: u32::try_from(self.dimensions)
                .ok()
                .filter(|count| *count > 1),
        })
    }

    fn item(&self, types: &UserTypes, names: &Names) -> DataType {
        match self.kind.as_str() {
            "e" => match types.enumeration(&self.schema, &self.name) {
                Some(found) => DataType::Enum(found),
                None => DataType::Defined(names.qualified(&self.schema, &self.name)),
            },
            "b" | "p" => self.base(names),
            _ if self.schema == "pg_catalog" => self.base(names),
            _ => DataType::Defined(names.qualified(&self.schema, &self.name)),
        }
    }

    fn base(&self, names: &Names) -> DataType {
        let custom = || DataType::Custom(self.text.clone());
        let Some(words) = self.words() else {
            return custom();
        };
        let named = match self.schema.as_str() {
            "pg_catalog" => built_in(&words),
            _ => self.of_extension(&words, names),
        };
        match named {
            Some(named) => DataType::Named(NamedType {
                collation: self.collation.clone(),
                ..named
            }),
            None => custom(),
        }
    }

    /// The text in parts; modifiers that are words (`geometry(Point,4326)`) count as texts.
    fn words(&self) -> Option<TypeWords> {
        TypeWords::of(&self.text).or_else(|| {
            let (name, inside) = self.text.strip_suffix(')')?.split_once('(')?;
            let arguments = inside
                .split(',')
                .map(|word| match word.parse() {
                    Ok(number) => TypeArgument::Number(number),
                    Err(_) => TypeArgument::Text(word.to_owned()),
                })
                .collect();
            Some(TypeWords {
                name: name.to_uppercase(),
                arguments,
                rest: String::new(),
            })
        })
    }

    fn of_extension(&self, words: &TypeWords, names: &Names) -> Option<NamedType> {
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        let simple = self.name.chars().all(plain) && words.rest.is_empty();
        simple.then(|| NamedType {
            name: self.name.to_uppercase(),
            schema: (!names.is_default(&self.schema) && self.text.contains('.'))
                .then(|| Identifier::new(self.schema.as_str())),
            arguments: words.arguments.clone(),
            ..NamedType::default()
        })
    }
}

/// A type of the server's own; `None` for one that only its quoted text names (`"char"`).
fn built_in(words: &TypeWords) -> Option<NamedType> {
    let mut named = words.named();
    match words.name.as_str() {
        name if name.starts_with('"') => return None,
        "CHARACTER VARYING" => named.name = "VARCHAR".to_owned(),
        "CHARACTER" => named.name = "CHAR".to_owned(),
        "BIT VARYING" => {
            named.name = "BIT".to_owned();
            named.varying = true;
        }
        "TIMESTAMP" | "TIME" => named.time_zone = words.rest == "WITH TIME ZONE",
        "TIMESTAMP WITHOUT TIME ZONE"
        | "TIME WITHOUT TIME ZONE"
        | "TIMESTAMP WITH TIME ZONE"
        | "TIME WITH TIME ZONE" => {
            let (name, zone) = words.name.split_once(' ')?;
            named.time_zone = zone == "WITH TIME ZONE";
            named.name = name.to_owned();
        }
        name if name.starts_with("INTERVAL ") => {
            named.fields = name.strip_prefix("INTERVAL ").map(str::to_owned);
            named.name = "INTERVAL".to_owned();
        }
        "INTERVAL" | "NUMERIC" => {}
        _ if words.rest.is_empty() => {}
        _ => return None,
    }
    Some(named)
}
