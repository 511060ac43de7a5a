"""What Alembic calls an implementation of a dialect."""

from alembic.ddl.impl import DefaultImpl
