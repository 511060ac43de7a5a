"""What all elements of the expression language have in common.

Loaded by every script, so it imports little: the elements themselves, what builds operations (`build`),
the compiler and the types come in when they are first used. The public names of the elements live here
too, found by the module's `__getattr__`.
"""

import sys

from . import operators
from .column_operators import ColumnOperators
from .names import _anonymous_label, _truncated_label, conv, quoted_name  # noqa: F401  public here


def _default_dialect(element):
    if element.stringify_dialect != "default":
        from ..engine.registry import dialect_class

        return dialect_class(element.stringify_dialect).shared()
    from ..engine.default import StrCompileDialect

    return StrCompileDialect.shared()


# Where the classes of other modules are known to live, for what people read.
_PUBLIC_MODULES = {
    "sqlalchemy.sql.bound_values": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.columns": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.compound": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.constants": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.constructs": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.textual": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.wrapping": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.aliases": "sqlalchemy.sql.selectable",
    "sqlalchemy.sql.joins": "sqlalchemy.sql.selectable",
    "sqlalchemy.sql.queries": "sqlalchemy.sql.selectable",
    "sqlalchemy.sql.scalar": "sqlalchemy.sql.selectable",
    "sqlalchemy.sql.select_base": "sqlalchemy.sql.selectable",
}


class ClauseElement:
    """Anything that is part of a statement."""

    __visit_name__ = "clause"
    # The dialect that writes the construct for people, where only one can.
    stringify_dialect = "default"
    supports_execution = False
    is_clause_element = True
    is_selectable = False
    _is_text_clause = False
    _is_from_clause = False
    _is_select_base = False
    _is_clause_list = False
    _is_column_element = False
    _is_bind_parameter = False
    _is_singleton_constant = False
    _is_implicitly_boolean = False
    _is_collection_aggregate = False
    _is_star = False
    _from_objects = ()
    _annotations = {}

    def compile(self, bind=None, dialect=None, **kw):
        """The construct as SQL: an object with `string`, `params` and `str()`."""
        if dialect is None:
            dialect = bind.dialect if bind is not None else _default_dialect(self)
        return dialect.statement_compiler(dialect, self, **kw)

    def __str__(self):
        return str(self.compile())

    def _compiler_dispatch(self, visitor, **kw):
        try:
            method = getattr(visitor, "visit_" + self.__visit_name__)
        except AttributeError:
            return visitor.visit_unsupported_compilation(self, **kw)
        return method(self, **kw)

    @property
    def description(self):
        return getattr(self, "name", self.__visit_name__)

    @property
    def entity_namespace(self):
        from ..exc import InvalidRequestError

        raise InvalidRequestError(
            'Entity namespace for "%s" has no property' % (self,)
        )

    def _clone(self):
        cls = self.__class__
        copy = cls.__new__(cls)
        copy.__dict__.update(self.__dict__)
        return copy

    def get_children(self, **kw):
        """The elements directly inside this one."""
        from .visitors import children_of

        return children_of(self)

    def params(self, *optionaldict, **kwargs):
        """A copy whose bound parameters of these names have new values."""
        from .visitors import replace_parameters

        return replace_parameters(self, optionaldict, kwargs, unique=False)

    def unique_params(self, *optionaldict, **kwargs):
        """Like `params()`; the parameters become parameters of their own."""
        from .visitors import replace_parameters

        return replace_parameters(self, optionaldict, kwargs, unique=True)

    def compare(self, other, **kw):
        """Whether another construct is written the same way."""
        return self is other or (
            isinstance(other, ClauseElement)
            and type(self) is type(other)
            and str(self) == str(other)
            and self.compile().params == other.compile().params
        )

    def self_group(self, against=None):
        return self

    def _ungroup(self):
        return self

    def _annotate(self, values):
        copy = self._clone()
        copy._annotations = {**self._annotations, **values}
        return copy

    def _with_annotations(self, values):
        copy = self._clone()
        copy._annotations = dict(values)
        return copy

    def _deannotate(self, values=None, clone=False):
        return self

    def __bool__(self):
        raise TypeError("Boolean value of this clause is not defined")

    def __invert__(self):
        return self._negate()

    def _negate(self):
        from .compound import UnaryExpression

        return UnaryExpression(self.self_group(against=operators.inv), operator=operators.inv)

    def __repr__(self):
        kind = type(self)
        where = _PUBLIC_MODULES.get(kind.__module__, kind.__module__)
        name = self.__dict__.get("name")
        if name is None:
            return "<%s.%s object at 0x%x>" % (where, kind.__name__, id(self))
        return "<%s.%s at 0x%x; %s>" % (where, kind.__name__, id(self), name)


class CompilerElement(ClauseElement):
    """The same under the name of 2.0's base of what can be compiled."""


def _null_type():
    from ..types import NULLTYPE

    return NULLTYPE


def _boolean_type():
    from ..types import BOOLEANTYPE

    return BOOLEANTYPE


def _is_boolean(type_):
    from .type_affinity import affinity

    return affinity(type_) == "Boolean"


def _instance(type_):
    if type_ is None:
        return _null_type()
    return type_() if isinstance(type_, type) else type_


class ColumnElement(ColumnOperators, ClauseElement):
    """An expression with a type, which can stand in a list of columns."""

    __visit_name__ = "column_element"
    _is_column_element = True
    primary_key = False
    foreign_keys = frozenset()
    key = None
    name = None
    _label = None
    _tq_label = None
    _proxies = ()
    _allow_label_resolve = True

    def __class_getitem__(cls, item):
        # Of annotations only.
        return cls
    _render_label_in_columns_clause = True
    _order_by_label_element = None
    is_literal = False

    __hash__ = object.__hash__

    def __getattr__(self, key):
        if key == "type":
            self.__dict__["type"] = found = self._default_type()
            return found
        if key[:2] == "__":
            raise AttributeError(key)
        comparator = self.comparator
        try:
            return getattr(comparator, key)
        except AttributeError:
            raise AttributeError(
                "Neither %r object nor %r object has an attribute %r"
                % (type(self).__name__, type(comparator).__name__, key)
            ) from None

    def _default_type(self):
        return _null_type()

    @property
    def comparator(self):
        """What the type adds to the operators: JSON paths, arrays, a script's own."""
        from .comparators import comparator_of

        return comparator_of(self)

    @property
    def expression(self):
        return self

    @property
    def _select_iterable(self):
        return (self,)

    def operate(self, op, *other, **kwargs):
        from .build import operate

        return operate(self, op, *other, **kwargs)

    def reverse_operate(self, op, other, **kwargs):
        from .build import operate

        return operate(self, op, other, reverse=True, **kwargs)

    def _bind_param(self, operator, value, type_=None, expanding=False):
        from .bound_values import BindParameter

        return BindParameter(
            None,
            value,
            type_,
            unique=True,
            expanding=expanding,
            _compared_to_operator=operator,
            _compared_to_type=self.type,
        )

    def self_group(self, against=None):
        if against in (operators.and_, operators.or_, operators._asbool):
            if _is_boolean(self.type):
                from .compound import AsBoolean

                return AsBoolean(self, operators.is_true, operators.is_false)
        elif against in (operators.any_op, operators.all_op):
            from .wrapping import Grouping

            return Grouping(self)
        return self

    def _negate(self):
        from .compound import AsBoolean, UnaryExpression

        if _is_boolean(self.type):
            return AsBoolean(self, operators.is_false, operators.is_true)
        return UnaryExpression(self.self_group(against=operators.inv), operator=operators.inv)

    def _negate_in_binary(self, negated_op, original_op):
        return self

    def _with_binary_element_type(self, type_):
        copy = self._clone()
        copy.type = type_
        return copy

    def label(self, name):
        """The expression under a name (`AS name`); None for one that is made up."""
        from .wrapping import Label

        return Label(name, self, self.type)

    def cast(self, type_):
        """`CAST(expression AS type)`."""
        from .constructs import Cast

        return Cast(self, type_)

    @property
    def _non_anon_label(self):
        return getattr(self, "name", None)

    @property
    def _proxy_key(self):
        name = self.key or self._non_anon_label
        return None if isinstance(name, _anonymous_label) else name

    def _anon_label(self, seed, add_hash=None):
        number = id(self)
        if add_hash:
            number = number << 16 | add_hash
            seed = seed + "_"
        if isinstance(seed, _anonymous_label):
            return _anonymous_label.safe_construct(number, "", enclosing_label=seed)
        return _anonymous_label.safe_construct(number, seed or "anon")

    def _dedupe_anon_label_idx(self, idx):
        name = getattr(self, "name", None)
        if name is None:
            return self._dedupe_anon_tq_label_idx(idx)
        return self._anon_label(name, add_hash=idx)

    def _dedupe_anon_tq_label_idx(self, idx):
        return self._anon_label(getattr(self, "_tq_label", None) or "anon", add_hash=idx)

    @property
    def _anon_tq_label(self):
        return self._anon_label(getattr(self, "_tq_label", None))

    @property
    def _tq_key_label(self):
        return self._proxy_key

    @property
    def _anon_key_label(self):
        return self._anon_label(self._proxy_key)

    @property
    def _anon_tq_key_label(self):
        return self._anon_label(self._tq_key_label)

    def _wraps_unnamed_column(self):
        return False

    @property
    def _anon_name_label(self):
        return self._anon_label(getattr(self, "name", None))

    anon_label = _anon_name_label

    @property
    def proxy_set(self):
        """This column and all it stands for in inner queries."""
        found = {self}
        for one in self._proxies:
            found |= one.proxy_set
        return found

    @property
    def base_columns(self):
        return {one for one in self.proxy_set if not one._proxies}

    def shares_lineage(self, othercolumn):
        return bool(self.proxy_set & othercolumn.proxy_set)

    def _make_proxy(self, selectable, name=None, key=None):
        """The column by which an outer query names this one: (key, column)."""
        if name is None:
            name = self._anon_name_label
            key = self._proxy_key or name
        else:
            key = name
        from .columns import ColumnClause

        proxy = ColumnClause(name, self.type, _selectable=selectable)
        proxy._proxies = [self]
        proxy.key = key
        return key, proxy


class KeyedColumnElement(ColumnElement):
    """A column element that always has a key."""


_ELSEWHERE = {}
for _module, _names in (
    (
        "compound",
        "BinaryExpression UnaryExpression AsBoolean ClauseList ExpressionClauseList "
        "BooleanClauseList CollectionAggregate CollationClause OperatorExpression",
    ),
    ("columns", "NamedColumn ColumnClause"),
    ("bound_values", "BindParameter"),
    ("wrapping", "Label Grouping"),
    ("constants", "Null True_ False_"),
    ("textual", "TextClause"),
    (
        "constructs",
        "Case Cast TryCast TypeCoerce TypeClause Extract Over WithinGroup FunctionFilter Tuple "
        "Slice ReleaseSavepointClause SavepointClause RollbackToSavepointClause",
    ),
    ("expression", "and_ or_ not_ literal literal_column null true false bindparam text"),
):
    for _name in _names.split():
        _ELSEWHERE[_name] = _module


def __getattr__(name):
    module = _ELSEWHERE.get(name)
    if module is None:
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    module = "sqlalchemy.sql." + module
    __import__(module)
    found = getattr(sys.modules[module], name)
    globals()[name] = found
    return found
