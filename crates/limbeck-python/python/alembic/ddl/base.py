"""Alembic's statements as objects. The engine writes them itself, so they have no form here."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    from limbeck_runtime.missing import NotProvided

    raise NotProvided(f"alembic.ddl.base.{name}")
