"""``relationship()``: attributes that hold other mapped objects."""

from .attributes import History
from .clauses import plain, replace
from .interfaces import LoadedAttribute
from .join_condition import MANYTOMANY, MANYTOONE, ONETOMANY, JoinCondition
from .state import NO_VALUE, instance_state

_CASCADES = ("save-update", "merge", "expunge", "delete", "refresh-expire")


def read_cascade(text):
    """The set of cascades of a text such as ``"all, delete-orphan"``."""
    from sqlalchemy.exc import ArgumentError

    if text is None or text is False:
        return {"save-update", "merge"} if text is False else set()
    words = {word.strip() for word in text.split(",") if word.strip()} if isinstance(text, str) else set(text)
    unknown = words - set(_CASCADES) - {"all", "none", "delete-orphan"}
    if unknown:
        raise ArgumentError(f"Invalid cascade option(s): {', '.join(sorted(repr(word) for word in unknown))}")
    if "all" in words:
        words |= set(_CASCADES)
    if "none" in words:
        words.clear()
    words.discard("all")
    return words


class RelationshipProperty(LoadedAttribute):
    """One relationship of a mapper; configured when all classes are known."""

    is_relationship = True

    def __init__(
        self, argument=None, secondary=None, *, uselist=None, collection_class=None, primaryjoin=None,
        secondaryjoin=None, back_populates=None, order_by=False, backref=None, overlaps=None, post_update=False,
        cascade="save-update, merge", viewonly=False, lazy="select", passive_deletes=False, passive_updates=True,
        active_history=False, enable_typechecks=True, foreign_keys=None, remote_side=None, join_depth=None,
        comparator_factory=None, single_parent=False, innerjoin=False, distinct_target_key=None, load_on_pending=False,
        query_class=None, info=None, omit_join=None, sync_backref=None, doc=None, **_,
    ):
        LoadedAttribute.__init__(self)
        self.argument = argument
        self.secondary = secondary
        self.uselist = uselist
        self.collection_class = collection_class
        self.given_primaryjoin = primaryjoin
        self.given_secondaryjoin = secondaryjoin
        self.back_populates = back_populates
        self.backref = backref
        self.given_order_by = order_by
        self.post_update = post_update
        self.viewonly = viewonly
        self.lazy = "select" if lazy is True else "noload" if lazy is None else "joined" if lazy is False else lazy
        self.passive_deletes = passive_deletes
        self.given_foreign_keys = foreign_keys
        self.given_remote_side = remote_side
        self.cascade = read_cascade(cascade)
        self.doc = doc
        self.reverse = ()
        self.configured = False
        self.entity = None
        if info:
            self.info.update(info)

    def copy_for(self, mapper):
        return self

    # configuration ----------------------------------------------------------------------------

    def resolve_entity(self):
        """The mapper of the other side."""
        if self.entity is None:
            from .mapper import mapper_of
            from .resolver import resolve

            value = resolve(self.argument, self.parent, want_class=True)
            self.entity = mapper_of(value)
        return self.entity

    @property
    def mapper(self):
        self.configure()
        return self.entity

    target = property(lambda self: self.mapper.persist_selectable)

    def configure(self):
        """Resolves names, finds the join and ties both directions together."""
        if self.configured:
            return
        from .collections import make_factory
        from .resolver import resolve, resolve_all

        target = self.resolve_entity()
        parent = self.parent
        self.configured = True
        try:
            secondary = resolve(self.secondary, parent)
            if hasattr(secondary, "__table__"):
                secondary = secondary.__table__
            self.secondary = secondary
            self.condition = JoinCondition(
                f"{parent.class_.__name__}.{self.key}", parent, target, resolve(self.given_primaryjoin, parent),
                resolve(self.given_secondaryjoin, parent), secondary, resolve_all(self.given_foreign_keys, parent),
                resolve_all(self.given_remote_side, parent),
            )
            self.direction = self.condition.direction
            self.primaryjoin = self.condition.primaryjoin
            self.secondaryjoin = self.condition.secondaryjoin
            if self.uselist is None:
                self.uselist = self.direction is not MANYTOONE
            order = self.given_order_by
            self.order_by = [plain(one) for one in resolve_all(order, parent, marks=False)] if order else []
            self.new_collection = make_factory(self.collection_class)
            if "delete-orphan" in self.cascade:
                target.orphan_watchers.append(self)
        except BaseException:
            self.configured = False
            raise
        self._make_backref(target)
        self._tie(target)

    def _make_backref(self, target):
        if self.backref is None:
            return
        name, options = self.backref if isinstance(self.backref, tuple) else (self.backref, {})
        self.back_populates = name
        self.backref = None
        if name in target.props:
            return
        options = dict(options)
        joins = (self.given_primaryjoin, self.given_secondaryjoin)
        if self.direction is MANYTOMANY:
            options.setdefault("primaryjoin", self.secondaryjoin)
            options.setdefault("secondaryjoin", self.primaryjoin)
        elif joins[0] is not None:
            options.setdefault("primaryjoin", self.primaryjoin)
        options.setdefault("viewonly", self.viewonly)
        if self.condition.foreign and self.direction is not MANYTOMANY:
            options.setdefault("foreign_keys", list(self.condition.foreign))
        if self.condition.is_self_referential() and self.direction is not MANYTOMANY:
            options.setdefault("remote_side", list(self.condition.local_columns))
        prop = RelationshipProperty(self.parent.class_, self.secondary, back_populates=self.key, **options)
        target.add_property(name, prop)
        prop.configure()

    def _tie(self, target):
        if not self.back_populates:
            return
        other = target.props.get(self.back_populates)
        if other is None:
            from sqlalchemy.exc import InvalidRequestError

            raise InvalidRequestError(
                f"Mapper '{target}' has no property '{self.back_populates}'.  If this property was indicated from "
                "other mappers or configure events, ensure registry.configure() has been called."
            )
        if other not in self.reverse:
            self.reverse = self.reverse + (other,)
        if self not in other.reverse:
            other.reverse = other.reverse + (self,)

    # expressions ------------------------------------------------------------------------------

    def expression_of(self, attribute):
        return self.join_clause(attribute._entity)

    def comparator_of(self, attribute):
        from .comparators import RelationshipComparator

        return RelationshipComparator(self, attribute)

    def join_clause(self, left=None, right=None):
        """The ON clause between two entities (None: the mapped tables themselves)."""
        self.configure()
        clause = self.primaryjoin
        if self.secondary is not None:
            return self._adapted(clause, left, None)
        return self._adapted(clause, left, right)

    def secondary_clause(self, right=None):
        """The ON clause from the secondary table to the target."""
        return self._adapted(self.secondaryjoin, None, right)

    def _adapted(self, clause, left, right):
        if left is None and right is None:
            return clause
        condition = self.condition
        remote = {column for _, column in condition.local_remote_pairs} if self.secondary is None else set()
        own_target = condition.target_columns

        def change(element):
            if getattr(element, "table", None) is None or not hasattr(element, "foreign_keys"):
                return None
            if condition.is_self_referential() and self.secondary is None:
                side = right if element in remote else left
            elif clause is self.secondaryjoin:
                side = right if element in own_target else None
            else:
                side = left if element in condition.parent_columns else right if element in own_target else None
            return side.adapt(element) if side is not None else None

        return replace(clause, change)

    # values -----------------------------------------------------------------------------------

    def make_empty(self, state, have):
        """The value of an attribute that holds nothing yet."""
        if not self.uselist:
            return None
        made = self._adapt_collection(state, self.new_collection())
        have[self.key] = made
        return made

    def _adapt_collection(self, state, collection):
        from .collections import CollectionAdapter

        collection._sa_adapter = CollectionAdapter(self, state, collection)
        return collection

    def read(self, state, have):
        self.configure()
        if self.lazy in ("dynamic", "write_only"):
            from .dynamic import DynamicCollection

            made = have[self.key] = DynamicCollection(self, state)
            return made
        if state.key is None:
            return self.make_empty(state, have)
        from .strategies import lazy_load

        value = lazy_load(self, state)
        if not self.uselist:
            have[self.key] = value
            return value
        self.set_loaded(state, have, value)
        return have[self.key]

    def set_loaded(self, state, have, value):
        """Stores what the database has; queued changes of a collection are applied on top."""
        self.configure()
        if not self.uselist:
            have[self.key] = value
            state.committed.pop(self.key, None)
            return
        made = self.new_collection()
        for item in value or ():
            made._quiet_add(item)
        queued = state.queued.pop(self.key, None) if state.queued else None
        if queued:
            before = list(members(made))
            for item in queued[1]:
                made._quiet_remove(item)
            for item in queued[0]:
                if not any(item is one for one in before):
                    made._quiet_add(item)
            state.committed[self.key] = before
        else:
            state.committed.pop(self.key, None)
        have[self.key] = self._adapt_collection(state, made)

    def write(self, state, have, value, initiator):
        self.configure()
        if self.uselist:
            self._write_collection(state, have, value)
            return
        old = have.get(self.key, NO_VALUE)
        if old is NO_VALUE and state.key is not None:
            old = self._known_old(state, have)
        value = self.fire(state, "set", value, old, initiator)
        if value is not None:
            instance_state(value)
        state.remember(self.key, old)
        have[self.key] = value
        if old is value:
            return
        if old is not None and old is not NO_VALUE:
            self._left(state, old, initiator)
        if value is not None:
            self._joined(state, value, initiator)

    def _known_old(self, state, have):
        """The former value: from memory for a many-to-one, loaded where the other side has the key."""
        if self.direction is not MANYTOONE:
            from .strategies import lazy_load

            return lazy_load(self, state)
        from .strategies import known_target

        return known_target(self, state)

    def _write_collection(self, state, have, value):
        from sqlalchemy.exc import InvalidRequestError

        if self.lazy in ("dynamic", "write_only"):
            self.read(state, have).replace(value)
            return
        if value is None or isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
            raise TypeError(f"Incompatible collection type: {type(value).__name__} is not list-like")
        old = have[self.key] if self.key in have else self.read(state, have)
        if value is old:
            return
        if isinstance(value, dict) != isinstance(old, dict):
            raise TypeError(f"Incompatible collection type: {type(value).__name__} is not {type(old).__name__}-like")
        before = members(old)
        self.before_change(state, old)
        made = self._adapt_collection(state, self.new_collection())
        items = members(value)
        bare = made._sa_adapter
        made._sa_adapter = None
        have[self.key] = made
        for item in items:
            if not any(item is one for one in before):
                item = self.appended(state, item, None)
            made._quiet_add(item)
        made._sa_adapter = bare
        old._sa_adapter = None
        for item in before:
            if not any(item is one for one in items):
                self.removed(state, item, None)
        if not self.uselist:
            raise InvalidRequestError("not a collection")

    def before_change(self, state, collection):
        """Keeps the collection as it was before the first change."""
        if self.key not in state.committed:
            state.remember(self.key, list(members(collection)))
        else:
            state.touch()

    def appended(self, state, item, initiator):
        """An object was put into the collection; returns the object to keep."""
        item = self.fire(state, "append", item, initiator)
        if item is not None:
            instance_state(item)
            self._joined(state, item, initiator)
        return item

    def removed(self, state, item, initiator):
        """An object was taken out of the collection."""
        self.fire(state, "remove", item, initiator)
        if item is not None:
            self._left(state, item, initiator)

    def _joined(self, state, item, initiator):
        other = instance_state(item)
        if "delete-orphan" in self.cascade:
            other.orphaned = (other.orphaned or set()) - {self}
        for reverse in self.reverse:
            if reverse is not initiator and self is not initiator:
                reverse.connect(other, state.obj(), self)
        session = state.session_ref
        if session is not None and "save-update" in self.cascade and initiator is None and other.session_ref is None \
                and not self.viewonly:
            session._save_or_update(other)

    def _left(self, state, item, initiator):
        other = instance_state(item)
        for reverse in self.reverse:
            if reverse is not initiator:
                reverse.disconnect(other, state.obj(), self)
        if "delete-orphan" in self.cascade:
            other.orphaned = (other.orphaned or set()) | {self}
            session = other.session_ref
            if session is not None and other.key is None:
                session._expunge_state(other)
            elif session is not None:
                other.touch()

    def connect(self, state, item, initiator):
        """The other side was set: makes this side agree without telling it back."""
        self.configure()
        have = state.dict
        if not self.uselist:
            if have.get(self.key, NO_VALUE) is not item:
                self.write(state, have, item, initiator)
            return
        collection = have.get(self.key)
        if collection is None and state.key is None:
            collection = self.make_empty(state, have)
        if collection is None:
            self._queue(state, item, 0)
        elif getattr(collection, "_is_dynamic", False):
            collection._note(item, 0)
        elif not any(item is one for one in members(collection)):
            self.before_change(state, collection)
            item = self.fire(state, "append", item, initiator)
            collection._quiet_add(item)
            if "delete-orphan" in self.cascade:
                other = instance_state(item)
                other.orphaned = (other.orphaned or set()) - {self}

    def disconnect(self, state, item, initiator):
        """The other side let go of the object."""
        self.configure()
        have = state.dict
        if not self.uselist:
            if have.get(self.key) is item:
                state.remember(self.key, item)
                have[self.key] = None
                self._mark_orphan(item)
            return
        collection = have.get(self.key)
        if collection is None:
            if state.key is not None:
                self._queue(state, item, 1)
        elif getattr(collection, "_is_dynamic", False):
            collection._note(item, 1)
        elif any(item is one for one in members(collection)):
            self.before_change(state, collection)
            collection._quiet_remove(item)
        self._mark_orphan(item)

    def _mark_orphan(self, item):
        if "delete-orphan" in self.cascade:
            other = instance_state(item)
            other.orphaned = (other.orphaned or set()) | {self}
            if other.session_ref is not None:
                other.touch()

    def _queue(self, state, item, which):
        if state.queued is None:
            state.queued = {}
        queue = state.queued.setdefault(self.key, ([], []))
        other = queue[1 - which]
        for position, one in enumerate(other):
            if one is item:
                other.pop(position)
                return
        queue[which].append(item)
        state.touch()

    def history(self, state, have):
        """What was added, is unchanged, and was removed; without loading anything."""
        if self.uselist:
            return self._collection_history(state, have)
        now = have.get(self.key, NO_VALUE)
        if self.key not in state.committed:
            return History((), () if now is NO_VALUE else [now], ())
        old = state.committed[self.key]
        if old is now:
            return History((), [now], ())
        gone = [] if old is NO_VALUE or old is None else [old]
        return History([] if now is NO_VALUE else [now], (), gone)

    def _collection_history(self, state, have):
        collection = have.get(self.key)
        if getattr(collection, "_is_dynamic", False):
            return History(list(collection._added), (), list(collection._removed))
        if collection is None:
            queued = state.queued.get(self.key) if state.queued else None
            return History(list(queued[0]), (), list(queued[1])) if queued else History((), (), ())
        now = members(collection)
        if self.key not in state.committed:
            return History((), now, ()) if state.key is not None else History(now, (), ())
        before = state.committed[self.key]
        before = [] if before is NO_VALUE else before
        old, new = {id(item) for item in before}, {id(item) for item in now}
        return History(
            [item for item in now if id(item) not in old],
            [item for item in now if id(item) in old],
            [item for item in before if id(item) not in new],
        )

    def members_of(self, state, load=True):
        """The related objects as a list; loads them when asked to."""
        have = state.dict
        if self.key not in have:
            if not load:
                return []
            value = self.read(state, have)
        else:
            value = have[self.key]
        if value is None:
            return []
        return members(value) if self.uselist else [value]

    def __repr__(self):
        return f"<RelationshipProperty {self.parent.class_.__name__ if self.parent else '?'}.{self.key}>"

    def __str__(self):
        return f"{self.parent.class_.__name__}.{self.key}"


Relationship = RelationshipProperty


def members(collection):
    """The objects in a collection of any kind."""
    return list(collection.values()) if isinstance(collection, dict) else list(collection)


def relationship(argument=None, secondary=None, **options):
    """An attribute that holds the objects of another mapped class."""
    for name in ("init", "repr", "default", "default_factory", "compare", "kw_only", "hash"):
        options.pop(name, None)
    return RelationshipProperty(argument, secondary, **options)


def dynamic_loader(argument=None, **options):
    """A relationship whose attribute is a query."""
    options["lazy"] = "dynamic"
    return RelationshipProperty(argument, **options)


def backref(name, **options):
    """Options for the other direction of a relationship."""
    return (name, options)
