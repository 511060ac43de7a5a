"""The atoms of the expression language: columns, bound values, labels, constants.

Loaded by every script, so it imports little: what combines atoms (`compound`), what builds
operations (`build`), the compiler and the types come in when they are first used. The
public names of those live here too, found by the module's `__getattr__`.
"""

from . import operators
from .base import NO_ARG
from .column_operators import ColumnOperators


class quoted_name(str):
    """A name that says itself whether it is quoted; None leaves it to the dialect."""

    quote = None

    def __new__(cls, value, quote=None):
        if type(value) is str and quote is None:
            # What most names are; the class says the rest.
            return str.__new__(cls, value)
        if isinstance(value, quoted_name) and (quote is None or value.quote == quote):
            return value
        self = super().__new__(cls, value)
        self.quote = quote
        return self

    @classmethod
    def construct(cls, value, quote=None):
        return None if value is None else cls(value, quote)

    def __reduce__(self):
        return quoted_name, (str(self), self.quote)


class _truncated_label(quoted_name):
    """A name that may be cut to the length a database allows."""

    def apply_map(self, map_):
        return self


class conv(_truncated_label):
    """A constraint name that naming conventions leave alone."""


class _anonymous_label(_truncated_label):
    """A name that is decided while compiling: `%(<seed> <body>)s` becomes `<body>_1`."""

    @classmethod
    def safe_construct(cls, seed, body, enclosing_label=None, sanitize_key=False):
        if "%" in body or "(" in body or ")" in body or " " in body or "$" in body:
            cleaned = []
            for letter in body:
                if letter in "%() $":
                    if not cleaned or cleaned[-1] != "\0":
                        cleaned.append("\0")
                else:
                    cleaned.append(letter)
            body = "".join(cleaned).replace("\0", "_")
        if sanitize_key:
            body = body.strip("_")
        label = "%%(%d %s)s" % (seed, body)
        if enclosing_label:
            label = enclosing_label + label
        return cls(label)

    def __add__(self, other):
        if "%" in other and not isinstance(other, _anonymous_label):
            other = str(other).replace("%", "%%")
        return _anonymous_label(str.__add__(self, other))

    def __radd__(self, other):
        if "%" in other and not isinstance(other, _anonymous_label):
            other = str(other).replace("%", "%%")
        return _anonymous_label(str.__add__(str(other), self))

    def apply_map(self, map_):
        return self % map_


def _default_dialect(element):
    if element.stringify_dialect != "default":
        from ..engine.registry import dialect_class

        return dialect_class(element.stringify_dialect).shared()
    from ..engine.default import StrCompileDialect

    return StrCompileDialect.shared()


# Where the classes of other modules are known to live, for what people read.
_PUBLIC_MODULES = {
    "sqlalchemy.sql.compound": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.constructs": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.textual": "sqlalchemy.sql.elements",
    "sqlalchemy.sql.queries": "sqlalchemy.sql.selectable",
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
        proxy = ColumnClause(name, self.type, _selectable=selectable)
        proxy._proxies = [self]
        proxy.key = key
        return key, proxy


class KeyedColumnElement(ColumnElement):
    """A column element that always has a key."""


class NamedColumn(KeyedColumnElement):
    """A column element with a name."""

    table = None

    @property
    def description(self):
        return self.name

    @property
    def _tq_label(self):
        return self._gen_tq_label(self.name)

    _label = _tq_label

    @property
    def _tq_key_label(self):
        proxy_key = self._proxy_key
        if proxy_key and proxy_key != self.name:
            return self._gen_tq_label(proxy_key)
        return self._tq_label

    def _gen_tq_label(self, name):
        return name

    def _bind_param(self, operator, value, type_=None, expanding=False):
        return BindParameter(
            self.key,
            value,
            type_,
            unique=True,
            expanding=expanding,
            _compared_to_operator=operator,
            _compared_to_type=self.type,
        )

    def _make_proxy(self, selectable, name=None, key=None):
        proxy = ColumnClause(name or self.name, self.type, _selectable=selectable)
        if name is None:
            proxy.key = self.key
        proxy._proxies = [self]
        return proxy.key, proxy


class ColumnClause(NamedColumn):
    """A column by its name: `column("id", Integer)`. `Column` of a table is one too."""

    __visit_name__ = "column"
    table = None
    onupdate = None
    default = None
    server_default = None
    server_onupdate = None
    autoincrement = False
    nullable = True

    def __init__(self, text, type_=None, is_literal=False, _selectable=None):
        self.key = self.name = text
        self.table = _selectable
        if type_ is not None:
            self.type = type_() if isinstance(type_, type) else type_
        self.is_literal = is_literal

    def get_children(self, **kw):
        return ()

    @property
    def entity_namespace(self):
        if self.table is not None:
            return self.table.entity_namespace
        return super().entity_namespace

    @property
    def _from_objects(self):
        table = self.table
        return (table,) if table is not None else ()

    @property
    def _is_star(self):
        return self.is_literal and self.name == "*"

    @property
    def _render_label_in_columns_clause(self):
        return self.table is not None

    @property
    def _ddl_label(self):
        return self.name

    def _gen_tq_label(self, name):
        table = self.table
        if self.is_literal:
            return None
        if table is None or not getattr(table, "named_with_column", False):
            return name
        schema = getattr(table, "schema", None)
        if schema:
            label = schema.replace(".", "_") + "_" + table.name + "_" + name
        else:
            label = table.name + "_" + name
        if isinstance(label, _anonymous_label):
            return label
        if label in table.c:
            base = label
            counter = 1
            while label in table.c:
                label = "%s_%d" % (base, counter)
                counter += 1
        return _truncated_label(label)

    def _make_proxy(self, selectable, name=None, key=None):
        if self.is_literal and name is None:
            name = self._anon_name_label
        proxy = ColumnClause(name or self.name, self.type, _selectable=selectable)
        if name is None:
            proxy.key = self.key
        proxy._proxies = [self]
        return proxy.key, proxy


class BindParameter(KeyedColumnElement):
    """A value that goes beside the statement, not into its text."""

    __visit_name__ = "bindparam"
    _is_bind_parameter = True
    _is_crud = False

    def __init__(
        self,
        key,
        value=NO_ARG,
        type_=None,
        unique=False,
        required=NO_ARG,
        quote=None,
        callable_=None,
        expanding=False,
        isoutparam=False,
        literal_execute=False,
        _compared_to_operator=None,
        _compared_to_type=None,
        _is_crud=False,
    ):
        if required is NO_ARG:
            required = value is NO_ARG and callable_ is None
        if value is NO_ARG:
            value = None
        if quote is not None:
            key = quoted_name.construct(key, quote)
        if unique:
            plain = key is not None and not isinstance(key, _anonymous_label)
            self.key = _anonymous_label.safe_construct(
                id(self), key if plain else "param", sanitize_key=True
            )
        elif key:
            self.key = key
        else:
            self.key = _anonymous_label.safe_construct(id(self), "param")
        self._orig_key = key or "param"
        self.unique = unique
        self.value = value
        self.callable = callable_
        self.required = required
        self.expanding = expanding
        self.expand_op = None
        self.isoutparam = isoutparam
        self.literal_execute = literal_execute
        if _is_crud:
            self._is_crud = True
        if type_ is not None:
            self.type = type_() if isinstance(type_, type) else type_
            return
        from .type_affinity import coerce_compared, type_of_value

        sample = value
        if expanding:
            sample = value[0] if value else NO_ARG
        if _compared_to_type is not None:
            self.type = coerce_compared(_compared_to_type, _compared_to_operator, sample)
        else:
            self.type = type_of_value(sample)

    @property
    def effective_value(self):
        return self.callable() if self.callable else self.value

    def get_children(self, **kw):
        return ()

    def render_literal_execute(self):
        copy = self._clone(maintain_key=True)
        copy.literal_execute = True
        return copy

    def _with_value(self, value, maintain_key=False, required=NO_ARG):
        copy = self._clone(maintain_key=maintain_key)
        copy.value = value
        copy.callable = None
        copy.required = self.required if required is NO_ARG else required
        from .type_affinity import is_null_type, type_of_value

        if is_null_type(copy.type):
            copy.type = type_of_value(value)
        return copy

    def _clone(self, maintain_key=False):
        copy = super()._clone()
        if not maintain_key and self.unique:
            copy.key = _anonymous_label.safe_construct(
                id(copy), self._orig_key or "param", sanitize_key=True
            )
        return copy

    def _convert_to_unique(self):
        if not self.unique:
            self.unique = True
            self.key = _anonymous_label.safe_construct(
                id(self), self._orig_key or "param", sanitize_key=True
            )

    def _negate_in_binary(self, negated_op, original_op):
        if self.expand_op is original_op:
            copy = self._clone()
            copy.expand_op = negated_op
            return copy
        return self

    def _with_binary_element_type(self, type_):
        copy = self._clone(maintain_key=True)
        copy.type = type_
        return copy

    def __repr__(self):
        return "%s(%r, %r, type_=%r)" % (type(self).__name__, self.key, self.value, self.type)


class Label(NamedColumn):
    """An expression with a name."""

    __visit_name__ = "label"

    def __init__(self, name, element, type_=None):
        from .coercion import expression

        element = expression(element)
        while isinstance(element, Label):
            element = element._element
        if not name:
            name = _anonymous_label.safe_construct(
                id(self), getattr(element, "name", None) or "anon"
            )
        self.name = self.key = name
        self._element = element
        self.type = _instance(type_) if type_ is not None else element.type
        self._proxies = [element]

    @property
    def element(self):
        return self._element.self_group(against=operators.as_)

    @property
    def _is_implicitly_boolean(self):
        return self._element._is_implicitly_boolean

    @property
    def primary_key(self):
        return self._element.primary_key

    @property
    def foreign_keys(self):
        return self._element.foreign_keys

    @property
    def _order_by_label_element(self):
        return self

    @property
    def _from_objects(self):
        return self._element._from_objects

    def _bind_param(self, operator, value, type_=None, expanding=False):
        return ColumnElement._bind_param(self, operator, value, type_, expanding)

    def self_group(self, against=None):
        return self._around(self._element.self_group(against=against))

    def _negate(self):
        return self._around(self._element._negate())

    def _around(self, element):
        if element is self._element:
            return self
        return Label(self.name, element, type_=self.type)

    def _make_proxy(self, selectable, name=None, key=None):
        name = name or self.name
        _key, proxy = self.element._make_proxy(selectable, name=name)
        proxy._proxies = list(proxy._proxies) + [self]
        proxy.type = self.type
        proxy.key = name
        return name, proxy


class Grouping(ColumnElement):
    """An expression in parentheses."""

    __visit_name__ = "grouping"

    def __init__(self, element):
        self.element = element
        self.type = getattr(element, "type", None) or _null_type()

    def self_group(self, against=None):
        return self

    def _ungroup(self):
        return self.element._ungroup()

    @property
    def key(self):
        return getattr(self.element, "key", None)

    @property
    def name(self):
        return getattr(self.element, "name", None)

    @property
    def _proxies(self):
        return [self.element] if self.element._is_column_element else []

    @property
    def _is_implicitly_boolean(self):
        return self.element._is_implicitly_boolean

    @property
    def _from_objects(self):
        return self.element._from_objects

    def _with_binary_element_type(self, type_):
        return type(self)(self.element._with_binary_element_type(type_))

    def __getattr__(self, attribute):
        if attribute == "element" or attribute[:2] == "__":
            raise AttributeError(attribute)
        return getattr(self.element, attribute)


class _Constant(ColumnElement):
    _is_singleton_constant = True
    _singleton = None

    def __new__(cls):
        if cls.__dict__.get("_singleton") is None:
            cls._singleton = super().__new__(cls)
        return cls._singleton

    @classmethod
    def _instance(cls):
        return cls()

    def _clone(self):
        return self

    def get_children(self, **kw):
        return ()


class Null(_Constant):
    """`NULL`."""

    __visit_name__ = "null"


class True_(_Constant):
    """`true`, or 1 where the dialect has no such word."""

    __visit_name__ = "true"

    def _default_type(self):
        return _boolean_type()

    def _negate(self):
        return False_()


class False_(_Constant):
    """`false`, or 0 where the dialect has no such word."""

    __visit_name__ = "false"

    def _default_type(self):
        return _boolean_type()

    def _negate(self):
        return True_()


_ELSEWHERE = {}
for _module, _names in (
    (
        "compound",
        "BinaryExpression UnaryExpression AsBoolean ClauseList ExpressionClauseList "
        "BooleanClauseList CollectionAggregate CollationClause OperatorExpression",
    ),
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
    from importlib import import_module

    found = getattr(import_module("sqlalchemy.sql." + module), name)
    globals()[name] = found
    return found
