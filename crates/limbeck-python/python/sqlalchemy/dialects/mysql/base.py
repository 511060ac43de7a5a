"""The dialects of MySQL and MariaDB."""

from ...engine.default import DefaultDialect
from ...engine.later import Later


class MySQLDialect(DefaultDialect):
    """MySQL."""

    name = engine_name = "mysql"
    driver = "mysqldb"
    statement_compiler = Later("sqlalchemy.dialects.mysql.compiler", "MySQLCompiler")
    preparer = Later("sqlalchemy.dialects.mysql.compiler", "MySQLIdentifierPreparer")
    default_paramstyle = paramstyle = "format"
    max_identifier_length = 255
    max_index_name_length = 64
    max_constraint_name_length = 64
    div_is_floordiv = False
    supports_native_enum = True
    supports_native_decimal = True
    supports_default_metavalue = True
    supports_comments = True
    inline_comments = True
    cte_follows_insert = True
    _backslash_escapes = True
    isolation_levels = (
        "SERIALIZABLE",
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "AUTOCOMMIT",
    )
    default_isolation_level = "REPEATABLE READ"

    @property
    def _is_mariadb(self):
        return self.is_mariadb

    def _know_version(self):
        version = self.server_version_info
        if self.is_mariadb:
            self.supports_sequences = version >= (10, 3)
            self.sequences_optional = True
            self.insert_returning = version >= (10, 5)
            self.delete_returning = version >= (10, 0, 5)
            self._support_float_cast = version >= (10, 4, 5)
        else:
            self.use_mysql_for_share = self.supports_for_update_of = version >= (8, 0, 1)
            self._requires_alias_for_on_duplicate_key = version >= (8, 0, 20)
            self._support_float_cast = version >= (8, 0, 17)


class MariaDBDialect(MySQLDialect):
    """MariaDB."""

    name = engine_name = "mariadb"
    is_mariadb = True


MySQLDialect_mysqldb = MySQLDialect_pymysql = MySQLDialect
dialect = MySQLDialect


def __getattr__(name):
    if name in ("MySQLCompiler", "MySQLIdentifierPreparer"):
        from . import compiler

        return getattr(compiler, name)
    raise AttributeError("module {!r} has no attribute {!r}".format(__name__, name))
