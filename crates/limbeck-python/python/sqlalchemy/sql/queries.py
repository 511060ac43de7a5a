"""Queries: SELECT, UNION and its kin, scalar subqueries, EXISTS.

A statement only collects what it was told; FROM lists, joins and names are worked out
when it is compiled (`select_plan`).
"""

from .. import exc
from . import operators as ops
from .base import ColumnCollection, Executable, _generative
from .coercion import by_of, column_or_from, from_clause, limit, order_by, resolve, where
from .compound import BooleanClauseList, UnaryExpression
from .elements import Grouping, _boolean_type, _null_type
from .selectable import (
    LABEL_STYLE_DEFAULT,
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    HasCTE,
    HasPrefixes,
    HasSuffixes,
    Selectable,
    Subquery,
)


def refuse_legacy(keywords):
    """Python's own words for the keyword arguments of 1.3."""
    name = next(iter(keywords))
    raise TypeError("select() got an unexpected keyword argument %r" % name)


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
        return CompoundSelect("UNION", self, *other)

    def union_all(self, *other):
        return CompoundSelect("UNION ALL", self, *other)

    def except_(self, *other):
        return CompoundSelect("EXCEPT", self, *other)

    def except_all(self, *other):
        return CompoundSelect("EXCEPT ALL", self, *other)

    def intersect(self, *other):
        return CompoundSelect("INTERSECT", self, *other)

    def intersect_all(self, *other):
        return CompoundSelect("INTERSECT ALL", self, *other)


def _many(clauses):
    if len(clauses) == 1 and hasattr(clauses[0], "__next__"):
        return tuple(clauses[0])
    return clauses


class Select(HasPrefixes, HasSuffixes, GenerativeSelect):
    """SELECT."""

    __visit_name__ = "select"
    _from_obj = ()
    _where_criteria = ()
    _having_criteria = ()
    _setup_joins = ()
    _correlate = ()
    _correlate_except = None
    _auto_correlate = True
    _distinct = False
    _distinct_on = ()
    _hints = {}
    _statement_hints = ()

    def __init__(self, *entities):
        entities = _many(entities)
        self._raw_entities = entities
        self._raw_columns = [column_or_from(one) for one in entities]

    def get_children(self, **kw):
        found = list(self._raw_columns) + list(self._from_obj) + list(self._where_criteria)
        for target, onclause, left, _flags in self._setup_joins:
            found.extend(one for one in (target, onclause, left) if one is not None)
        found += list(self._group_by_clauses) + list(self._having_criteria)
        found += list(self._order_by_clauses)
        found += [one for one in (self._limit_clause, self._offset_clause) if one is not None]
        return found

    @property
    def _from_objects(self):
        return ()

    @property
    def whereclause(self):
        return BooleanClauseList._construct_for_whereclause(self._where_criteria)

    _whereclause = whereclause

    @property
    def inner_columns(self):
        return iter(self._all_selected_columns)

    @property
    def _all_selected_columns(self):
        return [one for raw in self._raw_columns for one in raw._select_iterable]

    @property
    def selected_columns(self):
        from .select_plan import naming_convention

        name = naming_convention(self._label_style)
        return ColumnCollection(
            [(name(one), one) for one in self._all_selected_columns if one._is_column_element]
        )

    @property
    def column_descriptions(self):
        from .select_plan import columns_plus_names

        return [
            {"name": key, "type": one.type, "expr": one}
            for _, key, _, one, _ in columns_plus_names(self, False)
        ]

    @property
    def froms(self):
        from .select_plan import SelectPlan

        return SelectPlan(self).display_froms((), ())

    def get_final_froms(self):
        return self.froms

    @property
    def columns_clause_froms(self):
        from .select_plan import normalize_froms

        return normalize_froms(one for raw in self._raw_columns for one in raw._from_objects)

    def _generate_proxies(self, fromclause, collection):
        from .select_plan import columns_plus_names

        for required, key, _fallback, one, _repeated in columns_plus_names(self, False):
            if one._is_column_element:
                proxy_key, proxy = one._make_proxy(fromclause, name=required, key=key)
                if key is not None and required is None:
                    proxy_key = key
                    proxy.key = key
                proxy.primary_key = one.primary_key
                collection.add(proxy, proxy_key)

    def _ensure_disambiguated_names(self):
        if self._label_style is LABEL_STYLE_NONE:
            return self.set_label_style(LABEL_STYLE_DEFAULT)
        return self

    # -- columns

    @_generative
    def add_columns(self, *entities):
        self._raw_columns = self._raw_columns + [column_or_from(one) for one in entities]
        self._raw_entities += entities

    column = add_columns

    @_generative
    def with_only_columns(self, *entities, maintain_column_froms=False):
        if len(entities) == 1 and isinstance(entities[0], list):
            column_or_from(entities[0])
        if maintain_column_froms:
            self._from_obj += tuple(
                one for one in self.columns_clause_froms if one not in self._from_obj
            )
        self._raw_entities = entities
        self._raw_columns = [column_or_from(one) for one in entities]

    # -- where from

    @_generative
    def from_statement(self, statement):
        """Objects from the rows of a statement that somebody else wrote; for sessions."""
        self._orm_from_statement = statement

    @_generative
    def select_from(self, *froms):
        self._from_obj += tuple(from_clause(one) for one in froms)

    def join(self, target, onclause=None, isouter=False, full=False):
        made = _by_relationship(self, target, onclause, isouter, full, None)
        return self._join(target, onclause, isouter, full) if made is None else made

    @_generative
    def _join(self, target, onclause, isouter, full):
        self._setup_joins += ((_target(target), _on(onclause), None, (isouter, full)),)

    def outerjoin(self, target, onclause=None, full=False):
        return self.join(target, onclause=onclause, isouter=True, full=full)

    def join_from(self, from_, target, onclause=None, isouter=False, full=False):
        made = _by_relationship(self, target, onclause, isouter, full, from_)
        return self._join_from(from_, target, onclause, isouter, full) if made is None else made

    @_generative
    def _join_from(self, from_, target, onclause, isouter, full):
        self._setup_joins += (
            (_target(target), _on(onclause), from_clause(from_), (isouter, full)),
        )

    def outerjoin_from(self, from_, target, onclause=None, full=False):
        return self.join_from(from_, target, onclause=onclause, isouter=True, full=full)

    # -- which rows

    @_generative
    def where(self, *whereclause):
        self._where_criteria += tuple(where(one) for one in whereclause)

    filter = where

    def filter_by(self, **kwargs):
        """Conditions `column = value` on the entity joined last, else the first one."""
        entity = self._filter_by_entity()
        namespace = self._mapped_namespace()
        if namespace is None:
            namespace = entity.entity_namespace
        conditions = []
        for key, value in kwargs.items():
            try:
                column = getattr(namespace, key)
            except AttributeError:
                raise exc.InvalidRequestError(
                    'Entity namespace for "%s" has no property "%s"'
                    % (entity, key)
                ) from None
            conditions.append(column == value)
        return self.where(*conditions)

    def _mapped_namespace(self):
        """The mapped class whose attributes `filter_by` means; None when a table's columns are meant."""
        joined = self.__dict__.get("_orm_joined")
        if joined is not None:
            return joined
        if self._setup_joins or self._from_obj or not self._raw_entities:
            return None
        first = self._raw_entities[0]
        if isinstance(first, type) or hasattr(first, "_aliased_entity"):
            return first
        return None

    def _filter_by_entity(self):
        if self._setup_joins:
            return self._setup_joins[-1][0]
        if self._from_obj:
            return self._from_obj[0]
        return self._raw_columns[0]

    @_generative
    def having(self, *having):
        self._having_criteria += tuple(where(one) for one in having)

    @_generative
    def distinct(self, *expr):
        self._distinct = True
        if expr:
            self._distinct_on += tuple(by_of(one) for one in expr)

    # -- correlation

    @_generative
    def correlate(self, *fromclauses):
        self._auto_correlate = False
        if fromclauses and (fromclauses[0] is None or fromclauses[0] is False):
            self._correlate = ()
        else:
            self._correlate += tuple(from_clause(one) for one in fromclauses)

    @_generative
    def correlate_except(self, *fromclauses):
        self._auto_correlate = False
        if fromclauses and (fromclauses[0] is None or fromclauses[0] is False):
            self._correlate_except = ()
        else:
            self._correlate_except = (self._correlate_except or ()) + tuple(
                from_clause(one) for one in fromclauses
            )

    # -- hints

    @_generative
    def with_hint(self, selectable, text, dialect_name="*"):
        self._hints = {**self._hints, (from_clause(selectable), dialect_name): text}

    @_generative
    def with_statement_hint(self, text, dialect_name="*"):
        self._statement_hints += ((dialect_name, text),)

    def with_labels(self):
        return self.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)

    apply_labels = with_labels

    def reduce_columns(self, only_synonyms=True):
        raise NotImplementedError("limbeck: Select.reduce_columns is not provided natively")

    def self_group(self, against=None):
        if (
            isinstance(against, CompoundSelect)
            and not self._order_by_clauses
            and not self._has_row_limiting_clause
            and self._for_update_arg is None
        ):
            return self
        return SelectStatementGrouping(self)


def _by_relationship(statement, target, onclause, isouter, full, left):
    """A join along a relationship of a mapped class, which the object mapper works out; else None."""
    if getattr(target, "is_attribute", False) or getattr(onclause, "is_attribute", False):
        from ..orm.joins import select_join

        return select_join(statement, target, onclause, isouter, full, left)
    return None


def _target(target):
    found = resolve(target)
    if getattr(found, "_is_select_base", False) or getattr(found, "_is_from_clause", False):
        return from_clause(found)
    if getattr(found, "_is_text_clause", False) or hasattr(found, "_as_from_clause"):
        return found
    return from_clause(
        target, "Join target, typically a FROM expression, or ORM relationship attribute"
    )


def _on(onclause):
    if onclause is None:
        return None
    found = resolve(onclause)
    if getattr(found, "is_clause_element", False):
        return found
    if found is True or found is False:
        return where(found)
    raise exc.ArgumentError(
        "ON clause, typically a SQL expression or ORM relationship attribute expected, got %r."
        % (onclause,)
    )


class CompoundSelect(GenerativeSelect):
    """UNION and its kin."""

    __visit_name__ = "compound_select"
    _auto_correlate = False

    def __init__(self, keyword, *selects):
        self.keyword = keyword
        made = []
        for one in selects:
            query = resolve(one)
            if not getattr(query, "_is_select_base", False):
                raise exc.ArgumentError(
                    "SELECT construct for inclusion in a UNION or other set construct expected, "
                    "got %r." % (one,)
                )
            made.append(query.self_group(against=self))
        self.selects = made

    def get_children(self, **kw):
        return tuple(self.selects) + tuple(self._order_by_clauses)

    @property
    def _from_objects(self):
        return ()

    @property
    def selected_columns(self):
        return self.selects[0].selected_columns

    @property
    def _all_selected_columns(self):
        return self.selects[0]._all_selected_columns

    def _generate_proxies(self, fromclause, collection):
        first = self.selects[0]
        if self._label_style is not LABEL_STYLE_DEFAULT:
            first = first.set_label_style(self._label_style)
        first._generate_proxies(fromclause, collection)
        others = [one._all_selected_columns for one in self.selects]
        for position, proxy in enumerate(collection):
            proxy._proxies = [
                columns[position] for columns in others if position < len(columns)
            ]

    def _ensure_disambiguated_names(self):
        first = self.selects[0]
        named = first._ensure_disambiguated_names()
        if named is first:
            return self
        copy = self._generate()
        copy.selects = [named, *self.selects[1:]]
        return copy

    def set_label_style(self, style):
        if style is self._label_style:
            return self
        copy = self._generate()
        copy._label_style = style
        copy.selects = [self.selects[0].set_label_style(style), *self.selects[1:]]
        return copy

    def self_group(self, against=None):
        return SelectStatementGrouping(self)


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


class TextualSelect(SelectBase):
    """A query as text whose columns are told."""

    __visit_name__ = "textual_select"
    _is_textual = True
    is_text = True

    def __init__(self, text, columns, positional=False):
        self.element = text
        self.column_args = columns
        self.positional = positional

    def get_children(self, **kw):
        return (self.element,)

    @property
    def _from_objects(self):
        return ()

    @property
    def selected_columns(self):
        return ColumnCollection([(one.key, one) for one in self.column_args])

    @property
    def _all_selected_columns(self):
        return list(self.column_args)

    @_generative
    def bindparams(self, *binds, **bind_as_values):
        self.element = self.element.bindparams(*binds, **bind_as_values)

    def _generate_proxies(self, fromclause, collection):
        for one in self.column_args:
            key, proxy = one._make_proxy(fromclause)
            collection.add(proxy, key)

    def self_group(self, against=None):
        return Grouping(self)
