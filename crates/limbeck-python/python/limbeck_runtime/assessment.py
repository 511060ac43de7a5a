"""Finds out, before anything runs, whether a function needs what only the application has.

Looks at what the function's code reaches: globals, attributes of modules, helper functions of the project, imports inside
functions. What only running tells is found out when it runs.
"""

import builtins
import sys

import _limbeck_syntax

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
    code = function.__code__
    star = unknown and names.get("__limbeck_star__")
    if not modules and not star and not _limbeck_syntax.has_inner_imports(code.co_filename):
        return ()
    uses = _limbeck_syntax.function_uses(code.co_filename, code.co_firstlineno, code.co_name)
    if uses is None:
        return ()
    imports, attributes, unset = uses
    _reach_imports(imports, names, waiting)
    missing = _reach_attributes(attributes, names, waiting)
    if star:
        missing.extend("%s.%s" % (star[0], name) for name in unset if name in unknown)
    return missing


def _names(code):
    """The names that a function uses, those of the functions inside it included."""
    found = list(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, _CodeType):
            found.extend(_names(constant))
    return found


def _reach_imports(imports, names, waiting):
    """Imports inside a function: done now, so that what is missing is known."""
    for module, level, taken in imports:
        with loading():
            found = __import__(module, names, None, taken, level)
        for name in taken:
            if name != "*":
                value = getattr(found, name, None)
                if not issubclass(type(value), _ModuleType):
                    waiting.append(value)


def _reach_attributes(attributes, names, waiting):
    """What is taken from modules, as in `app.models.User`; gives the names that are missing."""
    lacking = []
    for path in attributes:
        value = names.get(path[0])
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
