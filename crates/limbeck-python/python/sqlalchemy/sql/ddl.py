"""The older place of statements that change a schema."""

from ..schema import ddl as _ddl


def __getattr__(name):
    return getattr(_ddl, name)
