"""The few helpers of `sqlalchemy.util` that scripts import."""


class immutabledict(dict):
    """A dict that is not changed."""

    def __setitem__(self, key, value):
        raise TypeError("immutabledict object is immutable")

    def union(self, other=None, **kw):
        return immutabledict({**self, **(other or {}), **kw})

    def merge_with(self, *dicts):
        found = dict(self)
        for one in dicts:
            found.update(one or {})
        return immutabledict(found)


OrderedDict = dict
EMPTY_DICT = immutabledict()


class OrderedSet(dict):
    """A set that keeps its order."""

    def __init__(self, values=()):
        super().__init__((value, None) for value in values)

    def add(self, value):
        self[value] = None

    def discard(self, value):
        self.pop(value, None)

    def update(self, *others):
        for values in others:
            for value in values:
                self[value] = None

    def union(self, *others):
        found = OrderedSet(self)
        found.update(*others)
        return found

    def difference(self, other):
        other = set(other)
        return OrderedSet(value for value in self if value not in other)


def to_list(value, default=None):
    """The value as a list."""
    if value is None:
        return default
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        return [value]
    return value if isinstance(value, list) else list(value)


def asbool(value):
    """A truth value from its word."""
    if isinstance(value, str):
        word = value.strip().lower()
        if word in ("true", "yes", "on", "y", "t", "1"):
            return True
        if word in ("false", "no", "off", "n", "f", "0"):
            return False
        raise ValueError("String is not true/false: %r" % word)
    return bool(value)


class memoized_property:
    """A property that is worked out once."""

    def __init__(self, fget, doc=None):
        self.fget = fget
        self.__name__ = fget.__name__

    def __get__(self, obj, cls):
        if obj is None:
            return self
        obj.__dict__[self.__name__] = found = self.fget(obj)
        return found


def warn(message, **kw):
    """A warning of SQLAlchemy's kind."""
    import warnings

    from ..exc import SAWarning

    warnings.warn(message, SAWarning, stacklevel=2)


def __getattr__(name):
    if name in ("concurrency", "langhelpers", "compat"):
        import sys

        __import__("sqlalchemy.util." + name)
        return sys.modules["sqlalchemy.util." + name]
    if name in ("await_only", "greenlet_spawn"):
        from . import concurrency

        return getattr(concurrency, name)
    raise AttributeError("module 'sqlalchemy.util' has no attribute %r" % name)
