"""``session.merge``: copies an object's values onto the session's own object."""

from .relationships import members
from .state import instance_state


def merge(session, state, load, done):
    """The session's object for `state`, with its values."""
    if state in done:
        return done[state]
    if state.session_ref is session:
        return state.obj()
    from .mapper import configure_reached

    mapper = state.mapper
    configure_reached(mapper)
    given = state.obj()
    have = given.__dict__
    key = state.key
    if key is None:
        ident = [have.get(name) for name in mapper.primary_key_names()]
        key = None if any(value is None for value in ident) else mapper.identity_key_from_primary_key(ident)
    target = session.identity_map.get(key) if key is not None else None
    if target is None and key is not None and load:
        target = session.get(mapper.class_, key[1])
    if target is None:
        target = mapper.class_.__new__(mapper.class_)
        other = instance_state(target)
        if not load and key is not None:
            other.key = key
            session._attach(other)
        else:
            session._save(other)
    done[state] = target
    other = instance_state(target)
    for name, prop in mapper.props.items():
        if name not in have:
            continue
        if prop.is_column:
            value = have[name]
            if not load:
                prop.set_loaded(other, target.__dict__, value)
            elif name not in target.__dict__ and other.key is None or getattr(target, name) is not value:
                if not prop.same(target.__dict__.get(name), value) or name not in target.__dict__:
                    setattr(target, name, value)
        elif prop.is_relationship and "merge" in prop.cascade and not prop.viewonly:
            value = have[name]
            if prop.uselist:
                merged = [merge(session, instance_state(item), load, done) for item in members(value)]
                if isinstance(value, dict):
                    merged = dict(zip(value, merged))
                setattr(target, name, merged)
            else:
                setattr(target, name, None if value is None else merge(session, instance_state(value), load, done))
    return target
