"""Loads revision scripts and modules of the application, and runs scripts.

Modules of the application are looked for on sys.path. One that cannot be loaded here, or is nowhere, becomes a
placeholder: what a script does not use cannot stop it.
"""

import sys

import _limbeck
import _frozen_importlib_external as _external

from limbeck_runtime import built_in_names, log_file, packages, placeholders
from limbeck_runtime.deferred import defer_os
from limbeck_runtime.placeholders import NeedsApplication, PlaceholderModule, loading, make_placeholder

_ModuleType = type(sys)

# Scripts that are loaded, by path.
_scripts = {}

# The scripts that import nothing of the application.
_self_contained = set()

# The files that are no modules: env.py and scripts.
files = []

# Where modules of this package are read from when they are not frozen.
_own_source = None


def prepare(paths):
    """Set where modules of the project are found."""
    global _own_source
    origin = globals().get("__file__") or ""
    if origin.endswith(".py"):
        _own_source = origin[: -len("limbeck_runtime/loader.py")].rstrip("/\\")
    own = [_own_source] if _own_source else []
    sys.path[:] = own + list(paths)
    _limit_recursion()
    finders = [finder for finder in sys.meta_path if finder is not _external.PathFinder]
    sys.meta_path[:] = finders + [_ApplicationFinder, _AbsenceFinder]
    packages.install()
    defer_os()
    log_file.install()


def _limit_recursion():
    """A script may ask for deeper recursion, not for more than the thread's stack holds."""
    set_limit = sys.setrecursionlimit

    def setrecursionlimit(limit, /):
        set_limit(min(limit, _DEEPEST))

    sys.setrecursionlimit = setrecursionlimit


_DEEPEST = 10000


def _is_ours(path):
    return not path or _own_source is not None and path.startswith(_own_source)


class _ApplicationFinder:
    """Finds modules on sys.path; what is found is loaded with forgiveness."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        spec = _external.PathFinder.find_spec(name, path, target)
        if spec is None:
            return None
        if packages.is_deep() and not _is_ours(spec.origin or ""):
            return _AbsenceFinder.too_deep(name)
        if spec.loader is not None and not _is_ours(spec.origin or ""):
            spec.loader = _ApplicationLoader(spec.loader)
        return spec

    @classmethod
    def invalidate_caches(cls):
        _external.PathFinder.invalidate_caches()


class _ApplicationLoader:
    """Loads a module of the application; one that fails keeps what it defined so far."""

    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        if hasattr(module, "__path__"):
            packages.wait(module, self._execute)
        else:
            self._execute(module)

    def _execute(self, module):
        try:
            with loading(), packages.level():
                self._loader.exec_module(module)
        except (Exception, NeedsApplication, SystemExit) as error:
            # First, because the statements that follow may ask this module for what is missing.
            make_placeholder(module, error)
            if packages.is_near():
                from limbeck_runtime.partial_modules import go_on

                with packages.level():
                    go_on(module, getattr(module, "__file__", None), error)


class _AbsenceFinder:
    """The last finder: makes a placeholder of a module that is nowhere, for the project's own code.

    Modules of the standard library and of this package try imports that may fail, and get their ImportError.
    """

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if not _asked_by_project():
            return None
        from _frozen_importlib import ModuleSpec

        return ModuleSpec(name, cls, is_package=True)

    @classmethod
    def too_deep(cls, name):
        from _frozen_importlib import ModuleSpec

        return ModuleSpec(name, cls, origin=packages.TOO_DEEP, is_package=True)

    @classmethod
    def create_module(cls, spec):
        return PlaceholderModule(spec.name, spec.origin)

    @classmethod
    def exec_module(cls, module):
        pass


def _asked_by_project():
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not (
            name.startswith("<frozen importlib")
            or name in _IMPORT_MACHINERY
            or frame.f_globals.get("__name__") in (__name__, "limbeck_runtime.packages")
        ):
            # The assessment imports what a function of the project would.
            if frame.f_globals.get("__name__") == "limbeck_runtime.assessment":
                return True
            return name.endswith(".py") and not _is_ours(name)
        frame = frame.f_back
    return False


_IMPORT_MACHINERY = (
    "_frozen_importlib",
    "_frozen_importlib_external",
    "importlib._bootstrap",
    "importlib._bootstrap_external",
    "importlib",
    "_bootstrap",
    "_bootstrap_external",
)


def load(path):
    """The module of a script; its code runs once."""
    module = _scripts.get(path)
    if module is None:
        module = _load(path)
        _scripts[path] = module
    return module


def _load(path):
    stem = path.replace("\\", "/").rpartition("/")[2]
    name = stem.replace(".", "_").replace("-", "_")
    if not name.replace("_", "a").isalnum():
        name = "".join([part if part.isalnum() else "_" for part in name])
    return load_file(path, name)


def load_file(path, name):
    """The module of a file, made anew and under no name that could be imported, as Alembic does it."""
    module = _ModuleType(name)
    module.__file__ = path
    module.__loader__ = None
    files.append(path)
    with open(path, "rb") as file:
        source, imported = _limbeck.script_text(file.read())
    if imported is not None and built_in_names.are_all(imported):
        _self_contained.add(path)
    with loading():
        code = compile(source, path, "exec", dont_inherit=True)
        try:
            exec(code, module.__dict__)
        except NameError as error:
            needs = placeholders.from_star(module.__dict__, error)
            if needs is None:
                raise
            raise needs from error
    return module


def run(path, direction):
    """Run upgrade() or downgrade() of a script."""
    from limbeck_runtime.running import operations

    called = function(path, direction)
    with operations() as arguments:
        called(**arguments)


def function(path, direction):
    """The function of a script for a direction."""
    module = load(path)
    found = getattr(module, direction, None)
    if found is None:
        raise AttributeError("the script has no %s()" % direction)
    return found


def assess(path, direction):
    """Raise NeedsApplication when the function of that direction needs what is not there."""
    module = load(path)
    if path in _self_contained:
        return
    from limbeck_runtime import assessment

    try:
        assessment.check(module, direction)
    except NeedsApplication as error:
        error.script = path
        raise
