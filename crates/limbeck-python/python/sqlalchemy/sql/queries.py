"""Queries: SELECT, UNION and its kin, and queries given as text.

A statement only collects what it was told; FROM lists, joins and names are worked out
when it is compiled (`select_plan`).
"""

from .. import exc
from .base import ColumnCollection, _generative
from .coercion import by_of, column_or_from, from_clause, resolve, where
from .compound import BooleanClauseList
from .select_base import GenerativeSelect, SelectBase, SelectStatementGrouping, _many
from .selectable import (
    LABEL_STYLE_DEFAULT,
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    HasPrefixes,
    HasSuffixes,
)
from .wrapping import Grouping


def refuse_legacy(keywords):
    """Python's own words for the keyword arguments of 1.3."""
    name = next(iter(keywords))
    raise TypeError("select() got an unexpected keyword argument %r" % name)


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
