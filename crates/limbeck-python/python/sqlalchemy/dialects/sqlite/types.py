"""SQLite's own types: times with a form of the script's own, and JSON."""

from sqlalchemy.types.json import JSON as _JSON
from sqlalchemy.types.temporal import Date, DateTime, Time, _date_text


class _DateTimeMixin:
    _is_mixin = True
    _reg = None
    _storage_format = None

    def __init__(self, storage_format=None, regexp=None, **kw):
        super().__init__(**kw)
        if regexp is not None:
            import re

            self._reg = re.compile(regexp)
        if storage_format is not None:
            self._storage_format = storage_format

    @property
    def format_is_text_affinity(self):
        """Whether a stored value has letters or signs in it, so that SQLite keeps it as text."""
        if self._storage_format is None:
            return True
        zeros = dict.fromkeys("year month day hour minute second microsecond".split(), 0)
        return any(letter not in "0123456789" for letter in self._storage_format % zeros)

    def bind_processor(self, dialect):
        if self._storage_format is None:
            return super().bind_processor(dialect)
        form, names = self._storage_format, "year month day hour minute second microsecond".split()

        def process(value):
            if value is None:
                return None
            return form % {name: getattr(value, name, 0) for name in names}

        return process

    def literal_processor(self, dialect):
        if self._storage_format is None:
            return super().literal_processor(dialect)
        bind = self.bind_processor(dialect)
        return lambda value: "'" + bind(value) + "'"

    def result_processor(self, dialect, coltype):
        if self._reg is None:
            return super().result_processor(dialect, coltype)
        kind, pattern = self.python_type, self._reg

        def process(value):
            if value is None:
                return None
            match = pattern.match(value)
            if match is None:
                raise ValueError(f"Couldn't parse {kind.__name__} string '{value}' - value is not a string.")
            named = {name: int(part or 0) for name, part in match.groupdict().items()}
            return kind(**named) if named else kind(*[int(part or 0) for part in match.groups()])

        return process


class DATETIME(_DateTimeMixin, DateTime):
    def __init__(self, *args, truncate_microseconds=False, **kwargs):
        super().__init__(*args, **kwargs)
        self._truncated = truncate_microseconds

    def bind_processor(self, dialect):
        process = super().bind_processor(dialect)
        if not self._truncated or self._storage_format is not None:
            return process

        def shorter(value):
            if value is None:
                return None
            time = tuple(getattr(value, name, 0) for name in ("hour", "minute", "second"))
            return _date_text(value) + " %02d:%02d:%02d" % time

        return shorter


class DATE(_DateTimeMixin, Date):
    pass


class TIME(_DateTimeMixin, Time):
    def __init__(self, *args, truncate_microseconds=False, **kwargs):
        super().__init__(*args, **kwargs)
        self._truncated = truncate_microseconds

    def bind_processor(self, dialect):
        process = super().bind_processor(dialect)
        if not self._truncated or self._storage_format is not None:
            return process
        return lambda value: None if value is None else "%02d:%02d:%02d" % (value.hour, value.minute, value.second)


class JSON(_JSON):
    pass
