"""Where rows come from: tables by name, joins, aliases, subqueries, CTEs, VALUES.

The statements that read from them are in `select`; SQL text is the compiler's.
"""

from .. import exc
from .base import ColumnCollection, ColumnSet, Executable, _generative
from .coercion import from_clause, resolve
from .elements import ClauseElement, ColumnClause, Grouping, _anonymous_label


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
        return Join(self, right, onclause, isouter, full)

    def outerjoin(self, right, onclause=None, full=False):
        return Join(self, right, onclause, True, full)

    def alias(self, name=None, flat=False):
        return Alias(self, name)

    def tablesample(self, sampling, name=None, seed=None):
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


class AliasedReturnsRows(NamedFromClause):
    """Rows under a name."""

    _supports_derived_columns = False
    _render_derived = False
    _render_derived_w_types = False

    def __init__(self, element, name=None):
        self.element = element if isinstance(element, ClauseElement) else resolve(element)
        self._name_from(name)

    def _name_from(self, name):
        if name is None:
            body = "anon"
            if getattr(self.element, "named_with_column", False):
                body = self.element.name
            elif self.element._is_from_clause and getattr(self.element, "name", None):
                body = self.element.name
            if isinstance(body, _anonymous_label):
                body = "anon"
            name = _anonymous_label.safe_construct(id(self), body)
        self.name = name

    @classmethod
    def _factory(cls, returnsrows, name=None):
        return from_clause(returnsrows).alias(name=name)

    @property
    def description(self):
        return "anon_1" if isinstance(self.name, _anonymous_label) else self.name

    @property
    def original(self):
        return self.element

    def get_children(self, **kw):
        return (self.element,)

    def is_derived_from(self, fromclause):
        return fromclause is self or (
            self.element._is_from_clause and self.element.is_derived_from(fromclause)
        )

    def _populate(self, collection):
        self.element._generate_proxies(self, collection)


def _from_proxies(element, fromclause, collection):
    for one in element.c:
        key, proxy = one._make_proxy(fromclause)
        proxy.primary_key = one.primary_key
        collection.add(proxy, key)


FromClause._generate_proxies = _from_proxies


class Alias(AliasedReturnsRows):
    """A table under another name."""

    __visit_name__ = "alias"

    @property
    def inspect(self):
        return self.element


class TableValuedAlias(Alias):
    """A function's rows as a table."""

    __visit_name__ = "table_valued_alias"
    _supports_derived_columns = True

    def __init__(self, function, name=None, joins_implicitly=False):
        self.joins_implicitly = joins_implicitly
        self.element = function
        if name is None:
            name = _anonymous_label.safe_construct(id(self), "anon")
        self.name = name

    def _populate(self, collection):
        for one in self.element._all_selected_columns:
            key, proxy = one._make_proxy(self)
            collection.add(proxy, key)

    @property
    def column(self):
        from .constructs import TableValuedColumn

        return TableValuedColumn(self, self.element.type)

    def alias(self, name=None, joins_implicitly=False):
        return TableValuedAlias(self.element, name, joins_implicitly or self.joins_implicitly)

    def lateral(self, name=None):
        copy = TableValuedAlias(self.element, name, self.joins_implicitly)
        copy._is_lateral = True
        return copy

    def render_derived(self, name=None, with_types=False):
        """The alias with its column names: `AS name(a, b)`."""
        copy = TableValuedAlias(self.element, name, self.joins_implicitly)
        copy._render_derived = True
        copy._render_derived_w_types = with_types
        copy._is_lateral = self._is_lateral
        return copy


class Lateral(AliasedReturnsRows):
    """A query in FROM that sees the tables before it."""

    __visit_name__ = "lateral"
    _is_lateral = True


class TableSample(AliasedReturnsRows):
    """A part of a table's rows by chance."""

    __visit_name__ = "tablesample"

    def __init__(self, selectable, sampling, name=None, seed=None):
        super().__init__(selectable, name)
        self.sampling = sampling
        self.seed = seed

    def _get_method(self):
        from .functions import Function, FunctionElement

        if isinstance(self.sampling, FunctionElement):
            return self.sampling
        return Function("system", self.sampling)


class Subquery(AliasedReturnsRows):
    """A query in FROM."""

    __visit_name__ = "subquery"
    _is_subquery = True

    def as_scalar(self):
        return self.element.set_label_style(LABEL_STYLE_NONE).scalar_subquery()


class CTE(Executable, HasPrefixes, HasSuffixes, AliasedReturnsRows):
    """A query by name, in WITH."""

    __visit_name__ = "cte"
    supports_execution = False

    def __init__(
        self,
        element,
        name=None,
        recursive=False,
        nesting=False,
        _cte_alias=None,
        _restates=None,
        _prefixes=None,
        _suffixes=None,
    ):
        self.recursive = recursive
        self.nesting = nesting
        self._cte_alias = _cte_alias
        self._restates = _restates
        if _prefixes:
            self._prefixes = _prefixes
        if _suffixes:
            self._suffixes = _suffixes
        super().__init__(element, name)

    def get_children(self, **kw):
        return (self.element,)

    def _reference(self):
        return self._restates if self._restates is not None else self

    def alias(self, name=None, flat=False):
        return CTE(
            self.element,
            name,
            recursive=self.recursive,
            nesting=self.nesting,
            _cte_alias=self,
            _prefixes=self._prefixes,
            _suffixes=self._suffixes,
        )

    def _restated(self, element):
        return CTE(
            element,
            self.name,
            recursive=self.recursive,
            nesting=self.nesting,
            _restates=self,
            _prefixes=self._prefixes,
            _suffixes=self._suffixes,
        )

    def union(self, *other):
        """The CTE continued, as recursive ones need."""
        return self._restated(self.element.union(*other))

    def union_all(self, *other):
        return self._restated(self.element.union_all(*other))


class Values(HasCTE, AliasedReturnsRows):
    """Rows of plain values as a table."""

    __visit_name__ = "values"
    name_cte_columns = True
    _data = ()

    def __init__(self, *columns, name=None, literal_binds=False):
        self._column_args = columns
        self._unnamed = name is None
        self.name = name if name else _anonymous_label.safe_construct(id(self), "anon")
        self.named_with_column = not self._unnamed
        self.literal_binds = literal_binds

    @property
    def _column_types(self):
        return [one.type for one in self._column_args]

    def get_children(self, **kw):
        return ()

    def _generate(self):
        copy = self.__class__.__new__(self.__class__)
        copy.__dict__.update(self.__dict__)
        copy.__dict__.pop("_columns", None)
        return copy

    @_generative
    def data(self, values):
        self._data += (list(values),)

    @_generative
    def alias(self, name=None, flat=False):
        self.name = name if name else _anonymous_label.safe_construct(id(self), "anon")
        self.named_with_column = True
        self._unnamed = False

    @_generative
    def lateral(self, name=None):
        if name is not None:
            self.name = name
        self._unnamed = self.name is None
        self._is_lateral = True

    def scalar_values(self):
        return ScalarValues(self._column_args, self._data, self.literal_binds)

    def _in_element(self):
        return self.scalar_values()

    def _populate(self, collection):
        for one in self._column_args:
            proxy = ColumnClause(one.name, one.type, _selectable=self)
            proxy.key = one.key
            proxy._proxies = [one]
            collection.add(proxy)

    def _generate_proxies(self, fromclause, collection):
        _from_proxies(self, fromclause, collection)


class ScalarValues(Grouping):
    """VALUES on the right of IN."""

    __visit_name__ = "scalar_values"

    def __init__(self, columns, data, literal_binds):
        from .elements import _null_type

        self._column_args = columns
        self._data = data
        self.literal_binds = literal_binds
        self.type = columns[0].type if columns else _null_type()
        self.element = self

    _column_types = Values._column_types
    _from_objects = ()

    def get_children(self, **kw):
        return ()

    def _ungroup(self):
        return self

    def self_group(self, against=None):
        return self


def __getattr__(name):
    from . import queries

    if name == "TextAsFrom":
        name = "TextualSelect"
    return getattr(queries, name)
