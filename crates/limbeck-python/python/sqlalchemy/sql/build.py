"""What an operator between expressions builds.

`operate` is the one door: a type's own comparator first (JSON paths, a script's types),
then the table at the end of this file.
"""

from .. import exc
from . import operators as ops
from .column_operators import ColumnOperators
from .coercion import constant, expression, in_elements, operand
from .compound import (
    BinaryExpression,
    BooleanClauseList,
    CollationClause,
    CollectionAggregate,
    ExpressionClauseList,
    UnaryExpression,
)
from .elements import _boolean_type, _null_type
from .type_affinity import adapt


def operate(expr, op, *other, **kw):
    """The expression for an operator, its left side and what else it takes."""
    own = getattr(expr.type, "comparator_factory", None)
    if own is not None:
        comparator = expr.comparator
        if kw.pop("reverse", False):
            return op(other[0], comparator, **kw)
        return op(comparator, *other, **kw)
    if op is ops.contains_op:
        # Arrays and documents contain in their own way.
        found = expr.comparator
        if type(found).contains is not ColumnOperators.contains:
            return found.contains(*other)
    return default_operate(expr, op, *other, **kw)


def default_operate(expr, op, *other, **kw):
    """The same without what the type says."""
    entry = _TABLE.get(op)
    if entry is None:
        if isinstance(op, ops.custom_op):
            return _custom(expr, op, *other, **kw)
        return _refuse(expr, op, *other, **kw)
    return entry[0](expr, op, *other, **{**entry[1], **kw} if kw or entry[1] else {})


def construct(left, right, op, type_, negate=None, modifiers=None):
    """A binary expression; chains of an associative operator become one flat list."""
    if op in ops._associative:
        flat = []
        chained = False
        for side in (left, right):
            if getattr(side, "operator", None) is op and _same_kind(side.type, type_):
                flat.extend(side._flattened_operator_clauses)
                chained = True
            else:
                flat.append(side)
        if chained:
            return ExpressionClauseList._construct_for_list(op, type_, *flat)
    if right._is_collection_aggregate:
        negate = None
    return BinaryExpression(left, right, op, type_=type_, negate=negate, modifiers=modifiers)


def _same_kind(one, other):
    from .type_affinity import affinity

    return affinity(one) == affinity(other)


def _compare(expr, op, obj, negate_op=None, reverse=False, result_type=None, **kw):
    type_ = result_type if result_type is not None else _boolean_type()
    if obj is None or obj is True or obj is False or _is_constant(obj):
        truth = obj is True or obj is False or getattr(obj, "__visit_name__", "") in _TRUTHS
        if (op is ops.eq or op is ops.ne) and truth:
            return construct(expr, constant(obj), op, type_, negate_op, kw)
        if op is ops.is_distinct_from or op is ops.is_not_distinct_from:
            return construct(expr, constant(obj), op, type_, negate_op, kw)
        if expr._is_collection_aggregate:
            obj = constant(obj)
        elif op is ops.eq or op is ops.is_:
            return construct(expr, constant(obj), ops.is_, type_, ops.is_not)
        elif op is ops.ne or op is ops.is_not:
            return construct(expr, constant(obj), ops.is_not, type_, ops.is_)
        else:
            raise exc.ArgumentError(
                "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', "
                "'is_not_distinct_from()' operators can be used with None/True/False"
            )
    else:
        obj = operand(obj, expr, op)
    if reverse:
        return construct(obj, expr, op, type_, negate_op, kw)
    return construct(expr, obj, op, type_, negate_op, kw)


_TRUTHS = ("true", "false")


def _is_constant(obj):
    return getattr(obj, "_is_singleton_constant", False) is True


def _binary(expr, op, obj, reverse=False, result_type=None, **kw):
    other = operand(obj, expr, op)
    left, right = (other, expr) if reverse else (expr, other)
    if result_type is None:
        op, result_type = adapt_types(op, left, right)
    return construct(left, right, op, result_type, modifiers=kw)


def adapt_types(op, left, right):
    """Operator and type of a result, asking a script's own comparator where there is one."""
    if getattr(left.type, "comparator_factory", None) is not None:
        return left.comparator._adapt_expression(op, right.comparator)
    return adapt(op, left.type, right.type)


def _custom(expr, op, obj, reverse=False, result_type=None, **kw):
    if result_type is None:
        if op.return_type is not None:
            result_type = op.return_type
        elif op.is_comparison:
            result_type = _boolean_type()
    return _binary(expr, op, obj, reverse=reverse, result_type=result_type, **kw)


def _junction(expr, op, other, reverse=False):
    join = BooleanClauseList.and_ if op is ops.and_ else BooleanClauseList.or_
    return join(other, expr) if reverse else join(expr, other)


def _modifier(expr, op):
    return UnaryExpression(expr, modifier=op)


def _in(expr, op, other, negate_op=None, **kw):
    return _compare(expr, op, in_elements(other, expr, op), negate_op=negate_op, **kw)


def _getitem(expr, op, other, **kw):
    from .comparators import getitem

    return getitem(expr, other)


def _refuse(expr, op, *other, **kw):
    raise NotImplementedError("Operator '%s' is not supported on this expression" % op.__name__)


def _inv(expr, op):
    return expr._negate()


def _keeping(expr, op):
    return UnaryExpression(expr, operator=op, type_=expr.type)


def _any(expr, op):
    create = CollectionAggregate._create_any if op is ops.any_op else CollectionAggregate._create_all
    return create(expr)


def _match(expr, op, other, **kw):
    negate = ops.not_match_op if op is ops.match_op else ops.match_op
    return _compare(expr, ops.match_op, operand(other, expr, op), negate_op=negate, **kw)


def _between(expr, op, low, high, **kw):
    bounds = ExpressionClauseList._construct_for_list(
        ops.and_,
        _null_type(),
        operand(low, expr, ops.and_),
        operand(high, expr, ops.and_),
        group=False,
    )
    negate = ops.not_between_op if op is ops.between_op else ops.between_op
    return BinaryExpression(expr, bounds, op, _boolean_type(), negate=negate, modifiers=kw)


def collate(expr, op, collation):
    """`expression COLLATE name`."""
    expr = expression(expr)
    return BinaryExpression(expr, CollationClause(collation), ops.collate, type_=expr.type)


def _regexp_match(expr, op, pattern, flags, **kw):
    return BinaryExpression(
        expr,
        operand(pattern, expr, ops.comma_op),
        op,
        type_=_boolean_type(),
        negate=ops.not_regexp_match_op,
        modifiers={"flags": flags},
    )


def _regexp_replace(expr, op, pattern, replacement, flags, **kw):
    parts = ExpressionClauseList._construct_for_list(
        ops.comma_op,
        _null_type(),
        operand(pattern, expr, ops.comma_op),
        operand(replacement, expr, ops.comma_op),
        group=False,
    )
    return BinaryExpression(expr, parts, op, type_=expr.type, modifiers={"flags": flags})


_TABLE = {
    ops.inv: (_inv, {}),
    ops.and_: (_junction, {}),
    ops.or_: (_junction, {}),
    ops.neg: (_keeping, {}),
    ops.bitwise_not_op: (_keeping, {}),
    ops.distinct_op: (_keeping, {}),
    ops.any_op: (_any, {}),
    ops.all_op: (_any, {}),
    ops.in_op: (_in, {"negate_op": ops.not_in_op}),
    ops.not_in_op: (_in, {"negate_op": ops.in_op}),
    ops.is_: (_compare, {"negate_op": ops.is_not}),
    ops.is_not: (_compare, {"negate_op": ops.is_}),
    ops.match_op: (_match, {}),
    ops.not_match_op: (_match, {}),
    ops.between_op: (_between, {}),
    ops.not_between_op: (_between, {}),
    ops.collate: (collate, {}),
    ops.regexp_match_op: (_regexp_match, {}),
    ops.not_regexp_match_op: (_regexp_match, {}),
    ops.regexp_replace_op: (_regexp_replace, {}),
    ops.getitem: (_getitem, {}),
}
for _pair in (
    (ops.lt, ops.ge),
    (ops.gt, ops.le),
    (ops.eq, ops.ne),
    (ops.is_distinct_from, ops.is_not_distinct_from),
    (ops.like_op, ops.not_like_op),
    (ops.ilike_op, ops.not_ilike_op),
    (ops.contains_op, ops.not_contains_op),
    (ops.icontains_op, ops.not_icontains_op),
    (ops.startswith_op, ops.not_startswith_op),
    (ops.istartswith_op, ops.not_istartswith_op),
    (ops.endswith_op, ops.not_endswith_op),
    (ops.iendswith_op, ops.not_iendswith_op),
):
    _TABLE[_pair[0]] = (_compare, {"negate_op": _pair[1]})
    _TABLE[_pair[1]] = (_compare, {"negate_op": _pair[0]})
for _op in (
    (ops.add, ops.mul, ops.sub, ops.mod, ops.truediv, ops.floordiv, ops.concat_op)
    + (ops.bitwise_xor_op, ops.bitwise_or_op, ops.bitwise_and_op, ops.bitwise_lshift_op)
    + (ops.bitwise_rshift_op, ops.json_getitem_op, ops.json_path_getitem_op)
):
    _TABLE[_op] = (_binary, {})
for _op in (ops.asc_op, ops.desc_op, ops.nulls_first_op, ops.nulls_last_op):
    _TABLE[_op] = (_modifier, {})
