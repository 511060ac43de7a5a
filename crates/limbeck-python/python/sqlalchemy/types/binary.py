"""Types of bytes."""

from sqlalchemy.types.engine import TypeEngine


class _Binary(TypeEngine):
    def __init__(self, length=None):
        self.length = length

    @property
    def python_type(self):
        return bytes

    @property
    def _type_affinity(self):
        return _Binary

    @property
    def _generic_type_affinity(self):
        return LargeBinary

    def literal_processor(self, dialect):
        return lambda value: "'" + value.decode("utf-8").replace("'", "''") + "'"

    def bind_processor(self, dialect):
        def process(value):
            return value if value is None or isinstance(value, bytes) else bytes(value)

        return process

    def result_processor(self, dialect, coltype):
        return self.bind_processor(dialect)

    def coerce_compared_value(self, op, value):
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)


class LargeBinary(_Binary):
    __visit_name__ = "large_binary"


class BLOB(LargeBinary):
    __visit_name__ = "BLOB"


class BINARY(_Binary):
    __visit_name__ = "BINARY"


class VARBINARY(_Binary):
    __visit_name__ = "VARBINARY"
