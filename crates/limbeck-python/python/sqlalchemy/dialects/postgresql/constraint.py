"""PostgreSQL's EXCLUDE constraint."""

from sqlalchemy.schema.constraint import ColumnCollectionConstraint, columns_in, rebound
from sqlalchemy.schema.default import _expression
from sqlalchemy.sql.base import DedupeColumnCollection


class ExcludeConstraint(ColumnCollectionConstraint):
    """No two rows may compare equal by all of these operators."""

    __visit_name__ = "exclude_constraint"
    where = None

    def __init__(self, *elements, **kw):
        ColumnCollectionConstraint.__init__(
            self,
            name=kw.get("name"),
            deferrable=kw.get("deferrable"),
            initially=kw.get("initially"),
        )
        self.using = kw.get("using", "gist")
        where = kw.get("where")
        self.where = None if where is None else _expression(where)
        self.ops = kw.get("ops", {})
        self._given = [(self._key_of(key), operator) for key, operator in elements]
        self.operators = {}
        self._columns = DedupeColumnCollection()
        self._pending_colargs = []
        for key, _ in self._given:
            columns = [key] if isinstance(key, str) else columns_in(key)
            self._pending_colargs.append(columns[0] if columns else None)
        if self._pending_colargs:
            self._attach_by_columns()

    @staticmethod
    def _key_of(key):
        if hasattr(key, "__clause_element__"):
            return key.__clause_element__()
        return key

    def _put_columns(self, parent):
        for given in self._pending_colargs:
            if given is None:
                continue
            if isinstance(given, str) and given not in parent.c:
                continue
            column = self._column_of(parent, given)
            if getattr(column, "_is_schema_column", False):
                self._columns.add(column)

    @property
    def _render_exprs(self):
        """The elements as `(expression, name, operator)`."""
        found = []
        parent = getattr(self, "parent", None)
        for key, operator in self._given:
            if isinstance(key, str):
                if parent is not None and key in parent.c:
                    key = parent.c[key]
                else:
                    from sqlalchemy.sql.elements import ColumnClause

                    key = ColumnClause(key)
            found.append((key, getattr(key, "name", None), operator))
        return found

    def _copy(self, target_table=None, **kw):
        made = self.__class__(
            *[
                (key if isinstance(key, str) else rebound(key, self.table, target_table), operator)
                for key, operator in self._given
            ],
            name=self.name,
            deferrable=self.deferrable,
            initially=self.initially,
            where=self.where,
            using=self.using,
            ops=self.ops,
        )
        made.dialect_kwargs.update(self.dialect_kwargs)
        return self._schema_item_copy(made)
