"""Joins, and the conditions that foreign keys give them."""

from .. import exc
from .base import ColumnSet
from .coercion import from_clause
from .selectable import LABEL_STYLE_TABLENAME_PLUS_COL, FromClause, FromGrouping


def join_condition(left, right, consider_as_foreign_keys=None):
    """The ON of two tables from their foreign keys."""
    from .compound import BooleanClauseList

    constraints = {}
    for one, other in ((right, left), (left, right)):
        if one is other and constraints:
            continue
        for key in sorted(one.foreign_keys, key=lambda fk: fk.parent._creation_order):
            try:
                column = key.get_referent(other)
            except exc.NoReferenceError:
                continue
            if column is not None:
                constraints.setdefault(key.constraint, []).append((column, key.parent))
        if left is right:
            break
    if not constraints:
        hint = ""
        if isinstance(right, FromGrouping):
            hint = (
                " Perhaps you meant to convert the right side to a subquery using alias()?"
            )
        raise exc.NoForeignKeysError(
            "Can't find any foreign key relationships between '%s' and '%s'.%s"
            % (left.description, right.description, hint)
        )
    if len(constraints) > 1:
        raise exc.AmbiguousForeignKeysError(
            "Can't determine join between '%s' and '%s'; tables have more than one foreign key "
            "constraint relationship between them. Please specify the 'onclause' of this join "
            "explicitly." % (left.description, right.description)
        )
    pairs = next(iter(constraints.values()))
    conditions = [column == parent for column, parent in pairs]
    return conditions[0] if len(conditions) == 1 else BooleanClauseList.and_(*conditions)


def can_join(left, right):
    """Whether foreign keys lead from one to the other."""
    try:
        join_condition(left, right)
    except exc.AmbiguousForeignKeysError:
        return True
    except exc.NoForeignKeysError:
        return False
    return True


class Join(FromClause):
    """`left JOIN right ON …`."""

    __visit_name__ = "join"
    _is_join = True

    def __init__(self, left, right, onclause=None, isouter=False, full=False):
        self.left = from_clause(left)
        self.right = from_clause(right).self_group()
        if onclause is None:
            self.onclause = self._match(self.left, self.right)
        else:
            from .coercion import where
            from .operators import _asbool

            self.onclause = where(onclause).self_group(against=_asbool)
        self.isouter = isouter
        self.full = full

    def _match(self, left, right):
        # The last table of a chain of joins that fits is what is meant.
        if isinstance(left, Join) and can_join(left.right, right):
            try:
                return join_condition(left.right, right)
            except exc.AmbiguousForeignKeysError:
                pass
        return join_condition(left, right)

    @property
    def description(self):
        return "Join object on %s(%d) and %s(%d)" % (
            self.left.description,
            id(self.left),
            self.right.description,
            id(self.right),
        )

    def is_derived_from(self, fromclause):
        return (
            fromclause is self
            or self.left.is_derived_from(fromclause)
            or self.right.is_derived_from(fromclause)
        )

    def self_group(self, against=None):
        return FromGrouping(self)

    def _populate(self, collection):
        for side in (self.left, self.right):
            for one in side.c:
                collection.add(one, one._tq_key_label)

    @property
    def _select_iterable(self):
        return list(self.left.c) + list(self.right.c)

    @property
    def primary_key(self):
        return ColumnSet(one for one in self._select_iterable if one.primary_key)

    @property
    def foreign_keys(self):
        return list(self.left.foreign_keys) + list(self.right.foreign_keys)

    @property
    def _hide_froms(self):
        return list(self.left._from_objects) + list(self.right._from_objects)

    @property
    def _from_objects(self):
        return [self, *self.left._from_objects, *self.right._from_objects]

    def select(self):
        from .queries import Select

        return Select(self.left, self.right).select_from(self)

    def corresponding_column(self, column, require_embedded=False):
        for side in (self.left, self.right):
            found = side.corresponding_column(column, require_embedded)
            if found is not None:
                return found
        return None

    def alias(self, name=None, flat=False):
        if flat:
            raise NotImplementedError("limbeck: Join.alias(flat=True) is not provided natively")
        from .queries import Select

        query = Select(self.left, self.right).select_from(self)
        return query.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).alias(name)
