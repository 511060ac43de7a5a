"""Tables."""

from sqlalchemy import exc
from sqlalchemy.schema.column import _Ordered
from sqlalchemy.schema.constraint import PrimaryKeyConstraint
from sqlalchemy.schema.item import BLANK_SCHEMA, RETAIN_SCHEMA, DialectKWArgs, SchemaItem, get_table_key
from sqlalchemy.sql.base import DedupeColumnCollection
from sqlalchemy.sql.elements import quoted_name
from sqlalchemy.sql.selectable import TableClause


class Table(DialectKWArgs, SchemaItem, TableClause):
    """A table of a `MetaData`: made once for a name, found again afterwards."""

    __visit_name__ = "table"
    _is_table = True
    _is_schema_table = True
    named_with_column = True
    primary_key = None

    def __new__(cls, *args, **kw):
        if not args and not kw:
            return object.__new__(cls)
        if len(args) < 2:
            raise TypeError("Table() takes at least two positional-only arguments 'name' and 'metadata'")
        name, metadata, items = args[0], args[1], args[2:]
        schema = kw.get("schema")
        if schema is None:
            schema = metadata.schema
        elif schema is BLANK_SCHEMA:
            schema = None
        keep, extend = kw.get("keep_existing", False), kw.get("extend_existing", False)
        if keep and extend:
            raise exc.ArgumentError("keep_existing and extend_existing are mutually exclusive.")
        must_exist = kw.pop("must_exist", kw.pop("mustexist", False))
        key = get_table_key(name, schema)
        if key in metadata.tables:
            if not keep and not extend and items:
                raise exc.InvalidRequestError(
                    f"Table '{key}' is already defined for this MetaData instance.  Specify 'extend_existing=True' to "
                    "redefine options and columns on an existing Table object."
                )
            table = metadata.tables[key]
            if extend:
                table._init_existing(*items, **kw)
            return table
        if must_exist:
            raise exc.InvalidRequestError(f"Table '{key}' not defined")
        table = object.__new__(cls)
        metadata._add_table(name, schema, table)
        try:
            table._make(name, metadata, *items, **kw)
        except BaseException:
            metadata._remove_table(name, schema)
            raise
        return table

    def __init__(self, *args, **kw):
        """All is done where the table is made: it may be one that exists."""

    def _make(
        self,
        name,
        metadata,
        *items,
        schema=None,
        quote=None,
        quote_schema=None,
        autoload_with=None,
        autoload_replace=True,
        keep_existing=False,
        extend_existing=False,
        resolve_fks=True,
        include_columns=None,
        implicit_returning=True,
        comment=None,
        info=None,
        listeners=None,
        prefixes=None,
        _extend_on=None,
        _reflect_info=None,
        **kw,
    ):
        self.name = quoted_name(name, quote)
        self.metadata = metadata
        if schema is None:
            self.schema = metadata.schema
        elif schema is BLANK_SCHEMA:
            self.schema = None
        else:
            self.schema = quoted_name(schema, quote_schema)
        self._columns = DedupeColumnCollection()
        self.indexes = _Ordered()
        self.constraints = _Ordered()
        self.foreign_keys = _Ordered()
        self._extra_dependencies = set()
        PrimaryKeyConstraint._implicit(self)
        self.implicit_returning = implicit_returning
        self.comment = comment
        if info is not None:
            self.info = info
        if listeners is not None:
            from sqlalchemy import event

            for name, function in listeners:
                event.listen(self, name, function)
        self._prefixes = list(prefixes or ())
        self._validate_dialect_kwargs(kw)
        if autoload_with is not None:
            self._autoload(autoload_with, include_columns, (), resolve_fks, _extend_on, _reflect_info)
        if items:
            self._init_items(*items, allow_replacements=extend_existing or keep_existing or autoload_with is not None)

    def _init_existing(self, *items, **kw):
        """Changes a table that is already there."""
        autoload_with = kw.pop("autoload_with", None)
        autoload_replace = kw.pop("autoload_replace", True)
        schema = kw.pop("schema", None)
        for name in ("extend_existing", "keep_existing"):
            kw.pop(name, None)
        reflect_info = kw.pop("_reflect_info", None)
        if schema and schema != self.schema:
            raise exc.ArgumentError(f"Can't change schema of existing table from '{self.schema}' to '{schema}'")
        include = kw.pop("include_columns", None)
        if include is not None:
            for column in list(self.c):
                if column.name not in include:
                    self._columns.remove(column)
        resolve_fks, extend_on = kw.pop("resolve_fks", True), kw.pop("_extend_on", None)
        for name in ("quote", "quote_schema"):
            if name in kw:
                raise exc.ArgumentError("Can't redefine 'quote' or 'quote_schema' arguments")
        self.comment = kw.pop("comment", self.comment)
        self.implicit_returning = kw.pop("implicit_returning", self.implicit_returning)
        if "info" in kw:
            self.info = kw.pop("info")
        for name, function in kw.pop("listeners", ()):
            from sqlalchemy import event

            event.listen(self, name, function)
        if autoload_with is not None:
            exclude = () if autoload_replace else [column.name for column in self.c]
            self._autoload(autoload_with, include, exclude, resolve_fks, extend_on, reflect_info)
        self._prefixes += list(kw.pop("prefixes", None) or ())
        self._validate_dialect_kwargs(kw)
        self._init_items(*items, allow_replacements=True)

    def _autoload(self, bind, include_columns, exclude_columns, resolve_fks, extend_on, reflect_info=None):
        """Reads the columns, constraints and indexes that the database has."""
        from sqlalchemy.inspection import inspect

        inspect(bind).reflect_table(
            self, include_columns, exclude_columns, resolve_fks, _extend_on=extend_on, _reflect_info=reflect_info
        )

    # -- what it is made of

    @property
    def columns(self):
        return self._columns

    @property
    def c(self):
        return self._columns

    @property
    def exported_columns(self):
        return self._columns

    @property
    def key(self):
        return get_table_key(self.name, self.schema)

    @property
    def description(self):
        return self.name

    @property
    def _sorted_constraints(self):
        return sorted(self.constraints, key=lambda constraint: constraint._creation_order)

    @property
    def foreign_key_constraints(self):
        return {key.constraint for key in self.foreign_keys if key.constraint is not None}

    @property
    def autoincrement_column(self):
        return self.primary_key._autoincrement_column

    _autoincrement_column = autoincrement_column

    def __str__(self):
        return self.key

    def __repr__(self):
        parts = [repr(self.name), repr(self.metadata)] + [repr(column) for column in self.columns]
        return f"Table({', '.join(parts)}, schema={self.schema!r})"

    # -- changes

    def append_column(self, column, replace_existing=False):
        try:
            column._set_parent_with_dispatch(self, allow_replacements=replace_existing)
        except exc.DuplicateColumnError as error:
            raise exc.DuplicateColumnError(
                f"{error.args[0]} Specify replace_existing=True to Table.append_column() to replace an existing column."
            ) from error

    def append_constraint(self, constraint):
        constraint._set_parent_with_dispatch(self)

    def add_is_dependent_on(self, table):
        self._extra_dependencies.add(table)

    # -- in the database

    def exists(self, bind):
        """Whether the database has the table."""
        from sqlalchemy.inspection import inspect

        return inspect(bind).has_table(self.name, schema=self.schema)

    def create(self, bind, checkfirst=False):
        """Creates the table with its indexes and the types it brings along."""
        from limbeck_runtime.schema_run import create_tables

        create_tables([self], bind, checkfirst)

    def drop(self, bind, checkfirst=False):
        """Drops the table."""
        from limbeck_runtime.schema_run import drop_tables

        drop_tables([self], bind, checkfirst)

    # -- copies

    def to_metadata(self, metadata, schema=RETAIN_SCHEMA, referred_schema_fn=None, name=None):
        """The same table in another `MetaData`, under another name or schema if given."""
        name = self.name if name is None else name
        if schema is RETAIN_SCHEMA:
            actual = self.schema
        else:
            actual = metadata.schema if schema is None else schema
        key = get_table_key(name, actual)
        if key in metadata.tables:
            from sqlalchemy.schema.item import warn

            warn(f"Table '{self.description}' already exists within the given MetaData - not copying.")
            return metadata.tables[key]
        columns = [column._copy(schema=actual) for column in self.columns]
        table = Table(name, metadata, *columns, schema=actual, comment=self.comment, **self.kwargs)
        for constraint in self._sorted_constraints:
            if constraint.__visit_name__ == "foreign_key_constraint":
                referred = constraint._referred_schema
                if referred_schema_fn:
                    target = referred_schema_fn(self, actual, constraint, referred)
                else:
                    target = actual if referred == self.schema else None
                table.append_constraint(constraint._copy(schema=target, target_table=table))
            elif not constraint._type_bound and not constraint._column_flag:
                table.append_constraint(constraint._copy(schema=actual, target_table=table))
        for index in self.indexes:
            if not index._column_flag:
                index._copy(target_table=table)
        return self._schema_item_copy(table)

    tometadata = to_metadata
