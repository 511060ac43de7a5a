"""What statements and tables share: copying on change, naming, collections of columns.

Knows nothing of SQL text.
"""

from .. import exc


class _NoArg:
    """Marks an argument that was not given, where None means something."""

    def __repr__(self):
        return "_NoArg.NO_ARG"

    def __bool__(self):
        return False


NO_ARG = _NoArg()
_NoArg.NO_ARG = NO_ARG


class Generative:
    """Statements never change: each method works on a copy."""

    def _generate(self):
        cls = self.__class__
        copy = cls.__new__(cls)
        copy.__dict__.update(self.__dict__)
        return copy


def _generative(method):
    """Runs a method on a copy of its object and returns the copy."""

    def on_copy(self, *arguments, **keywords):
        copy = self._generate()
        other = method(copy, *arguments, **keywords)
        return copy if other is None else other

    on_copy.__name__ = method.__name__
    on_copy.__doc__ = method.__doc__
    return on_copy


class Executable(Generative):
    """Marks what a connection can run."""

    supports_execution = True
    _execution_options = {}
    is_select = False
    is_update = False
    is_insert = False
    is_text = False
    is_delete = False
    is_dml = False

    @_generative
    def execution_options(self, **kw):
        """A copy with options for the run; only `autocommit`-like ones have an effect."""
        self._execution_options = {**self._execution_options, **kw}

    def get_execution_options(self):
        return self._execution_options

    @_generative
    def options(self, *options):
        """A copy with loader options, which only the object mapper reads."""
        self._with_options = getattr(self, "_with_options", ()) + options

    _with_options = ()


class DialectKWArgs:
    """Arguments named `<dialect>_<option>`, kept for the dialects that know them."""

    @property
    def kwargs(self):
        return self.dialect_kwargs

    @property
    def dialect_kwargs(self):
        values = self.__dict__.get("_dialect_kwargs")
        if values is None:
            values = self.__dict__["_dialect_kwargs"] = {}
        return values

    @property
    def dialect_options(self):
        return _DialectOptions(self.dialect_kwargs)

    def _validate_dialect_kwargs(self, kwargs):
        for key in kwargs:
            if "_" not in key:
                raise TypeError(
                    "Additional arguments should be named <dialectname>_<argument>, got '%s'" % key
                )
        self.dialect_kwargs.update(kwargs)


class _DialectOptions:
    def __init__(self, values):
        self._values = values

    def __getitem__(self, dialect):
        prefix = dialect + "_"
        return {
            key[len(prefix) :]: value
            for key, value in self._values.items()
            if key.startswith(prefix)
        }

    def get(self, dialect, default=None):
        return self[dialect] or default


class ColumnCollection:
    """The columns of a table, query or result: by name, by attribute, in order."""

    __slots__ = ("_collection", "_index", "__dict__")

    def __init__(self, columns=None):
        self._collection = []
        self._index = {}
        if columns:
            for pair in columns:
                self.add(pair[1], pair[0])

    def add(self, column, key=None):
        """Adds a column; a later one of the same key is found by its position only."""
        key = column.key if key is None else key
        self._collection.append((key, column))
        self._index.setdefault(key, column)

    def replace(self, column):
        """Adds a column in the place of one with the same key."""
        own = column.key
        if own in self._index:
            for position, (key, _old) in enumerate(self._collection):
                if key == own:
                    self._collection[position] = (key, column)
                    break
        else:
            self._collection.append((own, column))
        self._index[own] = column

    def remove(self, column):
        """Takes a column out."""
        if self._index.get(column.key) is not column:
            raise ValueError("Can't remove column %r; column is not in this collection" % column)
        del self._index[column.key]
        self._collection[:] = [pair for pair in self._collection if pair[1] is not column]

    def extend(self, columns):
        for column in columns:
            self.add(column)

    def clear(self):
        raise NotImplementedError()

    def keys(self):
        return [key for key, _ in self._collection]

    def values(self):
        return [column for _, column in self._collection]

    def items(self):
        return list(self._collection)

    def get(self, key, default=None):
        return self._index.get(key, default)

    def contains_column(self, column):
        return any(one is column for _, one in self._collection)

    def corresponding_column(self, column, require_embedded=False):
        for _, one in self._collection:
            if one is column or column in getattr(one, "proxy_set", ()):
                return one
        return None

    def as_readonly(self):
        return self

    def __len__(self):
        return len(self._collection)

    def __bool__(self):
        return bool(self._collection)

    def __iter__(self):
        return iter([column for _, column in self._collection])

    def __contains__(self, key):
        if not isinstance(key, str):
            raise exc.ArgumentError(
                "__contains__ requires a string argument" if key is None else
                "__contains__ requires a string argument"
            )
        return key in self._index

    def __getitem__(self, key):
        if isinstance(key, int):
            return self._collection[key][1]
        if isinstance(key, slice):
            return ColumnCollection(self._collection[key])
        if isinstance(key, tuple):
            return ColumnCollection([(one, self._index[one]) for one in key])
        return self._index[key]

    def __getattr__(self, key):
        try:
            return self._index[key]
        except KeyError:
            raise AttributeError(key) from None

    def __eq__(self, other):
        return self is other or list(self) == list(other)

    __hash__ = None

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, ", ".join(str(c) for c in self))

    def __str__(self):
        return repr(self)

    def __dir__(self):
        return list(self._index)


class ReadOnlyColumnCollection(ColumnCollection):
    """The same, under the name of the public class."""


class DedupeColumnCollection(ColumnCollection):
    """A collection in which a column of the same key takes the older one's place."""

    def add(self, column, key=None):
        if key is not None and column.key != key:
            raise exc.ArgumentError("DedupeColumnCollection requires columns be under their own key")
        if column.key in self._index:
            self.replace(column)
        else:
            super().add(column, key)


class ColumnSet(list):
    """A list of columns that is asked by identity."""

    def __contains__(self, other):
        return any(one is other for one in self)
