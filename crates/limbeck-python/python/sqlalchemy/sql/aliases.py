"""Rows under another name: aliases, subqueries, CTEs, VALUES."""

from .base import Executable, _generative
from .coercion import from_clause, resolve
from .columns import ColumnClause
from .elements import ClauseElement
from .names import _anonymous_label
from .selectable import LABEL_STYLE_NONE, HasCTE, HasPrefixes, HasSuffixes, NamedFromClause
from .wrapping import Grouping


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
        NamedFromClause._generate_proxies(self, fromclause, collection)


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
