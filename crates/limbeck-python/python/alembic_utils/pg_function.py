"""Functions."""

from alembic_utils.exceptions import SQLParseFailure
from alembic_utils.replaceable_entity import ReplaceableEntity, parsed, sql_text
from alembic_utils.statement import (
    escape_colon_for_plpgsql,
    escape_colon_for_sql,
    normalize_whitespace,
    strip_terminating_semicolon,
)


class PGFunction(ReplaceableEntity):
    type_ = "function"

    def __init__(self, schema, signature, definition):
        super().__init__(schema, signature, definition)
        language = normalize_whitespace(definition).lower().replace("'", "")
        escape = escape_colon_for_plpgsql if "language plpgsql" in language else escape_colon_for_sql
        self.definition = escape(strip_terminating_semicolon(definition))

    @classmethod
    def from_sql(cls, sql):
        found = parsed(
            r"create.*?function\s+(?P<schema>.+?)\.(?P<signature>.+?)\s+returns\s+(?P<definition>.+)", sql
        )
        if found is None:
            raise SQLParseFailure(f'Failed to parse SQL into PGFunction """{sql}"""')
        signature = found["signature"]
        if signature.startswith('"'):
            signature = "".join(signature.split('"', 2))
        return cls(found["schema"], signature, "returns " + found["definition"])

    @property
    def literal_signature(self):
        name, remainder = self.signature.split("(", 1)
        return f'"{name.strip()}"({remainder}'

    def to_sql_statement_create(self):
        return sql_text(f"CREATE FUNCTION {self.literal_schema}.{self.literal_signature} {self.definition}")

    def to_sql_statement_drop(self, cascade=False):
        name, _, rest = self.signature.partition("(")
        parameters = rest.rpartition(")")[0].strip().split(",")
        without_defaults = [one[: len(one.lower().split("default")[0])].strip() for one in parameters]
        return sql_text(
            f'DROP FUNCTION {self.literal_schema}."{name.strip()}"({", ".join(without_defaults)}) '
            f"{'cascade' if cascade else ''}"
        )

    def to_sql_statement_create_or_replace(self):
        yield sql_text(
            f"CREATE OR REPLACE FUNCTION {self.literal_schema}.{self.literal_signature} {self.definition}"
        )
