"""``bulk_save_objects`` and its kin: rows in bulk, past the unit of work."""

from sqlalchemy.sql.expression import bindparam
from sqlalchemy.sql.expression import insert as sql_insert
from sqlalchemy.sql.expression import update as sql_update

from .clauses import and_all
from .persistence import changed_columns, column_attributes, insert_values, python_default
from .state import instance_state


def save_objects(session, objects, return_defaults, update_changed_only):
    """Inserts the new objects and updates the others, in runs of one kind."""
    groups = []
    for obj in objects:
        state = instance_state(obj)
        mark = (state.mapper, state.key is not None)
        if groups and groups[-1][0] == mark:
            groups[-1][1].append(state)
        else:
            groups.append((mark, [state]))
    session._begin_if_idle()
    for (mapper, known), states in groups:
        if known:
            _update_objects(session, mapper, states, update_changed_only)
        else:
            _insert_objects(session, mapper, states, return_defaults)


def _insert_objects(session, mapper, states, return_defaults):
    connection = session._connection_for(mapper)
    if return_defaults or len(mapper.tables) > 1:
        from .persistence import _take_key

        for state in states:
            for table in mapper.tables:
                row, expressions, _ = insert_values(connection, mapper, table, state, True)
                statement = sql_insert(table)
                statement = statement.values(expressions) if expressions else statement
                _take_key(mapper, table, state, connection.execute(statement, row))
        return
    table = mapper.tables[0]
    rows = []
    for state in states:
        row, expressions, _ = insert_values(connection, mapper, table, state, False)
        if expressions:
            _insert_rows(connection, table, rows)
            rows = []
            connection.execute(sql_insert(table).values(expressions), row)
        else:
            rows.append(row)
    _insert_rows(connection, table, rows)


def _insert_rows(connection, table, rows):
    for part in _runs(rows):
        connection.execute(sql_insert(table), part if len(part) > 1 else part[0])


def _runs(rows):
    """Rows with the same columns, together."""
    groups = []
    for row in rows:
        if groups and groups[-1][0].keys() == row.keys():
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _update_objects(session, mapper, states, update_changed_only):
    mappings = []
    for state in states:
        values = {}
        for table in mapper.tables:
            if update_changed_only:
                for key, value in changed_columns(mapper, table, state).values():
                    values[key] = value
            else:
                for key, _, _ in column_attributes(mapper, table):
                    if key in state.dict:
                        values[key] = state.dict[key]
        if values:
            values.update(zip(mapper.primary_key_names(), state.key[1]))
            mappings.append(values)
    update_mappings(session, mapper, mappings)


def insert_mappings(session, mapper, mappings, render_nulls, return_defaults):
    """Inserts rows from dictionaries of attribute values."""
    session._begin_if_idle()
    connection = session._connection_for(mapper)
    for table in mapper.tables:
        rows = []
        for mapping in mappings:
            row = {}
            for key, prop, column in column_attributes(mapper, table):
                if key in mapping and (mapping[key] is not None or render_nulls or column.default is None):
                    row[column.key] = mapping[key]
                elif column.default is not None:
                    known, value = python_default(column.default, connection, column, row)
                    if known:
                        row[column.key] = value
                elif column.server_default is None and not column.primary_key:
                    row[column.key] = None
                if mapper.polymorphic_identity is not None and column is mapper.polymorphic_on:
                    row.setdefault(column.key, mapper.polymorphic_identity)
            rows.append(row)
        if len(mapper.tables) > 1 or return_defaults:
            for mapping, row in zip(mappings, rows):
                result = connection.execute(sql_insert(table), row)
                for name, value in zip(mapper.primary_key_names(), result.inserted_primary_key or ()):
                    mapping.setdefault(name, value)
        else:
            _insert_rows(connection, table, rows)


def update_mappings(session, mapper, mappings):
    """Updates rows by primary key from dictionaries of attribute values."""
    session._begin_if_idle()
    connection = session._connection_for(mapper)
    primary = mapper.primary_key_names()
    for table in mapper.tables:
        attributes = {key: column for key, _, column in column_attributes(mapper, table)}
        keys = [mapper.property_of_column(column).key for column in table.primary_key.columns]
        rows = []
        for mapping in mappings:
            row = {}
            for key, value in mapping.items():
                if key in attributes and key not in primary:
                    row["set_" + key] = value
            if not row:
                continue
            for key, column in attributes.items():
                if column.onupdate is not None and "set_" + key not in row:
                    known, value = python_default(column.onupdate, connection, column, row)
                    if known:
                        row["set_" + key] = value
            for key in keys:
                row["pk_" + key] = mapping[key]
            rows.append(row)
        for part in _runs(rows):
            values = {
                attributes[name[4:]]: bindparam(name, type_=attributes[name[4:]].type)
                for name in part[0] if name.startswith("set_")
            }
            where = [
                column == bindparam("pk_" + key, type_=column.type) for column, key in zip(table.primary_key.columns, keys)
            ]
            statement = sql_update(table).where(and_all(where)).values(values)
            connection.execute(statement, part if len(part) > 1 else part[0])
