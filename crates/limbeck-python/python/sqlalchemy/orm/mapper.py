"""How a class stands for a table: its attributes, its identity, its place in an inheritance."""

from sqlalchemy.inspection import _self_inspects

from .attributes import InstrumentedAttribute
from .exc import UnmappedClassError
from .properties import ColumnProperty, CompositeProperty, SynonymProperty
from .state import StateMaker

_unconfigured = []


@_self_inspects
class Mapper:
    """The mapping of one class; `Model.__mapper__`, and what ``inspect(Model)`` returns."""

    is_mapper = True
    is_instance = False
    is_selectable = False
    is_aliased_class = False
    is_attribute = False
    non_primary = False

    def __init__(
        self, class_, local_table=None, *, registry=None, properties=None, primary_key=None, inherits=None,
        inherit_condition=None, polymorphic_on=None, polymorphic_identity=None, polymorphic_load=None,
        with_polymorphic=None, concrete=False, version_id_col=None, version_id_generator=None, eager_defaults="auto",
        exclude_properties=(), include_properties=None, column_prefix=None, always_refresh=False, order_by=False,
        confirm_deleted_rows=True, polymorphic_abstract=False, validators=None, **_,
    ):
        self.class_ = class_
        self.registry = registry
        self.local_table = local_table if local_table is not None else getattr(inherits, "local_table", None)
        self.inherits = None if concrete else inherits
        self.concrete = concrete
        self.single = self.inherits is not None and self.local_table is self.inherits.local_table
        self.polymorphic_identity = polymorphic_identity
        self.polymorphic_abstract = polymorphic_abstract
        self.version_id_col = version_id_col
        self.eager_defaults = eager_defaults
        self.with_polymorphic = with_polymorphic
        self.validators = dict(validators or {})
        self.props = {}
        self.subclasses = []
        self.orphan_watchers = []
        self.configured = False
        self._by_column = {}
        self._plans = {}
        self.inherit_pairs = ()
        base = self.inherits
        if base is not None:
            base.subclasses.append(self)
            self.base_mapper = base.base_mapper
            self.polymorphic_map = base.polymorphic_map
            self.orphan_watchers = list(base.orphan_watchers)
            for name, watchers in base.validators.items():
                self.validators.setdefault(name, watchers)
            self.version_id_col = version_id_col if version_id_col is not None else base.version_id_col
        else:
            self.base_mapper = self
            self.polymorphic_map = {}
        self._find_tables(inherit_condition)
        self._find_identity(primary_key)
        self._map_columns(dict(properties or {}), exclude_properties, include_properties, column_prefix or "")
        self._set_polymorphic(polymorphic_on)
        type.__setattr__(class_, "__mapper__", self)
        if "_sa_instance_state" not in class_.__dict__:
            type.__setattr__(class_, "_sa_instance_state", StateMaker())
        if registry is not None:
            registry.mappers_made.append(self)
        _unconfigured.append(self)

    # structure --------------------------------------------------------------------------------

    def _find_tables(self, condition):
        base = self.inherits
        if base is None:
            self.tables = [self.local_table] if hasattr(self.local_table, "primary_key") else [self.local_table]
            self.persist_selectable = self.local_table
        elif self.single:
            self.tables = list(base.tables)
            self.persist_selectable = base.persist_selectable
        else:
            self.tables = base.tables + [self.local_table]
            if condition is None:
                condition = self._inherit_condition(base)
            self.persist_selectable = base.persist_selectable.join(self.local_table, condition)
            from .clauses import column_pairs

            mine = set(self.local_table.columns)
            self.inherit_pairs = tuple(
                (left, right) if right in mine else (right, left) for left, right in column_pairs(condition)
            )
        self.selectable = self.persist_selectable
        self.mapped_table = self.persist_selectable

    def _inherit_condition(self, base):
        from .clauses import and_all

        pairs = []
        for column in self.local_table.columns:
            for key in column.foreign_keys:
                for table in base.tables:
                    if key.references(table):
                        pairs.append(key.column == column)
        if not pairs:
            from sqlalchemy.exc import NoForeignKeysError

            raise NoForeignKeysError(
                f"Can't determine the inherit condition between inherited table '{base.local_table.name}' and "
                f"inheriting table '{self.local_table.name}'; tables have no foreign key relationships established."
            )
        return and_all(pairs)

    def _find_identity(self, given):
        base = self.inherits
        if base is not None:
            self.primary_key = base.primary_key
        elif given:
            self.primary_key = tuple(_column(one, self) for one in given)
        else:
            self.primary_key = tuple(getattr(self.local_table, "primary_key", ()) or ())
        if not self.primary_key:
            from sqlalchemy.exc import ArgumentError

            raise ArgumentError(
                f"Mapper {self} could not assemble any primary key columns for mapped table "
                f"'{getattr(self.local_table, 'name', self.local_table)}'"
            )

    def _map_columns(self, properties, exclude, include, prefix):
        base = self.inherits
        own = set(self.local_table.columns) if not self.single else set()
        self.written_columns = set(own) | (base.written_columns if base is not None else set())
        if base is not None:
            for key, prop in base.props.items():
                if key not in properties:
                    self._inherit_property(key, prop)
        named = set()
        for key, value in properties.items():
            prop = self._as_property(value)
            if prop.is_column:
                named.update(prop.columns)
        in_place = {}
        for key, value in list(properties.items()):
            prop = self._as_property(value)
            if prop.is_column and prop.columns[0] in own and prop.columns[0] not in in_place:
                in_place[prop.columns[0]] = (key, prop)
        first = [key for key, _ in in_place.values()]
        if in_place:
            for column in self.local_table.columns:
                self._map_column(column, in_place, named, base, properties, exclude, include, prefix)
        for key, value in list(properties.items()):
            if key in first:
                continue
            prop = self._as_property(value)
            if prop.is_column and base is not None and key in base.props and base.props[key].is_column:
                mine = set(prop.columns)
                prop.columns = prop.columns + [one for one in base.props[key].columns if one not in mine]
            self.add_property(key, prop)
        if not self.single and not in_place:
            for column in self.local_table.columns:
                self._map_column(column, in_place, named, base, properties, exclude, include, prefix)

    def _map_column(self, column, in_place, named, base, properties, exclude, include, prefix):
        """One column of the table: the property that was given for it, or a plain one."""
        if column in in_place:
            key, prop = in_place[column]
            if base is not None and key in base.props and base.props[key].is_column:
                mine = set(prop.columns)
                prop.columns = prop.columns + [one for one in base.props[key].columns if one not in mine]
            self.add_property(key, prop)
            return
        key = prefix + column.key
        if self.single or column in named or column in self._by_column:
            return
        if column.key in exclude or column in _hashables(exclude) or include is not None and column.key not in include:
            return
        inherited = base.props.get(key) if base is not None else None
        if inherited is not None and inherited.is_column and key not in properties:
            prop = ColumnProperty(column, *inherited.columns)
            prop.order = inherited.order
        else:
            prop = ColumnProperty(column)
        self.add_property(key, prop)

    def _inherit_property(self, key, prop):
        if prop.is_column:
            copy = prop.copy_for(self)
            copy.parent = self
            copy.key = key
            self.props[key] = copy
            for column in copy.columns:
                self._by_column.setdefault(column, copy)
            self._install(key, copy)
        else:
            self.props[key] = prop
            if prop.is_relationship:
                self._install(key, prop)

    def _as_property(self, value):
        from .interfaces import MapperProperty

        if isinstance(value, MapperProperty):
            return value
        return ColumnProperty(value)

    def add_property(self, key, prop):
        """Makes `prop` the attribute `key` of the class and of its subclasses."""
        prop = self._as_property(prop)
        prop.attach(self, key)
        self.props[key] = prop
        self._plans.clear()
        if prop.is_column:
            for column in prop.columns:
                known = self._by_column.get(column)
                if known is None or self.props.get(known.key) is not known:
                    self._by_column[column] = prop
        if isinstance(prop, (SynonymProperty, CompositeProperty)):
            if isinstance(prop, SynonymProperty) and prop.map_column and key in self.local_table.columns:
                self.add_property(prop.name, ColumnProperty(self.local_table.columns[key]))
            del self.props[key]
            self.synonyms[key] = prop
            setattr(self.class_, key, prop.class_descriptor())
        else:
            self._install(key, prop)
        for sub in self.subclasses:
            if key not in sub.props:
                sub._inherit_property(key, prop)

    def _install(self, key, prop):
        type.__setattr__(self.class_, key, InstrumentedAttribute(self.class_, key, prop))

    @property
    def synonyms(self):
        return self.__dict__.setdefault("_synonyms", {})

    def _set_polymorphic(self, given):
        base = self.inherits
        if given is not None:
            if isinstance(given, str):
                given = self.props[given].columns[0] if given in self.props else self.local_table.columns[given]
            elif hasattr(given, "columns") and hasattr(given, "is_column"):
                given = given.columns[0]
            given = _column(given, self)
            self.polymorphic_on = given
            if given not in self._by_column:
                self.add_property(getattr(given, "key", None) or "_sa_polymorphic_on", ColumnProperty(given))
        else:
            self.polymorphic_on = base.polymorphic_on if base is not None else None
        if self.polymorphic_identity is not None:
            self.polymorphic_map[self.polymorphic_identity] = self

    def configure(self):
        """Resolves all relationships."""
        if self.configured:
            return
        self.configured = True
        for prop in list(self.props.values()):
            prop.configure()
        from .events import listeners_of_class

        for fn in listeners_of_class(self.class_, "mapper_configured"):
            fn(self, self.class_)

    # questions --------------------------------------------------------------------------------

    @property
    def entity(self):
        return self.class_

    @property
    def mapper(self):
        return self

    class_manager = mapper

    @property
    def all_columns(self):
        return [column for table in self.tables for column in table.columns]

    def adapt(self, element):
        """Columns of the mapped tables stand for themselves; an alias answers otherwise."""
        return element

    def __clause_element__(self):
        return self.persist_selectable

    def property_of_column(self, column):
        """The attribute of a column."""
        prop = self._by_column.get(column)
        if prop is None:
            from .exc import UnmappedColumnError

            raise UnmappedColumnError(f"No column {column} is configured on mapper {self}...")
        return prop

    def get_property_by_column(self, column):
        return self.property_of_column(column)

    def get_property(self, key, _configure_mappers=True):
        configure_mappers()
        try:
            return self.props[key] if key in self.props else self.synonyms[key]
        except KeyError:
            from sqlalchemy.exc import InvalidRequestError

            raise InvalidRequestError(f"Mapper '{self}' has no property '{key}'") from None

    def has_property(self, key):
        return key in self.props or key in self.synonyms

    @property
    def iterate_properties(self):
        configure_mappers()
        return iter(list(self.props.values()))

    @property
    def attrs(self):
        configure_mappers()
        return _Names({**self.props, **self.synonyms})

    @property
    def column_attrs(self):
        return _Names({key: prop for key, prop in self.props.items() if prop.is_column})

    @property
    def relationships(self):
        configure_mappers()
        return _Names({key: prop for key, prop in self.props.items() if prop.is_relationship})

    @property
    def composites(self):
        return _Names({key: prop for key, prop in self.synonyms.items() if isinstance(prop, CompositeProperty)})

    @property
    def all_orm_descriptors(self):
        found = {}
        for class_ in reversed(self.class_.__mro__):
            for key, value in class_.__dict__.items():
                if getattr(value, "is_attribute", False) or getattr(value, "extension_type", None):
                    found[key] = getattr(self.class_, key) if getattr(value, "is_attribute", False) else value
        return _Names(found)

    @property
    def columns(self):
        return _Names({key: prop.columns[0] for key, prop in self.props.items() if prop.is_column})

    c = columns

    @property
    def self_and_descendants(self):
        found = [self]
        for sub in self.subclasses:
            found.extend(sub.self_and_descendants)
        return found

    @property
    def polymorphic_iterator(self):
        return lambda: iter(self.self_and_descendants)

    def iterate_to_root(self):
        mapper = self
        while mapper is not None:
            yield mapper
            mapper = mapper.inherits

    def isa(self, other):
        """Whether this mapper is `other` or inherits from it."""
        return any(mapper is other for mapper in self.iterate_to_root())

    def common_parent(self, other):
        return self.base_mapper is other.base_mapper

    def single_criterion(self):
        """The condition that keeps a single-table subclass's rows."""
        if not self.single or self.polymorphic_on is None:
            return None
        names = [one.polymorphic_identity for one in self.self_and_descendants if one.polymorphic_identity is not None]
        return self.polymorphic_on.in_(names)

    # identity ---------------------------------------------------------------------------------

    def identity_key_from_primary_key(self, primary_key, identity_token=None):
        return (self.base_mapper.class_, tuple(primary_key), identity_token)

    def identity_key_from_instance(self, instance):
        return self.identity_key_from_primary_key(self.primary_key_from_instance(instance))

    def primary_key_from_instance(self, instance):
        return [getattr(instance, self.property_of_column(column).key) for column in self.primary_key]

    def identity_key_from_row(self, row, identity_token=None, adapter=None):
        return self.identity_key_from_primary_key([row._mapping[column] for column in self.primary_key])

    def primary_key_names(self):
        """The attributes that hold the primary key."""
        return [self.property_of_column(column).key for column in self.primary_key]

    def cascade_iterator(self, kind, state):
        """Objects that an action on `state` reaches."""
        from .cascades import reach

        for other in reach(state, kind):
            yield other.obj(), other.mapper, other, other.dict

    def __str__(self):
        name = getattr(self.local_table, "name", None) or "anonymous"
        return f"Mapper[{self.class_.__name__}({name})]"

    def __repr__(self):
        return f"<Mapper at {hex(id(self))}; {self.class_.__name__}>"


class _Names:
    """Things by name and in order, reachable as attributes."""

    def __init__(self, data):
        self._data = data

    def __getattr__(self, key):
        if key.startswith("__"):
            raise AttributeError(key)
        try:
            return self._data[key]
        except KeyError:
            raise AttributeError(key) from None

    def __getitem__(self, key):
        return self._data[key]

    def __iter__(self):
        return iter(list(self._data.values()))

    def __len__(self):
        return len(self._data)

    def __contains__(self, key):
        return key in self._data

    def keys(self):
        return list(self._data)

    def values(self):
        return list(self._data.values())

    def items(self):
        return list(self._data.items())

    def get(self, key, default=None):
        return self._data.get(key, default)


def _column(value, mapper):
    if isinstance(value, str):
        return mapper.local_table.columns[value]
    while hasattr(value, "__clause_element__") and not getattr(value, "is_clause_element", False):
        value = value.__clause_element__()
    return value


def _hashables(items):
    return {item for item in items if getattr(item, "__hash__", None) is not None}


def configure_mappers():
    """Resolves the relationships of every mapper; called before anything needs them."""
    while _unconfigured:
        waiting = list(_unconfigured)
        _unconfigured.clear()
        for position, mapper in enumerate(waiting):
            try:
                mapper.configure()
            except BaseException:
                mapper.configured = False
                _unconfigured.extend(waiting[position:])
                raise


def configure_reached(mapper):
    """Resolves the relationships that `mapper` reaches; what other classes miss does no harm here."""
    todo = [mapper]
    seen = set()
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        if one.configured:
            continue
        one.configure()
        for prop in list(one.props.values()):
            if prop.is_relationship and prop.entity is not None:
                todo.append(prop.entity)
        todo.extend(one.subclasses)


def mapper_of(value):
    """The mapper of a class, alias, mapper or object's class."""
    if isinstance(value, Mapper):
        return value
    entity = getattr(value, "_aliased_entity", None)
    if entity is not None:
        return entity.mapper
    class_ = getattr(value, "class_", value) if not isinstance(value, type) else value
    mapper = getattr(class_, "__mapper__", None)
    if mapper is None:
        raise UnmappedClassError(value)
    return mapper


def class_mapper(class_, configure=True):
    """The mapper of a class, with its relationships resolved."""
    mapper = class_.__dict__.get("__mapper__") if isinstance(class_, type) else None
    if mapper is None:
        raise UnmappedClassError(class_)
    if configure:
        configure_mappers()
    return mapper


def object_mapper(instance):
    """The mapper of an object."""
    from .state import instance_state

    return instance_state(instance).mapper


def validates(*names, include_removes=False, include_backrefs=True):
    """Marks a method that checks the values of attributes."""

    def mark(fn):
        fn.__sa_validators__ = names
        fn.__sa_validation_opts__ = {"include_removes": include_removes, "include_backrefs": include_backrefs}
        return fn

    return mark


def reconstructor(fn):
    """Marks a method to run when an object is loaded."""
    fn.__sa_reconstructor__ = True
    return fn
