"""Rows: tuples whose values also have names.

For each list of column names there is one class of rows, made once, whose columns are
properties; a row itself is made by C code alone, since results may have many.
"""

from operator import itemgetter

from .. import exc


class Row(tuple):
    """A row: by position, by attribute, and as a mapping by `_mapping`."""

    __slots__ = ()
    _fields = ()
    _index_of = {}
    _objects = None

    @property
    def _mapping(self):
        return RowMapping(self)

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _tuple(self):
        return self

    tuple = _tuple

    @property
    def _t(self):
        return self

    t = _t

    def _position(self, key):
        if isinstance(key, str):
            found = self._index_of.get(key)
        elif isinstance(key, int):
            found = key
        else:
            found = position_of(key, self._index_of, self._objects)
        if found is None:
            raise exc.NoSuchColumnError("Could not locate column in row for column '%s'" % (key,))
        return found

    def __getattr__(self, name):
        raise AttributeError("Could not locate column in row for column '%s'" % name)

    def __reduce__(self):
        return _rebuild, (self._fields, tuple(self))


def _rebuild(fields, values):
    return row_class(tuple(fields))(values)


def position_of(column, names, objects):
    """Where a column of a statement stands in its rows; None where it does not."""
    if objects is not None:
        found = objects.get(id(column))
        if found is not None:
            return found
        for one in getattr(column, "proxy_set", ()):
            found = objects.get(id(one))
            if found is not None:
                return found
    for name in (getattr(column, "key", None), getattr(column, "name", None)):
        if name is not None and name in names:
            return names[name]
    return None


_classes = {}


def row_class(fields, objects=None):
    """The class of rows with these names."""
    found = _classes.get(fields) if objects is None else None
    if found is None:
        # Names may be of a class of their own (`quoted_name`), which attributes cannot be.
        fields = tuple(
            name if name is None or name.__class__ is str else str(name) for name in fields
        )
        members = {"__slots__": (), "_fields": fields}
        names = {}
        for position, name in enumerate(fields):
            if name is not None:
                names[name] = position
                if name[:1] != "_":
                    members[name] = property(itemgetter(position))
                else:
                    members.setdefault(name, property(itemgetter(position)))
        members["_index_of"] = names
        members["_objects"] = objects
        found = type("Row", (Row,), members)
        found.__module__ = "sqlalchemy.engine.row"
        if objects is None:
            if len(_classes) > 500:
                _classes.clear()
            _classes[fields] = found
    return found


class RowMapping:
    """A row by the names of its columns."""

    __slots__ = ("_row",)

    def __init__(self, row):
        self._row = row

    def __getitem__(self, key):
        row = self._row
        if key.__class__ is str:
            position = row._index_of.get(key)
            if position is not None:
                return row[position]
        if isinstance(key, int):
            raise exc.NoSuchColumnError("Could not locate column in row for column '%s'" % key)
        return row[row._position(key)]

    def __iter__(self):
        return iter(self._row._fields)

    def __len__(self):
        return len(self._row)

    def __contains__(self, key):
        row = self._row
        if isinstance(key, str):
            return key in row._index_of
        return position_of(key, row._index_of, row._objects) is not None

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return RMKeyView(self._row._fields)

    def values(self):
        return list(self._row)

    def items(self):
        return list(zip(self._row._fields, self._row))

    def __eq__(self, other):
        try:
            return dict(self.items()) == dict(other.items())
        except AttributeError:
            return NotImplemented

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __repr__(self):
        return repr(dict(self.items()))


class RMKeyView(list):
    """The names of a result's columns."""

    def __repr__(self):
        return "RMKeyView(%s)" % list.__repr__(self)

    def __str__(self):
        return repr(self)
