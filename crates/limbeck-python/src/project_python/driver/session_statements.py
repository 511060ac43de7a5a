"""What env.py did on its own connection before it called run_migrations(), to be done again on Limbeck's.

Alembic would run the revisions on that very connection. Limbeck has its own; so settings of the session, and writes that
are not committed yet, are told to it, and what env.py has open is rolled back, or the two would wait for each other.
"""

from sqlalchemy import event
from sqlalchemy.engine import Engine

from limbeck_driver import literals

_SETTINGS = ("SET", "ATTACH", "PRAGMA", "USE", "DETACH", "RESET", "DISCARD")
_READS = ("SELECT", "SHOW", "EXPLAIN", "DESCRIBE", "VALUES", "WITH")


class Recorder:
    """Listens to every engine of env.py, from before it is loaded."""

    def __init__(self):
        # By id of the driver's connection: (is a setting, statement) that still counts.
        self._statements = {}
        self.paused = False
        event.listen(Engine, "before_cursor_execute", self._executed)
        event.listen(Engine, "commit", self._committed)
        event.listen(Engine, "rollback", self._rolled_back)

    def _executed(self, connection, cursor, statement, parameters, context, executemany):
        if self.paused or executemany:
            return
        words = statement.split(None, 2)
        first = words[0].upper() if words else ""
        setting = first in _SETTINGS and not (first == "SET" and len(words) > 1 and words[1].upper() in ("LOCAL", "TRANSACTION"))
        if first in _READS and "set_config(" not in statement:
            return
        # A pragma without a value is a question.
        if first == "PRAGMA" and "=" not in statement and "(" not in statement:
            return
        text = _plain(connection.dialect, statement, parameters)
        if text is not None:
            self._statements.setdefault(_key(connection), []).append((setting, text))

    def _committed(self, connection):
        kept = [item for item in self._statements.get(_key(connection), []) if item[0]]
        self._statements[_key(connection)] = kept

    def _rolled_back(self, connection):
        # Settings that were made inside the transaction are gone with it on PostgreSQL; which those are is not known.
        self._committed(connection)

    def take_over(self, connection):
        """The statements to do again; whatever the connection has open is rolled back."""
        statements = [text for _, text in self._statements.pop(_key(connection), [])]
        driver = _driver(connection)
        if driver is not None:
            driver.rollback()
        return statements


def _plain(dialect, statement, parameters):
    if not parameters:
        return statement.replace("%%", "%") if dialect.paramstyle in ("format", "pyformat") else statement
    if dialect.paramstyle not in ("format", "pyformat"):
        return None
    try:
        writer = literals.postgresql if dialect.name == "postgresql" else literals.mysql(True)
        return literals.merge(statement, parameters, writer)
    except (literals.LiteralError, TypeError):
        return None


def _driver(connection):
    fairy = getattr(connection, "connection", None)
    return getattr(fairy, "dbapi_connection", None) or getattr(fairy, "connection", None)


def _key(connection):
    return id(_driver(connection))
