"""Finds out, before anything runs, whether a function needs what only the application has.

Looks at what the function's code reaches: globals, attributes of modules, helper functions of the project, imports inside
functions. What only running tells is found out when it runs.
"""

import sys

from limbeck_runtime.placeholders import NeedsApplication, loading, name_of

_FunctionType = type(lambda: None)
_CodeType = type((lambda: None).__code__)
_ModuleType = type(sys)

# Of compile(): give the syntax tree. The module `ast` would have to be loaded for its name of it.
_ONLY_TREE = 0x400


def check(module, direction):
    """Raise NeedsApplication with the first missing name that the function reaches."""
    function = getattr(module, direction, None)
    missing = reach(function)
    if missing is not None:
        raise NeedsApplication(missing)


def reach(value):
    """The first missing name that a value leads to; None when there is none."""
    waiting = [value]
    seen = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if not isinstance(value, _ModuleType):
            missing = name_of(value)
            if missing is not None:
                return missing
        if isinstance(value, _FunctionType) and _is_projects(value.__code__.co_filename):
            waiting.extend(value.__defaults__ or ())
            for cell in value.__closure__ or ():
                try:
                    waiting.append(cell.cell_contents)
                except ValueError:
                    pass
            missing = _reach_function(value, waiting)
            if missing is not None:
                return missing
    return None


def _is_projects(file):
    from limbeck_runtime import loader

    return file.endswith(".py") and not loader._is_ours(file)


def _reach_function(function, waiting):
    names = function.__globals__
    modules = False
    for name in _names(function.__code__):
        if name in names:
            value = names[name]
            if isinstance(value, _ModuleType):
                modules = modules or name_of(value) is not None or _is_projects(getattr(value, "__file__", None) or "")
            else:
                waiting.append(value)
    source = _source(function.__code__.co_filename)
    if not modules and not source[2]:
        return None
    tree = _tree_of(function.__code__, source)
    if tree is None:
        return None
    return _reach_imports(tree, names, waiting) or _reach_attributes(tree, names, waiting)


def _names(code):
    """The names that a function uses, those of the functions inside it included."""
    found = list(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, _CodeType):
            found.extend(_names(constant))
    return found


def _reach_imports(tree, names, waiting):
    """Imports inside a function: done now, so that what is missing is known."""
    for node in _walk(tree):
        if type(node).__name__ != "ImportFrom":
            continue
        taken = tuple(alias.name for alias in node.names)
        with loading():
            found = __import__(node.module or "", names, None, taken, node.level or 0)
        for name in taken:
            if name != "*":
                value = getattr(found, name, None)
                if not isinstance(value, _ModuleType):
                    waiting.append(value)
    return None


def _reach_attributes(tree, names, waiting):
    """What is taken from modules, as in `app.models.User`."""
    for node in _walk(tree):
        if type(node).__name__ != "Attribute":
            continue
        path = _path(node)
        value = names.get(path[0]) if path else None
        for name in path[1:]:
            if not isinstance(value, _ModuleType):
                break
            inside = value.__dict__
            if name not in inside and name_of(value) is not None:
                return "%s.%s" % (value.__name__, name)
            value = inside.get(name)
        if not isinstance(value, _ModuleType):
            waiting.append(value)
    return None


def _path(node):
    """The names of `a.b.c`; empty for anything else."""
    found = []
    while type(node).__name__ == "Attribute":
        found.append(node.attr)
        node = node.value
    if type(node).__name__ != "Name":
        return ()
    found.append(node.id)
    return found[::-1]


def _tree_of(code, source):
    """The syntax tree of a function."""
    if source[0] is None:
        try:
            source[0] = compile(source[1], code.co_filename, "exec", _ONLY_TREE, True)
        except SyntaxError:
            return None
    for node in _walk(source[0]):
        if type(node).__name__ in ("FunctionDef", "AsyncFunctionDef") and node.name == code.co_name:
            first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            if first <= code.co_firstlineno <= node.lineno:
                return node
    return None


def _walk(tree):
    """All nodes of a tree, from top to bottom."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        inside = []
        for field in node._fields:
            value = getattr(node, field, None)
            for one in value if isinstance(value, list) else (value,):
                if hasattr(one, "_fields"):
                    inside.append(one)
        waiting.extend(reversed(inside))


# [tree, text, whether a function in it imports something] of each file.
_sources = {}


def _source(path):
    found = _sources.get(path)
    if found is None:
        try:
            with open(path, "rb") as file:
                text = file.read().decode("utf-8", "replace")
        except OSError:
            text = ""
        inside = any(
            line[:1] in " \t" and line.lstrip().startswith(("import ", "from ")) for line in text.split("\n") if line
        )
        found = [None, text, inside]
        _sources[path] = found
    return found
