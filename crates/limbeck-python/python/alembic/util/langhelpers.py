"""Values, tuples and dispatch by class."""


class memoized_property:
    """A property that is computed once per object."""

    def __init__(self, fget, doc=None):
        self.fget = fget
        self.__doc__ = doc or fget.__doc__
        self.__name__ = fget.__name__

    def __get__(self, obj, cls):
        if obj is None:
            return self
        obj.__dict__[self.__name__] = result = self.fget(obj)
        return result


class immutabledict(dict):
    """A dictionary that cannot be changed."""

    def _refuse(self, *args, **kwargs):
        raise TypeError("%s object is immutable" % self.__class__.__name__)

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse

    def union(self, other):
        return immutabledict(dict(self, **other))


EMPTY_DICT = immutabledict()


def asbool(value):
    """True for `1`, `true`, `yes` … in any case."""
    return value is not None and str(value).lower() in ("true", "yes", "on", "y", "t", "1")


def rev_id():
    """A new revision id."""
    import uuid

    return uuid.uuid4().hex[-12:]


def path_text(path):
    """A path as text."""
    if isinstance(path, str):
        return path
    import os

    return os.fspath(path)


def to_tuple(x, default=None):
    """A tuple of one value, or of several."""
    if x is None:
        return default
    if isinstance(x, str):
        return (x,)
    if hasattr(x, "__iter__"):
        return tuple(x)
    return (x,)


def to_list(x, default=None):
    """A list of one value, or of several."""
    if x is None:
        return default
    if isinstance(x, str):
        return [x]
    if hasattr(x, "__iter__"):
        return list(x)
    return [x]


def unique_list(seq, hashfunc=None):
    """The values without repetitions, in order."""
    seen = set()
    found = []
    for value in seq:
        key = hashfunc(value) if hashfunc else value
        if key not in seen:
            seen.add(key)
            found.append(value)
    return found


def dedupe_tuple(tup):
    """The values without repetitions, in order."""
    return tuple(unique_list(tup))


def not_none(value):
    """The value, which is there."""
    assert value is not None
    return value


class Dispatcher:
    """Functions found by the class of their argument, or one of its bases."""

    def __init__(self, uselist=False):
        self._registry = {}
        self.uselist = uselist

    def dispatch_for(self, target, qualifier="default", replace=False):
        """A decorator that registers a function for a class or a name."""

        def decorate(fn):
            key = (target, qualifier)
            if self.uselist:
                self._registry.setdefault(key, []).append(fn)
            else:
                if key in self._registry and not replace:
                    raise ValueError("Can not set dispatch function for object %r: key already exists." % (target,))
                self._registry[key] = fn
            return fn

        return decorate

    def dispatch(self, obj, qualifier="default"):
        """The function for an object, a class or a name."""
        if isinstance(obj, str):
            targets = (obj,)
        elif isinstance(obj, type):
            targets = obj.__mro__
        else:
            targets = obj.__class__.__mro__
        for target in targets:
            for wanted in (qualifier, "default"):
                found = self._registry.get((target, wanted))
                if found is not None:
                    return self._joined(found) if self.uselist else found
        raise ValueError("no dispatch function for object: %s" % (obj,))

    @staticmethod
    def _joined(functions):
        def call_all(*args, **kwargs):
            for function in functions:
                function(*args, **kwargs)

        return call_all

    def branch(self):
        """A copy to which more can be added."""
        copy = Dispatcher(self.uselist)
        copy._registry.update(self._registry)
        return copy


class DispatchPriority:
    """Order of a plug-in's comparators."""

    FIRST = 50
    MEDIUM = 25
    LAST = 10


class PriorityDispatcher(Dispatcher):
    """A dispatcher whose functions are all called, those of higher priority first."""

    def __init__(self):
        super().__init__(uselist=True)

    def dispatch_for(self, target, *, priority=DispatchPriority.MEDIUM, qualifier="default", subgroup=None):
        return super().dispatch_for(target, qualifier=qualifier)
