"""A `Table` from what the database has."""

from limbeck_runtime.reflection.question import by_name, described

def reflect_table(inspector, table, include, exclude, resolve_fks, extend_on, info):
    """Gives the table its columns, constraints, indexes, comment and options."""
    if extend_on is not None:
        if table in extend_on:
            return
        extend_on.add(table)
    reader, schema = inspector._reader, table.schema
    with inspector._operation_context() as connection:
        answer = info
        if answer is None or answer["schema"] != schema or table.name not in answer["by_name"]:
            answer = describe(inspector, connection, schema, [table.name])
        found = answer["by_name"].get(table.name) or next(iter(answer["by_name"].values()), None)
        if found is None:
            raise _no_such_table(table.name)
        told = _Told(reader, connection, found, answer, schema)
        options = told("options")
        if options:
            table._validate_dialect_kwargs(options)
        columns = {}
        for entry in reader.columns(connection, found, answer, schema):
            _column(inspector, table, entry, include, exclude, columns)
        _primary_key(table, told("primary_key"), columns, exclude)
        keys = told("foreign_keys") or ()
        indexes, uniques, checks = told("indexes"), told("unique_constraints"), told("check_constraints")
        comment = told("comment")
    for key in keys:
        _foreign_key(inspector, table, key, include, exclude, columns, resolve_fks, extend_on, info)
    for index in indexes or ():
        _index(table, index, include, columns)
    for unique in uniques or ():
        _unique(table, unique, include, columns)
    for check in checks or ():
        from sqlalchemy.schema import CheckConstraint

        options = check.get("dialect_options", {})
        not_valid = {"postgresql_not_valid": True} if options.get("not_valid") else {}
        table.append_constraint(CheckConstraint(check["sqltext"], name=check["name"], **not_valid))
    if comment and comment["text"]:
        table.comment = comment["text"]


def describe(inspector, connection, schema, names):
    """Everything about some tables, to be given to `reflect_table`."""
    answer = described(connection, schema, names, inspector._reader.ALL)
    answer.update(schema=schema, by_name=by_name(answer))
    return answer


def _no_such_table(name):
    from sqlalchemy.exc import NoSuchTableError

    return NoSuchTableError(name)


class _Told:
    """The parts of one table, where the database has them."""

    def __init__(self, reader, *about):
        self.reader = reader
        self.connection, self.found, self.answer, self.schema = about

    def __call__(self, part):
        if not self.reader.offers(part):
            return None
        return getattr(self.reader, part)(self.connection, self.found, self.schema)


def _column(inspector, table, entry, include, exclude, columns):
    from sqlalchemy import text
    from sqlalchemy.schema import Column, Computed, DefaultClause, Identity

    _tell_listeners(inspector, table, entry)
    original, name = entry.pop("_original", entry["name"]), entry["name"]
    if (include and name not in include) or name in exclude:
        return
    options = {
        option: entry[option]
        for option in ("nullable", "autoincrement", "quote", "info", "key", "comment")
        if option in entry
    }
    arguments = []
    default = entry.get("default")
    if default is not None:
        if isinstance(default, str):
            default = DefaultClause(text(_without_parameters(default)), _reflected=True)
        arguments.append(default)
    if "computed" in entry:
        arguments.append(Computed(**entry["computed"]))
    if "identity" in entry:
        arguments.append(Identity(**entry["identity"]))
    column = Column(name, entry["type"], *arguments, **options)
    columns[original] = column
    if column.key in table.primary_key.columns:
        column.primary_key = True
    table.append_column(column, replace_existing=True)


def _without_parameters(sql):
    """SQL in which nothing counts as a parameter of `text()`."""
    import re

    return re.sub(r"(?<![:\w\\]):(\w+)(?!:)", r"\\:\1", sql) if ":" in sql else sql


def _tell_listeners(inspector, table, entry):
    """`column_reflect`: listeners may change what becomes of the column."""
    entry["_original"] = entry["name"]
    for target in (table.metadata, table):
        dispatch = getattr(target, "dispatch", None)
        listeners = getattr(dispatch, "column_reflect", None)
        if callable(listeners):
            listeners(inspector, table, entry)


def _primary_key(table, told, columns, exclude):
    if not told:
        return
    found = [columns[name] for name in told["constrained_columns"] if name in columns and name not in exclude]
    key = table.primary_key
    for column in found:
        column.primary_key = True
        key._replace(column)
    key.name = told.get("name")


def _foreign_key(inspector, table, told, include, exclude, columns, resolve_fks, extend_on, info):
    from sqlalchemy.schema import BLANK_SCHEMA, ForeignKeyConstraint, Table

    own = [columns[name].key if name in columns else name for name in told["constrained_columns"]]
    if set(own) & set(exclude) or (include and set(own) - set(include)):
        return
    schema, target = told["referred_schema"], told["referred_table"]
    if resolve_fks:
        Table(
            target,
            table.metadata,
            schema=BLANK_SCHEMA if schema is None else schema,
            autoload_with=inspector,
            _extend_on=extend_on,
            _reflect_info=info,
        )
    before = [target] if schema is None else [schema, target]
    references = [".".join(before + [column]) for column in told["referred_columns"]]
    table.append_constraint(
        ForeignKeyConstraint(own, references, told["name"], link_to_name=True, **told.get("options", {}))
    )


def _index(table, told, include, columns):
    from sqlalchemy import asc, desc, nulls_first, nulls_last, text
    from sqlalchemy.schema import Index

    names = told["column_names"]
    if told.get("duplicates_constraint") or (include and not set(names) <= set(include)):
        return
    functions = {"asc": asc, "desc": desc, "nulls_first": nulls_first, "nulls_last": nulls_last}
    elements = []
    for place, name in enumerate(names):
        if name is None:
            if not told.get("expressions"):
                return
            elements.append(text(told["expressions"][place]))
            continue
        element = columns[name] if name in columns else table.c[name]
        for order in told.get("column_sorting", {}).get(name, ()):
            element = functions[order](element)
        elements.append(element)
    Index(told["name"], *elements, _table=table, unique=told["unique"], **told.get("dialect_options", {}))


def _unique(table, told, include, columns):
    from sqlalchemy.schema import UniqueConstraint

    names = told["column_names"]
    if told.get("duplicates_index") or (include and not set(names) <= set(include)):
        return
    found = [columns[name] if name in columns else table.c[name] for name in names]
    table.append_constraint(UniqueConstraint(*found, name=told["name"], **told.get("dialect_options", {})))
