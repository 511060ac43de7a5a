"""Where the package keeps this type."""

from sqlalchemy_utils.types.columns import LtreeType, LQUERY, LTXTQUERY  # noqa: F401
