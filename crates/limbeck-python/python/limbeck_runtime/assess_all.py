"""What a script needs of the application, in full: every missing name, where it is imported, and why it is missing."""

import sys

from limbeck_runtime import assessment
from limbeck_runtime.placeholders import name_of


def assess_all(path):
    """Loads a script; a list of dictionaries with name, directions, file, line and reason, in the order of its functions.

    Raises what loading the script raises.
    """
    from limbeck_runtime import loader

    module = loader.load(path)
    found = {}
    for direction in ("upgrade", "downgrade"):
        for name, user in assessment.missing(getattr(module, direction, None)):
            told = found.get(name)
            if told is None:
                told = describe(name, path, user)
                found[name] = told
            told["directions"].append(direction)
    return list(found.values())


def describe(name, path, user=None):
    """What is known of a missing name that the file at `path` uses, in its function `user`."""
    file, line = _place(name, path, user)
    return dict(name=name, directions=[], file=file, line=line, reason=_reason(name))


def _place(name, path, user):
    """Where the name comes from: its import, else the function that uses it."""
    from limbeck_runtime import import_lines

    files = [path]
    if user is not None and user.__code__.co_filename != path:
        files.insert(0, user.__code__.co_filename)
    # What was made of a name while modules were loaded goes by that name, as in `app.Base()`.
    place = import_lines.find(name.partition("(")[0].partition("[")[0], files)
    if place is not None:
        return place
    if user is not None:
        return user.__code__.co_filename, user.__code__.co_firstlineno
    return path, 0


def _reason(name):
    """Why the module of a name is not there, when there is a file of it that could not be loaded."""
    module = name
    while module:
        found = sys.modules.get(module)
        if found is not None and name_of(found) is not None:
            reason = found.__dict__.get("__limbeck_reason__")
            if reason is None:
                return None
            return ("%s: %s" % (type(reason).__name__, reason)).partition("\n")[0]
        module = module.rpartition(".")[0]
    return None
