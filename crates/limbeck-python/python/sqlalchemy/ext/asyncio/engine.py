"""AsyncEngine and AsyncConnection around the plain ones."""


class _Started:
    """Something that is both awaited and entered: `await engine.connect()`, `async with …`."""

    def __init__(self, start, finish):
        self._start = start
        self._finish = finish
        self._value = None

    def __await__(self):
        async def begin():
            return self._start()

        return begin().__await__()

    async def __aenter__(self):
        self._value = self._start()
        return self._value

    async def __aexit__(self, kind, value, trace):
        self._finish(self._value, kind, value, trace)


class AsyncTransaction:
    """A transaction whose methods are awaited."""

    def __init__(self, sync_transaction, connection=None):
        self.sync_transaction = sync_transaction
        self.connection = connection

    @property
    def is_active(self):
        return self.sync_transaction.is_active

    async def commit(self):
        self.sync_transaction.commit()

    async def rollback(self):
        self.sync_transaction.rollback()

    async def close(self):
        self.sync_transaction.close()


class AsyncConnection:
    """A connection whose methods are awaited."""

    def __init__(self, async_engine, sync_connection=None):
        self.engine = async_engine
        self.sync_engine = async_engine.sync_engine
        self.sync_connection = sync_connection

    @property
    def dialect(self):
        return self.sync_connection.dialect

    @property
    def closed(self):
        return self.sync_connection.closed

    @property
    def info(self):
        return self.sync_connection.info

    def in_transaction(self):
        return self.sync_connection.in_transaction()

    def in_nested_transaction(self):
        return self.sync_connection.in_nested_transaction()

    def get_transaction(self):
        found = self.sync_connection.get_transaction()
        return None if found is None else AsyncTransaction(found, self)

    async def run_sync(self, fn, *args, **kw):
        """Calls a function with the plain connection."""
        return fn(self.sync_connection, *args, **kw)

    async def get_raw_connection(self):
        return self.sync_connection.connection

    async def execution_options(self, **opt):
        self.sync_connection.execution_options(**opt)
        return self

    async def execute(self, statement, parameters=None, *, execution_options=None):
        return self.sync_connection.execute(
            statement, parameters, execution_options=execution_options
        )

    async def exec_driver_sql(self, statement, parameters=None, execution_options=None):
        return self.sync_connection.exec_driver_sql(statement, parameters, execution_options)

    async def scalar(self, statement, parameters=None, *, execution_options=None):
        return self.sync_connection.scalar(statement, parameters)

    async def scalars(self, statement, parameters=None, *, execution_options=None):
        return self.sync_connection.scalars(statement, parameters)

    async def stream(self, statement, parameters=None, *, execution_options=None):
        return self.sync_connection.execute(statement, parameters)

    def begin(self):
        return self._transaction(self.sync_connection.begin)

    def begin_nested(self):
        return self._transaction(self.sync_connection.begin_nested)

    def _transaction(self, begin):
        return _Started(
            lambda: AsyncTransaction(begin(), self),
            lambda made, *failure: made.sync_transaction.__exit__(*failure),
        )

    async def commit(self):
        self.sync_connection.commit()

    async def rollback(self):
        self.sync_connection.rollback()

    async def close(self):
        self.sync_connection.close()

    async def invalidate(self, exception=None):
        self.sync_connection.invalidate(exception)


class AsyncEngine:
    """An engine whose methods are awaited."""

    is_async = True

    def __init__(self, sync_engine):
        self.sync_engine = sync_engine

    @property
    def engine(self):
        return self

    @property
    def url(self):
        return self.sync_engine.url

    @property
    def name(self):
        return self.sync_engine.name

    @property
    def driver(self):
        return self.sync_engine.driver

    @property
    def dialect(self):
        return self.sync_engine.dialect

    @property
    def pool(self):
        return self.sync_engine.pool

    def execution_options(self, **opt):
        return AsyncEngine(self.sync_engine.execution_options(**opt))

    def connect(self):
        """A connection: awaited, or entered by `async with`."""
        return _Started(
            lambda: AsyncConnection(self, self.sync_engine.connect()),
            lambda made, *failure: made.sync_connection.close(),
        )

    def begin(self):
        """A connection in a transaction, for `async with`."""

        def start():
            connection = AsyncConnection(self, self.sync_engine.connect())
            connection._begun = connection.sync_connection.begin()
            return connection

        def finish(connection, *failure):
            try:
                connection._begun.__exit__(*failure)
            finally:
                connection.sync_connection.close()

        return _Started(start, finish)

    async def raw_connection(self):
        return self.sync_engine.raw_connection()

    async def dispose(self, close=True):
        self.sync_engine.dispose(close)

    def __repr__(self):
        return "AsyncEngine(%r)" % (self.url,)
