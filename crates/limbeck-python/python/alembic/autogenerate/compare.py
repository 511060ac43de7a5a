"""Where projects register comparisons of their own."""

from alembic.autogenerate import comparators


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    from limbeck_runtime.missing import NotProvided

    def refuse(*args, **kwargs):
        raise NotProvided("alembic.autogenerate.compare." + name)

    return refuse
