"""Policies of row-level security."""

from alembic_utils.exceptions import SQLParseFailure
from alembic_utils.on_entity_mixin import OnEntityMixin
from alembic_utils.replaceable_entity import ReplaceableEntity, parsed, sql_text


class PGPolicy(OnEntityMixin, ReplaceableEntity):
    type_ = "policy"

    @classmethod
    def from_sql(cls, sql):
        found = parsed(
            r"create\s+policy\s+(?P<signature>.+?)\s+on\s+(?P<on_entity>\S+)\s+(?P<definition>.+)", sql
        )
        if found is None:
            raise SQLParseFailure(f'Failed to parse SQL into PGPolicy """{sql}"""')
        on_entity = found["on_entity"]
        if "." not in on_entity:
            on_entity = "public." + on_entity
        return cls(
            schema=on_entity.partition(".")[0],
            signature=found["signature"],
            definition=found["definition"],
            on_entity=on_entity,
        )

    def to_sql_statement_create(self):
        return sql_text(f"CREATE POLICY {self.signature} on {self.on_entity} {self.definition}")

    def to_sql_statement_drop(self, cascade=False):
        return sql_text(f"DROP POLICY {self.signature} on {self.on_entity} {'cascade' if cascade else ''}")

    def to_sql_statement_create_or_replace(self):
        yield sql_text(f"DROP POLICY IF EXISTS {self.signature} on {self.on_entity};")
        yield sql_text(f"CREATE POLICY {self.signature} on {self.on_entity} {self.definition};")
