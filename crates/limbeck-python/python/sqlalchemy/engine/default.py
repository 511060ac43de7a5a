"""Dialects: what a database is called, can do, and how its SQL is written.

A dialect is made from a URL (offline, or before connecting) or from what a live
connection says of its server.
"""

from .later import Later


class TypeCompiler:
    """Types as SQL."""

    def __init__(self, dialect):
        self.dialect = dialect

    def process(self, type_, **kw):
        """A type's SQL for the dialect."""
        return self.dialect.type_text(type_)

    def __getattr__(self, name):
        if name[:6] == "visit_":
            return self.process
        raise AttributeError(name)


class DefaultDialect:
    """What all dialects share, with the answers of plain SQL."""

    name = "default"
    engine_name = "generic"
    driver = "default"
    statement_compiler = Later("sqlalchemy.sql.compiler", "SQLCompiler")
    preparer = Later("sqlalchemy.sql.identifiers", "IdentifierPreparer")
    default_paramstyle = "named"
    paramstyle = "named"
    server_version_info = None
    default_schema_name = None
    default_isolation_level = None
    max_identifier_length = 9999
    max_index_name_length = None
    max_constraint_name_length = None
    label_length = None
    dbapi = None
    is_async = False
    has_terminate = False
    is_mariadb = False
    div_is_floordiv = True
    tuple_in_values = False
    implicit_returning = False
    insert_returning = update_returning = delete_returning = False
    use_insertmanyvalues = False
    postfetch_lastrowid = True
    cte_follows_insert = False
    supports_native_boolean = False
    supports_native_enum = False
    supports_native_uuid = False
    supports_native_decimal = False
    supports_default_values = False
    supports_default_metavalue = False
    supports_empty_insert = True
    supports_multivalues_insert = True
    supports_is_distinct_from = True
    supports_simple_order_by_label = True
    supports_sequences = False
    sequences_optional = False
    supports_alter = True
    supports_schemas = True
    supports_views = True
    supports_comments = False
    inline_comments = False
    supports_constraint_comments = False
    supports_statement_cache = True
    supports_sane_rowcount = True
    supports_sane_multi_rowcount = True
    supports_server_side_cursors = False
    supports_for_update_of = False
    use_mysql_for_share = False
    _backslash_escapes = False
    _supports_jsonb_subscripting = False
    _requires_alias_for_on_duplicate_key = False
    _support_float_cast = False
    _json_serializer = None
    _json_deserializer = None
    _type_memos = {}
    isolation_levels = ()

    def __init__(self, paramstyle=None, json_serializer=None, json_deserializer=None, **kw):
        self.paramstyle = paramstyle or self.default_paramstyle
        if json_serializer is not None:
            self._json_serializer = json_serializer
        if json_deserializer is not None:
            self._json_deserializer = json_deserializer
        if kw.get("label_length"):
            self.label_length = kw["label_length"]
        self._preparers = {}
        self.type_compiler = self.type_compiler_instance = TypeCompiler(self)

    _shared = None

    @classmethod
    def shared(cls):
        """One instance for all who only want text."""
        found = cls.__dict__.get("_shared")
        if found is None:
            found = cls._shared = cls()
        return found

    @property
    def dialect_description(self):
        return self.name + "+" + self.driver

    @property
    def identifier_preparer(self):
        return self.preparer_for(None)

    def preparer_for(self, paramstyle, schema_translate_map=None):
        """The quoter for a paramstyle: two of them write percent signs twice."""
        style = paramstyle or self.paramstyle
        found = self._preparers.get(style)
        if found is None:
            found = self.preparer(self)
            found._double_percents = style in ("format", "pyformat")
            self._preparers[style] = found
        if schema_translate_map:
            translated = self.preparer(self)
            translated._double_percents = found._double_percents
            translated.schema_for_object = lambda table: schema_translate_map.get(
                getattr(table, "schema", None), getattr(table, "schema", None)
            )
            return translated
        return found

    def type_text(self, type_):
        """A type's SQL."""
        import _limbeck
        from limbeck_runtime.type_data import type_text

        try:
            return type_text(type_, self)
        except _limbeck.EngineError as problem:
            from ..exc import UnsupportedCompilationError

            raise UnsupportedCompilationError(
                self.type_compiler_instance, type(type_), str(problem)
            ) from problem

    def bind_cast(self, type_):
        """What follows the mark of a parameter of this type; nothing in most databases."""
        return ""

    def type_descriptor(self, typeobj):
        return typeobj

    def validate_identifier(self, ident):
        from ..exc import IdentifierError

        if len(ident) > self.max_identifier_length:
            raise IdentifierError(
                "Identifier '%s' exceeds maximum length of %d characters"
                % (ident, self.max_identifier_length)
            )

    def get_dialect_pool_class(self, url):
        from ..pool import QueuePool

        return QueuePool

    poolclass = None

    # -- what only a connection can answer

    def _inspector(self, connection):
        from ..inspection import inspect

        return inspect(connection)

    def has_table(self, connection, table_name, schema=None, **kw):
        return self._inspector(connection).has_table(table_name, schema=schema)

    def has_index(self, connection, table_name, index_name, schema=None, **kw):
        found = self._inspector(connection).get_indexes(table_name, schema=schema)
        return any(one["name"] == index_name for one in found)

    def has_sequence(self, connection, sequence_name, schema=None, **kw):
        return self._inspector(connection).has_sequence(sequence_name, schema=schema)

    def __getattr__(self, name):
        # get_columns(connection, …) and its kin are the inspector's.
        if name[:4] == "get_":

            def ask(connection, *arguments, **keywords):
                keywords.pop("info_cache", None)
                return getattr(self._inspector(connection), name)(*arguments, **keywords)

            return ask
        raise AttributeError("%r object has no attribute %r" % (type(self).__name__, name))

    def get_isolation_level_values(self, connection=None):
        return list(self.isolation_levels)

    def do_begin(self, dbapi_connection):
        pass

    def do_commit(self, dbapi_connection):
        dbapi_connection.commit()

    def do_rollback(self, dbapi_connection):
        dbapi_connection.rollback()

    def take_server(self, server):
        """Keeps what a server says of itself."""
        if server.get("version"):
            self.server_version_info = tuple(server["version"])
        if server.get("default_schema"):
            self.default_schema_name = server["default_schema"]
        # A script that is written has no server.
        if self.server_version_info is not None:
            self._know_version()

    def _know_version(self):
        """Sets what depends on the server's version."""

    def __repr__(self):
        return "<%s.%s object at 0x%x>" % (type(self).__module__, type(self).__name__, id(self))


class StrCompileDialect(DefaultDialect):
    """The dialect of `str(statement)`: everything is possible, nothing is refused."""

    statement_compiler = Later("sqlalchemy.sql.compiler", "StrSQLCompiler")
    supports_native_boolean = True
    supports_sequences = True
    sequences_optional = True
    insert_returning = update_returning = delete_returning = True
