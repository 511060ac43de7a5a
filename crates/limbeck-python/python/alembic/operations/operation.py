"""What all operations have in common."""

from alembic.operations.schemaobj import SchemaObjects


def schema_objects(migration_context):
    """What makes an operation's tables and constraints."""
    return SchemaObjects(migration_context)


class MigrateOperation:
    """An operation as an object; plug-ins derive theirs from it."""

    _mutations = frozenset()

    @property
    def info(self):
        return self.__dict__.setdefault("_info", {})

    def reverse(self):
        """The operation that undoes this one."""
        raise NotImplementedError()

    def to_diff_tuple(self):
        """The operation as a comparison shows it."""
        raise NotImplementedError()


class AlterTableOp(MigrateOperation):
    """A change of a table that exists."""

    def __init__(self, table_name, *, schema=None):
        self.table_name = table_name
        self.schema = schema
