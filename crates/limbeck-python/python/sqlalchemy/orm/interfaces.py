"""What every attribute of a mapped class has in common: its place in the mapper, and its events."""

from .events import listeners_of_attribute, listeners_of_class
from .state import NO_VALUE

_creations = 0


class MapperProperty:
    """One attribute of a mapper: a column, a relationship, a synonym, a composite."""

    is_column = False
    is_relationship = False
    is_property = True
    deferred = False
    is_attribute = False
    parent = None
    key = None
    doc = None

    def __init__(self):
        global _creations
        _creations += 1
        self.order = _creations
        self.info = {}

    def attach(self, mapper, key):
        """Makes the property the mapper's attribute `key`."""
        self.parent = mapper
        self.key = key

    def configure(self):
        """Resolves what needs other mappers; called once, before first use."""

    @property
    def class_attribute(self):
        return getattr(self.parent.class_, self.key)

    @property
    def mapper(self):
        return self.parent

    def copy_for(self, mapper):
        """The property as a subclass's mapper has it."""
        return self

    def comparator_of(self, attribute):
        """What operators on the class attribute are sent to."""
        return attribute.__clause_element__()

    def fire(self, state, name, value, *rest):
        """Runs validators and listeners of the attribute; returns the value to use."""
        for fn in listeners_of_attribute(state.obj(), self.key, name):
            given = fn(state.obj(), value, *rest)
            if getattr(fn, "_retval", False):
                value = given
        validators = state.mapper.validators.get(self.key)
        if validators and name != "remove":
            for fn, backrefs in validators:
                value = getattr(state.obj(), fn)(self.key, value)
        return value


class LoadedAttribute(MapperProperty):
    """A property whose value is kept in the object's dictionary."""

    def missing(self, state, have):
        """The value of an attribute that was neither loaded nor set."""
        return None

    def set_loaded(self, state, have, value):
        have[self.key] = value
        state.committed.pop(self.key, None)

    def erase(self, state, have):
        if self.key not in have and state.key is None:
            raise AttributeError(f"'{type(state.obj()).__name__}' object has no attribute '{self.key}'")
        old = have.pop(self.key, NO_VALUE)
        state.remember(self.key, old)
        have[self.key] = None


def run_listeners(mapper, name, state, connection):
    """before_insert and its kin, and `init`/`load`/`refresh` of instances."""
    for fn in listeners_of_class(mapper.class_, name):
        fn(mapper, connection, state.obj())
