"""Copies a table as Alembic does: a new one under another name, its rows, and then its name.

For scripts that are written instead of run, for tables described by the script (`copy_from`), and for databases whose
tables the engine does not rebuild.
"""

from alembic.util.exc import CommandError
from alembic.util.sqla_compat import _copy_expression
from sqlalchemy.schema import CheckConstraint, Column, DefaultClause, Index, MetaData, Table, get_table_key
from sqlalchemy.types.engine import NULLTYPE, to_instance


def ordered(names, pairs):
    """The names so that the first of each pair comes before the second, otherwise in their order."""
    before = {name: set() for name in names}
    for first, second in pairs:
        if first in before and second in before and first != second:
            before[second].add(first)
    found, waiting = [], list(names)
    while waiting:
        ready = [name for name in waiting if not before[name] & set(waiting)]
        if not ready:
            from sqlalchemy.exc import CircularDependencyError

            raise CircularDependencyError("Circular dependency detected.", waiting, pairs)
        found += ready
        waiting = [name for name in waiting if name not in ready]
    return found


class Order:
    """Where columns come in a table that is made anew: those that were there in their order, new ones where they were put."""

    def __init__(self, known):
        self.columns = list(known)
        self.known = list(known)
        self.pairs = []

    def add(self, name, before=None, after=None, free=True):
        """A new column; without a place it comes after the last known one, where columns are `free` to be put."""
        known = self.known
        if free:
            if after and not before:
                if after in known:
                    before = known[known.index(after) + 1] if after != known[-1] else None
                else:
                    before = dict(self.pairs).get(after)
            elif before and not after:
                if before in known:
                    after = known[known.index(before) - 1] if before != known[0] else None
                else:
                    after = {second: first for first, second in self.pairs}.get(before)
        if before:
            self.pairs.append((name, before))
        if after:
            self.pairs.append((after, name))
        if free and not before and not after and known:
            self.pairs.append((known[-1], name))
        self.columns.append(name)

    def drop(self, name):
        """A column that goes."""
        self.columns.remove(name)
        if name in self.known:
            self.known.remove(name)


def copy_table(batch):
    """Makes the changed copy of a batch's table and puts it in the table's place."""
    table, reflected = batch.copy_from, False
    if table is None:
        table, reflected = _reflected(batch), True
    copy = Copy(batch, table, reflected)
    for kind, _, subject, _ in batch.batch:
        getattr(copy, kind)(subject)
    copy.write()


def _reflected(batch):
    if batch.context.as_sql:
        raise CommandError(
            "This operation cannot proceed in --sql mode; batch mode with dialect "
            f"{batch.dialect.name} requires a live database connection with which to reflect the table "
            f'"{batch.table_name}". To generate a batch SQL migration script using table "move and copy", a complete '
            'Table object should be passed to the "copy_from" argument of the batch_alter_table() method so that '
            "table reflection can be skipped."
        )
    return Table(
        batch.table_name,
        MetaData(),
        *batch.reflect_args,
        schema=batch.schema,
        autoload_with=batch.operations.get_bind(),
        **batch.reflect_kwargs,
    )


class Copy:
    """A table that is being changed on its way to a new one."""

    def __init__(self, batch, table, reflected):
        self.batch = batch
        self.impl = batch.impl
        self.table = table
        self.name = f"_alembic_tmp_{table.name}"[:50]
        self.kwargs = {**table.kwargs, **batch.table_kwargs}
        self.columns = {}
        self.sources = {}
        for column in table.c:
            copied = column._copy(schema=table.schema)
            copied.unique = copied.index = False
            self.columns[column.name] = copied
            self.sources[column.name] = column
        self.order = Order(self.columns)
        self.named, self.unnamed, self.of_columns = {}, [], {}
        for constraint in table._sorted_constraints:
            if constraint._type_bound or (
                reflected and isinstance(constraint, CheckConstraint) and not constraint.name
            ):
                continue
            if isinstance(constraint.name, str):
                self.named[constraint.name] = constraint
            else:
                self.unnamed.append(constraint)
        if not reflected:
            for column in table.c:
                for constraint in column.constraints:
                    if constraint.name:
                        self.of_columns[constraint.name] = (column, constraint)
        self.indexes = {index.name: index for index in table.indexes}
        self.new_indexes = {}

    # -- the operations

    def add_column(self, op):
        whole = op.made_table
        column = whole.c[op.column.key]
        free = not self.batch.partial_reordering
        self.order.add(column.name, op.kw.get("insert_before"), op.kw.get("insert_after"), free)
        self.columns[column.name] = self._silent(column._copy(schema=self.table.schema))
        for constraint in whole._sorted_constraints:
            if constraint is not whole.primary_key:
                self.add_constraint(constraint)
        for index in whole.indexes:
            self.create_index(index)

    def _silent(self, column):
        """A column whose type brings no CHECK along: that one is added for itself."""
        if column.type._is_schema_type:
            column.type._create_events = column.type.create_constraint = False
        return column

    def drop_column(self, op):
        column = self.columns.pop(op.column_name)
        self.sources.pop(op.column_name, None)
        self.order.drop(op.column_name)
        if column.name in self.table.primary_key.columns:
            self.table.primary_key.columns.remove(self.table.c[column.name])
        self._forget_type(op.kw.get("existing_type"))

    def _forget_type(self, given):
        """The named CHECK of a type goes with the column."""
        if given is None:
            return
        given = to_instance(given)
        given = given._variant_mapping.get(self.batch.dialect.name, given)
        if given._is_schema_type and given.name:
            self.named.pop(given.name, None)

    def alter_column(self, op):
        existing = self.columns[op.column_name]
        if op.existing_type is not None and op.modify_type is not None:
            self._forget_type(op.existing_type)
        if op.modify_name is not None and op.modify_name != op.column_name:
            existing.name = op.modify_name
            self._forget_type(op.existing_type)
        if op.modify_type is not None:
            self._retype(op.column_name, existing, to_instance(op.modify_type))
        if op.modify_nullable is not None:
            existing.nullable = op.modify_nullable
        if op.modify_server_default is None:
            existing.server_default = None
        elif op.modify_server_default is not False:
            DefaultClause(op.modify_server_default)._set_parent(existing)
        if op.kw.get("autoincrement") is not None:
            existing.autoincrement = bool(op.kw["autoincrement"])
        if op.modify_comment is not False:
            existing.comment = op.modify_comment

    def _retype(self, name, existing, new):
        from sqlalchemy.sql.expression import cast

        self._silent(existing)
        json = hasattr(new, "none_as_null") and self.batch.dialect.name == "sqlite"
        if existing.type._type_affinity is not new._type_affinity and not json:
            self.sources[name] = cast(self.sources[name], new).label(name)
        existing.type = new
        new._set_parent_with_dispatch(existing)

    def add_constraint(self, constraint):
        if not constraint._type_bound and not isinstance(constraint.name, str):
            raise ValueError("Constraint must have a name")
        if constraint.__visit_name__ == "primary_key_constraint" and self.table.primary_key in self.unnamed:
            self.unnamed.remove(self.table.primary_key)
        if isinstance(constraint.name, str):
            self.named[constraint.name] = constraint
        else:
            self.unnamed.append(constraint)

    def drop_constraint(self, constraint):
        name = constraint.name
        if not name:
            raise ValueError("Constraint must have a name")
        if name in self.of_columns:
            column, _ = self.of_columns.pop(name)
            for own in list(self.columns[column.name].constraints):
                if own.name == name:
                    self.columns[column.name].constraints.remove(own)
            return
        if name not in self.named:
            raise ValueError(f"No such constraint: '{name}'")
        dropped = self.named.pop(name)
        if dropped.__visit_name__ == "primary_key_constraint":
            for column in dropped.columns:
                self.columns[column.name].primary_key = False

    def create_index(self, index):
        self.new_indexes[index.name] = index

    def drop_index(self, index):
        if index.name not in self.indexes:
            raise ValueError(f"No such index: '{index.name}'")
        del self.indexes[index.name]

    def create_table_comment(self, op):
        """The new table has it."""

    drop_table_comment = create_column_comment = create_table_comment

    # -- the new table

    def write(self):
        """Writes the statements, or runs them."""
        new = self._new_table()
        if self.batch.dialect.name == "postgresql":
            # A name can be used once in a schema: the old table's constraints make room.
            for constraint in self.table._sorted_constraints:
                if constraint.name in self.named:
                    self.impl.drop_constraint(constraint)
        self.impl.create_table(new)
        from sqlalchemy.sql.expression import select

        kept = [name for name in self.columns if name in self.sources]
        rows = select(*[self.sources[name] for name in kept])
        try:
            self.impl.execute(new.insert().from_select(kept, rows))
            self.impl.drop_table(self.table)
        except BaseException:
            self.impl.drop_table(new)
            raise
        self.impl.rename_table(self.name, self.table.name, schema=self.table.schema)
        new.name = self.table.name
        for index in self._all_indexes(new):
            self.impl.create_index(index)

    def _new_table(self):
        if self.batch.partial_reordering or self.order.pairs:
            pairs = list(self.order.pairs)
            if self.batch.partial_reordering:
                pairs += [pair for group in self.batch.partial_reordering for pair in zip(group, group[1:])]
            else:
                pairs += list(zip(self.order.known, self.order.known[1:]))
            self.columns = {name: self.columns[name] for name in ordered(list(self.columns), pairs)}
        metadata = MetaData()
        new = Table(
            self.name,
            metadata,
            *self.columns.values(),
            *self.batch.table_args,
            schema=self.table.schema,
            **self.kwargs,
        )
        for constraint in list(self.named.values()) + self.unnamed:
            keys = {column.key for column in constraint.columns}
            if keys <= set(self.columns):
                self._copy_constraint(constraint, new, metadata)
        return new

    def _copy_constraint(self, constraint, new, metadata):
        schema = self.table.schema
        if constraint.__visit_name__ != "foreign_key_constraint":
            new.append_constraint(constraint._copy(schema=schema, target_table=new))
            return
        to_itself = all(
            element._column_tokens[:2] == (constraint.table.schema, constraint.table.name)
            for element in constraint.elements
        )
        copied = constraint._copy(schema=schema, target_table=self.table if to_itself else None)
        for element in constraint.elements:
            target_schema, name, column = element._column_tokens
            if name == self.name:
                continue
            key = get_table_key(name, target_schema)
            target = metadata.tables.get(key)
            if target is None:
                target = Table(name, metadata, schema=target_schema)
            if column is not None and column not in target.c:
                target.append_column(Column(column, NULLTYPE))
        new.append_constraint(copied)

    def _all_indexes(self, new):
        for index in self.indexes.values():
            if not index._column_flag:
                expressions = [_copy_expression(expression, new) for expression in index.expressions]
                yield Index(index.name, *expressions, unique=index.unique, _table=new, **index.kwargs)
        for index in self.new_indexes.values():
            columns = [new.c[name] for name in index.columns.keys()]
            yield Index(index.name, *columns, unique=index.unique, _table=new, **index.kwargs)
