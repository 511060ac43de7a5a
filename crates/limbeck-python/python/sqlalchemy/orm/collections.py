"""Lists, sets and dictionaries that tell the ORM what is put into them and taken out."""


class CollectionAdapter:
    """Ties one collection to the attribute of the object that owns it."""

    __slots__ = ("prop", "owner_ref", "data")

    def __init__(self, prop, state, data):
        self.prop = prop
        self.owner_ref = state
        self.data = data

    @property
    def owner_state(self):
        return self.owner_ref

    def fire_append(self, item, initiator=None):
        return self.prop.appended(self.owner_ref, item, initiator)

    def fire_remove(self, item, initiator=None):
        self.prop.removed(self.owner_ref, item, initiator)

    def before_change(self):
        self.prop.before_change(self.owner_ref, self.data)


def collection_adapter(collection):
    """The adapter of an instrumented collection."""
    return getattr(collection, "_sa_adapter", None)


class InstrumentedList(list):
    """A list of related objects."""

    _sa_adapter = None

    def _put(self, item):
        adapter = self._sa_adapter
        if adapter is None:
            return item
        adapter.before_change()
        return adapter.fire_append(item)

    def _take(self, item):
        adapter = self._sa_adapter
        if adapter is not None:
            adapter.before_change()
            adapter.fire_remove(item)

    def append(self, item):
        item = self._put(item)
        list.append(self, item)

    def insert(self, index, item):
        list.insert(self, index, self._put(item))

    def extend(self, items):
        for item in list(items):
            self.append(item)

    def __iadd__(self, items):
        self.extend(items)
        return self

    def remove(self, item):
        position = self.index(item)
        self._take(self[position])
        list.pop(self, position)

    def pop(self, index=-1):
        self._take(self[index])
        return list.pop(self, index)

    def clear(self):
        for item in list(self):
            self._take(item)
        list.clear(self)

    def __delitem__(self, index):
        gone = self[index]
        for item in gone if isinstance(index, slice) else [gone]:
            self._take(item)
        list.__delitem__(self, index)

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            for item in self[index]:
                self._take(item)
            value = [self._put(item) for item in value]
        else:
            self._take(self[index])
            value = self._put(value)
        list.__setitem__(self, index, value)

    def _quiet_add(self, item):
        list.append(self, item)

    def _quiet_remove(self, item):
        for position, have in enumerate(self):
            if have is item:
                list.pop(self, position)
                return

    def __reduce__(self):
        return (list, (list(self),))


class InstrumentedSet(set):
    """A set of related objects."""

    _sa_adapter = None

    def add(self, item):
        if item not in self:
            if self._sa_adapter is not None:
                self._sa_adapter.before_change()
                item = self._sa_adapter.fire_append(item)
            set.add(self, item)

    def discard(self, item):
        if item in self:
            self.remove(item)

    def remove(self, item):
        if item in self and self._sa_adapter is not None:
            self._sa_adapter.before_change()
            self._sa_adapter.fire_remove(item)
        set.remove(self, item)

    def pop(self):
        for item in self:
            self.remove(item)
            return item
        raise KeyError("pop from an empty set")

    def clear(self):
        for item in list(self):
            self.remove(item)

    def update(self, *others):
        for other in others:
            for item in list(other):
                self.add(item)

    def difference_update(self, other):
        for item in list(other):
            self.discard(item)

    def intersection_update(self, other):
        keep = set(other)
        for item in list(self):
            if item not in keep:
                self.remove(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def _quiet_add(self, item):
        set.add(self, item)

    def _quiet_remove(self, item):
        set.discard(self, item)

    def __reduce__(self):
        return (set, (list(self),))


class KeyFuncDict(dict):
    """Related objects by a key taken from each."""

    _sa_adapter = None
    keyfunc = None

    def __init__(self, keyfunc=None, *args, ignore_unpopulated_attribute=False):
        dict.__init__(self)
        if keyfunc is not None:
            self.keyfunc = keyfunc

    def __setitem__(self, key, item):
        if self._sa_adapter is not None:
            self._sa_adapter.before_change()
            if key in self:
                self._sa_adapter.fire_remove(self[key])
            item = self._sa_adapter.fire_append(item)
        dict.__setitem__(self, key, item)

    def set(self, item, _sa_initiator=None):
        self[self.keyfunc(item)] = item

    def remove(self, item, _sa_initiator=None):
        del self[self.keyfunc(item)]

    def __delitem__(self, key):
        if self._sa_adapter is not None:
            item = self[key]
            self._sa_adapter.before_change()
            self._sa_adapter.fire_remove(item)
        dict.__delitem__(self, key)

    def pop(self, key, *default):
        if key in self:
            item = self[key]
            del self[key]
            return item
        return dict.pop(self, key, *default)

    def popitem(self):
        for key in self:
            return key, self.pop(key)
        raise KeyError("popitem(): dictionary is empty")

    def setdefault(self, key, item=None):
        if key not in self:
            self[key] = item
        return self[key]

    def update(self, *others, **named):
        for key, item in dict(*others, **named).items():
            self[key] = item

    def clear(self):
        for key in list(self):
            del self[key]

    def _quiet_add(self, item):
        dict.__setitem__(self, self.keyfunc(item), item)

    def _quiet_remove(self, item):
        for key, have in list(self.items()):
            if have is item:
                dict.pop(self, key)

    def __reduce__(self):
        return (dict, (dict(self),))


InstrumentedDict = KeyFuncDict
MappedCollection = KeyFuncDict


def keyfunc_mapping(keyfunc, **_):
    """A factory of dictionaries whose keys `keyfunc` computes."""
    return lambda: KeyFuncDict(keyfunc)


def attribute_keyed_dict(attr_name, **_):
    """A factory of dictionaries keyed by an attribute of the objects."""
    return keyfunc_mapping(lambda item: getattr(item, attr_name))


def column_keyed_dict(column, **_):
    """A factory of dictionaries keyed by a column's value."""

    def keyfunc(item):
        return getattr(item, item.__mapper__.property_of_column(column).key)

    return keyfunc_mapping(keyfunc)


attribute_mapped_collection = attribute_keyed_dict
column_mapped_collection = column_keyed_dict
mapped_collection = keyfunc_mapping


def make_factory(given):
    """What makes the empty collection for ``collection_class``."""
    if given is None or given is list:
        return InstrumentedList
    if given is set:
        return InstrumentedSet
    if given is dict:
        return KeyFuncDict
    if not isinstance(given, type):
        sample = given()
        if isinstance(sample, (InstrumentedList, InstrumentedSet, KeyFuncDict)):
            return given
        return make_factory(type(sample)) if type(sample) in (list, set, dict) else _instrumented(type(sample), given)
    return _instrumented(given, given)


_made = {}


def _instrumented(kind, factory):
    """A subclass of the user's collection class with our recording methods mixed in."""
    for base, ours in ((list, InstrumentedList), (set, InstrumentedSet), (dict, KeyFuncDict)):
        if issubclass(kind, ours):
            return factory
        if issubclass(kind, base):
            if kind not in _made:
                _made[kind] = _mix(kind, ours)
            return _made[kind]
    from sqlalchemy.exc import ArgumentError

    raise ArgumentError(f"Type {kind.__name__} must elect an appender method to be a collection class")


def _mix(kind, ours):
    """The user's own methods run first; the plain ones of the built-in type are replaced by ours."""
    body = {"_sa_adapter": None}
    for name, member in ours.__dict__.items():
        if name not in ("__dict__", "__weakref__", "__doc__", "__module__", "__init__", "__reduce__"):
            if not _defined_by_user(kind, name):
                body[name] = member
    return type(kind.__name__, (kind, ours), body)


def _defined_by_user(kind, name):
    for class_ in kind.__mro__:
        if class_ in (list, set, dict, object):
            return False
        if name in class_.__dict__:
            return True
    return False


class _CollectionDecorators:
    """``collection.appender`` and its kin: markers that leave the method as it is."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("appender", "remover", "iterator", "internally_instrumented", "converter"):
            return lambda fn: fn
        return lambda arg=None: (lambda fn: fn)


collection = _CollectionDecorators()
