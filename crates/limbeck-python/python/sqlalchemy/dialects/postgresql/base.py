"""PostgreSQL's dialect."""

from ...engine.default import DefaultDialect, EnginePreparer
from .compiler import PGCompiler


class PGIdentifierPreparer(EnginePreparer):
    """PostgreSQL's quoting."""


class PGDialect(DefaultDialect):
    """PostgreSQL."""

    name = engine_name = "postgresql"
    driver = "psycopg2"
    statement_compiler = PGCompiler
    preparer = PGIdentifierPreparer
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
        # An array of unknown elements cannot be sent, so arrays say what they are.
        if not getattr(type_, "_is_array", False):
            return ""
        type_ = type_.dialect_impl(self)
        return "" if type_.item_type._isnull else "::" + self.type_text(type_)

    def _know_version(self):
        self._supports_jsonb_subscripting = self.server_version_info >= (14,)
        # standard_conforming_strings is on in every server that is still in use.
        self._backslash_escapes = False


PGDialect_psycopg2 = PGDialect
dialect = PGDialect
