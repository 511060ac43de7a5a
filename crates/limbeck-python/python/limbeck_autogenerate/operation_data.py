"""Alembic's operations as data that the engine reads."""

from limbeck_autogenerate.names import compact, identifier, qualified
from limbeck_autogenerate.schema_data import bound_column, constraints_of, option
from limbeck_autogenerate.value_data import NotData, value_data
from sqlalchemy import Column, MetaData, Table, text

_KINDS = {
    "foreignkey": "foreign_key",
    "foreign_key": "foreign_key",
    "primary": "primary_key",
    "unique": "unique",
    "check": "check",
    "exclude": "exclude",
}


class NotConvertible(Exception):
    """An operation that the engine has no data for: one of the project's own, or one with values of its own."""


class OperationConverter:
    """Converts operations; `schema` converts their parts, `context` is the migration context that they are made for."""

    def __init__(self, schema, context):
        self.schema = schema
        self.context = context

    def operation(self, op):
        """An operation's data."""
        for kind in type(op).__mro__:
            convert = getattr(self, "_" + _METHODS.get(kind.__name__, ""), None)
            if convert is not None:
                return convert(op)
        raise NotConvertible(type(op).__name__)

    def _add_constraint(self, op):
        constraint = op.to_constraint(self.context)
        table = constraint.table
        return {
            "operation": "add_constraint",
            "table": qualified(table.name, table.schema),
            "constraint": self.schema.constraint(constraint),
        }

    def _create_table(self, op):
        wanted = {item.name for item in op.columns if isinstance(item, Column)}
        table = self.schema.table(op.to_table(self.context), wanted)
        return dict(compact(if_not_exists=getattr(op, "if_not_exists", None)), operation="create_table", table=table)

    def _drop_table(self, op):
        table = qualified(op.table_name, op.schema)
        return dict(compact(if_exists=getattr(op, "if_exists", None)), operation="drop_table", table=table)

    def _rename_table(self, op):
        return {
            "operation": "rename_table",
            "table": qualified(op.table_name, op.schema),
            "new_name": identifier(op.new_table_name),
        }

    def _create_table_comment(self, op):
        table = qualified(op.table_name, op.schema)
        return {"operation": "set_table_comment", "table": table, "comment": op.comment}

    def _drop_table_comment(self, op):
        table = qualified(op.table_name, op.schema)
        return {"operation": "set_table_comment", "table": table, "comment": None}

    def _lone_table(self, op, column):
        """A table of that column, and of what comes with it."""
        metadata = MetaData(naming_convention=self._convention())
        table = Table(op.table_name, metadata, column, schema=op.schema)
        for key in table.foreign_keys:
            # The key's target has to be there for it to be asked.
            _stand_in(metadata, key.target_fullname)
        return table

    def _convention(self):
        given = self.context.opts.get("target_metadata")
        given = given[0] if isinstance(given, (list, tuple)) and given else given
        return getattr(given, "naming_convention", None)

    def _add_column(self, op):
        column = op.column
        if column.table is not None:
            copy = getattr(column, "_copy", None) or column.copy
            column = copy()
        table = self._lone_table(op, column)
        found = {
            "operation": "add_column",
            "table": qualified(op.table_name, op.schema),
            "column": self.schema.column(column),
        }
        found.update(
            compact(
                constraints=[self.schema.constraint(one) for one in constraints_of(table)],
                indexes=self.schema.indexes(table),
                if_not_exists=getattr(op, "if_not_exists", None),
                inline_references=getattr(op, "inline_references", None),
                inline_primary_key=getattr(op, "inline_primary_key", None),
            )
        )
        return found

    def _drop_column(self, op):
        found = compact(if_exists=getattr(op, "if_exists", None) or op.kw.get("if_exists"))
        return dict(
            found,
            operation="drop_column",
            table=qualified(op.table_name, op.schema),
            column=identifier(op.column_name),
        )

    def _type_check(self, op, given):
        """The CHECK that comes with a type."""
        table = self._lone_table(op, Column(op.column_name, given))
        for constraint in constraints_of(table):
            if hasattr(constraint, "sqltext") and bound_column(constraint) is not None:
                return self.schema.check(constraint)
        return None

    def _alter_column(self, op):
        schema = self.schema
        fields = {
            "operation": "alter_column",
            "table": qualified(op.table_name, op.schema),
            "column": identifier(op.column_name),
        }
        fields.update(
            compact(
                new_name=identifier(op.modify_name),
                using=op.kw.get("postgresql_using"),
                on_conflict=op.kw.get("sqlite_on_conflict_not_null"),
            )
        )
        if op.modify_nullable is not None:
            fields["nullable"] = op.modify_nullable
        if op.modify_type is not None:
            fields["data_type"] = schema.type(op.modify_type)
            fields.update(compact(add_check=self._type_check(op, op.modify_type)))
            if op.existing_type is not None:
                fields.update(compact(drop_check=self._type_check(op, op.existing_type)))
        if op.modify_server_default is not False:
            fields["default"] = schema.default(op.modify_server_default)
        if op.modify_comment is not False:
            fields["comment"] = op.modify_comment
        if op.kw.get("autoincrement") is not None:
            fields["autoincrement"] = op.kw["autoincrement"]
        existing = compact(comment=op.existing_comment)
        if op.existing_type is not None:
            existing["data_type"] = schema.type(op.existing_type)
        if op.existing_nullable is not None:
            existing["nullable"] = op.existing_nullable
        if op.existing_server_default is not False:
            existing["default"] = schema.default(op.existing_server_default)
        if op.kw.get("existing_autoincrement") is not None:
            existing["autoincrement"] = op.kw["existing_autoincrement"]
        fields.update(compact(existing=existing))
        return fields

    def _drop_constraint(self, op):
        return dict(
            compact(kind=_KINDS.get(op.constraint_type), if_exists=getattr(op, "if_exists", None)),
            operation="drop_constraint",
            table=qualified(op.table_name, op.schema),
            name=identifier(op.constraint_name),
        )

    def _create_index(self, op):
        index = op.to_index(self.context)
        concurrently = option(index, "postgresql", "concurrently")
        return dict(
            compact(if_not_exists=getattr(op, "if_not_exists", None), concurrently=bool(concurrently)),
            operation="create_index",
            table=qualified(index.table.name, index.table.schema),
            index=self.schema.index(index),
        )

    def _drop_index(self, op):
        index = op.to_index(self.context)
        concurrently = option(index, "postgresql", "concurrently")
        return dict(
            compact(
                table=qualified(op.table_name, op.schema) if op.table_name else None,
                if_exists=getattr(op, "if_exists", None),
                concurrently=bool(concurrently),
            ),
            operation="drop_index",
            index=qualified(index.name, op.schema),
        )

    def _bulk_insert(self, op):
        table = op.table
        given = op.rows[0] if op.rows else {}
        columns = [column for column in table.columns if column.key in given]
        try:
            rows = [[value_data(row[column.key]) for column in columns] for row in op.rows]
        except NotData as error:
            raise NotConvertible(str(error))
        return {
            "operation": "bulk_insert",
            "table": qualified(table.name, table.schema),
            "columns": [identifier(column.name) for column in columns],
            "rows": rows,
        }

    def _execute(self, op):
        if isinstance(op.sqltext, str):
            return {"operation": "execute", "sql": op.sqltext}
        clause = op.sqltext if hasattr(op.sqltext, "compile") else text(str(op.sqltext))
        compiled = clause.compile(dialect=self.schema._texts, compile_kwargs={"literal_binds": True})
        return {"operation": "execute", "sql": str(compiled)}


def _stand_in(metadata, target):
    """A table with the column that a foreign key leads to, unless it is there."""
    name, _, column = target.rpartition(".")
    schema, _, table = name.rpartition(".")
    key = "%s.%s" % (schema, table) if schema else table
    if key not in metadata.tables:
        from sqlalchemy.types import NullType

        Table(table, metadata, Column(column, NullType()), schema=schema or None)


_METHODS = {
    "CreateTableOp": "create_table",
    "DropTableOp": "drop_table",
    "RenameTableOp": "rename_table",
    "CreateTableCommentOp": "create_table_comment",
    "DropTableCommentOp": "drop_table_comment",
    "AddColumnOp": "add_column",
    "DropColumnOp": "drop_column",
    "AlterColumnOp": "alter_column",
    "DropConstraintOp": "drop_constraint",
    "CreateIndexOp": "create_index",
    "DropIndexOp": "drop_index",
    "BulkInsertOp": "bulk_insert",
    "ExecuteSQLOp": "execute",
    "AddConstraintOp": "add_constraint",
}
