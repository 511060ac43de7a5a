"""`inspect()`: what there is to know about an object. Connections and engines answer with an `Inspector`."""

_registrars = {}


def inspect(subject, raiseerr=True):
    """The object that knows about `subject`."""
    for cls in type(subject).__mro__:
        made = _registrars.get(cls)
        if made is None:
            continue
        if made is True:
            return subject
        found = made(subject)
        if found is not None:
            return found
    found = _by_shape(subject)
    if found is not None:
        return found
    if raiseerr:
        from sqlalchemy import exc

        raise exc.NoInspectionAvailable(
            f"No inspection system is available for object of type {type(subject)}"
        )
    return None


def _by_shape(subject):
    """Inspection of what registers nothing itself: connections, engines, and classes that a mapper knows."""
    if not isinstance(subject, type) and hasattr(subject, "dialect"):
        if hasattr(subject, "_bind") or hasattr(subject, "connect"):
            from sqlalchemy.engine.reflection import Inspector

            return Inspector(subject)
    if isinstance(subject, type) or hasattr(subject, "_sa_instance_state"):
        import sys

        if "sqlalchemy.orm" in sys.modules:
            mapper = getattr(subject, "__mapper__", None)
            if mapper is not None and isinstance(subject, type):
                return mapper
            return getattr(subject, "_sa_instance_state", None)
    return None


def _inspects(*types):
    """A function that inspects instances of these types."""

    def decorate(function):
        for cls in types:
            _registrars[cls] = function
        return function

    return decorate


def _self_inspects(cls):
    """A class whose instances are what `inspect()` gives for them."""
    _registrars[cls] = True
    return cls
