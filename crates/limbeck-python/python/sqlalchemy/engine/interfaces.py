"""`sqlalchemy.engine.interfaces`, for annotations and isinstance()."""

from .default import DefaultDialect as Dialect
from .default import TypeCompiler


class ReflectedColumn(dict):
    """What the inspector says of a column."""


ReflectedForeignKeyConstraint = ReflectedIndex = ReflectedPrimaryKeyConstraint = ReflectedColumn
ReflectedUniqueConstraint = ReflectedCheckConstraint = ReflectedTableComment = ReflectedColumn

__all__ = ("Dialect", "TypeCompiler", "ReflectedColumn")
