"""``association_proxy``: an attribute of related objects, seen through the relationship."""

ASSOCIATION_PROXY = "ASSOCIATION_PROXY"


class AssociationProxy:
    """The descriptor: reads and writes ``target.attribute`` for each related object."""

    is_attribute = True
    extension_type = ASSOCIATION_PROXY

    def __init__(self, target_collection, attr, creator=None, **options):
        self.target_collection = target_collection
        self.value_attr = attr
        self.creator = creator
        self.key = None

    def __set_name__(self, owner, name):
        self.key = name

    def _prop(self, owner):
        return getattr(owner, self.target_collection).prop

    def _make(self, owner, *values):
        creator = self.creator
        if creator is None:
            creator = self._prop(owner).mapper.class_
        return creator(*values)

    def __get__(self, obj, owner=None):
        if obj is None:
            return AssociationExpression(self, owner)
        prop = self._prop(type(obj))
        prop.configure()
        if not prop.uselist:
            target = getattr(obj, self.target_collection)
            return None if target is None else getattr(target, self.value_attr)
        target = getattr(obj, self.target_collection)
        if isinstance(target, dict):
            return AssociationDict(self, obj)
        if isinstance(target, set):
            return AssociationSet(self, obj)
        return AssociationList(self, obj)

    def __set__(self, obj, value):
        prop = self._prop(type(obj))
        prop.configure()
        if not prop.uselist:
            target = getattr(obj, self.target_collection)
            if target is None:
                setattr(obj, self.target_collection, None if value is None else self._make(type(obj), value))
            else:
                setattr(target, self.value_attr, value)
            return
        proxy = self.__get__(obj, type(obj))
        proxy.clear()
        if isinstance(value, dict):
            proxy.update(value)
        else:
            for one in value:
                proxy._put(one)


class AssociationExpression:
    """The proxy on the class: conditions on the related objects."""

    is_clause_element = False

    def __init__(self, proxy, owner):
        self.proxy = proxy
        self.owner = owner
        self.attr = (getattr(owner, proxy.target_collection), getattr(owner, proxy.target_collection).prop.mapper.class_)

    def _exists(self, criterion):
        relationship = getattr(self.owner, self.proxy.target_collection)
        return relationship.any(criterion) if relationship.prop.uselist else relationship.has(criterion)

    def _remote(self):
        prop = getattr(self.owner, self.proxy.target_collection).prop
        return getattr(prop.mapper.class_, self.proxy.value_attr)

    def __eq__(self, other):
        return self._exists(self._remote() == other)

    def __ne__(self, other):
        return self._exists(self._remote() != other)

    __hash__ = None

    def contains(self, other):
        return self._exists(self._remote() == other)

    def any(self, criterion=None, **named):
        remote = self._remote()
        inner = remote.has if not remote.prop.uselist else remote.any
        return self._exists(inner(criterion, **named))

    has = any

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        remote = getattr(self._remote(), name)
        return lambda *args, **named: self._exists(remote(*args, **named))


class _Proxied:
    def __init__(self, proxy, obj):
        self._proxy = proxy
        self._obj = obj

    @property
    def _target(self):
        return getattr(self._obj, self._proxy.target_collection)

    def _value(self, item):
        return getattr(item, self._proxy.value_attr)

    def __len__(self):
        return len(self._target)

    def __bool__(self):
        return bool(self._target)

    def clear(self):
        self._target.clear()

    def __repr__(self):
        return repr(self._plain())

    def __eq__(self, other):
        return self._plain() == (other._plain() if isinstance(other, _Proxied) else other)

    __hash__ = None


class AssociationList(_Proxied):
    """The proxy of a list."""

    def _plain(self):
        return [self._value(item) for item in self._target]

    def __iter__(self):
        return iter(self._plain())

    def __getitem__(self, index):
        return self._plain()[index]

    def __setitem__(self, index, value):
        setattr(self._target[index], self._proxy.value_attr, value)

    def __delitem__(self, index):
        del self._target[index]

    def __contains__(self, value):
        return value in self._plain()

    def append(self, value):
        self._target.append(self._proxy._make(type(self._obj), value))

    _put = append

    def extend(self, values):
        for value in values:
            self.append(value)

    def insert(self, index, value):
        self._target.insert(index, self._proxy._make(type(self._obj), value))

    def remove(self, value):
        for position, item in enumerate(self._target):
            if self._value(item) == value:
                del self._target[position]
                return
        raise ValueError("value not in list")

    def pop(self, index=-1):
        return self._value(self._target.pop(index))

    def count(self, value):
        return self._plain().count(value)

    def index(self, value):
        return self._plain().index(value)


class AssociationSet(_Proxied):
    """The proxy of a set."""

    def _plain(self):
        return {self._value(item) for item in self._target}

    def __iter__(self):
        return iter(self._plain())

    def __contains__(self, value):
        return value in self._plain()

    def add(self, value):
        if value not in self:
            self._target.add(self._proxy._make(type(self._obj), value))

    _put = add

    def update(self, values):
        for value in values:
            self.add(value)

    def discard(self, value):
        for item in list(self._target):
            if self._value(item) == value:
                self._target.discard(item)

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)


class AssociationDict(_Proxied):
    """The proxy of a dictionary."""

    def _plain(self):
        return {key: self._value(item) for key, item in self._target.items()}

    def __iter__(self):
        return iter(self._target)

    def __contains__(self, key):
        return key in self._target

    def __getitem__(self, key):
        return self._value(self._target[key])

    def __setitem__(self, key, value):
        if key in self._target:
            setattr(self._target[key], self._proxy.value_attr, value)
        else:
            self._target[key] = self._proxy._make(type(self._obj), key, value)

    def __delitem__(self, key):
        del self._target[key]

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return self._target.keys()

    def values(self):
        return list(self._plain().values())

    def items(self):
        return list(self._plain().items())

    def pop(self, key, *default):
        if key in self:
            value = self[key]
            del self[key]
            return value
        return {}.pop(key, *default)

    def update(self, *others, **named):
        for key, value in dict(*others, **named).items():
            self[key] = value


def association_proxy(target_collection, attr, *, creator=None, **options):
    """A view of ``attr`` of the related objects."""
    return AssociationProxy(target_collection, attr, creator, **options)
