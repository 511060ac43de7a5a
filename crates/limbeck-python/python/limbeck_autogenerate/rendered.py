"""What the project writes in its own words: `render_item`, and renderers of operations."""

from alembic import autogenerate
from alembic.autogenerate.api import AutogenContext
from limbeck_autogenerate.names import canonical, plain
from limbeck_autogenerate.schema_data import constraints_of
from sqlalchemy import Column

# What `render_item` calls the kinds of constraints.
_CONSTRAINTS = {
    "primary_key_constraint": "primary_key",
    "unique_constraint": "unique",
    "foreign_key_constraint": "foreign_key",
    "check_constraint": "check",
    "table_or_column_check_constraint": "check",
    "column_check_constraint": "check",
    "exclude_constraint": "exclude",
}


class NoRenderer(Exception):
    """An operation of the project's own that nobody says how to write."""


class Rendered:
    """Asks for one script at a time, and keeps the answers that are not the usual ones."""

    def __init__(self, context, objects):
        self._render_item = context.opts.get("render_item")
        self._objects = objects
        self._context = context
        self._autogenerate = None
        self.items = []

    def begin(self):
        """A new script."""
        self.items = []
        self._autogenerate = None

    @property
    def context(self):
        """What the project's functions are given."""
        if self._autogenerate is None:
            metadata = self._context.opts.get("target_metadata")
            self._autogenerate = AutogenContext(self._context, metadata, autogenerate=False)
        return self._autogenerate

    def imports(self):
        """The imports that the project's functions have asked for."""
        return set(self._autogenerate.imports) if self._autogenerate is not None else set()

    # -- operations

    def own_text(self, op):
        """An operation in the words of a renderer of the project's; None where it has none."""
        renderer = self._renderer(op)
        if renderer is None or str(getattr(renderer, "__module__", "")).startswith("alembic."):
            return None
        return self._called(renderer, op)

    def text(self, op):
        """An operation of the project's own, or one with values that the engine has no data for."""
        renderer = self._renderer(op)
        if renderer is None:
            raise NoRenderer(
                "no renderer is registered for %s: autogenerate.renderers.dispatch_for(%s) says how it is written"
                % (type(op).__name__, type(op).__name__)
            )
        return self._called(renderer, op)

    @staticmethod
    def _renderer(op):
        try:
            return autogenerate.renderers.dispatch(op)
        except ValueError:
            return None

    def _called(self, renderer, op):
        lines = renderer(self.context, op)
        return [lines] if isinstance(lines, str) else list(lines)

    # -- parts

    def look(self, op, data):
        """Asks `render_item` about the parts of an operation, and notes the answers that are not the usual ones."""
        if self._render_item is None:
            return
        table = data.get("table")
        if data["operation"] == "create_table":
            columns = {column.name: column for column in op.columns if isinstance(column, Column)}
            for column in table.get("columns", ()):
                if plain(column["name"]) in columns:
                    self._column(columns[plain(column["name"])], column)
            self._constraints(op.to_table(self._context), table)
        elif data["operation"] == "add_column":
            self._column(op.column, data["column"])
        elif data["operation"] == "alter_column":
            for given, place in ((op.modify_type, data), (op.existing_type, data.get("existing", {}))):
                if given is not None and "data_type" in place:
                    self._ask("type", given, place["data_type"])
            for given, place in (
                (op.modify_server_default, data),
                (op.existing_server_default, data.get("existing", {})),
            ):
                if given not in (None, False) and place.get("default") is not None:
                    self._ask("server_default", given, place["default"])

    def _column(self, column, data):
        self._ask("column", column, data)
        self._ask("type", column.type, data["data_type"])
        if data.get("default") is not None:
            self._ask("server_default", column.server_default, data["default"])

    def _constraints(self, table, data):
        for constraint in constraints_of(table):
            kind = _CONSTRAINTS.get(constraint.__visit_name__)
            found = canonical(self._objects.schema.constraint(constraint))
            for one in data.get("constraints", ()):
                if canonical(one) == found:
                    self._ask(kind, constraint, one, "constraint")

    def _ask(self, kind, item, data, noted=None):
        answer = self._render_item(kind, item, self.context)
        if answer is False:
            return
        note = {"kind": noted or kind, "item": data, "text": answer}
        if note not in self.items:
            self.items.append(note)
