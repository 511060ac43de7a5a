"""``session.query(...)``: builds a SELECT step by step and reads its rows as objects."""

from sqlalchemy.inspection import _self_inspects

from .clauses import and_all, replace
from .entities import criteria, load_rows, mapper_entities, read_entities, sources, unique_rows
from .joins import add_join, element_of, is_from
from .strategy_options import Load, Options
from .util import entity_of


@_self_inspects
class Query:
    """A query over mapped classes; each method gives a changed copy."""

    _where = ()
    _from = ()
    _order = ()
    _group = ()
    _having = ()
    _limit = None
    _offset = None
    _distinct = False
    _distinct_on = ()
    _loads = ()
    _lock = None
    _correlated = None
    _prefixes = ()
    _suffixes = ()
    _hints = ()
    _statement = None
    _populate = False
    _yield = None
    _flushing = True
    _params = None
    _execution = None
    _adapter = None
    _without_criteria = False

    def __init__(self, entities, session=None):
        if not isinstance(entities, (list, tuple)):
            entities = [entities]
        self.session = session
        self._given = tuple(entities)

    def _copy(self, **changes):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made

    # what is selected -------------------------------------------------------------------------

    def with_entities(self, *entities):
        return self._copy(_given=tuple(entities))

    def add_columns(self, *columns):
        return self._copy(_given=self._given + tuple(columns))

    add_column = add_columns

    def add_entity(self, entity, alias=None):
        return self._copy(_given=self._given + (entity if alias is None else alias,))

    @property
    def column_descriptions(self):
        found = []
        for entity in self._entities():
            one = entity.entity.entity if entity.is_mapper_entity else None
            found.append({
                "name": entity.name, "type": one if one is not None else getattr(entity.columns[0], "type", None),
                "aliased": bool(getattr(getattr(entity, "entity", None), "is_aliased_class", False)),
                "expr": one if one is not None else getattr(entity, "given", None), "entity": one,
            })
        return found

    def _options(self):
        return Options(self._loads) if self._loads else None

    def _entities(self):
        if self._given and all(isinstance(one, type) for one in self._given):
            from .mapper import configure_reached

            for one in self._given:
                if hasattr(one, "__mapper__"):
                    configure_reached(one.__mapper__)
        return read_entities(self._given, self._options(), self._adapter)

    # conditions -------------------------------------------------------------------------------

    def _adapt(self, element):
        while hasattr(element, "__clause_element__") and not getattr(element, "is_clause_element", False):
            element = element.__clause_element__()
        return element if self._adapter is None or isinstance(element, (str, bool)) else self._adapter.adapt(element)

    def filter(self, *conditions):
        return self._copy(_where=self._where + tuple(self._adapt(one) for one in conditions))

    where = filter

    def filter_by(self, **values):
        owner = self._last_joined if self._last_joined is not None else self._first_entity()
        return self.filter(*[_attribute(owner, key) == value for key, value in values.items()])

    _last_joined = None

    def _first_entity(self):
        for value in self._given:
            entity = entity_of(value)
            if entity is not None:
                return value if not hasattr(value, "is_mapper") else entity.entity
            if getattr(value, "is_attribute", False):
                return value.parent.entity
            if is_from(value):
                return value
        if self._from:
            return self._from[0]
        from sqlalchemy.exc import InvalidRequestError

        raise InvalidRequestError("Can't use filter_by(): the query has no entity to look names up in")

    def having(self, *conditions):
        return self._copy(_having=self._having + tuple(self._adapt(one) for one in conditions))

    def order_by(self, *clauses):
        if len(clauses) == 1 and (clauses[0] is None or clauses[0] is False):
            return self._copy(_order=())
        return self._copy(_order=self._order + tuple(self._adapt(one) for one in _flat(clauses)))

    def group_by(self, *clauses):
        if len(clauses) == 1 and (clauses[0] is None or clauses[0] is False):
            return self._copy(_group=())
        return self._copy(_group=self._group + tuple(self._adapt(one) for one in _flat(clauses)))

    def limit(self, count):
        return self._copy(_limit=count)

    def offset(self, count):
        return self._copy(_offset=count)

    def slice(self, start, stop):
        made = self
        base = self._offset or 0
        if start is not None:
            made = made.offset(base + start)
        if stop is not None:
            made = made.limit(stop - (start or 0))
        return made

    def distinct(self, *columns):
        return self._copy(_distinct=True, _distinct_on=self._distinct_on + tuple(self._adapt(one) for one in columns))

    def correlate(self, *froms):
        return self._copy(_correlated=tuple(None if one is None else element_of(one) for one in froms))

    def prefix_with(self, *texts, **options):
        return self._copy(_prefixes=self._prefixes + ((texts, options),))

    def suffix_with(self, *texts, **options):
        return self._copy(_suffixes=self._suffixes + ((texts, options),))

    def with_hint(self, selectable, text, dialect_name="*"):
        return self._copy(_hints=self._hints + ((element_of(selectable), text, dialect_name),))

    def with_for_update(self, *, nowait=False, read=False, of=None, skip_locked=False, key_share=False):
        return self._copy(_lock={"nowait": nowait, "read": read, "of": of, "skip_locked": skip_locked, "key_share": key_share})

    def params(self, *args, **values):
        merged = dict(self._params or {})
        for one in args:
            merged.update(one)
        merged.update(values)
        return self._copy(_params=merged)

    def options(self, *loads):
        return self._copy(_loads=self._loads + tuple(one for one in _flat(loads) if isinstance(one, Load)))

    def execution_options(self, **options):
        return self._copy(
            _execution={**(self._execution or {}), **options}, _populate=options.get("populate_existing", self._populate)
        )

    def get_execution_options(self):
        return dict(self._execution or {})

    def populate_existing(self):
        return self._copy(_populate=True)

    def yield_per(self, count):
        return self._copy(_yield=count)

    def autoflush(self, setting):
        return self._copy(_flushing=setting)

    def enable_assertions(self, value):
        return self

    def enable_eagerloads(self, value):
        return self

    def with_session(self, session):
        return self._copy(session=session)

    def set_label_style(self, style):
        return self

    def with_labels(self):
        return self

    def reset_joinpoint(self):
        return self._copy(_last_joined=None)

    def with_parent(self, instance, property=None, from_entity=None):
        from .comparators import with_parent
        from .state import instance_state

        if property is None:
            mapper = entity_of(self._given[0]).mapper
            for prop in instance_state(instance).mapper.props.values():
                if prop.is_relationship and prop.mapper is mapper:
                    property = prop.class_attribute
                    break
        return self.filter(with_parent(instance, property))

    # FROM -------------------------------------------------------------------------------------

    def select_from(self, *froms):
        found = []
        for one in froms:
            if isinstance(one, Query):
                one = one.subquery()
            found.append(element_of(one))
        return self._copy(_from=tuple(found), _from_entities=tuple(entity_of(one) for one in froms))

    _from_entities = ()

    def join(self, target, *props, **options):
        return self._join(target, props, options, options.pop("isouter", False))

    def outerjoin(self, target, *props, **options):
        options.pop("isouter", None)
        return self._join(target, props, options, True)

    def _join(self, target, props, options, isouter):
        full = options.pop("full", False)
        onclause = options.pop("onclause", None)
        if isinstance(target, tuple):
            target, onclause = target[0], target[1] if len(target) > 1 else None
        rest = ()
        if props and onclause is None:
            from .joins import relationship_of

            if relationship_of(target) is not None and relationship_of(props[0]) is not None:
                rest = props
            else:
                onclause, rest = props[0], props[1:]
        candidates = [one for one in self._from_entities if one is not None]
        for one in mapper_entities(read_entities(self._given)):
            if not any(one is other for other in candidates):
                candidates.append(one)
        froms = list(self._from)
        for table in self._plain_sources():
            if not any(table is one for one in froms) and not candidates:
                froms.append(table)
        froms = add_join(froms, candidates, target, onclause, isouter, full)
        made = self._copy(_from=tuple(froms), _last_joined=_joined_to(target, onclause))
        for one in rest:
            made = made._join(one, (), {}, isouter)
        return made

    def _plain_sources(self):
        found = []
        for value in self._given:
            if entity_of(value) is None and not getattr(value, "is_attribute", False):
                element = element_of(value)
                table = element if is_from(element) else getattr(element, "table", None)
                if table is not None and not any(table is one for one in found):
                    found.append(table)
        return found

    # the statement ----------------------------------------------------------------------------

    def _build(self, entities=None, labels=False):
        """The SELECT without anything of the ORM in it."""
        from sqlalchemy.sql.expression import select

        if self._statement is not None:
            return self._statement
        entities = self._entities() if entities is None else entities
        columns = [column for entity in entities for column in entity.columns]
        if labels:
            columns = _labelled(columns)
        query = select(*columns)
        froms = list(self._from)
        if self._adapter is None:
            from .joins import _position

            for one in sources(entities):
                if _position(froms, one) is None:
                    froms.append(one)
            where = self._where + tuple(criteria(entities))
        else:
            where = self._where
            if not froms:
                froms.append(self._adapter.selectable)
        if froms:
            query = query.select_from(*froms)
        for one in where:
            query = query.where(one)
        if self._group:
            query = query.group_by(*self._group)
        for one in self._having:
            query = query.having(one)
        if self._order:
            query = query.order_by(*self._order)
        if self._distinct:
            query = query.distinct(*self._distinct_on)
        if self._limit is not None:
            query = query.limit(self._limit)
        if self._offset is not None:
            query = query.offset(self._offset)
        if self._lock is not None:
            query = query.with_for_update(**{key: value for key, value in self._lock.items() if value})
        if self._correlated is not None:
            query = query.correlate(*self._correlated)
        for texts, options in self._prefixes:
            query = query.prefix_with(*texts, **options)
        for texts, options in self._suffixes:
            query = query.suffix_with(*texts, **options)
        for table, text, dialect in self._hints:
            query = query.with_hint(table, text, dialect)
        if self._params:
            query = query.params(**self._params)
        return query

    @property
    def statement(self):
        return self._build()

    @property
    def selectable(self):
        return self._build()

    def __clause_element__(self):
        return self._build()

    def subquery(self, name=None, with_labels=False, reduce_columns=False):
        return self._build(labels=with_labels).subquery(name)

    def cte(self, name=None, recursive=False, nesting=False):
        return self._build().cte(name, recursive=recursive)

    def label(self, name):
        return self._build().scalar_subquery().label(name)

    def scalar_subquery(self):
        return self._build().scalar_subquery()

    as_scalar = scalar_subquery

    def exists(self):
        from sqlalchemy.sql.expression import exists, literal

        entities = self._entities()
        query = self._copy(_order=())
        if not self._given or entities and entities[0].is_mapper_entity:
            froms = list(query._from) or [one.__clause_element__() for one in mapper_entities(entities)]
            inner = query._copy(_given=(literal(1),), _from=tuple(froms))._build()
            for one in criteria(entities):
                inner = inner.where(one)
            return exists(inner) if not hasattr(inner, "exists") else inner.exists()
        return query._build(entities).exists()

    def __str__(self):
        return str(self._build())

    # set operations ---------------------------------------------------------------------------

    def _set_operation(self, kind, others):
        from sqlalchemy.sql import expression as sql

        parts = [one._build(labels=True) if isinstance(one, Query) else one for one in (self,) + others]
        compound = getattr(sql, kind)(*parts).subquery()
        entities = self._entities()
        columns = [column for entity in entities for column in entity.columns]
        adapter = _SubqueryAdapter(columns, compound, self._adapter)
        made = type(self)(self._given, self.session)
        made._adapter = adapter
        made._loads = self._loads
        return made

    def union(self, *others):
        return self._set_operation("union", others)

    def union_all(self, *others):
        return self._set_operation("union_all", others)

    def intersect(self, *others):
        return self._set_operation("intersect", others)

    def intersect_all(self, *others):
        return self._set_operation("intersect_all", others)

    def except_(self, *others):
        return self._set_operation("except_", others)

    def except_all(self, *others):
        return self._set_operation("except_all", others)

    def from_statement(self, statement):
        if isinstance(statement, Query):
            statement = statement._build()
        return self._copy(_statement=statement)

    # running ----------------------------------------------------------------------------------

    def _rows(self):
        """(entities, rows as tuples)."""
        entities, rows = self._raw_rows()
        loaded = load_rows(self.session, rows, entities, self._options(), self._populate)
        if self._yield is None and any(entity.is_mapper_entity for entity in entities):
            loaded = unique_rows(loaded, entities)
        return entities, loaded

    def _raw_rows(self):
        """(entities, rows as the database gave them)."""
        session = self.session
        entities = self._entities()
        if self._flushing:
            session._autoflush()
        mappers = mapper_entities(entities)
        connection = session._connection_for(mappers[0].mapper if mappers else None)
        if self._statement is not None:
            from .from_statement import read_statement

            rows = read_statement(connection, self._statement, entities, self._params)
        else:
            statement = self._build(entities)
            if self._execution:
                statement = statement.execution_options(**self._execution)
            rows = connection.execute(statement).all()
        return entities, rows

    def _values(self):
        """Objects for a single entity, Row objects otherwise."""
        return self._shaped(*self._rows())

    @staticmethod
    def _shaped(entities, rows):
        if len(entities) == 1 and (entities[0].is_mapper_entity or getattr(getattr(entities[0], "bundle", None), "single_entity", False)):
            return [row[0] for row in rows]
        from .results import make_result

        return make_result([entity.name for entity in entities], rows).all()

    def all(self):
        return self._values()

    def __iter__(self):
        return iter(self._values()) if self._yield is None else self._in_parts()

    def _in_parts(self):
        """With ``yield_per`` objects are made in parts, so that a commit between two does not expire the rest."""
        entities, rows = self._raw_rows()
        for start in range(0, len(rows), self._yield):
            part = load_rows(self.session, rows[start:start + self._yield], entities, self._options(), self._populate)
            yield from self._shaped(entities, part)

    def first(self):
        made = self if self._statement is not None else self.limit(1) if self._limit is None or self._limit > 1 else self
        found = made._values()
        return found[0] if found else None

    def one_or_none(self):
        from .exc import MultipleResultsFound

        found = self._values()
        if len(found) > 1:
            raise MultipleResultsFound("Multiple rows were found when one or none was required")
        return found[0] if found else None

    def one(self):
        from .exc import MultipleResultsFound, NoResultFound

        found = self._values()
        if not found:
            raise NoResultFound("No row was found when one was required")
        if len(found) > 1:
            raise MultipleResultsFound("Multiple rows were found when exactly one was required")
        return found[0]

    def scalar(self):
        from .exc import MultipleResultsFound

        _, rows = self._rows()
        if len(rows) > 1:
            raise MultipleResultsFound("Multiple rows were found when exactly one was required")
        return rows[0][0] if rows else None

    def get(self, ident):
        return self.session.get(self._given[0], ident, options=self._loads, populate_existing=self._populate)

    def count(self):
        from sqlalchemy.sql.expression import func, literal_column, select

        inner = self._copy(_loads=())._build(labels=True)
        session = self.session
        session._autoflush()
        query = select(func.count(literal_column("*"))).select_from(inner.subquery())
        mappers = mapper_entities(self._entities())
        return session._connection_for(mappers[0].mapper if mappers else None).execute(query).scalar()

    def values(self, *columns):
        return iter(self.with_entities(*columns)._values())

    def value(self, column):
        found = self.with_entities(column).first()
        return found[0] if found is not None else None

    def __getitem__(self, item):
        if isinstance(item, slice):
            if item.step is None and (item.start or 0) >= 0 and (item.stop is None or item.stop >= 0):
                if item.start is not None and item.stop is not None and item.stop <= item.start:
                    return []
                return self.slice(item.start, item.stop).all()
            return self.all()[item]
        if item < 0:
            raise IndexError("negative indexes are not accepted by SQL index / slice operators")
        return self.slice(item, item + 1).all()[0]

    # changing rows ----------------------------------------------------------------------------

    def update(self, values, synchronize_session="auto", update_args=None):
        from .bulk_dml import update_where

        return update_where(self.session, self._target(), self._where, values, update_args, synchronize_session)

    def delete(self, synchronize_session="auto", delete_args=None):
        from .bulk_dml import delete_where

        return delete_where(self.session, self._target(), self._where, synchronize_session)

    def _target(self):
        from sqlalchemy.exc import InvalidRequestError

        for name, value in (("limit", self._limit), ("offset", self._offset), ("order_by", self._order), ("group_by", self._group),
                            ("distinct", self._distinct), ("join", self._from)):
            if value:
                raise InvalidRequestError(
                    f"Can't call Query.update() or Query.delete() when {name}() has been called"
                )
        return self._given[0]


class _SubqueryAdapter:
    """Columns of the queries in a UNION, found again as columns of the whole."""

    def __init__(self, columns, selectable, below):
        self.selectable = selectable
        self._twins = {}
        for column, twin in zip(columns, list(selectable.columns)):
            self._twins.setdefault(column, twin)
        self._below = below

    def adapt(self, element):
        if self._below is not None:
            element = self._below.adapt(element)
        return replace(element, self._change)

    def _change(self, element):
        if getattr(element, "__hash__", None) is None:
            return None
        return self._twins.get(element)


def _labelled(columns):
    """Columns under names that are unlike each other, for use as a subquery."""
    names = set()
    found = []
    for column in columns:
        table = getattr(getattr(column, "table", None), "name", None)
        base = name = getattr(column, "name", None) if table is None else f"{table}_{column.name}"
        if not isinstance(name, str):
            base = name = "anon"
        if table is None and hasattr(column, "element") and name != "anon":
            if name not in names:
                names.add(name)
                found.append(column)
                continue
        count = 1
        while name in names:
            name = f"{base}_{count}"
            count += 1
        names.add(name)
        found.append(column.label(str(name)))
    return found


def _flat(values):
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _flat(value)
        else:
            yield value


def _attribute(owner, key):
    if is_from(owner):
        return owner.c[key]
    return getattr(owner, key)


def _joined_to(target, onclause):
    """The entity whose attributes ``filter_by`` means after a join."""
    from .joins import relationship_of

    if relationship_of(target) is not None:
        if target._of_type is not None:
            return target._of_type
        return relationship_of(target).mapper.class_
    entity = entity_of(target)
    if entity is not None:
        return entity.entity
    return element_of(target)


def and_where(clauses):
    """The conditions of a query as one; None for none."""
    return and_all(clauses) if clauses else None
