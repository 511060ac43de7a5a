"""MariaDB's dialect by its own name."""

from .base import MariaDBDialect

dialect = MariaDBDialect
