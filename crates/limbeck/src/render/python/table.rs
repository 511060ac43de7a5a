//! Tables: `op.create_table(…)` and its kind.

use super::{Call, Writer, column::stands_for_type_of, literal, writer::with_model_options};
use crate::{
    operation::{CreateTable, DropTable, RenameTable, SetTableComment},
    schema::{Check, Constraint, MysqlOption, QualifiedName, Table},
};

impl Writer<'_> {
    /// A schema as an argument.
    pub(super) fn schema_of(&self, name: &QualifiedName) -> Option<String> {
        let schema = name.schema.as_ref()?;
        Some(literal::string(schema.as_str()))
    }

    /// `op.create_table(…)`, without the table's indexes.
    pub(super) fn create_table(&mut self, create: &CreateTable) -> String {
        let table = &create.table;
        let parts = self.columns_and_constraints(table);
        let parts = if parts.len() > self.settings.most_arguments {
            format!("*[{}]", parts.join(",\n"))
        } else {
            parts.join(",\n")
        };
        let mut call = Call::new(self.directive("create_table"));
        call.argument(literal::string(table.name.name.as_str()));
        call.argument(parts);
        self.table_options(&mut call, table);
        call.flag("if_not_exists", create.if_not_exists);
        let text = call.separated(",\n");
        let open = text.strip_suffix(')').unwrap_or(&text);
        format!("{open}\n)")
    }

    /// `sa.Column(…)` of each column, then the constraints in the order of their text.
    pub(super) fn columns_and_constraints(&mut self, table: &Table) -> Vec<String> {
        let checks: Vec<&Check> = table
            .constraints
            .iter()
            .filter_map(|constraint| match constraint {
                Constraint::Check(check) => Some(check),
                _ => None,
            })
            .collect();
        let mut parts: Vec<String> = table
            .columns
            .iter()
            .filter_map(|column| self.column(column, checks.iter().copied(), &[]))
            .collect();
        let mut constraints: Vec<String> = table
            .constraints
            .iter()
            .filter(|constraint| !is_part_of_a_type(constraint, table))
            .filter_map(|constraint| self.table_constraint(constraint))
            .collect();
        constraints.sort();
        parts.extend(constraints);
        parts
    }

    /// The keywords that a table takes, in a script and in a model.
    pub(super) fn table_options(&self, call: &mut Call, table: &Table) {
        call.keyword_if("schema", self.schema_of(&table.name));
        call.keyword_if("comment", table.comment.as_deref().map(literal::string));
        let mut options = with_model_options(options(table), &table.model_options);
        options.sort_by_key(|(name, _)| (name != "info", name.clone()));
        for (name, value) in options {
            call.keyword(&name, value);
        }
        if !table.prefixes.is_empty() {
            call.keyword("prefixes", literal::list(&table.prefixes));
        }
    }

    /// `op.drop_table(…)`
    pub(super) fn drop_table(&self, drop: &DropTable) -> String {
        let mut call = Call::new(self.directive("drop_table"));
        call.argument(literal::string(drop.table.name.as_str()));
        call.keyword_if("schema", self.schema_of(&drop.table));
        call.flag("if_exists", drop.if_exists);
        call.text()
    }

    /// `op.rename_table(…)`
    pub(super) fn rename_table(&self, rename: &RenameTable) -> String {
        let mut call = Call::new(self.directive("rename_table"));
        call.argument(literal::string(rename.table.name.as_str()));
        call.argument(literal::string(rename.new_name.as_str()));
        call.keyword_if("schema", self.schema_of(&rename.table));
        call.text()
    }

    /// `op.create_table_comment(…)` or `op.drop_table_comment(…)`, with all arguments on lines of their own.
    pub(super) fn table_comment(&self, set: &SetTableComment) -> String {
        let mut arguments = Vec::new();
        if !self.in_batch {
            arguments.push(literal::string(set.table.name.as_str()));
        }
        arguments.extend(set.comment.as_deref().map(literal::string));
        arguments.push(format!(
            "existing_comment={}",
            literal::string_or_none(set.existing.as_deref())
        ));
        if !self.in_batch {
            let schema = self.schema_of(&set.table);
            arguments.push(format!("schema={}", schema.as_deref().unwrap_or("None")));
        }
        let name = match set.comment {
            Some(_) => "create_table_comment",
            None => "drop_table_comment",
        };
        format!(
            "{}(\n    {}\n)",
            self.directive(name),
            arguments.join(",\n    ")
        )
    }
}

/// Whether a constraint is a CHECK that comes with a column's type and is written there.
fn is_part_of_a_type(constraint: &Constraint, table: &Table) -> bool {
    match constraint {
        Constraint::Check(check) => table
            .columns
            .iter()
            .any(|column| stands_for_type_of(check, column)),
        _ => false,
    }
}

/// Whether SQLAlchemy has words for everything the table says.
pub(super) fn has_words(table: &Table) -> bool {
    let postgresql = &table.options.postgresql;
    let says_more = postgresql.partition_of.is_some()
        || postgresql.partition_bound.is_some()
        || !postgresql.parameters.is_empty()
        || postgresql
            .inherits
            .iter()
            .any(|parent| parent.schema.is_some());
    !says_more && table.constraints.iter().all(super::constraint::has_words)
}

fn options(table: &Table) -> Vec<(String, String)> {
    let sqlite = &table.options.sqlite;
    let postgresql = &table.options.postgresql;
    let text = |text: &Option<String>| text.as_deref().map(literal::string);
    let inherits = postgresql
        .inherits
        .iter()
        .map(|parent| literal::string(parent.name.as_str()));
    let inherits: Vec<String> = inherits.collect();
    let inherits = match inherits.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(format!("({})", many.join(", "))),
    };
    let stated = [
        ("sqlite_strict", sqlite.strict.then(|| "True".to_owned())),
        (
            "sqlite_with_rowid",
            sqlite.without_rowid.then(|| "False".to_owned()),
        ),
        (
            "sqlite_autoincrement",
            sqlite.autoincrement.then(|| "True".to_owned()),
        ),
        ("postgresql_inherits", inherits),
        ("postgresql_partition_by", text(&postgresql.partition_by)),
        ("postgresql_using", text(&postgresql.using)),
        (
            "postgresql_with_oids",
            postgresql.with_oids.map(literal::boolean),
        ),
        ("postgresql_on_commit", text(&postgresql.on_commit)),
        (
            "postgresql_tablespace",
            postgresql
                .tablespace
                .as_ref()
                .map(|name| literal::string(name.as_str())),
        ),
    ];
    let keyword = |prefix: &str, option: &MysqlOption| {
        let name = option.name.to_lowercase().replace(' ', "_");
        (format!("{prefix}_{name}"), literal::string(&option.value))
    };
    let mysql = table
        .options
        .mysql
        .iter()
        .map(|option| keyword("mysql", option));
    let mariadb = table
        .options
        .mariadb
        .iter()
        .map(|option| keyword("mariadb", option));
    stated
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .chain(mysql)
        .chain(mariadb)
        .collect()
}
