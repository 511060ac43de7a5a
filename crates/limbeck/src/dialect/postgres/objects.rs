//! What only PostgreSQL has: domains, extensions, policies, materialized views, storage parameters.

use std::collections::BTreeMap;

use super::{Postgres, grant};
use crate::{
    dialect::{
        DdlError, Dialect, Statement,
        ansi::{self, Grammar},
    },
    operation::{
        AlterDomain, CreateDomain, CreateExtension, CreateIndex, CreateMaterializedView,
        CreatePolicy, Operation, SetRowSecurity, SetTableOptions,
    },
    schema::{
        Check, Constraint, Domain, Identifier, Index, PolicyCommand, PostgresqlTable,
        QualifiedName, TableOptions,
    },
};

fn if_exists(yes: bool) -> &'static str {
    if yes { "IF EXISTS " } else { "" }
}

fn cascade(yes: bool) -> &'static str {
    if yes { " CASCADE" } else { "" }
}

/// The statements of an operation on one of these; `None` for any other operation.
pub(super) fn statements(
    dialect: &Postgres,
    operation: &Operation,
) -> Result<Option<Vec<Statement>>, DdlError> {
    let name = |name: &QualifiedName| dialect.qualified(name);
    let quote = |name: &Identifier| dialect.quote(name);
    let texts = match operation {
        Operation::CreateDomain(create) => vec![create_domain(dialect, create)?],
        Operation::AlterDomain(alter) => alter_domain(dialect, alter)?,
        Operation::DropDomain(drop) => {
            vec![format!(
                "DROP DOMAIN {}{}",
                if_exists(drop.if_exists),
                name(&drop.name)
            )]
        }
        Operation::CreateExtension(create) => vec![create_extension(dialect, create)],
        Operation::DropExtension(drop) => vec![format!(
            "DROP EXTENSION {}{}{}",
            if_exists(drop.if_exists),
            quote(&drop.name),
            cascade(drop.cascade)
        )],
        Operation::CreatePolicy(create) => vec![create_policy(dialect, create)],
        Operation::DropPolicy(drop) => vec![format!(
            "DROP POLICY {}{} ON {}",
            if_exists(drop.if_exists),
            quote(&drop.name),
            name(&drop.table)
        )],
        Operation::SetRowSecurity(set) => row_security(dialect, set),
        Operation::GrantPrivileges(one) => vec![grant::give(dialect, one)?],
        Operation::RevokePrivileges(one) => vec![grant::take(dialect, one)?],
        Operation::CreateMaterializedView(create) => {
            return create_materialized_view(dialect, create).map(Some);
        }
        Operation::DropMaterializedView(drop) => vec![format!(
            "DROP MATERIALIZED VIEW {}{}{}",
            if_exists(drop.if_exists),
            name(&drop.view),
            cascade(drop.cascade)
        )],
        Operation::RefreshMaterializedView(refresh) => vec![format!(
            "REFRESH MATERIALIZED VIEW {}{}",
            if refresh.concurrently {
                "CONCURRENTLY "
            } else {
                ""
            },
            name(&refresh.view)
        )],
        Operation::RenameView(rename) => vec![format!(
            "ALTER {}VIEW {} RENAME TO {}",
            if rename.materialized {
                "MATERIALIZED "
            } else {
                ""
            },
            name(&rename.view),
            quote(&rename.new_name)
        )],
        Operation::RenameSchema(rename) => vec![format!(
            "ALTER SCHEMA {} RENAME TO {}",
            quote(&rename.name),
            quote(&rename.new_name)
        )],
        Operation::RenameSequence(rename) => vec![format!(
            "ALTER SEQUENCE {} RENAME TO {}",
            name(&rename.name),
            quote(&rename.new_name)
        )],
        Operation::RenameIndex(rename) => vec![format!(
            "ALTER INDEX {} RENAME TO {}",
            ansi::qualified_index(dialect, &rename.index)?,
            ansi::index_name(dialect, &rename.new_name)?
        )],
        Operation::ValidateConstraint(validate) => vec![format!(
            "{} VALIDATE CONSTRAINT {}",
            ansi::alter_table(dialect, &validate.table),
            ansi::constraint_name(dialect, &validate.name)?
        )],
        Operation::SetTableOptions(set) => table_options(dialect, set),
        _ => return Ok(None),
    };
    Ok(Some(texts.into_iter().map(Statement::new).collect()))
}

/// `name = value`, parted by commas.
pub(super) fn parameters(parameters: &BTreeMap<String, String>) -> String {
    let texts: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    texts.join(", ")
}

/// `COMMENT ON INDEX` for the indexes that have one.
pub(super) fn index_comments(
    dialect: &Postgres,
    table: &QualifiedName,
    indexes: &[Index],
) -> Result<Vec<Statement>, DdlError> {
    let mut statements = Vec::new();
    for index in indexes {
        if let (Some(comment), Some(name)) = (&index.comment, &index.name) {
            let name = ansi::qualified_index(dialect, &table.sibling(name.clone()))?;
            let comment = dialect.quoting().text(comment);
            statements.push(Statement::new(format!(
                "COMMENT ON INDEX {name} IS {comment}"
            )));
        }
    }
    Ok(statements)
}

fn create_domain(dialect: &Postgres, create: &CreateDomain) -> Result<String, DdlError> {
    let domain = &create.domain;
    let mut text = format!(
        "CREATE DOMAIN {} AS {}",
        dialect.qualified(&domain.name),
        dialect.type_text(&domain.data_type)?
    );
    if let Some(collation) = &domain.collation {
        text.push_str(&format!(" COLLATE {}", dialect.quote(collation)));
    }
    if let Some(default) = ansi::default_text(dialect, domain.default.as_ref()) {
        text.push_str(&format!(" DEFAULT {default}"));
    }
    if domain.not_null {
        text.push_str(" NOT NULL");
    }
    for check in &domain.checks {
        if let Some(check) = domain_check(dialect, domain, check)? {
            text.push_str(&format!(" {check}"));
        }
    }
    Ok(text)
}

fn domain_check(
    dialect: &Postgres,
    domain: &Domain,
    check: &Check,
) -> Result<Option<String>, DdlError> {
    let surroundings = ansi::Surroundings {
        table: &domain.name,
        columns: &[],
        constraints: &[],
        options: &TableOptions::default(),
    };
    ansi::constraint_text(dialect, &Constraint::Check(check.clone()), &surroundings)
}

/// One statement for each difference.
fn alter_domain(dialect: &Postgres, alter: &AlterDomain) -> Result<Vec<String>, DdlError> {
    let (domain, existing) = (&alter.domain, &alter.existing);
    let head = format!("ALTER DOMAIN {}", dialect.qualified(&domain.name));
    let mut texts = Vec::new();
    if domain.default != existing.default {
        texts.push(match ansi::default_text(dialect, domain.default.as_ref()) {
            Some(default) => format!("{head} SET DEFAULT {default}"),
            None => format!("{head} DROP DEFAULT"),
        });
    }
    if domain.not_null != existing.not_null {
        let word = if domain.not_null { "SET" } else { "DROP" };
        texts.push(format!("{head} {word} NOT NULL"));
    }
    for check in &existing.checks {
        if let (false, Some(name)) = (domain.checks.contains(check), &check.name) {
            let name = ansi::constraint_name(dialect, name)?;
            texts.push(format!("{head} DROP CONSTRAINT {name}"));
        }
    }
    for check in &domain.checks {
        if !existing.checks.contains(check) {
            let text = domain_check(dialect, domain, check)?;
            texts.extend(text.map(|text| format!("{head} ADD {text}")));
        }
    }
    Ok(texts)
}

fn create_extension(dialect: &Postgres, create: &CreateExtension) -> String {
    let extension = &create.extension;
    let mut text = format!(
        "CREATE EXTENSION {}{}",
        if create.if_not_exists {
            "IF NOT EXISTS "
        } else {
            ""
        },
        dialect.quote(&extension.name)
    );
    if let Some(schema) = &extension.schema {
        text.push_str(&format!(" SCHEMA {}", dialect.quote(schema)));
    }
    if let Some(version) = &extension.version {
        text.push_str(&format!(" VERSION {}", dialect.quoting().text(version)));
    }
    text
}

fn create_policy(dialect: &Postgres, create: &CreatePolicy) -> String {
    let policy = &create.policy;
    let mut text = format!(
        "CREATE POLICY {} ON {}",
        dialect.quote(&policy.name),
        dialect.qualified(&policy.table)
    );
    if policy.restrictive {
        text.push_str(" AS RESTRICTIVE");
    }
    text.push_str(match policy.command {
        PolicyCommand::All => "",
        PolicyCommand::Select => " FOR SELECT",
        PolicyCommand::Insert => " FOR INSERT",
        PolicyCommand::Update => " FOR UPDATE",
        PolicyCommand::Delete => " FOR DELETE",
    });
    if !policy.roles.is_empty() {
        let roles: Vec<String> = policy
            .roles
            .iter()
            .map(|role| role_text(dialect, role))
            .collect();
        text.push_str(&format!(" TO {}", roles.join(", ")));
    }
    if let Some(using) = &policy.using {
        text.push_str(&format!(" USING ({using})"));
    }
    if let Some(check) = &policy.with_check {
        text.push_str(&format!(" WITH CHECK ({check})"));
    }
    text
}

/// A role's name, or one of the words that stand for roles.
fn role_text(dialect: &Postgres, role: &Identifier) -> String {
    let words = ["PUBLIC", "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"];
    if words.contains(&role.as_str()) {
        role.to_string()
    } else {
        dialect.quote(role)
    }
}

fn row_security(dialect: &Postgres, set: &SetRowSecurity) -> Vec<String> {
    let table = ansi::alter_table(dialect, &set.table);
    let enabled = set.enabled.map(|on| if on { "ENABLE" } else { "DISABLE" });
    let forced = set.forced.map(|on| if on { "FORCE" } else { "NO FORCE" });
    enabled
        .into_iter()
        .chain(forced)
        .map(|word| format!("{table} {word} ROW LEVEL SECURITY"))
        .collect()
}

fn create_materialized_view(
    dialect: &Postgres,
    create: &CreateMaterializedView,
) -> Result<Vec<Statement>, DdlError> {
    let view = &create.view;
    let mut text = format!(
        "CREATE MATERIALIZED VIEW {}{}",
        if create.if_not_exists {
            "IF NOT EXISTS "
        } else {
            ""
        },
        dialect.qualified(&view.name)
    );
    if !view.columns.is_empty() {
        text.push_str(&format!(" ({})", ansi::list(dialect, &view.columns)));
    }
    if !view.parameters.is_empty() {
        text.push_str(&format!(" WITH ({})", parameters(&view.parameters)));
    }
    if let Some(tablespace) = &view.tablespace {
        text.push_str(&format!(" TABLESPACE {}", dialect.quote(tablespace)));
    }
    text.push_str(&format!(" AS {}", view.query));
    if view.without_data {
        text.push_str(" WITH NO DATA");
    }
    let mut statements = vec![Statement::new(text)];
    for index in &view.indexes {
        let create = CreateIndex {
            table: view.name.clone(),
            index: index.clone(),
            if_not_exists: create.if_not_exists,
            concurrently: false,
        };
        statements.push(Statement::new(dialect.create_index(&create)?));
    }
    statements.extend(index_comments(dialect, &view.name, &view.indexes)?);
    Ok(statements)
}

/// What is set; what is said of the table as it was and not any more is taken back.
fn table_options(dialect: &Postgres, set: &SetTableOptions) -> Vec<String> {
    let table = ansi::alter_table(dialect, &set.table);
    let options = &set.options.postgresql;
    let existing = set.existing.as_ref().map(|options| &options.postgresql);
    let mut texts = Vec::new();
    if let Some(existing) = existing {
        let gone: Vec<&str> = existing
            .parameters
            .keys()
            .filter(|name| !options.parameters.contains_key(*name))
            .map(String::as_str)
            .collect();
        if !gone.is_empty() {
            texts.push(format!("{table} RESET ({})", gone.join(", ")));
        }
    }
    let same = |one: Option<&str>, other: Option<Option<&str>>| other == Some(one);
    if !options.parameters.is_empty()
        && existing.map(|options| &options.parameters) != Some(&options.parameters)
    {
        texts.push(format!("{table} SET ({})", parameters(&options.parameters)));
    }
    let name = |options: &PostgresqlTable| options.tablespace.clone();
    match (&options.tablespace, existing.and_then(name)) {
        (Some(new), old) if old.as_ref() != Some(new) => {
            texts.push(format!("{table} SET TABLESPACE {}", dialect.quote(new)));
        }
        (None, Some(_)) => texts.push(format!("{table} SET TABLESPACE pg_default")),
        _ => {}
    }
    if let Some(method) = &options.using
        && !same(
            Some(method),
            existing.map(|options| options.using.as_deref()),
        )
    {
        texts.push(format!("{table} SET ACCESS METHOD {method}"));
    }
    if let Some(existing) = existing {
        texts.extend(parents(dialect, set, existing));
    }
    texts
}

/// Partitions that are attached and detached, heirs that get and lose a parent.
fn parents(dialect: &Postgres, set: &SetTableOptions, existing: &PostgresqlTable) -> Vec<String> {
    let options = &set.options.postgresql;
    let table = ansi::alter_table(dialect, &set.table);
    let own = dialect.qualified(&set.table);
    let mut texts = Vec::new();
    let place = |options: &PostgresqlTable| {
        (
            options.partition_of.clone(),
            options.partition_bound.clone(),
        )
    };
    if place(options) != place(existing) {
        if let Some(parent) = &existing.partition_of {
            let parent = ansi::alter_table(dialect, parent);
            texts.push(format!("{parent} DETACH PARTITION {own}"));
        }
        if let Some(parent) = &options.partition_of {
            let parent = ansi::alter_table(dialect, parent);
            let bound = options.partition_bound.as_deref().unwrap_or("DEFAULT");
            texts.push(format!("{parent} ATTACH PARTITION {own} {bound}"));
        }
    }
    for parent in &existing.inherits {
        if !options.inherits.contains(parent) {
            texts.push(format!("{table} NO INHERIT {}", dialect.qualified(parent)));
        }
    }
    for parent in &options.inherits {
        if !existing.inherits.contains(parent) {
            texts.push(format!("{table} INHERIT {}", dialect.qualified(parent)));
        }
    }
    texts
}
