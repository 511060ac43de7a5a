"""Rows that scripts insert, and statements of their own, as operations."""

from limbeck_runtime.apply import apply_in
from limbeck_autogenerate.names import identifier, qualified
from limbeck_runtime.statement import positional, text_of
from limbeck_autogenerate.value_data import NotData, value_data


def execute(context, statement, execution_options=None):
    """Runs a statement of a script's own, or writes it down."""
    if isinstance(statement, str):
        if not execution_options and ":" not in statement and "\0" not in statement:
            # Without a parameter it is its own text.
            apply_in(context, {"operation": "execute", "sql": str(statement)})
            return
        from sqlalchemy.sql.elements import TextClause

        statement = TextClause(statement)
    if hasattr(statement, "__clause_element__"):
        statement = statement.__clause_element__()
    if execution_options:
        statement = statement.execution_options(**execution_options)
    if getattr(statement, "is_ddl", False):
        apply_in(context, statement.operation(context.dialect))
        return
    if not hasattr(statement, "compile"):
        from sqlalchemy.exc import ObjectNotExecutableError

        raise ObjectNotExecutableError(statement)
    operation = None if _fills_in(statement, context) else execute_data(statement, context)
    if operation is None:
        context.connection.execute(statement)
    else:
        apply_in(context, operation)


def _fills_in(statement, context):
    """Whether running a statement calls functions of the script: defaults of columns are the connection's work."""
    table = getattr(statement, "table", None)
    if context.as_sql or not getattr(statement, "is_dml", False) or not hasattr(table, "columns"):
        return False
    return any(column.default is not None or column.onupdate is not None for column in table.columns)


def execute_data(statement, context):
    """A statement as an operation; `None` where a value has no place in one."""
    if context.as_sql:
        return {"operation": "execute", "sql": text_of(statement, context.dialect)}
    sql, values = positional(statement, context.dialect)
    try:
        parameters = [value_data(value) for value in values]
    except NotData:
        return None
    found = {"operation": "execute", "sql": sql}
    if parameters:
        found["parameters"] = parameters
    return found


def bulk_insert(impl, table, rows, multiinsert=True):
    """Inserts rows, given as dictionaries by the columns' keys."""
    if not isinstance(rows, list):
        raise TypeError("List expected")
    if rows and not isinstance(rows[0], dict):
        raise TypeError("List of dictionaries expected")
    if not rows:
        return
    context = impl.context
    together = [rows] if multiinsert and not context.as_sql else _alike(rows)
    for group in together:
        operation = insert_data(table, group, context)
        if operation is not None:
            apply_in(context, operation)
            continue
        for row in group:
            execute(context, table.insert().values(**row))


def _alike(rows):
    """The rows in runs that name the same columns."""
    run = []
    for row in rows:
        if run and row.keys() != run[0].keys():
            yield run
            run = []
        run.append(row)
    yield run


def _refuse_incomplete(row, columns):
    """The first row says which columns there are."""
    from sqlalchemy.exc import InvalidRequestError

    missing = [column.key for column in columns if column.key not in row]
    raise InvalidRequestError(f"A value is required for bind parameter {missing[0]!r}")


def insert_data(table, rows, context):
    """Rows of the same columns as one operation; `None` where one has an expression, or a value with no place in data."""
    columns = [column for column in table.columns if column.key in rows[0]]
    if len(columns) != len(rows[0]):
        _refuse_unknown(table, rows[0])
    made = [column for column in table.columns if column.key not in rows[0] and _has_default(column)]
    processors = [column.type._cached_bind_processor(context.dialect) for column in columns + made]
    plain = not any(processors)
    keys = [column.key for column in columns]
    found = []
    for row in rows:
        try:
            values = [row[key] for key in keys]
        except KeyError:
            _refuse_incomplete(row, columns)
        if made:
            values += [_default_value(column) for column in made]
        if plain and _is_raw(values):
            found.append(tuple(values))
            continue
        try:
            found.append([_value(value, process) for value, process in zip(values, processors)])
        except NotData:
            return None
    return {
        "operation": "bulk_insert",
        "table": qualified(table.name, table.schema),
        "columns": [identifier(column.name) for column in columns + made],
        "rows": found,
    }


_SMALL = 2**63


def _is_raw(values):
    """Whether a row can be read as it is, without data in between."""
    for value in values:
        kind = type(value)
        if kind is not str and value is not None and not (kind is int and -_SMALL <= value < _SMALL):
            return False
    return True


def _value(value, process):
    if process is None:
        # What most cells are.
        kind = type(value)
        if kind is str:
            return {"text": value}
        if value is None:
            return "null"
        if kind is int and -_SMALL <= value < _SMALL:
            return {"integer": value}
    if type(value).__name__ == "_literal_bindparam":
        return value_data(value.value)
    if hasattr(value, "__clause_element__") or hasattr(value, "_compiler_dispatch"):
        raise NotData(value)
    if process is not None:
        value = process(value)
    if isinstance(value, (dict, list)):
        raise NotData(value)
    return value_data(value)


def _has_default(column):
    default = getattr(column, "default", None)
    return default is not None and (default.is_scalar or default.is_callable)


def _default_value(column):
    default = column.default
    return default.arg if default.is_scalar else default.arg(None)


def _refuse_unknown(table, row):
    from sqlalchemy.exc import CompileError

    unknown = [key for key in row if key not in table.columns]
    raise CompileError(f"Unconsumed column names: {', '.join(str(key) for key in unknown)}")
