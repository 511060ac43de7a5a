//! The dump of a MariaDB database.

use sqlx::{Connection, MySqlConnection, Row};

use super::{Collector, Dump, Listing, compared, pinned};

const SCHEMA: [Listing; 10] = [
    pinned(
        "relations",
        "SELECT concat_ws(' ', lower(table_type), table_name, engine, nullif(create_options, ''), nullif(table_comment, ''))
        FROM information_schema.tables
        WHERE table_schema = database() AND table_name <> 'alembic_version' ORDER BY table_name",
    ),
    pinned(
        "columns",
        "SELECT concat(table_name, '.', column_name, ' ', column_type, if(is_nullable = 'NO', ' not null', ''),
            ifnull(concat(' default ', replace(column_default, concat('`', database(), '`.'), '')), ''),
            if(generation_expression > '', concat(' generated ', generation_expression), ''),
            if(extra > '', concat(' ', lower(extra)), ''),
            if(column_comment > '', concat(' -- ', column_comment), ''))
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = database() AND table_name <> 'alembic_version' AND table_type <> 'SEQUENCE'
        ORDER BY table_name, ordinal_position",
    ),
    pinned(
        "keys",
        "SELECT concat(table_name, ': ', constraint_name, ' (', group_concat(column_name ORDER BY ordinal_position), ')',
            ifnull(concat(' references ', max(key_column_usage.referenced_table_name), ' (',
                group_concat(referenced_column_name ORDER BY ordinal_position), ')'), ''),
            ifnull(concat(' on delete ', lower(max(delete_rule)), ' on update ', lower(max(update_rule))), ''))
        FROM information_schema.key_column_usage
        LEFT JOIN information_schema.referential_constraints
            USING (constraint_schema, constraint_name, table_name)
        WHERE constraint_schema = database() AND table_name <> 'alembic_version'
        GROUP BY table_name, constraint_name ORDER BY table_name, constraint_name",
    ),
    pinned(
        "checks",
        "SELECT concat(table_name, ': ', constraint_name, ' ', check_clause)
        FROM information_schema.check_constraints
        WHERE constraint_schema = database() ORDER BY table_name, constraint_name",
    ),
    pinned(
        "indexes",
        "SELECT concat(table_name, ': ', index_name, if(non_unique, '', ' unique'), ' (',
            group_concat(concat(column_name, if(collation = 'D', ' desc', '')) ORDER BY seq_in_index), ')')
        FROM information_schema.statistics
        WHERE table_schema = database() AND table_name <> 'alembic_version'
        GROUP BY table_name, index_name, non_unique ORDER BY table_name, index_name",
    ),
    pinned(
        "partitions",
        "SELECT concat(table_name, ': ', partition_name, ' ', lower(partition_method), ' ', partition_expression, ' ',
            partition_description)
        FROM information_schema.partitions
        WHERE table_schema = database() AND partition_name IS NOT NULL ORDER BY table_name, partition_ordinal_position",
    ),
    pinned(
        "triggers",
        "SELECT concat(trigger_name, ' ', lower(action_timing), ' ', lower(event_manipulation), ' on ',
            event_object_table, ' ', action_statement)
        FROM information_schema.triggers WHERE trigger_schema = database() ORDER BY trigger_name",
    ),
    pinned(
        "routines",
        "SELECT concat(lower(routine_type), ' ', routine_name, ' (', ifnull((
                SELECT group_concat(concat_ws(' ', lower(parameter_mode), parameter_name, dtd_identifier)
                    ORDER BY ordinal_position)
                FROM information_schema.parameters
                WHERE specific_schema = routine_schema AND specific_name = routines.specific_name AND ordinal_position > 0
            ), ''), ') ', ifnull(dtd_identifier, ''), ' ', lower(is_deterministic), ' ', lower(sql_data_access), ' ', routine_definition)
        FROM information_schema.routines WHERE routine_schema = database() ORDER BY routine_name",
    ),
    pinned(
        "events",
        "SELECT concat(event_name, ' every ', interval_value, ' ', lower(interval_field), ' from ', starts, ' ',
            lower(status), ' ', event_comment, ' ', event_definition)
        FROM information_schema.events WHERE event_schema = database() ORDER BY event_name",
    ),
    compared(
        "view definitions",
        "SELECT concat(table_name, ': ', replace(view_definition, concat('`', database(), '`.'), ''))
        FROM information_schema.views WHERE table_schema = database() ORDER BY table_name",
    ),
];

const ROWS: &str = "SELECT concat(table_name, char(9 USING utf8mb4), 'SELECT concat_ws('', '', ',
        group_concat(concat('quote(`', column_name, '`)') ORDER BY ordinal_position), ') FROM `', table_name, '` ORDER BY 1')
    FROM information_schema.columns
    WHERE table_schema = database() AND table_name <> 'alembic_version'
    GROUP BY table_name ORDER BY table_name";

/// Everything in the database at `url`.
pub(crate) async fn mariadb(url: &str) -> Dump {
    let mut connection = MySqlConnection::connect(url).await.unwrap();
    sqlx::raw_sql("SET SESSION group_concat_max_len = 1000000")
        .execute(&mut connection)
        .await
        .unwrap();
    let mut collector = Collector::new(async |query: &str| {
        let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await
            .unwrap_or_else(|error| panic!("{error}\n{query}"));
        rows.iter()
            .map(|row| String::from_utf8(row.get_unchecked(0)).unwrap())
            .collect()
    });
    collector.schema(&SCHEMA).await;
    collector.rows(ROWS).await;
    collector.finish()
}
