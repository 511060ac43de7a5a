"""Operators on relationship attributes: comparisons with objects, ``any``, ``has``, ``contains``."""

from .clauses import and_all, replace
from .join_condition import MANYTOMANY, MANYTOONE
from .state import instance_state


class PropComparator:
    """The base of user-defined comparators of attributes; operators go to the column."""

    is_clause_element = False

    def __init__(self, prop, parententity=None, adapt_to_entity=None):
        self.prop = self.property = prop
        self._parententity = parententity

    def __clause_element__(self):
        return self.prop.columns[0]

    expression = property(lambda self: self.__clause_element__())

    def __getattr__(self, name):
        if name.startswith("__") or name in ("prop", "property"):
            raise AttributeError(name)
        return getattr(self.__clause_element__(), name)

    def operate(self, op, *other, **kwargs):
        return op(self.__clause_element__(), *other, **kwargs)

    def reverse_operate(self, op, other, **kwargs):
        return op(other, self.__clause_element__(), **kwargs)


def _operated(name):
    def method(self, *others):
        from sqlalchemy.sql import operators

        kind = type(self)
        if kind.operate is not PropComparator.operate:
            return self.operate(getattr(operators, name.strip("_")), *others)
        return getattr(self.__clause_element__(), name)(*others)

    return method


for _name in "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __add__ __sub__ __mul__ __truediv__ __mod__".split():
    setattr(PropComparator, _name, _operated(_name))
PropComparator.__hash__ = lambda self: id(self)


class RelationshipComparator:
    """What ``Model.relationship`` can be asked in a condition."""

    is_clause_element = False

    def __init__(self, prop, attribute):
        self.prop = self.property = prop
        self.attribute = attribute
        self.key = prop.key
        prop.configure()

    @property
    def entity(self):
        return self.prop.mapper

    mapper = entity

    def __clause_element__(self):
        return self.attribute.__clause_element__()

    def __eq__(self, other):
        from sqlalchemy.exc import InvalidRequestError
        from sqlalchemy.sql.expression import not_

        prop = self.prop
        if other is None:
            if prop.direction is MANYTOONE:
                left = self.attribute._entity
                return and_all([_adapt(left, column).is_(None) for column, _ in prop.condition.local_remote_pairs])
            return not_(self._exists(()))
        if prop.uselist:
            raise InvalidRequestError("Can't compare a collection to an object or collection; use contains() to test for membership.")
        return self._equals(other)

    def __ne__(self, other):
        from sqlalchemy.exc import InvalidRequestError
        from sqlalchemy.sql.expression import not_, or_

        prop = self.prop
        if other is None:
            if prop.direction is MANYTOONE:
                left = self.attribute._entity
                return and_all([_adapt(left, column).is_not(None) for column, _ in prop.condition.local_remote_pairs])
            return self._exists(())
        if prop.uselist:
            raise InvalidRequestError("Can't compare a collection to an object or collection; use contains() to test for membership.")
        if prop.direction is not MANYTOONE:
            return not_(self._equals(other))
        left = self.attribute._entity
        values = _values_of(other, [remote for _, remote in prop.condition.local_remote_pairs])
        parts = []
        for (local, _), value in zip(prop.condition.local_remote_pairs, values):
            column = _adapt(left, local)
            parts.append(or_(column != value, column.is_(None)))
        return and_all(parts)

    __hash__ = None

    def is_(self, other):
        return self == other

    def is_not(self, other):
        return self != other

    isnot = is_not

    def _equals(self, other):
        """Joined with this very object: its columns as values."""
        prop = self.prop
        if prop.direction is MANYTOMANY or prop.direction is not MANYTOONE:
            return self._exists(tuple(_identity_clause(prop.mapper, other)))
        left = self.attribute._entity
        values = _values_of(other, [remote for _, remote in prop.condition.local_remote_pairs])
        pairs = zip(prop.condition.local_remote_pairs, values)
        return and_all([_adapt(left, local) == value for (local, _), value in pairs])

    def contains(self, other, **_):
        """Whether the collection holds the object."""
        from sqlalchemy.exc import InvalidRequestError

        prop = self.prop
        if not prop.uselist:
            raise InvalidRequestError("'contains' not implemented for scalar attributes.  Use ==")
        left = self.attribute._entity
        if prop.secondary is None:
            values = _values_of(other, [remote for _, remote in prop.condition.local_remote_pairs])
            pairs = zip(prop.condition.local_remote_pairs, values)
            return and_all([_adapt(left, local) == value for (local, _), value in pairs])
        return self._exists(tuple(_identity_clause(prop.mapper, other)))

    def in_(self, others):
        raise NotImplementedError("in_() not yet supported for relationships.  For a simple many-to-one, use in_() against the set of foreign key values.")

    def any(self, criterion=None, **kwargs):
        """Whether a related object fulfils the condition; for collections."""
        from sqlalchemy.exc import InvalidRequestError

        if not self.prop.uselist:
            raise InvalidRequestError("'any()' not implemented for scalar attributes. Use has().")
        return self._exists(() if criterion is None else (criterion,), **kwargs)

    def has(self, criterion=None, **kwargs):
        """Whether the related object fulfils the condition; for scalars."""
        from sqlalchemy.exc import InvalidRequestError

        if self.prop.uselist:
            raise InvalidRequestError("'has()' not implemented for collections. Use any().")
        return self._exists(() if criterion is None else (criterion,), **kwargs)

    def _exists(self, criteria, **named):
        from sqlalchemy.sql.expression import literal_column, select

        from .util import aliased, entity_of

        prop = self.prop
        target = self.attribute._of_type
        entity = entity_of(target) if target is not None else prop.mapper
        if prop.condition.is_self_referential() and target is None:
            entity = entity_of(aliased(prop.mapper.class_))
        left = self.attribute._entity
        clauses = [prop.join_clause(left, _alias_only(entity))]
        sources = [entity.__clause_element__()]
        if prop.secondary is not None:
            clauses.append(prop.secondary_clause(_alias_only(entity)))
            sources.append(prop.secondary)
        single = prop.mapper.single_criterion()
        if single is not None:
            clauses.append(single)
        clauses.extend(getattr(entity.entity, key) == value for key, value in named.items())
        if entity is not prop.mapper and target is None:
            inside = set(prop.mapper.all_columns)
            criteria = [
                replace(_clause(one), lambda element: entity.adapt(element) if _in(element, inside) else None)
                for one in criteria
            ]
        clauses.extend(criteria)
        query = select(literal_column("1")).select_from(*sources).where(and_all(clauses))
        query = query.correlate_except(*sources)
        return query.exists()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.attribute.__clause_element__(), name)


def _clause(value):
    while hasattr(value, "__clause_element__") and not getattr(value, "is_clause_element", False):
        value = value.__clause_element__()
    return value


def _in(element, columns):
    return getattr(element, "__hash__", None) is not None and element in columns


def _alias_only(entity):
    return entity if getattr(entity, "is_aliased_class", False) else None


def _adapt(entity, column):
    return column if entity is None else entity.adapt(column)


def _values_of(obj, columns):
    """An object's values for columns of its tables; reads them now."""
    mapper = instance_state(obj).mapper
    return [getattr(obj, mapper.property_of_column(column).key) for column in columns]


def _identity_clause(mapper, obj):
    for column, value in zip(mapper.primary_key, _values_of(obj, mapper.primary_key)):
        yield column == value


def with_parent(instance, prop, from_entity=None):
    """The condition that objects belong to the given one by a relationship."""
    from .strategies import parent_clause

    if isinstance(prop, str):
        prop = getattr(type(instance), prop)
    return parent_clause(prop.prop, instance_state(instance))
