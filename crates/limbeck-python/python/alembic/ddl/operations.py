"""What an implementation of a dialect does with tables, columns and constraints: it hands them to the engine."""

from limbeck_runtime import operation_data as data
from limbeck_runtime.apply import apply_in


class SchemaChanges:
    """The DDL methods of `context.impl`."""

    def _apply(self, kind, operation, subject=None, place=None):
        """Does an operation. `kind` and `subject` are for batches, which look at what they are given."""
        apply_in(self.context, operation, place)

    # -- tables

    def create_table(self, table, **kw):
        found = data.create_table(table, self.dialect, kw.get("if_not_exists"))
        self._settle_types(table, found)
        self._apply("create_table", found, table)

    def _settle_types(self, table, operation):
        """Only PostgreSQL has types that come with a table."""
        if self.dialect.name == "postgresql":
            from limbeck_runtime.table_enums import leave_out_existing

            leave_out_existing(self, table, operation)

    def drop_table(self, table, **kw):
        self._apply("drop_table", data.drop_table(table.name, table.schema, kw.get("if_exists")), table)

    def rename_table(self, old_table_name, new_table_name, schema=None):
        self._apply("rename_table", data.rename_table(old_table_name, new_table_name, schema))

    def create_table_comment(self, table):
        self._apply("create_table_comment", data.set_table_comment(table.name, table.comment, table.schema))

    def drop_table_comment(self, table):
        self._apply("drop_table_comment", data.set_table_comment(table.name, None, table.schema))

    # -- columns

    def create_column_comment(self, column):
        table = column.table
        operation = {
            "operation": "alter_column",
            "table": data.qualified(table.name, table.schema),
            "column": data.identifier(column.name),
            "comment": column.comment,
        }
        self._apply("create_column_comment", operation, column)

    def add_column(self, table_name, column, *, schema=None, **kw):
        self.context_operations().invoke(_op("AddColumnOp", table_name, column, schema=schema, **kw))

    def drop_column(self, table_name, column, *, schema=None, **kw):
        self._apply(
            "drop_column", data.drop_column(table_name, column.name, schema, kw.get("if_exists")), column
        )

    def alter_column(self, table_name, column_name, *, name=None, type_=None, schema=None, **kw):
        renamed = {name: "modify_" + name for name in ("nullable", "server_default", "comment")}
        kw = {renamed.get(key, key): value for key, value in kw.items()}
        op = _op("AlterColumnOp", table_name, column_name, schema=schema, modify_name=name, modify_type=type_, **kw)
        self.context_operations().invoke(op)

    def context_operations(self):
        """The operations of this context."""
        from alembic.operations import Operations

        return Operations(self.context)

    # -- constraints and indexes

    def add_constraint(self, const, **kw):
        self._apply("add_constraint", data.add_constraint(const, self.dialect), const)

    def drop_constraint(self, const, **kw):
        table = const.table
        operation = data.drop_constraint(
            const.name, table.name, const.__visit_name__, table.schema, kw.get("if_exists")
        )
        self._apply("drop_constraint", operation, const)

    def create_index(self, index, **kw):
        self._apply("create_index", data.create_index(index, self.dialect, kw.get("if_not_exists")), index)

    def drop_index(self, index, **kw):
        table = index.table
        operation = data.drop_index(index, table.name, table.schema, kw.get("if_exists"))
        self._apply("drop_index", operation, index)

    # -- rows

    def bulk_insert(self, table, rows, multiinsert=True):
        from limbeck_runtime.rows import bulk_insert

        bulk_insert(self, table, rows, multiinsert)


def _op(name, *args, **kw):
    from alembic.operations import ops

    return getattr(ops, name)(*args, **kw)
