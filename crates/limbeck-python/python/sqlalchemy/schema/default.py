"""Where a column's value comes from when none is given: in Python, or in the database."""

from sqlalchemy import exc
from sqlalchemy.schema.item import BLANK_SCHEMA, NULL_UNSPECIFIED, SchemaItem, get_table_key
from sqlalchemy.types.engine import to_instance


class DefaultGenerator(SchemaItem):
    """A default that is made before the row goes to the database."""

    __visit_name__ = "default_generator"
    is_sequence = False
    is_server_default = False
    is_clause_element = False
    is_callable = False
    is_scalar = False
    is_sentinel = False
    is_identity = False
    has_arg = False
    column = None

    def __init__(self, for_update=False):
        self.for_update = for_update

    def _set_parent(self, parent, **kw):
        self.column = parent
        if self.for_update:
            parent.onupdate = self
        else:
            parent.default = self


class ColumnDefault(DefaultGenerator):
    """A plain value, an SQL expression or a function."""

    has_arg = True

    def __init__(self, arg=None, for_update=False):
        if isinstance(arg, FetchedValue):
            raise exc.ArgumentError("ColumnDefault may not be a server-side default type.")
        self.for_update = for_update
        self.is_clause_element = hasattr(arg, "__visit_name__") or hasattr(arg, "__clause_element__")
        self.is_callable = not self.is_clause_element and callable(arg)
        self.is_scalar = not self.is_clause_element and not self.is_callable
        self.arg = self._with_context(arg) if self.is_callable else arg

    @staticmethod
    def _with_context(function):
        """SQLAlchemy calls default functions with the statement's context, if they take an argument."""
        code = getattr(function, "__code__", None)
        if code is None:
            return lambda context: function()
        taken = code.co_argcount - len(function.__defaults__ or ())
        if hasattr(function, "__self__"):
            taken -= 1
        if taken > 1:
            raise exc.ArgumentError("ColumnDefault Python function takes zero or one positional arguments")
        return function if taken == 1 else (lambda context: function())

    def _copy(self):
        made = ColumnDefault.__new__(ColumnDefault)
        made.__dict__.update(self.__dict__)
        return made

    def __repr__(self):
        if self.is_callable:
            kind = "CallableColumnDefault"
        else:
            kind = "ColumnElementColumnDefault" if self.is_clause_element else "ScalarElementColumnDefault"
        return f"{kind}({self.arg!r})"


class FetchedValue:
    """A default that the database makes."""

    is_server_default = True
    reflected = False
    has_argument = False
    is_clause_element = False
    is_identity = False
    column = None

    def __init__(self, for_update=False):
        self.for_update = for_update

    def _as_for_update(self, for_update):
        return self if for_update == self.for_update else self._clone(for_update)

    def _copy(self, **kw):
        return self._clone(self.for_update)

    def _clone(self, for_update):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        made.__dict__.pop("column", None)
        made.for_update = for_update
        return made

    def _set_parent_with_dispatch(self, parent, **kw):
        self._set_parent(parent, **kw)

    def _set_parent(self, parent, **kw):
        self.column = parent
        if self.for_update:
            parent.server_onupdate = self
        else:
            parent.server_default = self

    def __repr__(self):
        return f"{self.__class__.__name__}()"


class DefaultClause(FetchedValue):
    """A default by its text or expression."""

    has_argument = True

    def __init__(self, arg, for_update=False, _reflected=False):
        if hasattr(arg, "__clause_element__"):
            arg = arg.__clause_element__()
        if not isinstance(arg, str) and not hasattr(arg, "__visit_name__"):
            raise exc.ArgumentError(
                "Argument 'arg' is expected to be one of type '<class 'str'>' or "
                "'<class 'sqlalchemy.sql.elements.ClauseElement'>' or "
                f"'<class 'sqlalchemy.sql.elements.TextClause'>', got '{type(arg)}'"
            )
        super().__init__(for_update)
        self.arg = arg
        self.reflected = _reflected

    def __repr__(self):
        return f"DefaultClause({self.arg!r}, for_update={self.for_update!r})"


def _expression(sqltext):
    """Text or an expression, as an expression."""
    if isinstance(sqltext, str):
        from sqlalchemy.sql.elements import TextClause

        return TextClause(sqltext)
    if hasattr(sqltext, "__clause_element__"):
        return sqltext.__clause_element__()
    return sqltext


class Computed(FetchedValue, SchemaItem):
    """`GENERATED ALWAYS AS (…)`."""

    __visit_name__ = "computed_column"

    def __init__(self, sqltext, persisted=None):
        self.sqltext = _expression(sqltext)
        self.persisted = persisted
        self.column = None
        self.for_update = False

    def _set_parent(self, parent, **kw):
        if not isinstance(parent.server_default, (type(None), Computed)) or not isinstance(
            parent.server_onupdate, (type(None), Computed)
        ):
            raise exc.ArgumentError(
                "A generated column cannot specify a server_default or a server_onupdate argument"
            )
        self.column = parent
        parent.computed = self
        parent.server_onupdate = self
        parent.server_default = self

    def _as_for_update(self, for_update):
        return self

    def _copy(self, **kw):
        return self._schema_item_copy(Computed(self.sqltext, persisted=self.persisted))

    copy = _copy

    def __repr__(self):
        shown = f"Computed({self.sqltext!r}"
        return shown + (")" if self.persisted is None else f", persisted={self.persisted!r})")


class IdentityOptions:
    """How a sequence or identity counts."""

    def __init__(
        self,
        start=None,
        increment=None,
        minvalue=None,
        maxvalue=None,
        nominvalue=None,
        nomaxvalue=None,
        cycle=None,
        cache=None,
        order=None,
    ):
        self.start = start
        self.increment = increment
        self.minvalue = minvalue
        self.maxvalue = maxvalue
        self.nominvalue = nominvalue
        self.nomaxvalue = nomaxvalue
        self.cycle = cycle
        self.cache = cache
        self.order = order

    _option_names = "start increment minvalue maxvalue nominvalue nomaxvalue cycle cache order".split()

    def _options(self):
        return {name: getattr(self, name) for name in IdentityOptions._option_names}


class Identity(IdentityOptions, FetchedValue, SchemaItem):
    """`GENERATED … AS IDENTITY`."""

    __visit_name__ = "identity_column"
    is_identity = True

    def __init__(
        self,
        always=False,
        on_null=None,
        start=None,
        increment=None,
        minvalue=None,
        maxvalue=None,
        nominvalue=None,
        nomaxvalue=None,
        cycle=None,
        cache=None,
        order=None,
    ):
        IdentityOptions.__init__(
            self, start, increment, minvalue, maxvalue, nominvalue, nomaxvalue, cycle, cache, order
        )
        self.always = always
        self.on_null = on_null
        self.column = None
        self.for_update = False

    def _set_parent(self, parent, **kw):
        if not isinstance(parent.server_default, (type(None), Identity)) or parent.server_onupdate is not None:
            raise exc.ArgumentError(
                "A column with an Identity object cannot specify a server_default or a server_onupdate argument"
            )
        if parent.autoincrement is False:
            raise exc.ArgumentError("A column with an Identity object cannot specify autoincrement=False")
        self.column = parent
        parent.identity = self
        if parent._user_defined_nullable is NULL_UNSPECIFIED:
            parent.nullable = False
        parent.server_default = self

    def _as_for_update(self, for_update):
        return self

    def _copy(self, **kw):
        return self._schema_item_copy(Identity(always=self.always, on_null=self.on_null, **self._options()))

    copy = _copy

    def __repr__(self):
        from sqlalchemy.types.engine import generic_repr

        return generic_repr(self)


class Sequence(IdentityOptions, DefaultGenerator):
    """A sequence of the database, also as a column's default."""

    __visit_name__ = "sequence"
    is_sequence = True

    def __init__(
        self,
        name,
        start=None,
        increment=None,
        minvalue=None,
        maxvalue=None,
        nominvalue=None,
        nomaxvalue=None,
        cycle=None,
        schema=None,
        cache=None,
        order=None,
        data_type=None,
        optional=False,
        quote=None,
        metadata=None,
        quote_schema=None,
        for_update=False,
    ):
        from sqlalchemy.sql.elements import quoted_name

        DefaultGenerator.__init__(self, for_update=for_update)
        IdentityOptions.__init__(
            self, start, increment, minvalue, maxvalue, nominvalue, nomaxvalue, cycle, cache, order
        )
        self.name = quoted_name(name, quote)
        self.optional = optional
        if schema is BLANK_SCHEMA:
            schema = None
        elif schema is None and metadata is not None and metadata.schema:
            schema = metadata.schema
        self.schema = quoted_name(schema, quote_schema) if schema is not None else None
        self._key = get_table_key(name, schema)
        self.metadata = metadata
        if metadata is not None:
            metadata._sequences[self._key] = self
        self.data_type = to_instance(data_type) if data_type is not None else None

    def next_value(self):
        from sqlalchemy.sql.functions import func

        return func.next_value(self)

    def _set_parent(self, parent, **kw):
        super()._set_parent(parent)
        parent._on_table_attach(self._set_table)

    def _set_table(self, column, table):
        self.metadata = table.metadata
        table.metadata._sequences[self._key] = self

    def _copy(self):
        return Sequence(
            self.name,
            schema=self.schema,
            data_type=self.data_type,
            optional=self.optional,
            for_update=self.for_update,
            **self._options(),
        )

    def create(self, bind, checkfirst=True):
        """Creates the sequence in the database."""
        from limbeck_runtime.schema_run import create_sequence

        create_sequence(self, bind, checkfirst)

    def drop(self, bind, checkfirst=True):
        """Drops the sequence of the database."""
        from limbeck_runtime.schema_run import drop_sequence

        drop_sequence(self, bind, checkfirst)

    def __repr__(self):
        from sqlalchemy.types.engine import generic_repr

        return generic_repr(self)
