"""How relationships are loaded: when touched, or together for many objects."""

from sqlalchemy.sql.expression import literal

from .clauses import replace
from .exc import DetachedInstanceError, state_text
from .join_condition import MANYTOONE
from .loading import fetch
from .state import NO_VALUE, instance_state

_BATCH = 500


def lazy_load(prop, state):
    """The related object or list for an attribute that is not loaded."""
    prop.configure()
    strategy = prop.lazy
    options = state.load_options
    if options is not None:
        strategy = options.strategy_of(state.mapper, prop.key, ()) or strategy
    if strategy == "noload":
        return [] if prop.uselist else None
    if strategy in ("raise", "raise_on_sql"):
        if strategy == "raise" or not _simple_get(prop):
            from sqlalchemy.exc import InvalidRequestError

            raise InvalidRequestError(f"'{prop}' is not available due to lazy='{strategy}'")
    session = state.session_ref
    if session is None:
        raise DetachedInstanceError(
            f"Parent instance {state_text(state)} is not bound to a Session; lazy load operation of attribute "
            f"'{prop.key}' cannot proceed"
        )
    if prop.direction is MANYTOONE and _simple_get(prop):
        ident = _identity(prop, state)
        if ident is None:
            return None
        mapper = prop.mapper
        known = session.identity_map.get(mapper.identity_key_from_primary_key(ident))
        if known is not None:
            return known if mapper.class_ is mapper.base_mapper.class_ or isinstance(known, mapper.class_) else None
        session._autoflush()
        from .loading import get_by_identity

        return get_by_identity(session, mapper, ident)
    values = [_value(state, column) for column in prop.condition.local_columns]
    if all(value is None for value in values):
        return [] if prop.uselist else None
    session._autoflush()
    found = fetch(session, prop.mapper, _clauses(prop, state), prop.order_by, _sources(prop))
    if prop.uselist:
        return found
    if len(found) > 1:
        import warnings

        from sqlalchemy.exc import SAWarning

        warnings.warn(f"Multiple rows returned with uselist=False for lazily-loaded attribute '{prop}' ", SAWarning)
    return found[0] if found else None


def _simple_get(prop):
    """Whether the other side is found by its primary key alone."""
    known = prop.__dict__.get("_by_key")
    if known is None:
        remote = [column for _, column in prop.condition.local_remote_pairs]
        target = prop.mapper
        equal = set()
        for column in remote:
            owner = target._by_column.get(column)
            equal.update(owner.columns if owner is not None else (column,))
        same = prop.secondary is None and all(column in equal for column in target.primary_key)
        known = same and len(remote) == len(target.primary_key) and prop.given_primaryjoin is None
        if same and not known and len(remote) == len(target.primary_key):
            from .clauses import columns_of

            involved = set(columns_of(prop.primaryjoin))
            known = len(involved) == 2 * len(remote) and _only_equalities(prop.primaryjoin)
        prop._by_key = known
    return known


def _only_equalities(clause):
    from .clauses import column_pairs, walk

    pairs = len(list(column_pairs(clause)))
    return not any(type(one).__name__ == "BindParameter" for one in walk(clause)) and pairs > 0


def _identity(prop, state, committed=False):
    target = prop.mapper
    by_remote = {}
    for local, remote in prop.condition.local_remote_pairs:
        owner = target._by_column.get(remote)
        for column in owner.columns if owner is not None else (remote,):
            by_remote[column] = local
    ident = []
    for column in target.primary_key:
        value = _value(state, by_remote[column], committed)
        if value is None:
            return None
        ident.append(value)
    return tuple(ident)


def _value(state, column, committed=False):
    """The object's value for a column of its tables."""
    key = state.mapper.property_of_column(column).key
    if committed and key in state.committed and state.committed[key] is not NO_VALUE:
        return state.committed[key]
    have = state.dict
    if key in have:
        return have[key]
    obj = state.obj()
    return getattr(obj, key) if obj is not None else None


def known_target(prop, state):
    """The related object when it is in memory; never asks the database."""
    if not _simple_get(prop) or state.session_ref is None:
        return NO_VALUE
    key = prop.condition.local_remote_pairs[0][0]
    name = state.mapper.property_of_column(key).key
    if name not in state.dict and name not in state.committed:
        return NO_VALUE
    ident = _identity(prop, state, committed=True)
    if ident is None:
        return None
    found = state.session_ref.identity_map.get(prop.mapper.identity_key_from_primary_key(ident))
    return NO_VALUE if found is None else found


def parent_clause(prop, state):
    """The condition that a row belongs to the object, as one expression."""
    from .clauses import and_all

    prop.configure()
    return and_all(_clauses(prop, state))


def _clauses(prop, state):
    """Conditions on the target for one parent: its columns become values."""
    local = prop.condition.local_side(prop.primaryjoin)

    def change(element):
        if getattr(element, "__hash__", None) is not None and element in local:
            return literal(_value(state, element), element.type)
        return None

    clauses = [replace(prop.primaryjoin, change)]
    if prop.secondary is not None:
        clauses.append(prop.secondaryjoin)
    return clauses


def _sources(prop):
    return () if prop.secondary is None else (prop.secondary,)


# many at once -----------------------------------------------------------------------------------


def eager(session, mapper, objects, options, path=()):
    """Loads relationships that options or the mapping want loaded together with their owners."""
    wanted = options.eager(mapper, path) if options is not None else {}
    for key, prop in mapper.props.items():
        if prop.is_relationship and key not in wanted and prop.lazy in ("joined", "selectin", "subquery", "immediate"):
            if options is None or options.strategy_of(mapper, key, path) is None:
                if len(path) < 4 and key not in path:
                    wanted[key] = prop
    for key in wanted:
        states = {}
        for obj in objects:
            state = instance_state(obj)
            if key in state.mapper.props and key not in obj.__dict__:
                states[id(state)] = state
        states = list(states.values())
        for start in range(0, len(states), _BATCH):
            _load_batch(session, states[start].mapper.props[key], states[start:start + _BATCH], options, path + (key,))
        if not states and options is not None and options.goes_below(path + (key,)):
            below = [one for obj in objects for one in instance_state(obj).mapper.props[key].members_of(instance_state(obj))]
            if below:
                eager(session, instance_state(objects[0]).mapper.props[key].mapper, below, options, path + (key,))


def _load_batch(session, prop, states, options, path):
    prop.configure()
    if prop.lazy in ("dynamic", "write_only"):
        return
    pairs = prop.condition.local_remote_pairs
    target = prop.mapper
    if prop.secondary is None and len(pairs) == 1 and _plain_join(prop):
        local, remote = pairs[0]
        by_value = {}
        for state in states:
            value = _value(state, local)
            if value is None:
                prop.set_loaded(state, state.dict, [] if prop.uselist else None)
            else:
                by_value.setdefault(value, []).append(state)
        if not by_value:
            return
        session._autoflush()
        found = fetch(session, target, [remote.in_(list(by_value))], prop.order_by, (), options, path)
        remote_key = target.property_of_column(remote).key
        groups = {}
        for obj in found:
            groups.setdefault(getattr(obj, remote_key), []).append(obj)
        for value, owners in by_value.items():
            items = groups.get(value, [])
            for state in owners:
                if prop.key not in state.dict:
                    prop.set_loaded(state, state.dict, items if prop.uselist else items[0] if items else None)
        return
    session._autoflush()
    for state in states:
        if prop.key in state.dict:
            continue
        if all(_value(state, column) is None for column in prop.condition.local_columns):
            prop.set_loaded(state, state.dict, [] if prop.uselist else None)
            continue
        found = fetch(session, target, _clauses(prop, state), prop.order_by, _sources(prop), options, path)
        prop.set_loaded(state, state.dict, found if prop.uselist else found[0] if found else None)


def _plain_join(prop):
    from .clauses import columns_of

    return len(set(columns_of(prop.primaryjoin))) == 2 and _only_equalities(prop.primaryjoin)
