"""Materialized views."""

from alembic_utils.exceptions import SQLParseFailure
from alembic_utils.pg_view import PGView
from alembic_utils.replaceable_entity import parsed, sql_text
from alembic_utils.statement import strip_terminating_semicolon

_CREATE = (
    r"create.*?materialized.*?view\s+(?P<schema>.+?)\.(?P<signature>.+?)\s+as\s+(?P<definition>.+?)"
    r"(?P<data>\s+with\s+(?P<no>no\s+)?data)?"
)


class PGMaterializedView(PGView):
    type_ = "materialized_view"

    def __init__(self, schema, signature, definition, with_data=True):
        super().__init__(schema, signature, definition)
        self.with_data = with_data

    @classmethod
    def from_sql(cls, sql):
        found = parsed(_CREATE, strip_terminating_semicolon(sql))
        if found is None:
            raise SQLParseFailure(f'Failed to parse SQL into PGView """{sql}"""')
        name = found["signature"].split("(")[0].replace('"', "")
        return cls(found["schema"], name, found["definition"], with_data=not found["no"])

    def _create(self, end):
        definition = self.definition.rstrip().rstrip(";")
        data = "" if self.with_data else "NO"
        return sql_text(f"CREATE MATERIALIZED VIEW {self._name} AS {definition} WITH {data} DATA{end}")

    def to_sql_statement_create(self):
        return self._create(";")

    def to_sql_statement_drop(self, cascade=False):
        return sql_text(f"DROP MATERIALIZED VIEW {self._name} {'cascade' if cascade else ''}")

    def to_sql_statement_create_or_replace(self):
        yield sql_text(f"DROP MATERIALIZED VIEW IF EXISTS {self._name}; ")
        yield self._create("")
