"""Engines: a URL, a dialect, and connections from them."""

from .. import exc
from .base import Connection
from .url import make_url


class _Begin:
    """`with engine.begin() as connection`."""

    def __init__(self, engine):
        self._engine = engine

    def __enter__(self):
        self._connection = self._engine.connect()
        self._transaction = self._connection.begin()
        return self._connection

    def __exit__(self, kind, value, trace):
        try:
            self._transaction.__exit__(kind, value, trace)
        finally:
            self._connection.close()


class Engine:
    """Where connections come from."""

    is_async = False
    _server = None
    # The address that the project gave, whatever the command line says.
    _meant = None
    _class_listeners = {}

    def __init__(self, url, dialect, pool=None, hide_parameters=False, options=None, echo=False, **kw):
        self.url = url
        self.dialect = dialect
        self.hide_parameters = hide_parameters
        self.echo = echo
        self._options = dict(options or {})
        self._listeners = {name: list(all_) for name, all_ in self._class_listeners.items()}
        self._known = False
        self._shared = None
        self._pool_class = pool
        self._connect_args = kw
        dialect._engine = self

    @property
    def engine(self):
        return self

    @property
    def name(self):
        return self.dialect.name

    @property
    def driver(self):
        return self.dialect.driver

    @property
    def pool(self):
        from ..pool import pool_of

        return pool_of(self)

    @property
    def logger(self):
        import logging

        return logging.getLogger("sqlalchemy.engine.Engine")

    def connect(self):
        """A connection."""
        return Connection(self)

    def begin(self):
        """A connection in a transaction, for `with`."""
        return _Begin(self)

    def raw_connection(self):
        """A connection as the driver gives it."""
        return self.connect().connection

    def dispose(self, close=True):
        """Closes what is kept open."""
        if self._shared is not None:
            import _limbeck

            _limbeck.close(self._shared)
            self._shared = None

    def execution_options(self, **opt):
        """An engine with options for its connections; the rest is shared."""
        copy = Engine.__new__(Engine)
        copy.__dict__.update(self.__dict__)
        copy._options = {**self._options, **opt}
        return copy

    update_execution_options = None

    def get_execution_options(self):
        return self._options

    def has_table(self, table_name, schema=None):
        with self.connect() as connection:
            return self.dialect.has_table(connection, table_name, schema)

    def _run_ddl_visitor(self, visitorcallable, element, **kwargs):
        with self.begin() as connection:
            visitorcallable(self.dialect, connection, **kwargs).traverse_single(element)

    # -- the bridge

    @property
    def _keeps_one(self):
        """A database in memory lives as long as its connection, so there is only one."""
        if self.dialect.name != "sqlite":
            return self._pool_class is not None and self._pool_class.__name__ == "StaticPool"
        database = self.url.database
        return not database or database == ":memory:" or "mode=memory" in str(self.url)

    def _open_bind(self):
        import _limbeck

        if self._keeps_one:
            if self._shared is None:
                self._shared = _limbeck.connect(self._text(), self._connect_args)
            return self._shared
        return _limbeck.connect(self._text(), self._connect_args)

    def _text(self):
        """The URL with its password, after `do_connect` listeners had their say."""
        url = self.url
        for listener in self._listeners.get("do_connect", ()):
            arguments = url.translate_connect_args(username="user")
            before = dict(arguments)
            listener(self.dialect, None, (), arguments)
            changed = {key: value for key, value in arguments.items() if before.get(key) != value}
            names = {"user": "username", "passwd": "password", "dbname": "database"}
            known = {names.get(key, key): value for key, value in changed.items()}
            url = url.set(
                **{
                    key: value
                    for key, value in known.items()
                    if key in ("username", "password", "host", "port", "database")
                }
            )
        return url.render_as_string(hide_password=False)

    def _release(self, number):
        if number != self._shared and number != 0:
            import _limbeck

            _limbeck.close(number)

    def _know_server(self, bind):
        if not self._known:
            import _limbeck

            try:
                self._take_server(_limbeck.server(bind))
            except _limbeck.DatabaseError as error:
                from .failure import wrapped

                raise wrapped(error, None, None, self.dialect.engine_name) from error

    def _take_server(self, server):
        self._known = True
        if server["dialect"] == "mariadb":
            self.dialect.is_mariadb = True
            self.dialect.engine_name = "mariadb"
        self.dialect.take_server(server)

    def _connected(self, connection):
        for name in ("connect", "checkout"):
            for listener in self._listeners.get(name, ()):
                raw = connection.connection
                if name == "connect":
                    listener(raw, None)
                else:
                    listener(raw, None, raw)
        for listener in self._listeners.get("engine_connect", ()):
            listener(connection)

    def __repr__(self):
        return "Engine(%r)" % (self.url,)


OptionEngine = Engine

_DIALECT_OPTIONS = (
    "paramstyle json_serializer json_deserializer label_length isolation_level"
).split()


def create_engine(url, **kwargs):
    """An engine for a URL."""
    from limbeck_runtime.environment import overridden_url

    meant = url
    url = make_url(overridden_url(url))
    kwargs.pop("future", None)
    kwargs.pop("_is_async", None)
    dialect_options = {
        key: kwargs.pop(key) for key in _DIALECT_OPTIONS if key in kwargs and key != "isolation_level"
    }
    if "strategy" in kwargs:
        if kwargs["strategy"] == "mock":
            return create_mock_engine(url, kwargs["executor"])
        raise exc.ArgumentError("unknown strategy: %r" % kwargs["strategy"])
    dialect = url.get_dialect()(**dialect_options)
    options = dict(kwargs.pop("execution_options", None) or {})
    level = kwargs.pop("isolation_level", None)
    if level:
        options["isolation_level"] = level
    engine = Engine(
        url,
        dialect,
        pool=kwargs.pop("poolclass", None),
        hide_parameters=kwargs.pop("hide_parameters", False),
        options=options,
        echo=kwargs.pop("echo", False),
        **dict(kwargs.pop("connect_args", None) or {}),
    )
    engine._meant = meant
    return engine


def engine_from_config(configuration, prefix="sqlalchemy.", **kwargs):
    """An engine from the keys of a section that begin with a prefix."""
    options = {
        key[len(prefix) :]: value for key, value in configuration.items() if key.startswith(prefix)
    }
    options.pop("_coerce_config", None)
    for key in list(options):
        options[key] = _coerced(key, options[key])
    options.update(kwargs)
    url = options.pop("url")
    return create_engine(url, **options)


def _coerced(key, value):
    if not isinstance(value, str):
        return value
    lower = value.strip().lower()
    if key in ("echo", "echo_pool", "pool_pre_ping", "pool_use_lifo", "future", "hide_parameters"):
        return lower in ("true", "yes", "on", "y", "t", "1", "debug")
    if key in ("pool_size", "max_overflow", "pool_recycle", "pool_timeout"):
        return int(value)
    return value


def create_mock_engine(url, executor, **kw):
    """An engine that gives its statements to a function instead of a database."""
    from .mock import MockConnection

    dialect = make_url(url).get_dialect()()
    return MockConnection(dialect, executor)


def create_pool_from_url(url, **kwargs):
    """The pool of an engine."""
    return create_engine(url, **kwargs).pool
