"""Extensions."""

from alembic_utils.replaceable_entity import ReplaceableEntity, sql_text
from alembic_utils.statement import coerce_to_unquoted, normalize_whitespace


class PGExtension(ReplaceableEntity):
    type_ = "extension"

    def __init__(self, schema, signature):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = f"{self.__class__.__name__}: {self.schema} {self.signature}"

    @property
    def identity(self):
        """A database has an extension once, in whatever schema."""
        return f"{self.__class__.__name__}: {self.signature}"

    def to_sql_statement_create(self):
        return sql_text(f'CREATE EXTENSION "{self.signature}" WITH SCHEMA {self.literal_schema};')

    def to_sql_statement_drop(self, cascade=False):
        return sql_text(f'DROP EXTENSION "{self.signature}" {"CASCADE" if cascade else ""}')
