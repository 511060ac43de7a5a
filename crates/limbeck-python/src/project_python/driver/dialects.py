"""SQLAlchemy's own dialects on our DBAPI module: everything of theirs but the parts that need a C driver."""

from types import SimpleNamespace

import sqlalchemy
from sqlalchemy import pool
from sqlalchemy.dialects import registry

from limbeck_driver.dbapi import Connection, Module

_LEVELS = ("AUTOCOMMIT", "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


class _OnLimbeck:
    """What is the same for all: isolation belongs to the engine, and autocommit is a flag that goes with a statement."""

    supports_statement_cache = True
    _limbeck_default_level = "READ COMMITTED"

    def on_connect(self):
        return None

    def get_isolation_level(self, dbapi_connection):
        return "AUTOCOMMIT" if dbapi_connection.autocommit else self._limbeck_default_level

    get_default_isolation_level = get_isolation_level

    def get_isolation_level_values(self, dbapi_connection):
        return _LEVELS

    def set_isolation_level(self, dbapi_connection, level):
        dbapi_connection.autocommit = str(level).replace("_", " ").upper() == "AUTOCOMMIT"

    def reset_isolation_level(self, dbapi_connection):
        dbapi_connection.autocommit = False

    def detect_autocommit_setting(self, dbapi_connection):
        return dbapi_connection.autocommit

    def is_disconnect(self, error, connection, cursor):
        # A lost connection ends the run; nothing is opened again behind its back.
        return False

    def do_ping(self, dbapi_connection):
        return True

    def _do_autocommit(self, connection, value):
        connection.autocommit = value


def _sqlite():
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

    class SQLiteDialect_limbeck(_OnLimbeck, SQLiteDialect_pysqlite):
        supports_statement_cache = True
        _limbeck_default_level = "SERIALIZABLE"

    return SQLiteDialect_limbeck


def _postgresql():
    from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

    from limbeck_driver.ranges import RANGES

    class PGDialect_limbeck(_OnLimbeck, PGDialect_psycopg2):
        supports_statement_cache = True
        supports_server_side_cursors = False
        # uuid.UUID comes back as in SQLAlchemy's psycopg2 with register_uuid().
        _psycopg2_extras = SimpleNamespace(**RANGES)
        psycopg2_version = (2, 9, 0)

        def _hstore_oids(self, connection):
            return None

        def do_executemany(self, cursor, statement, parameters, context=None):
            cursor.executemany(statement, parameters)

    return PGDialect_limbeck


def _mysql(mariadb):
    from sqlalchemy.dialects.mysql.pymysql import MySQLDialect_pymysql

    bases = (_OnLimbeck, MySQLDialect_pymysql)
    if mariadb:
        from sqlalchemy.dialects.mysql.mariadb import MariaDBDialect

        bases = (_OnLimbeck, MariaDBDialect, MySQLDialect_pymysql)

    class MySQLDialect_limbeck(*bases):
        supports_statement_cache = True
        supports_server_side_cursors = False
        _limbeck_default_level = "REPEATABLE READ"

        def _detect_charset(self, connection):
            return "utf8mb4"

        def _detect_sql_mode(self, connection):
            super()._detect_sql_mode(connection)
            driver = connection.connection
            driver = getattr(driver, "dbapi_connection", driver)
            driver.backslash_escapes = "NO_BACKSLASH_ESCAPES" not in (self._sql_mode or "")

    return MySQLDialect_limbeck


_MAKERS = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "mysql": lambda: _mysql(False),
    "mariadb": lambda: _mysql(True),
}

_REGISTERED = {}


def connect(pipe, dialect, url, future, place):
    """A SQLAlchemy connection on the engine's session, and the driver's connection under it.

    `url` is env.py's own: what a script reads from `bind.engine.url` is what it would read there. `future` is
    SQLAlchemy 1.4's way to behave like 2.0.
    """
    cls = _REGISTERED.get(dialect)
    if cls is None:
        cls = _REGISTERED[dialect] = _MAKERS[dialect]()
        globals()["limbeck_" + dialect] = cls
        registry.register("%s.limbeck" % dialect, __name__, "limbeck_" + dialect)
    module = Module(dialect)
    driver = Connection(pipe, module, place)
    keywords = {"module": module, "creator": lambda: driver, "poolclass": pool.StaticPool}
    if dialect == "sqlite":
        version = driver.execute("SELECT sqlite_version()").fetchone()[0]
        module.sqlite_version_info = tuple(int(part) for part in version.split("."))
    if sqlalchemy.__version__.startswith("1."):
        keywords["future"] = future
        if dialect == "postgresql":
            # Its other modes call functions of psycopg2.
            keywords["executemany_mode"] = None
    engine = sqlalchemy.create_engine("%s+limbeck://" % dialect, **keywords)
    if url is not None:
        engine.url = url
    return engine.connect(), driver
