"""Which functions listen to mappers, sessions and attributes; ``sqlalchemy.event`` keeps them."""

import sys


def _of(target, name):
    """The listeners kept for one class or object."""
    module = sys.modules.get("sqlalchemy.event")
    if module is None:
        return ()
    if isinstance(target, type):
        return module._of_classes.get((target, name), ())
    return target.__dict__.get("_event_listeners", {}).get(name, ())


def listeners_of_class(class_, name):
    """Functions for `name` registered on the mapped class, its mixins and bases, its mapper, or all mappers."""
    if "sqlalchemy.event" not in sys.modules:
        return []
    from .mapper import Mapper

    found = list(_of(Mapper, name))
    for owner in class_.__mro__:
        if owner is class_ or "__mapper__" not in owner.__dict__:
            found.extend(_of(owner, name))
    mapper = class_.__dict__.get("__mapper__")
    if mapper is not None:
        found.extend(_of(mapper, name))
    return found


def listeners_of_session(session, name):
    """Functions for `name` registered on the session, its maker or its class."""
    if "sqlalchemy.event" not in sys.modules:
        return []
    found = list(_of(session, name))
    maker = getattr(session, "_maker", None)
    if maker is not None:
        found.extend(_of(maker, name))
    for owner in type(session).__mro__:
        found.extend(_of(owner, name))
    return found


def listeners_of_attribute(obj, key, name):
    """Functions for `name` registered on a class attribute."""
    if "sqlalchemy.event" not in sys.modules:
        return ()
    for class_ in type(obj).__mro__:
        attribute = class_.__dict__.get(key)
        if attribute is not None and getattr(attribute, "is_attribute", False):
            found = _of(attribute, name)
            if found:
                return found
    return ()


class MapperEvents:
    """Named by scripts that import it; listeners are registered by name."""


class SessionEvents:
    """Named by scripts that import it; listeners are registered by name."""


class AttributeEvents:
    """Named by scripts that import it; listeners are registered by name."""


class InstanceEvents:
    """Named by scripts that import it; listeners are registered by name."""
