"""UUIDs, spans of time, arrays and pickled objects."""

from sqlalchemy.types.binary import LargeBinary
from sqlalchemy.types.decorator import TypeDecorator
from sqlalchemy.types.engine import TypeEngine, to_instance
from sqlalchemy.types.json import Indexable
from sqlalchemy.types.schema_type import Emulated, NativeForEmulated, SchemaEventTarget
from sqlalchemy.types.temporal import DateTime
from sqlalchemy.types.text import Concatenable


def has_native_uuid(dialect):
    """Whether the database has a type of its own for UUIDs."""
    return dialect.name == "postgresql"


class Uuid(Emulated, TypeEngine):
    __visit_name__ = "uuid"
    length = None
    collation = None

    def __init__(self, as_uuid=True, native_uuid=True):
        self.as_uuid = as_uuid
        self.native_uuid = native_uuid

    @property
    def native(self):
        return self.native_uuid

    @property
    def python_type(self):
        if not self.as_uuid:
            return str
        import uuid

        return uuid.UUID

    def coerce_compared_value(self, op, value):
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)

    def _as_characters(self, dialect):
        return not (self.native_uuid and has_native_uuid(dialect))

    def bind_processor(self, dialect):
        if not self._as_characters(dialect):
            if self.as_uuid:
                return None
            import uuid

            return lambda value: None if value is None else uuid.UUID(value)
        if self.as_uuid:
            return lambda value: None if value is None else value.hex
        return lambda value: None if value is None else value.replace("-", "")

    def result_processor(self, dialect, coltype):
        if not self._as_characters(dialect):
            return None if self.as_uuid else (lambda value: None if value is None else str(value))
        import uuid

        if self.as_uuid:
            return lambda value: None if value is None else uuid.UUID(value)
        return lambda value: None if value is None else str(uuid.UUID(value))

    def literal_processor(self, dialect):
        if not self.as_uuid:
            return lambda value: "'" + value.replace("-", "").replace("'", "''") + "'"
        if self._as_characters(dialect):
            return lambda value: "'" + value.hex + "'"
        return lambda value: "'" + str(value).replace("'", "''") + "'"


class UUID(Uuid, NativeForEmulated):
    __visit_name__ = "UUID"
    native_uuid = True

    def __init__(self, as_uuid=True):
        self.as_uuid = as_uuid
        self.native_uuid = True


class _AbstractInterval(TypeEngine):
    _is_mixin = True

    def coerce_compared_value(self, op, value):
        return super().coerce_compared_value(op, value)


class Interval(Emulated, _AbstractInterval, TypeDecorator):
    """A span of time; where the database has none, a date and time since 1970."""

    impl = DateTime
    cache_ok = True

    def __init__(self, native=True, second_precision=None, day_precision=None):
        super().__init__()
        self.native = native
        self.second_precision = second_precision
        self.day_precision = day_precision

    @property
    def python_type(self):
        import datetime

        return datetime.timedelta

    @property
    def _type_affinity(self):
        return Interval

    def __repr__(self):
        return "Interval()"

    def _is_native(self, dialect):
        return self.native and dialect.name == "postgresql"

    def bind_processor(self, dialect):
        if self._is_native(dialect):
            return None
        import datetime

        epoch = datetime.datetime(1970, 1, 1)
        inner = self.impl.bind_processor(dialect)

        def process(value):
            value = None if value is None else epoch + value
            return inner(value) if inner else value

        return process

    def result_processor(self, dialect, coltype):
        if self._is_native(dialect):
            return None
        import datetime

        epoch = datetime.datetime(1970, 1, 1)
        inner = self.impl.result_processor(dialect, coltype)

        def process(value):
            value = inner(value) if inner else value
            return None if value is None else value - epoch

        return process

    def literal_processor(self, dialect):
        if self._is_native(dialect):
            return lambda value: "make_interval(secs=>%s)" % value.total_seconds()
        bind = self.bind_processor(dialect)
        return lambda value: "'" + str(bind(value)) + "'"


class ARRAY(SchemaEventTarget, Indexable, Concatenable, TypeEngine):
    __visit_name__ = "ARRAY"
    _is_array = True
    zero_indexes = False

    def __init__(self, item_type, as_tuple=False, dimensions=None, zero_indexes=False):
        if isinstance(item_type, ARRAY):
            raise ValueError("Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype")
        self.item_type = to_instance(item_type)
        self.as_tuple = as_tuple
        self.dimensions = dimensions
        self.zero_indexes = zero_indexes

    @property
    def hashable(self):
        return self.as_tuple

    @property
    def python_type(self):
        return list

    def _set_parent_with_dispatch(self, parent, **kw):
        self.item_type._set_parent_with_dispatch(parent, **kw)

    def _each(self, value, process, collection):
        if value is None:
            return None
        if isinstance(value, (list, tuple)):
            return collection([self._each(item, process, collection) for item in value])
        return process(value) if process else value

    def bind_processor(self, dialect):
        inner = self.item_type._cached_bind_processor(dialect)
        return lambda value: self._each(value, inner, list)

    def result_processor(self, dialect, coltype):
        inner = self.item_type._cached_result_processor(dialect, coltype)
        collection = tuple if self.as_tuple else list
        return lambda value: self._each(value, inner, collection)

    def literal_processor(self, dialect):
        inner = self.item_type._cached_literal_processor(dialect)
        if inner is None:
            return None

        def process(value):
            if value is None:
                return "NULL"
            if isinstance(value, (list, tuple)):
                return "[" + ", ".join(process(item) for item in value) + "]"
            return inner(value)

        return lambda value: "ARRAY" + process(value)


class PickleType(TypeDecorator):
    impl = LargeBinary
    cache_ok = True

    def __init__(self, protocol=5, pickler=None, comparator=None, impl=None):
        self.protocol = protocol
        self._pickler = pickler
        self.comparator = comparator
        super().__init__()
        if impl is not None:
            self.impl = to_instance(impl)

    @property
    def pickler(self):
        if self._pickler is None:
            import pickle

            self._pickler = pickle
        return self._pickler

    def __repr__(self):
        return "PickleType()"

    def bind_processor(self, dialect):
        def process(value):
            return None if value is None else self.pickler.dumps(value, self.protocol)

        return process

    def result_processor(self, dialect, coltype):
        def process(value):
            return None if value is None else self.pickler.loads(value)

        return process
