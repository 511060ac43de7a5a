"""The methods and Python operators that every SQL expression has.

Each only names its operator and goes to `operate()`; what an operation builds is
decided by the element (`sql/build.py`, or the comparator of a type or an attribute).
"""

from . import operators as ops


class Operators:
    """`&`, `|`, `~` and operators named by their text."""

    __slots__ = ()

    def operate(self, op, *other, **kwargs):
        raise NotImplementedError(str(op))

    def reverse_operate(self, op, other, **kwargs):
        raise NotImplementedError(str(op))

    def __and__(self, other):
        return self.operate(ops.and_, other)

    def __or__(self, other):
        return self.operate(ops.or_, other)

    def __invert__(self):
        return self.operate(ops.inv)

    def op(
        self,
        opstring,
        precedence=0,
        is_comparison=False,
        return_type=None,
        python_impl=None,
    ):
        """A function that joins this expression with another by the given text."""
        if isinstance(return_type, type):
            return_type = return_type()
        operator = ops.custom_op(opstring, precedence, is_comparison, return_type)

        def against(other):
            return self.operate(operator, other)

        return against

    def bool_op(self, opstring, precedence=0, python_impl=None):
        """Like `op()`, for operators that give a truth value."""
        return self.op(opstring, precedence=precedence, is_comparison=True)


def _plain(op):
    def method(self, other):
        return self.operate(op, other)

    return method


def _reversed(op):
    def method(self, other):
        return self.reverse_operate(op, other)

    return method


def _alone(op):
    def method(self):
        return self.operate(op)

    return method


def _escaped(op):
    def method(self, other, escape=None):
        return self.operate(op, other, escape=escape)

    return method


def _text_search(op):
    def method(self, other, escape=None, autoescape=False):
        if autoescape:
            if not isinstance(other, str):
                raise TypeError("String value expected when autoescape=True")
            if escape is None:
                escape = "/"
            if escape not in ("%", "_"):
                other = other.replace(escape, escape + escape)
            other = other.replace("%", escape + "%").replace("_", escape + "_")
        return self.operate(op, other, escape=escape)

    return method


class ColumnOperators(Operators):
    """What can be written with a column: comparisons, arithmetic, LIKE, IN, order."""

    __slots__ = ()

    timetuple = None

    __lt__ = _plain(ops.lt)
    __le__ = _plain(ops.le)
    __eq__ = _plain(ops.eq)
    __ne__ = _plain(ops.ne)
    __gt__ = _plain(ops.gt)
    __ge__ = _plain(ops.ge)
    __hash__ = object.__hash__
    __add__ = _plain(ops.add)
    __sub__ = _plain(ops.sub)
    __mul__ = _plain(ops.mul)
    __mod__ = _plain(ops.mod)
    __truediv__ = _plain(ops.truediv)
    __floordiv__ = _plain(ops.floordiv)
    __radd__ = _reversed(ops.add)
    __rsub__ = _reversed(ops.sub)
    __rmul__ = _reversed(ops.mul)
    __rmod__ = _reversed(ops.mod)
    __rtruediv__ = _reversed(ops.truediv)
    __rfloordiv__ = _reversed(ops.floordiv)
    __lshift__ = _plain(ops.lshift)
    __rshift__ = _plain(ops.rshift)
    __getitem__ = _plain(ops.getitem)
    __contains__ = _plain(ops.contains)
    __neg__ = _alone(ops.neg)

    is_ = _plain(ops.is_)
    is_not = isnot = _plain(ops.is_not)
    is_distinct_from = _plain(ops.is_distinct_from)
    is_not_distinct_from = isnot_distinct_from = _plain(ops.is_not_distinct_from)
    in_ = _plain(ops.in_op)
    not_in = notin_ = _plain(ops.not_in_op)
    like = _escaped(ops.like_op)
    not_like = notlike = _escaped(ops.not_like_op)
    ilike = _escaped(ops.ilike_op)
    not_ilike = notilike = _escaped(ops.not_ilike_op)
    startswith = _text_search(ops.startswith_op)
    istartswith = _text_search(ops.istartswith_op)
    endswith = _text_search(ops.endswith_op)
    iendswith = _text_search(ops.iendswith_op)
    contains = _text_search(ops.contains_op)
    icontains = _text_search(ops.icontains_op)
    concat = _plain(ops.concat_op)
    _rconcat = _reversed(ops.concat_op)
    collate = _plain(ops.collate)
    bitwise_xor = _plain(ops.bitwise_xor_op)
    bitwise_or = _plain(ops.bitwise_or_op)
    bitwise_and = _plain(ops.bitwise_and_op)
    bitwise_lshift = _plain(ops.bitwise_lshift_op)
    bitwise_rshift = _plain(ops.bitwise_rshift_op)
    bitwise_not = _alone(ops.bitwise_not_op)
    desc = _alone(ops.desc_op)
    asc = _alone(ops.asc_op)
    nulls_first = nullsfirst = _alone(ops.nulls_first_op)
    nulls_last = nullslast = _alone(ops.nulls_last_op)
    distinct = _alone(ops.distinct_op)
    any_ = _alone(ops.any_op)
    all_ = _alone(ops.all_op)

    def match(self, other, **kwargs):
        """Full text search."""
        return self.operate(ops.match_op, other, **kwargs)

    def regexp_match(self, pattern, flags=None):
        """Whether a regular expression matches."""
        return self.operate(ops.regexp_match_op, pattern, flags=flags)

    def regexp_replace(self, pattern, replacement, flags=None):
        """The text with matches of a regular expression replaced."""
        return self.operate(
            ops.regexp_replace_op, pattern, replacement=replacement, flags=flags
        )

    def between(self, cleft, cright, symmetric=False):
        """Whether the value lies between two others."""
        return self.operate(ops.between_op, cleft, cright, symmetric=symmetric)
