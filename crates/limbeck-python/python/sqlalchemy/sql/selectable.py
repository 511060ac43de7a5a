"""Where rows come from: what tables, joins (`joins`) and whatever has another name (`aliases`) have in common, and tables by name.

The statements that read from them are in `queries`; SQL text is the compiler's.
"""

from .. import exc
from .base import ColumnCollection, ColumnSet, _generative
from .coercion import resolve
from .elements import ClauseElement


class SelectLabelStyle:
    """How a query names its result columns."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "<SelectLabelStyle.%s>" % self.name


LABEL_STYLE_NONE = SelectLabelStyle("LABEL_STYLE_NONE")
LABEL_STYLE_TABLENAME_PLUS_COL = SelectLabelStyle("LABEL_STYLE_TABLENAME_PLUS_COL")
LABEL_STYLE_DISAMBIGUATE_ONLY = SelectLabelStyle("LABEL_STYLE_DISAMBIGUATE_ONLY")
LABEL_STYLE_DEFAULT = LABEL_STYLE_DISAMBIGUATE_ONLY
SelectLabelStyle.LABEL_STYLE_NONE = LABEL_STYLE_NONE
SelectLabelStyle.LABEL_STYLE_TABLENAME_PLUS_COL = LABEL_STYLE_TABLENAME_PLUS_COL
SelectLabelStyle.LABEL_STYLE_DISAMBIGUATE_ONLY = LABEL_STYLE_DISAMBIGUATE_ONLY
SelectLabelStyle.LABEL_STYLE_DEFAULT = LABEL_STYLE_DEFAULT


def entity_namespace(element):
    """The columns by name behind a table or entity, for `filter_by`."""
    return element.entity_namespace


class ReturnsRows(ClauseElement):
    """What gives rows."""

    _is_from_clause = False

    @property
    def selectable(self):
        return self


class Selectable(ReturnsRows):
    """What can be selected from or is selected."""

    is_selectable = True

    def corresponding_column(self, column, require_embedded=False):
        return self.exported_columns.corresponding_column(column, require_embedded)

    def lateral(self, name=None):
        from .aliases import Lateral

        return Lateral(self, name)

    def replace_selectable(self, old, alias):
        from .visitors import replacement_traverse

        def replace(element):
            if element is old:
                return alias
            if element._is_column_element and getattr(element, "table", None) is old:
                return alias.corresponding_column(element)
            return None

        return replacement_traverse(self, {}, replace)


class HasPrefixes:
    """Words after the first keyword."""

    _prefixes = ()

    @_generative
    def prefix_with(self, *prefixes, dialect="*"):
        self._prefixes += tuple((_as_text(one), dialect) for one in prefixes)


class HasSuffixes:
    """Words at the end."""

    _suffixes = ()

    @_generative
    def suffix_with(self, *suffixes, dialect="*"):
        self._suffixes += tuple((_as_text(one), dialect) for one in suffixes)


def _as_text(element):
    if isinstance(element, str):
        from .textual import TextClause

        return TextClause(element)
    return resolve(element)


class HasCTE:
    """Statements that can stand in WITH and have CTEs of their own."""

    _independent_ctes = ()
    _independent_nesting = ()

    @_generative
    def add_cte(self, *ctes, nest_here=False):
        self._independent_ctes += tuple(resolve(one) for one in ctes)
        self._independent_nesting += (nest_here,) * len(ctes)

    def cte(self, name=None, recursive=False, nesting=False):
        """The statement by name, in WITH."""
        from .aliases import CTE

        return CTE(self, name, recursive=recursive, nesting=nesting)


class FromClause(Selectable):
    """What stands in FROM."""

    __visit_name__ = "fromclause"
    _is_from_clause = True
    _is_join = False
    _is_table = False
    _is_lateral = False
    named_with_column = False
    schema = None
    _hide_froms = ()
    _order_by_label_element = None
    _allow_label_resolve = True

    @property
    def _from_objects(self):
        return [self]

    @property
    def columns(self):
        found = self.__dict__.get("_columns")
        if found is None:
            found = self._columns = ColumnCollection()
            self._populate(found)
        return found

    c = columns

    def _populate(self, collection):
        """Fills the collection of columns when it is first wanted."""

    def _generate_proxies(self, fromclause, collection):
        for one in self.c:
            key, proxy = one._make_proxy(fromclause)
            proxy.primary_key = one.primary_key
            collection.add(proxy, key)

    @property
    def exported_columns(self):
        return self.c

    @property
    def entity_namespace(self):
        return self.c

    @property
    def _select_iterable(self):
        return self.c

    @property
    def primary_key(self):
        return ColumnSet(one for one in self.c if one.primary_key)

    @property
    def foreign_keys(self):
        found = []
        for one in self.c:
            found.extend(one.foreign_keys)
        return found

    @property
    def description(self):
        return getattr(self, "name", type(self).__name__ + " object")

    def corresponding_column(self, column, require_embedded=False):
        return self.c.corresponding_column(column, require_embedded)

    def is_derived_from(self, fromclause):
        return fromclause is self

    def select(self):
        """`SELECT` of all columns."""
        from .queries import Select

        return Select(self)

    def join(self, right, onclause=None, isouter=False, full=False):
        from .joins import Join

        return Join(self, right, onclause, isouter, full)

    def outerjoin(self, right, onclause=None, full=False):
        from .joins import Join

        return Join(self, right, onclause, True, full)

    def alias(self, name=None, flat=False):
        from .aliases import Alias

        return Alias(self, name)

    def tablesample(self, sampling, name=None, seed=None):
        from .aliases import TableSample

        return TableSample(self, sampling, name, seed)

    def _refresh_for_new_column(self, column):
        self.__dict__.pop("_columns", None)

    def self_group(self, against=None):
        return self


class NamedFromClause(FromClause):
    """What stands in FROM under a name."""

    named_with_column = True

    def table_valued(self):
        from .constructs import TableValuedColumn

        return TableValuedColumn(self, None)


class TableClause(NamedFromClause):
    """A table by name and columns: `table("user", column("id"))`."""

    __visit_name__ = "table"
    _is_table = True
    implicit_returning = False
    _autoincrement_column = None
    foreign_keys = ()

    def __init__(self, name, *columns, **kw):
        self.name = name
        self._columns = ColumnCollection()
        self.primary_key = ColumnSet()
        schema = kw.pop("schema", None)
        if schema is not None:
            self.schema = schema
        if kw:
            raise exc.ArgumentError("Unsupported argument(s): %s" % list(kw))
        for one in columns:
            self.append_column(one)

    primary_key = None

    @property
    def fullname(self):
        return "%s.%s" % (self.schema, self.name) if self.schema is not None else self.name

    @property
    def description(self):
        return self.name

    def get_children(self, **kw):
        return ()

    def append_column(self, column):
        """Adds a column, which then belongs to this table."""
        existing = column.table
        if existing is not None and existing is not self:
            raise exc.ArgumentError(
                "column object '%s' already assigned to table '%s'"
                % (column.key, existing.description)
            )
        self._columns.add(column)
        column.table = self

    def _refresh_for_new_column(self, column):
        pass

    def insert(self):
        from .dml import Insert

        return Insert(self)

    def update(self):
        from .dml import Update

        return Update(self)

    def delete(self):
        from .dml import Delete

        return Delete(self)

    def __str__(self):
        return self.fullname


class FromGrouping(FromClause):
    """A FROM element in parentheses."""

    __visit_name__ = "grouping"

    def __init__(self, element):
        self.element = element

    @property
    def columns(self):
        return self.element.c

    c = columns

    @property
    def primary_key(self):
        return self.element.primary_key

    @property
    def foreign_keys(self):
        return self.element.foreign_keys

    @property
    def _hide_froms(self):
        return self.element._hide_froms

    @property
    def _from_objects(self):
        return self.element._from_objects

    def is_derived_from(self, fromclause):
        return self.element.is_derived_from(fromclause)


_ALIASES = "AliasedReturnsRows Alias TableValuedAlias Lateral TableSample Subquery CTE Values ScalarValues".split()
_JOINS = "Join join_condition can_join".split()
_BASES = "SelectBase SelectStatementGrouping ForUpdateArg GenerativeSelect".split()
_SCALARS = "ScalarSelect Exists".split()


def __getattr__(name):
    if name in _ALIASES:
        from . import aliases as home
    elif name in _JOINS:
        from . import joins as home
    elif name in _BASES:
        from . import select_base as home
    elif name in _SCALARS:
        from . import scalar as home
    elif name == "TextAsFrom":
        from .queries import TextualSelect

        return TextualSelect
    else:
        return _elsewhere(name)
    return getattr(home, name)


def _elsewhere(name):
    """What is in other modules, and can be imported from this one too."""
    from . import base, compound, elements, queries

    for home in (queries, compound, base, elements):
        found = getattr(home, name, None)
        if found is not None:
            return found
    raise AttributeError("module %r has no attribute %r" % (__name__, name))
