"""Tables, columns, constraints and indexes as the data that the engine reads."""

from limbeck_autogenerate.names import compact, identifier, qualified
from limbeck_runtime.statement import text_of
from limbeck_runtime.type_data import type_data
from sqlalchemy.schema.item import NULL_UNSPECIFIED
from sqlalchemy.schema.naming import written_name

_MYSQL = ("mysql", "mariadb")


def quote(dialect, name):
    """A name as the dialect writes it."""
    return dialect.identifier_preparer.quote(name)


def expression_text(clause, dialect):
    """An expression as it stands in a definition: names without their table, values in the text."""
    if isinstance(clause, str):
        return clause
    return text_of(clause, dialect, include_table=False)


def default_data(default, dialect):
    """A server default: `None`, text, expression, computed or identity."""
    if default is None:
        return None
    if hasattr(default, "sqltext") and hasattr(default, "persisted"):
        found = compact(expression=expression_text(default.sqltext, dialect))
        if default.persisted is not None:
            found["persisted"] = default.persisted
        return {"computed": found}
    if getattr(default, "is_identity", False):
        return {"identity": compact(always=bool(default.always), options=sequence_options(default))}
    if hasattr(default, "arg"):
        default = default.arg
    if isinstance(default, str):
        return {"literal": str(default)}
    if not hasattr(default, "compile"):
        return None
    return {"expression": text_of(default, dialect)}


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


def column_data(column, dialect):
    """A column's definition."""
    fields = {
        "name": identifier(column.name),
        "data_type": type_data(column.type, dialect),
        "nullable": bool(column.nullable),
        **compact(
            nullable_unstated=column._user_defined_nullable is NULL_UNSPECIFIED,
            default=default_data(column.server_default, dialect),
            comment=column.comment,
            checks=[check_data(check, dialect) for check in column.constraints],
            on_conflict=column.dialect_options["sqlite"]["on_conflict_not_null"] if column.dialect_kwargs else None,
        ),
    }
    if isinstance(column.autoincrement, bool):
        fields["autoincrement"] = column.autoincrement
    return fields


def _deferral(constraint):
    fields = {}
    if constraint.deferrable is not None:
        fields["deferrable"] = constraint.deferrable
    if constraint.initially is not None:
        fields["initially"] = constraint.initially
    return fields


def _name(constraint):
    return identifier(written_name(constraint))


def check_data(check, dialect):
    """A CHECK; one that stands for a type says so."""
    fields = compact(name=_name(check), deferral=_deferral(check))
    if check._type_bound:
        fields["of_type"] = True
        fields["condition"] = _condition_of_type(check)
    else:
        fields["condition"] = {"expression": expression_text(check.sqltext, dialect)}
    if check.dialect_kwargs:
        fields.update(
            compact(
                not_valid=check.dialect_options["postgresql"]["not_valid"],
                on_conflict=check.dialect_options["sqlite"]["on_conflict"],
            )
        )
    return fields


def _condition_of_type(check):
    from sqlalchemy.types.decorator import decorated

    column = check._bound_column
    own = decorated(column.type)
    for variant in [own, *own._variant_mapping.values()]:
        if hasattr(variant, "enums") and variant.create_constraint:
            return {"one_of": {"column": identifier(column.name), "values": list(variant.enums)}}
    return {"zero_or_one": {"column": identifier(column.name)}}


def _names(columns):
    return [identifier(getattr(column, "name", column)) for column in columns or []]


def constraint_data(constraint, dialect):
    """A constraint of a table."""
    visit = constraint.__visit_name__
    common = compact(name=_name(constraint), deferral=_deferral(constraint))
    if visit == "primary_key_constraint":
        return {"primary_key": {**common, **_primary_key(constraint, dialect)}}
    if visit == "unique_constraint":
        return {"unique": {**common, **_unique(constraint, dialect)}}
    if visit == "foreign_key_constraint":
        return {"foreign_key": {**common, **_foreign_key(constraint)}}
    if visit == "exclude_constraint":
        return {"exclude": {**common, **_exclude(constraint, dialect)}}
    return {"check": check_data(constraint, dialect)}


def _primary_key(key, dialect):
    columns = key.columns_autoinc_first if key._implicit_generated else key.columns
    using = None
    if dialect.name in _MYSQL:
        using = key.get_dialect_option(dialect, "using", deprecated_fallback="mysql")
    return {
        "columns": [identifier(column.name) for column in columns],
        **compact(
            include=_names(key.dialect_options["postgresql"]["include"]) if key.dialect_kwargs else None,
            using=using,
            on_conflict=_conflict(key, "on_conflict_primary_key"),
        ),
    }


def _unique(unique, dialect):
    options = unique.dialect_options["postgresql"]
    # The option is PostgreSQL's: it is meant for no other database.
    apart = options["nulls_not_distinct"] if dialect.name == "postgresql" else None
    return {
        "columns": [identifier(column.name) for column in unique.columns],
        **({} if apart is None else {"nulls_distinct": not apart}),
        **compact(include=_names(options["include"]), on_conflict=_conflict(unique, "on_conflict_unique")),
    }


def _conflict(constraint, option):
    """SQLite's conflict clause: the constraint's own, or the option of its only column."""
    action = constraint.dialect_options["sqlite"]["on_conflict"] if constraint.dialect_kwargs else None
    columns = list(constraint.columns)
    if action is None and len(columns) == 1 and columns[0].dialect_kwargs:
        action = columns[0].dialect_options["sqlite"][option]
    return action


def _foreign_key(key):
    target = key.elements[0].column.table
    return {
        "columns": [identifier(element.parent.name) for element in key.elements],
        "target": qualified(target.name, target.schema),
        "target_columns": [identifier(element.column.name) for element in key.elements],
        **compact(
            on_delete=key.ondelete,
            on_update=key.onupdate,
            matching=key.match,
            not_valid=key.dialect_options["postgresql"]["not_valid"] if key.dialect_kwargs else None,
            added_later=bool(key.use_alter),
        ),
    }


def _exclude(exclude, dialect):
    parts = []
    for clause, _, operator in exclude._render_exprs:
        part = {"key": index_key(clause, dialect), "operator": operator}
        if getattr(clause, "key", None) in exclude.ops:
            part["operator_class"] = exclude.ops[clause.key]
        parts.append(part)
    return compact(
        using=exclude.using,
        elements=parts,
        predicate=None if exclude.where is None else expression_text(exclude.where, dialect),
    )


# -- indexes


def index_key(clause, dialect):
    """What an index sorts by: a column, or an expression in the parentheses that the dialect wants."""
    if clause.__visit_name__ == "column" and not clause.is_literal:
        return {"column": identifier(clause.name)}
    if dialect.name in _MYSQL and _wants_group(clause):
        from sqlalchemy.sql.elements import Grouping

        clause = Grouping(clause)
    elif dialect.name == "postgresql":
        clause = clause.self_group()
    return {"expression": expression_text(clause, dialect)}


def _wants_group(clause):
    from sqlalchemy.sql import operators
    from sqlalchemy.sql.elements import BinaryExpression, UnaryExpression
    from sqlalchemy.sql.functions import FunctionElement

    if isinstance(clause, (BinaryExpression, FunctionElement)):
        return True
    ordering = (operators.desc_op, operators.asc_op)
    return isinstance(clause, UnaryExpression) and clause.modifier not in ordering


def _predicate(where, dialect):
    if where is None:
        return None
    if hasattr(where, "__clause_element__"):
        where = where.__clause_element__()
    return expression_text(where, dialect)


def index_data(index, dialect):
    """An index's definition."""
    fields = compact(
        name=identifier(index.name),
        elements=[_index_element(index, clause, dialect) for clause in index.expressions],
        unique=bool(index.unique),
    )
    if dialect.name in _MYSQL:
        fields.update(
            compact(
                prefix=index.get_dialect_option(dialect, "prefix"),
                parser=index.get_dialect_option(dialect, "with_parser", deprecated_fallback="mysql"),
                using=index.get_dialect_option(dialect, "using", deprecated_fallback="mysql"),
            )
        )
    elif dialect.name == "postgresql":
        options = index.dialect_options["postgresql"]
        fields.update(
            compact(
                using=options["using"] or None,
                include=_names(options["include"]),
                parameters={key: str(value) for key, value in (options["with"] or {}).items()},
                tablespace=identifier(options["tablespace"]),
                predicate=_predicate(options["where"], dialect),
            )
        )
        if options["nulls_not_distinct"] is not None:
            fields["nulls_distinct"] = not options["nulls_not_distinct"]
    elif index.dialect_kwargs:
        fields.update(compact(predicate=_predicate(index.dialect_options["sqlite"]["where"], dialect)))
    return fields


def _index_element(index, clause, dialect):
    element = {"key": index_key(clause, dialect)}
    if dialect.name == "postgresql":
        classes = index.dialect_options["postgresql"]["ops"] or {}
        element.update(compact(operator_class=classes.get(getattr(clause, "key", None))))
    elif dialect.name in _MYSQL:
        length = index.get_dialect_option(dialect, "length")
        if isinstance(length, dict):
            length = length.get(getattr(clause, "name", None))
        element.update(compact(length=length))
    return element


def indexes_data(table, dialect):
    """A table's indexes by name: a table keeps a set of them."""
    wanted = [index for index in table.indexes if _is_for(index, dialect)]
    found = sorted(wanted, key=lambda index: index.name or "")
    return [index_data(index, dialect) for index in found]


# -- tables


def constraints_data(table, dialect):
    """A table's constraints: the key first, the others as they were made."""
    constraints = [table.primary_key] if len(table.primary_key.columns) else []
    constraints += [one for one in table._sorted_constraints if one is not table.primary_key]
    return [constraint_data(one, dialect) for one in constraints if _is_for(one, dialect)]


def _is_for(item, dialect):
    """Whether an item is made on this database: `ddl_if()` may say it is not."""
    if item._ddl_if is None:
        return True
    names, rule, state = item._ddl_if
    if names is not None and dialect.name not in ((names,) if isinstance(names, str) else names):
        return False
    return rule is None or bool(rule(item, item, None, state=state, dialect=dialect))


def table_data(table, dialect, wanted=None):
    """A table; `wanted` are the names of the columns that are its own, where others stand for the targets of keys."""
    columns = [column for column in table.columns if wanted is None or column.name in wanted]
    return {
        "name": qualified(table.name, table.schema),
        **compact(
            columns=[column_data(column, dialect) for column in columns],
            constraints=constraints_data(table, dialect),
            indexes=indexes_data(table, dialect),
            comment=table.comment,
            prefixes=list(table._prefixes),
            options=table_options(table) if table.dialect_kwargs else None,
        ),
    }


def table_options(table):
    """What only some databases know about a table."""
    lite, pg = table.dialect_options["sqlite"], table.dialect_options["postgresql"]
    inherits = pg["inherits"] or []
    inherits = inherits if isinstance(inherits, (list, tuple)) else [inherits]
    postgres = compact(
        inherits=[qualified(name) for name in inherits],
        partition_by=pg["partition_by"],
        using=pg["using"],
        on_commit=pg["on_commit"],
        tablespace=identifier(pg["tablespace"]),
    )
    if pg["with_oids"] is not None:
        postgres["with_oids"] = pg["with_oids"]

    def prefixed(prefix):
        return [
            {"name": key[len(prefix) :].upper(), "value": str(value)}
            for key, value in table.kwargs.items()
            if key.startswith(prefix)
        ]

    return compact(
        sqlite=compact(
            strict=lite["strict"],
            without_rowid=not lite["with_rowid"],
            autoincrement=lite["autoincrement"],
        ),
        postgresql=postgres,
        mysql=prefixed("mysql_"),
        mariadb=prefixed("mariadb_"),
    )
