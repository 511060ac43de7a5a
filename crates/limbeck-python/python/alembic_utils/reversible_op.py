"""`op.create_entity()`, `op.drop_entity()` and `op.replace_entity()`."""

from alembic.operations import MigrateOperation, Operations


class ReversibleOp(MigrateOperation):
    """An operation on an entity."""

    def __init__(self, target):
        self.target = target

    @classmethod
    def invoke_for_target(cls, operations, target):
        return operations.invoke(cls(target))

    @classmethod
    def invoke_for_target_optional_cascade(cls, operations, target, cascade=False):
        return operations.invoke(cls(target, cascade=cascade))


@Operations.register_operation("create_entity", "invoke_for_target")
class CreateOp(ReversibleOp):
    def reverse(self):
        return DropOp(self.target)


@Operations.register_operation("drop_entity", "invoke_for_target_optional_cascade")
class DropOp(ReversibleOp):
    def __init__(self, target, cascade=False):
        super().__init__(target)
        self.cascade = cascade

    def reverse(self):
        return CreateOp(self.target)


@Operations.register_operation("replace_entity", "invoke_for_target")
class ReplaceOp(ReversibleOp):
    def reverse(self):
        return RevertOp(self.target)


class RevertOp(ReversibleOp):
    """Puts the former version back."""


@Operations.implementation_for(CreateOp)
def create_entity(operations, operation):
    operations.execute(operation.target.to_sql_statement_create())


@Operations.implementation_for(DropOp)
def drop_entity(operations, operation):
    operations.execute(operation.target.to_sql_statement_drop(cascade=operation.cascade))


@Operations.implementation_for(ReplaceOp)
@Operations.implementation_for(RevertOp)
def replace_or_revert_entity(operations, operation):
    for statement in operation.target.to_sql_statement_create_or_replace():
        operations.execute(statement)
