//! Indexes.

use super::{Grammar, name::index_name};
use crate::{
    dialect::DdlError,
    operation::{CreateIndex, DropIndex},
    schema::{IndexElement, IndexKey, NullsOrder, QualifiedName, SortOrder},
};

/// `CREATE [UNIQUE] INDEX i ON t (…)` without any database's own options but a predicate.
pub(in crate::dialect) fn create_index(
    grammar: &dyn Grammar,
    create: &CreateIndex,
) -> Result<String, DdlError> {
    index_nulls_distinct(grammar, create)?;
    let mut text = format!(
        "{} ON {} ({})",
        create_index_head(grammar, create, &IndexHead::default())?,
        grammar.qualified(&create.table),
        index_elements(grammar, &create.index.elements).join(", ")
    );
    if let Some(predicate) = &create.index.predicate {
        text.push_str(&format!(" WHERE {predicate}"));
    }
    Ok(text)
}

/// What a database puts between the words of `CREATE INDEX`.
#[derive(Clone, Debug, Default)]
pub(in crate::dialect) struct IndexHead {
    /// Before `INDEX`: `FULLTEXT `.
    pub(in crate::dialect) kind: String,
    /// After `INDEX`: `CONCURRENTLY `.
    pub(in crate::dialect) manner: &'static str,
    /// Before the name: the schema and a dot.
    pub(in crate::dialect) schema: String,
}

/// `CREATE [UNIQUE] [kind] INDEX [manner] [IF NOT EXISTS] name`.
pub(in crate::dialect) fn create_index_head(
    grammar: &dyn Grammar,
    create: &CreateIndex,
    extra: &IndexHead,
) -> Result<String, DdlError> {
    let name = create
        .index
        .name
        .as_ref()
        .ok_or_else(|| DdlError::Missing {
            dialect: grammar.name(),
            subject: format!("index of {}", create.table),
            what: "a name",
            advice: "give the index one, or a naming convention for indexes",
        })?;
    if create.index.predicate.is_some() && !grammar.capabilities().partial_index {
        return Err(DdlError::Unsupported {
            dialect: grammar.name(),
            subject: format!("index {name} of {}", create.table),
            feature: "partial indexes",
            advice: "index all rows, or a generated column that is NULL in the others",
        });
    }
    let mut head = String::from("CREATE ");
    if create.index.unique {
        head.push_str("UNIQUE ");
    }
    head.push_str(&extra.kind);
    head.push_str("INDEX ");
    head.push_str(extra.manner);
    if create.if_not_exists {
        if !grammar.capabilities().index_if_exists {
            return Err(no_if_exists(
                grammar,
                format!("index {name} of {}", create.table),
            ));
        }
        head.push_str("IF NOT EXISTS ");
    }
    head.push_str(&extra.schema);
    head.push_str(&index_name(grammar, name)?);
    Ok(head)
}

/// `DROP INDEX i` without any database's own options.
pub(in crate::dialect) fn drop_index(
    grammar: &dyn Grammar,
    drop: &DropIndex,
) -> Result<String, DdlError> {
    let name = qualified_index(grammar, &drop.index)?;
    Ok(format!("DROP INDEX {}{name}", if_exists(grammar, drop)?))
}

/// `IF EXISTS` of `DROP INDEX`.
pub(in crate::dialect) fn if_exists(
    grammar: &dyn Grammar,
    drop: &DropIndex,
) -> Result<&'static str, DdlError> {
    match (drop.if_exists, grammar.capabilities().index_if_exists) {
        (false, _) => Ok(""),
        (true, true) => Ok("IF EXISTS "),
        (true, false) => Err(no_if_exists(grammar, format!("index {}", drop.index))),
    }
}

fn no_if_exists(grammar: &dyn Grammar, subject: String) -> DdlError {
    DdlError::Unsupported {
        dialect: grammar.name(),
        subject,
        feature: "IF EXISTS for indexes",
        advice: "leave it out",
    }
}

/// `NULLS [NOT] DISTINCT` of an index, where it is said.
///
/// # Errors
/// [`DdlError::Unsupported`] where equal NULLs would be let in without a word.
pub(in crate::dialect) fn index_nulls_distinct(
    grammar: &dyn Grammar,
    create: &CreateIndex,
) -> Result<Option<&'static str>, DdlError> {
    let subject = || format!("index of {}", create.table);
    super::constraint::nulls_distinct(grammar, create.index.nulls_distinct, subject)
}

/// The schema-qualified name of an index whose own schema is its table's.
pub(in crate::dialect) fn qualified_index(
    grammar: &dyn Grammar,
    index: &QualifiedName,
) -> Result<String, DdlError> {
    let name = index_name(grammar, &index.name)?;
    Ok(match &index.schema {
        Some(schema) => format!("{}.{name}", grammar.quote(schema)),
        None => name,
    })
}

/// What the index sorts by, one text per element.
pub(in crate::dialect) fn index_elements(
    grammar: &dyn Grammar,
    elements: &[IndexElement],
) -> Vec<String> {
    elements
        .iter()
        .map(|element| index_element(grammar, element))
        .collect()
}

fn index_element(grammar: &dyn Grammar, element: &IndexElement) -> String {
    let capabilities = grammar.capabilities();
    let mut text = match &element.key {
        IndexKey::Column(column) => grammar.quote(column),
        IndexKey::Expression(expression) => expression.clone(),
    };
    if let (Some(length), true) = (element.length, capabilities.index_lengths) {
        text.push_str(&format!("({length})"));
    }
    if let Some(collation) = &element.collation {
        text.push_str(&format!(" COLLATE {}", grammar.quote(collation)));
    }
    if let (Some(class), true) = (&element.operator_class, capabilities.operator_classes) {
        text.push_str(&format!(" {class}"));
    }
    text.push_str(match element.order {
        Some(SortOrder::Ascending) => " ASC",
        Some(SortOrder::Descending) => " DESC",
        None => "",
    });
    text.push_str(match element.nulls {
        Some(NullsOrder::First) if capabilities.nulls_order => " NULLS FIRST",
        Some(NullsOrder::Last) if capabilities.nulls_order => " NULLS LAST",
        _ => "",
    });
    text
}
