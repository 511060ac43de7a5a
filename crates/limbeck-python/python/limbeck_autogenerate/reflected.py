"""What the database contains, as SQLAlchemy's tables: for the project's own functions, which want to look at objects."""

import re

from limbeck_autogenerate.made_types import made_type
from limbeck_autogenerate.names import pair, plain
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    DefaultClause,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.sql.elements import conv


class Reflected:
    """The tables of an inspected database, each made when it is asked for."""

    def __init__(self, database, dialect, models=None):
        self.dialect = dialect
        self.metadata = MetaData()
        self._models = models
        self._data = {pair(table["name"]): table for table in database.get("tables", ())}
        self._constraints = {}
        self._indexes = {}

    def data(self, name):
        """A table's data by schema and name; None where there is none."""
        return self._data.get(name)

    def names(self):
        """Schema and name of every table."""
        return list(self._data)

    def table(self, name):
        """A table by schema and name, None where there is none."""
        data = self._data.get(name)
        if data is None:
            return None
        schema, table = name
        key = "%s.%s" % (schema, table) if schema else table
        found = self.metadata.tables.get(key)
        return self._made(data, name) if found is None else found

    def constraint(self, name, position):
        """The constraint at a place in a table's data."""
        self.table(name)
        return self._constraints.get((name, position))

    def index(self, name, position):
        """The index at a place in a table's data."""
        self.table(name)
        return self._indexes.get((name, position))

    def _made(self, data, name):
        schema, table_name = name
        table = make_table(data, self.metadata, self.dialect, self._models)
        for position, constraint in enumerate(data.get("constraints", ())):
            made = make_constraint(constraint, table)
            if made is not None:
                table.append_constraint(made)
                self._constraints[name, position] = made
        for position, index in enumerate(data.get("indexes", ())):
            self._indexes[name, position] = make_index(index, table, self.dialect)
        return table


def make_table(data, metadata, dialect, models=None):
    """A table with its columns."""
    schema, name = pair(data["name"])
    columns = [make_column(column, dialect, models) for column in data.get("columns", ())]
    return Table(
        name, metadata, *columns, schema=schema, comment=data.get("comment"), prefixes=data.get("prefixes") or []
    )


def make_column(data, dialect, models=None):
    """A column."""
    arguments, keywords = [], {}
    default = data.get("default")
    if default is not None:
        made = make_default(default)
        if isinstance(made, (Computed, Identity)):
            arguments.append(made)
        else:
            keywords["server_default"] = made
    if data.get("autoincrement") is not None:
        keywords["autoincrement"] = data["autoincrement"]
    return Column(
        final(data["name"]),
        made_type(data["data_type"], dialect, models),
        *arguments,
        nullable=data.get("nullable", True),
        comment=data.get("comment"),
        system=data.get("system", False),
        **keywords
    )


def make_default(data):
    """A server default."""
    ((kind, value),) = data.items()
    if kind == "literal":
        return DefaultClause(value)
    if kind == "computed":
        return Computed(value["expression"], persisted=value.get("persisted"))
    if kind == "identity":
        return Identity(always=value.get("always", False), **_counting(value.get("options", {})))
    return DefaultClause(sql_text(value))


def _counting(options):
    names = {"minimum": "minvalue", "maximum": "maxvalue", "no_minimum": "nominvalue", "no_maximum": "nomaxvalue"}
    return {names.get(name, name): value for name, value in options.items()}


def final(name):
    """A name that no convention is applied to again, as a database gives it; None where there is none."""
    if name is None:
        return None
    return conv(plain(name)) if isinstance(name, dict) and name.get("shorten") else plain(name)


def _deferral(data):
    given = data.get("deferral", {})
    return {"deferrable": given.get("deferrable"), "initially": given.get("initially")}


def make_constraint(data, table, as_found=True):
    """A constraint of a table; None for a kind that SQLAlchemy has not. With `as_found` its name is final."""
    ((kind, fields),) = data.items()
    name = final(fields.get("name"))
    if as_found and name is not None:
        name = conv(name)
    columns = [plain(column) for column in fields.get("columns", ())]
    if kind == "primary_key":
        return PrimaryKeyConstraint(*[table.c[column] for column in columns], name=name)
    if kind == "unique":
        given = {}
        if fields.get("nulls_distinct") is not None and _takes_nulls_not_distinct():
            given["postgresql_nulls_not_distinct"] = not fields["nulls_distinct"]
        return UniqueConstraint(*[table.c[column] for column in columns], name=name, **dict(_deferral(fields), **given))
    if kind == "foreign_key":
        schema, target = pair(fields["target"])
        whole = "%s.%s" % (schema, target) if schema else target
        targets = ["%s.%s" % (whole, plain(column)) for column in fields["target_columns"]]
        return ForeignKeyConstraint(
            columns,
            targets,
            name=name,
            ondelete=fields.get("on_delete"),
            onupdate=fields.get("on_update"),
            match=fields.get("matching"),
            use_alter=fields.get("added_later", False),
            link_to_name=True,
            **_deferral(fields)
        )
    if kind == "check":
        return CheckConstraint(sql_text(condition(fields["condition"])), name=name)
    return None


def sql_text(sql):
    """SQL as it stands: a colon in it is no parameter."""
    return text(_PARAMETER.sub(r"\\:", sql))


# What `text()` would take for the beginning of a parameter.
_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w+(?!:))")


def condition(data):
    """A CHECK's condition as SQL."""
    ((kind, value),) = data.items()
    if kind == "expression":
        return value
    column = plain(value["column"])
    if kind == "zero_or_one":
        return "%s IN (0, 1)" % column
    return "%s IN (%s)" % (column, ", ".join("'%s'" % one.replace("'", "''") for one in value["values"]))


def _takes_nulls_not_distinct():
    import sqlalchemy

    return tuple(int(part) for part in sqlalchemy.__version__.split(".")[:2]) >= (2, 0)


def make_index(data, table, dialect, as_found=True):
    """An index of a table."""
    parts = []
    for element in data.get("elements", ()):
        ((kind, value),) = element["key"].items()
        part = table.c[plain(value)] if kind == "column" and plain(value) in table.c else None
        if part is None:
            part = sql_text((plain(value) if kind == "column" else value))
        if element.get("order") == "descending" and kind == "column":
            part = part.desc()
        parts.append(part)
    given = {}
    if dialect.name == "postgresql":
        if data.get("using"):
            given["postgresql_using"] = data["using"]
        if data.get("include"):
            given["postgresql_include"] = [plain(column) for column in data["include"]]
    if data.get("predicate") and dialect.name in ("postgresql", "sqlite"):
        given[dialect.name + "_where"] = sql_text(data["predicate"])
    name = final(data.get("name"))
    if as_found and name is not None:
        name = conv(name)
    return Index(name, *parts, unique=data.get("unique", False), _table=table, **given)
