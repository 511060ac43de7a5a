"""What all entities have in common, and the registry that env.py fills."""

from alembic_utils import reversible_op  # noqa: F401  registers the operations
from alembic_utils.statement import (
    coerce_to_quoted,
    coerce_to_unquoted,
    escape_colon_for_sql,
    normalize_whitespace,
    strip_terminating_semicolon,
)


def parsed(pattern, sql):
    """The named parts of a statement, whatever its case; `None` if it is no such statement."""
    import re

    found = re.fullmatch(pattern, sql.strip(), re.IGNORECASE | re.DOTALL)
    return found.groupdict() if found else None


def sql_text(sql):
    """A statement by its text."""
    from sqlalchemy.sql.elements import TextClause

    return TextClause(sql)


class ReplaceableEntity:
    """An entity with a schema, a signature and a definition."""

    type_ = None

    def __init__(self, schema, signature, definition):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = escape_colon_for_sql(strip_terminating_semicolon(definition))

    @classmethod
    def from_sql(cls, sql):
        """The entity that a statement creates."""
        raise NotImplementedError()

    @classmethod
    def from_path(cls, path):
        """The entity that the statement in a file creates."""
        with open(path) as file:
            return cls.from_sql(file.read())

    @property
    def literal_schema(self):
        return coerce_to_quoted(self.schema)

    def to_sql_statement_create(self):
        raise NotImplementedError()

    def to_sql_statement_drop(self, cascade=False):
        raise NotImplementedError()

    def to_sql_statement_create_or_replace(self):
        raise NotImplementedError()

    @property
    def identity(self):
        return f"{self.__class__.__name__}: {self.schema}.{self.signature}"

    def to_variable_name(self):
        name = self.signature.split("(")[0].strip().lower().replace("-", "_")
        return f"{self.schema.lower()}_{name}"

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.identity)


class ReplaceableEntityRegistry:
    """The entities that a project compares with its database."""

    def __init__(self):
        self.clear()

    def clear(self):
        self._entities = {}
        self.schemas = set()
        self.exclude_schemas = set()
        self.entity_types = set()

    def register(self, entities, schemas=None, exclude_schemas=None, entity_types=None):
        self._entities.update({entity.identity: entity for entity in entities})
        self.schemas |= set(schemas or ())
        self.exclude_schemas |= set(exclude_schemas or ())
        self.entity_types |= set(entity_types or ())

    def entities(self):
        return list(self._entities.values())


registry = ReplaceableEntityRegistry()


def register_entities(entities, schemas=None, exclude_schemas=None, entity_types=None):
    """Remembers the entities that a comparison looks at."""
    registry.register(entities, schemas, exclude_schemas, entity_types)
