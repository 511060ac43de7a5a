//! Operations from the arguments of a case.

use limbeck::dialect::DialectName;
use limbeck::operation::{
    AddColumn, AddConstraint, AlterColumn, CreateIndex, DropColumn, DropConstraint, DropIndex,
    DropTable, Given, Operation, SetTableComment,
};
use limbeck::schema::{
    Check, Constraint, ConstraintKind, DataType, Deferral, Exclude, ExcludeElement, ForeignKey,
    Identifier, Index, IndexElement, IndexKey, ModelOption, QualifiedName, Unique,
};
use serde_json::{Map, Value};

use super::gaps::Gaps;
use super::python::{self, Expression};
use super::{constraint, data_type, default};

/// Reads one case's arguments.
pub(super) struct Reader<'c> {
    pub(super) args: &'c Map<String, Value>,
    pub(super) gaps: &'c Gaps<'c>,
    dialect: DialectName,
}

impl<'c> Reader<'c> {
    pub(super) fn new(
        args: &'c Map<String, Value>,
        dialect: DialectName,
        gaps: &'c Gaps<'c>,
    ) -> Self {
        Reader {
            args,
            gaps,
            dialect,
        }
    }

    /// The operation that Alembic calls `name`.
    pub(super) fn read(&self, name: &str) -> Result<Operation, String> {
        Ok(match name {
            "CreateTableOp" => self.create_table()?.into(),
            "DropTableOp" => DropTable {
                table: self.qualified("table_name")?,
                if_exists: self.flag("if_exists"),
                cascade: false,
                original: None,
            }
            .into(),
            "CreateTableCommentOp" | "DropTableCommentOp" => SetTableComment {
                table: self.qualified("table_name")?,
                comment: self.text("comment")?,
                existing: self.text("existing_comment")?,
            }
            .into(),
            "AddColumnOp" => {
                let column = self
                    .args
                    .get("column")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let mut add = AddColumn::new(self.qualified("table_name")?, self.column(column)?);
                add.if_not_exists = self.flag("if_not_exists");
                add.into()
            }
            "DropColumnOp" => DropColumn {
                table: self.qualified("table_name")?,
                column: self.wanted("column_name")?.into(),
                if_exists: self.flag("if_exists"),
                cascade: false,
                original: None,
            }
            .into(),
            "AlterColumnOp" => self.alter_column()?.into(),
            "CreateIndexOp" => CreateIndex {
                table: self.qualified("table_name")?,
                index: self.index()?,
                if_not_exists: self.flag("if_not_exists"),
                concurrently: self.option_flag("postgresql_concurrently"),
            }
            .into(),
            "DropIndexOp" => {
                let table = self.qualified("table_name")?;
                let name = self.gaps.name(&self.wanted("index_name")?);
                DropIndex {
                    index: table.sibling(name),
                    table: Some(table),
                    if_exists: self.flag("if_exists"),
                    concurrently: self.option_flag("postgresql_concurrently"),
                    original: Some(self.index()?),
                }
                .into()
            }
            "DropConstraintOp" => DropConstraint {
                table: self.qualified("table_name")?,
                name: self.constraint_name()?,
                kind: match self.text("constraint_type")?.as_deref() {
                    Some("unique") => Some(ConstraintKind::Unique),
                    Some("foreignkey") => Some(ConstraintKind::ForeignKey),
                    Some("primary") => Some(ConstraintKind::PrimaryKey),
                    Some("check") => Some(ConstraintKind::Check),
                    _ => None,
                },
                if_exists: self.flag("if_exists"),
                cascade: false,
                original: None,
            }
            .into(),
            "ExecuteSQLOp" => Operation::execute(self.wanted("sqltext")?),
            _ => self.add_constraint(name)?.into(),
        })
    }

    fn add_constraint(&self, name: &str) -> Result<AddConstraint, String> {
        if name == "CreateForeignKeyOp" {
            return self.create_foreign_key();
        }
        let deferral = || {
            Ok::<_, String>(Deferral {
                deferrable: self.option("deferrable")?.and_then(|value| value.boolean()),
                initially: self
                    .option("initially")?
                    .and_then(|value| value.text().map(ToOwned::to_owned)),
            })
        };
        let table = self.qualified("table_name")?;
        let constraint = match name {
            "CreateUniqueConstraintOp" => Constraint::Unique(Unique {
                name: self.constraint_name()?,
                deferral: deferral()?,
                nulls_distinct: self
                    .option("postgresql_nulls_not_distinct")?
                    .and_then(|value| Some(!value.boolean()?)),
                ..Unique::new(self.texts("columns")?)
            }),
            "CreateCheckConstraintOp" => Constraint::Check(Check {
                name: self.constraint_name()?,
                deferral: deferral()?,
                ..Check::new(self.condition("condition")?.ok_or("no condition")?)
            }),
            "CreateExcludeConstraintOp" => Constraint::Exclude(Exclude {
                name: self.constraint_name()?,
                using: self
                    .option("using")?
                    .and_then(|value| value.text().map(ToOwned::to_owned))
                    .unwrap_or_default(),
                elements: self.exclude_elements()?,
                predicate: self.condition("where")?,
                deferral: deferral()?,
            }),
            other => return Err(format!("unknown operation {other}")),
        };
        Ok(AddConstraint { table, constraint })
    }

    fn create_foreign_key(&self) -> Result<AddConstraint, String> {
        let table = |name: &str, schema: &str| -> Result<QualifiedName, String> {
            let table = QualifiedName::new(self.wanted(name)?);
            let schema = self.option(schema)?;
            Ok(match schema.as_ref().and_then(Expression::text) {
                Some(schema) => table.in_schema(schema),
                None => table,
            })
        };
        let mut key = ForeignKey::new(
            self.texts("local_cols")?,
            table("referent_table", "referent_schema")?,
            self.texts("remote_cols")?,
        );
        constraint::options(&mut key, &|name| self.option(name).ok().flatten());
        key.name = self.constraint_name()?;
        Ok(AddConstraint {
            table: table("source_table", "source_schema")?,
            constraint: Constraint::ForeignKey(key),
        })
    }

    fn exclude_elements(&self) -> Result<Vec<ExcludeElement>, String> {
        let elements = self.args.get("elements").and_then(Value::as_array);
        elements
            .into_iter()
            .flatten()
            .map(|pair| {
                let text = |at: usize| pair.get(at).and_then(Value::as_str).unwrap_or_default();
                let operator = python::read(text(1))?;
                Ok(ExcludeElement {
                    key: self.index_key(text(0))?,
                    operator_class: None,
                    operator: operator.text().unwrap_or_default().to_owned(),
                })
            })
            .collect()
    }

    fn alter_column(&self) -> Result<AlterColumn, String> {
        let mut alter =
            AlterColumn::new(self.qualified("table_name")?, self.wanted("column_name")?);
        let data_type = |name: &str| -> Result<Option<DataType>, String> {
            Ok(match self.argument(name)? {
                Some(Expression::Call(call)) => Some(data_type::read(&call, self.gaps)),
                _ => None,
            })
        };
        let default = |name: &str| {
            Ok::<_, String>(match self.argument(name)? {
                None | Some(Expression::Boolean(false)) => Given::No,
                Some(value) => Given::Value(default::read(&value, self.gaps)?),
            })
        };
        alter.new_name = self.text("modify_name")?.map(Identifier::from);
        alter.data_type = data_type("modify_type")?;
        alter.nullable = self
            .argument("modify_nullable")?
            .and_then(|value| value.boolean());
        alter.default = default("modify_server_default")?;
        alter.comment = match self.argument("modify_comment")? {
            None | Some(Expression::Boolean(false)) => Given::No,
            Some(value) => Given::Value(value.text().map(ToOwned::to_owned)),
        };
        alter.autoincrement = self
            .option("autoincrement")?
            .and_then(|value| value.boolean());
        alter.existing.data_type = data_type("existing_type")?;
        alter.existing.nullable = self
            .argument("existing_nullable")?
            .and_then(|value| value.boolean());
        // A default that is being replaced is not written; its text is in no case.
        if alter.default.is_no() {
            alter.existing.default = default("existing_server_default")?;
        }
        alter.existing.comment = self.text("existing_comment")?;
        Ok(alter)
    }

    fn index(&self) -> Result<Index, String> {
        let columns = self.args.get("columns").and_then(Value::as_array);
        let elements: Result<Vec<IndexElement>, String> = columns
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|text| {
                Ok(match self.index_key(text)? {
                    IndexKey::Column(column) => IndexElement::column(column),
                    IndexKey::Expression(sql) => IndexElement::expression(self.grouped(&sql)),
                })
            })
            .collect();
        let name = self.wanted("index_name")?;
        let mut index = Index {
            name: Some(self.gaps.name(&name)),
            elements: elements?,
            unique: self.flag("unique"),
            ..Index::default()
        };
        for (name, value) in self.options() {
            let text = value.as_str().unwrap_or_default();
            match name.as_str() {
                "unique" | "postgresql_concurrently" => {}
                "postgresql_where" | "sqlite_where" => {
                    index.predicate = self.sql(text).or(Some(text.to_owned()));
                }
                "postgresql_using" | "mysql_using" => {
                    index.using = python::read(text)?.text().map(ToOwned::to_owned);
                }
                _ => index.model_options.push(ModelOption {
                    name: name.clone(),
                    value: self.option_text(name, value)?,
                }),
            }
        }
        Ok(index)
    }

    /// An option's value as it is written.
    fn option_text(&self, name: &str, value: &Value) -> Result<String, String> {
        let Some(items) = value.as_array() else {
            return Ok(value.as_str().unwrap_or_default().to_owned());
        };
        let items: Result<Vec<String>, String> = items
            .iter()
            .filter_map(Value::as_str)
            .map(|item| match self.index_key(item)? {
                IndexKey::Column(column) => Ok(format!("'{column}'")),
                IndexKey::Expression(_) => Ok(item.to_owned()),
            })
            .collect();
        let items = items?;
        Ok(match (self.gaps.is_tuple(name), items.as_slice()) {
            (true, [one]) => format!("({one},)"),
            (true, many) => format!("({})", many.join(", ")),
            (false, many) => format!("[{}]", many.join(", ")),
        })
    }

    /// A column, a name or `SQL<…>`.
    fn index_key(&self, text: &str) -> Result<IndexKey, String> {
        if let Some(sql) = self.sql(text) {
            return Ok(IndexKey::Expression(sql));
        }
        match python::read(text)? {
            Expression::Text(name) => Ok(IndexKey::Column(name.into())),
            Expression::Call(call) => {
                let name = call.positional.first().and_then(Expression::text);
                Ok(IndexKey::Column(name.unwrap_or_default().into()))
            }
            other => Err(format!("neither column nor expression: {other:?}")),
        }
    }

    /// MySQL and PostgreSQL take operators in an index in parentheses only; our indexes hold the text as it stands.
    fn grouped(&self, sql: &str) -> String {
        let is_name = |text: &str| {
            text.chars()
                .all(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let is_call = sql.ends_with(')') && is_name(sql.split('(').next().unwrap_or_default());
        let sorted = sql.ends_with(" DESC") || sql.ends_with(" ASC");
        let wants = match self.dialect {
            DialectName::Mysql | DialectName::Mariadb => {
                !is_name(sql) && !sorted && !sql.starts_with('(')
            }
            DialectName::Postgresql => {
                !is_name(sql) && !sorted && !is_call && !sql.starts_with('(')
            }
            DialectName::Generic | DialectName::Sqlite => false,
            _ => false,
        };
        if wants {
            format!("({sql})")
        } else {
            sql.to_owned()
        }
    }

    /// The SQL of `SQL<…>`, without the table before its columns.
    fn sql(&self, text: &str) -> Option<String> {
        let sql = text.strip_prefix("SQL<")?.strip_suffix('>')?;
        let table = self.text("table_name").ok().flatten().unwrap_or_default();
        let quoted = format!("\"{table}\".");
        let mut plain = String::new();
        let mut rest = sql;
        let before_is_word = |text: &str| {
            text.chars()
                .last()
                .is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        };
        while let Some(at) = rest.find(&format!("{table}.")) {
            let (before, after) = rest.split_at(at);
            plain.push_str(before);
            let whole = !before_is_word(&plain) && !table.is_empty();
            if !whole {
                plain.push_str(&after[..table.len() + 1]);
            }
            rest = &after[table.len() + 1..];
        }
        plain.push_str(rest);
        Some(plain.replace(&quoted, ""))
    }

    /// SQL that is a clause or a string.
    fn condition(&self, name: &str) -> Result<Option<String>, String> {
        let text = self
            .args
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or("None");
        match self.sql(text) {
            Some(sql) => Ok(Some(sql)),
            None => self.text(name),
        }
    }

    fn constraint_name(&self) -> Result<Option<Identifier>, String> {
        Ok(self
            .text("constraint_name")?
            .map(|name| self.gaps.name(&name)))
    }

    fn argument(&self, name: &str) -> Result<Option<Expression>, String> {
        match self.args.get(name).and_then(Value::as_str) {
            Some(text) => match self.sql(text) {
                Some(_) => Ok(Some(Expression::Other(text.to_owned()))),
                None => python::read(text).map(Some),
            },
            None => Ok(None),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, String> {
        let value = self.argument(name)?;
        Ok(value
            .as_ref()
            .and_then(Expression::text)
            .map(ToOwned::to_owned))
    }

    fn wanted(&self, name: &str) -> Result<String, String> {
        self.text(name)?.ok_or_else(|| format!("no {name}"))
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.args.get(name).and_then(Value::as_str) == Some("True")
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, String> {
        let items = self.args.get(name).and_then(Value::as_array);
        items
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|text| match self.index_key(text)? {
                IndexKey::Column(column) => Ok(column.to_string()),
                IndexKey::Expression(sql) => Ok(sql),
            })
            .collect()
    }

    /// The options in `kw`.
    pub(super) fn options(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.args
            .get("kw")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
    }

    fn option(&self, name: &str) -> Result<Option<Expression>, String> {
        let value = self.options().find(|(key, _)| *key == name);
        match value.and_then(|(_, value)| value.as_str()) {
            Some(text) => python::read(text).map(Some),
            None => Ok(None),
        }
    }

    fn option_flag(&self, name: &str) -> bool {
        matches!(self.option(name), Ok(Some(Expression::Boolean(true))))
    }
}
