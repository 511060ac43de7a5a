"""The types of Oracle."""

from sqlalchemy import types as sqltypes
from sqlalchemy.types.engine import TypeEngine
from sqlalchemy.types.other import _AbstractInterval
from sqlalchemy.types.schema_type import NativeForEmulated


class RAW(sqltypes._Binary):
    __visit_name__ = "RAW"


class NCLOB(sqltypes.Text):
    __visit_name__ = "NCLOB"


class VARCHAR2(sqltypes.VARCHAR):
    __visit_name__ = "VARCHAR2"


class NVARCHAR2(sqltypes.NVARCHAR):
    __visit_name__ = "NVARCHAR2"


class NUMBER(sqltypes.Numeric):
    __visit_name__ = "NUMBER"

    def __init__(self, precision=None, scale=None, asdecimal=None):
        if asdecimal is None:
            asdecimal = bool(scale and scale > 0)
        super().__init__(precision=precision, scale=scale, asdecimal=asdecimal)


class FLOAT(sqltypes.FLOAT):
    __visit_name__ = "FLOAT"

    def __init__(self, binary_precision=None, asdecimal=False, decimal_return_scale=None):
        super().__init__(asdecimal=asdecimal, decimal_return_scale=decimal_return_scale)
        self.binary_precision = binary_precision


class BINARY_DOUBLE(sqltypes.Double):
    __visit_name__ = "BINARY_DOUBLE"


class BINARY_FLOAT(sqltypes.Float):
    __visit_name__ = "BINARY_FLOAT"


class BFILE(sqltypes.LargeBinary):
    __visit_name__ = "BFILE"


class LONG(sqltypes.Text):
    __visit_name__ = "LONG"


class DATE(sqltypes.DateTime):
    __visit_name__ = "DATE"


class TIMESTAMP(sqltypes.TIMESTAMP):
    def __init__(self, timezone=False, local_timezone=False):
        super().__init__(timezone=timezone)
        self.local_timezone = local_timezone


class INTERVAL(NativeForEmulated, _AbstractInterval):
    __visit_name__ = "INTERVAL"

    def __init__(self, day_precision=None, second_precision=None):
        self.day_precision = day_precision
        self.second_precision = second_precision


class ROWID(TypeEngine):
    __visit_name__ = "ROWID"
