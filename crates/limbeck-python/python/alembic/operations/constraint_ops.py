"""Adding and dropping constraints."""

from alembic.operations.base import BatchOperations, Operations
from alembic.operations.operation import MigrateOperation, schema_objects
from alembic.util.langhelpers import Dispatcher
from alembic.util.sqla_compat import _table_for_constraint, constraint_name_or_none

_KINDS = {
    "unique_constraint": "unique",
    "foreign_key_constraint": "foreignkey",
    "primary_key_constraint": "primary",
    "check_constraint": "check",
    "column_check_constraint": "check",
    "table_or_column_check_constraint": "check",
}


class AddConstraintOp(MigrateOperation):
    """Adds a constraint."""

    add_constraint_ops = Dispatcher()

    @property
    def constraint_type(self):
        raise NotImplementedError()

    @classmethod
    def register_add_constraint(cls, type_):
        def register(op_cls):
            cls.add_constraint_ops.dispatch_for(type_)(op_cls.from_constraint)
            return op_cls

        return register

    @classmethod
    def from_constraint(cls, constraint):
        """The operation that adds this constraint."""
        return cls.add_constraint_ops.dispatch(constraint.__visit_name__)(constraint)

    def to_constraint(self, migration_context=None):
        """The constraint on a table of the right name."""
        raise NotImplementedError()

    def reverse(self):
        return DropConstraintOp.from_constraint(self.to_constraint())

    def to_diff_tuple(self):
        return ("add_constraint", self.to_constraint())


@Operations.register_operation("drop_constraint")
@BatchOperations.register_operation("drop_constraint", "batch_drop_constraint")
class DropConstraintOp(MigrateOperation):
    """Drops a constraint by its name."""

    def __init__(self, constraint_name, table_name, type_=None, *, schema=None, if_exists=None, _reverse=None):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.constraint_type = type_
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse

    @classmethod
    def from_constraint(cls, constraint):
        table = _table_for_constraint(constraint)
        return cls(
            constraint_name_or_none(constraint.name),
            table.name,
            schema=table.schema,
            type_=_KINDS.get(constraint.__visit_name__),
            _reverse=AddConstraintOp.from_constraint(constraint),
        )

    def to_constraint(self):
        if self._reverse is None:
            raise ValueError("constraint cannot be produced; original constraint is not present")
        constraint = self._reverse.to_constraint()
        constraint.name = self.constraint_name
        table = _table_for_constraint(constraint)
        table.name = self.table_name
        table.schema = self.schema
        return constraint

    def reverse(self):
        return AddConstraintOp.from_constraint(self.to_constraint())

    def to_diff_tuple(self):
        return ("remove_fk" if self.constraint_type == "foreignkey" else "remove_constraint", self.to_constraint())

    @classmethod
    def drop_constraint(cls, operations, constraint_name, table_name, type_=None, *, schema=None, if_exists=None):
        return operations.invoke(
            cls(constraint_name, table_name, type_=type_, schema=schema, if_exists=if_exists)
        )

    @classmethod
    def batch_drop_constraint(cls, operations, constraint_name, type_=None):
        impl = operations.impl
        return operations.invoke(cls(constraint_name, impl.table_name, type_=type_, schema=impl.schema))


class _ColumnsOp(AddConstraintOp):
    """A constraint on columns by their names."""

    def __init__(self, constraint_name, table_name, columns, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw


@Operations.register_operation("create_primary_key")
@BatchOperations.register_operation("create_primary_key", "batch_create_primary_key")
@AddConstraintOp.register_add_constraint("primary_key_constraint")
class CreatePrimaryKeyOp(_ColumnsOp):
    constraint_type = "primarykey"

    @classmethod
    def from_constraint(cls, constraint):
        table = _table_for_constraint(constraint)
        return cls(
            constraint_name_or_none(constraint.name),
            table.name,
            constraint.columns.keys(),
            schema=table.schema,
            **constraint.dialect_kwargs,
        )

    def to_constraint(self, migration_context=None):
        return schema_objects(migration_context).primary_key_constraint(
            self.constraint_name, self.table_name, self.columns, schema=self.schema, **self.kw
        )

    @classmethod
    def create_primary_key(cls, operations, constraint_name, table_name, columns, *, schema=None):
        return operations.invoke(cls(constraint_name, table_name, columns, schema=schema))

    @classmethod
    def batch_create_primary_key(cls, operations, constraint_name, columns):
        impl = operations.impl
        return operations.invoke(cls(constraint_name, impl.table_name, columns, schema=impl.schema))


@Operations.register_operation("create_unique_constraint")
@BatchOperations.register_operation("create_unique_constraint", "batch_create_unique_constraint")
@AddConstraintOp.register_add_constraint("unique_constraint")
class CreateUniqueConstraintOp(_ColumnsOp):
    constraint_type = "unique"

    @classmethod
    def from_constraint(cls, constraint):
        table = _table_for_constraint(constraint)
        kw = {name: getattr(constraint, name) for name in ("deferrable", "initially") if getattr(constraint, name)}
        return cls(
            constraint_name_or_none(constraint.name),
            table.name,
            [column.name for column in constraint.columns],
            schema=table.schema,
            **kw,
            **constraint.dialect_kwargs,
        )

    def to_constraint(self, migration_context=None):
        return schema_objects(migration_context).unique_constraint(
            self.constraint_name, self.table_name, self.columns, schema=self.schema, **self.kw
        )

    @classmethod
    def create_unique_constraint(cls, operations, constraint_name, table_name, columns, *, schema=None, **kw):
        return operations.invoke(cls(constraint_name, table_name, columns, schema=schema, **kw))

    @classmethod
    def batch_create_unique_constraint(cls, operations, constraint_name, columns, **kw):
        impl = operations.impl
        kw["schema"] = impl.schema
        return operations.invoke(cls(constraint_name, impl.table_name, columns, **kw))


@Operations.register_operation("create_foreign_key")
@BatchOperations.register_operation("create_foreign_key", "batch_create_foreign_key")
@AddConstraintOp.register_add_constraint("foreign_key_constraint")
class CreateForeignKeyOp(AddConstraintOp):
    constraint_type = "foreignkey"

    def __init__(self, constraint_name, source_table, referent_table, local_cols, remote_cols, **kw):
        self.constraint_name = constraint_name
        self.source_table = source_table
        self.referent_table = referent_table
        self.local_cols = local_cols
        self.remote_cols = remote_cols
        self.kw = kw

    def to_diff_tuple(self):
        return ("add_fk", self.to_constraint())

    @classmethod
    def from_constraint(cls, constraint):
        names = ("onupdate", "ondelete", "initially", "deferrable", "use_alter", "match")
        kw = {name: getattr(constraint, name) for name in names if getattr(constraint, name)}
        tokens = [element._column_tokens for element in constraint.elements]
        table = _table_for_constraint(constraint)
        kw["source_schema"] = table.schema
        kw["referent_schema"] = tokens[0][0]
        kw.update(constraint.dialect_kwargs)
        return cls(
            constraint_name_or_none(constraint.name),
            table.name,
            tokens[0][1],
            [element.parent.name for element in constraint.elements],
            [column for _, _, column in tokens],
            **kw,
        )

    def to_constraint(self, migration_context=None):
        return schema_objects(migration_context).foreign_key_constraint(
            self.constraint_name,
            self.source_table,
            self.referent_table,
            self.local_cols,
            self.remote_cols,
            **self.kw,
        )

    @classmethod
    def create_foreign_key(
        cls,
        operations,
        constraint_name,
        source_table,
        referent_table,
        local_cols,
        remote_cols,
        *,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        initially=None,
        match=None,
        source_schema=None,
        referent_schema=None,
        **dialect_kw,
    ):
        return operations.invoke(
            cls(
                constraint_name,
                source_table,
                referent_table,
                local_cols,
                remote_cols,
                onupdate=onupdate,
                ondelete=ondelete,
                deferrable=deferrable,
                source_schema=source_schema,
                referent_schema=referent_schema,
                initially=initially,
                match=match,
                **dialect_kw,
            )
        )

    @classmethod
    def batch_create_foreign_key(
        cls,
        operations,
        constraint_name,
        referent_table,
        local_cols,
        remote_cols,
        *,
        referent_schema=None,
        onupdate=None,
        ondelete=None,
        deferrable=None,
        initially=None,
        match=None,
        **dialect_kw,
    ):
        return operations.invoke(
            cls(
                constraint_name,
                operations.impl.table_name,
                referent_table,
                local_cols,
                remote_cols,
                onupdate=onupdate,
                ondelete=ondelete,
                deferrable=deferrable,
                source_schema=operations.impl.schema,
                referent_schema=referent_schema,
                initially=initially,
                match=match,
                **dialect_kw,
            )
        )


@Operations.register_operation("create_check_constraint")
@BatchOperations.register_operation("create_check_constraint", "batch_create_check_constraint")
@AddConstraintOp.register_add_constraint("check_constraint")
@AddConstraintOp.register_add_constraint("table_or_column_check_constraint")
@AddConstraintOp.register_add_constraint("column_check_constraint")
class CreateCheckConstraintOp(AddConstraintOp):
    constraint_type = "check"

    def __init__(self, constraint_name, table_name, condition, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.condition = condition
        self.schema = schema
        self.kw = kw

    @classmethod
    def from_constraint(cls, constraint):
        table = _table_for_constraint(constraint)
        return cls(
            constraint_name_or_none(constraint.name),
            table.name,
            constraint.sqltext,
            schema=table.schema,
            **constraint.dialect_kwargs,
        )

    def to_constraint(self, migration_context=None):
        return schema_objects(migration_context).check_constraint(
            self.constraint_name, self.table_name, self.condition, schema=self.schema, **self.kw
        )

    @classmethod
    def create_check_constraint(cls, operations, constraint_name, table_name, condition, *, schema=None, **kw):
        return operations.invoke(cls(constraint_name, table_name, condition, schema=schema, **kw))

    @classmethod
    def batch_create_check_constraint(cls, operations, constraint_name, condition, **kw):
        impl = operations.impl
        return operations.invoke(cls(constraint_name, impl.table_name, condition, schema=impl.schema, **kw))


@Operations.register_operation("create_exclude_constraint")
@BatchOperations.register_operation("create_exclude_constraint", "batch_create_exclude_constraint")
@AddConstraintOp.register_add_constraint("exclude_constraint")
class CreateExcludeConstraintOp(AddConstraintOp):
    constraint_type = "exclude"

    def __init__(self, constraint_name, table_name, elements, where=None, schema=None, _orig_constraint=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.elements = elements
        self.where = where
        self.schema = schema
        self._orig_constraint = _orig_constraint
        self.kw = kw

    @classmethod
    def from_constraint(cls, constraint):
        table = _table_for_constraint(constraint)
        return cls(
            constraint.name,
            table.name,
            [(expression, operator) for expression, _, operator in constraint._render_exprs],
            where=constraint.where,
            schema=table.schema,
            _orig_constraint=constraint,
            deferrable=constraint.deferrable,
            initially=constraint.initially,
            using=constraint.using,
        )

    def to_constraint(self, migration_context=None):
        if self._orig_constraint is not None:
            return self._orig_constraint
        from sqlalchemy.dialects.postgresql import ExcludeConstraint
        from sqlalchemy.schema import Column, Table
        from sqlalchemy.types.engine import NULLTYPE

        table = Table(self.table_name, schema_objects(migration_context).metadata(), schema=self.schema)
        exclude = ExcludeConstraint(*self.elements, name=self.constraint_name, where=self.where, **self.kw)
        for _, name, _ in exclude._render_exprs:
            if name is not None and name not in table.c:
                table.append_column(Column(name, NULLTYPE))
        table.append_constraint(exclude)
        return exclude

    @classmethod
    def create_exclude_constraint(cls, operations, constraint_name, table_name, *elements, **kw):
        return operations.invoke(cls(constraint_name, table_name, elements, **kw))

    @classmethod
    def batch_create_exclude_constraint(cls, operations, constraint_name, *elements, **kw):
        kw["schema"] = operations.impl.schema
        return operations.invoke(cls(constraint_name, operations.impl.table_name, elements, **kw))
