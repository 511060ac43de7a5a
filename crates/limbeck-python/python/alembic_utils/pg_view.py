"""Views."""

from alembic_utils.exceptions import SQLParseFailure
from alembic_utils.replaceable_entity import ReplaceableEntity, parsed, sql_text
from alembic_utils.statement import coerce_to_unquoted, normalize_whitespace, strip_terminating_semicolon


class PGView(ReplaceableEntity):
    type_ = "view"

    def __init__(self, schema, signature, definition):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = strip_terminating_semicolon(definition)

    @classmethod
    def from_sql(cls, sql):
        found = parsed(r"create.*?view\s+(?P<schema>.+?)\.(?P<signature>.+?)\s+as\s+(?P<definition>.+)", sql)
        if found is None:
            raise SQLParseFailure(f'Failed to parse SQL into PGView """{sql}"""')
        return cls(found["schema"], found["signature"].split("(")[0].replace('"', ""), found["definition"])

    @property
    def _name(self):
        return f'{self.literal_schema}."{self.signature}"'

    def to_sql_statement_create(self):
        return sql_text(f"CREATE VIEW {self._name} AS {self.definition};")

    def to_sql_statement_drop(self, cascade=False):
        return sql_text(f"DROP VIEW {self._name} {'cascade' if cascade else ''}")

    def to_sql_statement_create_or_replace(self):
        """Replaces the view; one whose columns changed is dropped and created."""
        yield sql_text(
            f"""
        do $$
            begin
                CREATE OR REPLACE VIEW {self._name} AS {self.definition};

            exception when others then
                DROP VIEW IF EXISTS {self._name};

                CREATE VIEW {self._name} AS {self.definition};
            end;
        $$ language 'plpgsql'
        """
        )
