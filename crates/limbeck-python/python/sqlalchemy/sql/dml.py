"""INSERT, UPDATE and DELETE.

Values stay as the script gave them; which columns are written, and under which
parameter names, is worked out when the statement is compiled (`compiler_dml`).
"""

from .. import exc
from .base import ColumnCollection, DialectKWArgs, Executable, _generative
from .coercion import column_or_from, expression, resolve, where
from .elements import ClauseElement
from .selectable import HasCTE, HasPrefixes, ReturnsRows


def _table(table):
    found = resolve(table)
    if getattr(found, "_is_from_clause", False):
        return found
    raise exc.ArgumentError(
        "subject table for an INSERT, UPDATE or DELETE expected, got %r." % (table,)
    )


def column_key(key):
    """The name that stands for a column among values."""
    if isinstance(key, str):
        return key
    found = resolve(key)
    if getattr(found, "_is_column_element", False):
        return found.key
    raise exc.ArgumentError("SET/VALUES column expression or string key expected, got %r." % (key,))


def _value(value):
    """A value as it is; a query or an object that stands for an expression as that."""
    if value.__class__.__module__ != "builtins":
        found = resolve(value)
        if isinstance(found, ClauseElement):
            return expression(found)
    return value


class DMLWhereBase:
    """Conditions of UPDATE and DELETE."""

    _where_criteria = ()

    @_generative
    def where(self, *whereclause):
        self._where_criteria += tuple(where(one) for one in whereclause)

    filter = where

    def filter_by(self, **kwargs):
        namespace = self.table.entity_namespace
        conditions = []
        for key, value in kwargs.items():
            try:
                conditions.append(getattr(namespace, key) == value)
            except AttributeError:
                raise exc.InvalidRequestError(
                    'Entity namespace for "%s" has no property "%s"'
                    % (self.table, key)
                ) from None
        return self.where(*conditions)

    @property
    def whereclause(self):
        from .compound import BooleanClauseList

        return BooleanClauseList._construct_for_whereclause(self._where_criteria)


class UpdateBase(HasCTE, DialectKWArgs, HasPrefixes, Executable, ReturnsRows):
    """What INSERT, UPDATE and DELETE share."""

    is_dml = True
    _returning = ()
    _hints = {}
    _values = None
    _multi_values = ()
    _ordered_values = None
    _where_criteria = ()
    _is_from_clause = False
    _label_style = None
    select = None

    def _generate(self):
        copy = super()._generate()
        if "_dialect_kwargs" in copy.__dict__:
            copy._dialect_kwargs = dict(copy._dialect_kwargs)
        return copy

    @property
    def entity_namespace(self):
        return self.table.entity_namespace

    @property
    def _from_objects(self):
        return ()

    @_generative
    def with_dialect_options(self, **opt):
        self._validate_dialect_kwargs(opt)

    @_generative
    def returning(self, *cols, sort_by_parameter_order=False):
        self._raw_returning = getattr(self, "_raw_returning", ()) + cols
        self._returning += tuple(column_or_from(one) for one in cols)

    @_generative
    def with_hint(self, text, selectable=None, dialect_name="*"):
        self._hints = {**self._hints, (selectable or self.table, dialect_name): text}

    @_generative
    def return_defaults(self, *cols, **kw):
        self._return_defaults = True

    @property
    def _all_selected_columns(self):
        return [one for raw in self._returning for one in raw._select_iterable]

    @property
    def exported_columns(self):
        return ColumnCollection([(one.key, one) for one in self._all_selected_columns])

    def _generate_proxies(self, fromclause, collection):
        for one in self._all_selected_columns:
            key, proxy = one._make_proxy(fromclause)
            collection.add(proxy, key)

    def get_children(self, **kw):
        found = [one for one in self._where_criteria]
        for values in (self._values or {}, *self._multi_values):
            found.extend(one for one in values.values() if isinstance(one, ClauseElement))
        if self.select is not None:
            found.append(self.select)
        return found


class ValuesBase(UpdateBase):
    """What INSERT and UPDATE share: values by column."""

    def __init__(self, table):
        self.table = _table(table)

    def _pairs(self, given):
        if isinstance(given, (list, tuple)):
            given = {column.key: value for column, value in zip(self.table.c, given)}
        return {column_key(key): _value(value) for key, value in given.items()}

    @_generative
    def values(self, *args, **kwargs):
        """A copy with values: a dict, keywords, a tuple, or a list of dicts or tuples."""
        if self.select is not None:
            raise exc.InvalidRequestError("This construct already inserts from a SELECT")
        if self._ordered_values is not None:
            raise exc.ArgumentError("This statement already has ordered values present")
        if not args:
            given = kwargs
        else:
            if kwargs:
                raise exc.ArgumentError(
                    "Can't pass positional and kwargs to values() simultaneously"
                )
            if len(args) > 1:
                raise exc.ArgumentError(
                    "Only a single dictionary/tuple or list of dictionaries/tuples is accepted "
                    "positionally."
                )
            given = args[0]
            if isinstance(given, (list, tuple)):
                if given and isinstance(given[0], (dict, list, tuple)):
                    if not self._multiple:
                        raise exc.InvalidRequestError(
                            "%s construct does not support multiple parameter sets."
                            % type(self).__name__
                        )
                    if self._values:
                        raise exc.ArgumentError(
                            "Can't mix single and multiple VALUES formats in one INSERT statement"
                        )
                    self._multi_values += tuple(self._pairs(one) for one in given)
                    return
            elif not hasattr(given, "items"):
                raise exc.ArgumentError(
                    "Only a single dictionary/tuple or list of dictionaries/tuples is accepted "
                    "positionally."
                )
        if self._multi_values:
            raise exc.ArgumentError(
                "Can't mix single and multiple VALUES formats in one INSERT statement"
            )
        self._values = {**(self._values or {}), **self._pairs(given)}

    _multiple = False


class Insert(ValuesBase):
    """INSERT."""

    __visit_name__ = "insert"
    is_insert = True
    _multiple = True
    _inline = False
    _select_names = None
    _include_defaults = True
    _post_values_clause = None

    @_generative
    def inline(self):
        """A copy that neither computes defaults in Python nor asks for keys."""
        self._inline = True

    @_generative
    def from_select(self, names, select, include_defaults=True):
        """The rows of a query."""
        if self._values:
            raise exc.InvalidRequestError(
                "This construct already inserts value expressions"
            )
        self._select_names = [column_key(one) for one in names]
        self._inline = True
        self._include_defaults = include_defaults
        found = resolve(select)
        if not getattr(found, "_is_select_base", False):
            raise exc.ArgumentError(
                "SELECT statement or equivalent textual object expected, got %r." % (select,)
            )
        self.select = found


class Update(DMLWhereBase, ValuesBase):
    """UPDATE."""

    __visit_name__ = "update"
    is_update = True
    _inline = False

    @_generative
    def ordered_values(self, *args):
        """Values in the order in which SET shall name them."""
        if self._values:
            raise exc.ArgumentError(
                "This statement already has values present"
                if self._ordered_values is None
                else "This statement already has ordered values present"
            )
        self._ordered_values = [column_key(key) for key, _ in args]
        self._values = {column_key(key): _value(value) for key, value in args}

    @_generative
    def inline(self):
        self._inline = True


class Delete(DMLWhereBase, UpdateBase):
    """DELETE."""

    __visit_name__ = "delete"
    is_delete = True

    def __init__(self, table):
        self.table = _table(table)
