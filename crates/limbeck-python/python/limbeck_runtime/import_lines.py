"""Finds the line of the project that imports what is missing. Asked only when an error is told."""

import sys

import _limbeck_syntax

# More files than this are not read for the sake of one line.
_MOST = 200


def find(name, first):
    """(file, line) of the statement that imports `name`; None when it is not found. `first` are the files to begin with."""
    seen = set()
    from limbeck_runtime import loader

    for file in list(first) + loader.files + _modules():
        if file in seen:
            continue
        seen.add(file)
        if len(seen) > _MOST:
            break
        line = _limbeck_syntax.import_line(file, name)
        if line:
            return file, line
    return None


def _modules():
    """The files of the project's modules that are loaded."""
    from limbeck_runtime import loader

    found = []
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith(".py") and not loader._is_ours(file):
            found.append(file)
    return found
