//! Sequences, and those that belong to columns.

use super::{Names, Relations, about, own};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, read},
    },
    schema::{DataType, Identifier, QualifiedName, Sequence, SequenceOptions, Value},
};

/// The longest name that PostgreSQL keeps, in bytes.
const NAME_LIMIT: usize = 63;

/// A sequence that belongs to a column.
pub(super) struct Owned {
    pub(super) relation: i64,
    pub(super) column: i64,
    /// Made by the column's identity, as opposed to `OWNED BY`.
    pub(super) internal: bool,
    name: QualifiedName,
    pub(super) options: SequenceOptions,
}

impl Owned {
    /// Whether `SERIAL` would make this sequence for the column.
    pub(super) fn is_serial(&self, table: &QualifiedName, column: &Identifier) -> bool {
        !self.internal
            && self.options.is_default()
            && self.name.name.as_str() == chosen_name(table.name.as_str(), column.as_str())
    }
}

const COUNTING: &str = "format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle";

/// The sequences of the relations' columns.
pub(super) async fn owned(
    query: &mut dyn Query,
    relations: &Relations,
    names: &Names,
) -> Result<Vec<Owned>, InspectError> {
    let sql = format!(
        "SELECT d.refobjid, d.refobjsubid, d.deptype = 'i', n.nspname, c.relname, {COUNTING} \
         FROM pg_depend AS d JOIN pg_sequence AS s ON s.seqrelid = d.objid JOIN pg_class AS c ON c.oid = d.objid \
         JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY($1::oid[]) \
         AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') ORDER BY c.oid"
    );
    let rows = about(query, relations, "the sequences of columns", &sql).await?;
    let owned = rows.into_iter().map(|mut cells| {
        let relation = cells.number().unwrap_or_default();
        let column = cells.number().unwrap_or_default();
        let internal = cells.flag();
        let schema = cells.text();
        let name = names.qualified(&schema, &cells.text());
        let (_, options) = counting(&mut cells);
        Owned {
            relation,
            column,
            internal,
            name,
            options,
        }
    });
    Ok(owned.collect())
}

/// The sequences that stand for themselves.
pub(super) async fn read_all(
    query: &mut dyn Query,
    request: &InspectionRequest,
    names: &Names,
) -> Result<Vec<Sequence>, InspectError> {
    let sql = format!(
        "SELECT c.relname, {COUNTING}, tn.nspname, t.relname, a.attname \
         FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass \
         AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') \
         LEFT JOIN pg_class AS t ON t.oid = d.refobjid LEFT JOIN pg_namespace AS tn ON tn.oid = t.relnamespace \
         LEFT JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid \
         WHERE n.nspname = $1 AND c.relpersistence <> 't' AND d.deptype IS DISTINCT FROM 'i'{} ORDER BY c.relname",
        own(request, "pg_class", "c.oid")
    );
    let parameters = [Value::Text(names.schema().to_owned())];
    let mut sequences = Vec::new();
    for row in read(query, "the sequences", &sql, &parameters).await? {
        let mut cells = Cells::from(row);
        let name = cells.text();
        let (bits, options) = counting(&mut cells);
        let table_schema = cells.text();
        let owner = cells.maybe().map(|table| {
            let table = names.qualified(&table_schema, &table);
            (table, Identifier::new(cells.text()))
        });
        let implied = owner.as_ref().is_some_and(|(table, column)| {
            options.is_default() && name == chosen_name(table.name.as_str(), column.as_str())
        });
        if implied && !request.implied {
            continue;
        }
        sequences.push(Sequence {
            name: names.qualified(names.schema(), &name),
            data_type: (bits != "bigint").then(|| DataType::named(&bits)),
            options,
            owned_by: owner,
        });
    }
    Ok(sequences)
}

/// The type of the numbers, and how they are counted; what goes without saying is left out.
fn counting(cells: &mut Cells) -> (String, SequenceOptions) {
    let bits = cells.text();
    let number = |value: Option<i64>, usual: i64| value.filter(|value| *value != usual);
    let start = cells.number();
    let increment = cells.number();
    let (low, high) = match bits.as_str() {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let down = increment.is_some_and(|step| step < 0);
    let (usual_minimum, usual_maximum) = if down { (low, -1) } else { (1, high) };
    let minimum = cells.number();
    let maximum = cells.number();
    let first = if down { maximum } else { minimum };
    let options = SequenceOptions {
        increment: number(increment, 1),
        start: start.filter(|_| start != first),
        minimum: number(minimum, usual_minimum),
        maximum: number(maximum, usual_maximum),
        cache: number(cells.number(), 1),
        cycle: cells.flag().then_some(true),
        ..SequenceOptions::default()
    };
    (bits, options)
}

/// The name that PostgreSQL gives the sequence of a serial column: both names, shortened in turn where they are too long.
fn chosen_name(table: &str, column: &str) -> String {
    let room = NAME_LIMIT - "__seq".len();
    let (mut left, mut right) = (table.len(), column.len());
    while left + right > room {
        if left > right {
            left -= 1;
        } else {
            right -= 1;
        }
    }
    format!("{}_{}_seq", cut(table, left), cut(column, right))
}

/// The beginning of a text, in at most so many bytes.
fn cut(text: &str, mut bytes: usize) -> &str {
    while !text.is_char_boundary(bytes) {
        bytes -= 1;
    }
    text.get(..bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_serial_sequences_are_postgresqls() {
        assert_eq!(chosen_name("t", "id"), "t_id_seq");
        let long = chosen_name(&"t".repeat(60), "identifier");
        assert_eq!(long.len(), 63);
        assert!(long.ends_with("t_identifier_seq"), "{long}");
    }
}
