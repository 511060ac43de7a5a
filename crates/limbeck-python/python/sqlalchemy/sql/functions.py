"""SQL functions: `func.<any name>(…)` and those whose result type is known.

A known function is a class; every other name makes a `Function` without a type.
"""

from .base import Executable
from .coercion import expression
from .compound import BinaryExpression, ClauseList
from .constructs import FunctionFilter, Over, WithinGroup
from .elements import BindParameter, ColumnElement, Grouping, NamedColumn, _boolean_type, _instance


def _type(name, *arguments):
    from .. import types

    return getattr(types, name)(*arguments)


class FunctionElement(Executable, ColumnElement):
    """A call of a function."""

    packagenames = ()
    name = None
    _has_args = False
    _with_ordinality = False
    _non_anon_label = None
    _is_table_valued_function = True
    _table_columns = None

    def __init__(self, *clauses):
        self._set_arguments(clauses)

    def _set_arguments(self, clauses):
        name = self.name
        made = [expression(clause, name=name) for clause in clauses]
        if made:
            self._has_args = True
        arguments = ClauseList._raw(_comma(), [one.self_group(against=_comma()) for one in made])
        grouping = Grouping.__new__(Grouping)
        grouping.element = arguments
        self.clause_expr = grouping

    @property
    def clauses(self):
        return self.clause_expr.element

    @property
    def _proxy_key(self):
        return ColumnElement._proxy_key.fget(self) or self.name

    def get_children(self, **kw):
        return tuple(self.clauses)

    @property
    def _from_objects(self):
        return self.clauses._from_objects

    @property
    def columns(self):
        from .base import ColumnCollection

        return ColumnCollection([(one.key, one) for one in self._all_selected_columns])

    c = exported_columns = columns

    @property
    def _all_selected_columns(self):
        if self._table_columns is not None:
            return list(self._table_columns)
        return [self.label(None)]

    @property
    def entity_namespace(self):
        from .selectable import entity_namespace

        return entity_namespace(self.clause_expr)

    def over(self, partition_by=None, order_by=None, rows=None, range_=None, groups=None):
        """The function over a window."""
        return Over(
            self,
            partition_by=partition_by,
            order_by=order_by,
            rows=rows,
            range_=range_,
            groups=groups,
        )

    def within_group(self, *order_by):
        return WithinGroup(self, *order_by)

    def within_group_type(self, within_group):
        return None

    def filter(self, *criterion):
        """`FILTER (WHERE …)`."""
        return FunctionFilter(self, *criterion) if criterion else self

    def as_comparison(self, left_index, right_index):
        return FunctionAsBinary(self, left_index, right_index)

    def scalar_table_valued(self, name, type_=None):
        return ScalarFunctionColumn(self, name, type_)

    def table_valued(self, *expr, **kw):
        """The function as a table with these columns."""
        from .elements import ColumnClause

        ordinality = kw.pop("with_ordinality", None)
        copy = self._generate()
        if ordinality:
            expr += (ordinality,)
            copy._with_ordinality = True
        copy._table_columns = tuple(
            ColumnClause(one) if isinstance(one, str) else one for one in expr
        )
        return copy.alias(name=kw.pop("name", None), joins_implicitly=kw.pop("joins_implicitly", False))

    def column_valued(self, name=None, joins_implicitly=False):
        """The function as a table of one column, which is named like the table."""
        return self.alias(name=name, joins_implicitly=joins_implicitly).column

    def alias(self, name=None, joins_implicitly=False):
        from .selectable import TableValuedAlias

        return TableValuedAlias(self, name, joins_implicitly=joins_implicitly)

    def select(self):
        from .queries import Select

        return Select(self)

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
        from .operators import getitem

        if against is getitem and getattr(self.type, "item_type", None) is not None:
            return Grouping(self)
        return super().self_group(against=against)


def _comma():
    from .operators import comma_op

    return comma_op


class Function(FunctionElement):
    """A function by its name."""

    __visit_name__ = "function"

    def __init__(self, name, *clauses, type_=None, packagenames=None):
        self.packagenames = packagenames or ()
        self.name = name
        self.type = _instance(type_)
        self._set_arguments(clauses)


def _bind_by_name(self, operator, value, type_=None, expanding=False):
    return BindParameter(
        self.name,
        value,
        type_,
        unique=True,
        expanding=expanding,
        _compared_to_operator=operator,
        _compared_to_type=self.type,
    )


Function._bind_param = _bind_by_name


class FunctionAsBinary(BinaryExpression):
    """A function that compares two of its arguments."""

    def __init__(self, fn, left_index, right_index):
        from .operators import function_as_comparison_op

        self.sql_function = fn
        self.left = fn.clauses.clauses[left_index - 1]
        self.right = fn.clauses.clauses[right_index - 1]
        self._orig = (self.left, self.right)
        self.operator = function_as_comparison_op
        self.type = _boolean_type()
        self.negate = None
        self.modifiers = {}


class ScalarFunctionColumn(NamedColumn):
    """`(function).column`."""

    __visit_name__ = "scalar_function_column"
    is_literal = False

    def __init__(self, fn, name, type_=None):
        self.fn = fn
        self.name = self.key = name
        self.type = _instance(type_)


_registry = {}


def register_function(identifier, fn, package="_default"):
    """Makes `func.<identifier>` give the class."""
    _registry[(package, str(identifier).lower())] = fn


class GenericFunction(Function):
    """A function whose type is known; a script's subclass registers itself by its name."""

    _register = False
    name = "GenericFunction"
    type = None
    inherit_cache = True

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        if "_is_base" in cls.__dict__:
            return
        given = cls.__dict__
        name = given.get("name") or cls.__name__
        identifier = given.get("identifier") or name
        cls.name = name
        cls.identifier = identifier
        register_function(identifier, cls, given.get("package", getattr(cls, "package", "_default")))

    def __init__(self, *args, **kwargs):
        type_ = kwargs.pop("type_", None)
        if type_ is None:
            type_ = getattr(self, "type", None)
        made = kwargs.pop("_parsed_args", None)
        self.packagenames = ()
        if made is None:
            made = [expression(one, name=self.name) for one in args]
        self._has_args = self._has_args or bool(made)
        if type_ is None:
            type_ = self._type_of(made)
        self._set_arguments(made)
        self.type = _instance(type_)

    def _type_of(self, arguments):
        known = self._type_name
        return _type(known) if known else None

    _type_name = None


GenericFunction.identifier = "GenericFunction"


class ReturnTypeFromArgs(GenericFunction):
    """A function that gives what it takes."""

    _is_base = True

    def __init__(self, *args, **kwargs):
        made = [expression(one, name=self.name) for one in args]
        kwargs["_parsed_args"] = made
        if kwargs.get("type_") is None:
            kwargs["type_"] = _type_from(made)
        super().__init__(*args, **kwargs)


def _type_from(arguments):
    for one in arguments:
        if not one.type._isnull:
            return one.type
    return None


def _known(name, type_name=None, base=GenericFunction, **members):
    members.setdefault("_type_name", type_name)
    made = type(base)(name, (base,), members)
    made.__module__ = __name__
    globals()[name] = made
    return made


class _Ansi(GenericFunction):
    """A function without parentheses where it has no arguments."""

    _is_base = True
    _ansi = True


AnsiFunction = _Ansi


class count(GenericFunction):
    """`count(*)` when it gets nothing."""

    _type_name = "Integer"

    def __init__(self, expression=None, **kwargs):
        if expression is None:
            from .expression import literal_column

            expression = literal_column("*")
        super().__init__(expression, **kwargs)


for _name in ("coalesce", "max", "min", "sum"):
    _known(_name, base=ReturnTypeFromArgs)
for _name, _result in (
    ("now", "DateTime"),
    ("concat", "String"),
    ("char_length", "Integer"),
    ("random", None),
    ("rank", "Integer"),
    ("dense_rank", "Integer"),
    ("percent_rank", "Numeric"),
    ("cume_dist", "Numeric"),
    ("cube", None),
    ("rollup", None),
    ("grouping_sets", None),
):
    _known(_name, _result, _has_args=_name in ("random", "cube", "rollup", "grouping_sets"))
for _name, _result in (
    ("current_date", "Date"),
    ("current_time", "Time"),
    ("current_timestamp", "DateTime"),
    ("current_user", "String"),
    ("localtime", "DateTime"),
    ("localtimestamp", "DateTime"),
    ("session_user", "String"),
    ("sysdate", "DateTime"),
    ("user", "String"),
):
    _known(_name, _result, base=_Ansi)


class array_agg(GenericFunction):
    """An array of the argument's type."""

    def _type_of(self, arguments):
        inner = _type_from(arguments)
        if inner is not None and hasattr(inner, "item_type"):
            return inner
        if inner is None:
            from .elements import _null_type

            inner = _null_type()
        return _type("ARRAY", inner)


class OrderedSetAgg(GenericFunction):
    """An aggregate that takes its type from WITHIN GROUP."""

    _is_base = True

    def within_group_type(self, within_group):
        order_by = list(within_group.order_by)
        return order_by[0].type if order_by else None


for _name in ("mode", "percentile_cont", "percentile_disc"):
    _known(_name, base=OrderedSetAgg)


class aggregate_strings(GenericFunction):
    """All texts of a group in one, by each database's own function."""

    _has_args = True

    def __init__(self, clause, separator):
        super().__init__(clause, separator)

    def _type_of(self, arguments):
        return _type("String")


class next_value(GenericFunction):
    """The next number of a sequence."""

    __visit_name__ = "next_value_func"
    _from_objects = ()

    def __init__(self, seq, **kw):
        self.type = _instance(getattr(seq, "data_type", None) or _type("Integer"))
        self.sequence = seq
        self._set_arguments(())


class _FunctionGenerator:
    """`func`: each attribute is a function of that name."""

    def __init__(self, names=(), **opts):
        self.__dict__["_names"] = names
        self.__dict__["_opts"] = opts

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        if name[-1] == "_":
            name = name[:-1]
        return _FunctionGenerator(self._names + (name,), **self._opts)

    def __call__(self, *clauses, **kwargs):
        names = self._names
        options = {**self._opts, **kwargs} if self._opts else kwargs
        if len(names) <= 2:
            package = names[0] if len(names) == 2 else "_default"
            if len(names) == 1 and names[0] in _SPECIAL:
                return _special(names[0], clauses)
            known = _registry.get((package, names[-1].lower()))
            if known is not None:
                return known(*clauses, **options)
        return Function(names[-1], *clauses, packagenames=names[:-1], **options)


_SPECIAL = ("cast", "extract")


def _special(name, clauses):
    from .constructs import Cast, Extract

    return (Cast if name == "cast" else Extract)(*clauses)


func = _FunctionGenerator()
modifier = _FunctionGenerator(group=False)
