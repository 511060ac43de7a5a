"""The types of Microsoft SQL Server."""

from sqlalchemy import types as sqltypes
from sqlalchemy.types.engine import TypeEngine
from sqlalchemy.types.json import JSON as _JSON
from sqlalchemy.types.other import Uuid


class BIT(sqltypes.Boolean):
    __visit_name__ = "BIT"


class TINYINT(sqltypes.Integer):
    __visit_name__ = "TINYINT"


class REAL(sqltypes.REAL):
    def __init__(self, **kw):
        kw.setdefault("precision", 24)
        super().__init__(**kw)


class DOUBLE_PRECISION(sqltypes.DOUBLE_PRECISION):
    def __init__(self, **kw):
        kw.setdefault("precision", 53)
        super().__init__(**kw)


class TIME(sqltypes.TIME):
    def __init__(self, precision=None, **kwargs):
        self.precision = precision
        super().__init__()


class SMALLDATETIME(sqltypes.DateTime):
    __visit_name__ = "SMALLDATETIME"


class DATETIME2(sqltypes.DateTime):
    __visit_name__ = "DATETIME2"

    def __init__(self, precision=None, **kw):
        super().__init__(**kw)
        self.precision = precision


class DATETIMEOFFSET(sqltypes.DateTime):
    __visit_name__ = "DATETIMEOFFSET"

    def __init__(self, precision=None, **kw):
        super().__init__(**kw)
        self.precision = precision


class TIMESTAMP(sqltypes._Binary):
    __visit_name__ = "TIMESTAMP"
    length = None

    def __init__(self, convert_int=False):
        self.convert_int = convert_int


class ROWVERSION(TIMESTAMP):
    __visit_name__ = "ROWVERSION"


class NTEXT(sqltypes.UnicodeText):
    __visit_name__ = "NTEXT"


class XML(sqltypes.Text):
    __visit_name__ = "XML"


class IMAGE(sqltypes.LargeBinary):
    __visit_name__ = "IMAGE"


class VARBINARY(sqltypes.VARBINARY):
    __visit_name__ = "VARBINARY"

    def __init__(self, length=None, filestream=False):
        self.filestream = filestream
        super().__init__(length=length)


class MONEY(TypeEngine):
    __visit_name__ = "MONEY"


class SMALLMONEY(TypeEngine):
    __visit_name__ = "SMALLMONEY"


class SQL_VARIANT(TypeEngine):
    __visit_name__ = "SQL_VARIANT"


class UNIQUEIDENTIFIER(Uuid):
    __visit_name__ = "UNIQUEIDENTIFIER"

    def __init__(self, as_uuid=True):
        super().__init__(as_uuid=as_uuid)


class JSON(_JSON):
    pass
