"""PostgreSQL: lists of names, enums, domains, and what is asked for by one name."""

from limbeck_runtime.reflection.base import Reader
from limbeck_runtime.reflection.question import first_column, rows

_RELATIONS = (
    "SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE "
)
_TYPES = "pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace"


def _in_schema(schema, visible="pg_catalog.pg_table_is_visible(c.oid)"):
    """The condition for a schema, and its parameter."""
    if schema is None:
        return f"{visible} AND n.nspname <> 'pg_catalog'", ()
    return "n.nspname = ?", (schema,)


class NamesReader(Reader):
    def schema_names(self, connection):
        return first_column(
            connection,
            "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY nspname",
        )

    def _relations(self, connection, schema, kinds, persistence="c.relpersistence <> 't'"):
        condition, parameters = _in_schema(schema)
        sql = f"{_RELATIONS}c.relkind IN ({kinds}) AND {persistence} AND {condition}"
        return first_column(connection, sql, parameters)

    def table_names(self, connection, schema, **kw):
        return self._relations(connection, schema, "'r', 'p'")

    def view_names(self, connection, schema, **kw):
        return self._relations(connection, schema, "'v'")

    def materialized_view_names(self, connection, schema):
        return self._relations(connection, schema, "'m'")

    def foreign_table_names(self, connection, schema):
        return self._relations(connection, schema, "'f'")

    def temp_table_names(self, connection, **kw):
        return self._relations(connection, None, "'r', 'p'", "c.relpersistence = 't'")

    def temp_view_names(self, connection, **kw):
        return self._relations(connection, None, "'v'", "c.relpersistence = 't'")

    def sequence_names(self, connection, schema):
        return self._relations(connection, schema, "'S'", "true")

    def view_definition(self, connection, name, schema):
        condition, parameters = _in_schema(schema)
        sql = (
            "SELECT pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n "
            f"ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND {condition} AND c.relname = ?"
        )
        found = first_column(connection, sql, tuple(parameters) + (name,))
        if not found:
            raise self.no_such_table(name, schema)
        return found[0]

    def table_oid(self, connection, name, schema):
        condition, parameters = _in_schema(schema)
        sql = _RELATIONS.replace("c.relname", "c.oid", 1) + f"{condition} AND c.relname = ?"
        found = first_column(connection, sql, tuple(parameters) + (name,))
        if not found:
            raise self.no_such_table(name, schema)
        return int(found[0])

    def has_type(self, connection, name, schema):
        condition, parameters = _type_schema(schema)
        sql = f"SELECT 1 FROM {_TYPES} WHERE t.typname = ? AND {condition}"
        return bool(rows(connection, sql, (name,) + parameters))

    def enums(self, connection, schema):
        condition, parameters = _type_schema(schema)
        sql = (
            "SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid), (SELECT "
            "pg_catalog.array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum AS e "
            f"WHERE e.enumtypid = t.oid) FROM {_TYPES} WHERE t.typtype = 'e' AND {condition} ORDER BY n.nspname, t.typname"
        )
        return [
            {"name": name, "schema": own, "visible": visible, "labels": list(labels or ())}
            for name, own, visible, labels in rows(connection, sql, parameters)
        ]

    def domains(self, connection, schema):
        condition, parameters = _type_schema(schema)
        sql = (
            "SELECT t.typname, n.nspname, pg_catalog.pg_type_is_visible(t.oid), "
            "pg_catalog.format_type(t.typbasetype, t.typtypmod), NOT t.typnotnull, t.typdefault, co.collname::text, "
            "(SELECT pg_catalog.array_agg(c.conname::text ORDER BY c.conname) FROM pg_catalog.pg_constraint AS c WHERE c.contypid = t.oid), "
            "(SELECT pg_catalog.array_agg(pg_catalog.pg_get_constraintdef(c.oid, true) ORDER BY c.conname) "
            "FROM pg_catalog.pg_constraint AS c WHERE c.contypid = t.oid) "
            f"FROM {_TYPES} LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = t.typcollation "
            f"WHERE t.typtype = 'd' AND {condition} ORDER BY n.nspname, t.typname"
        )
        made = []
        for name, own, visible, base, nullable, default, collation, names, texts in rows(connection, sql, parameters):
            checks = [
                {"name": check, "check": text[7:-1]}
                for check, text in zip(names or (), texts or ())
                if text.upper().startswith("CHECK")
            ]
            made.append(
                {
                    "name": name,
                    "schema": own,
                    "visible": visible,
                    "type": base.split("(")[0],
                    "nullable": nullable,
                    "default": default,
                    "constraints": checks,
                    "collation": collation,
                }
            )
        return made


def _type_schema(schema):
    if schema == "*":
        return "true", ()
    return _in_schema(schema, "pg_catalog.pg_type_is_visible(t.oid)")
