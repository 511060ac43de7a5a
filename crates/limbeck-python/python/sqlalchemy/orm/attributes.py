"""The descriptors on mapped classes: values on objects, column expressions on the class."""

from sqlalchemy.inspection import _self_inspects

from .state import NO_VALUE, instance_dict, instance_state  # noqa: F401

PASSIVE_OFF = 1
PASSIVE_NO_INITIALIZE = 2
PASSIVE_NO_FETCH = 3
LOADED = 4


class History(tuple):
    """(added, unchanged, deleted): what happened to one attribute since it was loaded."""

    __slots__ = ()

    def __new__(cls, added, unchanged, deleted):
        return tuple.__new__(cls, (added, unchanged, deleted))

    added = property(lambda self: self[0])
    unchanged = property(lambda self: self[1])
    deleted = property(lambda self: self[2])

    def __bool__(self):
        return bool(self[0] or self[2])

    def empty(self):
        return not (self[0] or self[1] or self[2])

    def has_changes(self):
        return bool(self[0] or self[2])

    def sum(self):
        return list(self[0] or ()) + list(self[1] or ()) + list(self[2] or ())

    def non_deleted(self):
        return list(self[0] or ()) + list(self[1] or ())

    def non_added(self):
        return list(self[1] or ()) + list(self[2] or ())

    def __repr__(self):
        return f"History(added={self[0]!r}, unchanged={self[1]!r}, deleted={self[2]!r})"


_NOT_FORWARDED = frozenset(
    "_sa_instance_state _clause _event_listeners _listeners _engine engine sync_engine sync_connection".split()
)


class QueryableAttribute:
    """A class attribute that takes part in expressions; everything but values goes to its column."""

    is_attribute = True
    is_clause_element = False
    is_selectable = False
    is_aliased_class = False
    is_instance = False
    is_mapper = False
    inherit_cache = True

    def __init__(self, class_, key, prop, entity=None):
        self.class_ = class_
        self.key = key
        self.prop = prop
        self._entity = entity
        self.__name__ = key
        self.__doc__ = getattr(prop, "doc", None)

    @property
    def parent(self):
        return self._entity if self._entity is not None else self.class_.__mapper__

    _parententity = parent

    @property
    def info(self):
        return self.prop.info

    @property
    def impl(self):
        return self.prop

    @property
    def expression(self):
        return self.__clause_element__()

    @property
    def comparator(self):
        return self.prop.comparator_of(self)

    def __clause_element__(self):
        made = self.__dict__.get("_clause")
        if made is None:
            made = self.prop.expression_of(self)
            self.__dict__["_clause"] = made
        return made

    def adapt_to_entity(self, entity):
        """The same attribute, of an alias."""
        return InstrumentedAttribute(entity.entity, self.key, self.prop, entity)

    def of_type(self, entity):
        """The relationship narrowed to a subclass or an alias."""
        made = InstrumentedAttribute(self.class_, self.key, self.prop, self._entity)
        made._of_type = entity
        made._extra = self._extra
        return made

    def and_(self, *clauses):
        """The relationship with further conditions in its ON clause."""
        made = InstrumentedAttribute(self.class_, self.key, self.prop, self._entity)
        made._of_type = self._of_type
        made._extra = self._extra + clauses
        return made

    _of_type = None
    _extra = ()
    property = property(lambda self: self.prop)

    def __getattr__(self, name):
        if name.startswith("__") or name in _NOT_FORWARDED:
            raise AttributeError(name)
        return getattr(self.comparator, name)

    def __str__(self):
        return f"{self.class_.__name__}.{self.key}"

    def __repr__(self):
        return f"<sqlalchemy.orm.attributes.InstrumentedAttribute {self.class_.__name__}.{self.key}>"

    def __hash__(self):
        return id(self)

    def __bool__(self):
        return True


def _forward(name):
    def operate(self, *others):
        return getattr(self.comparator, name)(*others)

    operate.__name__ = name
    return operate


for _name in (
    "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ "
    "__truediv__ __rtruediv__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __neg__ __invert__ __and__ "
    "__or__ __contains__ __getitem__ __lshift__ __rshift__"
).split():
    setattr(QueryableAttribute, _name, _forward(_name))


@_self_inspects
class InstrumentedAttribute(QueryableAttribute):
    """A QueryableAttribute that also reads and writes the value on objects."""

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        have = obj.__dict__
        key = self.key
        if key in have:
            return have[key]
        return self.prop.read(instance_state(obj), have)

    def __set__(self, obj, value):
        self.prop.write(instance_state(obj), obj.__dict__, value, None)

    def __delete__(self, obj):
        self.prop.erase(instance_state(obj), obj.__dict__)


def _prop(obj, key):
    state = instance_state(obj)
    prop = state.mapper.props.get(key)
    if prop is None:
        raise AttributeError(key)
    return state, prop


def flag_modified(instance, key):
    """Marks an attribute as changed though no assignment told so (a JSON value changed in place)."""
    from sqlalchemy.exc import InvalidRequestError

    state, _ = _prop(instance, key)
    if key not in instance.__dict__:
        raise InvalidRequestError(f"Can't flag attribute '{key}' modified; it's not present in the object state")
    state.remember(key, NO_VALUE)
    state.committed[key] = NO_VALUE


def flag_dirty(instance):
    """Marks the object as changed without naming an attribute."""
    instance_state(instance).touch()


def set_attribute(instance, key, value, initiator=None):
    """Sets a value with history and events."""
    state, prop = _prop(instance, key)
    prop.write(state, instance.__dict__, value, initiator)


def get_attribute(instance, key):
    """Reads a value, loading it where needed."""
    return getattr(instance, key)


def del_attribute(instance, key):
    """Deletes a value with history."""
    state, prop = _prop(instance, key)
    prop.erase(state, instance.__dict__)


def set_committed_value(instance, key, value):
    """Sets a value as if it had been loaded."""
    state, prop = _prop(instance, key)
    prop.set_loaded(state, instance.__dict__, value)


def get_history(obj, key, passive=PASSIVE_OFF):
    """The History of one attribute; what is not loaded is not read."""
    state, prop = _prop(obj, key)
    return prop.history(state, obj.__dict__)


def init_collection(obj, key):
    """An empty collection for the attribute."""
    state, prop = _prop(obj, key)
    return prop.make_empty(state, obj.__dict__)


def manager_of_class(cls):
    """The manager of a mapped class: here its mapper."""
    return cls.__dict__.get("__mapper__")


class AttributeState:
    """What ``inspect(object).attrs.x`` gives."""

    def __init__(self, state, key):
        self.state = state
        self.key = key

    @property
    def loaded_value(self):
        return self.state.dict.get(self.key, NO_VALUE)

    @property
    def value(self):
        return getattr(self.state.obj(), self.key)

    @property
    def history(self):
        return get_history(self.state.obj(), self.key)

    def load_history(self):
        getattr(self.state.obj(), self.key)
        return self.history


class AttributeStates:
    """All attributes of one object, by name."""

    def __init__(self, state):
        self._state = state

    def __getattr__(self, key):
        if key.startswith("_") or key not in self._state.mapper.props:
            raise AttributeError(key)
        return AttributeState(self._state, key)

    def __getitem__(self, key):
        return AttributeState(self._state, key)

    def __contains__(self, key):
        return key in self._state.mapper.props

    def __iter__(self):
        for key in self._state.mapper.props:
            yield AttributeState(self._state, key)

    def keys(self):
        return list(self._state.mapper.props)

    def items(self):
        return [(key, AttributeState(self._state, key)) for key in self._state.mapper.props]

    def values(self):
        return list(self)
