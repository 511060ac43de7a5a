"""What the ORM knows about one object: its identity, its session, what was changed.

The state lives in the object's ``__dict__`` and refers back weakly, so that objects which nobody
holds go away: migrations walk over tables that do not fit in memory.
"""

import weakref


class _NoValue:
    """A value that is not known (never loaded, never set); unlike None."""

    def __repr__(self):
        return "NO_VALUE"

    def __bool__(self):
        return False


NO_VALUE = _NoValue()

_orders = 0


class InstanceState:
    """The bookkeeping of one mapped object; what ``inspect(object)`` returns."""

    __slots__ = (
        "_ref", "_strong", "mapper", "key", "session_ref", "committed", "expired", "modified",
        "_deleted", "insert_order", "queued", "orphaned", "load_options", "info", "__weakref__",
    )

    is_instance = True
    is_mapper = False
    is_selectable = False
    is_aliased_class = False

    def __init__(self, obj, mapper):
        self._ref = weakref.ref(obj, self._gone)
        self._strong = None
        self.mapper = mapper
        self.key = None
        self.session_ref = None
        self.committed = {}
        self.expired = ()
        self.modified = False
        self._deleted = False
        self.insert_order = None
        self.queued = None
        self.orphaned = None
        self.load_options = None
        self.info = None

    def _gone(self, _):
        session = self.session_ref
        if session is not None and self.key is not None:
            session._forget(self)

    # what a user sees -------------------------------------------------------------------------

    def obj(self):
        """The object, or None when it is gone."""
        return self._ref()

    @property
    def object(self):
        return self._ref()

    @property
    def class_(self):
        return self.mapper.class_

    @property
    def dict(self):
        obj = self._ref()
        return {} if obj is None else obj.__dict__

    @property
    def session(self):
        return self.session_ref

    @property
    def identity(self):
        return None if self.key is None else self.key[1]

    @property
    def identity_key(self):
        return self.key

    @property
    def has_identity(self):
        return self.key is not None

    @property
    def transient(self):
        return self.key is None and self.session_ref is None

    @property
    def pending(self):
        return self.key is None and self.session_ref is not None

    @property
    def persistent(self):
        return self.key is not None and self.session_ref is not None and not self._deleted

    @property
    def deleted(self):
        return self.key is not None and self.session_ref is not None and self._deleted

    @property
    def was_deleted(self):
        return self._deleted

    @property
    def detached(self):
        return self.key is not None and self.session_ref is None

    @property
    def unloaded(self):
        have = self.dict
        return {key for key in self.mapper.props if key not in have}

    @property
    def unmodified(self):
        return {key for key in self.mapper.props if key not in self.committed}

    @property
    def expired_attributes(self):
        return set(self.expired)

    @property
    def attrs(self):
        from .attributes import AttributeStates

        return AttributeStates(self)

    # change tracking --------------------------------------------------------------------------

    def remember(self, key, old):
        """Keeps the value the database has for `key`, once, and marks the object as changed."""
        if key not in self.committed:
            self.committed[key] = old
        self.touch()

    def touch(self):
        if not self.modified:
            self.modified = True
            session = self.session_ref
            if session is not None:
                self._strong = self._ref()
                session._modified[self] = True
                session._begin_if_idle()

    def commit_all(self):
        """The object now equals its row."""
        self.committed = {}
        self.modified = False
        self.queued = None
        self._strong = None
        session = self.session_ref
        if session is not None:
            session._modified.pop(self, None)

    def expire(self, keys=None):
        """Forgets loaded values; they are read again when used."""
        have = self.dict
        props = self.mapper.props
        if keys is None:
            names = list(props)
            self.committed = {}
            self.queued = None
            self.modified = False
            self._strong = None
            if self.session_ref is not None:
                self.session_ref._modified.pop(self, None)
        else:
            names = [key for key in keys if key in props]
            for key in names:
                self.committed.pop(key, None)
        for key in names:
            have.pop(key, None)
        again = [key for key in names if props[key].is_column and not props[key].deferred]
        self.expired = set(again) if keys is None else set(self.expired) | set(again)


def instance_state(obj):
    """The state of a mapped object; made at first use, so that ``__init__`` need not be ours."""
    try:
        return obj.__dict__["_sa_instance_state"]
    except (KeyError, AttributeError):
        pass
    mapper = getattr(type(obj), "__mapper__", None)
    if mapper is None:
        from .exc import UnmappedInstanceError

        raise UnmappedInstanceError(obj)
    state = InstanceState(obj, mapper)
    obj.__dict__["_sa_instance_state"] = state
    return state


class StateMaker:
    """Gives an object its state when it is asked for one that it does not have yet."""

    def __get__(self, obj, owner=None):
        if obj is None:
            raise AttributeError("_sa_instance_state")
        return instance_state(obj)


def instance_dict(obj):
    """The values of a mapped object by attribute name."""
    return obj.__dict__


def next_order():
    """Counts objects in the order in which they were added to a session."""
    global _orders
    _orders += 1
    return _orders
