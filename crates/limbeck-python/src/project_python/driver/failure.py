"""What went wrong in Python, as data: its own traceback without the driver's frames, and what Limbeck can act on."""

import traceback


def describe(error):
    """The JSON of an exception."""
    told = traceback.TracebackException.from_exception(error)
    frames = _trim(told)
    return {
        "kind": type(error).__name__,
        "message": str(error),
        "traceback": "".join(told.format()).rstrip(),
        "frames": frames,
        "missing": _missing(error),
        "refusal": _refusal(error),
    }


def _trim(told):
    """Takes the driver's frames out, also of the exceptions that led to this one; returns those of the last exception."""
    seen = set()
    waiting = [told]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.stack[:] = [frame for frame in one.stack if not frame.filename.startswith(("<limbeck>", "<string>", "<frozen importlib"))]
        waiting += [one.__cause__, one.__context__]
    return [
        {"file": frame.filename, "line": frame.lineno or 0, "function": frame.name, "text": frame.line or ""}
        for frame in told.stack
    ]


def _missing(error):
    """The module that is not installed, and which name of it, if that is what stopped Python."""
    for one in _chain(error):
        if isinstance(one, ImportError) and one.name:
            found = isinstance(one, ModuleNotFoundError)
            return {"module": one.name, "installed": not found, "message": str(one)}
    return None


def _refusal(error):
    """The number of the statement whose refusal this exception comes from."""
    for one in _chain(error):
        for candidate in (one, getattr(one, "orig", None)):
            number = getattr(candidate, "limbeck_refusal", None)
            if number is not None:
                return number
    return None


def _chain(error):
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
