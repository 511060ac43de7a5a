"""``Session``: the objects of one conversation with a database."""

from sqlalchemy import exc as sa_exc

from .identity import IdentityMap
from .state import InstanceState, instance_state, next_order
from .transaction import SessionTransaction


class Session:
    """Loads objects, watches them, and writes what changed."""

    def __init__(
        self, bind=None, *, autoflush=True, future=True, expire_on_commit=True, autobegin=True, twophase=False,
        binds=None, enable_baked_queries=True, info=None, query_cls=None, autocommit=False,
        join_transaction_mode="conditional_savepoint", close_resets_only=True, **_,
    ):
        self.bind = bind
        self.binds = dict(binds or {})
        self.autoflush = autoflush
        self.expire_on_commit = expire_on_commit
        self.autobegin = autobegin
        self.join_transaction_mode = join_transaction_mode
        self.info = dict(info or {})
        self._query_cls = query_cls
        self.execution_options_given = None
        self.identity_map = IdentityMap()
        self._new = {}
        self._deleted = {}
        self._modified = {}
        self._transaction = None
        self._flushing = False
        self._maker = None
        self._listening = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.close()

    def __contains__(self, instance):
        state = instance_state(instance)
        return state.session_ref is self and not state._deleted

    def __iter__(self):
        return iter([state.obj() for state in self._new] + self.identity_map.values())

    # transactions -----------------------------------------------------------------------------

    def begin(self, nested=False):
        """Begins a transaction; usable as a context manager."""
        if nested:
            return self.begin_nested()
        if self._transaction is not None:
            raise sa_exc.InvalidRequestError("A transaction is already begun on this Session.")
        return self._open()

    def begin_nested(self):
        """Begins a savepoint; usable as a context manager."""
        parent = self._transaction or self._open()
        self.flush()
        if not parent.all_connections() and self.bind is not None:
            parent.connection_for(self.bind)
        self._transaction = SessionTransaction(self, parent, True)
        return self._transaction

    def _open(self):
        self._transaction = SessionTransaction(self)
        self._tell("after_begin", self, self._transaction, None)
        return self._transaction

    def _begin_if_idle(self):
        if self._transaction is None and self.autobegin:
            self._open()

    def in_transaction(self):
        return self._transaction is not None

    def in_nested_transaction(self):
        return self._transaction is not None and self._transaction.nested

    def get_transaction(self):
        found = self._transaction
        while found is not None and found.parent is not None:
            found = found.parent
        return found

    def get_nested_transaction(self):
        return self._transaction if self.in_nested_transaction() else None

    @property
    def is_active(self):
        return True

    def commit(self):
        """Writes everything and ends the transaction; see `transaction` for what that means in a migration."""
        if self._transaction is None:
            self._open()
        self._commit_to(self.get_transaction())

    def _commit_to(self, target):
        while self._transaction is not None:
            current = self._transaction
            if not current.nested:
                self._tell("before_commit", self)
            self.flush()
            current.end_well()
            self._transaction = current.parent
            if not current.nested:
                self._forget_deleted(current)
                if self.expire_on_commit:
                    self.expire_all()
                self._tell("after_commit", self)
            if current is target:
                break

    def _forget_deleted(self, transaction):
        for state in transaction.deleted:
            state.session_ref = None

    def rollback(self):
        """Undoes what was done since the transaction (or the savepoint) began."""
        if self._transaction is not None:
            self._rollback_to(self._transaction)

    def _rollback_to(self, target):
        while self._transaction is not None:
            current = self._transaction
            self._transaction = current.parent
            try:
                current.end_badly()
            finally:
                self._restore(current)
            if current is target:
                break
        self._tell("after_rollback", self)

    def _restore(self, transaction):
        """Objects become what they were: new ones leave, deleted ones come back, the rest is read again."""
        for state in list(self._new):
            self._expunge_state(state)
        for state in transaction.new:
            if state.obj() is not None and state.key is not None:
                self.identity_map._states.pop(state.key, None)
                self._modified.pop(state, None)
                state.key = None
                state.session_ref = None
                state.expired = ()
                state._strong = None
        for state, old_key in transaction.deleted.items():
            if state in transaction.new:
                state._deleted = False
                continue
            state._deleted = False
            state.session_ref = self
            if state.obj() is not None:
                self.identity_map._states[state.key] = state
        self._deleted.clear()
        for state in self.identity_map.all_states():
            state.expire()
        self._modified.clear()

    def prepare(self):
        self.flush()

    def close(self):
        """Lets go of all objects and ends the transaction without keeping it."""
        self.expunge_all()
        while self._transaction is not None:
            current = self._transaction
            self._transaction = current.parent
            current.end_at_close()

    reset = close

    def invalidate(self):
        self.close()

    @classmethod
    def close_all(cls):
        """Nothing to do: sessions are not kept in a list."""

    # connections ------------------------------------------------------------------------------

    def get_bind(self, mapper=None, *, clause=None, bind=None, **_):
        """The engine or connection for a mapper."""
        if bind is not None:
            return bind
        if self.binds and mapper is not None:
            mapper = getattr(mapper, "__mapper__", mapper)
            for one in mapper.iterate_to_root():
                for key in (one, one.class_, one.local_table):
                    if _hashable(key) and key in self.binds:
                        return self.binds[key]
        if self.bind is not None:
            return self.bind
        table = getattr(mapper, "local_table", None)
        found = getattr(getattr(table, "metadata", None), "bind", None)
        if found is None:
            raise sa_exc.UnboundExecutionError(
                f"Could not locate a bind configured on mapper {mapper}, or this Session." if mapper is not None
                else "This session is not bound to a single Engine or Connection, and no context was provided to locate a binding."
            )
        return found

    def _connection_for(self, mapper=None):
        if self._transaction is None:
            if not self.autobegin:
                raise sa_exc.InvalidRequestError("Autobegin is disabled on this Session; please call session.begin() to start a new transaction")
            self._open()
        return self._transaction.connection_for(self.get_bind(mapper))

    def connection(self, bind_arguments=None, execution_options=None, **_):
        """The connection that the session works on."""
        mapper = (bind_arguments or {}).get("mapper")
        if self._transaction is None:
            self._open()
        return self._transaction.connection_for(self.get_bind(mapper, bind=(bind_arguments or {}).get("bind")))

    # queries ----------------------------------------------------------------------------------

    def query(self, *entities, **_):
        """A Query over classes, attributes, columns or tables."""
        kind = self._query_cls
        if kind is None:
            from .query import Query as kind
        return kind(entities, self)

    def execute(self, statement, params=None, *, execution_options=None, bind_arguments=None, **_):
        """Runs a statement; a SELECT of mapped classes gives objects."""
        from .execution import execute

        return execute(self, statement, params, execution_options or {}, bind_arguments or {})

    def scalars(self, statement, params=None, **options):
        return self.execute(statement, params, **options).scalars()

    def scalar(self, statement, params=None, **options):
        return self.execute(statement, params, **options).scalar()

    def get(self, entity, ident, *, options=None, populate_existing=False, with_for_update=None, identity_token=None,
            execution_options=None, bind_arguments=None):
        """The object of a primary key, from memory or the database; None when there is none."""
        from .loading import get_by_identity
        from .mapper import configure_reached, mapper_of
        from .strategy_options import Options

        mapper = mapper_of(entity)
        configure_reached(mapper)
        if isinstance(ident, dict):
            ident = [ident[name] for name in mapper.primary_key_names()]
        elif not isinstance(ident, (tuple, list)):
            ident = [ident]
        if len(ident) != len(mapper.primary_key):
            raise sa_exc.InvalidRequestError(
                f"Incorrect number of values in identifier to formulate primary key for session.get(); primary key "
                f"columns are {', '.join(repr(str(column)) for column in mapper.primary_key)}"
            )
        known = self.identity_map.get(mapper.identity_key_from_primary_key(ident))
        if known is not None and not populate_existing and not with_for_update:
            state = instance_state(known)
            if not isinstance(known, mapper.class_):
                return None
            if state.expired:
                from .exc import ObjectDeletedError
                from .loading import load_missing

                try:
                    load_missing(state, next(iter(state.expired)))
                except ObjectDeletedError:
                    self._expunge_state(state)
                    return None
            return known
        if any(one is None for one in ident) and all(one is None for one in ident):
            return None
        return get_by_identity(self, mapper, tuple(ident), Options(options) if options else None,
                               populate_existing or bool(with_for_update))

    def get_one(self, entity, ident, **options):
        found = self.get(entity, ident, **options)
        if found is None:
            from .exc import NoResultFound

            raise NoResultFound("No row was found when one was required")
        return found

    # objects ----------------------------------------------------------------------------------

    def add(self, instance, *, _warn=True):
        """Puts an object, and what it reaches, into the session."""
        self._save_or_update(instance_state(instance))

    def add_all(self, instances):
        for instance in instances:
            self.add(instance)

    def _save_or_update(self, state):
        from .cascades import reach

        self._save(state)
        for other in reach(state, "save-update"):
            if other.session_ref is not self:
                self._save(other)

    def _save(self, state):
        if state.session_ref is self:
            if state in self._deleted:
                del self._deleted[state]
            return
        if state.session_ref is not None:
            raise sa_exc.InvalidRequestError(
                f"Object '{_text(state)}' is already attached to session '{id(state.session_ref)}' (this is '{id(self)}')"
            )
        from .mapper import configure_reached

        configure_reached(state.mapper)
        self._begin_if_idle()
        if state.key is None:
            state.session_ref = self
            state.insert_order = next_order()
            state._strong = state.obj()
            self._new[state] = True
            self._tell("before_attach", self, state.obj())
            return
        if state._deleted:
            raise sa_exc.InvalidRequestError(f"Instance '{_text(state)}' has been deleted.  Use the make_transient() function to send this object back to the transient state.")
        known = self.identity_map._states.get(state.key)
        if known is not None and known is not state and known.obj() is not None:
            raise sa_exc.InvalidRequestError(
                f"Can't attach instance {_text(state)}; another instance with key {state.key} is already present in this session."
            )
        self._attach(state)

    def _attach(self, state):
        state.session_ref = self
        self.identity_map._states[state.key] = state
        if state.modified:
            state._strong = state.obj()
            self._modified[state] = True

    def delete(self, instance):
        """Marks an object, and what its relationships say, for deletion."""
        from .cascades import reach

        state = instance_state(instance)
        if state.key is None:
            raise sa_exc.InvalidRequestError(f"Instance '{_text(state)}' is not persisted")
        if state in self._deleted:
            return
        self._begin_if_idle()
        from .mapper import configure_mappers, configure_reached

        try:
            configure_mappers()
        except sa_exc.SQLAlchemyError:
            configure_reached(state.mapper)
        if state.session_ref is not self:
            self._save(state)
        reached = list(reach(state, "delete"))
        self._mark_deleted(state)
        for other in reached:
            if other.key is not None:
                self._mark_deleted(other)
            elif other.session_ref is self:
                self._expunge_state(other)

    def delete_all(self, instances):
        for instance in instances:
            self.delete(instance)

    def _mark_deleted(self, state):
        if state not in self._deleted:
            if state.session_ref is not self:
                self._attach(state)
            state._strong = state.obj()
            self._deleted[state] = True

    def merge(self, instance, *, load=True, options=None):
        """Copies the state of an object onto the session's object of the same identity."""
        from .merging import merge

        self._autoflush()
        with self.no_autoflush:
            return merge(self, instance_state(instance), load, {})

    def merge_all(self, instances, **options):
        return [self.merge(instance, **options) for instance in instances]

    def refresh(self, instance, attribute_names=None, with_for_update=None):
        """Reads an object again."""
        from .loading import read_row

        state = instance_state(instance)
        self._validate_persistent(state)
        self._autoflush()
        props = state.mapper.props
        if attribute_names is None:
            state.expire()
            names = [key for key, prop in props.items() if prop.is_column and not prop.deferred]
        else:
            state.expire(attribute_names)
            names = [key for key in attribute_names if props[key].is_column]
        lock = None
        if with_for_update:
            lock = with_for_update if isinstance(with_for_update, dict) else {}
        if not read_row(self, state, names, lock):
            raise sa_exc.InvalidRequestError(f"Could not refresh instance '{_text(state)}'")
        for key in attribute_names or ():
            if props[key].is_relationship:
                getattr(instance, key)

    def expire(self, instance, attribute_names=None):
        """Forgets loaded values of an object."""
        from .cascades import reach

        state = instance_state(instance)
        self._validate_persistent(state)
        reached = [] if attribute_names is not None else list(reach(state, "refresh-expire", load=False))
        state.expire(attribute_names)
        for other in reached:
            if other.key is not None and other.session_ref is self:
                other.expire()

    def _validate_persistent(self, state):
        if state.session_ref is not self or state.key is None:
            raise sa_exc.InvalidRequestError(f"Instance '{_text(state)}' is not persistent within this Session")

    def expire_all(self):
        for state in self.identity_map.all_states():
            state.expire()

    def expunge(self, instance):
        """Takes an object out of the session."""
        from .cascades import reach

        state = instance_state(instance)
        if state.session_ref is not self:
            raise sa_exc.InvalidRequestError(f"Instance {_text(state)} is not present in this Session")
        for other in [state] + list(reach(state, "expunge", load=False)):
            if other.session_ref is self:
                self._expunge_state(other)

    def _expunge_state(self, state):
        self._new.pop(state, None)
        self._deleted.pop(state, None)
        self._modified.pop(state, None)
        if state.key is not None and self.identity_map._states.get(state.key) is state:
            del self.identity_map._states[state.key]
        state.session_ref = None
        state._strong = None

    def expunge_all(self):
        for state in self.identity_map.all_states() + list(self._new) + list(self._deleted):
            state.session_ref = None
            state._strong = None
        self.identity_map = IdentityMap()
        self._new.clear()
        self._deleted.clear()
        self._modified.clear()

    def _forget(self, state):
        if self.identity_map._states.get(state.key) is state:
            del self.identity_map._states[state.key]

    # what there is to do ----------------------------------------------------------------------

    @property
    def new(self):
        return _ObjectSet(state.obj() for state in self._new)

    @property
    def deleted(self):
        return _ObjectSet(state.obj() for state in self._deleted)

    @property
    def dirty(self):
        return _ObjectSet(s.obj() for s in list(self._modified) if s not in self._deleted and s.key is not None)

    def is_modified(self, instance, include_collections=True):
        """Whether an object has changes that a flush would write."""
        state = instance_state(instance)
        have = instance.__dict__
        for key in list(state.committed):
            prop = state.mapper.props[key]
            if prop.is_relationship and prop.uselist and not include_collections:
                continue
            if prop.history(state, have).has_changes():
                return True
        return False

    def _is_clean(self):
        return not self._new and not self._deleted and not self._modified

    def _autoflush(self):
        if self.autoflush and not self._flushing and not self._is_clean():
            self.flush()

    def flush(self, objects=None):
        """Writes new, changed and deleted objects."""
        if self._flushing:
            raise sa_exc.InvalidRequestError("Session is already flushing")
        if self._is_clean():
            return
        from .unitofwork import flush

        self._flushing = True
        try:
            flush(self, objects)
        except BaseException:
            self._flushing = False
            self._rollback_after_error()
            raise
        finally:
            self._flushing = False

    def _rollback_after_error(self):
        """A failed flush undoes the (innermost) transaction of the session, as the script expects."""
        if self._transaction is not None:
            try:
                self._rollback_to(self._transaction)
            except sa_exc.DBAPIError:
                pass

    @property
    def no_autoflush(self):
        return _NoAutoflush(self)

    # many rows at once ------------------------------------------------------------------------

    def bulk_save_objects(self, objects, return_defaults=False, update_changed_only=True, preserve_order=True):
        """Writes objects without taking them into the session."""
        from .bulk import save_objects

        save_objects(self, objects, return_defaults, update_changed_only)

    def bulk_insert_mappings(self, mapper, mappings, return_defaults=False, render_nulls=False):
        """Inserts rows from dictionaries of attribute values."""
        from .bulk import insert_mappings
        from .mapper import mapper_of

        insert_mappings(self, mapper_of(mapper), mappings, render_nulls, return_defaults)

    def bulk_update_mappings(self, mapper, mappings):
        """Updates rows by primary key from dictionaries of attribute values."""
        from .bulk import update_mappings
        from .mapper import mapper_of

        update_mappings(self, mapper_of(mapper), mappings)

    # odds -------------------------------------------------------------------------------------

    def enable_relationship_loading(self, obj):
        """Relationships of an object that is not saved are not loaded here."""

    @classmethod
    def object_session(cls, instance):
        return instance_state(instance).session_ref

    @classmethod
    def identity_key(cls, *args, **options):
        from .util import identity_key

        return identity_key(*args, **options)

    def _tell(self, name, *args):
        from .events import listeners_of_session

        for fn in listeners_of_session(self, name):
            fn(*args)


class _NoAutoflush:
    """``with session.no_autoflush:``"""

    def __init__(self, session):
        self.session = session

    def __enter__(self):
        self.before = self.session.autoflush
        self.session.autoflush = False
        return self.session

    def __exit__(self, *_):
        self.session.autoflush = self.before


class _ObjectSet:
    """Objects compared by identity, in order."""

    def __init__(self, objects):
        self._objects = {id(obj): obj for obj in objects if obj is not None}

    def __contains__(self, obj):
        return id(obj) in self._objects

    def __iter__(self):
        return iter(list(self._objects.values()))

    def __len__(self):
        return len(self._objects)

    def __bool__(self):
        return bool(self._objects)

    def __eq__(self, other):
        return {id(obj) for obj in other} == set(self._objects)

    __hash__ = None

    def __repr__(self):
        return f"IdentitySet({list(self._objects.values())!r})"


class sessionmaker:
    """Makes sessions with the same settings."""

    def __init__(self, bind=None, *, class_=None, autoflush=True, expire_on_commit=True, info=None, **options):
        options.update(autoflush=autoflush, expire_on_commit=expire_on_commit)
        if bind is not None:
            options["bind"] = bind
        if info is not None:
            options["info"] = info
        self.kw = options
        self.class_ = class_ or Session

    def __class_getitem__(cls, _):
        return cls

    def __call__(self, **local):
        made = self.class_(**{**self.kw, **local})
        made._maker = self
        return made

    def begin(self):
        """A session in a transaction, as one context manager."""
        return _BegunSession(self())

    def configure(self, **options):
        self.kw.update(options)

    def close_all(self):
        """Nothing to do: sessions are not kept in a list."""


class _BegunSession:
    def __init__(self, session):
        self.session = session

    def __enter__(self):
        self.transaction = self.session.begin()
        return self.session

    def __exit__(self, kind, error, traceback):
        try:
            self.transaction.__exit__(kind, error, traceback)
        finally:
            self.session.close()


def close_all_sessions():
    """Nothing to do: sessions are not kept in a list."""


def _text(state):
    from .exc import state_text

    return state_text(state)


def _hashable(value):
    return getattr(value, "__hash__", None) is not None


__all__ = ["Session", "sessionmaker", "InstanceState"]
