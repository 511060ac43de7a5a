"""The base of every SQL type: how a type is copied, adapted to a dialect, shown and compared."""

_NO_ARGUMENT = object()


def generic_repr(obj, to_inspect=None, omit=()):
    """`Name(positional, keyword=value)` with the arguments that are not at their default; those that can only be given
    by keyword are left out, as SQLAlchemy does."""
    missing = object()
    positional, keywords, starred = [], {}, None
    for place, inspected in enumerate(to_inspect or [obj.__class__]):
        code = getattr(inspected.__init__, "__code__", None)
        if code is None:
            continue
        names = code.co_varnames[1 : code.co_argcount]
        defaults = inspected.__init__.__defaults__ or ()
        first_default = len(names) - len(defaults)
        if place == 0:
            positional.extend(names[:first_default])
            if code.co_flags & 0x04:
                starred = code.co_varnames[code.co_argcount + code.co_kwonlyargcount]
        else:
            keywords.update((name, missing) for name in names[:first_default])
        keywords.update(zip(names[first_default:], defaults))
    output = [repr(getattr(obj, name, None)) for name in positional]
    if starred is not None:
        output.extend(repr(value) for value in getattr(obj, starred, ()))
    for name, default in keywords.items():
        value = getattr(obj, name, missing)
        if name not in omit and value is not missing and value != default:
            output.append(f"{name}={value!r}")
    return f"{obj.__class__.__name__}({', '.join(output)})"


def constructor_names(cls):
    """The names of the arguments that make an instance of `cls`, over all bases that pass arguments on."""
    names = []
    for base in cls.__mro__:
        init = base.__dict__.get("__init__")
        code = getattr(init, "__code__", None)
        if code is None:
            continue
        names.extend(code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount])
        if not code.co_flags & 0x08:
            break
    return names


class _ComparatorClass:
    """Finds the class of a type's operators when a script builds its own on it."""

    def __get__(self, instance, owner):
        from sqlalchemy.sql.comparators import comparator_class

        return comparator_class(instance if instance is not None else owner.__new__(owner))


class TypeEngine:
    """What all SQL types have in common."""

    Comparator = _ComparatorClass()

    __visit_name__ = "type_engine"
    hashable = True
    should_evaluate_none = False
    sort_key_function = None
    render_bind_cast = False
    render_literal_cast = False
    native = True
    _variant_mapping = {}
    _isnull = False
    _is_tuple_type = False
    _is_array = False
    _is_type_decorator = False
    _is_schema_type = False

    def __class_getitem__(cls, item):
        return cls

    # -- copies

    def copy(self, **kw):
        """A type that is equal and can be changed for itself."""
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        return made

    def adapt(self, cls, **kw):
        """The same type as an instance of `cls`."""
        arguments = {}
        for name in constructor_names(cls):
            if name not in kw and hasattr(self, name):
                arguments[name] = getattr(self, name)
        arguments.update(kw)
        return cls(**arguments)

    def evaluates_none(self):
        made = self.copy()
        made.should_evaluate_none = True
        return made

    def with_variant(self, type_, *dialect_names):
        """The type to use on these dialects in place of this one."""
        if not dialect_names:
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError("At least one dialect name is required")
        for name in dialect_names:
            if name in self._variant_mapping:
                from sqlalchemy.exc import ArgumentError

                raise ArgumentError(
                    f"Dialect {name!r} is already present in the mapping for this {self!r}"
                )
        made = self.copy()
        type_ = to_instance(type_)
        if type_._variant_mapping:
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError("can't pass a type that already has variants as a dialect-level type to with_variant()")
        made._variant_mapping = dict(self._variant_mapping)
        for name in dialect_names:
            made._variant_mapping[name] = type_
        return made

    # -- what it is for a dialect

    def dialect_impl(self, dialect):
        """The type that the dialect's values go through."""
        return self._variant_mapping.get(dialect.name, self)

    _unwrapped_dialect_impl = dialect_impl

    def load_dialect_impl(self, dialect):
        return self.dialect_impl(dialect)

    @property
    def _type_affinity(self):
        """The base class that stands for the type when types are compared; `None` for types of a script's own."""
        found = None
        for base in self.__class__.__mro__:
            if base in (TypeEngine, object) or base.__dict__.get("_is_mixin"):
                break
            if issubclass(base, TypeEngine):
                found = base
        return found if found is not None else self.__class__

    @property
    def _generic_type_affinity(self):
        """The type of all databases that this one stands for."""
        for base in self.__class__.__mro__:
            if base.__module__.startswith("sqlalchemy.types") and not base.__name__.isupper():
                if base is not TypeEngine and not base.__name__.startswith("_"):
                    return base
        return self._type_affinity

    def as_generic(self, allow_nulltype=False):
        """An instance of the type of all databases that this one stands for."""
        affinity = self._generic_type_affinity
        if not allow_nulltype and affinity.__name__ in ("NullType", "TypeEngine"):
            raise NotImplementedError(
                "Default TypeEngine.as_generic() heuristic method was unsuccessful for "
                f"{self.__class__.__module__}.{self.__class__.__name__}. A custom as_generic() method must be "
                "implemented for this type class."
            )
        return self.adapt(affinity)

    # -- values

    @property
    def python_type(self):
        raise NotImplementedError()

    def bind_processor(self, dialect):
        return None

    def result_processor(self, dialect, coltype):
        return None

    def literal_processor(self, dialect):
        return None

    def bind_expression(self, bindvalue):
        return None

    def column_expression(self, colexpr):
        return None

    def copy_value(self, value):
        return value

    def compare_values(self, x, y):
        return x == y

    def get_dbapi_type(self, dbapi):
        return None

    def coerce_compared_value(self, op, value):
        """The type of a plain value that an expression of this type is compared with."""
        resolved = resolve_value_type(value)
        if resolved._isnull or resolved._type_affinity is self._type_affinity:
            return self
        return resolved

    def _cached_bind_processor(self, dialect):
        return self.dialect_impl(dialect).bind_processor(dialect)

    def _cached_result_processor(self, dialect, coltype=None):
        return self.dialect_impl(dialect).result_processor(dialect, coltype)

    def _cached_literal_processor(self, dialect):
        return self.dialect_impl(dialect).literal_processor(dialect)

    # -- comparison with a database's type

    def compare_against_backend(self, dialect, conn_type):
        return None

    # -- how it is shown

    def compile(self, dialect=None):
        """The type's SQL for a dialect, standard SQL without one."""
        from limbeck_runtime.type_data import type_text

        return type_text(self, dialect)

    def __str__(self):
        from sqlalchemy.exc import CompileError

        try:
            return self.compile()
        except CompileError:
            return repr(self)

    def __repr__(self):
        return generic_repr(self)

    def _set_parent_with_dispatch(self, parent, **kw):
        """A column got the type."""


class NullType(TypeEngine):
    """A type that is not known."""

    __visit_name__ = "null"
    _isnull = True


NULLTYPE = NullType()


def to_instance(typeobj, *arg, **kw):
    """A type for a type, its class, a function that makes one, or nothing."""
    if typeobj is None:
        return NULLTYPE
    if isinstance(typeobj, type) or (callable(typeobj) and not isinstance(typeobj, TypeEngine)):
        return typeobj(*arg, **kw)
    return typeobj


def adapt_type(typeobj, colspecs):
    """The type itself: adapting it to a database is the dialect's own work."""
    return to_instance(typeobj)


_resolved = {}


def resolve_value_type(value):
    """The type for a plain Python value."""
    kind = type(value)
    found = _resolved.get(kind)
    if found is None:
        found = _resolve_kind(kind, value)
        _resolved[kind] = found
    return found


def _resolve_kind(kind, value):
    from sqlalchemy import types

    if value is None:
        return NULLTYPE
    if hasattr(kind, "__members__"):
        return NULLTYPE
    makers = (
        ((bool,), lambda: types.Boolean()),
        ((int,), lambda: types.Integer()),
        ((float,), lambda: types.Float()),
        ((str,), lambda: types.String()),
        ((bytes,), lambda: types.LargeBinary()),
    )
    for kinds, make in makers:
        if kind in kinds:
            return make()
    name = f"{kind.__module__}.{kind.__name__}"
    named = {
        "decimal.Decimal": lambda: types.Numeric(),
        "_decimal.Decimal": lambda: types.Numeric(),
        "_pydecimal.Decimal": lambda: types.Numeric(),
        "datetime.datetime": lambda: types.DateTime(),
        "datetime.date": lambda: types.Date(),
        "datetime.time": lambda: types.Time(),
        "datetime.timedelta": lambda: types.Interval(),
        "uuid.UUID": lambda: types.Uuid(),
    }
    make = named.get(name)
    return make() if make else NULLTYPE
