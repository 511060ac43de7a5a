"""The bridge module for running the cases under CPython: SQLite through the standard library.

Knows just enough DDL for ``create_all``; everything else the cases do is SQL of our own making.
"""

import json
import sqlite3

_open = {}
_numbers = [0]
operations = []


class DatabaseError(Exception):
    """message, code, sql"""

    def __init__(self, message, code=None, sql=None):
        super().__init__(message, code, sql)
        self.message, self.code, self.sql = message, code, sql

    def __str__(self):
        return str(self.message)


def connect(url, options=None):
    _numbers[0] += 1
    path = str(url).split("://", 1)[1].lstrip("/") or ":memory:"
    _open[_numbers[0]] = sqlite3.connect(path, isolation_level=None)
    return _numbers[0]


def _connection(bind):
    if bind not in _open:
        _open[bind] = sqlite3.connect(":memory:", isolation_level=None)
    return _open[bind]


def close(bind):
    one = _open.pop(bind, None)
    if one is not None:
        one.close()


def begin(bind):
    if bind != 0:
        _connection(bind).execute("BEGIN")


def commit(bind):
    if bind != 0 and _connection(bind).in_transaction:
        _connection(bind).execute("COMMIT")


def rollback(bind):
    if bind != 0 and _connection(bind).in_transaction:
        _connection(bind).execute("ROLLBACK")


def execute(bind, sql, parameters=(), autocommit=False):
    try:
        cursor = _connection(bind).execute(sql, tuple(parameters))
        names = None if cursor.description is None else tuple(one[0] for one in cursor.description)
        return (names, cursor.fetchall() if names else [], cursor.rowcount, cursor.lastrowid)
    except sqlite3.Error as error:
        raise DatabaseError(str(error), getattr(error, "sqlite_errorcode", None), sql) from None


def apply(bind, operation, where=None, autocommit=False):
    operations.append(operation)
    for text in statements("sqlite", operation):
        execute(bind, text)


def statements(dialect, operation, literal=True):
    value = json.loads(operation) if isinstance(operation, str) else operation
    if value.get("operation") != "create_table":
        return []
    table = value["table"]
    primary = []
    for constraint in table.get("constraints", ()):
        primary = constraint.get("primary_key", {}).get("columns") or primary
    parts = []
    for column in table["columns"]:
        text = f'"{column["name"]}" {_affinity(column)}'
        if primary == [column["name"]] and _affinity(column) == "INTEGER":
            text += " PRIMARY KEY"
        if not column.get("nullable", True):
            text += " NOT NULL"
        default = column.get("default")
        if default is not None:
            text += f" DEFAULT ({_default(default)})"
        parts.append(text)
    if primary and not any("PRIMARY KEY" in part for part in parts):
        parts.append("PRIMARY KEY (" + ", ".join(f'"{name}"' for name in primary) + ")")
    return [f'CREATE TABLE "{table["name"]["name"]}" ({", ".join(parts)})']


def _affinity(column):
    text = json.dumps(column.get("data_type") or column.get("type")).lower()
    for word, kind in (("int", "INTEGER"), ("numeric", "NUMERIC"), ("bool", "INTEGER"), ("float", "REAL"), ("double", "REAL")):
        if word in text:
            return kind
    return "TEXT" if "binary" not in text else "BLOB"


def _default(value):
    if isinstance(value, dict):
        kind, inner = next(iter(value.items()))
        if kind in ("literal", "text", "string", "value") and isinstance(inner, str):
            return "'" + inner.replace("'", "''") + "'"
        return _default(value.get("sql") or inner)
    return str(value)


def type_text(dialect, data_type_json):
    return "TEXT"


def quote(dialect, identifier):
    if identifier.isidentifier() and identifier == identifier.lower() and identifier not in ("order", "group", "select", "table"):
        return identifier
    return '"' + identifier.replace('"', '""') + '"'


def inspect(bind, question):
    _, rows, _, _ = execute(bind, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return json.dumps({"tables": [name for (name,) in rows], "views": []})


def server(bind):
    return {
        "dialect": "sqlite", "version": sqlite3.sqlite_version_info, "default_schema": None, "database": None,
        "url": "sqlite://", "offline": False,
    }


def configuration():
    return json.dumps({})


def warn(text):
    pass
