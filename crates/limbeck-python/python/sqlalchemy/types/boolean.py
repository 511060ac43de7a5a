"""Truth values."""

from sqlalchemy.types.engine import TypeEngine, generic_repr
from sqlalchemy.types.schema_type import Emulated, SchemaType


class Boolean(SchemaType, Emulated, TypeEngine):
    __visit_name__ = "boolean"
    native = True
    schema = None
    inherit_schema = None
    metadata = None

    def __init__(self, create_constraint=False, name=None, _create_events=True, _adapted_from=None):
        self.create_constraint = create_constraint
        self.name = name
        self._create_events = _create_events

    @property
    def python_type(self):
        return bool

    def __repr__(self):
        return generic_repr(self, omit=("_create_events", "_adapted_from"))

    def _check_condition(self, column):
        return column.in_([0, 1])

    @staticmethod
    def _strict_as_bool(value):
        if value is not None and value not in (True, False):
            if not isinstance(value, int):
                raise TypeError("Not a boolean value: %r" % (value,))
            raise ValueError("Value %r is not None, True, or False" % (value,))
        return value

    def literal_processor(self, dialect):
        words = ("true", "false") if dialect.name not in ("sqlite",) else ("1", "0")

        def process(value):
            return words[0] if self._strict_as_bool(value) else words[1]

        return process

    def bind_processor(self, dialect):
        convert = bool if dialect.name == "postgresql" else int

        def process(value):
            value = self._strict_as_bool(value)
            return None if value is None else convert(value)

        return process

    def result_processor(self, dialect, coltype):
        if dialect.name == "postgresql":
            return None
        return lambda value: None if value is None else bool(value)


class BOOLEAN(Boolean):
    __visit_name__ = "BOOLEAN"


class MatchType(Boolean):
    """The type of `MATCH`."""
