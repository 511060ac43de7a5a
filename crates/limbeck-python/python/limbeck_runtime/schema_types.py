"""Types that a schema defines (PostgreSQL's enums and domains), created and dropped for themselves."""

from limbeck_autogenerate.names import compact, qualified
from limbeck_runtime.type_data import type_data
from sqlalchemy.types.decorator import decorated


def own_type(given, dialect):
    """The enum or domain that a database with such types has for `given`; `None` where it has none."""
    if dialect.name != "postgresql":
        return None
    while True:
        given = given._variant_mapping.get(dialect.name, given)
        if given._is_type_decorator:
            given = given.type_engine(dialect)
        elif given._is_array:
            given = given.item_type
        else:
            break
    given = decorated(given)
    if given.__visit_name__ == "DOMAIN":
        return given
    if hasattr(given, "enums") and given.native_enum and given.name:
        return given
    return None


def type_operation(given, dialect, creates):
    """The operation that creates or drops a type."""
    if given.__visit_name__ == "DOMAIN":
        if creates:
            return {"operation": "create_domain", "domain": _domain(given, dialect)}
        return {"operation": "drop_domain", "name": qualified(given.name, given.schema)}
    name = qualified(given.name, given.schema)
    if creates:
        return {"operation": "create_enum", "enum_type": {"name": name, "values": list(given.enums)}}
    return {"operation": "drop_enum", "name": name}


def _domain(given, dialect):
    from limbeck_runtime.schema_data import default_data, expression_text

    checks = []
    if given.check is not None:
        checks.append(
            compact(name=given.constraint_name)
            | {"condition": {"expression": expression_text(given.check, dialect)}}
        )
    return {
        "name": qualified(given.name, given.schema),
        "data_type": type_data(given.data_type, dialect),
        **compact(
            collation=given.collation,
            default=default_data(given.default, dialect),
            not_null=bool(given.not_null),
            checks=checks,
        ),
    }


def type_exists(connection, name, schema):
    """Whether the database has a type of that name."""
    return bool(_of_type(connection, name, schema, "1"))


def labels_of(connection, name, schema):
    """The labels of the enum of that name, in their order; `None` where there is no enum of that name."""
    labels = "LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid"
    found = _of_type(connection, name, schema, "e.enumlabel", labels, " AND t.typtype = 'e' ORDER BY e.enumsortorder")
    return [row[0] for row in found if row[0] is not None] if found else None


def _of_type(connection, name, schema, selected, joined="", rest=""):
    """What the catalogue knows of the type of that name; without a schema, of the one that the search path finds."""
    from sqlalchemy.sql.elements import TextClause

    if schema is None:
        where, values = "pg_catalog.pg_type_is_visible(t.oid)", {}
    else:
        where, values = "n.nspname = :schema", {"schema": str(schema)}
    statement = TextClause(
        f"SELECT {selected} FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace {joined} "
        f"WHERE t.typname = :name AND {where}{rest}"
    )
    return connection.execute(statement, {"name": str(name), **values}).fetchall()


def create_type(given, bind, checkfirst):
    """Creates the database's own type for `given`, unless it is there and that is asked for."""
    _change(given, bind, checkfirst, True)


def drop_type(given, bind, checkfirst):
    """Drops the database's own type for `given`, unless it is not there and that is asked for."""
    _change(given, bind, checkfirst, False)


def _change(given, bind, checkfirst, creates):
    from limbeck_runtime.schema_run import connected

    with connected(bind) as runner:
        runner.change_type(given, checkfirst, creates)
