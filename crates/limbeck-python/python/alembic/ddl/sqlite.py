"""Where Alembic keeps this implementation."""

from alembic.ddl.impl import SQLiteImpl
