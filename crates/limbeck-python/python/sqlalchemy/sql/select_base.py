"""What everything that has result columns and can stand in another statement has in common."""

from .base import Executable, _generative
from .coercion import by_of, limit, order_by, resolve
from .selectable import LABEL_STYLE_DEFAULT, LABEL_STYLE_NONE, HasCTE, Selectable


class SelectBase(Executable, HasCTE, Selectable):
    """What has result columns and can stand in another statement."""

    _is_select_base = True
    is_select = True
    _label_style = LABEL_STYLE_NONE

    @property
    def exported_columns(self):
        return self.selected_columns

    @property
    def c(self):
        return self._implicit_subquery().c

    columns = c

    def scalar_subquery(self):
        """The query as a value."""
        from .scalar import ScalarSelect

        if self._label_style is not LABEL_STYLE_NONE:
            return ScalarSelect(self.set_label_style(LABEL_STYLE_NONE))
        return ScalarSelect(self)

    def as_scalar(self):
        """The name of 1.3 for `scalar_subquery()`."""
        return self.scalar_subquery()

    def label(self, name):
        return self.scalar_subquery().label(name)

    def lateral(self, name=None):
        from .selectable import Lateral

        return Lateral(self, name)

    def subquery(self, name=None):
        """The query in FROM."""
        from .aliases import Subquery

        return Subquery(self._ensure_disambiguated_names(), name)

    alias = subquery

    def _implicit_subquery(self):
        found = self.__dict__.get("_implicit")
        if found is None:
            found = self._implicit = self.subquery()
        return found

    def _ensure_disambiguated_names(self):
        return self

    def set_label_style(self, style):
        return self

    def _generate(self):
        copy = super()._generate()
        copy.__dict__.pop("_implicit", None)
        return copy

    def exists(self):
        from .scalar import Exists

        return Exists(self)

    def self_group(self, against=None):
        return self


class SelectStatementGrouping(SelectBase):
    """A query in parentheses, within a UNION."""

    __visit_name__ = "select_statement_grouping"
    _is_select_container = True

    def __init__(self, element):
        self.element = resolve(element)

    def get_children(self, **kw):
        return (self.element,)

    @property
    def selected_columns(self):
        return self.element.selected_columns

    @property
    def _all_selected_columns(self):
        return self.element._all_selected_columns

    @property
    def _from_objects(self):
        return self.element._from_objects

    def _generate_proxies(self, fromclause, collection):
        self.element._generate_proxies(fromclause, collection)

    def set_label_style(self, style):
        return SelectStatementGrouping(self.element.set_label_style(style))

    @property
    def select_statement(self):
        return self.element


class ForUpdateArg:
    """The options of FOR UPDATE."""

    def __init__(self, nowait=False, read=False, of=None, skip_locked=False, key_share=False):
        self.nowait = nowait
        self.read = read
        self.skip_locked = skip_locked
        self.key_share = key_share
        if of is not None:
            many = of if isinstance(of, (list, tuple)) else [of]
            of = [resolve(one) for one in many]
        self.of = of


class GenerativeSelect(SelectBase):
    """What ORDER BY, LIMIT and FOR UPDATE can be said of."""

    _order_by_clauses = ()
    _group_by_clauses = ()
    _limit_clause = None
    _offset_clause = None
    _fetch_clause = None
    _fetch_clause_options = None
    _for_update_arg = None
    _label_style = LABEL_STYLE_DEFAULT

    def set_label_style(self, style):
        if self._label_style is style:
            return self
        copy = self._generate()
        copy._label_style = style
        return copy

    def get_label_style(self):
        return self._label_style

    @_generative
    def with_for_update(
        self, nowait=False, read=False, of=None, skip_locked=False, key_share=False
    ):
        self._for_update_arg = ForUpdateArg(nowait, read, of, skip_locked, key_share)

    @_generative
    def limit(self, limit_):
        self._fetch_clause = self._fetch_clause_options = None
        self._limit_clause = limit(limit_)

    @_generative
    def offset(self, offset):
        self._offset_clause = limit(offset)

    @_generative
    def fetch(self, count, with_ties=False, percent=False):
        self._limit_clause = None
        self._fetch_clause = limit(count)
        self._fetch_clause_options = {"with_ties": with_ties, "percent": percent}

    @_generative
    def slice(self, start, stop):
        """`LIMIT` and `OFFSET` by the numbers of a Python slice."""
        if start is not None and stop is not None:
            self._offset_clause = limit(start) if start != 0 else None
            self._limit_clause = limit(stop - start)
        elif stop is not None:
            self._limit_clause = limit(stop)
        elif start:
            self._offset_clause = limit(start)

    @property
    def _limit(self):
        return getattr(self._limit_clause, "effective_value", None)

    @property
    def _offset(self):
        return getattr(self._offset_clause, "effective_value", None)

    @property
    def _has_row_limiting_clause(self):
        return (
            self._limit_clause is not None
            or self._offset_clause is not None
            or self._fetch_clause is not None
        )

    @_generative
    def order_by(self, *clauses):
        clauses = _many(clauses)
        if len(clauses) == 1 and clauses[0] is None:
            self._order_by_clauses = ()
        else:
            self._order_by_clauses += tuple(
                order_by(one) for one in clauses if one is not False
            )

    @_generative
    def group_by(self, *clauses):
        clauses = _many(clauses)
        if len(clauses) == 1 and clauses[0] is None:
            self._group_by_clauses = ()
        else:
            self._group_by_clauses += tuple(by_of(one) for one in clauses)

    def union(self, *other):
        return _compound("UNION", self, *other)

    def union_all(self, *other):
        return _compound("UNION ALL", self, *other)

    def except_(self, *other):
        return _compound("EXCEPT", self, *other)

    def except_all(self, *other):
        return _compound("EXCEPT ALL", self, *other)

    def intersect(self, *other):
        return _compound("INTERSECT", self, *other)

    def intersect_all(self, *other):
        return _compound("INTERSECT ALL", self, *other)


def _many(clauses):
    if len(clauses) == 1 and hasattr(clauses[0], "__next__"):
        return tuple(clauses[0])
    return clauses


def _compound(keyword, *queries):
    from .queries import CompoundSelect

    return CompoundSelect(keyword, *queries)
