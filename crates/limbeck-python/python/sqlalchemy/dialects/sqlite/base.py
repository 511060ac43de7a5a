"""SQLite's dialect."""

from ...engine.default import DefaultDialect
from ...engine.later import Later


class SQLiteDialect(DefaultDialect):
    """SQLite."""

    name = engine_name = "sqlite"
    driver = "pysqlite"
    statement_compiler = Later("sqlalchemy.dialects.sqlite.compiler", "SQLiteCompiler")
    preparer = Later("sqlalchemy.dialects.sqlite.compiler", "SQLiteIdentifierPreparer")
    default_paramstyle = paramstyle = "qmark"
    tuple_in_values = True
    insert_returning = update_returning = delete_returning = True
    supports_cast = True
    supports_default_values = True
    supports_default_metavalue = True
    supports_empty_insert = False
    supports_alter = False
    isolation_levels = ("READ UNCOMMITTED", "SERIALIZABLE", "AUTOCOMMIT")
    default_isolation_level = "SERIALIZABLE"
    ddl_compiler = None


SQLiteDialect_pysqlite = SQLiteDialect
dialect = SQLiteDialect


def __getattr__(name):
    if name in ("SQLiteCompiler", "SQLiteIdentifierPreparer"):
        from . import compiler

        return getattr(compiler, name)
    raise AttributeError("module {!r} has no attribute {!r}".format(__name__, name))
