"""Finds out, before anything runs, whether a function needs what only the application has.

Looks at what the function's code reaches: globals, attributes of modules, helper functions of the project, imports inside
functions. What only running tells is found out when it runs.
"""

import builtins
import sys

from limbeck_runtime.placeholders import NeedsApplication, Placeholder, loading, name_of

_FunctionType = type(lambda: None)
_CodeType = type((lambda: None).__code__)
_ModuleType = type(sys)


def check(module, direction):
    """Raise NeedsApplication with the first missing name that the function reaches."""
    for name, _ in missing(getattr(module, direction, None)):
        raise NeedsApplication(name)


def missing(value):
    """Every missing name that a value leads to, with the function that uses it; None for what no function uses."""
    waiting = [(value, None)]
    seen = set()
    told = set()
    while waiting:
        value, user = waiting.pop()
        if type(value).__module__ == "lazy_object_proxy":
            value = _behind(value)
        if id(value) in seen:
            continue
        seen.add(id(value))
        names = []
        if not issubclass(type(value), _ModuleType):
            name = name_of(value)
            if name is not None:
                names.append(name)
        if issubclass(type(value), _FunctionType) and _is_projects(value.__code__.co_filename):
            user = value
            reached = list(value.__defaults__ or ())
            for cell in value.__closure__ or ():
                try:
                    reached.append(cell.cell_contents)
                except ValueError:
                    pass
            names.extend(_reach_function(value, reached))
            waiting.extend((one, user) for one in reached)
        for name in names:
            if name not in told:
                told.add(name)
                yield name, user


def _behind(proxy):
    """What a proxy stands for, asked for now: a type of the application that depends on the database, as a rule."""
    try:
        with loading():
            return proxy.__wrapped__
    except Exception:
        # Only running tells.
        return None
    except NeedsApplication as error:
        return Placeholder(error.needs)


def _is_projects(file):
    from limbeck_runtime import loader

    return file.endswith(".py") and not loader._is_ours(file)


def _reach_function(function, waiting):
    """Adds to `waiting` what a function uses, and gives the names of what it takes from modules that lack it."""
    names = function.__globals__
    modules = False
    unknown = []
    for name in _names(function.__code__):
        if name in names:
            value = names[name]
            if issubclass(type(value), _ModuleType):
                modules = modules or name_of(value) is not None or _is_projects(getattr(value, "__file__", None) or "")
            else:
                waiting.append(value)
        elif not hasattr(builtins, name):
            unknown.append(name)
    source = source_of(function.__code__.co_filename)
    star = unknown and names.get("__limbeck_star__")
    if not modules and not source[2] and not star:
        return ()
    tree = _function_tree(function.__code__, source)
    if tree is None:
        return ()
    _reach_imports(tree, names, waiting)
    missing = list(_reach_attributes(tree, names, waiting))
    if star:
        missing.extend("%s.%s" % (star[0], name) for name in _undefined(tree, unknown))
    return missing


def _names(code):
    """The names that a function uses, those of the functions inside it included."""
    found = list(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, _CodeType):
            found.extend(_names(constant))
    return found


def _undefined(tree, unknown):
    """Those of the names that the function reads and does not set: attributes are among them too."""
    variables = [node for node in walk(tree) if type(node).__name__ == "Name"]
    written = {node.id for node in variables if type(node.ctx).__name__ != "Load"}
    return [node.id for node in variables if node.id in unknown and node.id not in written]


def _reach_imports(tree, names, waiting):
    """Imports inside a function: done now, so that what is missing is known."""
    for node in walk(tree):
        if type(node).__name__ != "ImportFrom":
            continue
        taken = tuple(alias.name for alias in node.names)
        with loading():
            found = __import__(node.module or "", names, None, taken, node.level or 0)
        for name in taken:
            if name != "*":
                value = getattr(found, name, None)
                if not issubclass(type(value), _ModuleType):
                    waiting.append(value)


def _reach_attributes(tree, names, waiting):
    """What is taken from modules, as in `app.models.User`; gives the names that are missing."""
    lacking = []
    for node in walk(tree):
        if type(node).__name__ != "Attribute":
            continue
        path = _path(node)
        value = names.get(path[0]) if path else None
        for name in path[1:]:
            if not issubclass(type(value), _ModuleType):
                break
            inside = value.__dict__
            if name not in inside and name_of(value) is not None:
                lacking.append("%s.%s" % (value.__name__, name))
                value = None
                break
            value = inside.get(name)
        if not issubclass(type(value), _ModuleType):
            waiting.append(value)
    return lacking


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


def _function_tree(code, source):
    """The syntax tree of a function."""
    from limbeck_runtime.source_parts import part_at

    if code.co_name[:1] == "<":
        return None
    trees = source[0]
    first = code.co_firstlineno - 1
    if first not in trees:
        lines = source[1].split("\n")
        part = part_at(lines, first) if first < len(lines) else None
        trees[first] = part and _definition(part[1], code.co_name)
    return trees[first]


def _definition(tree, name):
    for node in walk(tree):
        if type(node).__name__ in ("FunctionDef", "AsyncFunctionDef") and node.name == name:
            return node
    return None


def walk(tree):
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


# [trees of functions by line, text, whether a function in it imports something] of each file.
_sources = {}


def source_of(path):
    """[trees of functions by line, text, whether a function in it imports something] of a file."""
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
        found = [{}, text, inside]
        _sources[path] = found
    return found
