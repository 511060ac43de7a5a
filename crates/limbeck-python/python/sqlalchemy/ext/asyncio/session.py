"""AsyncSession around the plain Session."""

from .engine import AsyncConnection, AsyncEngine, AsyncTransaction, _Started


def _sync(bind):
    if isinstance(bind, AsyncEngine):
        return bind.sync_engine
    if isinstance(bind, AsyncConnection):
        return bind.sync_connection
    return bind


def _awaited(name):
    async def method(self, *args, **kw):
        return getattr(self.sync_session, name)(*args, **kw)

    method.__name__ = name
    return method


class AsyncSession:
    """A session whose methods are awaited."""

    _is_asyncio = True

    def __init__(self, bind=None, *, binds=None, sync_session_class=None, **kw):
        if sync_session_class is None:
            from ...orm import Session as sync_session_class
        self.bind = bind
        self.sync_session = sync_session_class(bind=_sync(bind), **kw)

    execute = _awaited("execute")
    scalar = _awaited("scalar")
    scalars = _awaited("scalars")
    stream = _awaited("execute")
    stream_scalars = _awaited("scalars")
    get = _awaited("get")
    merge = _awaited("merge")
    delete = _awaited("delete")
    refresh = _awaited("refresh")
    flush = _awaited("flush")
    commit = _awaited("commit")
    rollback = _awaited("rollback")
    close = _awaited("close")

    async def run_sync(self, fn, *args, **kw):
        """Calls a function with the plain session."""
        return fn(self.sync_session, *args, **kw)

    async def connection(self, **kw):
        """The connection that the session works on."""
        connection = self.sync_session.connection(**kw)
        return AsyncConnection(AsyncEngine(connection.engine), connection)

    def add(self, instance, **kw):
        self.sync_session.add(instance, **kw)

    def add_all(self, instances):
        self.sync_session.add_all(instances)

    def begin(self):
        return self._transaction(self.sync_session.begin)

    def begin_nested(self):
        return self._transaction(self.sync_session.begin_nested)

    def _transaction(self, begin):
        return _Started(
            lambda: AsyncTransaction(begin()),
            lambda made, *failure: made.sync_transaction.__exit__(*failure),
        )

    def __getattr__(self, name):
        if name == "sync_session":
            raise AttributeError(name)
        return getattr(self.sync_session, name)

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, value, trace):
        self.sync_session.close()


class async_sessionmaker:
    """Makes sessions with the same settings."""

    def __init__(self, bind=None, *, class_=AsyncSession, **kw):
        self.class_ = class_
        self.kw = {"bind": bind, **kw}

    def __call__(self, **local_kw):
        return self.class_(**{**self.kw, **local_kw})

    def begin(self):
        """A session in a transaction, for `async with`."""
        made = []

        def start():
            session = self()
            made.append(session.sync_session.begin())
            return session

        def finish(session, *failure):
            try:
                made[0].__exit__(*failure)
            finally:
                session.sync_session.close()

        return _Started(start, finish)

    def configure(self, **new_kw):
        self.kw.update(new_kw)


class AsyncAttrs:
    """Attributes to await; everything is loaded at once here."""

    @property
    def awaitable_attrs(self):
        instance = self

        class Attributes:
            def __getattr__(self, name):
                async def attribute():
                    return getattr(instance, name)

                return attribute()

        return Attributes()
