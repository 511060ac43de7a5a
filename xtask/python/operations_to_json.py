"""Turn measured Alembic scripts into Limbeck's operations, as JSON.

Reads the `operations` conformance cases (one JSON object a line: `script`, `dialect`, `offline`, and `sql` or `error`) and
writes them with `operations` in place of `script`, so that the engine's statements can be compared with Alembic's
without a Python interpreter. Runs with a Python that has Alembic and SQLAlchemy:

    python operations_to_json.py operations.jsonl > crates/limbeck/tests/conformance/ddl.jsonl

What an operation is made of is converted part by part: names, types, constraints, options. Only SQL expressions
(defaults, CHECKs, index expressions, statements of the script's own) are compiled to text for the case's dialect.
"""

import datetime
import decimal
import json
import sys
import uuid

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations, ops
from alembic.operations.base import AbstractOperations
from schema_to_json import SchemaConverter
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.dialects.mysql import mariadb
from sqlalchemy.sql import elements
from type_to_json import compact, identifier, qualified

# `named` keeps per cent signs single, as they are on their way to the database.
DIALECTS = {
    "sqlite": lambda: sqlite.dialect(paramstyle="named"),
    "postgresql": lambda: postgresql.dialect(paramstyle="named"),
    "mysql": lambda: mysql.dialect(paramstyle="named"),
    "mariadb": lambda: mariadb.MariaDBDialect(paramstyle="named"),
}


class Converter(SchemaConverter):
    """Converts one script's operations for one dialect."""

    def operation(self, op):
        converters = {
            ops.CreateTableOp: self.create_table,
            ops.DropTableOp: self.drop_table,
            ops.RenameTableOp: self.rename_table,
            ops.CreateTableCommentOp: self.create_table_comment,
            ops.DropTableCommentOp: self.drop_table_comment,
            ops.AddColumnOp: self.add_column,
            ops.DropColumnOp: self.drop_column,
            ops.AlterColumnOp: self.alter_column,
            ops.DropConstraintOp: self.drop_constraint,
            ops.CreateIndexOp: self.create_index,
            ops.DropIndexOp: self.drop_index,
            ops.BulkInsertOp: self.bulk_insert,
            ops.ExecuteSQLOp: self.execute,
        }
        for kind, convert in converters.items():
            if isinstance(op, kind):
                return convert(op)
        if isinstance(op, ops.AddConstraintOp):
            constraint = op.to_constraint(self.context)
            table = constraint.table
            return {
                "operation": "add_constraint",
                "table": qualified(table.name, table.schema),
                "constraint": self.constraint(constraint),
            }
        raise NotImplementedError(type(op).__name__)

    def create_table(self, op):
        wanted = {item.name for item in op.columns if isinstance(item, sa.Column)}
        table = self.table(op.to_table(self.context), wanted)
        return {"operation": "create_table", "table": table} | compact(
            if_not_exists=op.if_not_exists
        )

    def drop_table(self, op):
        table = qualified(op.table_name, op.schema)
        return {"operation": "drop_table", "table": table} | compact(if_exists=op.if_exists)

    def rename_table(self, op):
        return {
            "operation": "rename_table",
            "table": qualified(op.table_name, op.schema),
            "new_name": identifier(op.new_table_name),
        }

    def create_table_comment(self, op):
        table = qualified(op.table_name, op.schema)
        return {"operation": "set_table_comment", "table": table, "comment": op.comment}

    def drop_table_comment(self, op):
        table = qualified(op.table_name, op.schema)
        return {"operation": "set_table_comment", "table": table, "comment": None}

    def add_column(self, op):
        column = op.column
        if column.table is not None:
            column = column._copy()
        schema_object = self.schema_object()
        table = schema_object.table(op.table_name, column, schema=op.schema)
        constraints = [table.primary_key] if table.primary_key.columns else []
        constraints += [one for one in table._sorted_constraints if one is not table.primary_key]
        return {
            "operation": "add_column",
            "table": qualified(op.table_name, op.schema),
            "column": self.column(column),
        } | compact(
            constraints=[self.constraint(one) for one in constraints],
            indexes=self.indexes(table),
            if_not_exists=op.if_not_exists,
            inline_references=op.inline_references,
            inline_primary_key=op.inline_primary_key,
        )

    def schema_object(self):
        from alembic.operations import schemaobj

        return schemaobj.SchemaObjects(self.context)

    def drop_column(self, op):
        return {
            "operation": "drop_column",
            "table": qualified(op.table_name, op.schema),
            "column": identifier(op.column_name),
        } | compact(if_exists=op.if_exists)

    def type_check(self, op, given):
        """The CHECK that comes with a type."""
        table = self.schema_object().table(
            op.table_name, sa.Column(op.column_name, given), schema=op.schema
        )
        for constraint in table.constraints:
            if isinstance(constraint, sa.CheckConstraint) and constraint._type_bound:
                return self.check(constraint)
        return None

    def alter_column(self, op):
        fields = {
            "operation": "alter_column",
            "table": qualified(op.table_name, op.schema),
            "column": identifier(op.column_name),
        } | compact(
            new_name=identifier(op.modify_name),
            using=op.kw.get("postgresql_using"),
        )
        if op.modify_nullable is not None:
            fields["nullable"] = op.modify_nullable
        if op.modify_type is not None:
            fields["data_type"] = self.type(op.modify_type)
            fields |= compact(add_check=self.type_check(op, op.modify_type))
            if op.existing_type is not None:
                fields |= compact(drop_check=self.type_check(op, op.existing_type))
        if op.modify_server_default is not False:
            fields["default"] = self.default(op.modify_server_default)
        if op.modify_comment is not False:
            fields["comment"] = op.modify_comment
        if op.kw.get("autoincrement") is not None:
            fields["autoincrement"] = op.kw["autoincrement"]
        existing = compact(comment=op.existing_comment)
        if op.existing_type is not None:
            existing["data_type"] = self.type(op.existing_type)
        if op.existing_nullable is not None:
            existing["nullable"] = op.existing_nullable
        if op.existing_server_default is not False:
            existing["default"] = self.default(op.existing_server_default)
        if op.kw.get("existing_autoincrement") is not None:
            existing["autoincrement"] = op.kw["existing_autoincrement"]
        return fields | compact(existing=existing)

    def drop_constraint(self, op):
        kinds = {
            "foreignkey": "foreign_key",
            "primary": "primary_key",
            "unique": "unique",
            "check": "check",
        }
        return {
            "operation": "drop_constraint",
            "table": qualified(op.table_name, op.schema),
            "name": identifier(op.constraint_name),
        } | compact(kind=kinds.get(op.constraint_type), if_exists=op.if_exists)

    def create_index(self, op):
        index = op.to_index(self.context)
        concurrently = self.postgresql(index, "concurrently")
        return {
            "operation": "create_index",
            "table": qualified(index.table.name, index.table.schema),
            "index": self.index(index),
        } | compact(if_not_exists=op.if_not_exists, concurrently=bool(concurrently))

    def drop_index(self, op):
        index = op.to_index(self.context)
        table = qualified(op.table_name, op.schema) if op.table_name else None
        concurrently = self.postgresql(index, "concurrently")
        return {
            "operation": "drop_index",
            "index": qualified(index.name, op.schema),
        } | compact(table=table, if_exists=op.if_exists, concurrently=bool(concurrently))

    def bulk_insert(self, op):
        table = op.table
        given = op.rows[0] if op.rows else {}
        columns = [column for column in table.columns if column.key in given]
        return {
            "operation": "bulk_insert",
            "table": qualified(table.name, table.schema),
            "columns": [identifier(column.name) for column in columns],
            "rows": [[self.value(row[column.key]) for column in columns] for row in op.rows],
        }

    def value(self, value):
        if isinstance(value, elements.BindParameter):
            value = value.value
        if value is None:
            return "null"
        kinds = (
            (bool, "boolean", bool),
            (int, "integer", int),
            (float, "float", float),
            (str, "text", str),
            (decimal.Decimal, "decimal", str),
            (datetime.datetime, "timestamp", str),
            (datetime.date, "date", str),
            (datetime.time, "time", str),
            (uuid.UUID, "uuid", str),
            (bytes, "bytes", list),
            ((dict, list), "json", json.dumps),
        )
        for kind, name, convert in kinds:
            if isinstance(value, kind):
                return {name: convert(value)}
        raise NotImplementedError(type(value).__name__)

    def execute(self, op):
        clause = sa.text(op.sqltext) if isinstance(op.sqltext, str) else op.sqltext
        options = {"literal_binds": True} if self.context.as_sql else {}
        compiled = clause.compile(dialect=self.dialect, compile_kwargs=options)
        text, parameters = str(compiled), []
        if not self.context.as_sql:
            for position, name in enumerate(compiled.positiontup or compiled.params, 1):
                mark = f"${position}" if self.dialect.name == "postgresql" else "?"
                text = text.replace(f":{name}", mark, 1)
                parameters.append(self.value(compiled.params[name]))
        return {"operation": "execute", "sql": text} | compact(parameters=parameters)


def convert(case):
    """The operations of a case's script, or the class of the error that SQLAlchemy raised while they were made."""
    metadata = sa.MetaData(naming_convention=case["naming_convention"])
    context = MigrationContext.configure(
        dialect=DIALECTS[case["dialect"]](),
        opts={"as_sql": case["offline"], "target_metadata": metadata},
    )
    converter = Converter(context)
    recorded = []

    def record(self, op):
        recorded.append(converter.operation(op))
        return op.to_table(context) if isinstance(op, ops.CreateTableOp) else None

    original, AbstractOperations.invoke = AbstractOperations.invoke, record
    try:
        script = case["script"]
        exec(  # noqa: S102 (the script is ours)
            script if isinstance(script, str) else "\n".join(script),
            {
                "op": Operations(context),
                "sa": sa,
                "mysql": mysql,
                "postgresql": postgresql,
                "sqlite": sqlite,
            },
        )
    finally:
        AbstractOperations.invoke = original
    return recorded


def main():
    for line in open(sys.argv[1], encoding="utf-8"):
        case = json.loads(line)
        out = {"id": case["id"], "dialect": case["dialect"], "offline": case["offline"]}
        try:
            out["operations"] = convert(case)
        except sa.exc.SQLAlchemyError as error:
            # Refused before there was an operation: nothing for the engine to judge.
            out["not_made"] = type(error).__name__
        out |= {key: case[key] for key in ("sql", "error") if key in case}
        print(json.dumps(out, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
