"""Queries as values: scalar subqueries and EXISTS."""

from .. import exc
from . import operators as ops
from .coercion import resolve
from .compound import UnaryExpression
from .elements import _boolean_type, _null_type
from .queries import Select
from .wrapping import Grouping


class ScalarSelect(Grouping):
    """A query as a value."""

    __visit_name__ = "grouping"
    _from_objects = ()
    _is_implicitly_boolean = False

    def __init__(self, element):
        self.element = element
        columns = element._all_selected_columns
        self.type = columns[0].type if columns else _null_type()

    key = name = None
    _proxies = ()

    @property
    def columns(self):
        raise exc.InvalidRequestError(
            "Scalar Select expression has no columns; use this object directly within a "
            "column-level expression."
        )

    c = columns

    def where(self, *criteria):
        return ScalarSelect(self.element.where(*criteria))

    def correlate(self, *fromclauses):
        return ScalarSelect(self.element.correlate(*fromclauses))

    def correlate_except(self, *fromclauses):
        return ScalarSelect(self.element.correlate_except(*fromclauses))

    def self_group(self, against=None):
        return self

    def _ungroup(self):
        return self


class Exists(UnaryExpression):
    """`EXISTS (…)`."""

    def __init__(self, argument=None):
        if argument is None:
            from .expression import literal_column

            query = Select(literal_column("*")).scalar_subquery()
        elif isinstance(argument, ScalarSelect):
            query = argument
        else:
            found = resolve(argument)
            if getattr(found, "_is_select_base", False):
                query = found.scalar_subquery()
            else:
                query = Select(argument).scalar_subquery()
        self.element = query
        self.operator = ops.exists
        self.modifier = None
        self.type = _boolean_type()

    _from_objects = ()
    _is_implicitly_boolean = True

    def _regroup(self, change):
        copy = self._clone()
        copy.element = ScalarSelect(change(self.element.element))
        return copy

    def select(self):
        return Select(self)

    def correlate(self, *fromclauses):
        return self._regroup(lambda query: query.correlate(*fromclauses))

    def correlate_except(self, *fromclauses):
        return self._regroup(lambda query: query.correlate_except(*fromclauses))

    def select_from(self, *froms):
        return self._regroup(lambda query: query.select_from(*froms))

    def where(self, *clauses):
        return self._regroup(lambda query: query.where(*clauses))
