//! The dump of a PostgreSQL database.

use sqlx::{Connection, PgConnection, Row};

use super::{Collector, Dump, Listing, compared, pinned};

/// Puts everything in the session's text into one shape, and makes views of the catalogue that leave out the system,
/// extensions and the version table.
const PREPARE: &str = "
    SET timezone = 'UTC';
    SET extra_float_digits = 0;
    CREATE TEMPORARY VIEW relation AS
    SELECT pg_class.oid::regclass::text AS name, pg_class.*
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname !~ '^(pg_|information_schema$)' AND relname <> 'alembic_version'
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e');
    CREATE TEMPORARY VIEW own_type AS
    SELECT pg_type.oid::regtype::text AS name, pg_type.*
    FROM pg_type JOIN pg_namespace ON pg_namespace.oid = typnamespace
    WHERE nspname !~ '^(pg_|information_schema$)'
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_type.oid AND deptype = 'e');";

const SCHEMA: [Listing; 17] = [
    pinned(
        "relations",
        "SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
                WHEN 'm' THEN 'materialized view' ELSE relkind::text END || ' ' || name
            || CASE relpersistence WHEN 'u' THEN ', unlogged' ELSE '' END
            || CASE WHEN relrowsecurity THEN ', row security' ELSE '' END
            || coalesce(', partition by ' || pg_get_partkeydef(oid), '')
            || coalesce(', partition of ' || (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = relation.oid)
                || ' ' || pg_get_expr(relpartbound, oid), '')
        FROM relation WHERE relkind IN ('r', 'p', 'v', 'm') ORDER BY name",
    ),
    pinned(
        "columns",
        "SELECT name || '.' || attname || ' ' || format_type(atttypid, atttypmod)
            || CASE WHEN attnotnull THEN ' not null' ELSE '' END
            || CASE attidentity WHEN 'a' THEN ' identity always' WHEN 'd' THEN ' identity' ELSE '' END
            || coalesce(CASE attgenerated WHEN '' THEN ' default ' ELSE ' generated ' END || pg_get_expr(adbin, adrelid), '')
        FROM relation
        JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relkind IN ('r', 'p', 'v', 'm') ORDER BY name, attnum",
    ),
    pinned(
        "constraints",
        "SELECT name || ': ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
        FROM pg_constraint JOIN relation ON relation.oid = conrelid
        WHERE contype <> 'n' AND conparentid = 0 ORDER BY name, conname",
    ),
    pinned(
        "indexes",
        "SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END
            || coalesce(' part of ' || (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = indexrelid), '')
        FROM pg_index JOIN relation ON relation.oid = indrelid ORDER BY 1",
    ),
    pinned(
        "triggers",
        "SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN relation ON relation.oid = tgrelid
        WHERE NOT tgisinternal AND tgparentid = 0 ORDER BY 1",
    ),
    pinned(
        "enums",
        "SELECT name || ': ' || string_agg(enumlabel, ', ' ORDER BY enumsortorder)
        FROM pg_enum JOIN own_type ON own_type.oid = enumtypid GROUP BY name ORDER BY name",
    ),
    pinned(
        "domains",
        "SELECT name || ' ' || format_type(typbasetype, typtypmod) || ' ' || coalesce((
            SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), ', ' ORDER BY conname)
            FROM pg_constraint WHERE contypid = own_type.oid), '')
        FROM own_type WHERE typtype = 'd' ORDER BY name",
    ),
    pinned(
        "sequences",
        "SELECT schemaname || '.' || sequencename || ' ' || data_type || ' from ' || start_value
            || ' by ' || increment_by || ', last ' || coalesce(last_value::text, 'none')
        FROM pg_sequences ORDER BY 1",
    ),
    pinned(
        "functions",
        "SELECT CASE prokind WHEN 'p' THEN 'procedure ' ELSE 'function ' END || pg_proc.oid::regprocedure
        FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname !~ '^(pg_|information_schema$)'
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
        ORDER BY 1",
    ),
    compared(
        "function definitions",
        "SELECT pg_get_functiondef(pg_proc.oid)
        FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname !~ '^(pg_|information_schema$)'
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
        ORDER BY 1",
    ),
    compared(
        "view definitions",
        "SELECT name || ': ' || pg_get_viewdef(oid) FROM relation WHERE relkind IN ('v', 'm') ORDER BY name",
    ),
    compared(
        "rules",
        "SELECT pg_get_ruledef(pg_rewrite.oid) FROM pg_rewrite JOIN relation ON relation.oid = ev_class
        WHERE rulename <> '_RETURN' ORDER BY 1",
    ),
    pinned(
        "policies",
        "SELECT name || ': ' || polname || ' ' || polcmd::text || ' ' || coalesce(pg_get_expr(polqual, polrelid), '')
        FROM pg_policy JOIN relation ON relation.oid = polrelid ORDER BY 1",
    ),
    pinned(
        "statistics",
        "SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext ORDER BY 1",
    ),
    pinned(
        "extensions",
        "SELECT extname::text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1",
    ),
    pinned(
        "schemas",
        "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$|public$)' ORDER BY 1",
    ),
    pinned(
        "comments",
        "SELECT pg_describe_object(classoid, objoid, objsubid) || ': ' || description FROM pg_description
        WHERE classoid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass) AND objoid >= 16384
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = objoid AND deptype = 'e')
        ORDER BY 1",
    ),
];

const ROWS: &str = r#"SELECT name || E'\t' || format('SELECT r::text FROM %s AS r ORDER BY r::text COLLATE "C"', name)
    FROM relation WHERE relkind IN ('r', 'v', 'm') ORDER BY name"#;

/// Everything in the database at `url`.
pub(crate) async fn postgresql(url: &str) -> Dump {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(PREPARE)
        .execute(&mut connection)
        .await
        .unwrap();
    let mut collector = Collector::new(async |query: &str| {
        let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await
            .unwrap_or_else(|error| panic!("{error}\n{query}"));
        rows.iter().map(|row| row.get(0)).collect()
    });
    collector.schema(&SCHEMA).await;
    collector.rows(ROWS).await;
    collector.finish()
}
