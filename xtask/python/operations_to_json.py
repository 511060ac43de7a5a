"""Turn measured Alembic scripts into Limbeck's operations, as JSON.

Reads the `operations` conformance cases (one JSON object a line: `script`, `dialect`, `offline`, and `sql` or `error`) and
writes them with `operations` in place of `script`, so that the engine's statements can be compared with Alembic's
without a Python interpreter. Runs with a Python that has Alembic and SQLAlchemy:

    python operations_to_json.py operations.jsonl > crates/limbeck/tests/conformance/ddl.jsonl

The conversion is the one that autogenerate uses in a project's own Python, `limbeck_autogenerate`.
"""

import json
import pathlib
import sys
import types

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations, ops
from alembic.operations.base import AbstractOperations
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.dialects.mysql import mariadb

# The package alone: beside it are modules that stand in for SQLAlchemy.
PYTHON = pathlib.Path(__file__).resolve().parents[2] / "crates/limbeck-python/python"
package = sys.modules["limbeck_autogenerate"] = types.ModuleType("limbeck_autogenerate")
package.__path__ = [str(PYTHON / "limbeck_autogenerate")]

from limbeck_autogenerate.names import compact  # noqa: E402
from limbeck_autogenerate.operation_data import OperationConverter  # noqa: E402
from limbeck_autogenerate.schema_data import Converter  # noqa: E402
from limbeck_autogenerate.value_data import value_data  # noqa: E402

# `named` keeps per cent signs single, as they are on their way to the database.
DIALECTS = {
    "sqlite": lambda: sqlite.dialect(paramstyle="named"),
    "postgresql": lambda: postgresql.dialect(paramstyle="named"),
    "mysql": lambda: mysql.dialect(paramstyle="named"),
    "mariadb": lambda: mariadb.MariaDBDialect(paramstyle="named"),
}


class ScriptConverter(OperationConverter):
    """Converts what a script does while it runs: values go to the database apart from the statement."""

    def _execute(self, op):
        clause = sa.text(op.sqltext) if isinstance(op.sqltext, str) else op.sqltext
        options = {"literal_binds": True} if self.context.as_sql else {}
        compiled = clause.compile(dialect=self.context.dialect, compile_kwargs=options)
        text, parameters = str(compiled), []
        if not self.context.as_sql:
            for position, name in enumerate(compiled.positiontup or compiled.params, 1):
                mark = f"${position}" if self.context.dialect.name == "postgresql" else "?"
                text = text.replace(f":{name}", mark, 1)
                parameters.append(value_data(compiled.params[name]))
        return {"operation": "execute", "sql": text} | compact(parameters=parameters)


def convert(case):
    """The operations of a case's script, or the class of the error that SQLAlchemy raised while they were made."""
    metadata = sa.MetaData(naming_convention=case["naming_convention"])
    context = MigrationContext.configure(
        dialect=DIALECTS[case["dialect"]](),
        opts={"as_sql": case["offline"], "target_metadata": metadata},
    )
    converter = ScriptConverter(Converter(context.dialect), context)
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
