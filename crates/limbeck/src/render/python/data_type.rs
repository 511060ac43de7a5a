//! Types, as SQLAlchemy's `repr()` writes them.

use super::{Call, Item, Writer, literal, named_type};
use crate::{
    dialect::DialectName,
    schema::{ArrayType, Check, DataType, EnumType, ModelType, QualifiedName},
};

/// What Python calls the modules of what was not imported: env.py, and the program.
const NO_MODULES: [&str; 3] = ["env_py", "__main__", "builtins"];

impl Writer<'_> {
    /// A type's text. `check` is the CHECK that stands for it in the table.
    pub(super) fn data_type(&mut self, data_type: &DataType, check: Option<&Check>) -> String {
        if let Some(Some(own)) = self.item(Item::Type(data_type)) {
            return own;
        }
        match data_type {
            DataType::Enum(enum_type) => self.enum_type(enum_type, check),
            DataType::Array(array) => self.array(array, check),
            DataType::Named(named) => named_type::text(self, named, check),
            DataType::Modelled(model) => self.modelled(model),
            DataType::Variants { base, by_dialect } => {
                let mut text = self.data_type(base, check);
                for (dialect, variant) in by_dialect {
                    let variant = self.data_type(variant, check);
                    let dialect = literal::string(dialect);
                    text.push_str(&format!(".with_variant({variant}, {dialect})"));
                }
                text
            }
            DataType::Defined(name) => {
                let sql = self.qualified_sql(name);
                self.custom(&sql)
            }
            DataType::Custom(sql) => self.custom(sql),
            generic => self.generic(generic, check),
        }
    }

    fn generic(&self, data_type: &DataType, check: Option<&Check>) -> String {
        let number = |value: Option<u32>| value.map(|value| value.to_string());
        let begin = |name: &str| Call::new(self.sqlalchemy(name));
        let call = match data_type {
            DataType::SmallInteger => begin("SmallInteger"),
            DataType::Integer => begin("Integer"),
            DataType::BigInteger => begin("BigInteger"),
            DataType::Boolean => {
                let mut call = begin("Boolean");
                self.type_check(&mut call, check);
                call
            }
            DataType::Numeric { precision, scale } => {
                let mut call = begin("Numeric");
                call.keyword_if("precision", number(*precision));
                call.keyword_if("scale", scale.map(|scale| scale.to_string()));
                call
            }
            DataType::Float { precision } => {
                let mut call = begin("Float");
                call.keyword_if("precision", number(*precision));
                call
            }
            DataType::Double { precision } => {
                let mut call = begin("Double");
                call.keyword_if("precision", number(*precision));
                call
            }
            DataType::String { length, collation } | DataType::Text { length, collation } => {
                let is_text = matches!(data_type, DataType::Text { .. });
                let mut call = begin(if is_text { "Text" } else { "String" });
                call.keyword_if("length", number(*length));
                call.keyword_if("collation", collation.as_deref().map(literal::string));
                call
            }
            DataType::Date => begin("Date"),
            DataType::Time { time_zone } | DataType::DateTime { time_zone } => {
                let is_time = matches!(data_type, DataType::Time { .. });
                let mut call = begin(if is_time { "Time" } else { "DateTime" });
                call.flag("timezone", *time_zone);
                call
            }
            DataType::Interval { native, precision } => {
                let mut call = begin("Interval");
                call.keyword_if("native", (!native).then_some("False"));
                call.keyword_if("second_precision", number(*precision));
                call
            }
            DataType::Binary { length } => {
                let mut call = begin("LargeBinary");
                call.keyword_if("length", number(*length));
                call
            }
            DataType::Json => begin("JSON"),
            DataType::Uuid { native } => {
                let mut call = begin("Uuid");
                call.keyword_if("native_uuid", (!native).then_some("False"));
                call
            }
            // The others have been dealt with.
            _ => begin("types.NullType"),
        };
        call.text()
    }

    /// Asks for the CHECK that stands for a type where there is none in the database.
    pub(super) fn type_check(&self, call: &mut Call, check: Option<&Check>) {
        if let Some(check) = check {
            call.flag("create_constraint", true);
            let name = check.name.as_ref().map(|name| self.final_name(name));
            call.keyword_if("name", name);
        }
    }

    /// `sa.Enum(…)`, or the type of a dialect that alone can say it.
    fn enum_type(&mut self, enum_type: &EnumType, check: Option<&Check>) -> String {
        let of_mysql = enum_type.charset.is_some() || enum_type.collation.is_some();
        // Elsewhere an enum is no type of its own, which would be created or not.
        let has_type = matches!(
            self.dialect(),
            DialectName::Postgresql | DialectName::Generic
        );
        let create_type = enum_type.create_type || !has_type;
        let mut call = if of_mysql {
            Call::new(self.of_dialect("mysql", "ENUM"))
        } else if create_type || !enum_type.native {
            Call::new(self.sqlalchemy("Enum"))
        } else {
            Call::new(self.of_dialect("postgresql", "ENUM"))
        };
        for value in &enum_type.values {
            call.argument(literal::string(value));
        }
        if of_mysql {
            call.keyword_if("charset", enum_type.charset.as_deref().map(literal::string));
            let collation = enum_type.collation.as_deref();
            call.keyword_if("collation", collation.map(literal::string));
            return call.text();
        }
        let own_name = enum_type.name.as_ref().map(|name| &name.name);
        let check_name = check.and_then(|check| check.name.as_ref());
        let name = own_name.or(check_name);
        call.keyword_if("name", name.map(|name| literal::string(name.as_str())));
        let schema = enum_type
            .name
            .as_ref()
            .and_then(|name| self.schema_of(name));
        call.keyword_if("schema", schema);
        if !enum_type.native {
            call.keyword("native_enum", "False");
        } else if !create_type {
            call.keyword("create_type", "False");
        }
        call.flag("create_constraint", check.is_some());
        let length = enum_type.length.filter(|_| !enum_type.native);
        call.keyword_if("length", length.map(|length| length.to_string()));
        call.text()
    }

    fn array(&mut self, array: &ArrayType, check: Option<&Check>) -> String {
        let item = self.data_type(&array.item, check);
        let name = match self.dialect() {
            DialectName::Postgresql => self.of_dialect("postgresql", "ARRAY"),
            _ => self.sqlalchemy("ARRAY"),
        };
        let mut call = Call::new(name);
        call.argument(item);
        let dimensions = array.dimensions.map(|dimensions| dimensions.to_string());
        call.keyword_if("dimensions", dimensions);
        call.text()
    }

    /// By the module that defines it: SQLAlchemy's, one of its dialects', or the project's.
    fn modelled(&mut self, model: &ModelType) -> String {
        let expression = &model.expression;
        if let Some(rest) = model.module.strip_prefix("sqlalchemy.dialects.") {
            let dialect = rest.split('.').next().unwrap_or(rest);
            return self.of_dialect(dialect, expression);
        }
        if model.module.starts_with("sqlalchemy.") {
            return self.sqlalchemy(expression);
        }
        match &self.settings.user_module_prefix {
            Some(prefix) => format!("{prefix}{expression}"),
            None => {
                // A class of env.py itself is in no module that a script could import.
                if self.settings.imports_user_types && !NO_MODULES.contains(&model.module.as_str())
                {
                    self.imports.insert(format!("import {}", model.module));
                }
                format!("{}.{expression}", model.module)
            }
        }
    }

    fn qualified_sql(&self, name: &QualifiedName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.quoted(schema), self.quoted(&name.name)),
            None => self.quoted(&name.name),
        }
    }

    /// A type that SQLAlchemy has no class for: one is made on the spot.
    pub(super) fn custom(&self, sql: &str) -> String {
        format!(
            "type('Custom', ({},), {{'cache_ok': True, 'get_col_spec': lambda self, **kw: {}}})()",
            self.sqlalchemy("types.UserDefinedType"),
            literal::string(sql)
        )
    }
}
