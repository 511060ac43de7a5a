"""The engine's operations as Alembic's objects, and back: what the project did not touch comes back as it was."""

from alembic.operations import ops
from limbeck_autogenerate.made_types import made_type
from limbeck_autogenerate.names import canonical, pair, plain
from limbeck_autogenerate.operation_data import NotConvertible
from limbeck_autogenerate.reflected import (
    condition,
    final,
    make_column,
    make_constraint,
    make_default,
    make_table,
    sql_text,
)
from limbeck_autogenerate.schema_data import constraints_of, indexes_of
from sqlalchemy import MetaData

# The operations that Alembic keeps together in one `ModifyTableOps`.
_OF_TABLE = frozenset(
    "add_column drop_column alter_column add_constraint drop_constraint create_index drop_index set_table_comment".split()
)
_TYPES = {"foreign_key": "foreignkey", "primary_key": "primary", "unique": "unique", "check": "check"}


class EngineOp(ops.ExecuteSQLOp):
    """An operation that Alembic has no class for. To the project it is the SQL that does it. `given` is
    `{"operation", "sql"?, "reverse"?}`."""

    def __init__(self, given, undoes=None):
        self.data = given["operation"]
        super().__init__(";\n".join(given.get("sql", ())) or self.data["operation"])
        self._text = self.sqltext
        self._reverse = undoes or given.get("reverse")
        self._given = given

    def reverse(self):
        """What undoes it."""
        if self._reverse is None:
            raise NotImplementedError(self.data["operation"])
        return EngineOp(self._reverse, self._given)

    def is_untouched(self):
        """Whether the SQL is what it was."""
        return self.sqltext == self._text


class Objects:
    """Makes objects for the models of one database, and remembers what they were made from."""

    def __init__(self, models, dialect, converter):
        self._models, self._dialect, self._converter = models, dialect, converter
        self._known = {}

    # -- there

    def containers(self, operations):
        """Objects for a list of `{"operation", "sql"?}`; changes of one table that follow each other are together."""
        found = []
        for given in operations:
            data = given["operation"]
            for op in self._made(given):
                self._keep(op, data)
                table = self._table_of(data)
                if table is None:
                    found.append(op)
                    continue
                schema, name = table
                last = found[-1] if found else None
                if not isinstance(last, ops.ModifyTableOps) or (last.schema, last.table_name) != (schema, name):
                    last = ops.ModifyTableOps(name, [], schema=schema)
                    found.append(last)
                last.ops.append(op)
        return found

    @staticmethod
    def _table_of(data):
        if data["operation"] not in _OF_TABLE or data.get("table") is None:
            return None
        return pair(data["table"])

    def _keep(self, op, data):
        try:
            print_of = self._converter.operation(op)
        except (NotConvertible, NotImplementedError):
            print_of = None
        self._known[id(op)] = (op, data, print_of)

    def _made(self, given):
        data = given["operation"]
        make = getattr(self, "_" + data["operation"], None)
        made = make(data) if make is not None else None
        return [made if made is not None else EngineOp(given)]

    def _create_table(self, data):
        table = data["table"]
        model = self._models.table(table["name"])
        if model is not None and _same_table(self._models.converter.table(model), table):
            return ops.CreateTableOp.from_table(model)
        return ops.CreateTableOp.from_table(self._whole(table))

    def _whole(self, data):
        table = make_table(data, MetaData(), self._dialect, self._models)
        for constraint in data.get("constraints", ()):
            made = make_constraint(constraint, table, as_found=False)
            if made is not None:
                table.append_constraint(made)
        return table

    def _drop_table(self, data):
        if data.get("original") is not None:
            return ops.DropTableOp.from_table(self._whole(data["original"]))
        schema, name = pair(data["table"])
        return ops.DropTableOp(name, schema=schema)

    def _rename_table(self, data):
        schema, name = pair(data["table"])
        return ops.RenameTableOp(name, plain(data["new_name"]), schema=schema)

    def _set_table_comment(self, data):
        schema, name = pair(data["table"])
        existing = data.get("existing")
        if data.get("comment") is None:
            return ops.DropTableCommentOp(name, schema=schema, existing_comment=existing)
        return ops.CreateTableCommentOp(name, data["comment"], schema=schema, existing_comment=existing)

    def _column(self, table, data):
        model = self._models.column(table, plain(data["name"]))
        if model is not None and canonical(self._models.converter.column(model)) == canonical(data):
            return model
        return make_column(data, self._dialect, self._models)

    def _add_column(self, data):
        if data.get("constraints") or data.get("indexes") or data.get("position"):
            model = self._models.column(data["table"], plain(data["column"]["name"]))
            if model is None:
                return None
        schema, name = pair(data["table"])
        return ops.AddColumnOp(name, self._column(data["table"], data["column"]), schema=schema)

    def _drop_column(self, data):
        schema, name = pair(data["table"])
        given = {}
        if data.get("original") is not None:
            column = make_column(data["original"], self._dialect, self._models)
            given["_reverse"] = ops.AddColumnOp(name, column, schema=schema)
        return ops.DropColumnOp(name, plain(data["column"]), schema=schema, **given)

    def _alter_column(self, data):
        schema, name = pair(data["table"])
        existing = data.get("existing", {})
        given = {
            "existing_type": self._type(existing.get("data_type")),
            "existing_nullable": existing.get("nullable"),
            "existing_server_default": self._default(existing),
            "existing_comment": existing.get("comment"),
            "modify_nullable": data.get("nullable"),
            "modify_comment": data["comment"] if "comment" in data else False,
            "modify_server_default": self._default(data),
            "modify_name": plain(data["new_name"]) if data.get("new_name") is not None else None,
            "modify_type": self._new_type(data),
        }
        if data.get("autoincrement") is not None:
            given["autoincrement"] = data["autoincrement"]
        if existing.get("autoincrement") is not None:
            given["existing_autoincrement"] = existing["autoincrement"]
        if data.get("using"):
            given["postgresql_using"] = data["using"]
        if data.get("on_conflict"):
            given["sqlite_on_conflict_not_null"] = data["on_conflict"]
        return ops.AlterColumnOp(name, plain(data["column"]), schema=schema, **given)

    def _type(self, data):
        return None if data is None else made_type(data, self._dialect, self._models)

    def _new_type(self, data):
        if data.get("data_type") is None:
            return None
        model = self._models.column(data["table"], plain(data.get("new_name") or data["column"]))
        if model is not None and canonical(self._models.converter.type(model.type)) == canonical(data["data_type"]):
            return model.type
        return self._type(data["data_type"])

    @staticmethod
    def _default(data):
        if "default" not in data:
            return False
        return None if data["default"] is None else make_default(data["default"])

    def _add_constraint(self, data):
        schema, table = pair(data["table"])
        model = self._models.table(data["table"])
        wanted = canonical(data["constraint"])
        for constraint in constraints_of(model) if model is not None else ():
            if canonical(self._models.converter.constraint(constraint)) == wanted:
                return ops.AddConstraintOp.from_constraint(constraint)
        ((kind, fields),) = data["constraint"].items()
        name, columns = final(fields.get("name")), [plain(column) for column in fields.get("columns", ())]
        given = {key: value for key, value in fields.get("deferral", {}).items() if value is not None}
        if kind == "unique":
            if fields.get("nulls_distinct") is not None:
                given["postgresql_nulls_not_distinct"] = not fields["nulls_distinct"]
            return ops.CreateUniqueConstraintOp(name, table, columns, schema=schema, **given)
        if kind == "primary_key":
            return ops.CreatePrimaryKeyOp(name, table, columns, schema=schema)
        if kind == "check":
            text = sql_text(condition(fields["condition"]))
            return ops.CreateCheckConstraintOp(name, table, text, schema=schema)
        if kind == "foreign_key":
            target_schema, target = pair(fields["target"])
            for key, keyword in (("on_delete", "ondelete"), ("on_update", "onupdate"), ("matching", "match")):
                if fields.get(key):
                    given[keyword] = fields[key]
            targets = [plain(column) for column in fields["target_columns"]]
            given.update(source_schema=schema, referent_schema=target_schema)
            return ops.CreateForeignKeyOp(name, table, target, columns, targets, **given)
        return None

    def _drop_constraint(self, data):
        schema, table = pair(data["table"])
        given = {}
        if data.get("original") is not None:
            given["_reverse"] = self._add_constraint({"table": data["table"], "constraint": data["original"]})
        kind = _TYPES.get(data.get("kind"))
        return ops.DropConstraintOp(final(data.get("name")), table, type_=kind, schema=schema, **given)

    def _create_index(self, data):
        schema, table = pair(data["table"])
        model = self._models.table(data["table"])
        wanted = canonical(data["index"])
        for index in indexes_of(model) if model is not None else ():
            if canonical(self._models.converter.index(index)) == wanted:
                return ops.CreateIndexOp.from_index(index)
        return self._index(data["index"], schema, table)

    def _index(self, index, schema, table):
        parts = []
        for element in index["elements"]:
            ((kind, value),) = element["key"].items()
            if set(element) - {"key"}:
                return None
            parts.append(plain(value) if kind == "column" else sql_text(value))
        given = {}
        if index.get("predicate") and self._dialect.name in ("postgresql", "sqlite"):
            given[self._dialect.name + "_where"] = sql_text(index["predicate"])
        if index.get("using"):
            given[self._dialect.name + "_using"] = index["using"]
        return ops.CreateIndexOp(
            final(index.get("name")), table, parts, schema=schema, unique=index.get("unique", False), **given
        )

    def _drop_index(self, data):
        schema, name = pair(data["index"])
        table_schema, table = pair(data["table"]) if data.get("table") is not None else (schema, None)
        given = {}
        if data.get("original") is not None and table is not None:
            given["_reverse"] = self._index(data["original"], table_schema, table)
        return ops.DropIndexOp(final(_own(data["index"])), table, schema=table_schema, **given)

    @staticmethod
    def _execute(data):
        return None if data.get("parameters") else ops.ExecuteSQLOp(data["sql"])

    # -- back

    @property
    def schema(self):
        """What makes data of parts of operations."""
        return self._converter.schema

    def knows(self, op):
        """Whether the object was made here."""
        known = self._known.get(id(op))
        return known is not None and known[0] is op

    def data_of(self, op):
        """An operation's data: as it was handed over when nobody has changed it. Raises `NotConvertible`."""
        known = self._known.get(id(op))
        if known is not None and known[0] is op:
            if known[2] is None or self._converter.operation(op) == known[2]:
                return known[1]
        if isinstance(op, EngineOp) and op.is_untouched():
            return op.data
        return self._converter.operation(op)


def _own(name):
    """A qualified name's last part, with what it says of itself."""
    return name["name"] if isinstance(name, dict) and "quote" not in name and "shorten" not in name else name


def _same_table(one, other):
    """Whether two tables are the same but for their indexes."""
    return canonical({**one, "indexes": None}) == canonical({**other, "indexes": None})
