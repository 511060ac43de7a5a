"""Finds the line of the project that imports what is missing. Asked only when an error is told."""

import sys

# Of compile(): give the syntax tree.
_ONLY_TREE = 0x400

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
        line = _line(file, name)
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


def _line(file, name):
    try:
        with open(file, "rb") as opened:
            tree = compile(opened.read(), file, "exec", _ONLY_TREE, True)
    except (OSError, SyntaxError, ValueError):
        return 0
    from limbeck_runtime.assessment import walk

    best = (0, 0)
    for node in walk(tree):
        for imported in _imported(node):
            if name == imported or name.startswith(imported + "."):
                best = max(best, (len(imported), node.lineno))
    return best[1]


def _imported(node):
    kind = type(node).__name__
    if kind == "Import":
        return [alias.name for alias in node.names]
    # What a relative import means depends on the package.
    if kind == "ImportFrom" and node.module and not node.level:
        return [node.module if alias.name == "*" else "%s.%s" % (node.module, alias.name) for alias in node.names]
    return []
