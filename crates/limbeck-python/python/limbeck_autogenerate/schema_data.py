"""Tables, columns, constraints and indexes as data, in the model's own words."""

from limbeck_autogenerate.expression import plain_dialect, text_of
from limbeck_autogenerate.names import compact, identifier, plain, qualified
from limbeck_autogenerate.type_data import declared_type, type_data
from sqlalchemy.sql.expression import TextClause

_MYSQL = ("mysql", "mariadb")


class Converter:
    """Converts for one dialect. With `declares`, types keep the model's words, and `modelled` is told of each of those."""

    def __init__(self, dialect, declares=False, modelled=None, prefix="sa.", default_schema=None):
        self.dialect = dialect
        # Its name is left out, as an inspected database leaves it out.
        self.default_schema = default_schema
        self.name = dialect.name
        self._texts = plain_dialect(dialect)
        self._plain_texts = {}
        self._declares = declares
        self._modelled = modelled
        self._prefix = prefix

    def type(self, given):
        """A type."""
        if self._declares:
            return declared_type(given, self._texts, self._modelled, self._prefix)
        return type_data(given, self._texts)

    def text(self, clause):
        """An expression of a definition."""
        return self._text(clause, True)

    def _text(self, clause, names_without_table):
        if type(clause) is not TextClause or clause._bindparams:
            return text_of(clause, self._texts, names_without_table)
        # A model says `text("now()")` a thousand times, and compiling it is slow.
        found = self._plain_texts.get(clause.text)
        if found is None:
            found = self._plain_texts[clause.text] = text_of(clause, self._texts)
        return found

    def qualified(self, name, schema):
        """A name with its schema, unless that is the default one."""
        return qualified(name, None if schema == self.default_schema else schema)

    # -- columns

    def default(self, default):
        """A server default: `None`, text, expression, computed or identity."""
        if default is None:
            return None
        if hasattr(default, "sqltext") and hasattr(default, "persisted"):
            found = compact(expression=self.text(default.sqltext))
            if default.persisted is not None:
                found["persisted"] = default.persisted
            return {"computed": found}
        if hasattr(default, "always") and hasattr(default, "increment"):
            return {"identity": compact(always=bool(default.always), options=sequence_options(default))}
        if hasattr(default, "arg"):
            default = default.arg
        if isinstance(default, str):
            # The text itself, also of an enum whose members are texts.
            return {"literal": str.__str__(default)}
        if hasattr(default, "next_value"):
            default = default.next_value()
        if not hasattr(default, "compile"):
            # Something that the database does by itself (`FetchedValue`): the model does not say what.
            return None
        return {"expression": self._text(default, False)}

    def column(self, column):
        """A column's definition."""
        fields = {"name": identifier(column.name), "data_type": self.type(column.type), "nullable": bool(column.nullable)}
        fields.update(
            compact(
                nullable_unstated=type(getattr(column, "_user_defined_nullable", None)) is not bool
                and getattr(column, "_user_defined_nullable", None) is not None,
                default=self.default(column.server_default),
                comment=column.comment,
                checks=[self.check(check) for check in column.constraints if hasattr(check, "sqltext")],
                on_conflict=option(column, "sqlite", "on_conflict_not_null"),
                system=bool(getattr(column, "system", False)),
            )
        )
        if isinstance(column.autoincrement, bool):
            fields["autoincrement"] = column.autoincrement
        return fields

    # -- constraints

    def check(self, check):
        """A CHECK; one that stands for a type says so."""
        fields = compact(name=constraint_name(check), deferral=deferral(check))
        column = bound_column(check)
        if column is not None:
            fields["of_type"] = True
            fields["condition"] = condition_of_type(column)
        else:
            fields["condition"] = {"expression": self.text(check.sqltext)}
        fields.update(
            compact(
                not_valid=option(check, "postgresql", "not_valid"), on_conflict=option(check, "sqlite", "on_conflict")
            )
        )
        return fields

    def constraint(self, constraint):
        """A constraint of a table."""
        visit = constraint.__visit_name__
        common = compact(name=constraint_name(constraint), deferral=deferral(constraint))
        if visit == "primary_key_constraint":
            common.update(self._primary_key(constraint))
            return {"primary_key": common}
        if visit == "unique_constraint":
            common.update(self._unique(constraint))
            return {"unique": common}
        if visit == "foreign_key_constraint":
            common.update(self._foreign_key(constraint))
            return {"foreign_key": common}
        if visit == "exclude_constraint":
            common.update(self._exclude(constraint))
            return {"exclude": common}
        return {"check": self.check(constraint)}

    def _primary_key(self, key):
        columns = key.columns_autoinc_first if getattr(key, "_implicit_generated", False) else key.columns
        using = self.mysql_option(key, "using") if self.name in _MYSQL else None
        return dict(
            compact(
                include=names_of(option(key, "postgresql", "include")),
                using=using,
                on_conflict=conflict(key, "on_conflict_primary_key"),
            ),
            columns=[identifier(column.name) for column in columns],
        )

    def _unique(self, unique):
        found = compact(
            include=names_of(option(unique, "postgresql", "include")), on_conflict=conflict(unique, "on_conflict_unique")
        )
        found["columns"] = [identifier(column.name) for column in unique.columns]
        # The option is PostgreSQL's: it is meant for no other database.
        apart = option(unique, "postgresql", "nulls_not_distinct") if self.name == "postgresql" else None
        if apart is not None:
            found["nulls_distinct"] = not apart
        return found

    def _foreign_key(self, key):
        target, columns = target_of(key)
        return dict(
            compact(
                on_delete=key.ondelete,
                on_update=key.onupdate,
                matching=key.match,
                not_valid=option(key, "postgresql", "not_valid"),
                added_later=bool(key.use_alter),
            ),
            columns=[identifier(element.parent.name) for element in key.elements],
            target=self.qualified(*target),
            target_columns=columns,
        )

    def _exclude(self, exclude):
        parts = []
        for clause, _, operator in exclude._render_exprs:
            part = {"key": self.index_key(clause), "operator": operator}
            if getattr(clause, "key", None) in exclude.ops:
                part["operator_class"] = exclude.ops[clause.key]
            parts.append(part)
        return dict(
            compact(elements=parts, predicate=None if exclude.where is None else self.text(exclude.where)),
            using=exclude.using,
        )

    # -- indexes

    def index_key(self, clause):
        """What an index sorts by: a column, or an expression in the parentheses that the dialect wants."""
        if isinstance(clause, str):
            return {"column": identifier(clause)}
        if clause.__visit_name__ == "column" and not getattr(clause, "is_literal", False):
            return {"column": identifier(clause.name)}
        if self.name in _MYSQL and wants_group(clause):
            from sqlalchemy.sql.elements import Grouping

            clause = Grouping(clause)
        elif self.name == "postgresql":
            clause = clause.self_group()
        return {"expression": self.text(clause)}

    def _index_element(self, index, clause):
        element = {"key": self.index_key(clause)}
        if self.name == "postgresql":
            classes = option(index, "postgresql", "ops") or {}
            element.update(compact(operator_class=classes.get(getattr(clause, "key", None))))
        elif self.name in _MYSQL:
            length = self.mysql_option(index, "length", inherited=False)
            if isinstance(length, dict):
                length = length.get(getattr(clause, "name", None))
            element.update(compact(length=length))
        return element

    def index(self, index):
        """An index's definition."""
        fields = compact(
            name=identifier(index.name),
            elements=[self._index_element(index, clause) for clause in index.expressions],
            unique=bool(index.unique),
        )
        if self.name in _MYSQL:
            fields.update(
                compact(
                    prefix=self.mysql_option(index, "prefix", inherited=False),
                    parser=self.mysql_option(index, "with_parser"),
                    using=self.mysql_option(index, "using"),
                )
            )
        elif self.name == "postgresql":
            fields.update(
                compact(
                    using=option(index, "postgresql", "using") or None,
                    include=names_of(option(index, "postgresql", "include")),
                    parameters={
                        key: str(value) for key, value in (option(index, "postgresql", "with") or {}).items()
                    },
                    tablespace=identifier(option(index, "postgresql", "tablespace")),
                    predicate=self._predicate(option(index, "postgresql", "where")),
                )
            )
            apart = option(index, "postgresql", "nulls_not_distinct")
            if apart is not None:
                fields["nulls_distinct"] = not apart
        else:
            fields.update(compact(predicate=self._predicate(option(index, "sqlite", "where"))))
        return fields

    def _predicate(self, where):
        return None if where is None else self.text(where)

    def mysql_option(self, item, name, inherited=True):
        """An option of MySQL's; MariaDB has those of MySQL that it does not set itself."""
        found = option(item, self.name, name)
        if found is None and inherited and self.name == "mariadb":
            return option(item, "mysql", name)
        return found

    # -- tables

    def is_for(self, item):
        """Whether an item is made on this database: `ddl_if()` may say it is not."""
        given = getattr(item, "_ddl_if", None)
        if given is None:
            return True
        dialects, rule = given[0], given[1]
        if dialects is not None and self.name not in ((dialects,) if isinstance(dialects, str) else dialects):
            return False
        return rule is None or bool(rule(item, item, None, state=given[2], dialect=self.dialect))

    def constraints(self, table):
        """A table's constraints: the key first, the others as they were made."""
        return [self.constraint(one) for one in constraints_of(table) if self.is_for(one)]

    def made_indexes(self, table):
        """The indexes that are made on this database, by name: a table keeps a set of them. One that is stated twice, such
        as by `index=True` and by an `Index` of the same name, is one."""
        found, stated = [], []
        for one in indexes_of(table):
            if self.is_for(one):
                data = self.index(one)
                meaning = dict(data, name=plain(data.get("name")))
                if data.get("name") is None or meaning not in stated:
                    found.append(one)
                    stated.append(meaning)
        return found

    def indexes(self, table):
        """A table's indexes."""
        return [self.index(one) for one in self.made_indexes(table)]

    def table(self, table, wanted=None):
        """A table; `wanted` are the names of the columns that are its own, where others stand for the targets of keys."""
        columns = [column for column in table.columns if wanted is None or column.name in wanted]
        return dict(
            compact(
                constraints=self.constraints(table),
                indexes=self.indexes(table),
                comment=table.comment,
                prefixes=list(getattr(table, "_prefixes", ())),
                options=table_options(table),
            ),
            name=self.qualified(table.name, table.schema),
            columns=[self.column(column) for column in columns],
        )


def option(item, dialect, name):
    """An option of a dialect's that stands on an item, such as `postgresql_where`; None where it does not."""
    if not item.dialect_options:
        # Nearly every item: asking for the view of all of them takes longer than everything else about a column.
        return None
    return dict(item.dialect_kwargs).get("%s_%s" % (dialect, name))


def constraints_of(table):
    """A table's constraints: the key first, the others as they were made."""
    found = getattr(table, "_sorted_constraints", None)
    if found is None:
        found = sorted(table.constraints, key=lambda one: getattr(one, "_creation_order", 0))
    rest = [one for one in found if one is not table.primary_key]
    return ([table.primary_key] if len(table.primary_key.columns) else []) + rest


def indexes_of(table):
    """A table's indexes by name."""
    return sorted(table.indexes, key=lambda index: index.name or "")


def constraint_name(constraint):
    """A constraint's name, by the naming convention where that gives one."""
    name = constraint.name
    if name is not None and not isinstance(name, str):
        # Left open until the statement is written: the CHECK that comes with a type.
        try:
            from sqlalchemy.sql.naming import _constraint_name_for_table
        except ImportError:
            from sqlalchemy.schema.naming import written_name

            return identifier(written_name(constraint))
        name = _constraint_name_for_table(constraint, constraint.table)
    return identifier(name)


def bound_column(check):
    """The column whose type brings the CHECK along; None for one that the model states."""
    if not getattr(check, "_type_bound", False):
        return None
    column = getattr(check, "_bound_column", None)
    return list(check.columns)[0] if column is None else column


def condition_of_type(column):
    """What a type's own CHECK says."""
    waiting = [column.type]
    while waiting:
        given = waiting.pop(0)
        if hasattr(given, "enums") and getattr(given, "create_constraint", True):
            return {"one_of": {"column": identifier(column.name), "values": list(given.enums)}}
        waiting += [inner for inner in (getattr(given, "impl", None),) if inner is not None and inner is not given]
        waiting += list((getattr(given, "_variant_mapping", None) or {}).values())
    return {"zero_or_one": {"column": identifier(column.name)}}


def deferral(constraint):
    """When a constraint is tested."""
    fields = {}
    if constraint.deferrable is not None:
        fields["deferrable"] = constraint.deferrable
    if constraint.initially is not None:
        fields["initially"] = constraint.initially
    return fields


def sequence_options(options):
    """How a sequence or identity counts."""
    found = {
        "increment": options.increment,
        "start": options.start,
        "minimum": options.minvalue,
        "maximum": options.maxvalue,
        "no_minimum": options.nominvalue,
        "no_maximum": options.nomaxvalue,
        "cache": options.cache,
        "cycle": options.cycle,
    }
    return {name: value for name, value in found.items() if value is not None}


def conflict(constraint, name):
    """SQLite's conflict clause: the constraint's own, or the option of its only column."""
    action = option(constraint, "sqlite", "on_conflict")
    columns = list(constraint.columns)
    if action is None and len(columns) == 1:
        action = option(columns[0], "sqlite", name)
    return action


def names_of(columns):
    """The names of columns, or of what stands for them."""
    return [identifier(getattr(column, "name", column)) for column in columns or []]


def target_of(key):
    """Name and schema of the table that a foreign key leads to, and its columns, in data."""
    from sqlalchemy.exc import InvalidRequestError

    try:
        columns = [element.column for element in key.elements]
    except InvalidRequestError:
        # The table is in no metadata; the model knows its name.
        parts = [element.target_fullname.rpartition(".") for element in key.elements]
        schema, _, table = parts[0][0].rpartition(".")
        return (table, schema or None), [column for _, _, column in parts]
    table = columns[0].table
    return (table.name, table.schema), [identifier(column.name) for column in columns]


def wants_group(clause):
    """Whether MySQL wants parentheses around an expression of an index."""
    from sqlalchemy.sql import operators
    from sqlalchemy.sql.elements import BinaryExpression, UnaryExpression
    from sqlalchemy.sql.functions import FunctionElement

    if isinstance(clause, (BinaryExpression, FunctionElement)):
        return True
    ordering = (operators.desc_op, operators.asc_op)
    return isinstance(clause, UnaryExpression) and clause.modifier not in ordering


def table_options(table):
    """What only some databases know about a table."""
    given = dict(table.dialect_kwargs)
    if not given:
        return None
    inherits = given.get("postgresql_inherits") or []
    inherits = inherits if isinstance(inherits, (list, tuple)) else [inherits]
    postgres = compact(
        inherits=[qualified(name) for name in inherits],
        partition_by=given.get("postgresql_partition_by"),
        using=given.get("postgresql_using"),
        on_commit=given.get("postgresql_on_commit"),
        tablespace=identifier(given.get("postgresql_tablespace")),
    )
    if given.get("postgresql_with_oids") is not None:
        postgres["with_oids"] = given["postgresql_with_oids"]

    def prefixed(prefix):
        return [
            {"name": key[len(prefix) :].upper(), "value": str(value)}
            for key, value in given.items()
            if key.startswith(prefix)
        ]

    return compact(
        sqlite=compact(
            strict=given.get("sqlite_strict", False),
            without_rowid=not given.get("sqlite_with_rowid", True),
            autoincrement=given.get("sqlite_autoincrement", False),
        ),
        postgresql=postgres,
        mysql=prefixed("mysql_"),
        mariadb=prefixed("mariadb_"),
    )
