//! Indexes, and the constraints that are kept by one: primary keys, unique and exclusion constraints.

use super::{Relations, about, constraint::deferral, relation::parameters};
use crate::{
    dialect::{
        Dialect, Query,
        inspect::{Cells, InspectError, InspectionRequest, Part},
        postgres::Postgres,
    },
    schema::{
        Constraint, Deferral, Exclude, ExcludeElement, Identifier, Index, IndexElement, IndexKey,
        NullsOrder, PrimaryKey, SortOrder, Table, Unique,
    },
};

/// An index while its rows are read.
struct Found {
    relation: i64,
    id: i64,
    index: Index,
    keys: i64,
    constraint: Option<(String, Identifier, Deferral)>,
    operators: Vec<String>,
}

/// Reads the indexes of all relations, one row for each of their columns.
pub(super) async fn read_all(
    dialect: &Postgres,
    query: &mut dyn Query,
    request: &InspectionRequest,
    relations: &mut Relations,
) -> Result<(), InspectError> {
    let not_distinct = match dialect.capabilities().nulls_distinct {
        true => "i.indnullsnotdistinct",
        false => "false",
    };
    let inherited = match request.implied {
        true => "",
        false => " AND NOT ic.relispartition",
    };
    let sql = format!(
        "SELECT i.indrelid, i.indexrelid, ic.relname, i.indisunique, am.amname, array_to_json(ic.reloptions), ts.spcname, \
         pg_get_expr(i.indpred, i.indrelid), ds.description, {not_distinct}, i.indnkeyatts, \
         con.contype, con.conname, con.condeferrable, con.condeferred, \
         k.ord, a.attname, CASE WHEN k.num = 0 THEN pg_get_indexdef(i.indexrelid, k.ord::int, true) END, k.opt, \
         CASE WHEN NOT oc.opcdefault THEN oc.opcname END, co.collname, op.oprname \
         FROM pg_index AS i JOIN pg_class AS ic ON ic.oid = i.indexrelid JOIN pg_am AS am ON am.oid = ic.relam \
         CROSS JOIN LATERAL unnest(i.indkey, i.indoption, i.indclass, i.indcollation) WITH ORDINALITY AS k (num, opt, class, coll, ord) \
         LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.num AND k.num <> 0 \
         LEFT JOIN pg_opclass AS oc ON oc.oid = k.class \
         LEFT JOIN pg_collation AS co ON co.oid = k.coll AND k.coll IS DISTINCT FROM a.attcollation AND co.collname <> 'default' \
         LEFT JOIN pg_tablespace AS ts ON ts.oid = ic.reltablespace \
         LEFT JOIN pg_description AS ds ON ds.objoid = i.indexrelid AND ds.classoid = 'pg_class'::regclass AND ds.objsubid = 0 \
         LEFT JOIN pg_constraint AS con ON con.conindid = i.indexrelid AND con.conrelid = i.indrelid AND con.contype IN ('p', 'u', 'x') \
         LEFT JOIN pg_operator AS op ON op.oid = con.conexclop[k.ord::int] \
         WHERE i.indrelid = ANY($1::oid[]){inherited} ORDER BY ic.relname, i.indexrelid, k.ord"
    );
    let mut current: Option<Found> = None;
    for mut cells in about(query, relations, "the indexes", &sql).await? {
        let relation = cells.number().unwrap_or_default();
        let id = cells.number().unwrap_or_default();
        let head = head(&mut cells, relation, id);
        let found = match current.take() {
            Some(found) if found.id == id => found,
            before => {
                place(before, relations, request);
                head
            }
        };
        current = Some(with_element(found, &mut cells));
    }
    place(current, relations, request);
    for table in relations.tables_mut() {
        sort(table);
    }
    Ok(())
}

fn head(cells: &mut Cells, relation: i64, id: i64) -> Found {
    let name = Identifier::new(cells.text());
    let unique = cells.flag();
    let method = cells.text();
    let options = parameters(&cells.json::<Vec<String>>());
    let index = Index {
        name: Some(name),
        unique,
        using: (method != "btree").then_some(method),
        parameters: options,
        tablespace: cells.maybe().map(Identifier::new),
        predicate: cells.maybe(),
        comment: cells.maybe(),
        nulls_distinct: cells.flag().then_some(false),
        ..Index::default()
    };
    let keys = cells.number().unwrap_or_default();
    let kind = cells.maybe();
    let name = Identifier::new(cells.text());
    let deferral = deferral(cells.flag(), cells.flag());
    Found {
        relation,
        id,
        index,
        keys,
        constraint: kind.map(|kind| (kind, name, deferral)),
        operators: Vec::new(),
    }
}

fn with_element(mut found: Found, cells: &mut Cells) -> Found {
    let position = cells.number().unwrap_or_default();
    let column = cells.maybe();
    let expression = cells.maybe();
    if position > found.keys {
        found.index.include.extend(column.map(Identifier::new));
        return found;
    }
    let key = match (column, expression) {
        (Some(column), _) => IndexKey::Column(Identifier::new(column)),
        (None, expression) => IndexKey::Expression(expression.unwrap_or_default()),
    };
    // Bits of pg_index.indoption: 1 is DESC, 2 is NULLS FIRST.
    let option = cells.number().unwrap_or_default();
    let (down, first) = (option & 1 != 0, option & 2 != 0);
    found.index.elements.push(IndexElement {
        key,
        order: down.then_some(SortOrder::Descending),
        nulls: match (down, first) {
            (true, false) => Some(NullsOrder::Last),
            (false, true) => Some(NullsOrder::First),
            _ => None,
        },
        operator_class: cells.maybe(),
        collation: cells.maybe().map(Identifier::new),
        length: None,
    });
    found.operators.extend(cells.maybe());
    found
}

fn place(found: Option<Found>, relations: &mut Relations, request: &InspectionRequest) {
    let Some(found) = found else { return };
    let Some(table) = relations.table(found.relation) else {
        return;
    };
    match constraint(&found) {
        Some(constraint) if request.wants(Part::Constraints) => {
            number_explicitly(table, &constraint);
            table.constraints.push(constraint);
        }
        None if request.wants(Part::Indexes) => table.indexes.push(found.index),
        _ => {}
    }
}

/// An integer key that counts by itself says so, so one that does not has to say so, too.
fn number_explicitly(table: &mut Table, constraint: &Constraint) {
    if let Constraint::PrimaryKey(key) = constraint {
        for column in &mut table.columns {
            let counts = column.autoincrement.is_some() || column.identity().is_some();
            if !counts && key.columns.contains(&column.name) && column.data_type.is_number() {
                column.autoincrement = Some(false);
            }
        }
    }
}

fn constraint(found: &Found) -> Option<Constraint> {
    let (kind, name, deferral) = found.constraint.clone()?;
    let index = &found.index;
    let columns = || {
        let names = index
            .elements
            .iter()
            .filter_map(|element| match &element.key {
                IndexKey::Column(column) => Some(column.clone()),
                IndexKey::Expression(_) => None,
            });
        names.collect()
    };
    Some(match kind.as_str() {
        "p" => Constraint::PrimaryKey(PrimaryKey {
            name: Some(name),
            columns: columns(),
            include: index.include.clone(),
            deferral,
            ..PrimaryKey::default()
        }),
        "u" => Constraint::Unique(Unique {
            name: Some(name),
            columns: columns(),
            include: index.include.clone(),
            nulls_distinct: index.nulls_distinct,
            deferral,
            ..Unique::default()
        }),
        _ => Constraint::Exclude(Exclude {
            name: Some(name),
            using: index.using.clone().unwrap_or_else(|| "btree".to_owned()),
            elements: index
                .elements
                .iter()
                .zip(&found.operators)
                .map(|(element, operator)| ExcludeElement {
                    key: element.key.clone(),
                    operator_class: element.operator_class.clone(),
                    operator: operator.clone(),
                })
                .collect(),
            predicate: index.predicate.as_deref().map(bare).map(str::to_owned),
            deferral,
        }),
    })
}

/// A predicate without the parentheses that the dialect writes around it.
fn bare(predicate: &str) -> &str {
    predicate
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(predicate)
}

fn sort(table: &mut Table) {
    table
        .constraints
        .sort_by_key(|one| !matches!(one, Constraint::PrimaryKey(_)));
}
