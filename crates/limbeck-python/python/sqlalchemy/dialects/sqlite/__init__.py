"""SQLite: its types and what only its SQL has, each imported when it is first used."""

from sqlalchemy.dialects.lazy import PLAIN_TYPES, finder

_TABLE = (
    (
        PLAIN_TYPES,
        "BLOB BOOLEAN CHAR DECIMAL FLOAT INTEGER NUMERIC REAL SMALLINT TEXT TIMESTAMP VARCHAR",
    ),
    ("types", "DATE DATETIME JSON TIME"),
    ("dml", "Insert insert"),
    ("base", "dialect SQLiteDialect"),
)

__getattr__ = finder(__name__, _TABLE, globals())
