"""Expressions made of expressions: operators, lists, AND and OR."""

from . import operators as ops
from .elements import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    False_,
    Grouping,
    NamedColumn,
    True_,
    _boolean_type,
    _instance,
    _is_boolean,
)


class OperatorExpression(ColumnElement):
    """What has an operator and is put in parentheses by its precedence."""

    group = True
    operator = None

    @property
    def is_comparison(self):
        return ops.is_comparison(self.operator)

    def self_group(self, against=None):
        if (self.group and ops.is_precedent(self.operator, against)) or (
            against is ops.inv and not ops.is_boolean(self.operator)
        ):
            return Grouping(self)
        return self


class BinaryExpression(OperatorExpression):
    """`left operator right`."""

    __visit_name__ = "binary"

    def __init__(self, left, right, operator, type_=None, negate=None, modifiers=None):
        if isinstance(operator, str):
            operator = ops.custom_op(operator)
        self._orig = (left, right)
        self.left = left.self_group(against=operator)
        self.right = right.self_group(against=operator)
        self.operator = operator
        self.type = _instance(type_)
        self.negate = negate
        self.modifiers = modifiers or {}

    @property
    def _is_implicitly_boolean(self):
        return ops.is_boolean(self.operator)

    @property
    def _flattened_operator_clauses(self):
        return (self.left, self.right)

    @property
    def _from_objects(self):
        return (*self.left._from_objects, *self.right._from_objects)

    def get_children(self, **kw):
        return (self.left, self.right)

    def __bool__(self):
        """`a == b` of two columns is true of the same column, so that sets of them work."""
        if self.operator is ops.eq:
            return self._orig[0] is self._orig[1]
        if self.operator is ops.ne:
            return self._orig[0] is not self._orig[1]
        raise TypeError("Boolean value of this clause is not defined")

    def _negate(self):
        if self.negate is not None:
            return BinaryExpression(
                self.left,
                self.right._negate_in_binary(self.negate, self.operator),
                self.negate,
                type_=self.type,
                negate=self.operator,
                modifiers=self.modifiers,
            )
        return ColumnElement._negate(self.self_group())


class UnaryExpression(ColumnElement):
    """`operator element` or `element modifier`."""

    __visit_name__ = "unary"

    def __init__(self, element, operator=None, modifier=None, type_=None):
        self.operator = operator
        self.modifier = modifier
        self.element = element.self_group(against=operator or modifier)
        self.type = _instance(type_)

    @property
    def _from_objects(self):
        return self.element._from_objects

    def get_children(self, **kw):
        return (self.element,)

    def _wraps_unnamed_column(self):
        inner = self.element._ungroup()
        return not isinstance(inner, NamedColumn) or inner._non_anon_label is None

    @property
    def _order_by_label_element(self):
        if ops.is_ordering_modifier(self.modifier):
            return getattr(self.element, "_order_by_label_element", None)
        return None

    def _negate(self):
        if _is_boolean(self.type):
            return UnaryExpression(
                self.self_group(against=ops.inv), operator=ops.inv, type_=_boolean_type()
            )
        return ColumnElement._negate(self)

    def self_group(self, against=None):
        if self.operator and ops.is_precedent(self.operator, against):
            return Grouping(self)
        return self


class CollectionAggregate(UnaryExpression):
    """`ANY (…)` and `ALL (…)`, which stand on the right of a comparison."""

    _is_collection_aggregate = True

    @classmethod
    def _create_any(cls, expr):
        return cls._create(expr, ops.any_op)

    @classmethod
    def _create_all(cls, expr):
        return cls._create(expr, ops.all_op)

    @classmethod
    def _create(cls, expr, op):
        from .coercion import expression

        return cls(expression(expr).self_group(), operator=op, type_=_boolean_type())

    def _bind_param(self, operator, value, type_=None, expanding=False):
        inner = self.element.type
        return BindParameter(
            None,
            value,
            type_,
            unique=True,
            expanding=expanding,
            _compared_to_operator=operator,
            _compared_to_type=getattr(inner, "item_type", inner),
        )

    def operate(self, op, *other, **kwargs):
        from .. import exc

        if not ops.is_comparison(op):
            raise exc.ArgumentError("Only comparison operators may be used with ANY/ALL")
        from .build import default_operate

        return default_operate(self, ops.mirror(op), *other, reverse=True, **kwargs)

    def reverse_operate(self, op, other, **kwargs):
        from .. import exc

        raise exc.ArgumentError("Only comparison operators may be used with ANY/ALL")


class WrapsColumnExpression:
    """What takes its name from the one column inside it: CAST, type_coerce."""

    _non_anon_label = None

    @property
    def _tq_label(self):
        return getattr(self.wrapped_column_expression, "_tq_label", None)

    @property
    def _anon_name_label(self):
        wrapped = self.wrapped_column_expression
        if not wrapped._is_text_clause:
            return wrapped._non_anon_label or wrapped._anon_name_label
        return self._anon_label(None)

    def _dedupe_anon_label_idx(self, idx):
        name = self.wrapped_column_expression._non_anon_label
        if name:
            return self._anon_label(name + "_")
        return self._dedupe_anon_tq_label_idx(idx)

    @property
    def _proxy_key(self):
        wrapped = self.wrapped_column_expression
        if not wrapped._is_text_clause:
            return wrapped._proxy_key
        return ColumnElement._proxy_key.fget(self)


class AsBoolean(WrapsColumnExpression, UnaryExpression):
    """A boolean value where a condition is wanted: `x = 1` where there are no booleans."""

    def __init__(self, element, operator, negate):
        self.element = element
        self.type = _boolean_type()
        self.operator = operator
        self.negate = negate
        self.modifier = None

    @property
    def _is_implicitly_boolean(self):
        return self.element._is_implicitly_boolean

    @property
    def wrapped_column_expression(self):
        return self.element

    def self_group(self, against=None):
        return self

    def _negate(self):
        if self.element._is_singleton_constant:
            return self.element._negate()
        return AsBoolean(self.element, self.negate, self.operator)


class CollationClause(ColumnElement):
    """The name of a collation."""

    __visit_name__ = "collation"

    def __init__(self, collation):
        self.collation = collation

    def get_children(self, **kw):
        return ()


class ClauseList(ClauseElement):
    """Elements between commas, or another operator."""

    __visit_name__ = "clauselist"
    _is_clause_list = True

    def __init__(self, *clauses, operator=ops.comma_op, group=True, group_contents=True):
        from .coercion import by_of

        clauses = [by_of(clause) for clause in clauses]
        if group_contents:
            clauses = [clause.self_group(against=operator) for clause in clauses]
        self.clauses = clauses
        self.operator = operator
        self.group = group
        self.group_contents = group_contents

    @classmethod
    def _raw(cls, operator, clauses):
        self = cls.__new__(cls)
        self.operator = operator
        self.clauses = list(clauses)
        self.group = self.group_contents = True
        return self

    @property
    def type(self):
        from .elements import _null_type

        return self.clauses[0].type if self.clauses else _null_type()

    @property
    def _is_implicitly_boolean(self):
        return ops.is_boolean(self.operator)

    @property
    def _select_iterable(self):
        return [one for clause in self.clauses for one in clause._select_iterable]

    def __iter__(self):
        return iter(self.clauses)

    def __len__(self):
        return len(self.clauses)

    def append(self, clause):
        from .coercion import by_of

        clause = by_of(clause)
        self.clauses.append(clause.self_group(against=self.operator))

    def get_children(self, **kw):
        return tuple(self.clauses)

    @property
    def _from_objects(self):
        return [one for clause in self.clauses for one in clause._from_objects]

    def _negate_in_binary(self, negated_op, original_op):
        return self

    def self_group(self, against=None):
        if self.group and ops.is_precedent(self.operator, against):
            return Grouping(self)
        return self


class ExpressionClauseList(OperatorExpression):
    """A flat chain of one operator: `a + b + c`."""

    __visit_name__ = "expression_clauselist"
    _is_clause_list = True

    @classmethod
    def _construct_for_list(cls, operator, type_, *clauses, group=True):
        self = cls.__new__(cls)
        self.group = group
        if group:
            self.clauses = tuple(clause.self_group(against=operator) for clause in clauses)
        else:
            self.clauses = clauses
        self.operator = operator
        self.type = type_
        return self

    @property
    def _is_implicitly_boolean(self):
        return ops.is_boolean(self.operator)

    @property
    def _flattened_operator_clauses(self):
        return self.clauses

    def __iter__(self):
        return iter(self.clauses)

    def __len__(self):
        return len(self.clauses)

    def get_children(self, **kw):
        return tuple(self.clauses)

    @property
    def _from_objects(self):
        return [one for clause in self.clauses for one in clause._from_objects]

    def append(self, clause):
        self.clauses += (clause,)

    def _negate(self):
        return ColumnElement._negate(self.self_group(against=ops.inv))


def process_for_boolean(operator, continue_on, skip_on, clauses):
    """Drops what changes nothing (true in AND), keeps only what decides (false in AND).

    Gives the number of clauses that matters (0, 1, or 2 for many) and the clauses.
    """
    kept = []
    neutral = None
    for clause in clauses:
        if clause is continue_on:
            neutral = clause
        elif clause is skip_on:
            return 1, [clause.self_group(against=ops._asbool)]
        else:
            kept.append(clause)
    if not kept and neutral is not None:
        kept = [neutral]
    count = min(len(kept), 2)
    against = operator if count > 1 else ops._asbool
    return count, [clause.self_group(against=against) for clause in kept]


class BooleanClauseList(ExpressionClauseList):
    """Conditions joined by AND or OR."""

    def __init__(self, *arg, **kw):
        raise NotImplementedError("BooleanClauseList has a private constructor")

    @classmethod
    def _construct(cls, operator, continue_on, skip_on, clauses):
        from .coercion import where

        if not clauses:
            return cls._raw(operator, ())
        if len(clauses) == 1 and hasattr(clauses[0], "__next__"):
            clauses = tuple(clauses[0])
        count, grouped = process_for_boolean(
            operator, continue_on, skip_on, [where(clause) for clause in clauses]
        )
        if count < 2:
            return grouped[0]
        flat = []
        for clause in grouped:
            if getattr(clause, "operator", None) is operator:
                flat.extend(clause._flattened_operator_clauses)
            else:
                flat.append(clause)
        return cls._raw(operator, flat)

    @classmethod
    def _construct_for_whereclause(cls, clauses):
        count, grouped = process_for_boolean(ops.and_, True_(), False_(), clauses)
        if count > 1:
            return cls._raw(ops.and_, grouped)
        return grouped[0] if grouped else None

    @classmethod
    def _raw(cls, operator, clauses):
        self = cls.__new__(cls)
        self.clauses = tuple(clauses)
        self.group = True
        self.operator = operator
        self.type = _boolean_type()
        return self

    @classmethod
    def and_(cls, *clauses):
        return cls._construct(ops.and_, True_(), False_(), clauses)

    @classmethod
    def or_(cls, *clauses):
        return cls._construct(ops.or_, False_(), True_(), clauses)

    def self_group(self, against=None):
        return super().self_group(against=against) if self.clauses else self


