"""Types that scripts and projects make themselves."""

from sqlalchemy.types.engine import NULLTYPE, TypeEngine, generic_repr, to_instance


class ExternalType:
    """Marks types that are not the library's own."""

    _is_mixin = True
    cache_ok = None


class UserDefinedType(ExternalType, TypeEngine):
    """A type by the SQL that its `get_col_spec` gives."""

    __visit_name__ = "user_defined"

    def coerce_compared_value(self, op, value):
        return self


class TypeDecorator(ExternalType, TypeEngine):
    """A type that is another one in the database and changes the values on their way."""

    __visit_name__ = "type_decorator"
    _is_type_decorator = True
    coerce_to_is_types = (type(None),)

    def __init__(self, *args, **kwargs):
        if not hasattr(self.__class__, "impl"):
            raise AssertionError(
                "TypeDecorator implementations require a class-level variable "
                "'impl' which refers to the class of type being decorated"
            )
        self.impl = to_instance(self.__class__.impl, *args, **kwargs)

    @property
    def impl_instance(self):
        """The decorated type; a subclass that forgets its base's constructor has only a class."""
        return to_instance(self.impl)

    @property
    def _is_schema_type(self):
        return to_instance(self.impl)._is_schema_type

    def __getattr__(self, name):
        """What the decorated type has, the decorator has, too."""
        impl = self.__dict__.get("impl")
        if impl is None:
            raise AttributeError(name)
        return getattr(impl, name)

    def load_dialect_impl(self, dialect):
        return self.impl_instance

    def type_engine(self, dialect):
        """The type that stands in the database."""
        chosen = self._variant_mapping.get(dialect.name)
        if chosen is not None:
            return chosen.type_engine(dialect) if isinstance(chosen, TypeDecorator) else chosen
        loaded = self.load_dialect_impl(dialect)
        if isinstance(loaded, type):
            loaded = loaded()
        if isinstance(loaded, TypeDecorator) and loaded is not self:
            return loaded.type_engine(dialect)
        return loaded._variant_mapping.get(dialect.name, loaded)

    def copy(self, **kw):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        return made

    @property
    def _type_affinity(self):
        return self.impl_instance._type_affinity

    @property
    def python_type(self):
        return self.impl_instance.python_type

    @property
    def sort_key_function(self):
        return self.impl_instance.sort_key_function

    # -- values

    def process_bind_param(self, value, dialect):
        raise NotImplementedError()

    def process_result_value(self, value, dialect):
        raise NotImplementedError()

    def process_literal_param(self, value, dialect):
        raise NotImplementedError()

    def _overrides(self, name):
        return getattr(self.__class__, name) is not getattr(TypeDecorator, name)

    def bind_processor(self, dialect):
        inner = self.type_engine(dialect).bind_processor(dialect)
        if self._overrides("process_bind_param"):
            own = self.process_bind_param
        elif self._overrides("process_literal_param"):
            own = self.process_literal_param
        else:
            return inner
        if inner is None:
            return lambda value: own(value, dialect)
        return lambda value: inner(own(value, dialect))

    def result_processor(self, dialect, coltype):
        inner = self.type_engine(dialect).result_processor(dialect, coltype)
        if not self._overrides("process_result_value"):
            return inner
        own = self.process_result_value
        if inner is None:
            return lambda value: own(value, dialect)
        return lambda value: own(inner(value), dialect)

    def literal_processor(self, dialect):
        inner = self.type_engine(dialect).literal_processor(dialect)
        if self._overrides("process_literal_param"):
            own = self.process_literal_param
        elif self._overrides("process_bind_param"):
            own = self.process_bind_param
        else:
            return inner
        if inner is None:
            return lambda value: own(value, dialect)
        return lambda value: inner(own(value, dialect))

    def coerce_compared_value(self, op, value):
        return self

    def compare_values(self, x, y):
        return self.impl_instance.compare_values(x, y)

    def bind_expression(self, bindparam):
        return self.impl_instance.bind_expression(bindparam)

    def column_expression(self, column):
        return self.impl_instance.column_expression(column)

    # -- places

    def _set_parent_with_dispatch(self, parent, **kw):
        # Of types in types the outermost counts.
        kw.setdefault("outer", self)
        self.impl_instance._set_parent_with_dispatch(parent, **kw)

    def __repr__(self):
        return generic_repr(self, to_inspect=[self.impl_instance.__class__])


class Variant(TypeDecorator):
    """The former name of a type with variants; it cannot be made any more."""

    def __init__(self, *arg, **kw):
        raise NotImplementedError(
            "Variant is no longer used in SQLAlchemy; this is a placeholder symbol for backwards compatibility."
        )


def decorated(given):
    """The type under decorators, whatever the database."""
    given = to_instance(given)
    while isinstance(given, TypeDecorator):
        given = given.impl_instance
    return given


class TupleType(TypeEngine):
    """The type of `(a, b, c)`."""

    _is_tuple_type = True

    def __init__(self, *types):
        self._fully_typed = NULLTYPE not in types
        self.types = [to_instance(item) for item in types]
