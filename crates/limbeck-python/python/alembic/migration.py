"""The former place of the migration context."""

from alembic.runtime.migration import MigrationContext, MigrationInfo  # noqa: F401
