"""Connections and engines.

A connection is a number of the bridge. Number 0 is the migration's own, whose transaction
the engine owns: its commit and rollback do nothing here. Others are opened when the first
statement needs them.
"""

from .. import exc
from .transaction import NestedTransaction, RootTransaction, Transaction, TwoPhaseTransaction

_ALREADY = (
    "This connection has already initialized a SQLAlchemy Transaction() object via begin() or "
    "autobegin; can't call begin() here unless rollback() or commit() is called first."
)


class Connection:
    """A connection to a database."""

    _is_migration = False
    _autocommit = False
    _beginning = False
    should_close_with_result = False
    is_async = False

    def __init__(self, engine, bind=None, **kw):
        self.engine = engine
        self._number = bind
        self._closed = False
        self._transaction = None
        self._nested = None
        self._savepoint_number = 0
        self._options = dict(engine._options) if engine is not None else {}
        self._info = {}
        self._opened = bind == 0
        self._raw = None
        self.dialect = engine.dialect if engine is not None else None
        level = self._options.get("isolation_level")
        if level:
            self._set_level(level)

    @classmethod
    def _of_migration(cls, given=None):
        """The migration's own connection; `given` is the one of env.py."""
        engine = given.engine if given is not None else None
        if engine is None:
            engine = migration_engine()
        connection = cls(engine, 0)
        connection._is_migration = True
        if given is not None:
            connection.dialect = given.dialect
            connection._options = dict(given._options)
            connection._info = given._info
        return connection

    @classmethod
    def _offline(cls, context):
        """What stands for a connection while a script is only written down."""
        from .mock import OfflineConnection

        return OfflineConnection(context)

    # -- state

    @property
    def _bind(self):
        """The number of the connection at the bridge."""
        if self._number is None:
            self._number = self.engine._open_bind()
        return self._number

    @property
    def closed(self):
        return self._closed

    invalidated = False

    @property
    def info(self):
        return self._info

    @property
    def connection(self):
        """The driver's connection."""
        if self._raw is None:
            from .raw import RawConnection

            self._raw = RawConnection(self)
        return self._raw

    @property
    def default_isolation_level(self):
        return self.dialect.default_isolation_level

    def get_isolation_level(self):
        """The level in use."""
        if self._autocommit:
            return "AUTOCOMMIT"
        return self._options.get("isolation_level") or self.dialect.default_isolation_level

    def get_execution_options(self):
        return self._options

    def execution_options(self, **opt):
        """Sets options of this connection; `isolation_level="AUTOCOMMIT"` ends transactions."""
        level = opt.get("isolation_level")
        if level:
            if self._in_own_transaction():
                raise exc.InvalidRequestError(
                    "This connection has already initialized a SQLAlchemy Transaction() object "
                    "via begin() or autobegin; isolation_level may not be altered unless "
                    "rollback() or commit() is called first."
                )
            self._set_level(level)
        self._options.update(opt)
        return self

    def _set_level(self, level):
        level = level.replace("_", " ").upper()
        known = self.dialect.isolation_levels
        if known and level not in known:
            raise exc.ArgumentError(
                "Invalid value '%s' for isolation_level. Valid isolation levels for '%s' are %s"
                % (level, self.dialect.name, ", ".join(known))
            )
        self._autocommit = level == "AUTOCOMMIT"

    def _in_own_transaction(self):
        return self._is_migration and not self._autocommit or self._transaction is not None

    # -- transactions

    def in_transaction(self):
        if self._is_migration:
            return not self._autocommit
        return self._transaction is not None and self._transaction.is_active

    def in_nested_transaction(self):
        return self._nested is not None and self._nested.is_active

    def get_transaction(self):
        if self._is_migration and self._transaction is None and not self._autocommit:
            self._transaction = RootTransaction(self)
        return self._transaction

    def get_nested_transaction(self):
        return self._nested

    def begin(self):
        """Begins a transaction."""
        self._check_open()
        if self.in_transaction() or self._transaction is not None:
            raise exc.InvalidRequestError(_ALREADY)
        self._start()
        return self._transaction

    def _start(self):
        self._connect()
        self._transaction = RootTransaction(self)
        if not self._autocommit and not self._is_migration:
            import _limbeck

            _limbeck.begin(self._bind)
            if self._events:
                self._beginning = True
                try:
                    for listener in self.engine._listeners.get("begin", ()):
                        listener(self)
                finally:
                    self._beginning = False

    def _autobegin(self):
        if self._transaction is None and not self._is_migration:
            self._start()

    def begin_nested(self):
        """Begins a savepoint."""
        self._check_open()
        self._autobegin()
        return NestedTransaction(self)

    def begin_twophase(self, xid=None):
        raise NotImplementedError("limbeck: two-phase transactions are not provided natively")

    def commit(self):
        """Keeps what was done."""
        if self._transaction is not None:
            self._transaction.commit()

    def rollback(self):
        """Undoes what was done since the last commit."""
        if self._transaction is not None:
            self._transaction.rollback()

    def _end(self, transaction, commit):
        self._nested = None
        if self._transaction is transaction:
            self._transaction = None
        if self._is_migration or self._autocommit or self._closed:
            return
        import _limbeck

        name = "commit" if commit else "rollback"
        for listener in self.engine._listeners.get(name, ()):
            listener(self)
        try:
            getattr(_limbeck, name)(self._bind)
        except _limbeck.DatabaseError as error:
            raise self._wrapped(error, None, None) from error

    def _raw_end(self, commit):
        if self._transaction is not None:
            (self._transaction.commit if commit else self._transaction.rollback)()

    def _savepoint(self, word, name):
        self._send(word + self.dialect.identifier_preparer.quote(name), ())

    # -- statements

    def execute(self, statement, parameters=None, *, execution_options=None):
        """Runs a statement; a list of parameter dictionaries runs it for each."""
        method = getattr(statement, "_execute_on_connection", None)
        if method is not None:
            return method(self, parameters, execution_options or {})
        from ..sql.coercion import resolve
        from .execution import Execution, distill

        if isinstance(statement, str):
            raise exc.ObjectNotExecutableError(statement)
        given = statement
        statement = resolve(statement)
        if getattr(statement, "is_ddl", False):
            return self._execute_ddl(statement)
        if not getattr(statement, "supports_execution", False):
            given_default = getattr(statement, "_execute_as_default", None)
            if given_default is not None:
                return given_default(self)
            raise exc.ObjectNotExecutableError(given)
        if getattr(statement, "_is_table_valued_function", False):
            statement = statement.select()
        self._check_open()
        execution = Execution(self, statement, distill(parameters))
        return execution.run()

    def _execute_ddl(self, statement):
        from limbeck_runtime.apply import apply

        self._check_open()
        self._autobegin()
        apply(self, statement.operation(self.dialect), None, self._autocommit)
        from .cursor import CursorResult

        return CursorResult((None, [], -1, None))

    def scalar(self, statement, parameters=None, *, execution_options=None):
        """The first value of the first row."""
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    def scalars(self, statement, parameters=None, *, execution_options=None):
        """The first values of the rows."""
        return self.execute(statement, parameters, execution_options=execution_options).scalars()

    def exec_driver_sql(self, statement, parameters=None, execution_options=None):
        """Runs SQL in the driver's own marks."""
        from .cursor import CursorResult
        from .driver_sql import translated

        self._check_open()
        many = isinstance(parameters, list)
        sets = parameters if many else [parameters]
        rows, changed, answer = [], 0, None
        for one in sets:
            sql, values = translated(statement, one, self.dialect)
            answer = self._send(sql, values, many, (statement, one))
            changed += max(answer[2] or 0, 0)
            rows.extend(answer[1] or ())
        if many and answer is not None:
            answer = (answer[0], rows, changed, None)
        return CursorResult(answer or (None, [], 0, None), None, self.dialect)

    def _send(self, sql, values, many=False, shown=None):
        """Runs SQL with the engine's marks; events see it before and after."""
        import _limbeck

        self._check_open()
        self._autobegin()
        if self._events:
            return self._send_with_events(sql, values, many, shown)
        try:
            return _limbeck.execute(self._bind, sql, values, self._autocommit)
        except _limbeck.DatabaseError as error:
            text, parameters = _shown(shown, sql, values)
            raise self._wrapped(error, text, parameters) from error

    def _send_many(self, sql, rows, execution):
        """Runs SQL once for each row of values, in one call of the bridge."""
        import _limbeck

        self._check_open()
        self._autobegin()
        try:
            return _limbeck.execute_many(self._bind, sql, rows, self._autocommit)
        except _limbeck.DatabaseError as error:
            number = getattr(error, "row", 0)
            execution._failed_row(number)
            text, parameters = _shown(execution, sql, rows[number])
            raise self._wrapped(error, text, parameters) from error

    def _send_with_events(self, sql, values, many, shown):
        import _limbeck

        listeners = self.engine._listeners
        cursor = None
        for listener in listeners.get("before_cursor_execute", ()):
            cursor = cursor or self.connection.cursor()
            changed = listener(self, cursor, sql, tuple(values), None, many)
            if changed is not None and getattr(listener, "_retval", False):
                sql, values = changed
        try:
            answer = _limbeck.execute(self._bind, sql, values, self._autocommit)
        except _limbeck.DatabaseError as error:
            text, parameters = _shown(shown, sql, values)
            raise self._wrapped(error, text, parameters) from error
        for listener in listeners.get("after_cursor_execute", ()):
            cursor = cursor or self.connection.cursor()
            listener(self, cursor, sql, tuple(values), None, many)
        return answer

    def _raw_send(self, sql, values):
        """A raw cursor's statement: no transaction is begun for it before it connects."""
        import _limbeck

        try:
            return _limbeck.execute(self._bind, sql, values, self._autocommit)
        except _limbeck.DatabaseError as error:
            from .failure import driver_error

            orig, _ = driver_error(
                error.args[0], getattr(error, "code", None), self.dialect.engine_name
            )
            raise orig from error

    def _wrapped(self, error, statement, params):
        from .failure import wrapped

        return wrapped(
            error,
            statement,
            params,
            self.dialect.engine_name,
            hide=self.engine is not None and self.engine.hide_parameters,
        )

    @property
    def _events(self):
        return self.engine is not None and self.engine._listeners

    # -- opening and closing

    def _connect(self):
        """Opens the connection and learns what the server is."""
        if self._opened:
            return
        self._opened = True
        self.engine._know_server(self._bind)
        self.engine._connected(self)

    def _know(self):
        """Learns what the server of the migration's own connection is, which is open before anybody asks."""
        if self.engine._known:
            return
        import _limbeck

        try:
            self.engine._know_server(self._bind)
        except _limbeck.EngineError:
            # Nothing runs yet: a script is only looked at.
            pass

    def _check_open(self):
        if self._closed:
            raise exc.ResourceClosedError("This Connection is closed")

    def close(self):
        """Gives the connection back; what was not committed is undone."""
        if self._closed or self._is_migration:
            return
        if self._transaction is not None:
            self._transaction.rollback()
        self._closed = True
        if self._number is not None:
            self.engine._release(self._number)

    def detach(self):
        """The connection is its own anyway."""

    def invalidate(self, exception=None):
        self.close()

    def schema_for_object(self, table):
        return getattr(table, "schema", None)

    def run_callable(self, callable_, *args, **kwargs):
        return callable_(self, *args, **kwargs)

    def get_bind(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()


def _shown(shown, sql, values):
    """The statement and the parameters that an error shows."""
    if shown is None:
        return sql, tuple(values) or None
    if isinstance(shown, tuple):
        return shown
    text, parameters = shown.shown()
    return text, parameters or None


def _configured_backend(dialect):
    """The backend by the name that the project's URL has: MariaDB may be called `mysql` there."""
    if dialect != "mariadb":
        return dialect
    import _limbeck

    found = _limbeck.configuration()
    if not isinstance(found, dict):
        return dialect
    section = (found.get("sections") or {}).get(found.get("section") or "alembic") or {}
    url = found.get("url") or section.get("sqlalchemy.url") or ""
    return "mysql" if url.startswith("mysql") else dialect


_engine_of_migration = None


def migration_engine():
    """The engine of the migration's own connection, when env.py made none."""
    global _engine_of_migration
    import _limbeck

    server = _limbeck.server(0)
    # One process may migrate several databases, one after the other.
    known = (server["url"], server["dialect"], server.get("database"), tuple(server["version"] or ()))
    if _engine_of_migration is None or _engine_of_migration._server != known:
        from .create import Engine
        from .url import make_url

        url = server["url"] or _configured_backend(server["dialect"]) + "://"
        url = make_url(url)
        if url.database is None and server.get("database"):
            url = url.set(database=server["database"])
        engine = Engine(url, url.get_dialect()())
        engine._server = known
        engine._take_server(server)
        _engine_of_migration = engine
    return _engine_of_migration


def __getattr__(name):
    if name in ("Engine", "OptionEngine"):
        from .create import Engine

        return Engine
    raise AttributeError("module %r has no attribute %r" % (__name__, name))


__all__ = (
    "Connection",
    "NestedTransaction",
    "RootTransaction",
    "Transaction",
    "TwoPhaseTransaction",
)
