//! Functions, procedures and triggers: their statements as the server writes them.

use super::{Names, Relations, about, own};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, read},
    },
    schema::{Identifier, Routine, RoutineKind, Trigger, Value},
};

/// Functions and procedures of the schema. Aggregates and window functions have no text to read.
pub(super) async fn read_all(
    query: &mut dyn Query,
    request: &InspectionRequest,
    names: &Names,
) -> Result<Vec<Routine>, InspectError> {
    let sql = format!(
        "SELECT p.prokind, p.proname, pg_get_function_identity_arguments(p.oid), pg_get_functiondef(p.oid) \
         FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace \
         WHERE n.nspname = $1 AND p.prokind IN ('f', 'p'){} ORDER BY p.oid",
        own(request, "pg_proc", "p.oid")
    );
    let parameters = [Value::Text(names.schema().to_owned())];
    let rows = read(query, "the functions", &sql, &parameters).await?;
    let routines = rows.into_iter().map(|row| {
        let mut cells = Cells::from(row);
        let kind = match cells.text().as_str() {
            "p" => RoutineKind::Procedure,
            _ => RoutineKind::Function,
        };
        Routine {
            kind,
            name: names.qualified(names.schema(), &cells.text()),
            signature: cells.maybe(),
            definition: cells.text().trim_end().to_owned(),
        }
    });
    Ok(routines.collect())
}

/// Triggers of the relations, without those that a partition has from its parent.
pub(super) async fn triggers(
    query: &mut dyn Query,
    relations: &Relations,
) -> Result<Vec<Trigger>, InspectError> {
    let sql = "SELECT t.tgrelid, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger AS t \
         WHERE t.tgrelid = ANY($1::oid[]) AND NOT t.tgisinternal AND NOT EXISTS (SELECT 1 FROM pg_depend AS d \
         WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_trigger'::regclass) \
         ORDER BY t.tgname, t.tgrelid";
    let rows = about(query, relations, "the triggers", sql).await?;
    let triggers = rows.into_iter().filter_map(|mut cells| {
        let table = relations.name(cells.number()?)?.clone();
        Some(Trigger {
            name: Identifier::new(cells.text()),
            table,
            definition: cells.text(),
        })
    });
    Ok(triggers.collect())
}
