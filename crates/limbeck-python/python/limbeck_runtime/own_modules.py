"""Imports of this package's own modules, without the import system's way over finders, specifications and a lock for each module.

A script that changes a table loads a hundred of them, and the way there would take as long as what is in them. Modules of
others are none of its business, nor are ours where they are read from files.
"""

import sys
import _imp
import _thread

_ModuleType = type(sys)
_modules = sys.modules
_is_frozen = _imp.is_frozen

# One thread loads at a time, and others wait for a module that is being loaded.
lock = _thread.RLock()
_loading = set()

_NAMES = (
    "alembic alembic_utils geoalchemy2 lazy_object_proxy limbeck_autogenerate limbeck_runtime pydantic sqlalchemy "
    "sqlalchemy_utils sqlmodel"
)
TOP = frozenset(name for name in _NAMES.split() if _is_frozen(name))


def absolute(name, package, level):
    """The full name of a relative import in a package; None when it leaves it."""
    for _ in range(level - 1):
        package = package.rpartition(".")[0]
    if not package:
        return None
    return "%s.%s" % (package, name) if name else package


def module(name):
    """A module of ours, loaded; None when there is none of that name."""
    found = _modules.get(name)
    if found is not None and name not in _loading:
        return found
    with lock:
        found = _modules.get(name)
        return found if found is not None else _load(name)


def take(found, names):
    """Load those of the names that a `from` import takes that are modules."""
    values = found.__dict__
    for name in names:
        if name not in values and "__path__" in values and getattr(found, name, None) is None:
            module("%s.%s" % (found.__name__, name))


def _load(name):
    parent, _, last = name.rpartition(".")
    if parent:
        within = module(parent)
        if within is None:
            return None
        # The parent may have loaded it.
        if name in _modules:
            return _modules[name]
    if not _is_frozen(name):
        return None
    code = _imp.get_frozen_object(name)
    loaded = _ModuleType(name)
    values = loaded.__dict__
    if _imp.is_frozen_package(name):
        values["__path__"] = []
        values["__package__"] = name
    else:
        values["__package__"] = parent
    _modules[name] = loaded
    _loading.add(name)
    try:
        exec(code, values)
    except BaseException:
        _modules.pop(name, None)
        raise
    finally:
        _loading.discard(name)
    # A module may put something else in its place.
    loaded = _modules.get(name, loaded)
    if parent:
        setattr(within, last, loaded)
    return loaded
