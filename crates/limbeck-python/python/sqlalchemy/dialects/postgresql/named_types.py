"""PostgreSQL's types that a schema defines: enums and domains."""

from sqlalchemy.schema.ddl import ExecutableDDLElement
from sqlalchemy.types.engine import generic_repr, to_instance
from sqlalchemy.types.enumeration import Enum
from sqlalchemy.types.schema_type import NativeForEmulated, SchemaType

_NOT_GIVEN = object()


class NamedType(SchemaType):
    """A type with a name of its own in the database."""

    _is_mixin = True
    create_type = True

    def create(self, bind, checkfirst=True, **kw):
        super().create(bind, checkfirst)

    def drop(self, bind, checkfirst=True, **kw):
        super().drop(bind, checkfirst)


class ENUM(NamedType, NativeForEmulated, Enum):
    native_enum = True

    def __init__(self, *enums, name=_NOT_GIVEN, create_type=True, **kw):
        native = kw.pop("native_enum", None)
        if native is False:
            from sqlalchemy.schema.item import warn

            warn(
                "the native_enum flag does not apply to the sqlalchemy.dialects.postgresql.ENUM datatype; this type "
                "always refers to ENUM. Use sqlalchemy.types.Enum for non-native enum."
            )
        self.create_type = create_type
        if name is not _NOT_GIVEN:
            kw["name"] = name
        Enum.__init__(self, *enums, **kw)

    def coerce_compared_value(self, op, value):
        return self if isinstance(value, str) else super().coerce_compared_value(op, value)

    def __repr__(self):
        omit = ("_create_events",) if self.inherit_schema else ("_create_events", "inherit_schema")
        return generic_repr(self, to_inspect=[ENUM, Enum, SchemaType], omit=omit)


class DOMAIN(NamedType):
    __visit_name__ = "DOMAIN"

    def __init__(
        self,
        name,
        data_type,
        *,
        collation=None,
        default=None,
        constraint_name=None,
        not_null=None,
        check=None,
        create_type=True,
        **kw,
    ):
        self.data_type = to_instance(data_type)
        self.default = default
        self.collation = collation
        self.constraint_name = constraint_name
        self.not_null = not_null
        if isinstance(check, str):
            from sqlalchemy.sql.elements import TextClause

            check = TextClause(check)
        self.check = check
        self.create_type = create_type
        super().__init__(name=name, **kw)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.name!r}, {self.data_type!r})"

    def _put_into(self, column, table):
        if self.inherit_schema:
            self.schema = table.schema

    def bind_processor(self, dialect):
        return self.data_type.bind_processor(dialect)

    def result_processor(self, dialect, coltype):
        return self.data_type.result_processor(dialect, coltype)


class _OfType(ExecutableDDLElement):
    def __init__(self, type_, **kw):
        self.element = self.target = type_

    def operation(self, dialect):
        from limbeck_runtime.schema_types import type_operation

        return type_operation(self.element, dialect, self._creates)


class CreateEnumType(_OfType):
    __visit_name__ = "create_enum_type"
    _creates = True


class DropEnumType(_OfType):
    __visit_name__ = "drop_enum_type"
    _creates = False


class CreateDomainType(_OfType):
    __visit_name__ = "create_domain_type"
    _creates = True


class DropDomainType(_OfType):
    __visit_name__ = "drop_domain_type"
    _creates = False
