"""Results: rows one by one, all at once, as values, as mappings."""

from .. import exc
from .row import RMKeyView, RowMapping, row_class


class SimpleResultMetaData:
    """The names of a result's columns."""

    def __init__(self, keys, **kw):
        self._keys = tuple(keys)
        self._row_class = row_class(self._keys)

    @property
    def keys(self):
        return RMKeyView(self._keys)


class _Rows:
    """What all results share: an iterator of what they give, read step by step."""

    _source = None
    _hard_closed = False
    _unique = None

    def _open(self):
        if self._source is None or self._hard_closed:
            raise exc.ResourceClosedError("This result object is closed.")
        if self._unique is not None:
            return self._unique_source()
        return self._source

    def _unique_source(self):
        strategy, seen = self._unique
        for one in self._source:
            key = strategy(one) if strategy is not None else one
            try:
                known = key in seen
                if not known:
                    seen.add(key)
            except TypeError:
                known = any(key == other for other in self._unhashable)
                if not known:
                    self._unhashable.append(key)
            if not known:
                yield one

    def unique(self, strategy=None):
        """The result without rows that came before."""
        self._unique = (strategy, set())
        self._unhashable = []
        return self

    def __iter__(self):
        return iter(self._open())

    def __next__(self):
        for one in self._open():
            return one
        raise StopIteration

    def all(self):
        """What is left, as a list."""
        return list(self._open())

    fetchall = all

    def fetchmany(self, size=None):
        """The next rows, at most `size`."""
        source = iter(self._open())
        found = []
        limit = size if size is not None else (self._yield_per or 1)
        while len(found) < limit:
            try:
                found.append(next(source))
            except StopIteration:
                break
        return found

    _yield_per = None

    def partitions(self, size=None):
        """Lists of at most `size` rows."""
        while True:
            part = self.fetchmany(size)
            if not part:
                return
            yield part

    def fetchone(self):
        """The next row, or None."""
        for one in self._open():
            return one
        return None

    def first(self):
        """The first row, or None; the rest is let go."""
        found = self.fetchone()
        self.close()
        return found

    def one_or_none(self):
        """The only row, or None for none."""
        return self._only(False)

    def one(self):
        """The only row."""
        return self._only(True)

    def _only(self, required):
        source = iter(self._open())
        for found in source:
            for _ in source:
                self.close()
                raise exc.MultipleResultsFound(
                    "Multiple rows were found when exactly one was required"
                    if required
                    else "Multiple rows were found when one or none was required"
                )
            self.close()
            return found
        self.close()
        if required:
            raise exc.NoResultFound("No row was found when one was required")
        return None

    def close(self):
        """Lets the rows go."""
        self._hard_closed = True

    @property
    def closed(self):
        return self._hard_closed

    _soft_closed = closed

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


class Result(_Rows):
    """Rows of a statement."""

    context = None
    _is_cursor = False

    def __init__(self, cursor_metadata, source=()):
        self._metadata = cursor_metadata
        self._source = iter(source)

    def __class_getitem__(cls, item):
        return cls

    def keys(self):
        """The names of the columns."""
        return self._metadata.keys

    def yield_per(self, num):
        self._yield_per = num
        return self

    def columns(self, *col_expressions):
        """The result with these columns only."""
        cls = self._metadata._row_class
        probe = cls(range(len(cls._fields)))
        places = [probe._position(one) for one in col_expressions]
        names = [cls._fields[place] for place in places]
        return IteratorResult(
            SimpleResultMetaData(names),
            ([row[place] for place in places] for row in self._open()),
        )

    def tuples(self):
        return self

    def scalar(self):
        """The first value of the first row, or None."""
        row = self.first()
        return None if row is None else row[0]

    def scalar_one(self):
        return self.one()[0]

    def scalar_one_or_none(self):
        row = self.one_or_none()
        return None if row is None else row[0]

    def scalars(self, index=0):
        """The result as single values."""
        return ScalarResult(self, index)

    def mappings(self):
        """The result as mappings."""
        return MappingResult(self)

    def freeze(self):
        """The rows kept, to be read more than once."""
        return FrozenResult(self)

    def merge(self, *others):
        rows = list(self._open())
        for one in others:
            rows.extend(one._open())
        return MergedResult(self._metadata, rows)

    def _allrows(self):
        return self.all()


class IteratorResult(Result):
    """Rows from tuples that Python has."""

    def __init__(self, cursor_metadata, iterator, raw=None, **kw):
        super().__init__(cursor_metadata, map(cursor_metadata._row_class, iterator))
        self.raw = raw


class MergedResult(Result):
    """The rows of several results."""


ChunkedIteratorResult = IteratorResult


class ScalarResult(_Rows):
    """Values of one column."""

    def __init__(self, result, index):
        self._result = result
        if index.__class__ is not int:
            cls = result._metadata._row_class
            index = cls(range(len(cls._fields)))._position(index)
        from operator import itemgetter

        self._source = map(itemgetter(index), result._open())
        self._yield_per = result._yield_per

    def close(self):
        super().close()
        self._result.close()


class MappingResult(_Rows):
    """Rows as mappings."""

    def __init__(self, result):
        self._result = result
        self._yield_per = result._yield_per

    @property
    def _source(self):
        source = self.__dict__.get("_mapped")
        if source is None:
            source = self.__dict__["_mapped"] = map(RowMapping, self._result._open())
        return source

    def keys(self):
        return self._result.keys()

    def columns(self, *col_expressions):
        return MappingResult(self._result.columns(*col_expressions))

    def close(self):
        super().close()
        self._result.close()


class FrozenResult:
    """Rows kept, to be read more than once."""

    def __init__(self, result):
        self.metadata = result._metadata
        self.data = result.all()

    def __call__(self):
        return IteratorResult(self.metadata, iter(self.data))


def result_tuple(fields, extra=None):
    """A function that makes rows with these names."""
    return row_class(tuple(fields))
