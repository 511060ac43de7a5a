"""Oracle: its types by name, for scripts that serve several databases."""

from sqlalchemy.dialects.lazy import PLAIN_TYPES, finder

_TABLE = (
    (PLAIN_TYPES, "BLOB CHAR CLOB DOUBLE_PRECISION NCHAR NVARCHAR REAL VARCHAR"),
    (
        "types",
        "BFILE BINARY_DOUBLE BINARY_FLOAT DATE FLOAT INTERVAL LONG NCLOB NUMBER NVARCHAR2 RAW ROWID TIMESTAMP VARCHAR2",
    ),
    ("base", "dialect OracleDialect"),
)

__getattr__ = finder(__name__, _TABLE, globals())
