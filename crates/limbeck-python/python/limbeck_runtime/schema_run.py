"""`create()`, `drop()`, `create_all()` and `drop_all()`: schema items made in a database, or written down."""

from limbeck_runtime import operation_data as data
from limbeck_runtime.apply import apply
from limbeck_runtime.schema_types import own_type, type_exists, type_operation
from limbeck_runtime.table_enums import already_created


class connected:
    """A connection out of what scripts pass as `bind`; an engine lends one for the block."""

    def __init__(self, bind):
        self.bind = bind
        self.lent = None

    def __enter__(self):
        connection = self.bind
        if hasattr(connection, "get_bind") and not hasattr(connection, "_bind"):
            connection = connection.connection()
        if not hasattr(connection, "_bind") and hasattr(connection, "begin"):
            self.lent = connection.begin()
            connection = self.lent.__enter__()
        return Runner(connection)

    def __exit__(self, *failure):
        if self.lent is not None:
            return self.lent.__exit__(*failure)
        return None


def _is_offline(connection):
    import _limbeck

    return bool(_limbeck.server(connection._bind).get("offline"))


class Runner:
    """Makes schema items on one connection."""

    def __init__(self, connection):
        self.connection = connection
        self.dialect = connection.dialect
        self.mocked = not hasattr(connection, "_bind")
        self.offline = self.mocked or _is_offline(connection)
        self._types = set()
        self._names = {}

    def apply(self, operation):
        if self.mocked:
            from sqlalchemy.schema.ddl import GivenOperation

            self.connection.execute(GivenOperation(operation))
            return
        begin = getattr(self.connection, "_autobegin", None)
        if begin is not None and not self.offline:
            begin()
        apply(self.connection, operation, None, bool(getattr(self.connection, "_autocommit", False)))

    def fire(self, target, name, **kw):
        """Tells those who listen for a table's creation or end."""
        import sys

        event = sys.modules.get("sqlalchemy.event")
        if event is not None:
            for listener in event.listeners_of(target, name):
                listener(target, self.connection, **kw)

    # -- what there is

    def has_table(self, table):
        from sqlalchemy.inspection import inspect

        schema = table.schema
        if schema not in self._names:
            self._names[schema] = set(inspect(self.connection).get_table_names(schema=schema))
        return str(table.name) in self._names[schema]

    def change_type(self, given, checkfirst, creates):
        """Creates or drops a type of the database's own, once."""
        found = own_type(given, self.dialect)
        if found is None:
            return
        key = (found.schema, found.name, creates)
        if key in self._types:
            return
        self._types.add(key)
        if checkfirst and not self.offline:
            if type_exists(self.connection, found.name, found.schema) == creates:
                return
        self.apply(type_operation(found, self.dialect, creates))

    # -- tables

    def create_table(self, table, keys=None, checkfirst=False, of_metadata=False):
        """Creates a table; `keys` are the foreign keys that are written with it."""
        self.fire(table, "before_create", checkfirst=checkfirst)
        for column in table.columns:
            found = own_type(column.type, self.dialect)
            if found is not None and found.create_type and (checkfirst or not found.metadata):
                self.change_type(column.type, checkfirst, True)
        for column in table.columns:
            if column.default is not None and column.default.is_sequence:
                self.change_sequence(column.default, checkfirst, True)
        operation = data.create_table(table, self.dialect)
        if keys is not None:
            wanted = {id(key) for key in keys}
            left_out = [key for key in table.foreign_key_constraints if id(key) not in wanted]
            _leave_out(operation, left_out)
        already_created(operation)
        self.apply(operation)
        self.fire(table, "after_create", checkfirst=checkfirst)

    def drop_table(self, table, checkfirst=False, of_metadata=False):
        """Drops a table, and the types that came with it."""
        self.fire(table, "before_drop", checkfirst=checkfirst)
        self.apply(data.drop_table(table.name, table.schema))
        if not of_metadata:
            self.drop_types([table], checkfirst)
        self.fire(table, "after_drop", checkfirst=checkfirst)

    def drop_types(self, tables, checkfirst):
        for table in tables:
            for column in table.columns:
                found = own_type(column.type, self.dialect)
                if found is not None and found.create_type and not found.metadata:
                    self.change_type(column.type, checkfirst, False)

    # -- sequences

    def change_sequence(self, sequence, checkfirst, creates):
        """Creates or drops a sequence, where the database has them."""
        if self.dialect.name not in ("postgresql", "mariadb"):
            return
        if sequence.optional and self.dialect.name == "postgresql":
            return
        if checkfirst and not self.offline:
            from sqlalchemy.inspection import inspect

            if inspect(self.connection).has_sequence(sequence.name, schema=sequence.schema) == creates:
                return
        from limbeck_runtime.ddl_data import sequence_operation

        self.apply(sequence_operation(sequence, self.dialect, creates))


def _leave_out(operation, keys):
    """Takes foreign keys out of a table that are added when all tables are there."""
    names = [(key.name, [element.parent.name for element in key.elements]) for key in keys]
    constraints = operation["table"].get("constraints", [])

    def stays(constraint):
        key = constraint.get("foreign_key")
        if key is None:
            return True
        return not any(key["columns"] == columns for _, columns in names)

    operation["table"]["constraints"] = [one for one in constraints if stays(one)]


def create_tables(tables, bind, checkfirst, metadata=None):
    """Creates tables, each after those it refers to."""
    from sqlalchemy.schema.metadata import sort_tables

    with connected(bind) as runner:
        checkfirst = checkfirst and not runner.offline
        tables = [table for table in tables if not (checkfirst and runner.has_table(table))]
        if metadata is None:
            for table in tables:
                runner.create_table(table, checkfirst=checkfirst)
            return
        for sequence in metadata._sequences.values():
            if sequence.column is None:
                runner.change_sequence(sequence, checkfirst, True)
        runner.fire(metadata, "before_create", tables=tables, checkfirst=checkfirst)
        for given in metadata._schema_types:
            runner.change_type(given, checkfirst, True)
        for table, keys in sort_tables(tables):
            if table is not None:
                runner.create_table(table, keys, checkfirst, of_metadata=True)
            elif runner.dialect.name != "sqlite":
                for key in keys:
                    runner.apply(data.add_constraint(key, runner.dialect))
        runner.fire(metadata, "after_create", tables=tables, checkfirst=checkfirst)


def drop_tables(tables, bind, checkfirst, metadata=None):
    """Drops tables, each before those it refers to."""
    from sqlalchemy.schema.metadata import sort_tables

    with connected(bind) as runner:
        checkfirst = checkfirst and not runner.offline
        tables = [table for table in tables if not checkfirst or runner.has_table(table)]
        if metadata is None:
            for table in tables:
                runner.drop_table(table, checkfirst)
            return
        ordered = sort_tables(tables)
        runner.fire(metadata, "before_drop", tables=tables, checkfirst=checkfirst)
        for key in ordered[-1][1]:
            if runner.dialect.name != "sqlite" and key.name is not None:
                table = key.table
                runner.apply(data.drop_constraint(key.name, table.name, "foreignkey", table.schema))
        for table, _ in reversed(ordered[:-1]):
            runner.drop_table(table, checkfirst, of_metadata=True)
        runner.drop_types(tables, checkfirst)
        for given in metadata._schema_types:
            runner.change_type(given, checkfirst, False)
        for sequence in metadata._sequences.values():
            runner.change_sequence(sequence, checkfirst, False)
        runner.fire(metadata, "after_drop", tables=tables, checkfirst=checkfirst)


def create_index(index, bind, checkfirst):
    """Creates an index of a table that is there."""
    with connected(bind) as runner:
        if not (checkfirst and not runner.offline and _has_index(runner, index)):
            runner.apply(data.create_index(index, runner.dialect))


def drop_index(index, bind, checkfirst):
    """Drops an index."""
    with connected(bind) as runner:
        if not (checkfirst and not runner.offline and not _has_index(runner, index)):
            runner.apply(data.drop_index(index, index.table.name, index.table.schema))


def _has_index(runner, index):
    from sqlalchemy.inspection import inspect

    found = inspect(runner.connection).get_indexes(index.table.name, schema=index.table.schema)
    return any(one["name"] == index.name for one in found)


def create_sequence(sequence, bind, checkfirst):
    """Creates a sequence."""
    with connected(bind) as runner:
        runner.change_sequence(sequence, checkfirst, True)


def drop_sequence(sequence, bind, checkfirst):
    """Drops a sequence."""
    with connected(bind) as runner:
        runner.change_sequence(sequence, checkfirst, False)


def compiled_texts(element, dialect):
    """The SQL of a statement that changes a schema."""
    import _limbeck
    from limbeck_runtime.type_data import StandardDialect, dialect_name

    dialect = dialect or _standard_dialect() or StandardDialect()
    operation = element.operation(dialect)
    if operation["operation"] == "execute":
        return [operation["sql"]]
    return list(_limbeck.statements(dialect_name(dialect), operation, True))


def _standard_dialect():
    from sqlalchemy.engine.default import StrCompileDialect

    return StrCompileDialect.shared()
