"""JSON documents."""

from sqlalchemy.types.engine import TypeEngine
from sqlalchemy.types.text import String


class Indexable:
    """Marks types whose values have parts by index."""

    _is_mixin = True


class _Null:
    """The JSON value `null`, as against SQL's NULL."""

    def __repr__(self):
        return "symbol('JSON_NULL')"


class JSONElementType(TypeEngine):
    """The type of an index into a document."""

    def string_bind_processor(self, dialect):
        return None

    def _step(self, part):
        """One step of a path: a position, or a key in quotes."""
        return f"[{part}]" if isinstance(part, int) else f'."{part}"'

    def bind_processor(self, dialect):
        """SQLite and MySQL take an index as a path; others as it is."""
        if dialect.name in ("sqlite", "mysql", "mariadb"):
            return lambda value: "$" + self._step(value)
        return None

    def literal_processor(self, dialect):
        process = self.bind_processor(dialect)
        quote = String().literal_processor(dialect)

        def literal(value):
            value = process(value) if process is not None else value
            return quote(value) if isinstance(value, str) else str(value)

        return literal


class JSONIndexType(JSONElementType):
    """The type of a key or a position."""


class JSONIntIndexType(JSONIndexType):
    __visit_name__ = "json_int_index"


class JSONStrIndexType(JSONIndexType):
    __visit_name__ = "json_str_index"


class JSONPathType(JSONElementType):
    __visit_name__ = "json_path"

    def bind_processor(self, dialect):
        """A path in the words of the database: `$."a"[0]`, or `{a, 0}` on PostgreSQL."""
        if dialect.name in ("sqlite", "mysql", "mariadb"):
            return lambda value: "$" + "".join(self._step(part) for part in value)
        if dialect.name != "postgresql":
            return None

        def process(value):
            return value if isinstance(value, str) else "{%s}" % ", ".join(map(str, value))

        return process

    def literal_processor(self, dialect):
        process = self.bind_processor(dialect)
        quote = String().literal_processor(dialect)

        def literal(value):
            if process is None:
                raise NotImplementedError("paths of JSON documents have no standard form")
            return quote(process(value))

        return literal


class JSON(Indexable, TypeEngine):
    __visit_name__ = "JSON"
    hashable = False
    NULL = _Null()
    JSONElementType = JSONElementType
    JSONIndexType = JSONIndexType
    JSONIntIndexType = JSONIntIndexType
    JSONStrIndexType = JSONStrIndexType
    JSONPathType = JSONPathType

    def __init__(self, none_as_null=False):
        self.none_as_null = none_as_null

    @property
    def python_type(self):
        return dict

    @property
    def should_evaluate_none(self):
        return not self.none_as_null

    @should_evaluate_none.setter
    def should_evaluate_none(self, value):
        self.none_as_null = not value

    def _to_text(self, dialect):
        serializer = getattr(dialect, "_json_serializer", None)
        if serializer is None:
            import json

            serializer = json.dumps

        def process(value):
            if value is JSON.NULL:
                value = None
            elif value is None or _is_sql_null(value):
                if value is not None or self.none_as_null:
                    return None
            return serializer(value)

        return process

    def bind_processor(self, dialect):
        return self._to_text(dialect)

    def literal_processor(self, dialect):
        to_text = self._to_text(dialect)
        quote = String().literal_processor(dialect)

        def process(value):
            text = to_text(value)
            return "NULL" if text is None else quote(text)

        return process

    def result_processor(self, dialect, coltype):
        """PostgreSQL's documents arrive read already."""
        if dialect.name == "postgresql":
            return None
        deserializer = getattr(dialect, "_json_deserializer", None)
        if deserializer is None:
            import json

            deserializer = json.loads

        def process(value):
            if value is None:
                return None
            # SQLite gives a number back as a number, whatever the column's type.
            return deserializer(value) if isinstance(value, (str, bytes)) else value

        return process


def _is_sql_null(value):
    return getattr(value, "__visit_name__", None) == "null"


