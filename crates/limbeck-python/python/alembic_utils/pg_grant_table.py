"""Grants on tables."""

from enum import Enum

from alembic_utils.exceptions import BadInputException
from alembic_utils.replaceable_entity import ReplaceableEntity, sql_text
from alembic_utils.statement import coerce_to_quoted, coerce_to_unquoted


class PGGrantTableChoice(str, Enum):
    """What can be granted: the first four on columns, the others on the whole table."""

    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    REFERENCES = "REFERENCES"
    DELETE = "DELETE"
    TRUNCATE = "TRUNCATE"
    TRIGGER = "TRIGGER"

    def __str__(self):
        return str.__str__(self)

    def __repr__(self):
        return f"'{str.__str__(self)}'"

    def __format__(self, spec):
        return format(self.value, spec)


_ON_COLUMNS = (
    PGGrantTableChoice.SELECT,
    PGGrantTableChoice.INSERT,
    PGGrantTableChoice.UPDATE,
    PGGrantTableChoice.REFERENCES,
)


class PGGrantTable(ReplaceableEntity):
    type_ = "grant_table"

    def __init__(self, schema, table, role, grant, columns=None, with_grant_option=False):
        self.schema = coerce_to_unquoted(schema)
        self.table = coerce_to_unquoted(table)
        self.columns = sorted(columns) if columns else []
        self.role = coerce_to_unquoted(role)
        self.grant = PGGrantTableChoice(grant)
        self.with_grant_option = with_grant_option
        self.signature = self.identity
        if (self.grant in _ON_COLUMNS) != bool(self.columns):
            word = "must be" if self.grant in _ON_COLUMNS else "must not be"
            raise BadInputException(f"When grant type is {self.grant} a value {word} provided for columns")

    @property
    def identity(self):
        return f"{self.__class__.__name__}: {self.schema}.{self.table}.{self.role}.{self.grant}"

    @property
    def definition(self):
        return f"{self.__class__.__name__}: {self.schema} {self.grant} {self.table} {self.role} {self.columns}"

    @property
    def _table(self):
        return f"{self.literal_schema}.{coerce_to_quoted(self.table)}"

    def to_sql_statement_create(self):
        option = " WITH GRANT OPTION" if self.with_grant_option else ""
        columns = f"( {', '.join(self.columns)} )" if self.columns else ""
        return sql_text(f"GRANT {self.grant} {columns} ON {self._table} TO {coerce_to_quoted(self.role)} {option}")

    def to_sql_statement_drop(self, cascade=False):
        return sql_text(f"REVOKE {self.grant} ON {self._table} FROM {coerce_to_quoted(self.role)}")

    def to_sql_statement_create_or_replace(self):
        yield self.to_sql_statement_drop()
        yield self.to_sql_statement_create()
