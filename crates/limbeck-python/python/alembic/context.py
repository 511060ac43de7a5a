"""`from alembic import context`: the environment under way, as a module."""

from limbeck_runtime import environment as _environment


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    current = _environment.current() or _environment.without_env_py()
    if current is None:
        if name in ("config", "script"):
            raise AttributeError("module 'alembic.context' has no attribute %r" % (name,))
        raise NameError(
            "Can't invoke function '%s', as the proxy object has not yet been established for the Alembic "
            "'EnvironmentContext' class.  Try placing this code inside a callable." % (name,)
        )
    return getattr(current, name)


def __dir__():
    from alembic.runtime.environment import EnvironmentContext

    names = [name for name in dir(EnvironmentContext) if not name.startswith("_")]
    return sorted(names + ["config", "script"])
