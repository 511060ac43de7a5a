"""The older place of tables, columns and constraints."""

from .. import schema as _schema


def __getattr__(name):
    return getattr(_schema, name)
