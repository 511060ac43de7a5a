"""A connection as a DBAPI driver gives it: cursors, commit, rollback."""


class RawConnection:
    """`connection.connection`, and what `connect` events and `raw_connection()` give."""

    def __init__(self, connection):
        self._connection = connection
        self.isolation_level = ""
        self.autocommit = False

    @property
    def dbapi_connection(self):
        return self

    driver_connection = connection = dbapi_connection

    def cursor(self, *arguments, **keywords):
        """A cursor."""
        return RawCursor(self._connection, self)

    def execute(self, sql, parameters=None):
        cursor = self.cursor()
        cursor.execute(sql, parameters)
        return cursor

    def commit(self):
        self._connection._raw_end(commit=True)

    def rollback(self):
        self._connection._raw_end(commit=False)

    def close(self):
        """The engine keeps the connection; what was begun is undone."""

    def create_function(self, *arguments, **keywords):
        raise NotImplementedError(
            "limbeck: functions in Python cannot be given to the database natively"
        )

    def set_session(self, autocommit=None, **options):
        if autocommit is not None:
            self.autocommit = autocommit

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        return None


class RawCursor:
    """A cursor over one answer at a time."""

    arraysize = 1

    def __init__(self, connection, raw=None):
        self._connection = connection
        self.connection = raw
        self._rows = iter(())
        self.description = None
        self.rowcount = -1
        self.lastrowid = None
        self.query = None

    def execute(self, sql, parameters=None):
        from .driver_sql import translated

        text, values = translated(sql, parameters, self._connection.dialect)
        self.query = sql
        self._take(self._connection._raw_send(text, values))
        return self

    def executemany(self, sql, parameters):
        changed = 0
        for one in parameters:
            self.execute(sql, one)
            changed += max(self.rowcount, 0)
        self.rowcount = changed
        return self

    def executescript(self, sql):
        return self.execute(sql)

    def _take(self, answer):
        columns, rows, self.rowcount, self.lastrowid = answer
        self.description = None
        if columns is not None:
            self.description = [(name, None, None, None, None, None, None) for name in columns]
        self._rows = iter(rows or ())

    def fetchone(self):
        return next(self._rows, None)

    def fetchmany(self, size=None):
        found = []
        for row in self._rows:
            found.append(row)
            if len(found) >= (size or self.arraysize):
                break
        return found

    def fetchall(self):
        return list(self._rows)

    def __iter__(self):
        return self._rows

    def close(self):
        self._rows = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()
