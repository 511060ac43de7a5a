"""The blocks of a migration context: around the run, and inside a script for statements that no transaction may hold."""


class Nothing:
    """No transaction: somebody else's is open, or each migration has its own."""

    def __enter__(self):
        return None

    def __exit__(self, *failure):
        return None


class Block:
    """`with context.begin_transaction()`. Nothing is begun before env.py runs a statement of its own: a run that starts outside
    a transaction takes its lock first."""

    def __init__(self, context):
        self.context = context

    def __enter__(self):
        self.context._block = self
        return self

    def __exit__(self, kind, value, traceback):
        self._end(commit=kind is None)

    def commit(self):
        self._end(commit=True)

    def rollback(self):
        self._end(commit=False)

    def _end(self, commit):
        if self.context._block is not self:
            return
        self.context._block = None
        connection = self.context._given
        if connection is not None and connection.in_transaction():
            if commit:
                connection.commit()
            else:
                connection.rollback()


class Written:
    """The same for `--sql`: BEGIN and COMMIT as text."""

    def __init__(self, context):
        self.context = context

    def __enter__(self):
        self.context._block = self
        self.context.impl.emit_begin()
        return self

    def __exit__(self, kind, value, traceback):
        self.context._block = None
        if kind is None:
            self.context.impl.emit_commit()


class Autocommit:
    """`with op.get_context().autocommit_block()`."""

    def __init__(self, context):
        self.context = context

    def _is_written_by_env_py(self):
        """Whether env.py has written the beginning of a transaction around all of a script of `--sql`."""
        context = self.context
        if not context.as_sql or context._block is None or context._per_migration:
            return False
        transactional = context.transactional_ddl
        return context.dialect.name == "postgresql" if transactional is None else bool(transactional)

    def __enter__(self):
        self.written = self._is_written_by_env_py()
        if self.written:
            self.context.execute("COMMIT")
            return None
        self.before = self.context._autocommit
        self.context._autocommit = True
        connection = self.context._running
        if connection is not None:
            self.on_connection = getattr(connection, "_autocommit", False)
            connection._autocommit = True
        return None

    def __exit__(self, *failure):
        if self.written:
            self.context.execute("BEGIN")
            return
        self.context._autocommit = self.before
        connection = self.context._running
        if connection is not None:
            connection._autocommit = self.on_connection
