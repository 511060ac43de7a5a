"""One of a fixed list of texts, or of the members of a Python enum."""

from sqlalchemy.types.engine import generic_repr
from sqlalchemy.types.schema_type import Emulated, SchemaType
from sqlalchemy.types.text import String

_NOT_GIVEN = object()


class Enum(SchemaType, Emulated, String):
    __visit_name__ = "enum"
    create_type = True

    def __init__(self, *enums, **kw):
        self._enum_init(enums, kw)

    def _enum_init(self, enums, kw):
        """Takes the arguments of an enum out of `kw`; what is left belongs to a subclass."""
        self.native_enum = kw.pop("native_enum", True)
        self.create_constraint = kw.pop("create_constraint", False)
        self.values_callable = kw.pop("values_callable", None)
        self._sort_key_function = kw.pop("sort_key_function", _NOT_GIVEN)
        length = kw.pop("length", _NOT_GIVEN)
        self._omit_aliases = kw.pop("omit_aliases", True)
        unchecked = kw.pop("_disable_warnings", False)
        values, objects = self._parse_into_values(enums, kw)
        self.enums = list(values)
        self._valid_lookup = dict(zip(reversed(objects), reversed(values)))
        self._object_lookup = dict(zip(values, objects))
        self._valid_lookup.update(
            [(value, self._valid_lookup[self._object_lookup[value]]) for value in values]
        )
        self._valid_lookup[None] = self._object_lookup[None] = None
        self.validate_strings = kw.pop("validate_strings", False)
        self._default_length = max((len(value) for value in self.enums), default=0)
        if length is _NOT_GIVEN:
            length = self._default_length
        elif not unchecked and length is not None and length < self._default_length:
            raise ValueError(
                "When provided, length must be larger or equal than the length of the longest enum value. "
                f"{length} < {self._default_length}"
            )
        String.__init__(self, length=length)
        if self.enum_class and values:
            kw.setdefault("name", self.enum_class.__name__.lower())
        kw.pop("_adapted_from", None)
        SchemaType.__init__(
            self,
            name=kw.pop("name", None),
            schema=kw.pop("schema", None),
            metadata=kw.pop("metadata", None),
            inherit_schema=kw.pop("inherit_schema", False),
            quote=kw.pop("quote", None),
            _create_events=kw.pop("_create_events", True),
        )

    def _parse_into_values(self, enums, kw):
        if not enums and "_enums" in kw:
            enums = kw.pop("_enums")
        if len(enums) == 1 and hasattr(enums[0], "__members__"):
            self.enum_class = enums[0]
            members = self.enum_class.__members__
            if self._omit_aliases is True:
                members = {name: member for name, member in members.items() if member.name == name}
            values = self.values_callable(self.enum_class) if self.values_callable else list(members)
            return list(values), list(members.values())
        self.enum_class = None
        return enums, enums

    @property
    def _enums_argument(self):
        return [self.enum_class] if self.enum_class is not None else self.enums

    @property
    def native(self):
        return self.native_enum

    @property
    def sort_key_function(self):
        return self._db_value_for_elem if self._sort_key_function is _NOT_GIVEN else self._sort_key_function

    @property
    def python_type(self):
        return self.enum_class or str

    @property
    def _type_affinity(self):
        return Enum

    @property
    def _generic_type_affinity(self):
        return Enum

    # -- values

    def _unknown(self, value):
        shown = self.enums if len(self.enums) <= 5 else self.enums[:3] + ["...", self.enums[-1]]
        return LookupError(
            f"'{value}' is not among the defined enum values. Enum name: {self.name}. "
            f"Possible values: {', '.join(str(one) for one in shown)}"
        )

    def _db_value_for_elem(self, elem):
        try:
            return self._valid_lookup[elem]
        except KeyError as err:
            if not self.validate_strings and isinstance(elem, str):
                return elem
            raise self._unknown(elem) from err

    def _object_value_for_elem(self, elem):
        try:
            return self._object_lookup[elem]
        except KeyError as err:
            raise self._unknown(elem) from err

    def bind_processor(self, dialect):
        return self._db_value_for_elem

    def result_processor(self, dialect, coltype):
        return self._object_value_for_elem

    def literal_processor(self, dialect):
        quote = String.literal_processor(self, dialect)
        return lambda value: quote(self._db_value_for_elem(value))

    # -- schema

    def _check_condition(self, column):
        from sqlalchemy.sql.elements import ColumnClause

        plain = ColumnClause(column.name, String())
        return plain.in_(self.enums)

    def adapt(self, cls, **kw):
        kw.setdefault("validate_strings", self.validate_strings)
        if self.name:
            kw.setdefault("name", self.name)
        for name in ("schema", "inherit_schema", "metadata", "native_enum", "values_callable", "create_constraint"):
            kw.setdefault(name, getattr(self, name))
        kw.setdefault("length", self.length)
        kw.setdefault("omit_aliases", self._omit_aliases)
        return cls(*self._enums_argument, _disable_warnings=True, **kw)

    def as_generic(self, allow_nulltype=False):
        return self.adapt(Enum)

    def __repr__(self):
        omit = ("_create_events",) if self.inherit_schema else ("_create_events", "inherit_schema")
        shown = generic_repr(self, to_inspect=[Enum, SchemaType], omit=omit)[:-1]
        extra = (("native_enum", True), ("create_constraint", False), ("length", self._default_length))
        for name, default in extra:
            value = getattr(self, name)
            if value != default:
                shown += f", {name}={value!r}"
        return shown + ")"
