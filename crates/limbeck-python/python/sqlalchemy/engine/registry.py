"""Dialects by the name that a URL has."""

from .. import exc

# backend: (module, class, the driver that is taken when the URL names none)
_BACKENDS = {
    "sqlite": ("sqlite.base", "SQLiteDialect", "pysqlite"),
    "postgresql": ("postgresql.base", "PGDialect", "psycopg2"),
    "mysql": ("mysql.base", "MySQLDialect", "mysqldb"),
    "mariadb": ("mysql.base", "MariaDBDialect", "mysqldb"),
    "mssql": ("mssql.base", "MSDialect", "pyodbc"),
    "oracle": ("oracle.base", "OracleDialect", "cx_oracle"),
}
# How the drivers mark parameters; what is not here keeps the dialect's own way.
_PARAMSTYLES = {
    "aiosqlite": "qmark",
    "asyncpg": "numeric_dollar",
    "pg8000": "format",
    "mariadbconnector": "qmark",
    "asyncmy": "format",
}
_ASYNC = ("aiosqlite", "asyncpg", "aiomysql", "asyncmy", "psycopg_async")
_made = {}


def dialect_class(drivername):
    """The class of a dialect for `backend+driver`."""
    found = _made.get(drivername)
    if found is not None:
        return found
    backend, _, driver = drivername.partition("+")
    known = _BACKENDS.get(backend)
    if known is None:
        raise exc.NoSuchModuleError(
            "Can't load plugin: sqlalchemy.dialects:%s" % drivername.replace("+", ".")
        )
    module, name, usual = known
    base = getattr(__import__("sqlalchemy.dialects." + module, fromlist=[name]), name)
    driver = driver or usual
    members = {"driver": driver, "__module__": base.__module__, "is_async": driver in _ASYNC}
    style = _PARAMSTYLES.get(driver)
    if style is not None:
        members["default_paramstyle"] = members["paramstyle"] = style
    found = _made[drivername] = type(base.__name__, (base,), members)
    return found


class PluginLoader:
    """Dialects that projects register by name; they are known, and refused when used."""

    def __init__(self):
        self.names = {}

    def register(self, name, modulepath, objname):
        self.names[name] = (modulepath, objname)

    def load(self, name):
        given = self.names.get(name)
        if given is not None:
            return getattr(__import__(given[0], fromlist=[given[1]]), given[1])
        return dialect_class(name.replace(".", "+"))


registry = PluginLoader()
