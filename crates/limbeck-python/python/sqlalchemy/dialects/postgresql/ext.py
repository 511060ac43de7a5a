"""Constructs that only PostgreSQL has: arrays, ordered aggregates, full text search."""

from ...sql import operators as ops
from ...sql.coercion import expression
from ...sql.compound import ClauseList, ExpressionClauseList
from ...sql.elements import BindParameter, ColumnElement, Grouping, _null_type
from ...sql.functions import GenericFunction, func


class aggregate_order_by(ColumnElement):
    """`expression ORDER BY …` inside an aggregate."""

    __visit_name__ = "aggregate_order_by"
    stringify_dialect = "postgresql"

    def __init__(self, target, *order_by):
        self.target = expression(target)
        self.type = self.target.type
        if not order_by:
            raise TypeError("at least one ORDER BY element is required")
        if len(order_by) == 1:
            self.order_by = expression(order_by[0])
        else:
            self.order_by = ClauseList(*order_by)

    def self_group(self, against=None):
        return self

    def get_children(self, **kw):
        return (self.target, self.order_by)

    @property
    def _from_objects(self):
        return [*self.target._from_objects, *self.order_by._from_objects]


class array(ExpressionClauseList):
    """`ARRAY[…]`."""

    __visit_name__ = "array"
    stringify_dialect = "postgresql"

    def __init__(self, clauses, type_=None, **kw):
        from .types import ARRAY

        made = [expression(one) for one in clauses]
        if type_ is not None:
            item = type_() if isinstance(type_, type) else type_
        else:
            item = _null_type()
            for one in made:
                if not one.type._isnull:
                    item = one.type
                    break
        if getattr(item, "item_type", None) is not None:
            dimensions = (item.dimensions or 1) + 1
            self.type = ARRAY(item.item_type, dimensions=dimensions)
        else:
            self.type = ARRAY(item)
        self.operator = ops.comma_op
        self.clauses = tuple(one.self_group(against=ops.comma_op) for one in made)
        self.group = True

    @property
    def _select_iterable(self):
        return (self,)

    def _bind_param(self, operator, value, type_=None, expanding=False):
        if operator is ops.getitem:
            return BindParameter(None, value, unique=True, type_=type_)
        return array([BindParameter(None, one, unique=True, type_=self.type.item_type) for one in value])

    def self_group(self, against=None):
        if against in (ops.any_op, ops.all_op, ops.getitem):
            return Grouping(self)
        return self


def Any(other, arrexpr, operator=ops.eq):
    """`other = ANY (array)`."""
    return arrexpr.comparator.any(other, operator)


def All(other, arrexpr, operator=ops.eq):
    """`other = ALL (array)`."""
    return arrexpr.comparator.all(other, operator)


def array_agg(*arg, **kw):
    """`array_agg(…)` with PostgreSQL's array type."""
    from .types import ARRAY

    made = func.array_agg(*arg)
    kw["type_"] = ARRAY(made.type.item_type)
    return func.array_agg(*arg, **kw)


class hstore(GenericFunction):
    """A map from an array or from two."""

    def _type_of(self, arguments):
        from .types import HSTORE

        return HSTORE()


def _search(name, type_name):
    def function(*arguments, **kw):
        from . import types

        kw.setdefault("type_", getattr(types, type_name)())
        return getattr(func, name)(*arguments, **kw)

    function.__name__ = name
    return function


to_tsvector = _search("to_tsvector", "TSVECTOR")
to_tsquery = _search("to_tsquery", "TSQUERY")
plainto_tsquery = _search("plainto_tsquery", "TSQUERY")
phraseto_tsquery = _search("phraseto_tsquery", "TSQUERY")
websearch_to_tsquery = _search("websearch_to_tsquery", "TSQUERY")


def ts_headline(*arguments, **kw):
    """`ts_headline(…)`."""
    from ...types import TEXT

    kw.setdefault("type_", TEXT())
    return func.ts_headline(*arguments, **kw)
