"""Listeners of mappers, sessions and attributes, asked for with ``event.listen``.

Each mapped class, attribute and session keeps its own dictionary ``event name → functions``; the hot
paths look into it only when it is there.
"""

_everywhere = {}


def is_orm_target(target):
    """Whether ``event.listen`` on the target is the ORM's affair."""
    if getattr(target, "is_attribute", False) or getattr(target, "is_mapper", False):
        return True
    kinds = target.__mro__ if isinstance(target, type) else type(target).__mro__
    for kind in kinds:
        if "__mapper__" in kind.__dict__ or kind.__module__.startswith("sqlalchemy.orm."):
            return True
    return type(target).__name__ == "function" and getattr(target, "__name__", "") == "mapper"


def add_listener(target, name, fn, *, propagate=False, once=False, retval=False, **_):
    """Registers `fn`; the target may be a class, mapper, attribute, session, sessionmaker or Session."""
    if once:
        fn = _once(fn)
    place = _place(target)
    place.setdefault(name, []).append((fn, retval, propagate))


def remove_listener(target, name, fn):
    """Takes `fn` away again."""
    place = _place(target)
    place[name] = [entry for entry in place.get(name, ()) if entry[0] is not fn]


def has_listener(target, name, fn):
    """Whether `fn` is registered."""
    return any(entry[0] is fn for entry in _place(target).get(name, ()))


def _once(fn):
    done = []

    def run(*args, **kwargs):
        if not done:
            done.append(True)
            return fn(*args, **kwargs)
        return None

    return run


def _place(target):
    """The dictionary of listeners of a target."""
    own = getattr(target, "__dict__", None)
    if own is not None and "_orm_listeners" in own:
        return own["_orm_listeners"]
    place = {}
    try:
        target._orm_listeners = place
    except (AttributeError, TypeError):
        return _everywhere.setdefault(id(target), place)
    return place


def listeners_of_class(class_, name):
    """Functions for `name` registered on the class, a base with propagate, or the Mapper itself."""
    from .mapper import Mapper

    found = []
    for owner in (Mapper,) + tuple(class_.__mro__):
        place = owner.__dict__.get("_orm_listeners")
        if place:
            for fn, _, propagate in place.get(name, ()):
                if owner is class_ or owner is Mapper or propagate or "__mapper__" not in owner.__dict__:
                    found.append(fn)
    mapper = class_.__dict__.get("__mapper__")
    place = getattr(mapper, "__dict__", {}).get("_orm_listeners")
    if place:
        found.extend(entry[0] for entry in place.get(name, ()))
    return found


def listeners_of_session(session, name):
    """Functions for `name` registered on the session, its class or its maker."""
    found = []
    owners = [session, getattr(session, "_maker", None)] + list(type(session).__mro__)
    for owner in owners:
        place = getattr(owner, "__dict__", {}).get("_orm_listeners") if owner is not None else None
        if place:
            found.extend(entry[0] for entry in place.get(name, ()))
    return found


class MapperEvents:
    """Named by scripts that import it; listeners are registered by name."""


class SessionEvents:
    """Named by scripts that import it; listeners are registered by name."""


class AttributeEvents:
    """Named by scripts that import it; listeners are registered by name."""


class InstanceEvents:
    """Named by scripts that import it; listeners are registered by name."""
