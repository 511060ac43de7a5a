"""Does the operations of a batch.

SQLite's tables are rebuilt by the engine, which joins changes of one table that come one after another; so what would
stand between them goes to the front or to the end.
"""

from limbeck_runtime import operation_data as data
from limbeck_runtime.apply import apply_in


def do_batch(batch):
    """Does the operations of a batch, as one change of the table where it has to be copied."""
    if not batch._should_recreate():
        for kind, operation, subject, place in batch.batch:
            batch.impl._apply(kind, operation, subject, place)
        return
    _refuse(batch)
    if batch.context.as_sql or batch.copy_from is not None or batch.dialect.name != "sqlite":
        from limbeck_runtime.batch_copy import copy_table

        copy_table(batch)
        return
    operations = _named_by_convention(batch) if batch.naming_convention else batch.batch
    operations = _replacing(_without_known_key(operations, batch), batch)
    first = [one for one in operations if one[0] == "drop_index"]
    last = [one for one in operations if one[0] == "create_index"]
    between = _additions_first([one for one in operations if one[0] not in ("drop_index", "create_index")])
    # Alembic makes the table anew, and what reads its stored text afterwards expects that.
    stated = [subject.column.name for kind, _, subject, _ in operations if kind == "add_column"]
    stated += [subject.name for kind, _, subject, _ in operations if kind == "add_constraint" and subject.name]
    restate = data.restate_table(batch.table_name, batch.schema, stated)
    moved = [] if batch.partial_reordering else _moved(batch, operations)
    everything = first + between + moved + _table_arguments(batch) + [("restate_table", restate, None, None)] + last
    place = next((place for _, _, _, place in everything if place is not None), None)
    apply_in(batch.context, [operation for _, operation, _, _ in everything], place)
    if batch.partial_reordering:
        _reorder(batch)


def _additions_first(operations):
    """New columns before changes of other columns, which are then one change together with what follows."""
    added, changed = [], []
    for one in operations:
        kind, operation = one[0], one[1]
        if kind == "add_column" and "position" not in operation:
            added.append(one)
        elif kind == "alter_column" and "new_name" not in operation and "position" not in operation:
            changed.append(one)
        else:
            return operations
    names = [one[1]["column"]["name"] for one in added]
    # A name may also be said to be quoted: what cannot be told apart at once stays as it is.
    altered = [one[1]["column"] for one in changed]
    if any(not isinstance(name, str) for name in names + altered):
        return operations
    if {name.lower() for name in names} & {name.lower() for name in altered}:
        return operations
    return added + changed


def _replacing(operations, batch):
    """A constraint takes the place of one of its name, and a primary key that of the one there is, as in Alembic's copy."""
    found = []
    for one in operations:
        kind, operation, subject, place = one
        if kind == "add_constraint" and subject.name is not None:
            visit = subject.__visit_name__
            name = None if visit == "primary_key_constraint" else subject.name
            drop = data.drop_constraint(name, batch.table_name, visit, batch.schema, if_exists=True)
            found.append(("drop_constraint", drop, subject, place))
        found.append(one)
    return found


def _without_known_key(operations, batch):
    """A primary key over columns that the batch renames stays what it is where the table has it already, name included."""
    renamed = {
        subject.column_name: subject.modify_name
        for kind, _, subject, _ in operations
        if kind == "alter_column" and subject.modify_name is not None
    }
    found = []
    for one in operations:
        if renamed and one[0] == "add_constraint" and one[2].__visit_name__ == "primary_key_constraint":
            names = {column.name for column in one[2].columns}
            if names & set(renamed.values()) and names == {renamed.get(name, name) for name in _key_columns(batch)}:
                continue
        found.append(one)
    return found


def _key_columns(batch):
    from sqlalchemy.inspection import inspect

    key = inspect(batch.operations.get_bind()).get_pk_constraint(batch.table_name, schema=batch.schema)
    return key["constrained_columns"]


def _moved(batch, operations):
    """Where columns have to go so that they stand as in Alembic's copy.

    There a new column comes after the last of those that were there. When the batch drops that one later, nothing holds
    the new column at the end: it comes before every column that another one holds.
    """
    kinds = [kind for kind, _, _, _ in operations]
    if "add_column" not in kinds or "drop_column" not in kinds[kinds.index("add_column") :]:
        return []
    from limbeck_runtime.batch_copy import Order, ordered
    from sqlalchemy.inspection import inspect

    inspector = inspect(batch.operations.get_bind())
    order = Order([one["name"] for one in inspector.get_columns(batch.table_name, schema=batch.schema)])
    names = {}
    for kind, _, subject, _ in operations:
        if kind == "add_column":
            order.add(subject.column.name, subject.kw.get("insert_before"), subject.kw.get("insert_after"))
        elif kind == "drop_column":
            order.drop(subject.column_name)
        elif kind == "alter_column" and subject.modify_name is not None:
            names[subject.column_name] = subject.modify_name
    wanted = ordered(order.columns, order.pairs + list(zip(order.known, order.known[1:])))
    if wanted == order.columns:
        return []
    found, before = [], None
    for name in (names.get(name, name) for name in wanted):
        operation = {
            "operation": "alter_column",
            "table": data.qualified(batch.table_name, batch.schema),
            "column": data.identifier(name),
            "position": "first" if before is None else {"after": before},
        }
        found.append(("alter_column", operation, None, None))
        before = data.identifier(name)
    return found


def _refuse(batch):
    for kind, _, subject, _ in batch.batch:
        if kind == "rename_table":
            raise NotImplementedError("TODO")
        if kind == "add_constraint" and not subject._type_bound and not isinstance(subject.name, str):
            raise ValueError("Constraint must have a name")
        if kind == "drop_constraint" and not subject.name:
            raise ValueError("Constraint must have a name")


def _table_arguments(batch):
    """Constraints and options that the batch gives the table besides."""
    found = []
    dialect = batch.dialect
    if batch.table_args or batch.table_kwargs:
        from sqlalchemy.schema import Column, MetaData, Table

        table = Table(batch.table_name, MetaData(), schema=batch.schema, **batch.table_kwargs)
        for item in batch.table_args:
            if isinstance(item, Column):
                table.append_column(item)
            elif item.__visit_name__ != "index":
                for name in item._pending_colargs:
                    if isinstance(name, str) and name not in table.c:
                        table.append_column(Column(name))
                table.append_constraint(item)
                found.append(("add_constraint", data.add_constraint(item, dialect), item, None))
        options = data.table_options(table)
        if options:
            operation = {"operation": "set_table_options", "table": data.qualified(table.name, table.schema)}
            found.append(("set_table_options", {**operation, "options": options}, table, None))
    return found


# -- constraints without a name


def _named_by_convention(batch):
    """The operations, with the table's nameless constraints named as the convention says, or dropped by that name."""
    from sqlalchemy.schema import MetaData, Table

    connection = batch.operations.get_bind()
    existing = Table(
        batch.table_name, MetaData(), schema=batch.schema, autoload_with=connection, resolve_fks=False
    )
    _with_targets(existing, existing.metadata)
    names = MetaData(naming_convention=batch.naming_convention)
    _with_targets(existing, names)
    named = existing.to_metadata(names)
    dropped = {subject.name: place for kind, _, subject, place in batch.batch if kind == "drop_constraint"}
    renamed, originals = [], {}
    for nameless, new in _pairs(existing, named):
        if new.name in dropped:
            originals[new.name] = _drop(nameless, batch.dialect)
        elif new.name is not None:
            renamed.append(("drop_constraint", _drop(nameless, batch.dialect), nameless, None))
            renamed.append(("add_constraint", data.add_constraint(new, batch.dialect), new, None))
    own = []
    for kind, operation, subject, place in batch.batch:
        if kind == "drop_constraint" and subject.name in originals:
            operation = originals[subject.name]
        own.append((kind, operation, subject, place))
    return renamed + own


def _with_targets(table, metadata):
    """Makes what stands for the tables that foreign keys refer to."""
    from sqlalchemy.schema import Column, Table

    for key in table.foreign_key_constraints:
        for element in key.elements:
            schema, name, column = element._column_tokens
            if name == table.name and schema == table.schema:
                continue
            target = Table(name, metadata, schema=schema, keep_existing=True)
            if column is not None and column not in target.c:
                target.append_column(Column(column))


def _pairs(existing, named):
    """The constraints that have no name, each with the one that a convention named."""
    found = []
    for constraint in existing._sorted_constraints:
        kind = constraint.__visit_name__
        if constraint.name is not None or kind.endswith("check_constraint") or not _key(constraint):
            continue
        for other in named._sorted_constraints:
            if other.__visit_name__ == kind and _key(other) == _key(constraint):
                found.append((constraint, other))
                break
    return found


def _key(constraint):
    return [column.name for column in constraint.columns]


def _drop(constraint, dialect):
    table = constraint.table
    operation = data.drop_constraint(None, table.name, constraint.__visit_name__, table.schema)
    operation["original"] = data.add_constraint(constraint, dialect)["constraint"]
    return operation


# -- the order of columns


def _reorder(batch):
    """Puts the columns in the order that the batch asks for."""
    from sqlalchemy.inspection import inspect

    from limbeck_runtime.batch_copy import ordered

    connection = batch.operations.get_bind()
    columns = [one["name"] for one in inspect(connection).get_columns(batch.table_name, schema=batch.schema)]
    pairs = [pair for group in batch.partial_reordering for pair in zip(group, group[1:])]
    wanted = ordered(columns, pairs)
    if wanted == columns:
        return
    before = None
    for name in wanted:
        operation = {
            "operation": "alter_column",
            "table": data.qualified(batch.table_name, batch.schema),
            "column": name,
            "position": "first" if before is None else {"after": before},
        }
        batch.impl._apply("alter_column", operation)
        before = name
