"""Where the package keeps this type."""

from sqlalchemy_utils.types.columns import PasswordType  # noqa: F401
