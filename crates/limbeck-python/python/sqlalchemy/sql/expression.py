"""The functions and classes of the expression language, by their public names."""

from . import operators as _ops
from .base import NO_ARG as _NO_ARG
from .elements import BindParameter, ColumnClause, False_, Label, Null, True_, quoted_name
from .elements import conv  # noqa: F401


def text(text):
    """SQL as it stands, with `:name` parameters."""
    from .textual import TextClause

    return TextClause(text)


def column(text, type_=None, is_literal=False, _selectable=None):
    """A column by its name."""
    return ColumnClause(text, type_, is_literal, _selectable)


def literal_column(text, type_=None):
    """Text that stands where a column stands."""
    return ColumnClause(text, type_, True)


def literal(value, type_=None, literal_execute=False):
    """A plain value as an expression."""
    from .coercion import resolve

    found = resolve(value)
    if getattr(found, "is_clause_element", False):
        return found
    return BindParameter(None, value, type_, unique=True, literal_execute=literal_execute)


def bindparam(
    key,
    value=_NO_ARG,
    type_=None,
    unique=False,
    required=_NO_ARG,
    quote=None,
    callable_=None,
    expanding=False,
    isoutparam=False,
    literal_execute=False,
):
    """A parameter by its name."""
    return BindParameter(
        key,
        value,
        type_,
        unique,
        required,
        quote,
        callable_,
        expanding,
        isoutparam,
        literal_execute,
    )


def outparam(key, type_=None):
    """A parameter that a procedure writes."""
    return BindParameter(key, None, type_, unique=False, isoutparam=True)


def null():
    """NULL."""
    return Null()


def true():
    """True, in the words of the database."""
    return True_()


def false():
    """False, in the words of the database."""
    return False_()


def and_(*clauses):
    """Conditions that must all hold."""
    from .compound import BooleanClauseList

    return BooleanClauseList.and_(*clauses)


def or_(*clauses):
    """Conditions of which one must hold."""
    from .compound import BooleanClauseList

    return BooleanClauseList.or_(*clauses)


def _expr(element):
    from .coercion import expression

    return expression(element)


def not_(clause):
    """The opposite of a condition."""
    return _ops.inv(_expr(clause))


def between(expr, lower_bound, upper_bound, symmetric=False):
    """`expr BETWEEN lower AND upper`."""
    return _expr(expr).between(lower_bound, upper_bound, symmetric=symmetric)


def bitwise_not(expr):
    """`~expr`."""
    return _expr(expr).operate(_ops.bitwise_not_op)


def collate(expression, collation):
    """An expression under a collation."""
    from .build import collate as build

    return build(expression, _ops.collate, collation)


def distinct(expr):
    """`DISTINCT expr`."""
    from .compound import UnaryExpression

    expr = _expr(expr)
    return UnaryExpression(expr, operator=_ops.distinct_op, type_=expr.type)


def _order(modifier):
    def function(column):
        from .coercion import by_of
        from .compound import UnaryExpression

        return UnaryExpression(by_of(column), modifier=modifier)

    return function


asc = _order(_ops.asc_op)
desc = _order(_ops.desc_op)
nulls_first = nullsfirst = _order(_ops.nulls_first_op)
nulls_last = nullslast = _order(_ops.nulls_last_op)


def any_(expr):
    """`ANY (…)`."""
    from .compound import CollectionAggregate

    return CollectionAggregate._create_any(expr)


def all_(expr):
    """`ALL (…)`."""
    from .compound import CollectionAggregate

    return CollectionAggregate._create_all(expr)


def label(name, element, type_=None):
    """An expression under a name."""
    return Label(name, element, type_)


def case(*whens, value=None, else_=None):
    """`CASE WHEN … END`."""
    from .constructs import Case

    return Case(*whens, value=value, else_=else_)


def cast(expression, type_):
    """`CAST(expression AS type)`."""
    from .constructs import Cast

    return Cast(expression, type_)


def try_cast(expression, type_):
    """`TRY_CAST(expression AS type)`."""
    from .constructs import TryCast

    return TryCast(expression, type_)


def type_coerce(expression, type_):
    """An expression whose values Python reads as another type."""
    from .constructs import TypeCoerce

    return TypeCoerce(expression, type_)


def extract(field, expr):
    """A part of a date or time."""
    from .constructs import Extract

    return Extract(field, expr)


def over(element, partition_by=None, order_by=None, range_=None, rows=None, groups=None):
    """A function over a window."""
    from .constructs import Over

    return Over(element, partition_by, order_by, range_, rows, groups)


def within_group(element, *order_by):
    """An aggregate over an ordered set."""
    from .constructs import WithinGroup

    return WithinGroup(element, *order_by)


def funcfilter(func, *criterion):
    """An aggregate over the rows that meet a condition."""
    from .constructs import FunctionFilter

    return FunctionFilter(func, *criterion)


def tuple_(*clauses, types=None):
    """Several expressions as one."""
    from .constructs import Tuple

    return Tuple(*clauses, types=types)


def table(name, *columns, **kw):
    """A table by its name and columns, without a MetaData."""
    from .selectable import TableClause

    return TableClause(name, *columns, **kw)


def alias(selectable, name=None, flat=False):
    """A table under another name."""
    from .coercion import from_clause

    return from_clause(selectable).alias(name=name, flat=flat)


def join(left, right, onclause=None, isouter=False, full=False):
    """Two tables joined."""
    from .selectable import Join

    return Join(left, right, onclause, isouter, full)


def outerjoin(left, right, onclause=None, full=False):
    """Two tables joined, with all rows of the left one."""
    from .selectable import Join

    return Join(left, right, onclause, isouter=True, full=full)


def lateral(selectable, name=None):
    """A query in FROM that sees the tables before it."""
    from .coercion import resolve

    return resolve(selectable).lateral(name=name)


def tablesample(selectable, sampling, name=None, seed=None):
    """A part of a table's rows by chance."""
    from .coercion import from_clause

    return from_clause(selectable).tablesample(sampling, name=name, seed=seed)


def cte(selectable, name=None, recursive=False):
    """A query by name, in WITH."""
    from .coercion import resolve

    return resolve(selectable).cte(name=name, recursive=recursive)


def values(*columns, name=None, literal_binds=False):
    """Rows of plain values as a table."""
    from .selectable import Values

    return Values(*columns, name=name, literal_binds=literal_binds)


def select(*entities, **kw):
    """A query."""
    from .queries import Select, refuse_legacy

    if kw:
        refuse_legacy(kw)
    return Select(*entities)


def exists(argument=None):
    """`EXISTS (…)`."""
    from .scalar import Exists

    return Exists(argument)


def _compound(keyword):
    def function(*selects):
        from .queries import CompoundSelect

        return CompoundSelect(keyword, *selects)

    return function


union = _compound("UNION")
union_all = _compound("UNION ALL")
except_ = _compound("EXCEPT")
except_all = _compound("EXCEPT ALL")
intersect = _compound("INTERSECT")
intersect_all = _compound("INTERSECT ALL")


def insert(table):
    """INSERT."""
    from .dml import Insert

    return Insert(table)


def update(table):
    """UPDATE."""
    from .dml import Update

    return Update(table)


def delete(table):
    """DELETE."""
    from .dml import Delete

    return Delete(table)


def lambda_stmt(fn, *arguments, **keywords):
    """The statement that a function gives; nothing is cached, so nothing is traced."""
    return fn()


_WHERE = {}
for _module, _names in (
    (
        "elements",
        "ClauseElement CompilerElement ColumnElement KeyedColumnElement NamedColumn Grouping _truncated_label "
        "_anonymous_label BinaryExpression UnaryExpression AsBoolean ClauseList "
        "ExpressionClauseList BooleanClauseList CollectionAggregate CollationClause "
        "OperatorExpression TextClause Case Cast TryCast TypeCoerce TypeClause Extract Over "
        "WithinGroup FunctionFilter Tuple Slice ReleaseSavepointClause SavepointClause "
        "RollbackToSavepointClause",
    ),
    ("column_operators", "ColumnOperators Operators"),
    ("base", "ColumnCollection Executable DialectKWArgs Generative"),
    ("functions", "func modifier Function FunctionElement GenericFunction FunctionAsBinary"),
    (
        "selectable",
        "Alias AliasedReturnsRows CTE FromClause FromGrouping HasCTE HasPrefixes HasSuffixes Join "
        "LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY LABEL_STYLE_NONE "
        "LABEL_STYLE_TABLENAME_PLUS_COL Lateral NamedFromClause ReturnsRows Selectable "
        "SelectLabelStyle Subquery TableClause TableSample TableValuedAlias TextualSelect "
        "TextAsFrom Values ScalarValues",
    ),
    ("queries", "CompoundSelect Select"),
    ("scalar", "Exists ScalarSelect"),
    ("select_base", "ForUpdateArg GenerativeSelect SelectBase"),
    ("dml", "Delete Insert Update UpdateBase ValuesBase"),
):
    for _name in _names.split():
        _WHERE[_name] = _module
_ALIASES = {
    "SQLColumnExpression": "ColumnElement",
    "Visitable": "ClauseElement",
    "LambdaElement": "ClauseElement",
    "StatementLambdaElement": "ClauseElement",
    "ColumnExpressionArgument": "ColumnElement",
    "SQLElement": "ClauseElement",
}


def __getattr__(name):
    name_there = _ALIASES.get(name, name)
    module = _WHERE.get(name_there)
    if module is None:
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    from importlib import import_module

    found = getattr(import_module("sqlalchemy.sql." + module), name_there)
    globals()[name] = found
    return found
