//! Indexes: `op.create_index(…)` and `op.drop_index(…)`.

use super::{Call, Writer, literal, writer::with_model_options};
use crate::{
    operation::{CreateIndex, DropIndex},
    schema::{Identifier, Index, IndexElement, IndexKey, NullsOrder, SortOrder},
};

impl Writer<'_> {
    /// `op.create_index(…)`
    pub(super) fn create_index(&self, create: &CreateIndex) -> String {
        let index = &create.index;
        let mut call = Call::new(self.directive("create_index"));
        call.argument(self.final_name_or_none(index.name.as_ref()));
        if !self.in_batch {
            call.argument(literal::string(create.table.name.as_str()));
        }
        let elements: Vec<String> = index
            .elements
            .iter()
            .map(|element| self.element(element))
            .collect();
        call.argument(format!("[{}]", elements.join(", ")));
        call.keyword("unique", literal::boolean(index.unique));
        if !self.in_batch {
            call.keyword_if("schema", self.schema_of(&create.table));
        }
        for (name, value) in self.index_options(index, create.concurrently) {
            call.keyword(&name, value);
        }
        call.flag("if_not_exists", create.if_not_exists);
        call.text()
    }

    /// `sa.Index(…)`, as it stands within a table.
    pub(super) fn model_index(&self, index: &Index) -> String {
        let mut call = Call::new(self.sqlalchemy("Index"));
        call.argument(self.final_name_or_none(index.name.as_ref()));
        for element in &index.elements {
            call.argument(self.element(element));
        }
        call.flag("unique", index.unique);
        for (name, value) in self.index_options(index, false) {
            call.keyword(&name, value);
        }
        call.text()
    }

    /// `op.drop_index(…)`, with the options of the index as it was, as Alembic does.
    pub(super) fn drop_index(&self, drop: &DropIndex) -> String {
        let mut call = Call::new(self.directive("drop_index"));
        call.argument(self.final_name(&drop.index.name));
        if !self.in_batch {
            let table = drop.table.as_ref();
            call.keyword_if(
                "table_name",
                table.map(|table| literal::string(table.name.as_str())),
            );
            call.keyword_if("schema", self.schema_of(&drop.index));
        }
        let none = Index::default();
        let index = drop.original.as_ref().unwrap_or(&none);
        for (name, value) in self.index_options(index, drop.concurrently) {
            call.keyword(&name, value);
        }
        call.flag("if_exists", drop.if_exists);
        call.text()
    }

    fn element(&self, element: &IndexElement) -> String {
        let tail = tail(element);
        let sql = match &element.key {
            IndexKey::Column(column) if tail.is_empty() => {
                return literal::string(column.as_str());
            }
            IndexKey::Column(column) => format!("{}{tail}", self.quoted(column)),
            IndexKey::Expression(sql) => match &element.operator_class {
                Some(class) => format!("{sql} {class}{tail}"),
                None => format!("{sql}{tail}"),
            },
        };
        let name = self.sqlalchemy("literal_column");
        format!("{name}({})", literal::string(&sql))
    }

    fn index_options(&self, index: &Index, concurrently: bool) -> Vec<(String, String)> {
        let text = |text: &Option<String>| text.as_deref().map(literal::string);
        let lengths = index
            .elements
            .iter()
            .filter_map(|element| Some((column_of(element)?, element.length?.to_string())));
        let classes = index.elements.iter().filter_map(|element| {
            let class = element.operator_class.as_deref()?;
            Some((plain_column_of(element)?, literal::string(class)))
        });
        let parameters = index
            .parameters
            .iter()
            .map(|(name, value)| (name.as_str(), literal::string(value)));
        let include = (!index.include.is_empty())
            .then(|| literal::list(index.include.iter().map(Identifier::as_str)));
        let options = [
            (self.option("using"), text(&index.using)),
            (
                self.option("where"),
                index
                    .predicate
                    .as_deref()
                    .map(|sql| self.sql_expression(sql)),
            ),
            ("postgresql_include".to_owned(), include),
            ("postgresql_ops".to_owned(), dictionary(classes)),
            (
                "postgresql_nulls_not_distinct".to_owned(),
                index
                    .nulls_distinct
                    .map(|distinct| literal::boolean(!distinct)),
            ),
            ("postgresql_with".to_owned(), dictionary(parameters)),
            (
                "postgresql_tablespace".to_owned(),
                index
                    .tablespace
                    .as_ref()
                    .map(|name| literal::string(name.as_str())),
            ),
            (
                "postgresql_concurrently".to_owned(),
                concurrently.then(|| "True".to_owned()),
            ),
            ("mysql_prefix".to_owned(), text(&index.prefix)),
            ("mysql_with_parser".to_owned(), text(&index.parser)),
            ("mysql_length".to_owned(), dictionary(lengths)),
        ];
        let stated = options
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        with_model_options(stated, &index.model_options)
    }
}

/// Whether SQLAlchemy has words for everything the index says.
pub(super) fn has_words(index: &Index) -> bool {
    index.comment.is_none()
}

fn column_of(element: &IndexElement) -> Option<&str> {
    match &element.key {
        IndexKey::Column(column) => Some(column.as_str()),
        IndexKey::Expression(_) => None,
    }
}

/// The column, where it is written by its name: SQLAlchemy finds its operator class by that.
fn plain_column_of(element: &IndexElement) -> Option<&str> {
    column_of(element).filter(|_| tail(element).is_empty())
}

/// What follows a column's name or an expression in the index's list.
fn tail(element: &IndexElement) -> String {
    let mut tail = String::new();
    if let Some(collation) = &element.collation {
        tail.push_str(&format!(
            " COLLATE \"{}\"",
            collation.as_str().replace('"', "\"\"")
        ));
    }
    if let IndexKey::Column(_) = element.key
        && let Some(class) = &element.operator_class
        && (element.collation.is_some() || element.order.is_some() || element.nulls.is_some())
    {
        tail.push_str(&format!(" {class}"));
    }
    tail.push_str(match element.order {
        Some(SortOrder::Ascending) => " ASC",
        Some(SortOrder::Descending) => " DESC",
        None => "",
    });
    tail.push_str(match element.nulls {
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
        None => "",
    });
    tail
}

fn dictionary<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> Option<String> {
    let entries: Vec<String> = entries
        .map(|(name, value)| format!("{}: {value}", literal::string(name)))
        .collect();
    (!entries.is_empty()).then(|| format!("{{{}}}", entries.join(", ")))
}
