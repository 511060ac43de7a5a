"""PostgreSQL's enums that come with a new table: each is created once in a run.

Alembic remembers within a run which of them it has created, and creates all the others whatever the database holds. So a history
that uses an enum in two tables runs as a whole and not revision by revision. Here an enum that is there with the same labels is
taken as it is, too.
"""

from limbeck_autogenerate.names import qualified
from limbeck_runtime.schema_types import labels_of, own_type


def leave_out_existing(impl, table, operation):
    """Let `operation`, which creates `table`, create only the enums that are not there."""
    created = impl.memo.setdefault("enums", set())
    for column in table.columns:
        given = own_type(column.type, impl.dialect)
        if given is None or given.__visit_name__ == "DOMAIN" or not given.create_type:
            continue
        known = (given.schema, given.name) in created
        created.add((given.schema, given.name))
        # A connection that only stands for one has nobody to ask.
        if impl.context.as_sql or not hasattr(impl.connection, "_bind"):
            is_there = known
        else:
            labels = labels_of(impl.connection, given.name, given.schema)
            is_there = labels is not None and (known or labels == list(given.enums))
        if is_there:
            already_created(operation, qualified(given.name, given.schema))


def already_created(operation, only=None):
    """The enums of a new table are there by now, all or the named one: it brings none along."""
    for enum in _enums(operation["table"].get("columns", ())):
        if only in (None, enum.get("name")):
            enum["create_type"] = False


def _enums(data):
    """The enums anywhere in the data of columns, those in arrays and variants included."""
    if isinstance(data, dict):
        enum = data.get("enum")
        if isinstance(enum, dict) and "values" in enum:
            if enum.get("native", True):
                yield enum
            return
        data = data.values()
    elif not isinstance(data, (list, tuple)):
        return
    for inside in data:
        yield from _enums(inside)
