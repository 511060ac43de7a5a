"""CASE, CAST, windows, tuples and the other special forms of expressions."""

from .. import exc
from . import operators as ops
from .base import Executable
from .coercion import expression, where
from .compound import ClauseList, WrapsColumnExpression
from .elements import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    Grouping,
    KeyedColumnElement,
    _instance,
    _null_type,
)


def _froms(*elements):
    return [one for element in elements if element is not None for one in element._from_objects]


class _OffsetLimitParam(BindParameter):
    """The number of a LIMIT or OFFSET."""

    @property
    def _limit_offset_value(self):
        return self.effective_value


class _label_reference(ColumnElement):
    """A place in ORDER BY or GROUP BY where the name of a label may be written."""

    __visit_name__ = "label_reference"

    def __init__(self, element):
        self.element = element
        self.type = getattr(element, "type", None) or _null_type()

    @property
    def _from_objects(self):
        return ()

    def get_children(self, **kw):
        return (self.element,)


class _textual_label_reference(ColumnElement):
    """The name of a result column as a string in ORDER BY or GROUP BY."""

    __visit_name__ = "textual_label_reference"

    def __init__(self, element):
        self.element = element

    def get_children(self, **kw):
        return ()


class TypeClause(ClauseElement):
    """A type in an expression."""

    __visit_name__ = "typeclause"

    def __init__(self, type_):
        self.type = type_

    def get_children(self, **kw):
        return ()


class Case(ColumnElement):
    """`CASE WHEN … THEN … ELSE … END`."""

    __visit_name__ = "case"

    def __init__(self, *whens, value=None, else_=None):
        if len(whens) == 1 and isinstance(whens[0], (list, dict)):
            if isinstance(whens[0], list):
                raise exc.ArgumentError(
                    'The "whens" argument to case(), when referring to a sequence of items, is '
                    "now passed as a series of positional elements, rather than as a list. "
                )
            whens = tuple(whens[0].items())
        elif any(isinstance(one, dict) for one in whens):
            whens = tuple(pair for one in whens for pair in one.items())
        pairs = [(expression(cond).self_group(), expression(result)) for cond, result in whens]
        self.value = expression(value) if value is not None else None
        self.whens = pairs
        self.else_ = expression(else_) if else_ is not None else None
        self.type = self.else_.type if self.else_ is not None else _null_type()
        for _, result in reversed(pairs):
            if not result.type._isnull:
                self.type = result.type
                break

    def get_children(self, **kw):
        found = [self.value] if self.value is not None else []
        for pair in self.whens:
            found.extend(pair)
        return found + ([self.else_] if self.else_ is not None else [])

    @property
    def _from_objects(self):
        return _froms(*self.get_children())


class Cast(WrapsColumnExpression, ColumnElement):
    """`CAST(expression AS type)`."""

    __visit_name__ = "cast"

    def __init__(self, expression_, type_):
        self.type = _instance(type_)
        self.typeclause = TypeClause(self.type)
        self.clause = expression(expression_, type_=self.type)

    def get_children(self, **kw):
        return (self.clause,)

    @property
    def wrapped_column_expression(self):
        return self.clause

    @property
    def _from_objects(self):
        return self.clause._from_objects


class TryCast(Cast):
    """`TRY_CAST(expression AS type)`."""

    __visit_name__ = "try_cast"


class TypeCoerce(WrapsColumnExpression, ColumnElement):
    """An expression whose values Python handles as another type; the SQL stays."""

    __visit_name__ = "type_coerce"

    def __init__(self, expression_, type_):
        self.type = _instance(type_)
        self.clause = expression(expression_, type_=self.type)

    def get_children(self, **kw):
        return (self.clause,)

    @property
    def wrapped_column_expression(self):
        return self.clause

    @property
    def typed_expression(self):
        if isinstance(self.clause, BindParameter):
            copy = self.clause._clone(maintain_key=True)
            copy.type = self.type
            return copy
        return self.clause

    @property
    def _from_objects(self):
        return self.clause._from_objects

    def self_group(self, against=None):
        grouped = self.clause.self_group(against=against)
        return self if grouped is self.clause else TypeCoerce(grouped, self.type)


class Extract(ColumnElement):
    """`EXTRACT(field FROM expression)`."""

    __visit_name__ = "extract"

    def __init__(self, field, expr):
        from ..types import INTEGERTYPE

        self.type = INTEGERTYPE
        self.field = field
        self.expr = expression(expr)

    def get_children(self, **kw):
        return (self.expr,)

    @property
    def _from_objects(self):
        return self.expr._from_objects


def _list_of(argument):
    if argument is None:
        return None
    many = argument if isinstance(argument, (list, tuple)) else (argument,)
    return ClauseList(*many)




class Over(ColumnElement):
    """A window: `function OVER (PARTITION BY … ORDER BY … ROWS BETWEEN …)`."""

    __visit_name__ = "over"

    def __init__(
        self, element, partition_by=None, order_by=None, range_=None, rows=None, groups=None
    ):
        self.element = element
        self.partition_by = _list_of(partition_by)
        self.order_by = _list_of(order_by)
        given = [one for one in (range_, rows, groups) if one]
        if len(given) > 1:
            raise exc.ArgumentError(
                "only one of 'rows', 'range_', or 'groups' may be provided"
            )
        self.range_ = self._frame(range_)
        self.rows = self._frame(rows)
        self.groups = self._frame(groups)
        self.type = element.type

    @staticmethod
    def _frame(bounds):
        if not bounds:
            return None
        if not isinstance(bounds, tuple) or len(bounds) != 2:
            raise exc.ArgumentError("2-tuple expected for range/rows")
        for bound in bounds:
            if bound is not None and not isinstance(bound, int):
                raise exc.ArgumentError("Integer or None expected for range value")
        return bounds

    @property
    def func(self):
        return self.element

    def get_children(self, **kw):
        return [
            one for one in (self.element, self.partition_by, self.order_by) if one is not None
        ]

    @property
    def _from_objects(self):
        return _froms(self.element, self.partition_by, self.order_by)


class WithinGroup(ColumnElement):
    """`function WITHIN GROUP (ORDER BY …)`."""

    __visit_name__ = "withingroup"

    def __init__(self, element, *order_by):
        self.element = element
        self.order_by = _list_of(order_by)
        within = getattr(element, "within_group_type", None)
        self.type = (within(self) if within else None) or element.type

    def over(self, **kw):
        return Over(self, **kw)

    def filter(self, *criterion):
        return FunctionFilter(self, *criterion) if criterion else self

    def get_children(self, **kw):
        return (self.element, self.order_by)

    @property
    def _from_objects(self):
        return _froms(self.element, self.order_by)


class FunctionFilter(ColumnElement):
    """`function FILTER (WHERE …)`."""

    __visit_name__ = "funcfilter"

    def __init__(self, func, *criterion):
        self.func = func
        self.criterion = None
        self.filter(*criterion)
        self.type = func.type

    def filter(self, *criterion):
        for one in criterion:
            one = where(one)
            self.criterion = one if self.criterion is None else self.criterion & one
        return self

    def over(self, **kw):
        return Over(self, **kw)

    def within_group(self, *order_by):
        return WithinGroup(self, *order_by)

    def self_group(self, against=None):
        return Grouping(self) if ops.is_precedent(ops.filter_op, against) else self

    def get_children(self, **kw):
        return (self.func, self.criterion)

    @property
    def _from_objects(self):
        return _froms(self.func, self.criterion)


class Tuple(ClauseList, ColumnElement):
    """`(a, b, …)`."""

    __visit_name__ = "tuple"
    _is_column_element = True

    def __init__(self, *clauses, types=None):
        from ..types import TupleType

        if types is None:
            made = [expression(clause) for clause in clauses]
        else:
            made = [
                expression(clause, type_=None if type_._isnull else type_)
                for clause, type_ in zip(clauses, types)
            ]
        self.type = TupleType(*[one.type for one in made])
        self.clauses = made
        self.operator = ops.comma_op
        self.group = self.group_contents = True

    type = None

    @property
    def _select_iterable(self):
        return (self,)

    def __bool__(self):
        return True

    def self_group(self, against=None):
        return self

    def _negate(self):
        return ColumnElement._negate(self)

    def _bind_param(self, operator, value, type_=None, expanding=False):
        if expanding:
            return BindParameter(None, value, self.type, unique=True, expanding=True)
        return Tuple(
            *[
                BindParameter(
                    None,
                    one,
                    type_,
                    unique=True,
                    _compared_to_operator=operator,
                    _compared_to_type=other.type,
                )
                for one, other in zip(value, self.clauses)
            ]
        )


def _is_element(value):
    return isinstance(value, ClauseElement) or hasattr(value, "__clause_element__")


class Slice(ColumnElement):
    """`start:stop` of an array."""

    __visit_name__ = "slice"

    def __init__(self, start, stop, step=None):
        from ..types import INTEGERTYPE

        def bound(value):
            if value is None:
                from .elements import Null

                return Null()
            if _is_element(value):
                return expression(value)
            return BindParameter(None, value, INTEGERTYPE, unique=True)

        self.start = bound(start)
        self.stop = bound(stop)
        self.step = bound(step)

    def self_group(self, against=None):
        return self

    def get_children(self, **kw):
        return (self.start, self.stop)


class _IdentifiedClause(Executable, ClauseElement):
    def __init__(self, ident):
        self.ident = ident


class SavepointClause(_IdentifiedClause):
    """`SAVEPOINT name`."""

    __visit_name__ = "savepoint"


class RollbackToSavepointClause(_IdentifiedClause):
    """`ROLLBACK TO SAVEPOINT name`."""

    __visit_name__ = "rollback_to_savepoint"


class ReleaseSavepointClause(_IdentifiedClause):
    """`RELEASE SAVEPOINT name`."""

    __visit_name__ = "release_savepoint"


class TableValuedColumn(KeyedColumnElement):
    """A function's whole row as one column."""

    __visit_name__ = "table_valued_column"
    is_literal = False
    table = None

    def __init__(self, scalar_alias, type_):
        self.scalar_alias = scalar_alias
        self.key = self.name = scalar_alias.name
        self.type = _instance(type_)

    def get_children(self, **kw):
        return ()

    @property
    def _from_objects(self):
        return (self.scalar_alias,)


