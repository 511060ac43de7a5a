"""MySQL's full text MATCH over several columns."""

from ...exc import InvalidRequestError
from ...sql import operators as ops
from ...sql.base import _generative
from ...sql.coercion import expression
from ...sql.compound import BinaryExpression, ClauseList
from ...sql.elements import _boolean_type


class match(BinaryExpression):
    """`MATCH (a, b) AGAINST (… IN BOOLEAN MODE)`."""

    __visit_name__ = "mysql_match"
    stringify_dialect = "mysql"

    def __init__(self, *cols, against=None, **options):
        if not cols:
            raise InvalidRequestError("columns are required")
        if against is None:
            raise InvalidRequestError("against is required")
        left = ClauseList._raw(ops.comma_op, [expression(one) for one in cols])
        left.group = False
        modifiers = {
            "mysql_boolean_mode": options.get("in_boolean_mode", False),
            "mysql_natural_language": options.get("in_natural_language_mode", False),
            "mysql_query_expansion": options.get("with_query_expansion", False),
        }
        super().__init__(left, expression(against), ops.match_op, _boolean_type(), modifiers=modifiers)

    def _generate(self):
        return self._clone()

    @_generative
    def in_boolean_mode(self):
        self.modifiers = {**self.modifiers, "mysql_boolean_mode": True}

    @_generative
    def in_natural_language_mode(self):
        self.modifiers = {**self.modifiers, "mysql_natural_language": True}

    @_generative
    def with_query_expansion(self):
        self.modifiers = {**self.modifiers, "mysql_query_expansion": True}


