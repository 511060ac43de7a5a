"""The operations as objects, by their public names."""
# ruff: noqa: F401

from alembic.operations.column_ops import AddColumnOp, AlterColumnOp, DropColumnOp
from alembic.operations.constraint_ops import (
    AddConstraintOp,
    CreateCheckConstraintOp,
    CreateExcludeConstraintOp,
    CreateForeignKeyOp,
    CreatePrimaryKeyOp,
    CreateUniqueConstraintOp,
    DropConstraintOp,
)
from alembic.operations.containers import DowngradeOps, MigrationScript, ModifyTableOps, OpContainer, UpgradeOps
from alembic.operations.data_ops import BulkInsertOp, ExecuteSQLOp
from alembic.operations.index_ops import CreateIndexOp, DropIndexOp
from alembic.operations.operation import AlterTableOp, MigrateOperation
from alembic.operations.table_ops import (
    CreateTableCommentOp,
    CreateTableOp,
    DropTableCommentOp,
    DropTableOp,
    RenameTableOp,
)
