"""PostgreSQL's dialect."""

from ...engine.default import DefaultDialect
from ...engine.later import Later


class PGDialect(DefaultDialect):
    """PostgreSQL."""

    name = engine_name = "postgresql"
    driver = "psycopg2"
    statement_compiler = Later("sqlalchemy.dialects.postgresql.compiler", "PGCompiler")
    preparer = Later("sqlalchemy.dialects.postgresql.compiler", "PGIdentifierPreparer")
    default_paramstyle = paramstyle = "pyformat"
    max_identifier_length = 63
    supports_native_boolean = True
    supports_native_enum = True
    supports_native_uuid = True
    supports_default_values = True
    supports_default_metavalue = True
    supports_empty_insert = False
    supports_comments = True
    supports_constraint_comments = True
    supports_sequences = True
    sequences_optional = True
    supports_for_update_of = True
    implicit_returning = True
    insert_returning = update_returning = delete_returning = True
    postfetch_lastrowid = False
    _backslash_escapes = True
    _supports_jsonb_subscripting = True
    isolation_levels = (
        "AUTOCOMMIT",
        "READ UNCOMMITTED",
        "READ COMMITTED",
        "REPEATABLE READ",
        "SERIALIZABLE",
    )
    default_isolation_level = "READ COMMITTED"

    def bind_cast(self, type_):
        # Arrays, documents and UUIDs are sent as text, so their marks say what they are.
        found = self._casts.get(type_.__class__)
        if found is None:
            found = self._casts[type_.__class__] = _needs_cast(type_, self)
        if not found:
            return ""
        type_ = type_.dialect_impl(self)
        if getattr(type_, "_is_array", False) and type_.item_type._isnull:
            return ""
        return "::" + self.type_text(type_)

    _casts = {}

    def _know_version(self):
        self._supports_jsonb_subscripting = self.server_version_info >= (14,)
        # standard_conforming_strings is on in every server that is still in use.
        self._backslash_escapes = False


def _needs_cast(type_, dialect):
    if getattr(type_, "_is_type_decorator", False):
        return _needs_cast(type_.type_engine(dialect), dialect)
    if getattr(type_, "_is_array", False):
        return True
    names = {base.__name__ for base in type(type_).__mro__}
    return bool(names & {"JSON", "UUID", "AbstractRange"}) or (
        "Uuid" in names and getattr(type_, "native_uuid", True)
    )


PGDialect_psycopg2 = PGDialect
dialect = PGDialect


def __getattr__(name):
    if name in ("PGCompiler", "PGIdentifierPreparer"):
        from . import compiler

        return getattr(compiler, name)
    raise AttributeError("module {!r} has no attribute {!r}".format(__name__, name))
