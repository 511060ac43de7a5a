"""The types of MySQL and MariaDB."""

from sqlalchemy import types as sqltypes
from sqlalchemy.types.engine import TypeEngine, generic_repr
from sqlalchemy.types.enumeration import Enum
from sqlalchemy.types.json import JSON as _JSON
from sqlalchemy.types.schema_type import NativeForEmulated


class _NumericType:
    _is_mixin = True

    def __init__(self, unsigned=False, zerofill=False, **kw):
        self.unsigned = unsigned
        self.zerofill = zerofill
        super().__init__(**kw)

    def __repr__(self):
        return generic_repr(self, to_inspect=[_NumericType, sqltypes.Numeric])


class _FloatType(_NumericType, sqltypes.Float):
    def __init__(self, precision=None, scale=None, asdecimal=True, **kw):
        if isinstance(self, (REAL, DOUBLE)) and (precision is None) != (scale is None):
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError("You must specify both precision and scale or omit both altogether.")
        super().__init__(precision=precision, asdecimal=asdecimal, **kw)
        self.scale = scale

    def __repr__(self):
        return generic_repr(self, to_inspect=[_FloatType, _NumericType, sqltypes.Float])

    @property
    def _type_affinity(self):
        return sqltypes.Numeric


class _IntegerType(_NumericType, sqltypes.Integer):
    def __init__(self, display_width=None, **kw):
        self.display_width = display_width
        super().__init__(**kw)

    def __repr__(self):
        return generic_repr(self, to_inspect=[_IntegerType, _NumericType, sqltypes.Integer])

    @property
    def _type_affinity(self):
        return sqltypes.Integer


class _StringType(sqltypes.String):
    def __init__(
        self, charset=None, collation=None, ascii=False, binary=False, unicode=False, national=False, **kw
    ):
        self.charset = charset
        kw.setdefault("collation", kw.pop("collate", collation))
        self.ascii = ascii
        self.unicode = unicode
        self.binary = binary
        self.national = national
        super().__init__(**kw)

    def __repr__(self):
        return generic_repr(self, to_inspect=[_StringType, sqltypes.String])


class NUMERIC(_NumericType, sqltypes.NUMERIC):
    __visit_name__ = "NUMERIC"

    def __init__(self, precision=None, scale=None, asdecimal=True, **kw):
        super().__init__(precision=precision, scale=scale, asdecimal=asdecimal, **kw)


class DECIMAL(_NumericType, sqltypes.DECIMAL):
    __visit_name__ = "DECIMAL"

    def __init__(self, precision=None, scale=None, asdecimal=True, **kw):
        super().__init__(precision=precision, scale=scale, asdecimal=asdecimal, **kw)


class DOUBLE(_FloatType, sqltypes.DOUBLE):
    __visit_name__ = "DOUBLE"


class REAL(_FloatType, sqltypes.REAL):
    __visit_name__ = "REAL"


class FLOAT(_FloatType, sqltypes.FLOAT):
    __visit_name__ = "FLOAT"

    def __init__(self, precision=None, scale=None, asdecimal=False, **kw):
        super().__init__(precision=precision, scale=scale, asdecimal=asdecimal, **kw)


class INTEGER(_IntegerType, sqltypes.INTEGER):
    __visit_name__ = "INTEGER"


class BIGINT(_IntegerType, sqltypes.BIGINT):
    __visit_name__ = "BIGINT"


class SMALLINT(_IntegerType, sqltypes.SMALLINT):
    __visit_name__ = "SMALLINT"


class MEDIUMINT(_IntegerType):
    __visit_name__ = "MEDIUMINT"


class TINYINT(_IntegerType):
    __visit_name__ = "TINYINT"


class BIT(TypeEngine):
    __visit_name__ = "BIT"

    def __init__(self, length=None):
        self.length = length

    def result_processor(self, dialect, coltype):
        def process(value):
            return int.from_bytes(value, "big") if isinstance(value, bytes) else value

        return process


class YEAR(TypeEngine):
    __visit_name__ = "YEAR"

    def __init__(self, display_width=None):
        self.display_width = display_width


class TIME(sqltypes.TIME):
    __visit_name__ = "TIME"

    def __init__(self, timezone=False, fsp=None):
        super().__init__(timezone=timezone)
        self.fsp = fsp


class TIMESTAMP(sqltypes.TIMESTAMP):
    __visit_name__ = "TIMESTAMP"

    def __init__(self, timezone=False, fsp=None):
        super().__init__(timezone=timezone)
        self.fsp = fsp


class DATETIME(sqltypes.DATETIME):
    __visit_name__ = "DATETIME"

    def __init__(self, timezone=False, fsp=None):
        super().__init__(timezone=timezone)
        self.fsp = fsp


class TEXT(_StringType, sqltypes.TEXT):
    __visit_name__ = "TEXT"

    def __init__(self, length=None, **kw):
        super().__init__(length=length, **kw)


class TINYTEXT(_StringType):
    __visit_name__ = "TINYTEXT"


class MEDIUMTEXT(_StringType):
    __visit_name__ = "MEDIUMTEXT"


class LONGTEXT(_StringType):
    __visit_name__ = "LONGTEXT"


class VARCHAR(_StringType, sqltypes.VARCHAR):
    __visit_name__ = "VARCHAR"

    def __init__(self, length=None, **kwargs):
        super().__init__(length=length, **kwargs)


class CHAR(_StringType, sqltypes.CHAR):
    __visit_name__ = "CHAR"

    def __init__(self, length=None, **kwargs):
        super().__init__(length=length, **kwargs)


class NVARCHAR(_StringType, sqltypes.NVARCHAR):
    __visit_name__ = "NVARCHAR"

    def __init__(self, length=None, **kwargs):
        kwargs["national"] = True
        super().__init__(length=length, **kwargs)


class NCHAR(_StringType, sqltypes.NCHAR):
    __visit_name__ = "NCHAR"

    def __init__(self, length=None, **kwargs):
        kwargs["national"] = True
        super().__init__(length=length, **kwargs)


class TINYBLOB(sqltypes._Binary):
    __visit_name__ = "TINYBLOB"


class MEDIUMBLOB(sqltypes._Binary):
    __visit_name__ = "MEDIUMBLOB"


class LONGBLOB(sqltypes._Binary):
    __visit_name__ = "LONGBLOB"


class INET4(TypeEngine):
    __visit_name__ = "INET4"


class INET6(TypeEngine):
    __visit_name__ = "INET6"


class JSON(_JSON):
    pass


class ENUM(NativeForEmulated, Enum, _StringType):
    __visit_name__ = "ENUM"
    native_enum = True

    def __init__(self, *enums, **kw):
        kw.pop("strict", None)
        own = {
            name: kw.pop(name)
            for name in ("charset", "collation", "collate", "ascii", "binary", "unicode", "national")
            if name in kw
        }
        self._enum_init(enums, kw)
        self.charset = own.get("charset")
        self.collation = own.get("collate", own.get("collation"))
        for name in ("ascii", "binary", "unicode", "national"):
            setattr(self, name, own.get(name, False))

    def _object_value_for_elem(self, elem):
        return elem if elem == "" else super()._object_value_for_elem(elem)

    def __repr__(self):
        return generic_repr(self, to_inspect=[ENUM, _StringType, Enum], omit=("_create_events",))


class SET(_StringType):
    __visit_name__ = "SET"

    def __init__(self, *values, **kw):
        self.retrieve_as_bitwise = kw.pop("retrieve_as_bitwise", False)
        self.values = tuple(values)
        if not self.retrieve_as_bitwise and "" in values:
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError("Can't use the blank value '' in a SET without setting retrieve_as_bitwise=True")
        kw.setdefault("length", max((len(value) for value in values), default=0))
        super().__init__(**kw)

    def bind_processor(self, dialect):
        def process(value):
            if value is None or isinstance(value, (int, str)):
                return value
            return ",".join(value)

        return process

    def result_processor(self, dialect, coltype):
        def process(value):
            if value is None or isinstance(value, set):
                return value
            return set(part for part in value.split(",") if part)

        return process

    def __repr__(self):
        return generic_repr(self, to_inspect=[SET, _StringType])
