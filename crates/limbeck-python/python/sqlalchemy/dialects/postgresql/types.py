"""PostgreSQL's own types."""

from sqlalchemy.types.binary import LargeBinary
from sqlalchemy.types.engine import TypeEngine
from sqlalchemy.types.json import JSON as _JSON
from sqlalchemy.types.json import Indexable, JSONPathType
from sqlalchemy.types.other import ARRAY as _ARRAY
from sqlalchemy.types.other import UUID as PGUuid  # noqa: F401
from sqlalchemy.types.other import Interval, _AbstractInterval
from sqlalchemy.types.schema_type import NativeForEmulated
from sqlalchemy.types.temporal import TIME as _TIME
from sqlalchemy.types.temporal import TIMESTAMP as _TIMESTAMP
from sqlalchemy.types.text import TEXT, Concatenable, Text


class TIME(_TIME):
    __visit_name__ = "TIME"

    def __init__(self, timezone=False, precision=None):
        super().__init__(timezone=timezone)
        self.precision = precision


class TIMESTAMP(_TIMESTAMP):
    __visit_name__ = "TIMESTAMP"

    def __init__(self, timezone=False, precision=None):
        super().__init__(timezone=timezone)
        self.precision = precision


class INTERVAL(NativeForEmulated, _AbstractInterval):
    __visit_name__ = "INTERVAL"
    native = True

    def __init__(self, precision=None, fields=None):
        self.precision = precision
        self.fields = fields

    @property
    def python_type(self):
        import datetime

        return datetime.timedelta

    @property
    def _type_affinity(self):
        return Interval

    def as_generic(self, allow_nulltype=False):
        return Interval(native=True, second_precision=self.precision)


PGInterval = INTERVAL


class BYTEA(LargeBinary):
    __visit_name__ = "BYTEA"


class BIT(TypeEngine):
    __visit_name__ = "BIT"

    def __init__(self, length=None, varying=False):
        self.length = length if varying else length or 1
        self.varying = varying


PGBit = BIT


class _Text(TypeEngine):
    """A type whose values travel as text."""

    _is_mixin = True

    def literal_processor(self, dialect):
        return lambda value: "'" + str(value).replace("'", "''") + "'"

    def coerce_compared_value(self, op, value):
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)


class INET(_Text, TypeEngine):
    __visit_name__ = "INET"


PGInet = INET


class CIDR(_Text, TypeEngine):
    __visit_name__ = "CIDR"


PGCidr = CIDR


class MACADDR(_Text, TypeEngine):
    __visit_name__ = "MACADDR"


PGMacAddr = MACADDR


class MACADDR8(_Text, TypeEngine):
    __visit_name__ = "MACADDR8"


PGMacAddr8 = MACADDR8


class MONEY(TypeEngine):
    __visit_name__ = "MONEY"


class OID(TypeEngine):
    __visit_name__ = "OID"


class REGCONFIG(TypeEngine):
    __visit_name__ = "REGCONFIG"


class REGCLASS(TypeEngine):
    __visit_name__ = "REGCLASS"


class TSQUERY(TypeEngine):
    __visit_name__ = "TSQUERY"


class TSVECTOR(_Text, TypeEngine):
    __visit_name__ = "TSVECTOR"


class CITEXT(TEXT):
    __visit_name__ = "CITEXT"

    def coerce_compared_value(self, op, value):
        return self


class JSON(_JSON):
    def __init__(self, none_as_null=False, astext_type=None):
        super().__init__(none_as_null=none_as_null)
        self._astext_type = astext_type

    @property
    def astext_type(self):
        return self._astext_type if self._astext_type is not None else Text()

    def __repr__(self):
        from sqlalchemy.types.engine import generic_repr

        if self._astext_type is None:
            return f"{self.__class__.__name__}(astext_type=Text())"
        return generic_repr(self)


class JSONB(JSON):
    __visit_name__ = "JSONB"


class JSONPATH(JSONPathType):
    __visit_name__ = "JSONPATH"


class HSTORE(Indexable, Concatenable, TypeEngine):
    __visit_name__ = "HSTORE"
    hashable = False

    def __init__(self, text_type=None):
        self.text_type = text_type if text_type is not None else Text()

    @property
    def python_type(self):
        return dict

    def bind_processor(self, dialect):
        def process(value):
            if not isinstance(value, dict):
                return value
            return ", ".join(f"{_quoted(key)}=>{_quoted(item)}" for key, item in value.items())

        return process

    def result_processor(self, dialect, coltype):
        return lambda value: _parsed(value) if isinstance(value, str) else value


def _quoted(value):
    if value is None:
        return "NULL"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _parsed(text):
    """The pairs of hstore's text form."""
    import re

    pairs = re.findall(r'"((?:\\.|[^"\\])*)"\s*=>\s*(?:"((?:\\.|[^"\\])*)"|(NULL))', text)
    plain = re.compile(r"\\(.)")
    return {plain.sub(r"\1", key): None if null else plain.sub(r"\1", value) for key, value, null in pairs}


class ARRAY(_ARRAY):
    """An array with PostgreSQL's operators."""
