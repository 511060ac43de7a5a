"""Where projects register how their own operations are written."""

from alembic.autogenerate import renderers


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    from limbeck_runtime.missing import NotProvided

    def refuse(*args, **kwargs):
        raise NotProvided("alembic.autogenerate.render." + name)

    return refuse
