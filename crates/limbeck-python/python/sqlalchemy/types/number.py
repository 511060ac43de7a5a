"""Types of numbers."""

from sqlalchemy.types.engine import TypeEngine


class Integer(TypeEngine):
    __visit_name__ = "integer"

    @property
    def python_type(self):
        return int

    def literal_processor(self, dialect):
        return lambda value: str(int(value))


class SmallInteger(Integer):
    __visit_name__ = "small_integer"


class BigInteger(Integer):
    __visit_name__ = "big_integer"


class Numeric(TypeEngine):
    __visit_name__ = "numeric"
    _default_decimal_return_scale = 10

    def __init__(self, precision=None, scale=None, decimal_return_scale=None, asdecimal=True):
        self.precision = precision
        self.scale = scale
        self.decimal_return_scale = decimal_return_scale
        self.asdecimal = asdecimal

    @property
    def python_type(self):
        if self.asdecimal:
            import decimal

            return decimal.Decimal
        return float

    @property
    def _effective_decimal_return_scale(self):
        if self.decimal_return_scale is not None:
            return self.decimal_return_scale
        if getattr(self, "scale", None) is not None:
            return self.scale
        return self._default_decimal_return_scale

    def literal_processor(self, dialect):
        def process(value):
            import decimal

            decimal.Decimal(value)
            return str(value)

        return process

    def bind_processor(self, dialect):
        """SQLite has no exact numbers: they go in as floating point."""
        if dialect.name != "sqlite":
            return None
        return lambda value: None if value is None else float(value)

    def result_processor(self, dialect, coltype):
        if not self.asdecimal:
            return _to_float
        if dialect.name != "sqlite":
            return _to_decimal
        form = "%." + str(self._effective_decimal_return_scale) + "f"

        def process(value):
            if value is None:
                return None
            import decimal

            return decimal.Decimal(form % value)

        return process


def _to_float(value):
    return value if value is None else float(value)


def _to_decimal(value):
    if value is None:
        return None
    import decimal

    return value if isinstance(value, decimal.Decimal) else decimal.Decimal(str(value))


class Float(Numeric):
    __visit_name__ = "float"
    scale = None

    def __init__(self, precision=None, asdecimal=False, decimal_return_scale=None):
        self.precision = precision
        self.asdecimal = asdecimal
        self.decimal_return_scale = decimal_return_scale

    def bind_processor(self, dialect):
        return None if not self.asdecimal else super().bind_processor(dialect)


class Double(Float):
    __visit_name__ = "double"


class REAL(Float):
    __visit_name__ = "REAL"


class FLOAT(Float):
    __visit_name__ = "FLOAT"


class DOUBLE(Double):
    __visit_name__ = "DOUBLE"


class DOUBLE_PRECISION(Double):
    __visit_name__ = "DOUBLE_PRECISION"


class NUMERIC(Numeric):
    __visit_name__ = "NUMERIC"


class DECIMAL(Numeric):
    __visit_name__ = "DECIMAL"


class INTEGER(Integer):
    __visit_name__ = "INTEGER"


INT = INTEGER


class SMALLINT(SmallInteger):
    __visit_name__ = "SMALLINT"


class BIGINT(BigInteger):
    __visit_name__ = "BIGINT"
