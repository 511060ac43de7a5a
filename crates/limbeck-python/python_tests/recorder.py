"""A bridge that only records, so that the front end's Python can be tested without the engine."""

import json
import pathlib
import sys
import types

PYTHON = pathlib.Path(__file__).resolve().parent.parent / "python"
sys.path.insert(0, str(PYTHON))

_bridge = types.ModuleType("_limbeck")
recorded = []


class DatabaseError(Exception):
    """Has to be there; nothing here refuses a statement."""


def _apply(bind, operation, where=None, autocommit=False):
    recorded.append(json.loads(operation))


def _type_text(dialect, data):
    """Enough of a type's text for casts and messages: its name and numbers."""
    data = json.loads(data)
    kind, fields = (data, {}) if isinstance(data, str) else next(iter(data.items()))
    names = {"big_integer": "BIGINT", "small_integer": "SMALLINT", "string": "VARCHAR", "date_time": "DATETIME"}
    if kind == "uuid" and dialect not in ("postgresql", "mariadb"):
        return "CHAR(32)"
    if kind == "named":
        arguments = ", ".join(str(one) for one in fields.get("arguments", ()))
        return fields["name"] + (f"({arguments})" if arguments else "")
    name = names.get(kind, kind.upper())
    length = fields.get("length") if isinstance(fields, dict) else None
    return f"{name}({length})" if length else name


# Words of the scripts that a dialect reserves.
_RESERVED = "desc from group order select table user".split()


def _quote(dialect, name):
    reserved = name in _RESERVED or (name == "key" and dialect != "postgresql")
    return f"<{name}>" if reserved else name


def _warn(text):
    pass


_bridge.DatabaseError = DatabaseError
_bridge.apply = _apply
_bridge.type_text = _type_text
_bridge.quote = _quote
_bridge.warn = _warn
sys.modules["_limbeck"] = _bridge


def dialect(name):
    """The dialect of that name, as an offline script gets it."""
    from sqlalchemy.dialects import mysql, postgresql, sqlite

    if name == "mariadb":
        from sqlalchemy.dialects.mysql import mariadb

        return mariadb.MariaDBDialect()
    return {"sqlite": sqlite, "postgresql": postgresql, "mysql": mysql}[name].dialect()


class Connection:
    """Stands for the migration's connection."""

    _bind = 0

    def __init__(self, dialect):
        self.dialect = dialect

    def in_transaction(self):
        return False


def run(script, dialect_name, offline=False, naming_convention=None):
    """The operations of a script's body, or the class of the error that SQLAlchemy raised while they were made."""
    import sqlalchemy as sa
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy.dialects import mysql, postgresql, sqlite
    from sqlalchemy.exc import SQLAlchemyError

    recorded.clear()
    chosen = dialect(dialect_name)
    metadata = sa.MetaData(naming_convention=naming_convention)
    context = MigrationContext(chosen, Connection(chosen), {"as_sql": offline, "target_metadata": metadata})
    names = {"op": Operations(context), "sa": sa, "mysql": mysql, "postgresql": postgresql, "sqlite": sqlite}
    try:
        exec(compile(script, "<script>", "exec"), {"__name__": "script", **names})
    except SQLAlchemyError as error:
        return {"not_made": type(error).__name__}
    return {"operations": list(recorded)}
