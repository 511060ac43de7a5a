"""MySQL and MariaDB."""

from limbeck_runtime.reflection.base import Reader, by_column_name, constraints, expression, no_key, primary_key
from limbeck_runtime.reflection.mysql_options import table_options
from limbeck_runtime.reflection.mysql_types import reflected_type
from limbeck_runtime.reflection.question import first_column, rows


class MysqlReader(Reader):
    def no_such_table(self, name, schema):
        from sqlalchemy.exc import NoSuchTableError

        return NoSuchTableError(_quoted(schema, name))

    # -- lists of names

    def schema_names(self, connection):
        return first_column(connection, "SHOW schemas")

    def _names(self, connection, schema, kinds):
        schema = schema or connection.dialect.default_schema_name
        listed = rows(connection, "SHOW FULL TABLES FROM %s" % _quoted(schema))
        return [row[0] for row in listed if row[1] in kinds]

    def table_names(self, connection, schema, **kw):
        return self._names(connection, schema, ("BASE TABLE",))

    def view_names(self, connection, schema, **kw):
        return self._names(connection, schema, ("VIEW", "SYSTEM VIEW"))

    def sequence_names(self, connection, schema):
        return self._names(connection, schema, ("SEQUENCE",))

    def _statement(self, connection, name, schema):
        return rows(connection, "SHOW CREATE TABLE %s" % _quoted(schema, name))[0][1]

    def view_definition(self, connection, name, schema):
        statement = None
        if name in self.view_names(connection, schema):
            statement = self._statement(connection, name, schema)
        if statement is None:
            raise self.no_such_table(name, schema)
        return statement

    # -- parts of a table

    def columns(self, connection, table, answer, schema):
        made = []
        for column in table["columns"]:
            default = column.get("default") or {}
            data_type = reflected_type(column["data_type"], column["name"], self.dialect)
            entry = {
                "name": column["name"],
                "type": data_type,
                "default": default.get("expression"),
                "comment": column.get("comment"),
                "nullable": column["nullable"],
            }
            if column.get("autoincrement"):
                entry["autoincrement"] = True
            elif _is_integer(data_type):
                entry["autoincrement"] = False
            computed = default.get("computed")
            if computed:
                entry["computed"] = {
                    "sqltext": "(%s)" % computed["expression"],
                    "persisted": bool(computed.get("persisted")),
                }
            made.append(entry)
        return made

    def primary_key(self, connection, table, schema):
        key = primary_key(table)
        return {"constrained_columns": list(key["columns"]), "name": None} if key else no_key()

    def foreign_keys(self, connection, table, schema):
        made = []
        for key in constraints(table, "foreign_key"):
            options = (("onupdate", key.get("on_update")), ("ondelete", key.get("on_delete")))
            made.append(
                {
                    "name": key["name"],
                    "constrained_columns": list(key["columns"]),
                    "referred_schema": key["target"].get("schema"),
                    "referred_table": key["target"]["name"],
                    "referred_columns": list(key["target_columns"]),
                    "options": {name: value for name, value in options if value not in (None, "NO ACTION")},
                }
            )
        return made

    def indexes(self, connection, table, schema):
        made = []
        for index in table.get("indexes", ()):
            options = {}
            kind = "UNIQUE" if index.get("unique") else index.get("prefix")
            if index.get("prefix"):
                options[self.dialect.name + "_prefix"] = index["prefix"]
            if index.get("parser"):
                options[self.dialect.name + "_with_parser"] = index["parser"]
            entry = {
                "name": index["name"],
                "column_names": [element["key"].get("column") for element in index["elements"]],
                "unique": index.get("unique", False),
            }
            lengths = {
                element["key"].get("column"): element["length"] for element in index["elements"] if "length" in element
            }
            if lengths:
                options[self.dialect.name + "_length"] = lengths
            if kind:
                entry["type"] = kind
            if options:
                entry["dialect_options"] = options
            made.append(entry)
        return by_column_name(made)

    def unique_constraints(self, connection, table, schema):
        made = [
            {
                "name": index["name"],
                "column_names": [element["key"].get("column") for element in index["elements"]],
                "duplicates_index": index["name"],
            }
            for index in table.get("indexes", ())
            if index.get("unique")
        ]
        return by_column_name(made)

    def check_constraints(self, connection, table, schema):
        checks = constraints(table, "check")
        return by_column_name([{"name": check.get("name"), "sqltext": expression(check)} for check in checks])

    def comment(self, connection, table, schema):
        return {"text": table.get("comment")}

    def options(self, connection, table, schema):
        statement = self._statement(connection, table["name"]["name"], schema)
        return table_options(statement, self.dialect.name)


def _quoted(*names):
    return ".".join("`%s`" % name.replace("`", "``") for name in names if name)


def _is_integer(data_type):
    from sqlalchemy.types import Integer

    return isinstance(data_type, Integer)
