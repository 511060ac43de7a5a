"""Tables and constraints made up from the names that an operation is given."""

from alembic.util.langhelpers import unique_list
from alembic.util.sqla_compat import _textual_index_column
from limbeck_runtime.placeholders import name_of
from sqlalchemy.schema import (
    CheckConstraint,
    Column,
    Constraint,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    get_table_key,
)
from sqlalchemy.types.engine import NULLTYPE
from sqlalchemy.types.number import Integer

_KINDS = {
    "foreignkey": lambda name: ForeignKeyConstraint([], [], name=name),
    "primary": lambda name: PrimaryKeyConstraint(name=name),
    "unique": lambda name: UniqueConstraint(name=name),
    "check": lambda name: CheckConstraint("", name=name),
    None: lambda name: Constraint(name=name),
}


def _columns(names):
    return [Column(name, NULLTYPE) for name in names]


def _asked_convention():
    import _limbeck

    return _limbeck.naming_convention() or None


class SchemaObjects:
    """Makes schema items under the naming convention of a migration context."""

    def __init__(self, migration_context=None):
        self.migration_context = migration_context

    def metadata(self):
        """An empty `MetaData` with the naming convention of the project's own."""
        context = self.migration_context
        target = context.opts.get("target_metadata") if context is not None else None
        if name_of(target) is not None:
            # The application has it, and it may decide the name of each constraint; Limbeck asks for it once.
            target = context.opts["target_metadata"] = MetaData(naming_convention=_asked_convention())
        convention = getattr(target, "naming_convention", None)
        return MetaData(naming_convention=convention if hasattr(convention, "get") else None)

    def primary_key_constraint(self, name, table_name, cols, schema=None, **dialect_kw):
        table = Table(table_name, self.metadata(), *_columns(cols), schema=schema)
        return PrimaryKeyConstraint(*[table.c[column] for column in cols], name=name, **dialect_kw)

    def foreign_key_constraint(
        self,
        name,
        source,
        referent,
        local_cols,
        remote_cols,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        source_schema=None,
        referent_schema=None,
        initially=None,
        match=None,
        **dialect_kw,
    ):
        metadata = self.metadata()
        own = list(local_cols)
        if source == referent and source_schema == referent_schema:
            own += list(remote_cols)
        else:
            Table(referent, metadata, *_columns(remote_cols), schema=referent_schema)
        table = Table(source, metadata, *_columns(unique_list(own)), schema=source_schema)
        target = f"{referent_schema}.{referent}" if referent_schema else referent
        key = ForeignKeyConstraint(
            local_cols,
            [f"{target}.{column}" for column in remote_cols],
            name=name,
            onupdate=onupdate,
            ondelete=ondelete,
            deferrable=deferrable,
            initially=initially,
            match=match,
            **dialect_kw,
        )
        table.append_constraint(key)
        return key

    def unique_constraint(self, name, source, local_cols, schema=None, **kw):
        table = Table(source, self.metadata(), *_columns(local_cols), schema=schema)
        unique = UniqueConstraint(*[table.c[column] for column in local_cols], name=name, **kw)
        table.append_constraint(unique)
        return unique

    def check_constraint(self, name, source, condition, schema=None, **kw):
        table = Table(source, self.metadata(), Column("x", Integer), schema=schema)
        check = CheckConstraint(condition, name=name, **kw)
        table.append_constraint(check)
        return check

    def generic_constraint(self, name, table_name, type_, schema=None, **kw):
        """A constraint that is only a name, of a kind or none."""
        table = self.table(table_name, schema=schema)
        if type_ not in _KINDS:
            raise TypeError(f"'type' can be one of {', '.join(sorted(repr(kind) for kind in _KINDS))}")
        constraint = _KINDS[type_](name)
        table.append_constraint(constraint)
        return constraint

    def table(self, name, *items, _constraints_included=False, **kw):
        """A table of columns, constraints and indexes, with what its foreign keys refer to."""
        metadata = self.metadata()
        columns = [item._copy() if item.table is not None else item for item in items if isinstance(item, Column)]
        if _constraints_included:
            for column in columns:
                column.unique = column.index = False
        table = Table(name, metadata, *columns, **kw)
        for item in items:
            if isinstance(item, Index) or (isinstance(item, Constraint) and not item._type_bound):
                parent = getattr(item, "parent", None)
                elsewhere = parent is not None and parent is not table
                table.append_constraint(item._copy(target_table=table) if elsewhere else item)
        for key in table.foreign_keys:
            self._ensure_table_for_fk(metadata, key)
        return table

    def column(self, name, type_, **kw):
        return Column(name, type_, **kw)

    def index(self, name, tablename, columns, schema=None, **kw):
        table = Table(tablename or "no_table", self.metadata(), schema=schema)
        return Index(name, *[_textual_index_column(table, column) for column in columns], _table=table, **kw)

    def _ensure_table_for_fk(self, metadata, key):
        """What stands for the table that a foreign key refers to."""
        if not isinstance(key._colspec, str):
            return
        schema, table_name, column_name = key._column_tokens
        table_key = get_table_key(table_name, schema)
        if table_key in metadata.tables:
            table = metadata.tables[table_key]
        else:
            table = Table(table_name, metadata, schema=schema)
        if column_name is not None and column_name not in table.c:
            table.append_column(Column(column_name, NULLTYPE))
