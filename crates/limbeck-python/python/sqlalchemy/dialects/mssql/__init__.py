"""Microsoft SQL Server: its types by name, for scripts that serve several databases."""

from sqlalchemy.dialects.lazy import PLAIN_TYPES, finder

_TABLE = (
    (
        PLAIN_TYPES,
        "BIGINT BINARY CHAR DATE DATETIME DECIMAL FLOAT INTEGER NCHAR NUMERIC NVARCHAR SMALLINT TEXT VARCHAR",
    ),
    (
        "types",
        "BIT DATETIME2 DATETIMEOFFSET DOUBLE_PRECISION IMAGE JSON MONEY NTEXT REAL ROWVERSION SMALLDATETIME "
        "SMALLMONEY SQL_VARIANT TIME TIMESTAMP TINYINT UNIQUEIDENTIFIER VARBINARY XML",
    ),
    ("base", "dialect MSDialect"),
)

__getattr__ = finder(__name__, _TABLE, globals())
