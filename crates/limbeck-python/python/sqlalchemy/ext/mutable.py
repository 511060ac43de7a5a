"""Values that tell their object when they are changed in place: ``MutableDict`` and its kin."""

_wrapped = {}


class MutableBase:
    """A value that knows the objects it belongs to."""

    @property
    def _parents(self):
        found = self.__dict__.get("_mutable_parents")
        if found is None:
            found = self.__dict__["_mutable_parents"] = {}
        return found

    @classmethod
    def coerce(cls, key, value):
        if value is None:
            return None
        raise ValueError(f"Attribute '{key}' does not accept objects of type {type(value)}")


class Mutable(MutableBase):
    """The base of values with ``changed()``."""

    def changed(self):
        """Marks the attribute of every owner as changed."""
        from sqlalchemy.orm.attributes import flag_modified

        for ref, key in list(self._parents.values()):
            owner = ref()
            if owner is not None and key in owner.__dict__:
                flag_modified(owner, key)

    @classmethod
    def as_mutable(cls, sqltype):
        """A column type whose values are of this class."""
        if isinstance(sqltype, type):
            sqltype = sqltype()
        _wrapped[id(sqltype)] = (sqltype, cls)
        sqltype._limbeck_mutable = cls
        return sqltype

    @classmethod
    def associate_with(cls, sqltype):
        """All columns of a type get values of this class."""
        _by_class.append((sqltype, cls))

    @classmethod
    def associate_with_attribute(cls, attribute):
        """One attribute gets values of this class."""
        attribute.prop.mutable = cls


_by_class = []


def mutable_of(sqltype):
    """The Mutable class for a column type, or None."""
    found = getattr(sqltype, "_limbeck_mutable", None)
    if found is not None:
        return found
    for kind, cls in _by_class:
        if isinstance(sqltype, kind):
            return cls
    return None


def adopt(cls, key, owner, value):
    """The value as the Mutable class wants it, tied to its owner."""
    import weakref

    made = value if isinstance(value, cls) else cls.coerce(key, value)
    if made is not None:
        made._parents[(id(owner), key)] = (weakref.ref(owner), key)
    return made


class MutableDict(Mutable, dict):
    """A dictionary that reports changes."""

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value)
        self.changed()

    def __delitem__(self, key):
        dict.__delitem__(self, key)
        self.changed()

    def setdefault(self, *args):
        found = dict.setdefault(self, *args)
        self.changed()
        return found

    def update(self, *args, **named):
        dict.update(self, *args, **named)
        self.changed()

    def pop(self, *args):
        found = dict.pop(self, *args)
        self.changed()
        return found

    def popitem(self):
        found = dict.popitem(self)
        self.changed()
        return found

    def clear(self):
        dict.clear(self)
        self.changed()

    def __ior__(self, other):
        self.update(other)
        return self

    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        if isinstance(value, dict):
            return cls(value)
        return Mutable.coerce(key, value)

    def __reduce__(self):
        return (type(self), (dict(self),))


class MutableList(Mutable, list):
    """A list that reports changes."""

    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        if isinstance(value, (list, tuple)):
            return cls(value)
        return Mutable.coerce(key, value)

    def __reduce__(self):
        return (type(self), (list(self),))


class MutableSet(Mutable, set):
    """A set that reports changes."""

    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        if isinstance(value, (set, frozenset, list, tuple)):
            return cls(value)
        return Mutable.coerce(key, value)

    def __reduce__(self):
        return (type(self), (set(self),))


def _reporting(kind, name):
    plain = getattr(kind, name)

    def method(self, *args, **named):
        found = plain(self, *args, **named)
        self.changed()
        return found

    method.__name__ = name
    return method


for _name in "__setitem__ __delitem__ append extend insert pop remove clear sort reverse __iadd__".split():
    setattr(MutableList, _name, _reporting(list, _name))
for _name in (
    "add discard remove pop clear update difference_update intersection_update symmetric_difference_update "
    "__ior__ __iand__ __isub__ __ixor__"
).split():
    setattr(MutableSet, _name, _reporting(set, _name))
