"""The column types that projects take from the package of this name."""

from sqlalchemy_utils.types import __getattr__  # noqa: F401
