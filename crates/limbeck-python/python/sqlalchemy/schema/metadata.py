"""A collection of tables, and the order in which they can be made."""

from sqlalchemy import exc
from sqlalchemy.schema.item import SchemaItem, get_table_key
from sqlalchemy.schema.naming import DEFAULT_NAMING_CONVENTION
from sqlalchemy.sql.elements import quoted_name


class _Tables(dict):
    """Tables by key; they come and go through the `MetaData` only."""

    def __hash__(self):
        return id(self)


class MetaData(SchemaItem):
    """A collection of tables."""

    __visit_name__ = "metadata"

    def __init__(self, schema=None, quote_schema=None, naming_convention=None, info=None):
        if schema is not None and not isinstance(schema, str):
            raise exc.ArgumentError(f"expected schema argument to be a string, got {type(schema)}.")
        self.tables = _Tables()
        self.schema = quoted_name.construct(schema, quote_schema)
        self.naming_convention = naming_convention or DEFAULT_NAMING_CONVENTION
        if info:
            self.info = info
        self._schemas = set()
        self._sequences = {}
        self._fk_memos = {}
        self._schema_types = []

    def __repr__(self):
        return "MetaData()"

    def __contains__(self, table_or_key):
        return getattr(table_or_key, "key", table_or_key) in self.tables

    def _add_table(self, name, schema, table):
        self.tables[get_table_key(name, schema)] = table
        if schema:
            self._schemas.add(schema)

    def _remove_table(self, name, schema):
        removed = self.tables.pop(get_table_key(name, schema), None)
        for key in getattr(removed, "foreign_keys", ()):
            for memo in self._fk_memos.values():
                if key in memo:
                    memo.remove(key)
        self._schemas = {table.schema for table in self.tables.values() if table.schema is not None}

    def clear(self):
        self.tables.clear()
        self._schemas.clear()
        self._fk_memos.clear()

    def remove(self, table):
        self._remove_table(table.name, table.schema)

    @property
    def sorted_tables(self):
        """The tables, each after those it refers to."""
        ordered = sort_tables(sorted(self.tables.values(), key=lambda table: table.key))
        return [table for table, _ in ordered if table is not None]

    def reflect(
        self,
        bind,
        schema=None,
        views=False,
        only=None,
        extend_existing=False,
        autoload_replace=True,
        resolve_fks=True,
        **dialect_kwargs,
    ):
        """Adds the tables that the database has."""
        from sqlalchemy.inspection import inspect
        from sqlalchemy.schema.table import Table

        inspector = inspect(bind)
        schema = self.schema if schema is None else schema
        available = list(inspector.get_table_names(schema))
        if views:
            available += [name for name in inspector.get_view_names(schema) if name not in available]
            if inspector.dialect.name == "postgresql":
                available += inspector.get_materialized_view_names(schema)
        known = set(self.tables)
        load = [name for name in available if extend_existing or get_table_key(name, schema) not in known]
        if callable(only):
            load = [name for name in load if only(name, self)]
        elif only is not None:
            missing = [name for name in only if name not in available]
            if missing:
                place = f" schema '{schema}'" if schema else ""
                raise exc.InvalidRequestError(
                    f"Could not reflect: requested table(s) not available in {bind.engine!r}{place}: "
                    f"({', '.join(missing)})"
                )
            load = [name for name in only if name in load]
        options = {"schema": schema} if schema is not None else {}
        if len(load) > 1:
            options["_reflect_info"] = inspector._describe(schema, load)
        for name in load:
            try:
                Table(
                    name,
                    self,
                    autoload_with=inspector,
                    extend_existing=extend_existing,
                    autoload_replace=autoload_replace,
                    resolve_fks=resolve_fks,
                    **options,
                    **dialect_kwargs,
                )
            except exc.UnreflectableTableError as error:
                from sqlalchemy.schema.item import warn

                warn(f"Skipping table {name}: {error}")

    def create_all(self, bind, tables=None, checkfirst=True):
        """Creates the tables that the database lacks."""
        from limbeck_runtime.schema_run import create_tables

        create_tables(self.tables.values() if tables is None else tables, bind, checkfirst, self)

    def drop_all(self, bind, tables=None, checkfirst=True):
        """Drops the tables that the database has."""
        from limbeck_runtime.schema_run import drop_tables

        drop_tables(self.tables.values() if tables is None else tables, bind, checkfirst, self)


def sort_tables(tables):
    """`(table, foreign keys written with it)` in an order in which the tables can be made; last `(None, keys)` with
    the keys that have to be added afterwards."""
    tables = list(tables)
    present = {id(table): table for table in tables}
    later = []
    needs = {}
    for table in tables:
        needs[id(table)] = {
            id(other) for other in table._extra_dependencies if id(other) in present and other is not table
        }
        for key in _sorted_keys(table):
            if key.use_alter:
                later.append(key)
                continue
            target = _target(key)
            if target is not None and target is not table and id(target) in present:
                needs[id(table)].add(id(target))
    ordered = []
    remaining = list(tables)
    while remaining:
        waiting = {id(table) for table in remaining}
        ready = [table for table in remaining if not needs[id(table)] & waiting]
        if not ready:
            later += _break_cycle(remaining, needs, waiting, later)
            continue
        ordered += ready
        done = {id(table) for table in ready}
        remaining = [table for table in remaining if id(table) not in done]
    late = {id(key) for key in later}
    result = [(table, [key for key in _sorted_keys(table) if id(key) not in late]) for table in ordered]
    return result + [(None, later)]


def _sorted_keys(table):
    return sorted(table.foreign_key_constraints, key=lambda key: key._creation_order)


def _target(key):
    column = key.elements[0]._resolve_column(raiseerr=False) if key.elements else None
    return None if column is None else column.table


def _break_cycle(tables, needs, waiting, later):
    """Takes the references inside a circle of tables out of it."""
    broken = []
    known = {id(key) for key in later}
    for table in tables:
        for key in _sorted_keys(table):
            target = _target(key)
            if target is None or target is table or id(target) not in waiting or id(key) in known:
                continue
            broken.append(key)
            needs[id(table)].discard(id(target))
    if not broken:
        for table in tables:
            needs[id(table)].clear()
    return broken
