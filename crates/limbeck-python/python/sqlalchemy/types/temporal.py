"""Types of dates and times. SQLite keeps them as text, in a form that sorts; the other databases have their own."""

from sqlalchemy.types.engine import TypeEngine


def _date_text(value):
    return "%04d-%02d-%02d" % (value.year, value.month, value.day)


def _time_text(value):
    return "%02d:%02d:%02d.%06d" % (value.hour, value.minute, value.second, value.microsecond)


def _refuse(kind, accepted):
    raise TypeError(f"SQLite {kind} type only accepts Python {accepted} objects as input.")


class DateTime(TypeEngine):
    __visit_name__ = "datetime"

    def __init__(self, timezone=False):
        self.timezone = timezone

    @property
    def python_type(self):
        import datetime

        return datetime.datetime

    def literal_processor(self, dialect):
        if dialect.name == "sqlite":
            to_text = self.bind_processor(dialect)
            return lambda value: "'" + to_text(value) + "'"
        return lambda value: "'" + value.isoformat().replace("T", " ") + "'"

    def bind_processor(self, dialect):
        if dialect.name != "sqlite":
            return None

        def process(value):
            if value is None:
                return None
            if not hasattr(value, "year"):
                _refuse("DateTime", "datetime and date")
            if not hasattr(value, "hour"):
                return _date_text(value) + " 00:00:00.000000"
            return _date_text(value) + " " + _time_text(value)

        return process

    def result_processor(self, dialect, coltype):
        if dialect.name != "sqlite":
            return None
        import datetime

        def process(value):
            return None if value is None else datetime.datetime.fromisoformat(value)

        return process


class Date(TypeEngine):
    __visit_name__ = "date"

    @property
    def python_type(self):
        import datetime

        return datetime.date

    def literal_processor(self, dialect):
        return lambda value: "'" + _date_text(value) + "'"

    def bind_processor(self, dialect):
        if dialect.name != "sqlite":
            return None

        def process(value):
            if value is None:
                return None
            if not hasattr(value, "year"):
                _refuse("Date", "date")
            return _date_text(value)

        return process

    def result_processor(self, dialect, coltype):
        if dialect.name != "sqlite":
            return None
        import datetime

        def process(value):
            return None if value is None else datetime.date.fromisoformat(value)

        return process


class Time(TypeEngine):
    __visit_name__ = "time"

    def __init__(self, timezone=False):
        self.timezone = timezone

    @property
    def python_type(self):
        import datetime

        return datetime.time

    def literal_processor(self, dialect):
        if dialect.name == "sqlite":
            return lambda value: "'" + _time_text(value) + "'"
        return lambda value: "'" + value.isoformat() + "'"

    def bind_processor(self, dialect):
        if dialect.name != "sqlite":
            return None

        def process(value):
            if value is None:
                return None
            if not hasattr(value, "hour"):
                _refuse("Time", "time")
            return _time_text(value)

        return process

    def result_processor(self, dialect, coltype):
        if dialect.name == "sqlite":
            import datetime

            return lambda value: None if value is None else datetime.time.fromisoformat(value)
        if dialect.name in ("mysql", "mariadb"):
            return _time_of_span
        return None


def _time_of_span(value):
    """MySQL's drivers give a time of day as a span of time."""
    if value is None or not hasattr(value, "seconds"):
        return value
    import datetime

    minutes, seconds = divmod(value.seconds, 60)
    return datetime.time(minutes // 60, minutes % 60, seconds, microsecond=value.microseconds)


class DATE(Date):
    __visit_name__ = "DATE"


class TIME(Time):
    __visit_name__ = "TIME"


class DATETIME(DateTime):
    __visit_name__ = "DATETIME"


class TIMESTAMP(DateTime):
    __visit_name__ = "TIMESTAMP"

    def __init__(self, timezone=False):
        super().__init__(timezone=timezone)
