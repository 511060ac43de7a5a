"""The inspector: what a live database holds, read by the engine, told as SQLAlchemy tells it."""

from enum import Flag, auto

from limbeck_runtime.reflection.question import by_name, described
from sqlalchemy import exc
from sqlalchemy.engine.reflection_multi import MultiInspection
from sqlalchemy.engine.reflection_order import TableOrder
from sqlalchemy.inspection import _self_inspects


class ObjectKind(Flag):
    """Which relations are meant."""

    TABLE = auto()
    VIEW = auto()
    MATERIALIZED_VIEW = auto()
    ANY_VIEW = VIEW | MATERIALIZED_VIEW
    ANY = TABLE | VIEW | MATERIALIZED_VIEW


class ObjectScope(Flag):
    """Which lifetimes are meant."""

    DEFAULT = auto()
    TEMPORARY = auto()
    ANY = DEFAULT | TEMPORARY


def cache(function):
    """Keeps the answer of an inspector's method, as long as the inspector's cache does."""

    def answer(self, *args, **kw):
        kw.pop("info_cache", None)
        key = (function.__name__, args, tuple(sorted((name, str(value)) for name, value in kw.items())))
        if key not in self.info_cache:
            self.info_cache[key] = function(self, *args, **kw)
        return self.info_cache[key]

    answer.__name__ = function.__name__
    answer.__doc__ = function.__doc__
    return answer


@_self_inspects
class Inspector(TableOrder, MultiInspection):
    """Reads the schema of the database behind an engine or a connection."""

    def __init__(self, bind):
        self.bind = bind
        self.engine = getattr(bind, "engine", bind)
        self.dialect = bind.dialect
        self.info_cache = {}
        self._made_reader = None

    @classmethod
    def from_engine(cls, bind):
        """An inspector of an engine or a connection."""
        return cls(bind)

    @property
    def _reader(self):
        if self._made_reader is None:
            from limbeck_runtime.reflection import reader

            self._made_reader = reader(self.dialect)
        return self._made_reader

    def clear_cache(self):
        """Forgets what was read."""
        self.info_cache.clear()

    def _operation_context(self):
        """The connection to ask, closed again where the inspector opened it."""
        return _Asked(self.bind)

    def _inspection_context(self):
        return _Inspecting(self)

    @property
    def default_schema_name(self):
        with self._operation_context() as connection:
            found = self.dialect.default_schema_name or connection.dialect.default_schema_name
        return "main" if found is None and self.dialect.name == "sqlite" else found

    # -- lists of names

    @cache
    def get_schema_names(self, **kw):
        with self._operation_context() as connection:
            return self._reader.schema_names(connection)

    @cache
    def get_table_names(self, schema=None, **kw):
        with self._operation_context() as connection:
            return self._reader.table_names(connection, schema, **kw)

    @cache
    def get_temp_table_names(self, **kw):
        with self._operation_context() as connection:
            return self._reader.temp_table_names(connection, **kw)

    @cache
    def get_temp_view_names(self, **kw):
        with self._operation_context() as connection:
            return self._reader.temp_view_names(connection, **kw)

    @cache
    def get_view_names(self, schema=None, **kw):
        with self._operation_context() as connection:
            return self._reader.view_names(connection, schema, **kw)

    @cache
    def get_materialized_view_names(self, schema=None, **kw):
        with self._operation_context() as connection:
            return self._reader.materialized_view_names(connection, schema)

    @cache
    def get_sequence_names(self, schema=None, **kw):
        with self._operation_context() as connection:
            return self._reader.sequence_names(connection, schema)

    @cache
    def get_foreign_table_names(self, schema=None):
        with self._operation_context() as connection:
            return self._reader.foreign_table_names(connection, schema)

    @cache
    def get_enums(self, schema=None):
        """Enum types (PostgreSQL)."""
        with self._operation_context() as connection:
            return self._reader.enums(connection, schema)

    @cache
    def get_domains(self, schema=None):
        """Domains (PostgreSQL)."""
        with self._operation_context() as connection:
            return self._reader.domains(connection, schema)

    @cache
    def get_view_definition(self, view_name, schema=None, **kw):
        with self._operation_context() as connection:
            return self._reader.view_definition(connection, view_name, schema)

    # -- whether something is there

    @cache
    def has_table(self, table_name, schema=None, **kw):
        if not isinstance(table_name, str):
            raise exc.ArgumentError("the parameter table_name must be a string")
        with self._operation_context() as connection:
            if schema is not None and self.dialect.name == "sqlite":
                if schema not in self._reader.schema_names(connection):
                    return False
            return bool(described(connection, schema, [table_name], "names")["tables"])

    @cache
    def has_schema(self, schema_name, **kw):
        return schema_name in self.get_schema_names()

    @cache
    def has_sequence(self, sequence_name, schema=None, **kw):
        return sequence_name in self.get_sequence_names(schema)

    @cache
    def has_index(self, table_name, index_name, schema=None, **kw):
        if not self.has_table(table_name, schema):
            return False
        return any(index["name"] == index_name for index in self.get_indexes(table_name, schema))

    @cache
    def has_type(self, type_name, schema=None, **kw):
        with self._operation_context() as connection:
            return self._reader.has_type(connection, type_name, schema)

    @cache
    def get_table_oid(self, table_name, schema=None):
        with self._operation_context() as connection:
            return self._reader.table_oid(connection, table_name, schema)

    # -- parts of one table

    def _of_table(self, part, table_name, schema):
        """One part of one table."""
        if not self._reader.offers(part):
            raise NotImplementedError()
        with self._operation_context() as connection:
            answer = described(connection, schema, [table_name], _wanted(self._reader, part))
            found = list(by_name(answer).values())
            if not found:
                raise self._reader.no_such_table(table_name, schema)
            return self._told(connection, part, found[0], answer, schema)

    def _told(self, connection, part, table, answer, schema):
        reader = self._reader
        if part == "columns":
            return reader.columns(connection, table, answer, schema)
        return getattr(reader, part)(connection, table, schema)

    @cache
    def get_columns(self, table_name, schema=None, **kw):
        return self._of_table("columns", table_name, schema)

    @cache
    def get_pk_constraint(self, table_name, schema=None, **kw):
        return self._of_table("primary_key", table_name, schema)

    @cache
    def get_foreign_keys(self, table_name, schema=None, **kw):
        return self._of_table("foreign_keys", table_name, schema)

    @cache
    def get_indexes(self, table_name, schema=None, **kw):
        return self._of_table("indexes", table_name, schema)

    @cache
    def get_unique_constraints(self, table_name, schema=None, **kw):
        return self._of_table("unique_constraints", table_name, schema)

    @cache
    def get_check_constraints(self, table_name, schema=None, **kw):
        return self._of_table("check_constraints", table_name, schema)

    @cache
    def get_table_comment(self, table_name, schema=None, **kw):
        return self._of_table("comment", table_name, schema)

    @cache
    def get_table_options(self, table_name, schema=None, **kw):
        return self._of_table("options", table_name, schema)

    def _describe(self, schema, names):
        """Everything about some tables in one question, for `reflect_table`."""
        from limbeck_runtime.reflection.into_table import describe

        with self._operation_context() as connection:
            return describe(self, connection, schema, names)

    def reflect_table(
        self, table, include_columns, exclude_columns=(), resolve_fks=True, _extend_on=None, _reflect_info=None
    ):
        """Gives a table the columns, constraints and indexes that the database has."""
        from limbeck_runtime.reflection.into_table import reflect_table

        reflect_table(self, table, include_columns, exclude_columns or (), resolve_fks, _extend_on, _reflect_info)


def _wanted(reader, part):
    """The parts of the engine's description that a part of the answer needs."""
    return {
        "columns": reader.COLUMNS,
        "primary_key": reader.PRIMARY_KEY,
        "foreign_keys": reader.FOREIGN_KEYS,
        "indexes": reader.INDEXES,
        "unique_constraints": reader.UNIQUE,
        "check_constraints": reader.CHECKS,
        "comment": reader.COMMENT,
        "options": reader.OPTIONS,
    }[part]


class _Asked:
    """A connection for one question: the inspector's own, or one of its engine's."""

    def __init__(self, bind):
        self.bind = bind
        self.opened = None

    def __enter__(self):
        if hasattr(self.bind, "_bind"):
            begin = getattr(self.bind, "_autobegin", None)
            if begin is not None:
                begin()
            return self.bind
        self.opened = self.bind.connect()
        return self.opened

    def __exit__(self, kind, value, traceback):
        if self.opened is not None:
            self.opened.close()


class _Inspecting:
    """An inspector that keeps one connection while it is used."""

    def __init__(self, inspector):
        self.inspector = inspector
        self.asked = _Asked(inspector.bind)

    def __enter__(self):
        made = Inspector(self.asked.__enter__())
        made.info_cache = self.inspector.info_cache
        return made

    def __exit__(self, kind, value, traceback):
        self.asked.__exit__(kind, value, traceback)
