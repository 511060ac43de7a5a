"""What all parts of a schema share: an order of creation, a place, and options that only some databases have."""

from sqlalchemy import exc

_order = 0


def set_creation_order(item):
    """Remembers when a part was made: constraints are written in that order."""
    global _order
    item._creation_order = _order
    _order += 1


class _Marker:
    """A value that no argument can have."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"


class SchemaConst:
    """Arguments that are neither a value nor `None`."""

    RETAIN_SCHEMA = _Marker("RETAIN_SCHEMA")
    BLANK_SCHEMA = _Marker("BLANK_SCHEMA")
    NULL_UNSPECIFIED = _Marker("NULL_UNSPECIFIED")


RETAIN_SCHEMA = SchemaConst.RETAIN_SCHEMA
BLANK_SCHEMA = SchemaConst.BLANK_SCHEMA
NULL_UNSPECIFIED = SchemaConst.NULL_UNSPECIFIED

# dialect → kind of item → option → its default
_KNOWN = {
    "postgresql": {
        "Index": {
            "using": False,
            "include": None,
            "where": None,
            "ops": {},
            "concurrently": False,
            "with": {},
            "tablespace": None,
            "nulls_not_distinct": None,
        },
        "Table": {
            "ignore_search_path": False,
            "tablespace": None,
            "partition_by": None,
            "with_oids": None,
            "with": None,
            "on_commit": None,
            "inherits": None,
            "using": None,
        },
        "CheckConstraint": {"not_valid": False},
        "ForeignKeyConstraint": {"not_valid": False},
        "PrimaryKeyConstraint": {"include": None},
        "UniqueConstraint": {"include": None, "nulls_not_distinct": None},
    },
    "mysql": {
        "Table": {"*": None},
        "PrimaryKeyConstraint": {"using": None},
        "Index": {"using": None, "length": None, "prefix": None, "with_parser": None},
    },
    "sqlite": {
        "Table": {"autoincrement": False, "with_rowid": True, "strict": False},
        "Index": {"where": None},
        "Column": {
            "on_conflict_primary_key": None,
            "on_conflict_not_null": None,
            "on_conflict_unique": None,
        },
        "Constraint": {"on_conflict": None},
    },
    "mssql": {
        "PrimaryKeyConstraint": {"clustered": None},
        "UniqueConstraint": {"clustered": None},
        "Index": {"clustered": None, "include": None, "where": None, "columnstore": None},
        "Column": {"identity_start": None, "identity_increment": None},
    },
    "oracle": {
        "Table": {"resolve_synonyms": False, "on_commit": None, "compress": False, "tablespace": None},
        "Index": {"bitmap": False, "compress": False, "vector": False},
    },
}
_KNOWN["mariadb"] = _KNOWN["mysql"]


# (class, dialect) → option → its default
_found = {}


def known_options(cls, dialect):
    """The options that a dialect takes for items of `cls`, with their defaults; `None` for an unknown dialect."""
    found = _found.get((cls, dialect))
    if found is None:
        kinds = _KNOWN.get(dialect)
        if kinds is None:
            return None
        found = {}
        for base in cls.__mro__[::-1]:
            found.update(kinds.get(base.__name__, ()))
        _found[cls, dialect] = found
    return found


class _DialectOptions:
    """An item's options by dialect: `options["postgresql"]["using"]`."""

    def __init__(self, item):
        self._item = item

    def __getitem__(self, dialect):
        options = dict(known_options(self._item.__class__, dialect) or {})
        options.pop("*", None)
        prefix = dialect + "_"
        for name, value in self._item.dialect_kwargs.items():
            if name.startswith(prefix):
                options[name[len(prefix) :]] = value
        return options

    def __iter__(self):
        return iter({name.partition("_")[0] for name in self._item.dialect_kwargs})


class DialectKWArgs:
    """Keyword arguments of the form `dialect_option`."""

    @classmethod
    def argument_for(cls, dialect_name, argument_name, default):
        """Lets a dialect take one more option for items of this class."""
        _KNOWN.setdefault(dialect_name, {}).setdefault(cls.__name__, {})[argument_name] = default
        _found.clear()

    @property
    def dialect_kwargs(self):
        return self.__dict__.setdefault("_dialect_kwargs", {})

    @property
    def kwargs(self):
        return self.dialect_kwargs

    @property
    def dialect_options(self):
        return _DialectOptions(self)

    def get_dialect_option(self, dialect, argument_name, *, else_=None, deprecated_fallback=None):
        """An option for a dialect, or the one given under the name of its older relative."""
        value = self.dialect_options[dialect.name].get(argument_name, else_)
        if value in (None, else_) and deprecated_fallback:
            return self.dialect_options[deprecated_fallback].get(argument_name, else_)
        return value

    def _validate_dialect_kwargs(self, kwargs):
        if not kwargs:
            return
        for name, value in kwargs.items():
            dialect, separator, option = name.partition("_")
            if not separator:
                raise TypeError(f"Additional arguments should be named <dialectname>_<argument>, got '{name}'")
            known = known_options(self.__class__, dialect)
            if known is not None and "*" not in known and option not in known:
                raise exc.ArgumentError(
                    f"Argument {name!r} is not accepted by dialect {dialect!r} on behalf of {self.__class__!r}"
                )
            self.dialect_kwargs[name] = value


class SchemaItem:
    """A part of a schema."""

    __visit_name__ = "schema_item"
    create_drop_stringify_dialect = "default"

    @property
    def info(self):
        return self.__dict__.setdefault("_info", {})

    @info.setter
    def info(self, value):
        self.__dict__["_info"] = dict(value)

    def _schema_item_copy(self, copied):
        if "_info" in self.__dict__:
            copied.info = self._info
        return copied

    def _init_items(self, *items, **kw):
        for item in items:
            if item is None:
                continue
            attach = getattr(item, "_set_parent_with_dispatch", None)
            if attach is None:
                raise exc.ArgumentError(
                    f"'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got {item!r}"
                )
            attach(self, **kw)

    def _set_parent(self, parent, **kw):
        """Takes the place in the parent."""

    def _set_parent_with_dispatch(self, parent, **kw):
        self._set_parent(parent, **kw)

    def ddl_if(self, dialect=None, callable_=None, state=None):
        """Makes the part only for these dialects."""
        self._ddl_if = (dialect, callable_, state)
        return self

    _ddl_if = None

    def __repr__(self):
        from sqlalchemy.types.engine import generic_repr

        return generic_repr(self, omit=("info",))


def get_table_key(name, schema):
    """The key of a table among those of a `MetaData`."""
    return name if schema is None else schema + "." + name


def warn(text):
    """Warns as SQLAlchemy does."""
    import warnings

    from sqlalchemy.exc import SAWarning

    warnings.warn(text, SAWarning, stacklevel=3)
