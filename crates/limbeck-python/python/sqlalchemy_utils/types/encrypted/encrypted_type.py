"""Where the package keeps its encrypted types. The engines are only arguments of the types: nothing is encrypted."""

from sqlalchemy_utils.types.columns import EncryptedType, StringEncryptedType  # noqa: F401


class AesEngine:
    """Stands for the package's engine of this name."""


class AesGcmEngine:
    """Stands for the package's engine of this name."""


class FernetEngine:
    """Stands for the package's engine of this name."""
