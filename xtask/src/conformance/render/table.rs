//! Tables and columns from their `repr()`.

use limbeck::operation::CreateTable;
use limbeck::schema::{
    Check, Column, Constraint, Identifier, ModelOption, MysqlOption, QualifiedName, Table,
};
use serde_json::Value;

use super::operation::Reader;
use super::python::{self, Call, Expression};
use super::{constraint, data_type, default};

impl Reader<'_> {
    /// `Column('x', Integer(), …)`
    pub(super) fn column(&self, text: &str) -> Result<Column, String> {
        let Expression::Call(call) = python::read(text)? else {
            return Err(format!("no column: {text}"));
        };
        let name = call.positional.first().and_then(Expression::text);
        let name = name.ok_or_else(|| format!("a column without a name: {text}"))?;
        let Some(Expression::Call(given)) = call.positional.get(1) else {
            return Err(format!("a column without a type: {text}"));
        };
        let mut column = Column::new(name, data_type::read(given, self.gaps));
        for (keyword, value) in &call.keywords {
            match keyword.as_str() {
                "nullable" => column.nullable = value.boolean().unwrap_or(true),
                "server_default" if is_fetched(value) => column.model_options.push(ModelOption {
                    name: "server_default".to_owned(),
                    value: "sa.FetchedValue()".to_owned(),
                }),
                "server_default" => column.default = default::read(value, self.gaps)?,
                "comment" => column.comment = value.text().map(ToOwned::to_owned),
                "table" | "primary_key" | "key" | "onupdate" | "default" => {}
                _ => return Err(format!("unknown part of a column: {keyword}")),
            }
        }
        self.lost_parts(&mut column);
        Ok(column)
    }

    /// What `repr()` of a column leaves out: `autoincrement`, `system` and options of dialects.
    fn lost_parts(&self, column: &mut Column) {
        let Some(written) = self.gaps.column(column.name.as_str()) else {
            return;
        };
        column.autoincrement = written
            .keyword("autoincrement")
            .and_then(Expression::boolean);
        column.system = written.keyword("system").is_some();
        for (name, _) in &written.keywords {
            if let Some((_, value)) = written.source.split_once(&format!("{name}="))
                && name.contains('_')
                && name != "server_default"
            {
                column.model_options.push(ModelOption {
                    name: name.clone(),
                    value: argument(value).to_owned(),
                });
            }
        }
    }

    pub(super) fn create_table(&self) -> Result<CreateTable, String> {
        let mut table = Table::new(self.qualified("table_name")?, Vec::new());
        let items = self.args.get("columns").and_then(Value::as_array);
        for item in items.into_iter().flatten().filter_map(Value::as_str) {
            if item.starts_with("Column(") {
                table.columns.push(self.column(item)?);
            } else if item == "ForeignKeyConstraint" || item.contains(" FOREIGN KEY(") {
                let key = match self.gaps.foreign_key() {
                    Some(call) => constraint::foreign_key(&call, self.gaps)?,
                    // The project leaves it out: any will do.
                    None => limbeck::schema::ForeignKey::new(["?"], "?", ["?"]),
                };
                table.constraints.push(Constraint::ForeignKey(key));
            } else if let Some(sql) = item.strip_prefix("CONSTRAINT<") {
                let sql = sql.strip_suffix('>').unwrap_or(sql);
                table
                    .constraints
                    .extend(constraint::of_statement(sql, self.gaps)?);
            } else {
                // A class that nobody knows.
                table.constraints.push(Constraint::Check(Check::new(item)));
            }
        }
        order_primary_key(&mut table);
        table.comment = self.text("comment")?;
        let prefixes = self.args.get("prefixes").and_then(Value::as_array);
        for prefix in prefixes.into_iter().flatten().filter_map(Value::as_str) {
            let prefix = python::read(prefix)?;
            table.prefixes.extend(prefix.text().map(ToOwned::to_owned));
        }
        self.table_options(&mut table)?;
        Ok(CreateTable {
            table,
            if_not_exists: self.flag("if_not_exists"),
        })
    }

    fn table_options(&self, table: &mut Table) -> Result<(), String> {
        let info = self.args.get("info").and_then(Value::as_object);
        if let Some(info) = info.filter(|info| !info.is_empty()) {
            let entries = info
                .iter()
                .map(|(name, value)| format!("'{name}': {}", value.as_str().unwrap_or_default()));
            let entries: Vec<String> = entries.collect();
            table.model_options.push(ModelOption {
                name: "info".to_owned(),
                value: format!("{{{}}}", entries.join(", ")),
            });
        }
        for (name, value) in self.options() {
            let text = value.as_str().unwrap_or_default();
            let read = python::read(text)?;
            if let (Some(option), Some(value)) = (name.strip_prefix("mysql_"), read.text()) {
                table.options.mysql.push(MysqlOption {
                    name: option.to_uppercase(),
                    value: value.to_owned(),
                });
                continue;
            }
            match name.as_str() {
                "sqlite_autoincrement" => table.options.sqlite.autoincrement = true,
                "sqlite_strict" => table.options.sqlite.strict = true,
                _ => table.model_options.push(ModelOption {
                    name: name.clone(),
                    value: text.to_owned(),
                }),
            }
        }
        Ok(())
    }

    /// A name with the schema beside it.
    pub(super) fn qualified(&self, argument: &str) -> Result<QualifiedName, String> {
        let name = self
            .text(argument)?
            .ok_or_else(|| format!("no {argument}"))?;
        let name = QualifiedName::new(Identifier::new(name));
        Ok(match self.text("schema")? {
            Some(schema) => name.in_schema(schema.as_str()),
            None => name,
        })
    }
}

/// The statement names the column that numbers the rows first; the constraint has its columns as the table does.
fn order_primary_key(table: &mut Table) {
    let position = |name: &Identifier| table.columns.iter().position(|column| column.name == *name);
    for constraint in &mut table.constraints {
        let Constraint::PrimaryKey(key) = constraint else {
            continue;
        };
        let first = key.columns.first().and_then(&position);
        let numbered = first.and_then(|at| table.columns.get(at)?.autoincrement);
        if numbered == Some(true) {
            key.columns.sort_by_key(&position);
        }
    }
}

fn is_fetched(value: &Expression) -> bool {
    matches!(value, Expression::Call(Call { name, .. }) if name == "FetchedValue")
        || matches!(value, Expression::Other(text) if text.contains("FetchedValue"))
}

/// The argument that `text` begins with.
fn argument(text: &str) -> &str {
    let mut depth = 0_usize;
    let end = text.char_indices().find(|(_, letter)| {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            ')' | ',' => return depth == 0,
            _ => {}
        }
        false
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}
