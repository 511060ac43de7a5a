"""Foreign keys: of one column (`ForeignKey`) and of a table (`ForeignKeyConstraint`)."""

from sqlalchemy import exc
from sqlalchemy.schema.constraint import ColumnCollectionConstraint, Constraint, is_column
from sqlalchemy.schema.item import BLANK_SCHEMA, RETAIN_SCHEMA, DialectKWArgs, SchemaItem, get_table_key


class ForeignKey(DialectKWArgs, SchemaItem):
    """A column's reference to a column of another table, by its name or as an object."""

    __visit_name__ = "foreign_key"
    parent = None

    def __init__(
        self,
        column,
        _constraint=None,
        use_alter=False,
        name=None,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        initially=None,
        link_to_name=False,
        match=None,
        info=None,
        comment=None,
        _unresolvable=False,
        **dialect_kw,
    ):
        if hasattr(column, "__clause_element__"):
            column = column.__clause_element__()
        if not isinstance(column, str) and getattr(column, "__visit_name__", None) != "column":
            raise exc.ArgumentError(f"String column name or Column object for DDL reference expected, got {column!r}.")
        self._colspec = column
        self._table_column = None if isinstance(column, str) else column
        self._unresolvable = _unresolvable
        self.constraint = _constraint
        self.use_alter = use_alter
        self.name = name
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.deferrable = deferrable
        self.initially = initially
        self.link_to_name = link_to_name
        self.match = match
        self.comment = comment
        if info:
            self.info = info
        self._unvalidated_dialect_kw = dialect_kw

    def __repr__(self):
        return f"ForeignKey({self._get_colspec()!r})"

    def _copy(self, *, schema=None, **kw):
        made = ForeignKey(
            self._get_colspec(schema=schema),
            use_alter=self.use_alter,
            name=self.name,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            deferrable=self.deferrable,
            initially=self.initially,
            link_to_name=self.link_to_name,
            match=self.match,
            comment=self.comment,
            **self._unvalidated_dialect_kw,
        )
        return self._schema_item_copy(made)

    copy = _copy

    def _get_colspec(self, schema=None, table_name=None, _is_copy=False):
        """The target as text, in another schema or table if one is given."""
        if schema not in (None, RETAIN_SCHEMA):
            _, own_table, column = self._column_tokens
            parts = [None if schema is BLANK_SCHEMA else schema, table_name or own_table, column]
        elif table_name:
            own_schema, _, column = self._column_tokens
            parts = [own_schema, table_name, column]
        elif self._table_column is not None:
            table = self._table_column.table
            if table is None:
                return self._table_column.key
            return f"{table.fullname}.{self._table_column.key}"
        else:
            return self._colspec
        return ".".join(part for part in parts if part is not None)

    target_fullname = property(_get_colspec)

    @property
    def _column_tokens(self):
        """Schema, table and column of the target."""
        column = self._table_column
        if column is not None and column.table is not None:
            return column.table.schema, column.table.name, column.key
        parts = self._get_colspec().split(".")
        if len(parts) == 1:
            return None, parts[0], None
        return ".".join(parts[:-2]) or None, parts[-2], parts[-1]

    @property
    def _referred_schema(self):
        return self._column_tokens[0]

    def _table_key(self):
        if self._table_column is not None:
            return None if self._table_column.table is None else self._table_column.table.key
        schema, table, _ = self._column_tokens
        return get_table_key(table, schema)

    def references(self, table):
        return self.column.table is table

    def get_referent(self, table):
        return table.c.get(self.column.key) if self.references(table) else None

    # -- the target

    def _resolve_col_tokens(self):
        if self.parent is None:
            raise exc.InvalidRequestError(
                "this ForeignKey object does not yet have a parent Column associated with it."
            )
        if self.parent.table is None:
            raise exc.InvalidRequestError("this ForeignKey's parent column is not yet associated with a Table.")
        table = self.parent.table
        schema, name, column = self._column_tokens
        if schema is None and table.metadata.schema is not None:
            schema = table.metadata.schema
        return table, get_table_key(name, schema), column

    @property
    def column(self):
        return self._resolve_column()

    def _resolve_column(self, *, raiseerr=True):
        if self._table_column is not None:
            return self._table_column
        parent, key, name = self._resolve_col_tokens()
        if key not in parent.metadata.tables:
            if not raiseerr:
                return None
            raise exc.NoReferencedTableError(
                f"Foreign key associated with column '{self.parent}' could not find table '{key}' with which to "
                f"generate a foreign key to target column '{name}'",
                key,
            )
        return self._column_of(parent, parent.metadata.tables[key], name)

    def _column_of(self, parent, table, name):
        wanted = self.parent.key if name is None else name
        found = table.c.get(wanted)
        if found is None or self.link_to_name:
            found = next((column for column in table.c if column.name == wanted), found)
        if found is None:
            raise exc.NoReferencedColumnError(
                f"Could not initialize target column for ForeignKey '{self._colspec}' on table '{parent.name}': "
                f"table '{table.name}' has no column named '{wanted}'",
                table.name,
                wanted,
            )
        return found

    def _take_type(self, column):
        if self.parent.type._isnull:
            self.parent.type = column.type

    # -- places

    def _set_parent(self, parent, **kw):
        if self.parent is not None and self.parent is not parent:
            raise exc.InvalidRequestError("This ForeignKey already has a parent !")
        self.parent = parent
        parent.foreign_keys.add(self)
        parent._on_table_attach(self._set_table)

    def _set_table(self, column, table):
        if self.constraint is None:
            self.constraint = ForeignKeyConstraint(
                [],
                [],
                use_alter=self.use_alter,
                name=self.name,
                onupdate=self.onupdate,
                ondelete=self.ondelete,
                deferrable=self.deferrable,
                initially=self.initially,
                match=self.match,
                comment=self.comment,
                **self._unvalidated_dialect_kw,
            )
            self.constraint._columns.add(column)
            self.constraint.elements.append(self)
            self.constraint._set_parent_with_dispatch(table)
        table.foreign_keys.add(self)
        if self._table_column is not None:
            self._take_type(self._table_column)
            return
        parent, key, name = self._resolve_col_tokens()
        if key in parent.metadata.tables:
            try:
                self._take_type(self._column_of(parent, parent.metadata.tables[key], name))
            except exc.NoReferencedColumnError:
                pass
        parent.metadata._fk_memos.setdefault((key, name), []).append(self)


class ForeignKeyConstraint(ColumnCollectionConstraint):
    """A table's reference to another, by one or more columns."""

    __visit_name__ = "foreign_key_constraint"

    def __init__(
        self,
        columns,
        refcolumns,
        name=None,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        initially=None,
        use_alter=False,
        link_to_name=False,
        match=None,
        table=None,
        info=None,
        comment=None,
        **dialect_kw,
    ):
        Constraint.__init__(
            self,
            name=name,
            deferrable=deferrable,
            initially=initially,
            info=info,
            comment=comment,
            **dialect_kw,
        )
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.link_to_name = link_to_name
        self.use_alter = use_alter
        self.match = match
        columns, refcolumns = list(columns), list(refcolumns)
        names = {getattr(column, "key", column) for column in columns}
        if len(names) != len(columns):
            raise exc.ArgumentError("ForeignKeyConstraint with duplicate source column references are not supported.")
        if len(columns) != len(refcolumns):
            raise exc.ArgumentError(
                "ForeignKeyConstraint number of constrained columns must match the number of referenced columns."
            )
        self.elements = [
            ForeignKey(
                target,
                _constraint=self,
                name=self.name,
                onupdate=onupdate,
                ondelete=ondelete,
                use_alter=use_alter,
                link_to_name=link_to_name,
                match=match,
                deferrable=deferrable,
                initially=initially,
                **self.dialect_kwargs,
            )
            for target in refcolumns
        ]
        self._take_columns(columns)
        if table is not None:
            self._set_parent_with_dispatch(table)

    @property
    def column_keys(self):
        if hasattr(self, "parent"):
            return self._columns.keys()
        return [column.key if is_column(column) else str(column) for column in self._pending_colargs]

    @property
    def _elements(self):
        return dict(zip(self.column_keys, self.elements))

    @property
    def _referred_schema(self):
        return self.elements[0]._referred_schema if self.elements else None

    @property
    def referred_table(self):
        return self.elements[0].column.table

    def _set_parent(self, parent, **kw):
        ColumnCollectionConstraint._set_parent(self, parent)
        for column, element in zip(self._columns, self.elements):
            if element.parent is not column:
                element._set_parent_with_dispatch(column)
        keys = sorted({key for key in (element._table_key() for element in self.elements) if key is not None})
        if len(keys) > 1:
            raise exc.ArgumentError(
                f"ForeignKeyConstraint on {parent.fullname}({', '.join(self.column_keys)}) refers to multiple remote "
                f"tables: {keys[0]} and {keys[1]}"
            )

    def _copy(self, *, schema=None, target_table=None, **kw):
        targets = []
        for element in self.elements:
            own = target_table is not None and element._table_key() == element.parent.table.key
            targets.append(element._get_colspec(schema=schema, table_name=target_table.name if own else None))
        made = ForeignKeyConstraint(
            [element.parent.key for element in self.elements],
            targets,
            name=self.name,
            onupdate=self.onupdate,
            ondelete=self.ondelete,
            use_alter=self.use_alter,
            deferrable=self.deferrable,
            initially=self.initially,
            link_to_name=self.link_to_name,
            match=self.match,
            comment=self.comment,
            **self.dialect_kwargs,
        )
        for own, copied in zip(self.elements, made.elements):
            own._schema_item_copy(copied)
        return self._schema_item_copy(made)

    def __repr__(self):
        return f"ForeignKeyConstraint({self.column_keys!r}, {[e.target_fullname for e in self.elements]!r})"
