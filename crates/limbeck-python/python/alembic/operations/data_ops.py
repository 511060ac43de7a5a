"""Rows, and SQL of a script's own."""

from alembic.operations.base import BatchOperations, Operations
from alembic.operations.operation import MigrateOperation


@Operations.register_operation("bulk_insert")
class BulkInsertOp(MigrateOperation):
    """Inserts rows."""

    def __init__(self, table, rows, *, multiinsert=True):
        self.table = table
        self.rows = rows
        self.multiinsert = multiinsert

    @classmethod
    def bulk_insert(cls, operations, table, rows, *, multiinsert=True):
        operations.invoke(cls(table, rows, multiinsert=multiinsert))


@Operations.register_operation("execute")
@BatchOperations.register_operation("execute", "batch_execute")
class ExecuteSQLOp(MigrateOperation):
    """Runs a statement."""

    def __init__(self, sqltext, *, execution_options=None):
        self.sqltext = sqltext
        self.execution_options = execution_options

    @classmethod
    def execute(cls, operations, sqltext, *, execution_options=None):
        return operations.invoke(cls(sqltext, execution_options=execution_options))

    @classmethod
    def batch_execute(cls, operations, sqltext, *, execution_options=None):
        return cls.execute(operations, sqltext, execution_options=execution_options)

    def to_diff_tuple(self):
        return ("execute", self.sqltext)
