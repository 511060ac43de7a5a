//! PostgreSQL: the catalogue, with the server's own functions for texts.

use limbeck::migrate::Session;

use super::{OWN, Own, ask, in_one_line};

/// Objects in schemas that are not the server's, and not an extension's. Each question gives the kind, the name and what
/// there is to say; `{own}` keeps to objects of the schemas, `{local}` tells whether something is the table's own.
const QUESTIONS: [&str; 12] = [
    // Extensions and schemas.
    "SELECT 'extension', e.extname::text, '' FROM pg_extension AS e",
    "SELECT 'schema', n.nspname::text, '' FROM pg_namespace AS n WHERE n.nspname !~ '^pg_'",
    // Tables, views and sequences.
    "SELECT 'relation', c.oid::regclass::text, concat_ws(' ', c.relkind, c.relpersistence, \
         (SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) AS o), pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid), \
         (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits AS i \
          WHERE i.inhrelid = c.oid), CASE WHEN c.relrowsecurity THEN 'secured' END, \
         CASE WHEN c.relforcerowsecurity THEN 'forced' END, obj_description(c.oid, 'pg_class')) \
     FROM pg_class AS c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') \
         AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = c.oid AND deptype = 'i' AND c.relkind = 'S') AND {own}(c.relnamespace, c.oid, 'pg_class')",
    // Columns.
    "SELECT 'column', concat(c.oid::regclass, '.', a.attname), concat_ws(' ', \
         format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END, a.attidentity, \
         a.attgenerated, pg_get_expr(d.adbin, d.adrelid), \
         CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END, \
         {local}(a.attislocal, a.attinhcount), a.attinhcount, col_description(c.oid, a.attnum)) \
     FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_type AS t ON t.oid = a.atttypid \
     LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm') \
         AND {own}(c.relnamespace, c.oid, 'pg_class')",
    // Constraints of tables and of domains.
    "SELECT 'constraint', concat(k.conrelid::regclass, ' ', k.contypid::regtype, ' ', k.conname), \
         concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated, {local}(k.conislocal, k.coninhcount), k.coninhcount, \
         obj_description(k.oid, 'pg_constraint')) \
     FROM pg_constraint AS k WHERE k.contype <> 't' AND {own}(k.connamespace, k.conrelid, 'pg_class')",
    "SELECT 'index', i.indexrelid::regclass::text, concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, \
         i.indisclustered, i.indisreplident, obj_description(i.indexrelid, 'pg_class')) \
     FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid WHERE {own}(c.relnamespace, c.oid, 'pg_class')",
    "SELECT 'view', c.oid::regclass::text, pg_get_viewdef(c.oid) \
     FROM pg_class AS c WHERE c.relkind IN ('v', 'm') AND {own}(c.relnamespace, c.oid, 'pg_class')",
    // Enums and domains.
    "SELECT 'type', t.oid::regtype::text, concat_ws(' ', t.typtype, t.typnotnull, t.typdefault, \
         CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END, \
         (SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder) FROM pg_enum AS e \
          WHERE e.enumtypid = t.oid)) \
     FROM pg_type AS t WHERE t.typtype IN ('e', 'd') AND {own}(t.typnamespace, t.oid, 'pg_type')",
    // The name of an identity's sequence is the server's own affair.
    "SELECT 'sequence', coalesce((SELECT 'of ' || d.refobjid::regclass FROM pg_depend AS d WHERE d.objid = s.seqrelid \
         AND d.deptype = 'i'), s.seqrelid::regclass::text), concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, \
         s.seqmin, s.seqmax, s.seqcache, s.seqcycle, (SELECT concat(d.refobjid::regclass, '.', a.attname, d.deptype) \
         FROM pg_depend AS d JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid \
         WHERE d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))) \
     FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid WHERE {own}(c.relnamespace, c.oid, 'pg_class')",
    "SELECT 'routine', p.oid::regprocedure::text, pg_get_functiondef(p.oid) \
     FROM pg_proc AS p WHERE p.prokind IN ('f', 'p') AND {own}(p.pronamespace, p.oid, 'pg_proc')",
    "SELECT 'trigger', concat(t.tgrelid::regclass, ' ', t.tgname), concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled) \
     FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid \
     WHERE NOT t.tgisinternal AND {own}(c.relnamespace, c.oid, 'pg_class')",
    "SELECT 'policy', concat(p.polrelid::regclass, ' ', p.polname), concat_ws(' ', p.polcmd, p.polpermissive, \
         (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE r::regrole::text END, ',') FROM unnest(p.polroles) AS r), \
         pg_get_expr(p.polqual, p.polrelid), '|', pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy AS p",
];

pub(super) async fn lines(session: &mut Session<'_>, seen: Own) -> Vec<String> {
    let local = match seen {
        Own::Seen => "concat",
        Own::Unseen => "num_nulls",
    };
    let own = "CREATE FUNCTION pg_temp.own(schema oid, object oid, class regclass) RETURNS boolean LANGUAGE sql AS $$ \
         SELECT (SELECT nspname !~ '^pg_' AND nspname <> 'information_schema' FROM pg_namespace WHERE oid = schema) \
         AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = object AND classid = class AND deptype = 'e') $$";
    let already = ask(
        session,
        "SELECT to_regprocedure('pg_temp.own(oid,oid,regclass)')::text",
    )
    .await;
    if already[0][0] == "NULL" {
        ask(session, own).await;
    }
    let mut lines = Vec::new();
    for question in QUESTIONS {
        for row in ask(
            session,
            &question
                .replace("{own}", "pg_temp.own")
                .replace("{local}", local),
        )
        .await
        {
            let name = row[1].trim_start();
            let (kind, text) = (&row[0], in_one_line(&row[2]));
            if !OWN.iter().any(|own| name.starts_with(own)) {
                lines.push(format!("{kind} {name}: {text}"));
            }
        }
    }
    lines
}
