//! PostgreSQL's schema from the catalogue, one line an object, and the dump of `pg_dump`.

use limbeck::{dialect::Query, migrate::Session};

use super::{Snapshot, text};
use crate::corpus::{error::CorpusError, process};

/// Each gives the lines of one kind of object.
const QUERIES: [&str; 7] = [
    "SELECT format('column %s.%s.%s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
            coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%'",
    "SELECT format('constraint %s %s %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
       FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
      WHERE c.conrelid <> 0 AND c.contype <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema')",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    "SELECT format('enum %s %s', t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder))
       FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.oid, t.typname",
    "SELECT 'sequence ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND n.nspname NOT IN ('pg_catalog', 'information_schema')",
    "SELECT 'function ' || p.oid::regprocedure || ' ' || md5(p.prosrc) FROM pg_proc p
       JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%' AND p.prokind IN ('f', 'p')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
];

pub(super) async fn read(session: &mut Session<'_>) -> Result<Snapshot, CorpusError> {
    let mut snapshot = Snapshot::default();
    for sql in QUERIES {
        for row in session.query(sql, &[]).await? {
            snapshot.add(text(&row, 0));
        }
    }
    Ok(snapshot)
}

/// The dump without comments, blank lines and what depends on the server's minor version.
pub(super) fn dump(url: &str) -> Result<String, CorpusError> {
    let mut command = std::process::Command::new("pg_dump");
    command.args([
        "--schema-only",
        "--no-owner",
        "--no-privileges",
        "--dbname",
        url,
    ]);
    let dumped = process::run(&mut command)?;
    match dumped.success {
        true => Ok(dumped.stdout),
        false => Err(CorpusError::Program {
            program: "pg_dump".to_owned(),
            output: dumped.stderr,
        }),
    }
}
