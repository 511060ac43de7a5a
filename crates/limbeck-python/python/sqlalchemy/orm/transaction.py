"""A session's transaction on the connection it was bound to.

In a migration the connection is already in the engine's transaction. The session must neither end that
one nor undo what the script did before. So it works inside a savepoint of its own: ``commit()`` releases
it, ``rollback()`` goes back to it. (Alembic's ``Session.rollback()`` would undo the whole run and leave
the connection unusable.) ``close()`` without ``commit()`` keeps what was flushed, as in Alembic, where it is the
outer transaction that decides. The savepoint is taken at the session's first use of the connection.

On an engine's own connection the session begins and ends a real transaction; a transaction that the caller
began there is joined as SQLAlchemy does (``join_transaction_mode``).
"""

from sqlalchemy import exc as sa_exc


class SessionTransaction:
    """What is open on the connections of a session, and what became of its objects since."""

    def __init__(self, session, parent=None, nested=False):
        self.session = session
        self.parent = parent
        self.nested = nested
        self.connections = {}
        self.new = {}
        self.deleted = {}
        self.is_active = True
        self._is_open = True
        if nested:
            for key, (connection, _, _) in parent.all_connections().items():
                self.connections[key] = (connection, connection.begin_nested(), False)

    def all_connections(self):
        found = dict(self.parent.all_connections()) if self.parent is not None else {}
        found.update(self.connections)
        return found

    def connection_for(self, bind):
        """The connection of a bind; begins what has to be begun."""
        from sqlalchemy.engine import Connection

        known = self.all_connections().get(id(bind))
        if known is not None:
            return known[0]
        if self.parent is not None:
            connection = self.parent.connection_for(bind)
            self.connections[id(bind)] = (connection, connection.begin_nested(), False)
            return connection
        if isinstance(bind, Connection):
            connection, ours = bind, False
            if connection.in_transaction():
                inner = self._join(connection)
            else:
                inner = connection.begin()
        else:
            connection, ours = bind.connect(), True
            options = self.session.execution_options_given
            if options:
                connection = connection.execution_options(**options)
            inner = connection.begin()
        self.connections[id(bind)] = (connection, inner, ours)
        return connection

    def _join(self, connection):
        """What the session may end when the connection is in a transaction already."""
        mode = self.session.join_transaction_mode
        if mode == "conditional_savepoint":
            mode = "create_savepoint" if connection.in_nested_transaction() else "rollback_only"
        if in_migration(connection):
            return _SessionSavepoint(connection)
        if mode == "create_savepoint":
            return connection.begin_nested()
        return _Outer(connection, mode)

    def end_well(self):
        for connection, inner, _ in self.connections.values():
            if inner is not None and inner.is_active:
                _release(inner)
        self._settle(True)

    def end_badly(self):
        error = None
        for connection, inner, _ in self.connections.values():
            if inner is not None and inner.is_active:
                try:
                    inner.rollback()
                except sa_exc.DBAPIError as refused:
                    if not _gone(refused):
                        error = error or refused
        self._settle(False)
        if error is not None:
            raise error

    def end_at_close(self):
        """What ``session.close()`` does: undoes the session's own transaction, leaves the one it joined."""
        for _, inner, _ in self.connections.values():
            if inner is not None and inner.is_active:
                try:
                    getattr(inner, "leave", inner.rollback)()
                except sa_exc.DBAPIError as refused:
                    if not _gone(refused):
                        raise
        self._settle(False)

    def _settle(self, kept):
        self.is_active = False
        self._is_open = False
        for connection, _, ours in self.connections.values():
            if ours and self.parent is None:
                connection.close()
        if kept and self.parent is not None:
            self.parent.new.update(self.new)
            self.parent.deleted.update(self.deleted)

    # as the value of ``with session.begin()`` ---------------------------------------------------

    def commit(self):
        """Keeps what was done, here and in everything begun since."""
        self.session._commit_to(self)

    def rollback(self):
        """Undoes what was done, here and in everything begun since."""
        if self._is_open:
            self.session._rollback_to(self)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if not self._is_open:
            return False
        if kind is None:
            try:
                self.session._commit_to(self)
            except BaseException:
                self.session._rollback_to(self)
                raise
        else:
            self.session._rollback_to(self)
        return False

    def close(self):
        self.session._rollback_to(self)


def in_migration(connection):
    """Whether the connection is the one the migration runs on, whose transaction the engine owns."""
    return bool(getattr(connection, "_is_migration", False))


class _SessionSavepoint:
    """The savepoint of one session in a migration; the connection's own savepoints know nothing of it."""

    _count = 0

    def __init__(self, connection):
        _SessionSavepoint._count += 1
        self.name = f"limbeck_session_{_SessionSavepoint._count}"
        self.connection = connection
        self.is_active = True
        connection.exec_driver_sql(f"SAVEPOINT {self.name}")

    def commit(self):
        self.is_active = False
        self.connection.exec_driver_sql(f"RELEASE SAVEPOINT {self.name}")

    def rollback(self):
        self.is_active = False
        self.connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {self.name}")

    leave = commit


class _Outer:
    """The caller's transaction, which the session joins: it never commits it, and may roll it back."""

    is_active = True

    def __init__(self, connection, mode):
        self.connection = connection
        self.mode = mode

    def commit(self):
        if self.mode == "control_fully":
            self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def leave(self):
        """Closing the session leaves the caller's transaction as it is."""


def _release(inner):
    """Ends a savepoint that the server may have ended itself: MySQL does so at every DDL statement."""
    try:
        inner.commit()
    except sa_exc.DBAPIError as refused:
        if not _gone(refused):
            raise


def _gone(refused):
    text = str(getattr(refused, "orig", refused)).lower()
    return "savepoint" in text and ("does not exist" in text or "no such savepoint" in text)
