"""SQLite."""

from limbeck_runtime.reflection.base import Reader, by_column_name, constraints, expression, no_key, primary_key
from limbeck_runtime.reflection.question import by_name, described, first_column, rows, stripped

_TYPES = {"BOOL": "BOOLEAN", "INT": "INTEGER", "DATE_CHAR": "DATE", "DATETIME_CHAR": "DATETIME", "TIME_CHAR": "TIME"}
_PLAIN = (
    "BIGINT BLOB BOOLEAN CHAR DECIMAL DOUBLE DOUBLE_PRECISION FLOAT INTEGER NUMERIC REAL SMALLINT TEXT TIMESTAMP VARCHAR "
    "NVARCHAR"
).split()
_OWN = ("DATE", "DATETIME", "TIME", "JSON")


class SqliteReader(Reader):
    MISSING = ("comment",)
    COLUMNS = ["columns", "constraints"]

    # -- lists of names

    def _names(self, connection, schema, kind, master="sqlite_master", sqlite_include_internal=False):
        place = master if schema is None else _quoted(schema) + "." + master
        internal = "" if sqlite_include_internal else " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        return first_column(connection, f"SELECT name FROM {place} WHERE type = '{kind}'{internal} ORDER BY name")

    def schema_names(self, connection):
        return [row[1] for row in rows(connection, "PRAGMA database_list") if row[1] != "temp"]

    def table_names(self, connection, schema, **kw):
        return self._names(connection, schema, "table", **kw)

    def view_names(self, connection, schema, **kw):
        return self._names(connection, schema, "view", **kw)

    def temp_table_names(self, connection, **kw):
        return self._names(connection, None, "table", "sqlite_temp_master", **kw)

    def temp_view_names(self, connection, **kw):
        return self._names(connection, None, "view", "sqlite_temp_master", **kw)

    def view_definition(self, connection, name, schema):
        if schema is not None:
            sources = [_quoted(schema) + ".sqlite_master"]
        else:
            sources = ["sqlite_master", "sqlite_temp_master"]
        for source in sources:
            found = first_column(connection, f"SELECT sql FROM {source} WHERE name = ? AND type = 'view'", (name,))
            if found:
                return found[0]
        raise self.no_such_table(name, schema)

    # -- parts of a table

    def columns(self, connection, table, answer, schema):
        key = primary_key(table)
        key = key["columns"] if key else []
        made = []
        for column in table["columns"]:
            default = column.get("default") or {}
            text = default.get("expression")
            entry = {
                "name": column["name"],
                "type": reflected_type(declared(column["data_type"])),
                "nullable": column["nullable"],
                "default": None if text is None else stripped(text),
                "primary_key": _place(key, column["name"]),
            }
            computed = default.get("computed")
            if computed:
                entry["computed"] = {"sqltext": computed["expression"], "persisted": bool(computed.get("persisted"))}
            made.append(entry)
        return made

    def primary_key(self, connection, table, schema):
        key = primary_key(table)
        if key is None:
            return no_key()
        return {"constrained_columns": list(key["columns"]), "name": key.get("name")}

    def foreign_keys(self, connection, table, schema):
        return [self._foreign_key(connection, key, schema) for key in constraints(table, "foreign_key")]

    def _foreign_key(self, connection, key, schema):
        target = key["target"]["name"]
        options = {}
        for option, given in (("ondelete", key.get("on_delete")), ("onupdate", key.get("on_update"))):
            if given and given != "NO ACTION":
                options[option] = given
        deferral = key.get("deferral") or {}
        options.update((name, deferral[name]) for name in ("deferrable", "initially") if name in deferral)
        return {
            "name": key.get("name"),
            "constrained_columns": list(key["columns"]),
            "referred_schema": schema,
            "referred_table": target,
            "referred_columns": list(key["target_columns"]) or self._key_of(connection, target, schema),
            "options": options,
        }

    def _key_of(self, connection, name, schema):
        """The primary key of a table that a foreign key refers to without naming its columns."""
        found = by_name(described(connection, schema, [name], ["constraints"])).values()
        key = next((primary_key(table) for table in found), None)
        return list(key["columns"]) if key else []

    def indexes(self, connection, table, schema):
        made = []
        for index in table.get("indexes", ()):
            names = [element["key"].get("column") for element in index["elements"]]
            if None in names:
                from sqlalchemy.util import warn

                warn("Skipped unsupported reflection of expression-based index %s" % index["name"])
                continue
            options = {}
            if index.get("predicate"):
                from sqlalchemy import text

                options["sqlite_where"] = text(index["predicate"])
            made.append(
                {
                    "name": index["name"],
                    "column_names": names,
                    "unique": int(index.get("unique", False)),
                    "dialect_options": options,
                }
            )
        return by_column_name(made)

    def unique_constraints(self, connection, table, schema):
        return [
            {"name": unique.get("name"), "column_names": list(unique["columns"])} for unique in constraints(table, "unique")
        ]

    def check_constraints(self, connection, table, schema):
        checks = constraints(table, "check")
        return by_column_name([{"sqltext": expression(check), "name": check.get("name")} for check in checks])

    def options(self, connection, table, schema):
        found = table.get("options", {}).get("sqlite", {})
        options = {}
        if found.get("without_rowid"):
            options["sqlite_with_rowid"] = False
        if found.get("strict"):
            options["sqlite_strict"] = True
        return options


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _place(key, name):
    """Where a column stands in the primary key, counted from 1."""
    for place, other in enumerate(key, 1):
        if other.lower() == name.lower():
            return place
    return 0


def declared(data_type):
    """The type as the table declares it, in upper case."""
    custom = data_type.get("custom")
    if custom is not None:
        return custom.split(' COLLATE "')[0].upper()
    named = data_type["named"]
    arguments = named.get("arguments")
    return named["name"] + ("(%s)" % ", ".join(map(str, arguments)) if arguments else "")


def reflected_type(text):
    """The type for a declared one, by its name or else by SQLite's rules of affinity."""
    import re

    from sqlalchemy import types

    match = re.match(r"([\w ]+)(\(.*?\))?", text)
    name, arguments = match.groups() if match else ("", None)
    known = _TYPES.get(name, name)
    if known in _OWN:
        from sqlalchemy.dialects import sqlite

        made = getattr(sqlite, known)
    elif known in _PLAIN:
        made = getattr(types, known)
    elif "INT" in name:
        made = types.INTEGER
    elif "CHAR" in name or "CLOB" in name or "TEXT" in name:
        made = types.TEXT
    elif "BLOB" in name or not name:
        made = types.NullType
    elif "REAL" in name or "FLOA" in name or "DOUB" in name:
        made = types.REAL
    else:
        made = types.NUMERIC
    if not arguments:
        return made()
    numbers = [int(number) for number in re.findall(r"\d+", arguments)]
    try:
        return made(*numbers)
    except TypeError:
        from sqlalchemy.util import warn

        warn("Could not instantiate type %s with reflected arguments %s; using no arguments." % (made, numbers))
        return made()
