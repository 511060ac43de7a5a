"""Listeners: functions that are called when something happens.

Engines keep theirs themselves; the object mapper has a registry of its own; tables and the
rest keep them as `_event_listeners`, and whoever makes things happen there asks `listeners_of`.
"""

CANCEL = object()
NO_RETVAL = object()

# Listeners of classes: (class, name) → functions.
_of_classes = {}


def listen(target, identifier, fn, *args, **kw):
    """Calls `fn` when `identifier` happens to `target`."""
    if kw.get("once"):
        fn = _once(fn)
    if kw.get("retval"):
        fn._retval = True
    if isinstance(target, type):
        _of_classes.setdefault((target, identifier), []).append(fn)
        _class_engine(target, identifier, fn)
        return
    listen_on = getattr(target, "sync_engine", None) or getattr(target, "sync_connection", None)
    target = listen_on or target
    engine = getattr(target, "_listeners", None)
    if engine is None and getattr(target, "_engine", None) is not None:
        engine = target._engine._listeners
    if engine is None and getattr(target, "engine", None) is not None:
        engine = target.engine._listeners
    if engine is not None:
        _insert(engine.setdefault(identifier, []), fn, kw)
        return
    own = target.__dict__.setdefault("_event_listeners", {})
    _insert(own.setdefault(identifier, []), fn, kw)


def _class_engine(target, identifier, fn):
    """A listener of the class Engine is one of every engine made afterwards."""
    if target.__name__ in ("Engine", "Pool"):
        from .engine.create import Engine

        Engine._class_listeners.setdefault(identifier, []).append(fn)


def _insert(functions, fn, kw):
    if kw.get("insert"):
        functions.insert(0, fn)
    else:
        functions.append(fn)


def _once(fn):
    called = []

    def once(*args, **kw):
        if not called:
            called.append(True)
            return fn(*args, **kw)
        return None

    return once


def listens_for(target, identifier, *args, **kw):
    """`listen` as a decorator."""

    def decorate(fn):
        listen(target, identifier, fn, *args, **kw)
        return fn

    return decorate


def remove(target, identifier, fn):
    """Takes a listener away."""
    for functions in _lists(target, identifier):
        if fn in functions:
            functions.remove(fn)


def contains(target, identifier, fn):
    """Whether a function listens."""
    return any(fn in functions for functions in _lists(target, identifier))


def _lists(target, identifier):
    if isinstance(target, type):
        found = [_of_classes.get((target, identifier), [])]
        if target.__name__ in ("Engine", "Pool"):
            from .engine.create import Engine

            found.append(Engine._class_listeners.get(identifier, []))
        return found
    target = getattr(target, "sync_engine", None) or target
    known = getattr(target, "_listeners", None)
    if known is None:
        known = target.__dict__.get("_event_listeners", {})
    return [known.get(identifier, [])]


def listeners_of(target, identifier):
    """The functions to call for something that happens to an object: its own and its classes'."""
    found = list(target.__dict__.get("_event_listeners", {}).get(identifier, ()))
    if _of_classes:
        for cls in type(target).__mro__:
            found.extend(_of_classes.get((cls, identifier), ()))
    return found
