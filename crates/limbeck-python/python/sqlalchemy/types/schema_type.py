"""Types that bring something along into the schema: a CHECK, or a type of the database's own."""

from sqlalchemy.types.engine import TypeEngine


class SchemaEventTarget:
    """Marks what wants to know when it is put somewhere."""

    _is_mixin = True


class Emulated:
    """Marks types that a database without them plays by another type."""

    _is_mixin = True


class NativeForEmulated:
    """Marks a database's own form of an emulated type."""

    _is_mixin = True


class SchemaType(SchemaEventTarget, TypeEngine):
    """A type with a name of its own in the schema."""

    _is_mixin = True
    _is_schema_type = True
    _use_schema_map = True
    create_constraint = False

    def __init__(self, name=None, schema=None, metadata=None, inherit_schema=None, quote=None, _create_events=True):
        from sqlalchemy.sql.elements import quoted_name

        self.name = quoted_name(name, quote) if name is not None else None
        self.schema = schema
        self.metadata = metadata
        self.inherit_schema = inherit_schema
        self._create_events = _create_events
        if metadata is not None:
            self._join_metadata(metadata)

    def _join_metadata(self, metadata):

        if self.schema is None and metadata.schema:
            self.schema = metadata.schema
        metadata._schema_types.append(self)

    def _set_parent_with_dispatch(self, column, outer=None, **kw):
        """Waits for the column's table, and puts the CHECK there."""
        column._on_table_attach(lambda column, table: self._put_into(column, table))

    def _put_into(self, column, table):
        if self.inherit_schema:
            self.schema = table.schema
        elif self.metadata is not None and self.schema is None and self.metadata.schema:
            self.schema = self.metadata.schema
        if not self.create_constraint or not self._create_events:
            return
        from sqlalchemy.schema.constraint import CheckConstraint
        from sqlalchemy.schema.naming import _NONE_NAME

        check = CheckConstraint(
            self._check_condition(column),
            name=_NONE_NAME if self.name is None else self.name,
            _type_bound=True,
        )
        check._bound_column = column
        table.append_constraint(check)

    def _check_condition(self, column):
        raise NotImplementedError()

    def copy(self, **kw):
        made = super().copy(**kw)
        return made

    def create(self, bind, checkfirst=None):
        """Creates the database's own type for this one, where there is such a thing."""
        from limbeck_runtime.schema_types import create_type

        create_type(self, bind, bool(checkfirst))

    def drop(self, bind, checkfirst=None):
        """Drops the database's own type for this one, where there is such a thing."""
        from limbeck_runtime.schema_types import drop_type

        drop_type(self, bind, bool(checkfirst))
