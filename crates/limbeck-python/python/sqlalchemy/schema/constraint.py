"""Constraints of tables: primary key, unique, check. Foreign keys are in `foreign_key`."""

from sqlalchemy import exc
from sqlalchemy.schema.default import _expression
from sqlalchemy.schema.item import NULL_UNSPECIFIED, DialectKWArgs, SchemaItem, set_creation_order
from sqlalchemy.schema.naming import name_for, name_item
from sqlalchemy.sql.base import DedupeColumnCollection


def is_column(item):
    return getattr(item, "_is_schema_column", False)


def is_table(item):
    return getattr(item, "_is_schema_table", False)


def columns_in(clause):
    """The columns that an expression names, in order."""
    if getattr(clause, "__visit_name__", None) == "column":
        return [clause]
    get_children = getattr(clause, "get_children", None)
    found = []
    for child in get_children() if get_children else ():
        found.extend(columns_in(child))
    return found


def rebound(clause, source, target):
    """An expression with the columns of `target` in place of those of `source` of the same name."""
    if source is None or target is None:
        return clause
    if is_column(clause):
        return target.c[clause.key] if clause.table is source and clause.key in target.c else clause
    if not any(is_column(column) and column.table is source for column in columns_in(clause)):
        return clause
    from sqlalchemy.sql.visitors import replacement_traverse

    def replace(element, **kw):
        if is_column(element) and element.table is source and element.key in target.c:
            return target.c[element.key]
        return None

    return replacement_traverse(clause, {}, replace)


def _column_argument(given):
    """A column by name or as an object, out of what scripts pass."""
    if hasattr(given, "__clause_element__"):
        given = given.__clause_element__()
    if given is None or isinstance(given, str) or hasattr(given, "__visit_name__"):
        return given
    raise exc.ArgumentError(f"Column or string column name expected for the list of columns, got {given!r}.")


class Constraint(DialectKWArgs, SchemaItem):
    """A rule of a table; by itself only a name to be dropped."""

    __visit_name__ = "constraint"
    _column_flag = False
    name = deferrable = initially = comment = _create_rule = None
    _type_bound = False

    def __init__(
        self,
        name=None,
        deferrable=None,
        initially=None,
        info=None,
        comment=None,
        _create_rule=None,
        _type_bound=False,
        **dialect_kw,
    ):
        self.name = name
        self.deferrable = deferrable
        self.initially = initially
        if info:
            self.info = info
        self.comment = comment
        self._create_rule = _create_rule
        self._type_bound = _type_bound
        set_creation_order(self)
        self._validate_dialect_kwargs(dialect_kw)

    @property
    def table(self):
        parent = getattr(self, "parent", None)
        if is_table(parent):
            return parent
        raise exc.InvalidRequestError(
            "This constraint is not bound to a table.  Did you mean to call table.append_constraint(constraint) ?"
        )

    def _set_parent(self, parent, **kw):
        self.parent = parent
        parent.constraints.add(self)

    def _set_parent_with_dispatch(self, parent, **kw):
        self._set_parent(parent, **kw)
        if is_column(parent):
            parent._on_table_attach(lambda column, table: name_item(self, table))
        else:
            name_item(self, parent)

    def _copy(self, **kw):
        raise NotImplementedError()

    def copy(self, **kw):
        return self._copy(**kw)


class ColumnCollectionMixin:
    """A list of columns, given by name or as objects, that finds its table by them."""

    _allow_multiple_tables = False

    def _take_columns(self, columns, _autoattach=True):
        self._columns = DedupeColumnCollection()
        self._pending_colargs = [_column_argument(column) for column in columns]
        if _autoattach and self._pending_colargs:
            self._attach_by_columns()

    def _attach_by_columns(self):
        given = [column for column in self._pending_colargs if is_column(column)]
        waiting = [column for column in given if column.table is None]
        if waiting:
            if len(given) == len([column for column in self._pending_colargs if column is not None]):
                self._wait_for(waiting)
            return
        tables = []
        for column in given:
            if column.table not in tables:
                tables.append(column.table)
        if len(tables) == 1:
            self._set_parent_with_dispatch(tables[0])
        elif len(tables) > 1 and not self._allow_multiple_tables:
            others = ", ".join(f"'{column}'" for column in given if column.table is not tables[0])
            raise exc.ArgumentError(f"Column(s) {others} are not part of table '{tables[0].description}'.")

    def _wait_for(self, waiting):
        missing = list(waiting)

        def attached(column, table):
            if column in missing:
                missing.remove(column)
                if not missing:
                    self._attach_by_columns()

        for column in waiting:
            column._on_table_attach(attached)

    @property
    def columns(self):
        return self._columns

    @property
    def c(self):
        return self._columns

    def _column_of(self, parent, given):
        if not isinstance(given, str):
            return given
        if given in parent.c:
            return parent.c[given]
        raise exc.ConstraintColumnNotFoundError(
            f"Can't create {self.__class__.__name__} on table '{parent.description}': no column named '{given}' "
            "is present."
        )

    def _put_columns(self, parent):
        for given in self._pending_colargs:
            if given is None:
                continue
            column = given if is_column(parent) else self._column_of(parent, given)
            if column.__visit_name__ == "column":
                self._columns.add(column)


class ColumnCollectionConstraint(ColumnCollectionMixin, Constraint):
    """A constraint on some columns."""

    def __init__(
        self,
        *columns,
        name=None,
        deferrable=None,
        initially=None,
        info=None,
        _autoattach=True,
        _column_flag=False,
        _gather_expressions=None,
        **dialect_kw,
    ):
        Constraint.__init__(
            self, name=name, deferrable=deferrable, initially=initially, info=info, **dialect_kw
        )
        self._column_flag = _column_flag
        self._take_columns(columns, _autoattach)

    def _set_parent(self, parent, **kw):
        Constraint._set_parent(self, parent)
        self._put_columns(parent)

    def _copy(self, *, target_table=None, **kw):
        made = self.__class__(
            *[rebound(column, self.parent, target_table) for column in self._columns],
            name=self.name,
            deferrable=self.deferrable,
            initially=self.initially,
            comment=self.comment,
            **self.dialect_kwargs,
        )
        return self._schema_item_copy(made)

    def contains_column(self, col):
        return self._columns.contains_column(col)

    def __contains__(self, name):
        return name in self._columns

    def __iter__(self):
        return iter(self._columns)

    def __len__(self):
        return len(self._columns)

    def __bool__(self):
        return True


class UniqueConstraint(ColumnCollectionConstraint):
    __visit_name__ = "unique_constraint"


class CheckConstraint(ColumnCollectionConstraint):
    __visit_name__ = "table_or_column_check_constraint"
    _allow_multiple_tables = True

    def __init__(
        self,
        sqltext,
        name=None,
        deferrable=None,
        initially=None,
        table=None,
        info=None,
        _create_rule=None,
        _autoattach=True,
        _type_bound=False,
        **dialect_kw,
    ):
        self.sqltext = _expression(sqltext)
        super().__init__(
            *columns_in(self.sqltext),
            name=name,
            deferrable=deferrable,
            initially=initially,
            _create_rule=_create_rule,
            info=info,
            _type_bound=_type_bound,
            _autoattach=_autoattach,
            **dialect_kw,
        )
        if table is not None:
            self._set_parent_with_dispatch(table)

    @property
    def is_column_level(self):
        return not is_table(getattr(self, "parent", None))

    def _copy(self, *, target_table=None, **kw):
        sqltext = self.sqltext
        if target_table is not None:
            sqltext = rebound(sqltext, self.table, target_table)
        made = CheckConstraint(
            sqltext,
            name=self.name,
            initially=self.initially,
            deferrable=self.deferrable,
            _create_rule=self._create_rule,
            table=target_table,
            comment=self.comment,
            _autoattach=False,
            _type_bound=self._type_bound,
            **self.dialect_kwargs,
        )
        if hasattr(self, "_bound_column"):
            made._bound_column = self._bound_column
        return self._schema_item_copy(made)

    def __repr__(self):
        return f"CheckConstraint({self.sqltext!r}, name={self.name!r})"


class PrimaryKeyConstraint(ColumnCollectionConstraint):
    __visit_name__ = "primary_key_constraint"

    def __init__(
        self,
        *columns,
        name=None,
        deferrable=None,
        initially=None,
        info=None,
        _implicit_generated=False,
        **dialect_kw,
    ):
        self._implicit_generated = _implicit_generated
        super().__init__(
            *columns, name=name, deferrable=deferrable, initially=initially, info=info, **dialect_kw
        )

    @classmethod
    def _implicit(cls, table):
        """The key of a table that was just made, over the columns that will say they are in it."""
        key = cls.__new__(cls)
        key._implicit_generated = True
        key._columns = DedupeColumnCollection()
        key._pending_colargs = []
        set_creation_order(key)
        key.parent = table
        table.primary_key = key
        table.constraints.add(key)
        name_item(key, table)
        return key

    def _set_parent(self, parent, **kw):
        super()._set_parent(parent)
        if parent.primary_key is not self:
            parent.constraints.discard(parent.primary_key)
            parent.primary_key = self
            parent.constraints.add(self)
        marked = [column for column in parent.c if column.primary_key]
        own = list(self._columns)
        if own and marked and {id(column) for column in marked} != {id(column) for column in own}:
            from sqlalchemy.schema.item import warn

            listed = ", ".join(f"'{column.name}'" for column in own)
            warn(
                f"Table '{parent.name}' specifies columns {', '.join(repr(str(c.name)) for c in marked)} as "
                f"primary_key=True, not matching locally specified columns {listed}; setting the current primary key "
                f"columns to {listed}. This warning may become an exception in a future release"
            )
            marked = []
        for column in own:
            column.primary_key = True
            if column._user_defined_nullable is NULL_UNSPECIFIED:
                column.nullable = False
        for column in marked:
            if column not in own:
                self._columns.add(column)

    def _replace(self, column):
        """A column of the table turned out to be part of the key."""
        self._columns.replace(column)
        if self._implicit_generated:
            self.name = None
            found = name_for(self, self.table)
            if found:
                self.name = found

    @property
    def columns_autoinc_first(self):
        first = self._autoincrement_column
        if first is None:
            return list(self._columns)
        return [first] + [column for column in self._columns if column is not first]

    @property
    def _autoincrement_column(self):
        """The column that numbers the rows, if one does."""
        columns = list(self._columns)
        if len(columns) == 1:
            column = columns[0]
            if column.autoincrement is True:
                _may_count(column, True)
                return column
            if column.autoincrement in ("auto", "ignore_fk") and _may_count(column, False):
                return column
            return None
        found = None
        for column in columns:
            if column.autoincrement is True:
                _may_count(column, True)
                if found is not None:
                    raise exc.ArgumentError(
                        "Only one Column may be marked autoincrement=True, found both "
                        f"{column.name} and {found.name}."
                    )
                found = column
        return found


def _may_count(column, wanted):
    """Whether the database may number rows by this column."""
    from sqlalchemy.types.number import Integer, Numeric

    affinity = column.type._type_affinity
    if affinity is None or not issubclass(affinity, (Integer, Numeric)):
        if wanted:
            raise exc.ArgumentError(
                f"Column type {column.type} on column '{column}' is not compatible with autoincrement=True"
            )
        return False
    if wanted:
        return not (column.foreign_keys and column.autoincrement not in (True, "ignore_fk"))
    if column.default is not None and not column.default.is_sequence:
        return False
    if column.server_default is not None and not column.server_default.is_identity:
        return False
    return not (column.foreign_keys and column.autoincrement != "ignore_fk")
