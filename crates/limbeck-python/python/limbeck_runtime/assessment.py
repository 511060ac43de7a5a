"""Finds out, before anything runs, whether a function needs what only the application has.

Looks at the names that the function's code reaches: globals, helper functions of the project, imports inside functions.
"""

import sys

from limbeck_runtime.placeholders import NeedsApplication, loading, name_of

_FunctionType = type(lambda: None)
_CodeType = type(_FunctionType.__code__) if False else type((lambda: None).__code__)


def check(module, direction):
    """Raise NeedsApplication with the first missing name that the function reaches."""
    function = getattr(module, direction, None)
    if function is None:
        return
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
        missing = name_of(value)
        if missing is not None:
            return missing
        if isinstance(value, _FunctionType):
            if not value.__code__.co_filename.endswith(".py"):
                continue
            for one in value.__defaults__ or ():
                waiting.append(one)
            for cell in value.__closure__ or ():
                try:
                    waiting.append(cell.cell_contents)
                except ValueError:
                    pass
            missing = _reach_code(value.__code__, value.__globals__, waiting)
            if missing is not None:
                return missing
    return None


def _reach_code(code, names, waiting):
    """Add what a code object's names stand for to `waiting`; a module that lacks things counts by the name used of it."""
    used = code.co_names
    for name in used:
        if name not in names:
            continue
        value = names[name]
        if isinstance(value, type(sys)):
            missing = _reach_module(value, used)
            if missing is not None:
                return missing
        else:
            waiting.append(value)
    for constant in code.co_consts:
        if isinstance(constant, _CodeType):
            missing = _reach_code(constant, names, waiting)
            if missing is not None:
                return missing
    return _reach_imports(code, names)


def _reach_module(module, used):
    if name_of(module) is None:
        return None
    for name in used:
        if name != module.__name__ and name not in module.__dict__ and hasattr(module, name):
            return module.__name__ + "." + name
    return None


def _reach_imports(code, names):
    """Imports inside a function: done now, so that what is missing is known."""
    for module, taken, level in _imports(code):
        with loading():
            found = __import__(module, names, None, taken or (), level)
        for name in taken or ():
            if name == "*":
                continue
            missing = name_of(getattr(found, name, None))
            if missing is not None:
                return missing
    return None


def _imports(code):
    """The imports of a code object as (module, names, level)."""
    if not any(isinstance(constant, tuple) or constant == 0 for constant in code.co_consts):
        return []
    found = []
    wanted = set(code.co_names)
    source = _source(code)
    if "import" not in source:
        return []
    import ast

    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.lineno <= code.co_firstlineno <= (
            node.body[0].lineno
        ):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import):
                    found.extend((alias.name, (), 0) for alias in inner.names if alias.name.split(".")[0] in wanted or True)
                elif isinstance(inner, ast.ImportFrom):
                    taken = tuple(alias.name for alias in inner.names)
                    found.append((inner.module or "", taken, inner.level))
    return found


_sources = {}


def _source(code):
    path = code.co_filename
    if path not in _sources:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                _sources[path] = file.read()
        except OSError:
            _sources[path] = ""
    return _sources[path]
