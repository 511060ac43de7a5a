"""Attributes that stand for columns: ``column_property``, ``mapped_column``, ``deferred``, ``synonym``, ``composite``."""

import sys

from .attributes import History
from .interfaces import LoadedAttribute, MapperProperty
from .state import NO_VALUE


class ColumnProperty(LoadedAttribute):
    """An attribute for one column, or one SQL expression."""

    is_column = True

    def __init__(
        self, column, *columns, group=None, deferred=False, raiseload=False, comparator_factory=None,
        descriptor=None, active_history=False, expire_on_flush=True, info=None, doc=None, **_,
    ):
        LoadedAttribute.__init__(self)
        self.columns = [_element(column)] + [_element(other) for other in columns]
        self.group = group
        self.deferred = deferred
        self.raiseload = raiseload
        self.comparator_factory = comparator_factory
        self.active_history = active_history
        self.doc = doc
        if info:
            self.info.update(info)

    @property
    def expression(self):
        return self.columns[0]

    @property
    def is_plain(self):
        """Whether this is a table's column, which can be written."""
        return getattr(self.columns[0], "table", None) is not None and hasattr(self.columns[0], "foreign_keys") \
            and self.columns[0] in self.parent.written_columns

    def copy_for(self, mapper):
        made = ColumnProperty(*self.columns, group=self.group, deferred=self.deferred)
        made.order = self.order
        made.comparator_factory = self.comparator_factory
        made.info = self.info
        made.doc = self.doc
        return made

    def expression_of(self, attribute):
        entity = attribute._entity
        column = self.columns[0]
        return column if entity is None else entity.adapt(column)

    def comparator_of(self, attribute):
        if self.comparator_factory is not None:
            made = self.comparator_factory(self, attribute.parent)
            made.prop = self
            made.key = self.key
            return made
        return attribute.__clause_element__()

    # values -----------------------------------------------------------------------------------

    def read(self, state, have):
        if state.key is None:
            return None
        from .loading import load_missing

        load_missing(state, self.key)
        return have.get(self.key)

    def write(self, state, have, value, initiator):
        if self.active_history and self.key not in have and state.key is not None:
            self.read(state, have)
        old = have.get(self.key, NO_VALUE)
        value = self.fire(state, "set", value, old, initiator)
        kind = mutable_kind(self)
        if kind is not None:
            value = adopt(kind, self.key, state.obj(), value)
        state.remember(self.key, old)
        have[self.key] = value
        if state.expired and self.key in state.expired:
            state.expired.discard(self.key)

    def history(self, state, have):
        now = have.get(self.key, NO_VALUE)
        if self.key not in state.committed:
            return History((), () if now is NO_VALUE else [now], ())
        old = state.committed[self.key]
        if old is NO_VALUE:
            return History([now], (), ())
        if self.same(old, now):
            return History((), [now], ())
        return History([now], (), [old] if old is not None or state.key is not None else ())

    def same(self, left, right):
        if left is right:
            return True
        try:
            return bool(self.columns[0].type.compare_values(left, right))
        except Exception:
            return False

    def __repr__(self):
        return f"<ColumnProperty {self.parent.class_.__name__ if self.parent else '?'}.{self.key}>"


def mutable_kind(prop):
    """The class of values that report their changes, for a property that asked for one."""
    module = sys.modules.get("sqlalchemy.ext.mutable")
    if module is None:
        return None
    return prop.__dict__.get("mutable") or module.mutable_of(prop.columns[0].type)


def adopt(kind, key, obj, value):
    """A value of such a class, tied to the object that holds it."""
    return value if value is None else sys.modules["sqlalchemy.ext.mutable"].adopt(kind, key, obj, value)


def adopt_loaded(mapper, obj, keys):
    """Makes just read values report their changes."""
    have = obj.__dict__
    for key in keys:
        prop = mapper.props.get(key)
        kind = mutable_kind(prop) if prop is not None else None
        if kind is not None and have.get(key) is not None:
            have[key] = adopt(kind, key, obj, have[key])


class MappedColumn(ColumnProperty):
    """``mapped_column()``: a column whose type may come from the annotation."""

    def __init__(self, column, type_given, options):
        ColumnProperty.__init__(self, column, **options)
        self.column = column
        self.type_given = type_given

    @property
    def name(self):
        return self.column.name

    @property
    def type(self):
        return self.column.type

    @property
    def foreign_keys(self):
        return self.column.foreign_keys

    def __clause_element__(self):
        return self.column


def mapped_column(
    __name_pos=None, __type_pos=None, *args, init=None, repr=None, default=NO_VALUE, default_factory=None,
    compare=None, kw_only=None, hash=None, dataclass_metadata=None, nullable=NO_VALUE, insert_default=NO_VALUE,
    deferred=False, deferred_group=None, deferred_raiseload=None, active_history=False, use_existing_column=False,
    sort_order=None, primary_key=False, **kw,
):
    """A column of a declarative class; arguments are those of Column."""
    from sqlalchemy.schema import Column
    from sqlalchemy.types import NullType

    given = [arg for arg in (__name_pos, __type_pos) if arg is not None] + list(args)
    if insert_default is not NO_VALUE:
        kw["default"] = insert_default
    elif default is not NO_VALUE:
        kw["default"] = default
    if nullable is not NO_VALUE:
        kw["nullable"] = nullable
    column = Column(*given, primary_key=primary_key, **kw)
    type_given = not isinstance(column.type, NullType)
    made = MappedColumn(
        column, type_given,
        {"group": deferred_group, "deferred": deferred or bool(deferred_group), "active_history": active_history},
    )
    made.nullable_given = nullable is not NO_VALUE
    made.sort_order = sort_order or 0
    made.use_existing_column = use_existing_column
    made.dataclass_default = default
    made.dataclass_factory = default_factory
    made.dataclass_init = init
    return made


def column_property(column, *columns, **options):
    """An attribute for a column or an SQL expression."""
    options.pop("init", None), options.pop("repr", None), options.pop("default", None)
    made = ColumnProperty(column, *columns, **options)
    made.order = getattr(column, "_creation_order", made.order)
    return made


def deferred(column, *columns, group=None, raiseload=False, **options):
    """A column that is read when it is used."""
    if isinstance(column, MappedColumn):
        column.deferred = True
        column.group = group
        return column
    return ColumnProperty(column, *columns, deferred=True, group=group, raiseload=raiseload)


def query_expression(default_expr=None, **_):
    """A column whose expression a query gives."""
    from sqlalchemy.sql.expression import null

    return ColumnProperty(default_expr if default_expr is not None else null(), deferred=False)


class SynonymProperty(MapperProperty):
    """Another name for an attribute."""

    def __init__(self, name, map_column=None, descriptor=None, comparator_factory=None, info=None, doc=None, **_):
        MapperProperty.__init__(self)
        self.name = name
        self.map_column = map_column
        self.descriptor = descriptor
        self.doc = doc

    def class_descriptor(self):
        return SynonymAttribute(self.key, self.name, self.descriptor)


class SynonymAttribute:
    """The descriptor of a synonym."""

    def __init__(self, key, name, descriptor):
        self.key = key
        self.name = name
        self.descriptor = descriptor

    def __get__(self, obj, owner=None):
        if obj is None:
            return getattr(owner, self.name)
        if self.descriptor is not None and hasattr(self.descriptor, "__get__"):
            return self.descriptor.__get__(obj, owner)
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        if self.descriptor is not None and hasattr(self.descriptor, "__set__"):
            self.descriptor.__set__(obj, value)
        else:
            setattr(obj, self.name, value)


def synonym(name, **options):
    """Another name for an attribute of the class."""
    return SynonymProperty(name, **options)


def synonym_for(name, map_column=False):
    """Decorates a property as the synonym of `name`."""
    return lambda fn: SynonymProperty(name, map_column=map_column, descriptor=fn)


class CompositeProperty(MapperProperty):
    """Several columns seen as one value object."""

    def __init__(self, composite_class=None, *attrs, **_):
        MapperProperty.__init__(self)
        self.composite_class = composite_class
        self.attrs = attrs

    def names(self):
        found = []
        for attr in self.attrs:
            if isinstance(attr, str):
                found.append(attr)
            elif isinstance(attr, MapperProperty):
                found.append(attr.key)
            else:
                found.append(self.parent.property_of_column(_element(attr)).key)
        return found

    def class_descriptor(self):
        return CompositeAttribute(self)


class CompositeAttribute:
    """The descriptor of a composite; each read makes the value from the columns."""

    def __init__(self, prop):
        self.prop = prop
        self.key = prop.key

    def __get__(self, obj, owner=None):
        if obj is None:
            return CompositeComparator(owner, self.prop)
        values = [getattr(obj, name) for name in self.prop.names()]
        if all(value is None for value in values):
            return None
        return self.prop.composite_class(*values)

    def __set__(self, obj, value):
        parts = [None] * len(self.prop.attrs) if value is None else composite_values(value)
        for name, part in zip(self.prop.names(), parts):
            setattr(obj, name, part)


class CompositeComparator:
    """Comparison of a composite: of its columns, one by one."""

    def __init__(self, owner, prop):
        self.owner = owner
        self.prop = prop
        self.key = prop.key

    def columns(self):
        return [getattr(self.owner, name) for name in self.prop.names()]

    def __eq__(self, other):
        from sqlalchemy.sql.expression import and_

        parts = [None] * len(self.prop.attrs) if other is None else composite_values(other)
        return and_(*[column == part for column, part in zip(self.columns(), parts)])

    def __ne__(self, other):
        from sqlalchemy.sql.expression import not_

        return not_(self == other)

    __hash__ = None


def composite_values(value):
    """The columns' values of a composite object."""
    if hasattr(value, "__composite_values__"):
        return value.__composite_values__()
    fields = getattr(value, "__dataclass_fields__", None)
    if fields:
        return tuple(getattr(value, name) for name in fields)
    return tuple(value)


def composite(class_or_attr=None, *attrs, **options):
    """Several columns seen as one value object."""
    return CompositeProperty(class_or_attr, *attrs, **options)


def _element(value):
    while hasattr(value, "__clause_element__") and not getattr(value, "is_clause_element", False):
        value = value.__clause_element__()
    return value
