"""Lists of operations, and the script that a revision file is written from."""

from alembic.operations.operation import MigrateOperation
from alembic.util.langhelpers import to_list


class OpContainer(MigrateOperation):
    """A list of operations."""

    def __init__(self, ops=()):
        self.ops = list(ops)

    def is_empty(self):
        return not self.ops

    def as_diffs(self):
        return list(OpContainer._ops_as_diffs(self))

    @classmethod
    def _ops_as_diffs(cls, migrations):
        for op in migrations.ops:
            if hasattr(op, "ops"):
                yield from cls._ops_as_diffs(op)
            else:
                yield op.to_diff_tuple()


class ModifyTableOps(OpContainer):
    """Changes of one table."""

    def __init__(self, table_name, ops, *, schema=None):
        super().__init__(ops)
        self.table_name = table_name
        self.schema = schema

    def reverse(self):
        return ModifyTableOps(
            self.table_name, ops=[op.reverse() for op in reversed(self.ops)], schema=self.schema
        )


class UpgradeOps(OpContainer):
    """What `upgrade()` does."""

    def __init__(self, ops=(), upgrade_token="upgrades"):
        super().__init__(ops)
        self.upgrade_token = upgrade_token

    def reverse_into(self, downgrade_ops):
        downgrade_ops.ops[:] = [op.reverse() for op in reversed(self.ops)]
        return downgrade_ops

    def reverse(self):
        return self.reverse_into(DowngradeOps(ops=[]))


class DowngradeOps(OpContainer):
    """What `downgrade()` does."""

    def __init__(self, ops=(), downgrade_token="downgrades"):
        super().__init__(ops)
        self.downgrade_token = downgrade_token

    def reverse(self):
        return UpgradeOps(ops=[op.reverse() for op in reversed(self.ops)])


def _only(ops, kind):
    if len(ops) > 1:
        raise ValueError(
            f"This MigrationScript instance has a multiple-entry list for {kind}; please use the "
            f"{'upgrade' if kind == 'UpgradeOps' else 'downgrade'}_ops_list attribute."
        )
    return ops[0] if ops else None


class MigrationScript(MigrateOperation):
    """A revision file to be."""

    _needs_render = None

    def __init__(
        self,
        rev_id,
        upgrade_ops,
        downgrade_ops,
        *,
        message=None,
        imports=set(),
        head=None,
        splice=None,
        branch_label=None,
        version_path=None,
        depends_on=None,
    ):
        self.rev_id = rev_id
        self.message = message
        self.imports = imports
        self.head = head
        self.splice = splice
        self.branch_label = branch_label
        self.version_path = str(version_path) if version_path else None
        self.depends_on = depends_on
        self.upgrade_ops = upgrade_ops
        self.downgrade_ops = downgrade_ops

    @property
    def upgrade_ops(self):
        return _only(self.upgrade_ops_list, "UpgradeOps")

    @upgrade_ops.setter
    def upgrade_ops(self, upgrade_ops):
        self.upgrade_ops_list = to_list(upgrade_ops, [])

    @property
    def downgrade_ops(self):
        return _only(self.downgrade_ops_list, "DowngradeOps")

    @downgrade_ops.setter
    def downgrade_ops(self, downgrade_ops):
        self.downgrade_ops_list = to_list(downgrade_ops, [])
