"""Migration operations: as methods (`Operations`), and as objects (`alembic.operations.ops`)."""

from alembic.operations.base import AbstractOperations, BatchOperations, Operations
from alembic.operations import ops  # noqa: F401  registers the operations
from alembic.operations import toimpl  # noqa: F401  registers what they do
from alembic.operations.ops import MigrateOperation

__all__ = ["AbstractOperations", "BatchOperations", "MigrateOperation", "Operations"]
