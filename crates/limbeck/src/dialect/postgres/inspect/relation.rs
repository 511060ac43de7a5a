//! Tables, views and materialized views as such.

use std::collections::{BTreeMap, HashMap};

use super::{Names, array_literal, own};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, Part, read},
    },
    schema::{
        ColumnDefault, Database, Identifier, MaterializedView, QualifiedName, Table, Value, View,
    },
};

/// What a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Table,
    View,
    MaterializedView,
}

/// A relation, described as a table until the answer is put together.
pub(super) struct Relation {
    kind: Kind,
    query: String,
    options: BTreeMap<String, String>,
    populated: bool,
    pub(super) table: Table,
}

/// All relations that are asked for.
#[derive(Default)]
pub(super) struct Relations {
    all: Vec<(i64, Relation)>,
    place: HashMap<i64, usize>,
    /// Names of columns by relation and number.
    pub(super) columns: HashMap<(i64, i64), Identifier>,
}

impl Relations {
    /// Reads the relations.
    pub(super) async fn read(
        query: &mut dyn Query,
        request: &InspectionRequest,
        names: &Names,
    ) -> Result<Relations, InspectError> {
        let details = request.wants(Part::Options);
        let (sql, parameters) = statement(request, details);
        let mut relations = Relations::default();
        for row in read(query, "the tables", &sql, &parameters).await? {
            let mut cells = Cells::from(row);
            let id = cells.number().unwrap_or_default();
            let relation = relation(&mut cells, names, request, details);
            relations.place.insert(id, relations.all.len());
            relations.all.push((id, relation));
        }
        Ok(relations)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Their object ids as an array literal.
    pub(super) fn ids(&self) -> String {
        let ids: Vec<String> = self.all.iter().map(|(id, _)| id.to_string()).collect();
        format!("{{{}}}", ids.join(","))
    }

    /// The relation with this object id.
    pub(super) fn table(&mut self, id: i64) -> Option<&mut Table> {
        let place = *self.place.get(&id)?;
        self.all.get_mut(place).map(|(_, one)| &mut one.table)
    }

    /// The name of the relation with this object id.
    pub(super) fn name(&self, id: i64) -> Option<&QualifiedName> {
        let place = *self.place.get(&id)?;
        self.all.get(place).map(|(_, one)| &one.table.name)
    }

    /// All of them as tables.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.all.iter().map(|(_, one)| &one.table)
    }

    /// All of them as tables, to be changed.
    pub(super) fn tables_mut(&mut self) -> impl Iterator<Item = &mut Table> {
        self.all.iter_mut().map(|(_, one)| &mut one.table)
    }

    /// Whether a column takes its numbers from a sequence.
    pub(super) fn use_sequences(&self) -> bool {
        let mut columns = self.tables().flat_map(|table| &table.columns);
        columns.any(|column| match &column.default {
            Some(ColumnDefault::Identity(_)) => true,
            Some(ColumnDefault::Expression(text)) => text.starts_with("nextval("),
            _ => false,
        })
    }

    /// Puts them where they belong in the answer.
    pub(super) fn into(self, database: &mut Database, request: &InspectionRequest) {
        for (_, one) in self.all {
            match one.kind {
                Kind::Table => database.tables.push(one.table),
                _ if request.views_as_tables => database.tables.push(one.table),
                Kind::View => database.views.push(one.into_view()),
                Kind::MaterializedView => {
                    database
                        .materialized_views
                        .push(one.into_materialized_view());
                }
            }
        }
    }
}

impl Relation {
    fn into_view(mut self) -> View {
        let check_option = self.options.remove("check_option");
        View {
            options: self.options,
            check_option: check_option.map(|words| words.to_uppercase()),
            prefixes: self.table.prefixes,
            ..View::new(self.table.name, self.query)
        }
    }

    fn into_materialized_view(self) -> MaterializedView {
        MaterializedView {
            name: self.table.name,
            columns: Vec::new(),
            query: self.query,
            parameters: self.options,
            tablespace: self.table.options.postgresql.tablespace,
            without_data: !self.populated,
            indexes: self.table.indexes,
        }
    }
}

fn statement(request: &InspectionRequest, details: bool) -> (String, Vec<Value>) {
    let detail = |expression: &str| match details {
        true => expression.to_owned(),
        false => "NULL".to_owned(),
    };
    let mut sql = format!(
        "SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, {}, am.amname, ts.spcname, {}, {}, {}, {}, {}, \
         c.relispopulated, c.relrowsecurity, c.relforcerowsecurity \
         FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         LEFT JOIN pg_am AS am ON am.oid = c.relam AND am.amname <> 'heap' \
         LEFT JOIN pg_tablespace AS ts ON ts.oid = c.reltablespace WHERE ",
        detail("array_to_json(c.reloptions)"),
        detail("obj_description(c.oid, 'pg_class')"),
        detail("CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END"),
        detail("CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END"),
        detail(
            "(SELECT json_agg(json_build_array(pn.nspname, p.relname) ORDER BY h.inhseqno) FROM pg_inherits AS h \
             JOIN pg_class AS p ON p.oid = h.inhparent JOIN pg_namespace AS pn ON pn.oid = p.relnamespace \
             WHERE h.inhrelid = c.oid)"
        ),
        detail("CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END"),
    );
    let mut parameters = Vec::new();
    match &request.schema {
        Some(schema) => {
            parameters.push(Value::Text(schema.clone()));
            sql.push_str("n.nspname = $1");
        }
        None if request.own => sql.push_str("n.nspname = current_schema()"),
        // What a statement would find by the bare name.
        None => sql.push_str(
            "n.nspname NOT IN ('pg_catalog', 'information_schema') AND pg_table_is_visible(c.oid)",
        ),
    }
    match &request.tables {
        Some(tables) => {
            parameters.push(Value::Text(array_literal(tables)));
            let position = parameters.len();
            sql.push_str(&format!(" AND c.relname = ANY(${position}::text[])"));
        }
        None => sql.push_str(" AND c.relpersistence <> 't'"),
    }
    sql.push_str(match request.views {
        true => " AND c.relkind IN ('r', 'p', 'v', 'm')",
        false => " AND c.relkind IN ('r', 'p')",
    });
    sql.push_str(&own(request, "pg_class", "c.oid"));
    // A view can only use what was there before it.
    sql.push_str(
        " ORDER BY c.relkind IN ('v', 'm'), CASE WHEN c.relkind IN ('v', 'm') THEN c.oid END, c.relname, n.nspname",
    );
    (sql, parameters)
}

fn relation(
    cells: &mut Cells,
    names: &Names,
    request: &InspectionRequest,
    details: bool,
) -> Relation {
    let schema = cells.text();
    let name = match request.schema {
        // Found by the bare name, so the bare name it is.
        None => QualifiedName::new(cells.text()),
        Some(_) => names.qualified(&schema, &cells.text()),
    };
    let kind = match cells.text().as_str() {
        "v" => Kind::View,
        "m" => Kind::MaterializedView,
        _ => Kind::Table,
    };
    let mut table = Table::new(name, Vec::new());
    match cells.text().as_str() {
        "t" => table.prefixes.push("TEMPORARY".to_owned()),
        "u" => table.prefixes.push("UNLOGGED".to_owned()),
        _ => {}
    }
    let options = parameters(&cells.json::<Vec<String>>());
    let using = cells.maybe();
    let tablespace = cells.maybe().map(Identifier::new);
    table.comment = cells.maybe();
    let own = &mut table.options.postgresql;
    own.partition_by = cells.maybe();
    own.partition_bound = cells.maybe();
    let parents: Vec<(String, String)> = cells.json();
    let mut parents: Vec<QualifiedName> = parents
        .iter()
        .map(|(schema, name)| names.qualified(schema, name))
        .collect();
    if own.partition_bound.is_some() {
        own.partition_of = parents.pop();
    } else {
        own.inherits = parents;
    }
    if details {
        own.using = using;
        own.tablespace = tablespace;
        if kind == Kind::Table {
            own.parameters = options.clone();
        }
    }
    let query = cells.text();
    let populated = cells.flag();
    let (asked, forced) = (cells.flag(), cells.flag());
    if request.wants(Part::Policies) {
        table.options.postgresql.row_security = asked;
        table.options.postgresql.force_row_security = forced;
    }
    Relation {
        kind,
        query: query.strip_suffix(';').unwrap_or(&query).to_owned(),
        options,
        populated,
        table,
    }
}

/// `name=value` texts as a map.
pub(super) fn parameters(texts: &[String]) -> BTreeMap<String, String> {
    texts
        .iter()
        .map(|text| {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            (name.to_owned(), value.to_owned())
        })
        .collect()
}
