"""MySQL and MariaDB: their types and what only their SQL has, each imported when it is first used."""

from sqlalchemy.dialects.lazy import PLAIN_TYPES, finder

_TABLE = (
    (PLAIN_TYPES, "BINARY BLOB BOOLEAN DATE VARBINARY"),
    (
        "types",
        "BIGINT BIT CHAR DATETIME DECIMAL DOUBLE FLOAT INET4 INET6 INTEGER JSON LONGBLOB LONGTEXT MEDIUMBLOB "
        "MEDIUMINT MEDIUMTEXT NCHAR NUMERIC NVARCHAR REAL SET SMALLINT TEXT TIME TIMESTAMP TINYBLOB TINYINT TINYTEXT "
        "VARCHAR YEAR ENUM",
    ),
    ("dml", "Insert insert limit"),
    ("expression", "match"),
    ("base", "dialect MySQLDialect"),
)

_find = finder(__name__, _TABLE, globals())


def __getattr__(name):
    if name == "mariadb":
        return __import__("sqlalchemy.dialects.mysql.mariadb", fromlist=["*"])
    return _find(name)
