"""The older place of the types."""

from .. import types as _types


def __getattr__(name):
    return getattr(_types, name)
