"""SQL types by their public names. Modules of rarer types are imported when one of their names is first used."""

from sqlalchemy.types.binary import BINARY, BLOB, VARBINARY, LargeBinary, _Binary
from sqlalchemy.types.boolean import BOOLEAN, Boolean, MatchType
from sqlalchemy.types.decorator import ExternalType, TupleType, TypeDecorator, UserDefinedType, Variant
from sqlalchemy.types.engine import NULLTYPE, NullType, TypeEngine, adapt_type, resolve_value_type, to_instance
from sqlalchemy.types.number import (
    BIGINT,
    DECIMAL,
    DOUBLE,
    DOUBLE_PRECISION,
    FLOAT,
    INT,
    INTEGER,
    NUMERIC,
    REAL,
    SMALLINT,
    BigInteger,
    Double,
    Float,
    Integer,
    Numeric,
    SmallInteger,
)
from sqlalchemy.types.schema_type import Emulated, NativeForEmulated, SchemaEventTarget, SchemaType
from sqlalchemy.types.temporal import DATE, DATETIME, TIME, TIMESTAMP, Date, DateTime, Time
from sqlalchemy.types.text import (
    CHAR,
    CLOB,
    NCHAR,
    NVARCHAR,
    TEXT,
    VARCHAR,
    Concatenable,
    String,
    Text,
    Unicode,
    UnicodeText,
)

_resolve_value_to_type = resolve_value_type
BOOLEANTYPE = Boolean()
INTEGERTYPE = Integer()
STRINGTYPE = String()

_LATER = {
    "Enum": "sqlalchemy.types.enumeration",
    "JSON": "sqlalchemy.types.json",
    "Indexable": "sqlalchemy.types.json",
    "ARRAY": "sqlalchemy.types.other",
    "Interval": "sqlalchemy.types.other",
    "PickleType": "sqlalchemy.types.other",
    "UUID": "sqlalchemy.types.other",
    "Uuid": "sqlalchemy.types.other",
    "_AbstractInterval": "sqlalchemy.types.other",
}


def __getattr__(name):
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(__import__(module, fromlist=[name]), name)
    globals()[name] = value
    return value


__all__ = (
    "ARRAY BIGINT BINARY BLOB BOOLEAN BigInteger Boolean CHAR CLOB Concatenable DATE DATETIME DECIMAL DOUBLE "
    "DOUBLE_PRECISION Date DateTime Double Enum FLOAT Float INT INTEGER Indexable Integer Interval JSON LargeBinary "
    "MatchType NCHAR NULLTYPE NUMERIC NVARCHAR NullType Numeric PickleType REAL SMALLINT STRINGTYPE SmallInteger "
    "String TEXT TIME TIMESTAMP Text Time TupleType TypeDecorator TypeEngine UUID Unicode UnicodeText UserDefinedType "
    "Uuid VARBINARY VARCHAR Variant"
).split()
