"""Where the package keeps this type."""

from sqlalchemy_utils.types.columns import JSONType  # noqa: F401
