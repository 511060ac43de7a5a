from sqlalchemy.dialects import postgresql


class ReplaceableObject:
    def __init__(self, identifier, definition, schema=None):
        self.identifier = identifier
        self.definition = definition
        self.schema = schema

    @property
    def qualified_name(self):
        return f"{self.schema}.{self.identifier}" if self.schema else self.identifier

    def text(self):
        if isinstance(self.definition, str):
            return self.definition
        return str(
            self.definition.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
        )

    def create(self):
        raise NotImplementedError

    def drop(self):
        raise NotImplementedError


class ReplaceableFunction(ReplaceableObject):
    def create(self):
        return f"CREATE OR REPLACE FUNCTION {self.qualified_name} {self.text()}"

    def drop(self):
        return f"DROP FUNCTION {self.qualified_name}"


class ReplaceableView(ReplaceableObject):
    def create(self):
        return f"CREATE VIEW {self.qualified_name} AS {self.text()}"

    def drop(self):
        return f"DROP VIEW {self.qualified_name}"


class ReplaceableMatview(ReplaceableObject):
    def create(self):
        return f"CREATE MATERIALIZED VIEW {self.qualified_name} AS {self.text()}"

    def drop(self):
        return f"DROP MATERIALIZED VIEW {self.qualified_name}"
