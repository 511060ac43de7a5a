"""Entities that belong to a table."""

from alembic_utils.statement import coerce_to_unquoted


class OnEntityMixin:
    """Adds the table, which always has a schema."""

    def __init__(self, schema, signature, definition, on_entity):
        super().__init__(schema=schema, signature=signature, definition=definition)
        if "." not in on_entity:
            on_entity = "public." + on_entity
        self.on_entity = coerce_to_unquoted(on_entity)

    @property
    def identity(self):
        return f"{self.__class__.__name__}: {self.schema}.{self.signature} {self.on_entity}"

    def to_variable_name(self):
        name = self.signature.split("(")[0].strip().lower()
        return f"{self.schema.lower()}_{self.on_entity.lower().partition('.')[2]}_{name}"
