"""Packages of the application, whose own code runs when something is asked of it.

The `__init__` of an application imports most of the application. A script that takes one helper from a module deep inside needs
nothing of it, so a package that was only passed on the way to a module, or that `import app` names, waits: what a `from` import
takes from it, a module that is imported for what it does (`import app.plugins`), and an attribute that is no module of it make it run.
"""

import sys

from limbeck_runtime import own_modules
from limbeck_runtime.placeholders import NeedsApplication, Placeholder

_ModuleType = type(sys)


# A module of the application that is imported through so many others of it is no helper of a script, and what it imports is
# the application as a whole.
_DEEPEST = 6
TOO_DEEP = "too far from the script"
_level = 0


class level:
    """While a module of the application is loaded."""

    def __enter__(self):
        global _level
        _level += 1

    def __exit__(self, *error):
        global _level
        _level -= 1


def is_near():
    """Whether a module that is loaded now is a helper of the script, or a helper's."""
    return _level <= 1


def is_deep():
    """Whether a module that is asked for now is too far from the script."""
    return _level >= _DEEPEST


def _forget_deep(name):
    """What was too far for somebody else may be near now."""
    while name:
        module = sys.modules.get(name)
        if module is not None and module.__dict__.get("__limbeck_reason__") == TOO_DEEP:
            del sys.modules[name]
        name = name.rpartition(".")[0]


class WaitingPackage(_ModuleType):
    """A package whose code has not run yet."""

    def __getattr__(self, name):
        if name[:2] == "__" and name[-2:] == "__":
            raise AttributeError(name)
        inside = "%s.%s" % (self.__name__, name)
        if inside in sys.modules:
            return sys.modules[inside]
        if _is_module(self, name):
            _import(inside)
            return sys.modules[inside]
        run(self)
        return getattr(self, name)


def wait(module, execute):
    """Put a package's code off."""
    module.__dict__["__limbeck_execute__"] = execute
    module.__class__ = WaitingPackage


def run(module):
    """Run a package's code, when it waits."""
    if type(module) is not WaitingPackage:
        return
    execute = module.__dict__.pop("__limbeck_execute__")
    module.__class__ = _ModuleType
    execute(module)


def _is_module(package, name):
    from _frozen_importlib_external import PathFinder

    spec = PathFinder.find_spec("%s.%s" % (package.__name__, name), package.__path__)
    return spec is not None and spec.loader is not None


_import = __import__


def _take(name, globals, locals, fromlist, level, module):
    """What a `from` import takes. A module may compute its names; one that needs the application for that is a placeholder."""
    computes = module.__dict__.get("__getattr__")
    if computes is not None and "*" in fromlist:
        # Taking all looks into the module without asking it, so one that waits for a question is asked one.
        getattr(module, "__all__", None)
    if computes is not None:
        for one in fromlist:
            if one not in module.__dict__ and one != "*":
                try:
                    getattr(module, one, None)
                except NeedsApplication:
                    module.__dict__[one] = Placeholder("%s.%s" % (module.__name__, one))
    return _import(name, globals, locals, fromlist, level)


def _importing(name, globals=None, locals=None, fromlist=(), level=0):
    if level:
        package = globals.get("__package__") if globals else None
        own = own_modules.absolute(name, package, level) if package else None
    else:
        own = name
    if own and own.partition(".")[0] in own_modules.TOP and fromlist != ("*",):
        found = own_modules.module(own)
        if found is not None:
            if fromlist:
                own_modules.take(found, fromlist)
                return found
            return sys.modules[own.partition(".")[0]]
    if not level and _level < _DEEPEST:
        _forget_deep(name)
    module = _import(name, globals, locals, (), level)
    if level:
        # The package that the name is relative to is what the machinery would find.
        if fromlist:
            found = _import(name, globals, locals, ("__name__",), level)
            run(found)
            return _take(name, globals, locals, fromlist, level, found)
        return module
    if fromlist:
        found = sys.modules.get(name)
        if type(found) is WaitingPackage:
            run(found)
        if found is None:
            return _import(name, globals, locals, fromlist, level)
        return _take(name, globals, locals, fromlist, level, found)
    if "." in name:
        found = sys.modules.get(name)
        if type(found) is WaitingPackage:
            run(found)
    return module


def install():
    """Let imports decide which packages run."""
    import builtins

    importing = _importing
    if own_modules.TOP:
        import _limbeck

        importing = _limbeck.importer([*own_modules.TOP, "_limbeck", "sys"], _importing)
    builtins.__import__ = importing
