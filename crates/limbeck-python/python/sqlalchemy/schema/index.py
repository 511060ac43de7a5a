"""Indexes."""

from sqlalchemy import exc
from sqlalchemy.schema.constraint import ColumnCollectionMixin, columns_in
from sqlalchemy.schema.item import DialectKWArgs, SchemaItem
from sqlalchemy.schema.naming import name_item
from sqlalchemy.sql.base import DedupeColumnCollection
from sqlalchemy.sql.elements import quoted_name


class Index(DialectKWArgs, ColumnCollectionMixin, SchemaItem):
    """An index on columns and expressions; it joins the table of its columns by itself."""

    __visit_name__ = "index"
    _column_flag = False
    table = None

    def __init__(
        self,
        name,
        *expressions,
        unique=False,
        quote=None,
        info=None,
        _table=None,
        _column_flag=False,
        **dialect_kw,
    ):
        self.name = quoted_name.construct(name, quote)
        self.unique = unique
        if info is not None:
            self.info = info
        self._column_flag = _column_flag
        self._validate_dialect_kwargs(dialect_kw)
        self.expressions = [self._expression_of(given) for given in expressions]
        self._columns = DedupeColumnCollection()
        self._pending_colargs = [self._column_in(expression) for expression in self.expressions]
        if self._pending_colargs:
            self._attach_by_columns()
        # A naming convention speaks of real columns only: an index of other expressions gets no name here.
        if _table is not None and self.table is None:
            self._set_parent(_table)

    @staticmethod
    def _expression_of(given):
        if hasattr(given, "__clause_element__"):
            given = given.__clause_element__()
        if isinstance(given, str) or hasattr(given, "__visit_name__"):
            return given
        raise exc.ArgumentError(f"Column or string column name expected for the list of columns, got {given!r}.")

    @staticmethod
    def _column_in(expression):
        """The column by which an expression finds its table."""
        if isinstance(expression, str):
            return expression
        columns = columns_in(expression)
        return columns[0] if columns else None

    @property
    def parent(self):
        return self.table

    def _set_parent(self, parent, **kw):
        if self.table is not None and parent is not self.table:
            raise exc.ArgumentError(
                f"Index '{self.name}' is against table '{self.table.description}', and cannot be associated with "
                f"table '{parent.description}'."
            )
        self.table = parent
        bound = [
            self._column_of(parent, expression) if isinstance(expression, str) else expression
            for expression in self.expressions
        ]
        for expression, given in zip(bound, self._pending_colargs):
            column = expression if expression.__visit_name__ == "column" else given
            if column is not None:
                self._columns.add(self._column_of(parent, column) if isinstance(column, str) else column)
        self.expressions = self._table_bound_expressions = bound
        parent.indexes.add(self)

    def _set_parent_with_dispatch(self, parent, **kw):
        self._set_parent(parent, **kw)
        name_item(self, parent)

    def _copy(self, *, target_table=None, **kw):
        from sqlalchemy.schema.constraint import rebound

        return Index(
            self.name,
            *[rebound(expression, self.table, target_table) for expression in self.expressions],
            unique=self.unique,
            _table=target_table,
            **self.kwargs,
        )

    def create(self, bind, checkfirst=False):
        """Creates the index in the database."""
        from limbeck_runtime.schema_run import create_index

        create_index(self, bind, checkfirst)

    def drop(self, bind, checkfirst=False):
        """Drops the index of the database."""
        from limbeck_runtime.schema_run import drop_index

        drop_index(self, bind, checkfirst)

    def __repr__(self):
        parts = [repr(self.name)] + [repr(expression) for expression in self.expressions]
        return f"Index({', '.join(parts + (['unique=True'] if self.unique else []))})"


