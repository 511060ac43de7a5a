"""What a database answered to a statement, as a result."""

from .. import exc
from .result import Result
from .row import RMKeyView, row_class


class CursorResultMetaData:
    """The columns of an answer: their names, their places, how their values are read."""

    def __init__(self, names, compiled=None, dialect=None):
        keys = names
        processors = None
        objects = None
        if compiled is not None and compiled._result_columns:
            keys, processors, objects = _match(names, compiled, dialect)
        self._keys = tuple(keys)
        self._processors = processors
        self._row_class = row_class(self._keys, objects)

    @property
    def keys(self):
        return RMKeyView(self._keys)

    def rows(self, raw):
        """The rows of raw tuples, values read by their types."""
        if self._processors and raw:
            columns = list(zip(*raw))
            for place, process in self._processors:
                columns[place] = list(map(process, columns[place]))
            raw = zip(*columns)
        return map(self._row_class, raw)


def _match(names, compiled, dialect):
    """Puts the statement's columns beside the answer's: keys, processors, places of columns."""
    stated = compiled._result_columns
    positional = (
        not compiled._textual_columns
        and not compiled._textual_names
        and len(stated) == len(names)
    )
    if positional:
        pairs = list(enumerate(stated))
    else:
        by_name = {}
        for one in stated:
            if one[0] is not None:
                by_name.setdefault(one[0], one)
        pairs = [(place, by_name[name]) for place, name in enumerate(names) if name in by_name]
    # Columns that a script states of its own text keep the names of the answer.
    renames = positional and compiled.statement.__visit_name__ != "textual_select"
    keys = list(names)
    processors = []
    counts = {}
    for place, (keyname, _name, objects, type_) in pairs:
        if renames and keyname is not None:
            keys[place] = keyname
        process = type_._cached_result_processor(dialect, None)
        if process is not None:
            processors.append((place, process))
        counts[keys[place]] = place
    # Names tell columns apart unless the statement renamed one that it has twice.
    objects = None
    if any(
        getattr(one[2][0], "name", one[0]) != one[0] and not isinstance(one[2][0], str)
        for _, one in pairs
        if one[2]
    ):
        objects = {}
        for place, one in pairs:
            for thing in one[2]:
                if not isinstance(thing, str) and thing is not None:
                    objects.setdefault(id(thing), place)
    return keys, processors, objects


class CursorResult(Result):
    """The answer to one statement."""

    _is_cursor = True

    def __init__(self, answer, compiled=None, dialect=None, params=None, many=False, pk=None):
        columns, rows, rowcount, lastrowid = answer
        self._compiled = compiled
        self._dialect = dialect
        self._params = params
        self._many = many
        self.lastrowid = lastrowid
        self._primary_key = pk
        self._raw = rows
        implicit = compiled is not None and compiled.implicit_returning
        self.returns_rows = columns is not None and not implicit
        is_query = self.returns_rows and (compiled is None or not _changes(compiled))
        self.rowcount = -1 if rowcount is None else rowcount
        self._is_query = is_query
        if self.returns_rows:
            self._metadata = CursorResultMetaData(columns, compiled, dialect)
            self._source = self._metadata.rows(rows)
        else:
            self._metadata = None

    def _open(self):
        if not self.returns_rows:
            raise exc.ResourceClosedError(
                "This result object does not return rows. It has been closed automatically."
            )
        return super()._open()

    def keys(self):
        if self._metadata is None:
            self._open()
        return self._metadata.keys

    @property
    def context(self):
        return self

    @property
    def cursor(self):
        return self

    @property
    def is_insert(self):
        return self._compiled is not None and self._compiled.isinsert

    @property
    def description(self):
        if not self.returns_rows:
            return None
        return [(name, None, None, None, None, None, None) for name in self._metadata._keys]

    def supports_sane_rowcount(self):
        return True

    def supports_sane_multi_rowcount(self):
        return True

    def last_inserted_params(self):
        return self._params

    last_updated_params = last_inserted_params

    def _keyed(self, many=False):
        if self._many and not many:
            raise exc.InvalidRequestError(
                "This statement was an executemany call; if primary key returning is supported, "
                "please use .inserted_primary_key_rows."
            )
        if self._compiled is None:
            raise exc.InvalidRequestError("Statement is not a compiled expression construct.")
        if not self._compiled.isinsert:
            raise exc.InvalidRequestError("Statement is not an insert() expression construct.")

    @property
    def inserted_primary_key(self):
        """The key of the new row."""
        self._keyed()
        return self._primary_key

    @property
    def inserted_primary_key_rows(self):
        self._keyed(many=True)
        return [self._primary_key]

    @property
    def returned_defaults(self):
        return None

    returned_defaults_rows = None


def _changes(compiled):
    return compiled.isinsert or compiled.isupdate or compiled.isdelete


BaseCursorResult = LegacyCursorResult = CursorResult


class BufferedRowResultProxy:
    """A name of older versions that some scripts import."""
