"""Statements such as `CreateTable(table)` as operations."""

from limbeck_runtime import operation_data as data
from limbeck_autogenerate.names import compact, identifier, qualified


def sequence_operation(sequence, dialect, creates, if_not_exists=False, if_exists=False):
    """Creates or drops a sequence."""
    from limbeck_runtime.schema_data import sequence_options
    from limbeck_runtime.type_data import type_data

    name = qualified(sequence.name, sequence.schema)
    if not creates:
        return {"operation": "drop_sequence", "name": name, **compact(if_exists=if_exists)}
    kind = sequence.data_type
    found = {"name": name, **compact(options=sequence_options(sequence))}
    if kind is not None:
        found["data_type"] = type_data(kind, dialect)
    return {"operation": "create_sequence", "sequence": found, **compact(if_not_exists=if_not_exists)}


def _create_table(statement, dialect):
    found = data.create_table(statement.element, dialect, statement.if_not_exists)
    # The indexes and comments of a table are statements of their own.
    found["table"].pop("indexes", None)
    _without_types(found)
    wanted = statement.include_foreign_key_constraints
    if wanted is not None:
        from limbeck_runtime.schema_run import _leave_out

        given = {id(key) for key in wanted}
        _leave_out(found, [key for key in statement.element.foreign_key_constraints if id(key) not in given])
    return found


def _without_types(operation):
    from limbeck_runtime.schema_run import _existing_types

    _existing_types(operation)


def _column_comment(statement, comment):
    column = statement.element
    return {
        "operation": "alter_column",
        "table": qualified(column.table.name, column.table.schema),
        "column": identifier(column.name),
        "comment": comment,
    }


_MAKERS = {
    "create_schema": lambda s, d: {
        "operation": "create_schema",
        "schema": {"name": identifier(s.element)},
        **compact(if_not_exists=s.if_not_exists),
    },
    "drop_schema": lambda s, d: {
        "operation": "drop_schema",
        "name": identifier(s.element),
        **compact(if_exists=s.if_exists, cascade=s.cascade),
    },
    "create_table": _create_table,
    "drop_table": lambda s, d: data.drop_table(s.element.name, s.element.schema, s.if_exists),
    "create_sequence": lambda s, d: sequence_operation(s.element, d, True, if_not_exists=s.if_not_exists),
    "drop_sequence": lambda s, d: sequence_operation(s.element, d, False, if_exists=s.if_exists),
    "create_index": lambda s, d: data.create_index(s.element, d, s.if_not_exists),
    "drop_index": lambda s, d: data.drop_index(
        s.element, s.element.table.name, s.element.table.schema, s.if_exists
    ),
    "add_constraint": lambda s, d: data.add_constraint(s.element, d),
    "drop_constraint": lambda s, d: {
        **data.drop_constraint(
            s.element.name,
            s.element.table.name,
            s.element.__visit_name__,
            s.element.table.schema,
            s.if_exists,
        ),
        **compact(cascade=s.cascade),
    },
    "set_table_comment": lambda s, d: data.set_table_comment(s.element.name, s.element.comment, s.element.schema),
    "drop_table_comment": lambda s, d: data.set_table_comment(s.element.name, None, s.element.schema),
    "set_column_comment": lambda s, d: _column_comment(s, s.element.comment),
    "drop_column_comment": lambda s, d: _column_comment(s, None),
}


def operation_of(statement, dialect):
    """The operation that a statement stands for."""
    make = _MAKERS.get(statement.__visit_name__)
    if make is None:
        from sqlalchemy.exc import UnsupportedCompilationError

        raise UnsupportedCompilationError(dialect, type(statement))
    return make(statement, dialect)
