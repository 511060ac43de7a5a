"""Where the package keeps this type."""

from sqlalchemy_utils.types.columns import IPAddressType  # noqa: F401
