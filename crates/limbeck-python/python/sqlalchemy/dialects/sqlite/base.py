"""SQLite's dialect."""

from ...engine.default import DefaultDialect, EnginePreparer
from .compiler import SQLiteCompiler


class SQLiteIdentifierPreparer(EnginePreparer):
    """SQLite's quoting."""


class SQLiteDialect(DefaultDialect):
    """SQLite."""

    name = engine_name = "sqlite"
    driver = "pysqlite"
    statement_compiler = SQLiteCompiler
    preparer = SQLiteIdentifierPreparer
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
