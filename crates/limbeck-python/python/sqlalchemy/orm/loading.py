"""From rows to objects: which columns an entity needs, and how a row becomes or refreshes an object."""

from .exc import DetachedInstanceError, ObjectDeletedError, state_text
from .properties import adopt_loaded, mutable_kind
from .state import InstanceState, instance_state


class MapperEntity:
    """A mapped class (or an alias of one) among the things a query selects."""

    is_mapper_entity = True

    def __init__(self, entity, options=None, adapter=None, path=()):
        self.entity = entity
        self.mapper = entity.mapper
        self.options = options
        self.path = path
        mapper = self.mapper
        adapt = entity.adapt if adapter is None else lambda column: adapter.adapt(entity.adapt(column))
        wanted = _wanted(mapper, options, path)
        self.columns = []
        self.keys = []
        for key, prop in wanted:
            self.keys.append(key)
            self.columns.append(adapt(prop.columns[0]))
        self.pk_keys = mapper.primary_key_names()
        self.children = []
        if options is not None:
            for attribute, alias in options.contained(mapper, path):
                from .util import entity_of

                prop = attribute.prop
                prop.configure()
                target = entity_of(alias) if alias is not None else prop.mapper
                child = MapperEntity(target, options, adapter, path + (prop.key,))
                self.children.append((prop, child))
                self.columns.extend(child.columns)

    def keep_only(self, columns):
        """Leaves columns out that are not among the given ones."""
        pairs = [(key, column) for key, column in zip(self.keys, self.columns) if column in columns]
        self.keys = [key for key, _ in pairs]
        self.columns = [column for _, column in pairs]

    @property
    def name(self):
        entity = self.entity
        return entity.name if getattr(entity, "is_aliased_class", False) else entity.class_.__name__

    def reader(self, session, offset, run):
        """A function from a row to the object in it."""
        mapper = self.mapper
        positions = [(key, offset + at) for at, key in enumerate(self.keys)]
        where = dict(positions)
        pk = [where[key] for key in self.pk_keys]
        single = pk[0] if len(pk) == 1 else None
        discriminator = None
        if mapper.polymorphic_on is not None:
            prop = mapper._by_column.get(mapper.polymorphic_on)
            discriminator = where.get(prop.key) if prop is not None else None
        kinds = mapper.base_mapper.polymorphic_map
        base = mapper.base_mapper.class_
        identity_map = session.identity_map._states
        populate = run.populate_existing
        seen = run.objects
        mutable = [key for key in self.keys if mutable_kind(mapper.props[key]) is not None]
        children = []
        at = offset + len(self.keys)
        for prop, child in self.children:
            children.append((prop, child.reader(session, at, run)))
            at += len(child.columns)

        def read(row):
            if single is not None:
                value = row[single]
                if value is None:
                    return None
                ident = (value,)
            else:
                ident = tuple([row[one] for one in pk])
                if None in ident and all(one is None for one in ident):
                    return None
            key = (base, ident, None)
            state = identity_map.get(key)
            obj = state._ref() if state is not None else None
            if obj is not None:
                have = obj.__dict__
                if populate:
                    _overwrite(state, have, positions, row)
                elif state.expired or len(have) <= len(positions):
                    _fill(state, have, positions, row)
            else:
                kind = mapper
                if discriminator is not None and kinds:
                    kind = kinds.get(row[discriminator], mapper)
                obj = kind.class_.__new__(kind.class_)
                state = InstanceState(obj, kind)
                state.key = key
                state.session_ref = session
                have = obj.__dict__
                have["_sa_instance_state"] = state
                for name, position in positions:
                    have[name] = row[position]
                identity_map[key] = state
                run.loaded(state, obj)
            if mutable:
                adopt_loaded(mapper, obj, mutable)
            if seen is not None:
                seen.append(obj)
            for prop, inner in children:
                run.contain(prop, state, have, inner(row))
            return obj

        return read


class ColumnEntity:
    """A column or expression among the things a query selects."""

    is_mapper_entity = False
    children = ()

    def __init__(self, element, given=None, adapter=None):
        if adapter is not None:
            element = adapter.adapt(element)
        name = getattr(given, "key", None) if getattr(given, "is_attribute", False) else None
        if getattr(given, "is_hybrid", False):
            from sqlalchemy.schema import Column

            name = given.key
            element = element if isinstance(element, Column) else element.label(name)
        self.columns = [element]
        self.given = given
        self.name = name or getattr(element, "key", None) or getattr(element, "name", None)

    def reader(self, session, offset, run):
        return lambda row: row[offset]


class BundleEntity:
    """A Bundle among the things a query selects."""

    is_mapper_entity = False
    children = ()

    def __init__(self, bundle, make, adapter=None):
        self.name = bundle.name
        self.bundle = bundle
        self.parts = [part for expr in bundle.exprs for part in make(expr)]
        self.columns = [column for part in self.parts for column in part.columns]

    def reader(self, session, offset, run):
        from .results import row_maker

        readers = []
        for part in self.parts:
            readers.append(part.reader(session, offset, run))
            offset += len(part.columns)
        make = row_maker([part.name for part in self.parts])
        custom = self.bundle.create_row_processor(None, readers, [part.name for part in self.parts])
        if custom is not None:
            return custom
        return lambda row: make(tuple([read(row) for read in readers]))


class Run:
    """One execution: what was loaded in it, for eager loading and events."""

    def __init__(self, session, populate_existing=False, collect=False):
        self.session = session
        self.populate_existing = populate_existing
        self.objects = [] if collect else None
        self._contained = {}
        self._listening = {}

    def loaded(self, state, obj):
        mapper = state.mapper
        hooks = self._listening.get(mapper)
        if hooks is None:
            hooks = self._listening[mapper] = _load_hooks(mapper)
        for hook in hooks:
            hook(obj)

    def contain(self, prop, state, have, child):
        """Collects what ``contains_eager`` found beside an object."""
        mark = (id(state), prop.key)
        known = self._contained.get(mark)
        if known is None:
            if prop.key in have and not self.populate_existing:
                known = (None, None, None, None)
            else:
                known = (prop, state, have, [])
            self._contained[mark] = known
        if known[3] is not None and child is not None and not any(child is one for one in known[3]):
            known[3].append(child)

    def finish(self):
        """Hands the collected children to their parents."""
        for prop, state, have, children in self._contained.values():
            if children is not None:
                prop.set_loaded(state, have, children if prop.uselist else children[0] if children else None)
        self._contained = {}


def _load_hooks(mapper):
    from .events import listeners_of_class

    hooks = []
    for class_ in mapper.class_.__mro__:
        for name, value in class_.__dict__.items():
            if getattr(value, "__sa_reconstructor__", False):
                hooks.append(lambda obj, name=name: getattr(obj, name)())
    for fn in listeners_of_class(mapper.class_, "load"):
        hooks.append(lambda obj, fn=fn: fn(obj, None))
    return hooks


def _wanted(mapper, options, path):
    """(attribute, property) for the columns to read."""
    wanted = []
    needed = set(mapper.primary_key)
    if mapper.polymorphic_on is not None:
        needed.add(mapper.polymorphic_on)
    for key, prop in mapper.props.items():
        if not prop.is_column:
            continue
        take = not prop.deferred
        if options is not None:
            take = options.wants(mapper, key, prop, path, take)
        if take or any(column in needed for column in prop.columns):
            wanted.append((key, prop))
    return wanted


def _fill(state, have, positions, row):
    for name, position in positions:
        if name not in have:
            have[name] = row[position]
    if state.expired:
        state.expired = set(state.expired).difference(name for name, _ in positions)


def _overwrite(state, have, positions, row):
    for name, position in positions:
        have[name] = row[position]
        state.committed.pop(name, None)
    for key, prop in state.mapper.props.items():
        if prop.is_relationship:
            have.pop(key, None)
            state.committed.pop(key, None)
    state.expired = set(state.expired).difference(name for name, _ in positions)
    if not state.committed:
        state.commit_all()


# reading one object again -----------------------------------------------------------------------


def load_missing(state, key):
    """Reads `key`, and whatever else is expired, from the object's row."""
    session = state.session_ref
    if session is None:
        raise DetachedInstanceError(
            f"Instance {state_text(state)} is not bound to a Session; attribute refresh operation cannot proceed"
        )
    have = state.dict
    props = state.mapper.props
    keys = [name for name in state.expired if name not in have]
    if key not in keys:
        keys.append(key)
        group = props[key].group
        if group is not None:
            keys.extend(n for n, p in props.items() if p.is_column and p.group == group and n not in have and n not in keys)
    if props[key].raiseload:
        from sqlalchemy.exc import InvalidRequestError

        raise InvalidRequestError(f"'{state.mapper.class_.__name__}.{key}' is not available due to raiseload=True")
    if not read_row(session, state, keys):
        raise ObjectDeletedError(state)


def read_row(session, state, keys, lock=None):
    """Reads columns of one row into the object; False when the row is gone."""
    from sqlalchemy.sql.expression import select

    from .clauses import and_all

    mapper = state.mapper
    props = [(name, mapper.props[name]) for name in keys if mapper.props[name].is_column]
    if not props:
        return True
    identity = zip(mapper.primary_key, state.key[1])
    query = select(*[prop.columns[0] for _, prop in props]).select_from(mapper.persist_selectable)
    query = query.where(and_all([column == value for column, value in identity]))
    if lock is not None:
        query = query.with_for_update(**lock)
    row = session._connection_for(mapper).execute(query).first()
    if row is None:
        return False
    have = state.dict
    for position, (name, _) in enumerate(props):
        have[name] = row[position]
        state.committed.pop(name, None)
    state.expired = set(state.expired).difference(name for name, _ in props)
    adopt_loaded(mapper, state.obj(), keys)
    from .events import listeners_of_class

    for fn in listeners_of_class(mapper.class_, "refresh"):
        fn(state.obj(), None, keys)
    return True


def fetch(session, mapper, where, order_by=(), extra_from=(), options=None, path=(), populate_existing=False, limit=None):
    """Objects of a mapper that fulfil conditions."""
    from sqlalchemy.sql.expression import select

    entity = MapperEntity(mapper, options, None, path)
    query = select(*entity.columns).select_from(mapper.persist_selectable, *extra_from)
    single = mapper.single_criterion()
    for clause in list(where) + ([] if single is None else [single]):
        query = query.where(clause)
    if order_by:
        query = query.order_by(*order_by)
    if limit is not None:
        query = query.limit(limit)
    run = Run(session, populate_existing)
    read = entity.reader(session, 0, run)
    found = []
    seen = set()
    for row in session._connection_for(mapper).execute(query).all():
        obj = read(row)
        if obj is not None and id(obj) not in seen:
            seen.add(id(obj))
            found.append(obj)
    run.finish()
    if found:
        from .strategies import eager

        eager(session, mapper, found, options, path)
    return found


def get_by_identity(session, mapper, ident, options=None, populate_existing=False):
    """The object of a primary key from the database, or None."""
    where = [column == value for column, value in zip(mapper.primary_key, ident)]
    found = fetch(session, mapper, where, options=options, populate_existing=populate_existing)
    return found[0] if found else None


__all__ = ["MapperEntity", "ColumnEntity", "BundleEntity", "Run", "instance_state"]
