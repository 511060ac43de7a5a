"""Finds the line of the project that imports what is missing. Asked only when an error is told."""

import sys

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
    from limbeck_runtime.assessment import walk
    from limbeck_runtime.source_parts import part_at

    try:
        with open(file, "rb") as opened:
            lines = opened.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return 0
    best = (0, 0)
    for number, line in enumerate(lines):
        if not _may_import(line, name):
            continue
        part = part_at(lines, number)
        for node in walk(part[1]) if part else ():
            for imported in _imported(node):
                if name == imported or name.startswith(imported + "."):
                    best = max(best, (len(imported), number + 1))
    return best[1]


def _may_import(line, name):
    """Whether an import of `name` may begin with that line."""
    words = line.split(None, 2)
    if len(words) < 2:
        return False
    if words[0] == "from":
        return name == words[1] or name.startswith(words[1] + ".")
    return words[0] == "import" and name.partition(".")[0] in line


def _imported(node):
    kind = type(node).__name__
    if kind == "Import":
        return [alias.name for alias in node.names]
    # What a relative import means depends on the package.
    if kind == "ImportFrom" and node.module and not node.level:
        return [node.module if alias.name == "*" else "%s.%s" % (node.module, alias.name) for alias in node.names]
    return []
