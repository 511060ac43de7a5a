"""What the operations do: each becomes data for the engine, done at once or at the end of a batch."""

from alembic.operations import ops
from alembic.operations.base import Operations
from limbeck_runtime import operation_data as data


def _type_check(operations, op, type_):
    """The CHECK that a type brings along."""
    from sqlalchemy.schema import Column
    from sqlalchemy.types.engine import TypeEngine, to_instance

    given = to_instance(type_)
    plain = type(given)._set_parent_with_dispatch is TypeEngine._set_parent_with_dispatch
    if plain and not given._variant_mapping and op.column_name:
        # It does nothing when a column gets it, so there is no need to make one.
        return None
    table = operations.schema_obj.table(op.table_name, Column(op.column_name, type_), schema=op.schema)
    for constraint in table.constraints:
        if constraint._type_bound:
            return constraint
    return None


@Operations.implementation_for(ops.AlterColumnOp)
def alter_column(operations, operation):
    dialect = operations.impl.dialect
    found = data.alter_column(operation, dialect, lambda type_: _type_check(operations, operation, type_))
    operations.impl._apply("alter_column", found, operation)


@Operations.implementation_for(ops.AddColumnOp)
def add_column(operations, operation):
    column = operation.column
    if column.table is not None:
        column = column._copy()
    table = operations.schema_obj.table(operation.table_name, column, schema=operation.schema)
    found = data.add_column(
        table, column, operation.table_name, operation.schema, operations.impl.dialect, operation
    )
    operation.made_table = table
    operations.impl._apply("add_column", found, operation)


@Operations.implementation_for(ops.DropColumnOp)
def drop_column(operations, operation):
    found = data.drop_column(
        operation.table_name, operation.column_name, operation.schema, operation.if_exists
    )
    operations.impl._apply("drop_column", found, operation)


@Operations.implementation_for(ops.CreateTableOp)
def create_table(operations, operation):
    table = operation.to_table(operations.migration_context)
    # Columns that only stand for the target of a key on the table itself are not the table's.
    wanted = {item.name for item in operation.columns if getattr(item, "_is_schema_column", False)}
    for domain in data.domains_of(table, operations.impl.dialect):
        operations.impl._apply("create_domain", domain)
    found = data.create_table(table, operations.impl.dialect, operation.if_not_exists, wanted)
    operations.impl._settle_types(table, found)
    operations.impl._apply("create_table", found, table)
    return table


@Operations.implementation_for(ops.DropTableOp)
def drop_table(operations, operation):
    operation.to_table(operations.migration_context)
    found = data.drop_table(operation.table_name, operation.schema, operation.if_exists)
    operations.impl._apply("drop_table", found, operation)


@Operations.implementation_for(ops.RenameTableOp)
def rename_table(operations, operation):
    found = data.rename_table(operation.table_name, operation.new_table_name, operation.schema)
    operations.impl._apply("rename_table", found, operation)


@Operations.implementation_for(ops.CreateTableCommentOp)
def create_table_comment(operations, operation):
    found = data.set_table_comment(operation.table_name, operation.comment, operation.schema)
    operations.impl._apply("create_table_comment", found, operation)


@Operations.implementation_for(ops.DropTableCommentOp)
def drop_table_comment(operations, operation):
    found = data.set_table_comment(operation.table_name, None, operation.schema)
    operations.impl._apply("drop_table_comment", found, operation)


@Operations.implementation_for(ops.CreateIndexOp)
def create_index(operations, operation):
    index = operation.to_index(operations.migration_context)
    found = data.create_index(index, operations.impl.dialect, operation.if_not_exists)
    operations.impl._apply("create_index", found, index)


@Operations.implementation_for(ops.DropIndexOp)
def drop_index(operations, operation):
    index = operation.to_index(operations.migration_context)
    found = data.drop_index(index, operation.table_name, operation.schema, operation.if_exists)
    operations.impl._apply("drop_index", found, index)


@Operations.implementation_for(ops.AddConstraintOp)
def create_constraint(operations, operation):
    constraint = operation.to_constraint(operations.migration_context)
    found = data.add_constraint(constraint, operations.impl.dialect)
    operations.impl._apply("add_constraint", found, constraint)


@Operations.implementation_for(ops.DropConstraintOp)
def drop_constraint(operations, operation):
    constraint = operations.schema_obj.generic_constraint(
        operation.constraint_name, operation.table_name, operation.constraint_type, schema=operation.schema
    )
    found = data.drop_constraint(
        constraint.name,
        operation.table_name,
        operation.constraint_type,
        operation.schema,
        operation.if_exists,
    )
    operations.impl._apply("drop_constraint", found, constraint)


@Operations.implementation_for(ops.BulkInsertOp)
def bulk_insert(operations, operation):
    operations.impl.bulk_insert(operation.table, operation.rows, multiinsert=operation.multiinsert)


@Operations.implementation_for(ops.ExecuteSQLOp)
def execute_sql(operations, operation):
    operations.migration_context.impl.execute(
        operation.sqltext, execution_options=operation.execution_options
    )
