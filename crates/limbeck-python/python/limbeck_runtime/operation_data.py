"""Alembic's operations as the data that the engine reads."""

from limbeck_autogenerate.names import compact, identifier, qualified
from limbeck_runtime.schema_data import (
    check_data,
    column_data,
    constraint_data,
    constraints_data,
    default_data,
    index_data,
    indexes_data,
    table_data,
    table_options,
)
from limbeck_runtime.type_data import type_data

_KINDS = {"foreignkey": "foreign_key", "primary": "primary_key", "unique": "unique", "check": "check"}
_VISITS = {
    "foreign_key_constraint": "foreign_key",
    "primary_key_constraint": "primary_key",
    "unique_constraint": "unique",
    "table_or_column_check_constraint": "check",
    "check_constraint": "check",
    "column_check_constraint": "check",
    "exclude_constraint": "exclude",
}


def create_table(table, dialect, if_not_exists=None, wanted=None):
    """`CREATE TABLE` with its indexes and comments."""
    return {
        "operation": "create_table",
        "table": table_data(table, dialect, wanted),
        **compact(if_not_exists=if_not_exists),
    }


def domains_of(table, dialect):
    """`CREATE DOMAIN` for the domains that a table brings along; its enums come with the table itself."""
    if dialect.name != "postgresql":
        return []
    from limbeck_runtime.schema_types import own_type, type_operation

    found = []
    for column in table.columns:
        given = own_type(column.type, dialect)
        if given is not None and given.__visit_name__ == "DOMAIN" and given.create_type and not given.metadata:
            found.append(type_operation(given, dialect, True))
    return found


def drop_table(name, schema=None, if_exists=None):
    """`DROP TABLE`."""
    return {"operation": "drop_table", "table": qualified(name, schema), **compact(if_exists=if_exists)}


def restate_table(name, schema=None, stated=()):
    """The stored text of a table as a new table's is written, after the `stated` columns and constraints were added."""
    operation = {"operation": "restate_table", "table": qualified(name, schema)}
    if stated:
        operation["stated"] = [identifier(column) for column in stated]
    return operation


def rename_table(name, new_name, schema=None):
    """`ALTER TABLE … RENAME TO`."""
    return {
        "operation": "rename_table",
        "table": qualified(name, schema),
        "new_name": identifier(new_name),
    }


def set_table_comment(name, comment, schema=None):
    """Sets a table's comment, or removes it."""
    return {"operation": "set_table_comment", "table": qualified(name, schema), "comment": comment}


def add_column(table, column, name, schema, dialect, op):
    """`ADD COLUMN`, with what the column brings along; `table` holds the column and nothing else."""
    return {
        "operation": "add_column",
        "table": qualified(name, schema),
        "column": column_data(column, dialect),
        **compact(
            constraints=constraints_data(table, dialect),
            indexes=indexes_data(table, dialect),
            position=position(op.kw),
            if_not_exists=op.if_not_exists,
            inline_references=op.inline_references,
            inline_primary_key=op.inline_primary_key,
        ),
    }


def position(options):
    """Where a column goes."""
    if options.get("insert_after"):
        return {"after": identifier(options["insert_after"])}
    if options.get("insert_before"):
        return {"before": identifier(options["insert_before"])}
    return None


def drop_column(name, column_name, schema=None, if_exists=None):
    """`DROP COLUMN`."""
    return {
        "operation": "drop_column",
        "table": qualified(name, schema),
        "column": identifier(column_name),
        **compact(if_exists=if_exists),
    }


def alter_column(op, dialect, check_of):
    """A change of a column; `check_of` finds the CHECK that comes with a type."""
    # A table of SQLite is made anew with every value cast, and what is meant for PostgreSQL is not read there.
    using = None if dialect.name == "sqlite" else op.kw.get("postgresql_using")
    fields = {
        "operation": "alter_column",
        "table": qualified(op.table_name, op.schema),
        "column": identifier(op.column_name),
        **compact(
            new_name=identifier(op.modify_name),
            using=_text(using, dialect),
            position=position(op.kw),
            on_conflict=op.kw.get("sqlite_on_conflict_not_null"),
        ),
    }
    if op.modify_nullable is not None:
        fields["nullable"] = op.modify_nullable
    if op.modify_type is not None:
        fields["data_type"] = type_data(op.modify_type, dialect)
        fields.update(compact(add_check=_check(check_of(op.modify_type), dialect)))
        if op.existing_type is not None:
            fields.update(compact(drop_check=_check(check_of(op.existing_type), dialect)))
    if op.modify_server_default is not False:
        fields["default"] = default_data(op.modify_server_default, dialect)
    if op.modify_comment is not False:
        fields["comment"] = op.modify_comment
    if op.kw.get("autoincrement") is not None:
        fields["autoincrement"] = op.kw["autoincrement"]
    return {**fields, **compact(existing=_existing(op, dialect))}


def _existing(op, dialect):
    existing = compact(comment=op.existing_comment)
    if op.existing_type is not None:
        existing["data_type"] = type_data(op.existing_type, dialect)
    if op.existing_nullable is not None:
        existing["nullable"] = op.existing_nullable
    if op.existing_server_default is not False:
        existing["default"] = default_data(op.existing_server_default, dialect)
    if op.kw.get("existing_autoincrement") is not None:
        existing["autoincrement"] = op.kw["existing_autoincrement"]
    return existing


def _check(check, dialect):
    return None if check is None else check_data(check, dialect)


def _text(given, dialect):
    if given is None or isinstance(given, str):
        return given
    from limbeck_runtime.schema_data import expression_text

    return expression_text(given, dialect)


def add_constraint(constraint, dialect):
    """`ADD CONSTRAINT`."""
    table = constraint.table
    return {
        "operation": "add_constraint",
        "table": qualified(table.name, table.schema),
        "constraint": constraint_data(constraint, dialect),
    }


def drop_constraint(name, table_name, kind, schema=None, if_exists=None):
    """`DROP CONSTRAINT`; `kind` is Alembic's word, or the constraint's own."""
    return {
        "operation": "drop_constraint",
        "table": qualified(table_name, schema),
        "name": identifier(name),
        **compact(kind=_KINDS.get(kind, _VISITS.get(kind)), if_exists=if_exists),
    }


def create_index(index, dialect, if_not_exists=None):
    """`CREATE INDEX`."""
    concurrently = index.dialect_options["postgresql"]["concurrently"] if index.dialect_kwargs else False
    return {
        "operation": "create_index",
        "table": qualified(index.table.name, index.table.schema),
        "index": index_data(index, dialect),
        **compact(if_not_exists=if_not_exists, concurrently=bool(concurrently)),
    }


def drop_index(index, table_name=None, schema=None, if_exists=None):
    """`DROP INDEX`."""
    concurrently = index.dialect_options["postgresql"]["concurrently"] if index.dialect_kwargs else False
    return {
        "operation": "drop_index",
        "index": qualified(index.name, schema),
        **compact(
            table=qualified(table_name, schema) if table_name else None,
            if_exists=if_exists,
            concurrently=bool(concurrently),
        ),
    }
