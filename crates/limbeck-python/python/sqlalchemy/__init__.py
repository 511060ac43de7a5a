"""The names of `import sqlalchemy as sa`, each found when it is first used.

A script pays only for what it touches: a name is looked up in the table below, its
module imported, and the name kept here.
"""

from limbeck_runtime.deferred import defer as _defer

__version__ = "2.0.58"

# Dozens of classes, which most runs never raise.
exc = _defer("sqlalchemy.exc")

_TYPES = (
    "ARRAY BIGINT BINARY BLOB BOOLEAN BigInteger Boolean CHAR CLOB DATE DATETIME DECIMAL DOUBLE "
    "DOUBLE_PRECISION Date DateTime Double Enum FLOAT Float INT INTEGER Integer Interval JSON "
    "LargeBinary NCHAR NUMERIC NVARCHAR Numeric PickleType REAL SMALLINT SmallInteger String TEXT "
    "TIME TIMESTAMP Text Time TupleType TypeDecorator UUID Unicode UnicodeText Uuid VARBINARY "
    "VARCHAR"
)
_SCHEMA = (
    "BLANK_SCHEMA CheckConstraint Column ColumnDefault Computed Constraint DDL DefaultClause "
    "FetchedValue ForeignKey ForeignKeyConstraint Identity Index MetaData PrimaryKeyConstraint "
    "Sequence Table UniqueConstraint insert_sentinel"
)
_EXPRESSION = (
    "Alias AliasedReturnsRows BinaryExpression BindParameter BooleanClauseList CTE Case Cast "
    "ClauseElement ClauseList CollectionAggregate ColumnClause ColumnCollection ColumnElement "
    "ColumnExpressionArgument ColumnOperators CompoundSelect Delete Executable Exists "
    "ExpressionClauseList Extract False_ FromClause FromGrouping Function FunctionElement "
    "FunctionFilter GenerativeSelect Grouping HasCTE HasPrefixes HasSuffixes Insert Join "
    "LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY LABEL_STYLE_NONE "
    "LABEL_STYLE_TABLENAME_PLUS_COL Label LambdaElement Lateral Null Operators Over "
    "ReleaseSavepointClause ReturnsRows ScalarSelect Select SelectBase SelectLabelStyle "
    "Selectable SQLColumnExpression StatementLambdaElement Subquery TableClause TableSample "
    "TableValuedAlias TextAsFrom TextClause TextualSelect True_ TryCast Tuple TypeClause "
    "TypeCoerce UnaryExpression Update UpdateBase Values ValuesBase Visitable WithinGroup alias "
    "all_ and_ any_ asc between bindparam bitwise_not case cast collate column cte delete desc "
    "distinct except_ except_all exists extract false func funcfilter insert intersect "
    "intersect_all join label lambda_stmt lateral literal literal_column modifier not_ null "
    "nulls_first nulls_last nullsfirst nullslast or_ outerjoin outparam over quoted_name select "
    "table tablesample text true try_cast tuple_ type_coerce union union_all update values "
    "within_group"
)
_ENGINE = (
    "Compiled Connection CreateEnginePlugin CursorResult Dialect Engine ExceptionContext "
    "ExecutionContext FrozenResult Inspector IteratorResult MappingResult MergedResult NestedTransaction "
    "Result Row RowMapping ScalarResult Transaction TwoPhaseTransaction TypeCompiler URL "
    "create_engine create_mock_engine create_pool_from_url engine_from_config make_url result_tuple"
)
_POOL = (
    "AssertionPool AsyncAdaptedQueuePool NullPool Pool PoolProxiedConnection "
    "PoolResetState QueuePool SingletonThreadPool StaticPool"
)
_HOMES = (
    ("types", _TYPES),
    ("schema", _SCHEMA),
    ("sql.expression", _EXPRESSION),
    ("engine", _ENGINE),
    ("pool", _POOL),
    ("inspection", "inspect"),
)
_MODULES = (
    "connectors dialects engine event events exc ext future inspection log orm pool schema sql "
    "testing types util"
).split()
_WHERE = None


def _where():
    global _WHERE
    if _WHERE is None:
        _WHERE = {}
        for module, names in _HOMES:
            for name in names.split():
                _WHERE[name] = module
    return _WHERE


def __getattr__(name):
    module = _where().get(name)
    if module is not None:
        loaded = _load("sqlalchemy." + module)
        found = getattr(loaded, name)
        globals()[name] = found
        return found
    if name in _MODULES:
        return _load("sqlalchemy." + name)
    raise AttributeError("module 'sqlalchemy' has no attribute %r" % name)


def _load(module):
    import sys

    found = sys.modules.get(module)
    if found is None:
        __import__(module)
        found = sys.modules[module]
    return found


def __dir__():
    return sorted(set(globals()) | set(_where()) | set(_MODULES))
