"""The operators of the expression language: their identities and how tightly they bind.

Python's own operators are the functions of the `operator` module; the others are
functions that re-enter the method of the same meaning, so that an operator can be
passed around and called. The compiler maps each to text; nothing here writes SQL.
"""

from operator import add, and_, contains, eq, floordiv, ge, getitem, gt, inv, le, lshift
from operator import lt, mod, mul, ne, neg, or_, rshift, sub, truediv

div = truediv
matmul = None


def _no_call(name):
    def operator(*arguments, **keywords):
        raise NotImplementedError("operator %s is no function" % name)

    operator.__name__ = operator.__qualname__ = name
    return operator


def _by_method(name, method):
    def operator(a, *arguments, **keywords):
        return getattr(a, method)(*arguments, **keywords)

    operator.__name__ = operator.__qualname__ = name
    return operator


from_ = _no_call("from_")
function_as_comparison_op = _no_call("function_as_comparison_op")
as_ = _no_call("as_")
exists = _no_call("exists")
is_true = _no_call("is_true")
is_false = _no_call("is_false")
comma_op = _no_call("comma_op")
filter_op = _no_call("filter_op")
json_getitem_op = _no_call("json_getitem_op")
json_path_getitem_op = _no_call("json_path_getitem_op")
_asbool = _no_call("_asbool")
is_distinct_from = _by_method("is_distinct_from", "is_distinct_from")
is_not_distinct_from = _by_method("is_not_distinct_from", "is_not_distinct_from")
is_ = _by_method("is_", "is_")
is_not = _by_method("is_not", "is_not")
collate = _by_method("collate", "collate")
like_op = _by_method("like_op", "like")
not_like_op = _by_method("not_like_op", "not_like")
ilike_op = _by_method("ilike_op", "ilike")
not_ilike_op = _by_method("not_ilike_op", "not_ilike")
between_op = _by_method("between_op", "between")
in_op = _by_method("in_op", "in_")
not_in_op = _by_method("not_in_op", "not_in")
distinct_op = _by_method("distinct_op", "distinct")
any_op = _by_method("any_op", "any_")
all_op = _by_method("all_op", "all_")
startswith_op = _by_method("startswith_op", "startswith")
istartswith_op = _by_method("istartswith_op", "istartswith")
endswith_op = _by_method("endswith_op", "endswith")
iendswith_op = _by_method("iendswith_op", "iendswith")
contains_op = _by_method("contains_op", "contains")
icontains_op = _by_method("icontains_op", "icontains")
match_op = _by_method("match_op", "match")
regexp_match_op = _by_method("regexp_match_op", "regexp_match")
regexp_replace_op = _by_method("regexp_replace_op", "regexp_replace")
concat_op = _by_method("concat_op", "concat")
desc_op = _by_method("desc_op", "desc")
asc_op = _by_method("asc_op", "asc")
nulls_first_op = _by_method("nulls_first_op", "nulls_first")
nulls_last_op = _by_method("nulls_last_op", "nulls_last")
bitwise_xor_op = _by_method("bitwise_xor_op", "bitwise_xor")
bitwise_or_op = _by_method("bitwise_or_op", "bitwise_or")
bitwise_and_op = _by_method("bitwise_and_op", "bitwise_and")
bitwise_not_op = _by_method("bitwise_not_op", "bitwise_not")
bitwise_lshift_op = _by_method("bitwise_lshift_op", "bitwise_lshift")
bitwise_rshift_op = _by_method("bitwise_rshift_op", "bitwise_rshift")


def _negated(name, method):
    def operator(a, *arguments, **keywords):
        return ~getattr(a, method)(*arguments, **keywords)

    operator.__name__ = operator.__qualname__ = name
    return operator


not_between_op = _negated("not_between_op", "between")
not_startswith_op = _negated("not_startswith_op", "startswith")
not_istartswith_op = _negated("not_istartswith_op", "istartswith")
not_endswith_op = _negated("not_endswith_op", "endswith")
not_iendswith_op = _negated("not_iendswith_op", "iendswith")
not_contains_op = _negated("not_contains_op", "contains")
not_icontains_op = _negated("not_icontains_op", "icontains")
not_match_op = _negated("not_match_op", "match")
not_regexp_match_op = _negated("not_regexp_match_op", "regexp_match")

# The names of 1.3, which scripts may still use.
isnot = is_not
notin_op = not_in_op
notlike_op = not_like_op
notilike_op = not_ilike_op
notbetween_op = not_between_op
istrue = is_true
isfalse = is_false
nullsfirst_op = nulls_first_op
nullslast_op = nulls_last_op

_smallest = -100
_largest = 100

# How tightly each operator binds (the numbers are those of SQLAlchemy: they decide
# where parentheses are written).
_PRECEDENCE = {}
for _level, _operators in (
    (
        15,
        (from_, function_as_comparison_op, any_op, all_op, getitem, json_getitem_op)
        + (json_path_getitem_op,),
    ),
    (8, (mul, truediv, floordiv, mod, neg, bitwise_not_op)),
    (
        7,
        (add, sub, bitwise_xor_op, bitwise_or_op, bitwise_and_op, bitwise_lshift_op)
        + (bitwise_rshift_op,),
    ),
    (6, (filter_op,)),
    (
        5,
        (concat_op, match_op, not_match_op, regexp_match_op, not_regexp_match_op)
        + (regexp_replace_op, ilike_op, not_ilike_op, like_op, not_like_op, in_op, not_in_op)
        + (is_, is_not, eq, ne, is_distinct_from, is_not_distinct_from, gt, lt, ge, le)
        + (between_op, not_between_op, distinct_op, inv, is_true, is_false),
    ),
    (4, (collate,)),
    (3, (and_, desc_op, asc_op)),
    (2, (or_,)),
    (0, (exists,)),
    (-1, (comma_op, as_)),
    (-10, (_asbool,)),
):
    for _one in _operators:
        _PRECEDENCE[_one] = _level

_comparison = {eq, ne, lt, gt, ge, le, is_distinct_from, is_not_distinct_from, is_, is_not}
_comparison |= {like_op, not_like_op, ilike_op, not_ilike_op, between_op, not_between_op}
_comparison |= {in_op, not_in_op, startswith_op, not_startswith_op, endswith_op, not_endswith_op}
_comparison |= {contains_op, not_contains_op, match_op, not_match_op, regexp_match_op}
_comparison |= {not_regexp_match_op, function_as_comparison_op}

_associative = {add, mul, concat_op, and_, or_}
_natural_self_precedent = _associative | {getitem, json_getitem_op, json_path_getitem_op}
_order_by_modifier = {desc_op, asc_op, nulls_first_op, nulls_last_op}
_booleans = (inv, is_true, is_false, and_, or_)
_mirror = {gt: lt, ge: le, lt: gt, le: ge}


class OperatorType:
    """What annotations call an operator; every operator here is a function or a `custom_op`."""


class custom_op:
    """An operator whose text the script gives: `column.op("->>")("key")`."""

    __name__ = "custom_op"

    def __init__(
        self,
        opstring,
        precedence=0,
        is_comparison=False,
        return_type=None,
        natural_self_precedent=False,
        eager_grouping=False,
        python_impl=None,
        visit_name=None,
    ):
        self.opstring = opstring
        self.precedence = precedence
        self.is_comparison = is_comparison
        self.natural_self_precedent = natural_self_precedent
        self.eager_grouping = eager_grouping
        self.return_type = return_type
        self.python_impl = python_impl

    def __eq__(self, other):
        return (
            isinstance(other, custom_op)
            and self.opstring == other.opstring
            and self.precedence == other.precedence
            and self.is_comparison == other.is_comparison
            and self.return_type is other.return_type
        )

    def __hash__(self):
        return hash(self.opstring)

    def __call__(self, left, right, **kw):
        if hasattr(left, "operate"):
            return left.operate(self, right, **kw)
        return right.reverse_operate(self, left, **kw)


def is_comparison(op):
    """True of operators that give a truth value by comparing."""
    return op in _comparison or (isinstance(op, custom_op) and op.is_comparison)


def is_commutative(op):
    """True where `a op b` is `b op a`."""
    return op in (eq, ne, add, mul)


def is_associative(op):
    """True where a chain needs no parentheses."""
    return op in _associative


def is_boolean(op):
    """True of operators that give a truth value."""
    return op in _booleans or is_comparison(op)


def is_ordering_modifier(op):
    """True of ASC, DESC, NULLS FIRST and NULLS LAST."""
    return op in _order_by_modifier


is_order_by_modifier = is_ordering_modifier


def is_natural_self_precedent(op):
    """True where `(a op b) op c` is written without parentheses."""
    return op in _natural_self_precedent or (
        isinstance(op, custom_op) and op.natural_self_precedent
    )


def mirror(op):
    """The comparison with its sides exchanged."""
    return _mirror.get(op, op)


def is_precedent(operator, against):
    """True when an expression of `operator` inside one of `against` needs parentheses."""
    if operator is against and is_natural_self_precedent(operator):
        return False
    inner = _PRECEDENCE.get(operator)
    if inner is None:
        inner = getattr(operator, "precedence", _smallest)
    outer = _PRECEDENCE.get(against)
    if outer is None:
        outer = getattr(against, "precedence", _largest)
    return inner <= outer


# `sqlalchemy.sql.operators.ColumnOperators` is where scripts expect the mixin.
def __getattr__(name):
    if name in ("ColumnOperators", "Operators"):
        from . import column_operators

        return getattr(column_operators, name)
    raise AttributeError(name)
