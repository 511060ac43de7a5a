from alembic.operations import MigrateOperation, Operations


class ReversibleObjectOperation(MigrateOperation):
    def __init__(self, target):
        self.target = target

    @classmethod
    def invoke_for_target(cls, operations, target):
        return operations.invoke(cls(target))


@Operations.register_operation("create_replaceable_object", "invoke_for_target")
class CreateReplaceableObjectOp(ReversibleObjectOperation):
    def reverse(self):
        return DropReplaceableObjectOp(self.target)


@Operations.register_operation("drop_replaceable_object", "invoke_for_target")
class DropReplaceableObjectOp(ReversibleObjectOperation):
    def reverse(self):
        return CreateReplaceableObjectOp(self.target)


@Operations.implementation_for(CreateReplaceableObjectOp)
def create_replaceable_object(operations, operation):
    operations.execute(operation.target.create())


@Operations.implementation_for(DropReplaceableObjectOp)
def drop_replaceable_object(operations, operation):
    operations.execute(operation.target.drop())


@Operations.register_operation("set_role")
class SetRoleOp(MigrateOperation):
    def __init__(self, role_name):
        self.role_name = role_name

    @classmethod
    def set_role(cls, operations, role_name, **kw):
        return operations.invoke(cls(role_name, **kw))


@Operations.implementation_for(SetRoleOp)
def set_role(operations, operation):
    operations.execute(f"SET ROLE '{operation.role_name}'")


@Operations.register_operation("reset_role")
class ResetRoleOp(MigrateOperation):
    @classmethod
    def reset_role(cls, operations, **kw):
        return operations.invoke(cls(**kw))


@Operations.implementation_for(ResetRoleOp)
def reset_role(operations, operation):
    operations.execute("RESET ROLE")


@Operations.register_operation("drop_table_if_exists")
class DropTableIfExistsOp(MigrateOperation):
    def __init__(self, name, schema=None):
        self.name = name
        self.schema = schema

    @classmethod
    def drop_table_if_exists(cls, operations, name, **kw):
        return operations.invoke(cls(name, **kw))


@Operations.implementation_for(DropTableIfExistsOp)
def drop_table_if_exists(operations, operation):
    schema = f"{operation.schema}." if operation.schema else ""
    operations.execute(f"DROP TABLE IF EXISTS {schema}{operation.name}")
