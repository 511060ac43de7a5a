"""UPDATE and DELETE with a condition, and what they mean for objects in the session."""

from sqlalchemy.sql.expression import delete as sql_delete
from sqlalchemy.sql.expression import select
from sqlalchemy.sql.expression import update as sql_update

from .joins import element_of
from .state import instance_state
from .util import entity_of


def _resolve(target):
    """(entity or None, table) of what a query is about."""
    entity = entity_of(target)
    if entity is None and getattr(target, "is_attribute", False):
        entity = target.parent
    if entity is None:
        return None, element_of(target)
    return entity, entity.mapper.local_table if not getattr(entity, "is_aliased_class", False) else entity.selectable


def _conditions(entity, where):
    clauses = list(where)
    if entity is not None:
        single = entity.mapper.single_criterion()
        if single is not None:
            clauses.append(single)
    return clauses


def update_where(session, target, where, values, options, synchronize):
    """``query.update()``: the number of rows."""
    session._autoflush()
    entity, table = _resolve(target)
    statement = sql_update(table)
    for clause in _conditions(entity, where):
        statement = statement.where(clause)
    statement = statement.values(column_values(entity, table, values))
    mapper = entity.mapper if entity is not None else None
    result = session._connection_for(mapper).execute(statement)
    if mapper is not None and synchronize is not False:
        expire_loaded(session, mapper)
    return result.rowcount


def column_values(entity, table, values):
    """Values by column, from attribute names, attributes or columns."""
    found = {}
    for key, value in values.items() if isinstance(values, dict) else values:
        if isinstance(key, str):
            prop = entity.mapper.props.get(key) if entity is not None else None
            column = prop.columns[0] if prop is not None else table.c[key]
        else:
            column = element_of(key)
        found[column] = value
    return found


def delete_where(session, target, where, synchronize):
    """``query.delete()``: the number of rows."""
    session._autoflush()
    entity, table = _resolve(target)
    clauses = _conditions(entity, where)
    mapper = entity.mapper if entity is not None else None
    connection = session._connection_for(mapper)
    gone = matching(session, connection, mapper, clauses) if mapper is not None and synchronize is not False else []
    statement = sql_delete(table)
    for clause in clauses:
        statement = statement.where(clause)
    result = connection.execute(statement)
    for state in gone:
        _removed(session, state)
    return result.rowcount


def expire_loaded(session, mapper):
    """Objects of the mapper are read again when they are used."""
    for state in session.identity_map.all_states():
        if state.mapper.isa(mapper) or mapper.isa(state.mapper):
            keys = [
                key for key, prop in state.mapper.props.items()
                if prop.is_column and key not in state.committed and not any(one in set(mapper.primary_key) for one in prop.columns)
            ]
            relationships = [k for k, p in state.mapper.props.items() if p.is_relationship and not p.uselist and k not in state.committed]
            state.expire(keys + relationships)


def matching(session, connection, mapper, clauses):
    """The states in the session whose rows fulfil the conditions."""
    loaded = [state for state in session.identity_map.all_states() if state.mapper.isa(mapper)]
    if not loaded:
        return []
    query = select(*mapper.primary_key)
    if len(mapper.tables) > 1:
        query = query.select_from(mapper.persist_selectable)
    for clause in clauses:
        query = query.where(clause)
    keys = {tuple(row) for row in connection.execute(query).all()}
    return [state for state in loaded if state.key[1] in keys]


def _removed(session, state):
    from .persistence import _became_deleted

    _became_deleted(session, state)


__all__ = ["update_where", "delete_where", "instance_state"]
