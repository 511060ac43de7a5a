"""Modules of the standard library that are imported far more often than used: they are loaded by the first use of a name.

A deferred module is the very module object that its importers hold; loading fills it. Only `dir()` and `vars()` of one that nobody
has used yet see that it is empty: the interpreter asks a module for names, and not for a list of them.
"""

import sys

from limbeck_runtime.own_modules import lock

_ModuleType = type(sys)


def defer(name, then=None, is_package=False):
    """Put a module into sys.modules that loads itself when a name of it is asked for, and then calls `then`."""
    if name in sys.modules:
        return sys.modules[name]
    module = _ModuleType(name)
    values = module.__dict__
    under_way = []

    def load():
        # One for all modules, or two threads could wait for each other.
        with lock:
            # The code of a module may ask for names of it that are not there yet.
            if under_way or values.get("__getattr__") is not __getattr__:
                return
            under_way.append(True)
            try:
                _load(module, name, __getattr__)
            finally:
                under_way.pop()
            if then is not None:
                then()

    def __getattr__(wanted):
        # The import system looks at these of every module, also to find out whether it is still being loaded.
        if wanted in ("__spec__", "__file__") or wanted == "__path__" and not is_package:
            raise AttributeError(wanted)
        load()
        try:
            return values[wanted]
        except KeyError:
            pass
        own = values.get("__getattr__")
        if own is not None and own is not __getattr__:
            return own(wanted)
        raise AttributeError("module %r has no attribute %r" % (name, wanted))

    values["__getattr__"] = __getattr__
    sys.modules[name] = module
    return module


def defer_os():
    """Defer `os` and the module of paths that is `os.path`: they bring the abstract classes of collections with them, which take
    longer than the ten modules of an ordinary env.py."""
    if "os" in sys.modules:
        return
    defer("os")
    sys.modules["os.path"] = defer("ntpath" if "nt" in sys.builtin_module_names else "posixpath")


def is_deferred(name):
    """Whether a module is known and not loaded."""
    module = sys.modules.get(name)
    own = module.__dict__.get("__getattr__") if module is not None else None
    return own is not None and getattr(own, "__module__", None) == __name__


def _load(module, name, marker):
    values = module.__dict__
    try:
        spec = _spec(name)
        module.__spec__ = spec
        module.__loader__ = spec.loader
        module.__package__ = spec.parent
        if spec.submodule_search_locations is not None:
            module.__path__ = spec.submodule_search_locations
        if spec.has_location:
            module.__file__ = spec.origin
        spec.loader.exec_module(module)
    except BaseException:
        values["__getattr__"] = marker
        raise
    # The module may have brought its own.
    if values.get("__getattr__") is marker:
        del values["__getattr__"]


def _spec(name):
    parent = name.rpartition(".")[0]
    path = sys.modules[parent].__path__ if parent else None
    for finder in sys.meta_path:
        spec = finder.find_spec(name, path)
        if spec is not None:
            return spec
    raise ModuleNotFoundError("No module named %r" % name, name=name)
