"""PostgreSQL: the parts of a table."""

from limbeck_runtime.reflection.base import by_column_name, constraints, expression, no_key, primary_key
from limbeck_runtime.reflection.postgresql_names import NamesReader
from limbeck_runtime.reflection.postgresql_types import reflected_type
from limbeck_runtime.reflection.question import stripped

_LARGEST = {"smallint": 32767, "integer": 2147483647, "bigint": 9223372036854775807}


class PostgresqlReader(NamesReader):
    MISSING = ("options",)
    COLUMNS = ["columns", "types"]

    def columns(self, connection, table, answer, schema):
        return [self._column(column, answer, schema) for column in table["columns"]]

    def _column(self, column, answer, schema):
        where = "column '%s'" % column["name"]
        data_type = column["data_type"]
        made = reflected_type(data_type, answer, self.dialect, where)
        given = column.get("default") or {}
        default, nullable = given.get("expression"), column["nullable"]
        if made.__visit_name__ == "DOMAIN":
            if not default and made.default is not None:
                default = made.default
            nullable = nullable and not made.not_null
        counted = default is not None and "nextval('" in default
        if counted and schema is not None:
            before, name = default.split("nextval('", 1)
            if "." not in name.split("'", 1)[0]:
                default = "%snextval('\"%s\".%s" % (before, schema, name)
        identity = given.get("identity")
        entry = {
            "name": column["name"],
            "type": made,
            "nullable": nullable,
            "default": default,
            "autoincrement": identity is not None or (counted and _is_integer(made)),
            "comment": column.get("comment"),
        }
        if "computed" in given:
            entry["computed"] = {
                "sqltext": given["computed"]["expression"],
                "persisted": bool(given["computed"].get("persisted")),
            }
        if identity is not None:
            entry["identity"] = _identity(identity, data_type)
        return entry

    def primary_key(self, connection, table, schema):
        key = primary_key(table)
        if key is None:
            return no_key()
        return {
            "constrained_columns": list(key["columns"]),
            "name": key["name"],
            "comment": None,
            "dialect_options": {"postgresql_include": list(key.get("include", ()))},
        }

    def foreign_keys(self, connection, table, schema):
        made = []
        for key in constraints(table, "foreign_key"):
            deferral = key.get("deferral") or {}
            options = (
                ("onupdate", key.get("on_update")),
                ("ondelete", key.get("on_delete")),
                ("initially", deferral.get("initially")),
                ("deferrable", deferral.get("deferrable")),
                ("match", key.get("matching")),
            )
            made.append(
                {
                    "name": key["name"],
                    "constrained_columns": list(key["columns"]),
                    "referred_schema": key["target"].get("schema"),
                    "referred_table": key["target"]["name"],
                    "referred_columns": list(key["target_columns"]),
                    "options": {name: value for name, value in options if value is not None},
                    "comment": None,
                }
            )
        return made

    def indexes(self, connection, table, schema):
        made = [_index(index) for index in table.get("indexes", ())]
        made += [_index(_kept_by(unique, unique=True), True) for unique in constraints(table, "unique")]
        made += [_index(_kept_by(exclude), True) for exclude in constraints(table, "exclude")]
        return by_column_name(made)

    def unique_constraints(self, connection, table, schema):
        made = []
        for unique in constraints(table, "unique"):
            options = {"postgresql_include": list(unique.get("include", ()))}
            if connection.dialect.server_version_info >= (15,):
                options["postgresql_nulls_not_distinct"] = unique.get("nulls_distinct") is False
            made.append(
                {
                    "column_names": list(unique["columns"]),
                    "name": unique["name"],
                    "comment": None,
                    "dialect_options": options,
                }
            )
        return made

    def check_constraints(self, connection, table, schema):
        made = []
        for check in constraints(table, "check"):
            entry = {"name": check["name"], "sqltext": stripped(expression(check)), "comment": None}
            options = {name: True for name in ("not_valid", "no_inherit") if check.get(name)}
            if options:
                entry["dialect_options"] = options
            made.append(entry)
        return made

    def comment(self, connection, table, schema):
        return {"text": table.get("comment")}


def _is_integer(made):
    from sqlalchemy.types import Integer

    return issubclass(made._type_affinity, Integer)


def _identity(identity, data_type):
    """How an identity counts, with what goes without saying."""
    options = identity.get("options", {})
    step = options.get("increment", 1)
    largest = _LARGEST.get(data_type.get("named", {}).get("name", "").lower(), _LARGEST["bigint"])
    low, high = (1, largest) if step > 0 else (-largest - 1, -1)
    low, high = options.get("minimum", low), options.get("maximum", high)
    return {
        "always": identity.get("always", False),
        "start": options.get("start", low if step > 0 else high),
        "increment": step,
        "minvalue": low,
        "maxvalue": high,
        "cache": options.get("cache", 1),
        "cycle": options.get("cycle", False),
    }


def _kept_by(constraint, unique=False):
    """The index that keeps a constraint."""
    index = dict(constraint)
    index["unique"] = unique
    if unique:
        index["elements"] = [{"key": {"column": column}} for column in constraint["columns"]]
    elif "predicate" in constraint:
        index["predicate"] = "(%s)" % constraint["predicate"]
    return index


def _index(index, of_constraint=False):
    keys = [element["key"] for element in index["elements"]]
    texts = [key.get("column", key.get("expression")) for key in keys]
    entry = {"name": index["name"], "unique": index.get("unique", False)}
    entry["column_names"] = [key.get("column") for key in keys]
    if None in entry["column_names"]:
        entry["expressions"] = texts
    options, sorting = {}, {}
    classes = {
        text: element["operator_class"]
        for text, element in zip(texts, index["elements"])
        if element.get("operator_class")
    }
    if classes:
        options["postgresql_ops"] = classes
    for text, element in zip(texts, index["elements"]):
        order = ("desc",) if element.get("order") == "descending" else ()
        if element.get("nulls"):
            order += ("nulls_" + element["nulls"],)
        if order:
            sorting[text] = order
    if sorting:
        entry["column_sorting"] = sorting
    if of_constraint:
        entry["duplicates_constraint"] = index["name"]
    if index.get("parameters"):
        options["postgresql_with"] = dict(index["parameters"])
    if index.get("using"):
        options["postgresql_using"] = index["using"]
    if index.get("predicate"):
        options["postgresql_where"] = index["predicate"]
    entry["include_columns"] = list(index.get("include", ()))
    options["postgresql_include"] = list(index.get("include", ()))
    if index.get("nulls_distinct") is False:
        options["postgresql_nulls_not_distinct"] = True
    entry["dialect_options"] = options
    return entry
