"""What types add to the operators: JSON paths, arrays, key-value maps.

A comparator is found by the type's class, or is the one a script's own type defines as
`comparator_factory`.
"""

from . import operators as ops
from .build import default_operate
from .column_operators import ColumnOperators
from .type_affinity import adapt


class Comparator(ColumnOperators):
    """The base: an expression's operators as they are for every type."""

    def __init__(self, expr):
        self.expr = expr
        self.type = expr.type

    def __clause_element__(self):
        return self.expr

    def operate(self, op, *other, **kwargs):
        return default_operate(self.expr, op, *other, **kwargs)

    def reverse_operate(self, op, other, **kwargs):
        return default_operate(self.expr, op, other, reverse=True, **kwargs)

    def _adapt_expression(self, op, other_comparator):
        return adapt(op, self.type, other_comparator.type)


class IndexableComparator(Comparator):
    """Values with parts: `column[key]`."""


class JSONComparator(IndexableComparator):
    """Documents: `column["key"]`, `column[("a", "b")]`, and the typed readings of a part."""

    def _as(self, type_):
        from .. import exc
        from .compound import BinaryExpression

        expr = self.expr
        is_part = isinstance(expr, BinaryExpression) and expr.operator in (
            ops.json_getitem_op,
            ops.json_path_getitem_op,
        )
        if not is_part:
            raise exc.InvalidRequestError(
                "The JSON cast operator JSON.%s() only works with a JSON index expression "
                "e.g. col['q'].%s()" % (self._name, self._name)
            )
        copy = expr._clone()
        copy.type = type_
        return copy

    def _typed(self, method, name, *arguments):
        from .. import types

        self._name = method
        return self._as(getattr(types, name)(*arguments))

    def as_boolean(self):
        return self._typed("as_boolean", "Boolean")

    def as_string(self):
        return self._typed("as_string", "Unicode")

    def as_integer(self):
        return self._typed("as_integer", "Integer")

    def as_float(self):
        return self._typed("as_float", "Float")

    def as_numeric(self, precision, scale, asdecimal=True):
        from ..types import Numeric

        self._name = "as_numeric"
        return self._as(Numeric(precision, scale, asdecimal=asdecimal))

    def as_json(self):
        return self.expr


class PostgreSQLJSONComparator(JSONComparator):
    """The same with `astext`, which reads a part as text by `->>`."""

    @property
    def astext(self):
        from .compound import BinaryExpression

        expr = self.expr
        if isinstance(expr.right.type, _json_path()):
            return BinaryExpression(
                expr.left, expr.right, _ASTEXT_PATH, type_=_astext_type(expr.left.type)
            )
        return BinaryExpression(expr.left, expr.right, _ASTEXT, type_=_astext_type(expr.left.type))


class JSONBComparator(PostgreSQLJSONComparator):
    """Binary documents: containment and key tests."""

    def has_key(self, other):
        return self.expr.operate(_HAS_KEY, other)

    def has_all(self, other):
        return self.expr.operate(_HAS_ALL, other)

    def has_any(self, other):
        return self.expr.operate(_HAS_ANY, other)

    def contains(self, other, **kwargs):
        return self.expr.operate(_CONTAINS, other)

    def contained_by(self, other):
        return self.expr.operate(_CONTAINED_BY, other)

    def delete_path(self, array):
        from .build import construct
        from .coercion import expression

        return construct(self.expr, expression(array), _DELETE_PATH, self.type)

    def path_exists(self, other):
        return self.expr.operate(_PATH_EXISTS, other)

    def path_match(self, other):
        return self.expr.operate(_PATH_MATCH, other)


class HSTOREComparator(IndexableComparator):
    """Maps from text to text."""

    has_key = JSONBComparator.has_key
    has_all = JSONBComparator.has_all
    has_any = JSONBComparator.has_any
    contains = JSONBComparator.contains
    contained_by = JSONBComparator.contained_by

    def defined(self, key):
        return _function("defined", "Boolean", self.expr, key)

    def delete(self, key):
        return _function("delete", None, self.expr, key, type_=self.type)

    def keys(self):
        return _function("akeys", "ARRAY", self.expr)

    def vals(self):
        return _function("avals", "ARRAY", self.expr)


class ARRAYComparator(IndexableComparator):
    """Arrays: containment, overlap, comparisons with any element."""

    def contains(self, other, **kwargs):
        return self.expr.operate(_CONTAINS, other)

    def contained_by(self, other):
        return self.expr.operate(_CONTAINED_BY, other)

    def overlap(self, other):
        return self.expr.operate(_OVERLAP, other)

    def any(self, other, operator=None):
        return self._against(ops.any_op, other, operator)

    def all(self, other, operator=None):
        return self._against(ops.all_op, other, operator)

    def _against(self, op, other, operator):
        from .coercion import operand
        from .compound import CollectionAggregate

        operator = operator or ops.eq
        value = operand(other, self.expr, operator, type_=self.type.item_type)
        return operator(value, CollectionAggregate._create(self.expr, op))


def _function(name, type_name, *arguments, type_=None):
    from .. import types
    from .functions import func

    if type_name == "ARRAY":
        type_ = types.ARRAY(types.Text())
    elif type_name is not None:
        type_ = getattr(types, type_name)()
    return getattr(func, name)(*arguments, type_=type_)


def _json_path():
    from ..types import JSON

    return JSON.JSONPathType


def _astext_type(type_):
    found = getattr(type_, "astext_type", None)
    if found is None:
        from ..types import Text

        found = Text()
    return found


def _operator(text, comparison=True):
    from .elements import _boolean_type

    return ops.custom_op(
        text,
        precedence=5,
        is_comparison=comparison,
        return_type=_boolean_type() if comparison else None,
        natural_self_precedent=True,
        eager_grouping=True,
    )


_ASTEXT = ops.custom_op("->>", precedence=15, natural_self_precedent=True, eager_grouping=True)
_ASTEXT_PATH = ops.custom_op("#>>", precedence=15, natural_self_precedent=True, eager_grouping=True)
_HAS_KEY = _operator("?")
_HAS_ALL = _operator("?&")
_HAS_ANY = _operator("?|")
_CONTAINS = _operator("@>")
_CONTAINED_BY = _operator("<@")
_OVERLAP = _operator("&&")
_PATH_EXISTS = _operator("@?")
_PATH_MATCH = _operator("@@")
_DELETE_PATH = ops.custom_op("#-", precedence=5, eager_grouping=True)

_by_class = {}


def comparator_of(expr):
    """The comparator of an expression."""
    type_ = expr.type
    own = getattr(type_, "comparator_factory", None)
    if own is not None:
        return own(expr)
    return comparator_class(type_)(expr)


def comparator_class(type_):
    """The comparator that a type's operators come from."""
    cls = type_.__class__
    found = _by_class.get(cls)
    if found is None:
        found = _choose(type_)
        if not getattr(type_, "_is_type_decorator", False):
            _by_class[cls] = found
    return found


def _choose(type_):
    if getattr(type_, "_is_type_decorator", False):
        type_ = type_.impl_instance
    for base in type_.__class__.__mro__:
        name = base.__name__
        if name == "JSONB":
            return JSONBComparator
        if name == "JSON":
            return PostgreSQLJSONComparator if _is_postgresql(type_) else JSONComparator
        if name == "HSTORE":
            return HSTOREComparator
        if name == "ARRAY":
            return ARRAYComparator
    return Comparator


def _is_postgresql(type_):
    return any("postgresql" in base.__module__ for base in type_.__class__.__mro__)


def getitem(expr, index):
    """`expression[index]` for documents, maps and arrays."""
    from .build import construct
    from .coercion import operand

    type_ = expr.type
    if getattr(type_, "_is_type_decorator", False):
        type_ = type_.impl_instance
    kind = comparator_class(type_)
    if issubclass(kind, JSONComparator):
        return _json_getitem(expr, type_, index)
    if issubclass(kind, HSTOREComparator):
        from ..types import Text

        text = getattr(type_, "text_type", None) or Text()
        arrow = ops.custom_op("->", precedence=15, natural_self_precedent=True, eager_grouping=True)
        return construct(expr, operand(index, expr, arrow, type_=text), arrow, text)
    if issubclass(kind, ARRAYComparator):
        return _array_getitem(expr, type_, index)
    raise NotImplementedError("Operator 'getitem' is not supported on this expression")


def _json_getitem(expr, type_, index):
    from ..types import JSON
    from .build import construct
    from .coercion import operand

    is_plain = not hasattr(index, "__clause_element__") and not hasattr(index, "self_group")
    if is_plain and not isinstance(index, (str, int)) and hasattr(index, "__iter__"):
        bind = expr._bind_param(ops.json_path_getitem_op, index, type_=JSON.JSONPathType())
        return construct(expr, bind, ops.json_path_getitem_op, expr.type)
    kind = None
    if isinstance(index, int):
        kind = JSON.JSONIntIndexType()
    elif isinstance(index, str):
        kind = JSON.JSONStrIndexType()
    bind = operand(index, expr, ops.json_getitem_op, type_=kind)
    return construct(expr, bind, ops.json_getitem_op, expr.type)


def _array_getitem(expr, type_, index):
    from ..types import INTEGERTYPE
    from .build import construct
    from .coercion import operand
    from .constructs import Slice

    zero_based = getattr(type_, "zero_indexes", False)
    if isinstance(index, slice):
        start, stop = index.start, index.stop
        if zero_based:
            start = None if start is None else start + 1
            stop = None if stop is None else stop + 1
        return construct(expr, Slice(start, stop, index.step), ops.getitem, type_)
    if zero_based:
        index += 1
    result = type_.item_type
    dimensions = getattr(type_, "dimensions", None)
    if dimensions not in (None, 1):
        result = type_.adapt(type_.__class__, dimensions=dimensions - 1)
    return construct(expr, operand(index, expr, ops.getitem, type_=INTEGERTYPE), ops.getitem, result)

