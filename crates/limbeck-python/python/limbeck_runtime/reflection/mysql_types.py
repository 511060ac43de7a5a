"""Types of MySQL's and MariaDB's columns."""

_NAMES = (
    "BIGINT BINARY BIT BLOB CHAR DATE DATETIME DECIMAL DOUBLE FLOAT INTEGER JSON LONGBLOB LONGTEXT MEDIUMBLOB MEDIUMINT "
    "MEDIUMTEXT NCHAR NUMERIC NVARCHAR REAL SMALLINT TEXT TIME TIMESTAMP TINYBLOB TINYINT TINYTEXT VARBINARY VARCHAR YEAR"
).split()
_MARIADB = ("INET4", "INET6")


def reflected_type(data_type, column, dialect):
    """The type object."""
    from sqlalchemy.dialects import mysql

    found = data_type.get("enum")
    if found is not None:
        return mysql.ENUM(*found["values"], **_characters(found))
    named = data_type.get("named")
    if named is None:
        return _unknown(data_type.get("custom", ""), column)
    name, arguments = named["name"], list(named.get("arguments", ()))
    options = _characters(named)
    for sign in ("unsigned", "zerofill"):
        if named.get(sign):
            options[sign] = True
    if name == "SET":
        if "" in arguments:
            options["retrieve_as_bitwise"] = True
        return mysql.SET(*arguments, **options)
    if name in ("DATETIME", "TIME", "TIMESTAMP") and arguments:
        options["fsp"] = arguments.pop(0)
    known = getattr(dialect, "ischema_names", {}).get(name.lower())
    if known is None and (name in _NAMES or (name in _MARIADB and dialect.name == "mariadb")):
        known = getattr(mysql, name)
    if known is None:
        return _unknown(name.lower(), column)
    return known(*arguments, **options)


def _characters(found):
    """Character set and collation."""
    options = {}
    if found.get("charset"):
        options["charset"] = found["charset"]
    if found.get("collation"):
        options["collation"] = found["collation"]
    return options


def _unknown(name, column):
    from sqlalchemy.types import NULLTYPE
    from sqlalchemy.util import warn

    warn("Did not recognize type '%s' of column '%s'" % (name, column))
    return NULLTYPE
