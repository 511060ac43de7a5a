"""The older place of naming conventions."""

from ..schema.naming import _NONE_NAME, DEFAULT_NAMING_CONVENTION, conv  # noqa: F401
