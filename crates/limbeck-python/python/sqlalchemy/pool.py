"""Connection pools by name. The bridge keeps connections; a pool only says how many live."""


class Pool:
    """What all pools share."""

    def __init__(self, creator=None, *arguments, **options):
        self._creator = creator
        self._engine = None

    def connect(self):
        """A connection as the driver gives it."""
        return self._engine.raw_connection()

    def dispose(self):
        """Closes what is kept open."""
        if self._engine is not None:
            self._engine.dispose()

    def status(self):
        return type(self).__name__

    def size(self):
        return 0

    def checkedin(self):
        return 0

    def checkedout(self):
        return 0

    def overflow(self):
        return 0


class QueuePool(Pool):
    """Connections kept for reuse."""


class NullPool(Pool):
    """Connections not kept."""


class StaticPool(Pool):
    """One connection for all."""


class SingletonThreadPool(Pool):
    """One connection for each thread."""


class AssertionPool(Pool):
    """At most one connection at a time."""


class AsyncAdaptedQueuePool(QueuePool):
    """The pool of asynchronous engines."""


class FallbackAsyncAdaptedQueuePool(AsyncAdaptedQueuePool):
    """The same for programs without a loop."""


class PoolProxiedConnection:
    """A pooled connection, for annotations."""


class ConnectionPoolEntry:
    """A place in a pool, for annotations."""


_ConnectionFairy = PoolProxiedConnection
_ConnectionRecord = ConnectionPoolEntry
PoolResetState = ConnectionPoolEntry
ManagesConnection = ConnectionPoolEntry


def pool_of(engine):
    """The pool of an engine."""
    pool = (engine._pool_class or QueuePool)()
    pool._engine = engine
    return pool
