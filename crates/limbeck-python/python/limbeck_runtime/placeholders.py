"""Stand-ins for names that only the application has.

While modules are loaded a placeholder takes part in whatever does not need its value: it can be called, subclassed, subscripted
and used as a decorator, and gives placeholders. Where its value would decide something, and everywhere once a
migration runs, it raises NeedsApplication, which names it.
"""

import sys

_ModuleType = type(sys)


class NeedsApplication(BaseException):
    """The script uses something that only the application's own Python has.

    No Exception: `except Exception` in a script must not hide it.
    """

    def __init__(self, name):
        # What was done with it meanwhile is not its name.
        name = name.partition("(")[0].partition("[")[0]
        super().__init__("needs %s" % name)
        self.needs = name
        # The script that was looked at, when nothing of it runs.
        self.script = None


# How many modules are being loaded; placeholders are only forgiving then.
_loading = 0


class loading:
    """While modules are loaded, placeholders give placeholders."""

    def __enter__(self):
        global _loading
        _loading += 1

    def __exit__(self, *error):
        global _loading
        _loading -= 1


class running:
    """While migrations run, which they may do on behalf of a module that is being loaded: env.py."""

    def __enter__(self):
        global _loading
        self._before = _loading
        _loading = 0

    def __exit__(self, *error):
        global _loading
        _loading = self._before


# The first placeholder that was called while modules were loaded: it may have been meant to do something.
first_called = None


# What took part in something while modules were loaded, in order: models that were made with it are not complete.
touched = []


def _give(placeholder, suffix):
    global first_called
    if not _loading:
        raise NeedsApplication(placeholder.__limbeck_name__)
    if suffix[:1] != ".":
        touched.append(placeholder.__limbeck_name__)
    if suffix == "()" and first_called is None:
        first_called = placeholder.__limbeck_name__
    return Placeholder(placeholder.__limbeck_name__ + suffix)


# Names of models, not of Python: asking for them is asking for the application.
_OF_MODELS = ("__table__", "__tablename__", "__mapper__", "__table_args__")


def _is_dunder(name):
    return name[:2] == "__" and name[-2:] == "__" and name not in _OF_MODELS


class _PlaceholderType(type):
    """The type of classes that have a placeholder among their bases."""

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        return _give(cls, "." + name)

    def __call__(cls, *args, **kwargs):
        return _give(cls, "()")

    def __getitem__(cls, key):
        return _give(cls, "[]")

    def __iter__(cls):
        raise NeedsApplication(cls.__limbeck_name__)

    def __or__(cls, other):
        return _give(cls, "")

    __ror__ = __or__


class Placeholder:
    """Something that is not there, by the name it would have."""

    def __init__(self, name):
        self.__dict__["__limbeck_name__"] = name

    def __repr__(self):
        return "<placeholder for %s>" % self.__limbeck_name__

    def __getattr__(self, name):
        if _is_dunder(name):
            raise AttributeError(name)
        return _give(self, "." + name)

    def __setattr__(self, name, value):
        _give(self, "")
        self.__dict__[name] = value

    def __delattr__(self, name):
        _give(self, "")
        self.__dict__.pop(name, None)

    def __call__(self, *args, **kwargs):
        return _give(self, "()")

    def __getitem__(self, key):
        return _give(self, "[]")

    def __mro_entries__(self, bases):
        _give(self, "")
        for base in bases:
            # Two metaclasses do not go together, and which one the class needs is not known here.
            if isinstance(base, type) and type(base) not in (type, _PlaceholderType):
                raise NeedsApplication(self.__limbeck_name__)
        return (
            _PlaceholderType(
                self.__limbeck_name__.rpartition(".")[2],
                (),
                {"__limbeck_name__": self.__limbeck_name__},
            ),
        )

    def __or__(self, other):
        return _give(self, "")

    __ror__ = __or__

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        if self is other:
            return True
        raise NeedsApplication(self.__limbeck_name__)

    def __ne__(self, other):
        return not self == other


def _decides(self, *args, **kwargs):
    raise NeedsApplication(self.__limbeck_name__)


# Where the value of a placeholder would become part of something else.
for _name in (
    "bool str format bytes int float complex index len iter next contains reversed "
    "lt le gt ge add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow and rand xor rxor "
    "neg pos abs invert enter exit aenter aexit await aiter anext setitem delitem instancecheck subclasscheck fspath"
).split():
    setattr(Placeholder, "__%s__" % _name, _decides)


class _Star:
    """`__all__` of a module whose names are not known: who imports all of them is told where they would be from."""

    def __init__(self, module, names=()):
        self._module, self._names = module, names

    def __iter__(self):
        importing = sys._getframe(1).f_globals
        importing["__limbeck_star__"] = importing.get("__limbeck_star__", ()) + (self._module,)
        return iter(self._names)


def from_star(values, error):
    """What is needed where a name is not defined: the names that `from x import *` of a missing module did not give."""
    star = values.get("__limbeck_star__")
    name = getattr(error, "name", None)
    return NeedsApplication("%s.%s" % (star[0], name)) if star and name else None


class PlaceholderModule(_ModuleType):
    """A module that is nowhere; all its names are placeholders."""

    def __init__(self, name, reason):
        super().__init__(name)
        self.__dict__["__limbeck_name__"] = name
        self.__dict__["__limbeck_reason__"] = reason
        self.__dict__["__path__"] = []
        self.__dict__["__all__"] = _Star(name)

    def __getattr__(self, name):
        if _is_dunder(name):
            raise AttributeError(name)
        return _missing(self.__dict__["__name__"], name)


def _missing(module, name):
    from limbeck_runtime.absent_loggers import instead_of

    logger = instead_of(module, name)
    return Placeholder("%s.%s" % (module, name)) if logger is None else logger


def make_placeholder(module, reason):
    """Make placeholders of all names that a module did not get to define."""
    values = module.__dict__
    own = module.__name__
    touched.append(getattr(reason, "needs", None) or getattr(reason, "name", None) or own)
    values["__limbeck_name__"] = own
    values["__limbeck_reason__"] = reason

    def __getattr__(name):
        if _is_dunder(name):
            raise AttributeError(name)
        return _missing(own, name)

    values["__getattr__"] = __getattr__
    names = values.get("__all__")
    if names is None:
        names = [name for name in values if name[:1] != "_"]
    values["__all__"] = _Star(own, [name for name in names if name in values])


def name_of(value):
    """The name of what is missing, when `value` stands for something that is; else None."""
    kind = type(value)
    if kind is Placeholder or issubclass(kind, _PlaceholderType):
        return value.__limbeck_name__
    if isinstance(kind, _PlaceholderType):
        return kind.__limbeck_name__
    if issubclass(kind, _ModuleType):
        return value.__dict__.get("__limbeck_name__")
    return None
