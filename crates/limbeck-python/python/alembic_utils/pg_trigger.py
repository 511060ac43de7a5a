"""Triggers."""

from alembic_utils.exceptions import SQLParseFailure
from alembic_utils.on_entity_mixin import OnEntityMixin
from alembic_utils.replaceable_entity import ReplaceableEntity, parsed, sql_text

_BODY = r"(?P<event>.+?)\s+on\s+(?P<on_entity>.+?)\s+(?P<action>.+)"


class PGTrigger(OnEntityMixin, ReplaceableEntity):
    type_ = "trigger"

    def __init__(self, schema, signature, definition, on_entity, is_constraint=False):
        super().__init__(schema=schema, signature=signature, definition=definition, on_entity=on_entity)
        self.is_constraint = is_constraint

    @property
    def identity(self):
        return (
            f"{self.__class__.__name__}: {self.schema}.{self.signature} {self.is_constraint} {self.on_entity}"
        )

    @classmethod
    def from_sql(cls, sql):
        found = parsed(r"create\s+(?P<constraint>constraint\s+)?trigger\s+(?P<signature>\S+)\s+" + _BODY, sql)
        if found is None:
            raise SQLParseFailure(f'Failed to parse SQL into PGTrigger """{sql}"""')
        on_entity = found["on_entity"]
        if "." not in on_entity:
            on_entity = "public." + on_entity
        return cls(
            schema=on_entity.split(".")[0],
            signature=found["signature"],
            on_entity=on_entity,
            definition=f" {found['event']} ON {on_entity} {found['action']}",
            is_constraint=bool(found["constraint"]),
        )

    def to_sql_statement_create(self):
        found = parsed(_BODY, self.definition)
        if found is None:
            raise SQLParseFailure(f'Failed to parse SQL into PGTrigger.definition """{self.definition}"""')
        table = found["on_entity"].rpartition(".")[2] if "." in found["on_entity"] else found["on_entity"]
        constraint = " CONSTRAINT " if self.is_constraint else " "
        return sql_text(
            f'CREATE{constraint}TRIGGER "{self.signature}" {found["event"]} ON {self.schema}.{table} '
            f"{found['action']}"
        )

    def to_sql_statement_drop(self, cascade=False):
        return sql_text(f'DROP TRIGGER "{self.signature}" ON {self.on_entity} {"cascade" if cascade else ""}')

    def to_sql_statement_create_or_replace(self):
        yield sql_text(f'DROP TRIGGER IF EXISTS "{self.signature}" ON {self.on_entity};')
        yield self.to_sql_statement_create()
