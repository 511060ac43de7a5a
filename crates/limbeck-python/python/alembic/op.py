"""`from alembic import op`: the operations of the migration under way.

A name is looked up when it is used: plug-ins add operations at any time.
"""

from alembic.operations.base import Operations

_methods = {}


def __getattr__(name):
    if name.startswith("__") or not hasattr(Operations, name):
        raise AttributeError(f"module 'alembic.op' has no attribute {name!r}")
    found = _methods.get(name)
    if found is None:
        found = _methods[name] = _proxy_method(name)
    return found


def _proxy_method(name):
    def call(*args, **kw):
        return getattr(Operations._proxied(name), name)(*args, **kw)

    call.__name__ = name
    return call


def __dir__():
    return [name for name in dir(Operations) if not name.startswith("_")]
