"""Aliases of mapped classes and the small functions of ``sqlalchemy.orm``."""

from sqlalchemy.inspection import _inspects

from .clauses import mark, replace
from .mapper import Mapper, mapper_of


def foreign(expr):
    """Marks a column as the foreign key side of a join condition."""
    return mark(expr, "foreign")


def remote(expr):
    """Marks a column as the other side of a join condition."""
    return mark(expr, "remote")


def _inspects_as_entity(cls):
    """``inspect(aliased(Model))`` gives the alias's entity."""
    _inspects(cls)(lambda alias: alias.__dict__["_aliased_entity"])
    return cls


class AliasedEntity:
    """A mapped class under another name in one statement; ``inspect(aliased(Model))``."""

    is_aliased_class = True
    is_mapper = False
    is_selectable = False
    is_instance = False
    is_attribute = False

    def __init__(self, alias, mapper, selectable, name, by_name=False):
        self.entity = alias
        self.mapper = mapper
        self.class_ = mapper.class_
        self.selectable = selectable
        self.name = name
        self._twins = {}
        self._by_name = by_name
        self.single_criterion_needed = True

    def adapt(self, element):
        """The element with the mapped tables' columns replaced by the alias's."""
        if hasattr(element, "foreign_keys") and getattr(element, "table", None) is not None:
            twin = self._twin(element)
            if twin is not None:
                return twin
        return replace(element, self._change)

    def _change(self, element):
        if hasattr(element, "foreign_keys") and getattr(element, "table", None) is not None:
            return self._twin(element)
        return None

    def _twin(self, column):
        if column in self._twins:
            return self._twins[column]
        twin = self.selectable.corresponding_column(column)
        if twin is None and self._by_name and column in self.mapper._by_column:
            twin = self.selectable.c.get(column.key)
        if twin is None and column in self.mapper._by_column:
            for other in self.mapper._by_column[column].columns:
                twin = self.selectable.corresponding_column(other)
                if twin is not None:
                    break
        self._twins[column] = twin
        return twin

    def __clause_element__(self):
        return self.selectable

    @property
    def local_table(self):
        return self.mapper.local_table

    def __repr__(self):
        return f"<AliasedInsp of {self.mapper}>"


@_inspects_as_entity
class AliasedClass:
    """Stands for the class in one statement; has its attributes, under another table name."""

    def __init__(self, entity, alias=None, name=None, flat=False, adapt_on_names=False):
        mapper = mapper_of(entity)
        selectable = alias
        by_name = adapt_on_names
        if selectable is None:
            selectable = _alias_of(mapper, name)
        elif hasattr(selectable, "subquery") and not hasattr(selectable, "c"):
            selectable = selectable.subquery()
        self.__dict__["_aliased_entity"] = AliasedEntity(self, mapper, selectable, name or mapper.class_.__name__, by_name)
        self.__dict__["__name__"] = mapper.class_.__name__

    def __getattr__(self, key):
        if key in ("__mapper__", "__table__", "_sa_instance_state", "__len__", "__iter__"):
            raise AttributeError(key)
        entity = self.__dict__["_aliased_entity"]
        class_ = entity.class_
        for owner in class_.__mro__:
            if key in owner.__dict__:
                value = owner.__dict__[key]
                break
        else:
            raise AttributeError(key)
        if getattr(value, "is_attribute", False):
            made = getattr(class_, key).adapt_to_entity(entity)
            self.__dict__[key] = made
            return made
        if hasattr(value, "__get__"):
            if isinstance(value, (classmethod, staticmethod)):
                return value.__get__(None, class_)
            return value.__get__(None, self)
        return value

    def __clause_element__(self):
        return self.__dict__["_aliased_entity"].selectable

    def __repr__(self):
        return f"<AliasedClass at {hex(id(self))}; {self._aliased_entity.class_.__name__}>"


def _alias_of(mapper, name):
    if len(mapper.tables) == 1:
        return mapper.local_table.alias(name) if not mapper.single else mapper.tables[0].alias(name)
    from sqlalchemy.sql.expression import select

    columns = []
    seen = set()
    for column in mapper.all_columns:
        label = f"{column.table.name}_{column.name}"
        if label not in seen:
            seen.add(label)
            columns.append(column.label(label))
    return select(*columns).select_from(mapper.persist_selectable).subquery(name)


def aliased(element, alias=None, name=None, flat=False, adapt_on_names=False):
    """The class (or table) under another name."""
    if hasattr(element, "columns") and not isinstance(element, (type, Mapper)):
        return element.alias(name)
    return AliasedClass(element, alias, name, flat, adapt_on_names)


def with_polymorphic(base, classes, selectable=False, flat=False, polymorphic_on=None, aliased=False, **_):
    """The class together with its subclasses; they are loaded as needed here."""
    return base


def entity_of(value):
    """The mapper or alias that a class, alias or mapper means; None for anything else."""
    if isinstance(value, (Mapper, AliasedEntity)):
        return value
    if isinstance(value, type):
        return getattr(value, "__mapper__", None)
    if isinstance(value, AliasedClass):
        return value.__dict__["_aliased_entity"]
    return None


def object_session(instance):
    """The session of an object, or None."""
    from .state import instance_state

    return instance_state(instance).session_ref


def was_deleted(instance):
    """Whether the object was deleted in a flush."""
    from .state import instance_state

    return instance_state(instance)._deleted


def make_transient(instance):
    """Makes the object as if it had just been created."""
    from .state import instance_state

    state = instance_state(instance)
    if state.session_ref is not None:
        state.session_ref._expunge_state(state)
    state.expired = ()
    state.key = None
    state._deleted = False


def make_transient_to_detached(instance):
    """Gives a new object the identity of its primary key values."""
    from .state import instance_state

    state = instance_state(instance)
    state.key = state.mapper.identity_key_from_instance(instance)
    state.commit_all()
    have = instance.__dict__
    state.expired = {k for k, prop in state.mapper.props.items() if prop.is_column and k not in have}


def identity_key(*args, instance=None, row=None, identity_token=None, ident=None):
    """The key under which a session keeps an object."""
    from .state import instance_state

    if instance is not None:
        state = instance_state(instance)
        return state.mapper.identity_key_from_instance(instance)
    mapper = mapper_of(args[0])
    if row is not None:
        return mapper.identity_key_from_row(row)
    value = args[1] if len(args) > 1 else ident
    return mapper.identity_key_from_primary_key(value if isinstance(value, (tuple, list)) else (value,))


def polymorphic_union(table_map, typecolname, aliasname="p_union", cast_nulls=True):
    """A UNION of the tables of a concrete inheritance."""
    from sqlalchemy.sql.expression import cast, literal_column, null, select, union_all

    names = {}
    for table in table_map.values():
        for column in table.c:
            names.setdefault(column.key, column.type)
    parts = []
    for label, table in table_map.items():
        columns = [
            table.c[key] if key in table.c else (cast(null(), kind) if cast_nulls else null()).label(key)
            for key, kind in names.items()
        ]
        if typecolname is not None:
            columns.append(literal_column(f"'{label}'").label(typecolname))
        parts.append(select(*columns))
    return union_all(*parts).alias(aliasname)


def join(left, right, onclause=None, isouter=False, full=False):
    """A join of mapped classes or tables, by relationship or condition."""
    from .joins import joined

    return joined(left, right, onclause, isouter, full)


def outerjoin(left, right, onclause=None, full=False):
    """An outer join of mapped classes or tables."""
    from .joins import joined

    return joined(left, right, onclause, True, full)


class Bundle:
    """Several columns that come back as one value in the row."""

    single_entity = False
    is_bundle = True

    def __init__(self, name, *exprs, **_):
        self.name = name
        self.exprs = exprs

    @property
    def columns(self):
        from sqlalchemy.sql.base import ColumnCollection

        return ColumnCollection([(expr.key, expr) for expr in self.exprs])

    c = columns

    def create_row_processor(self, query, procs, labels):
        return None
