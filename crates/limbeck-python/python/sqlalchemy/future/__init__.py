"""`sqlalchemy.future`: 1.4's name for what is plain now."""

from ..engine.base import Connection
from ..engine.create import Engine, create_engine
from ..sql.expression import select

__all__ = ("Connection", "Engine", "create_engine", "select")
