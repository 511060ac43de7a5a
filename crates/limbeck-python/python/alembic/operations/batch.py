"""`op.batch_alter_table()`: changes of one table, gathered and done together.

The engine rebuilds a table by itself where the database cannot alter it in place, so a batch is its operations, one
after another. Only a script that is written instead of run has nothing to rebuild from: it gets the copy-and-move
statements.
"""

from alembic.operations.base import BatchOperations
from alembic.util.exc import CommandError


class BatchOperationsImpl:
    """What a batch gathers its operations in."""

    def __init__(
        self,
        operations,
        table_name,
        schema,
        recreate,
        copy_from,
        table_args,
        table_kwargs,
        reflect_args,
        reflect_kwargs,
        naming_convention,
        partial_reordering,
    ):
        if recreate not in ("auto", "always", "never"):
            raise ValueError("recreate may be one of 'auto', 'always', or 'never'.")
        self.operations = operations
        self.table_name = table_name
        self.schema = schema
        self.recreate = recreate
        self.copy_from = copy_from
        self.table_args = table_args
        self.table_kwargs = dict(table_kwargs)
        self.reflect_args = reflect_args
        self.reflect_kwargs = dict(reflect_kwargs)
        self.naming_convention = naming_convention
        self.partial_reordering = partial_reordering
        self.batch = []

    @property
    def dialect(self):
        return self.operations.impl.dialect

    @property
    def impl(self):
        return self.operations.impl

    @property
    def context(self):
        return self.operations.migration_context

    def _should_recreate(self):
        """Whether Alembic would copy the table instead of altering it."""
        if self.recreate != "auto":
            return self.recreate == "always"
        if self.dialect.name != "sqlite":
            return False
        return any(_needs_copy(kind, subject) for kind, _, subject, _ in self.batch)

    def _apply(self, kind, operation, subject=None, place=None):
        from limbeck_runtime.apply import script_place

        if kind in ("create_table", "drop_table"):
            raise NotImplementedError(f"Can't {kind.replace('_', ' ')} in batch mode")
        if kind == "add_column" and "position" in operation and not self._should_recreate():
            raise CommandError(
                "Can't specify insert_before or insert_after when using ALTER; please specify recreate='always'"
            )
        self.batch.append((kind, operation, subject, script_place()))

    def flush(self):
        """Does what was gathered."""
        from limbeck_runtime.batch import do_batch

        do_batch(self)

    def bulk_insert(self, *args, **kw):
        raise AttributeError("'BatchOperationsImpl' object has no attribute 'bulk_insert'")


def _needs_copy(kind, subject):
    """Whether SQLite's own ALTER TABLE is not enough, as Alembic sees it."""
    if kind == "add_column":
        default = subject.column.server_default
        return not isinstance(getattr(default, "arg", ""), str) or bool(getattr(default, "persisted", False))
    return kind not in ("create_index", "drop_index", "create_column_comment")


class Batch:
    """The block of `with op.batch_alter_table(…) as batch_op`."""

    def __init__(self, operations, *arguments):
        self.operations = operations
        self.arguments = arguments

    def __enter__(self):
        self.impl = BatchOperationsImpl(self.operations, *self.arguments)
        return BatchOperations(self.operations.migration_context, impl=self.impl)

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.impl.flush()
