"""A DBAPI module (PEP 249) whose database is Limbeck's: every statement goes through the pipe, into the run's own transaction.

commit() and rollback() therefore end nothing. A script that rolls back what it has written cannot be obeyed without
undoing the run; the connection remembers it, and the revision fails instead of going on with what should be gone.
"""

import datetime
import time

from limbeck_driver import errors, literals, named_marks, rows, values


class Module:
    """What `import psycopg2` or `import sqlite3` would give, for one dialect."""

    apilevel = "2.0"
    threadsafety = 1
    Binary = bytes
    STRING, BINARY, NUMBER, DATETIME, ROWID = "STRING", "BINARY", "NUMBER", "DATETIME", "ROWID"
    Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime

    def __init__(self, dialect):
        self.dialect = dialect
        self.paramstyle = {"sqlite": "qmark", "postgresql": "pyformat"}.get(dialect, "pyformat")
        self.exceptions = errors.exceptions(dialect)
        for name, cls in self.exceptions.items():
            setattr(self, name, cls)
        # Filled in from the engine's own SQLite; the dialect decides by it what it may use.
        self.sqlite_version_info = (0, 0, 0)

    @staticmethod
    def DateFromTicks(ticks):
        return datetime.date(*time.localtime(ticks)[:3])

    @staticmethod
    def TimestampFromTicks(ticks):
        return datetime.datetime(*time.localtime(ticks)[:6])


class Connection:
    """Limbeck's session, as a driver's connection."""

    encoding = "UTF8"
    closed = 0
    isolation_level = ""
    readonly = deferrable = None

    def __init__(self, pipe, module, place):
        self.pipe = pipe
        self.module = module
        self.autocommit = False
        self.backslash_escapes = True
        self.notices = []
        # Where the script is when it asks for something: a function without arguments.
        self.place = place
        # Whether the revision under way has written anything, and where it rolled that back.
        self.wrote = False
        self.rolled_back = None
        for name, cls in module.exceptions.items():
            setattr(self, name, cls)

    def cursor(self, *arguments, **keywords):
        return Cursor(self)

    def execute(self, sql, parameters=()):
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, parameters):
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql):
        return self.cursor().executescript(sql)

    def commit(self):
        pass

    def rollback(self):
        if self.wrote and not self.autocommit and self.rolled_back is None:
            self.rolled_back = self.place() or ("", 0)

    def close(self):
        pass

    def ping(self, *arguments, **keywords):
        self.execute("SELECT 1")

    def character_set_name(self):
        return "utf8mb4"

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def request(self, message):
        """Sends statements to the engine; raises what the database says against them."""
        place = self.place()
        if self.rolled_back is not None:
            raise self.module.NotSupportedError(rollback_message(self.rolled_back))
        if place:
            message["file"], message["line"] = place
        message["autocommit"] = self.autocommit
        answer = self.pipe.ask(dict(message, say="statement"))
        if "error" in answer:
            error = answer["error"]
            raised = errors.refused(
                self.module.dialect, self.module.exceptions, error["message"], error.get("code"), error.get("lost", False)
            )
            raised.limbeck_refusal = answer.get("number")
            raise raised
        if answer["columns"] is None and not self.autocommit and not _is_setting(message.get("sql") or ""):
            self.wrote = True
        return answer


def _is_setting(sql):
    """Whether a statement leaves nothing behind that a rollback would take back."""
    return sql.lstrip()[:10].upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "PRAGMA"))


def rollback_message(place):
    """Why a rollback of the outer transaction cannot be."""
    where = "%s:%d: " % place if place[1] else ""
    return (
        "%srollback() would undo the whole run, not only what this script did. Use a savepoint "
        "(connection.begin_nested(), session.begin_nested()) around what may be rolled back" % where
    )


class Cursor:
    """One statement at a time, with all its rows at once."""

    arraysize = 1

    def __init__(self, connection):
        self.connection = connection
        self.description = None
        self.rowcount = -1
        self.statusmessage = None
        self._rows = []
        self._next = 0
        self._lastrowid = None

    def execute(self, sql, parameters=(), *ignored):
        if isinstance(sql, bytes):
            sql = sql.decode("utf-8")
        sql, bound = self._bind(str(sql), parameters)
        message = {"sql": sql}
        if bound:
            message["parameters"] = bound
        self._take(self.connection.request(message))
        return self

    def executemany(self, sql, many):
        many = list(many)
        self.rowcount = 0
        if not many:
            return self
        module = self.connection.module
        if module.dialect == "sqlite":
            bound = [self._bind(sql, parameters) for parameters in many]
            plain, lists = bound[0][0], [parameters for _, parameters in bound]
            changed = 0
            for text, group in rows.together_in_sqlite(plain, lists) or [(plain, lists)]:
                self._take(self.connection.request({"sql": text, "many": group}))
                changed += self.rowcount
            self.rowcount = changed
            return self
        try:
            statements = rows.together(sql, many, self._literal())
        except literals.LiteralError as error:
            raise module.ProgrammingError(str(error)) from None
        self._take(self.connection.request({"sqls": statements or [self._bind(sql, parameters)[0] for parameters in many]}))
        return self

    def executescript(self, sql):
        self._take(self.connection.request({"sql": sql}))
        return self

    def mogrify(self, sql, parameters=()):
        return self._bind(sql, parameters)[0].encode("utf-8")

    def _bind(self, sql, parameters):
        """The text and values for the engine: SQLite binds, the others write values into the text, as their drivers do."""
        module = self.connection.module
        try:
            if module.dialect == "sqlite":
                if hasattr(parameters, "keys"):
                    sql, parameters = named_marks.positional(sql, parameters) if parameters else (sql, ())
                return sql, [self._for_sqlite(value) for value in parameters]
            if parameters is None:
                return sql, []
            if not hasattr(parameters, "keys") and not isinstance(parameters, (tuple, list)):
                parameters = (parameters,)
            return literals.merge(sql, parameters, self._literal()), []
        except (literals.LiteralError, TypeError, KeyError) as error:
            raise module.ProgrammingError(str(error)) from None

    def _literal(self):
        if self.connection.module.dialect == "postgresql":
            return literals.postgresql
        return literals.mysql(self.connection.backslash_escapes)

    @staticmethod
    def _for_sqlite(value):
        # What the sqlite3 module does with these two by default.
        if isinstance(value, datetime.datetime):
            value = value.isoformat(" ")
        elif isinstance(value, datetime.date):
            value = value.isoformat()
        elif isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        elif value is not None and not isinstance(value, (int, float, str, bytes, bytearray, memoryview)):
            raise TypeError("Error binding parameter: type '%s' is not supported" % type(value).__name__)
        return values.encode(value)

    def _take(self, answer):
        columns = answer["columns"]
        self.rowcount = answer["rowcount"]
        self._lastrowid = answer.get("lastrowid")
        self._next = 0
        self._rows = []
        if columns is None:
            self.description = None
            return
        self._rows = fetched = [values.decode_row(row) for row in answer["rows"]]
        if self.connection.module.dialect != "sqlite":
            self.rowcount = len(fetched)
        self.description = tuple(
            (name, _type_code(kind, fetched, index), None, None, None, None, None)
            for index, (name, kind) in enumerate(columns)
        )

    @property
    def lastrowid(self):
        """The key of the row that the last INSERT made. Asked for only when it is wanted."""
        if self._lastrowid is None and self.description is None:
            question = {"sqlite": "SELECT last_insert_rowid()", "postgresql": None}.get(
                self.connection.module.dialect, "SELECT LAST_INSERT_ID()"
            )
            if question:
                self._lastrowid = self.connection.request({"sql": question})["rows"][0][0]
        return self._lastrowid

    def fetchone(self):
        if self._next >= len(self._rows):
            return None
        self._next += 1
        return self._rows[self._next - 1]

    def fetchmany(self, size=None):
        begin = self._next
        self._next = min(len(self._rows), begin + (size or self.arraysize))
        return self._rows[begin:self._next]

    def fetchall(self):
        begin, self._next = self._next, len(self._rows)
        return self._rows[begin:]

    def __iter__(self):
        return iter(self.fetchone, None)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def nextset(self):
        return None

    def setinputsizes(self, *sizes):
        pass

    setoutputsize = setinputsizes

    def close(self):
        self._rows = []


# Numbers of PostgreSQL's types (pg_type.dat): SQLAlchemy decides by them how to read a number.
_OIDS = {"bool": 16, "int": 23, "float": 701, "Decimal": 1700, "str": 25}


def _type_code(kind, rows, index):
    if isinstance(kind, int):
        return kind
    for row in rows:
        if row[index] is not None:
            return _OIDS.get(type(row[index]).__name__, 25)
    return _OIDS["Decimal"]
