"""Asynchronous engines, connections and sessions: awaitables that do their work at once.

A migration has one connection and waits for each statement anyway; what an env.py gains
from these names is only that it can be read.
"""

from ...engine.create import create_engine, engine_from_config
from .engine import AsyncConnection, AsyncEngine, AsyncTransaction


def create_async_engine(url, **kw):
    """An engine whose methods are awaited."""
    kw.pop("server_side_cursors", None)
    return AsyncEngine(create_engine(url, **kw))


def async_engine_from_config(configuration, prefix="sqlalchemy.", **kwargs):
    """The same from the keys of a section."""
    return AsyncEngine(engine_from_config(configuration, prefix, **kwargs))


def __getattr__(name):
    if name in ("AsyncSession", "async_sessionmaker", "AsyncAttrs"):
        from . import session

        return getattr(session, name)
    if name == "AsyncResult":
        from ...engine.result import Result

        return Result
    raise AttributeError("module %r has no attribute %r" % (__name__, name))


__all__ = (
    "AsyncConnection",
    "AsyncEngine",
    "AsyncTransaction",
    "async_engine_from_config",
    "create_async_engine",
)
