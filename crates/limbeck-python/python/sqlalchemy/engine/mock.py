"""Connections that run nothing: for scripts that are written down, and for `create_mock_engine`."""

from .base import Connection


class MockConnection:
    """Gives each statement to a function."""

    _listeners = {}
    hide_parameters = False

    def __init__(self, dialect, execute):
        self.dialect = dialect
        self._execute_impl = execute

    @property
    def engine(self):
        return self

    @property
    def name(self):
        return self.dialect.name

    def connect(self, **kwargs):
        return self

    def execution_options(self, **kw):
        return self

    def schema_for_object(self, obj):
        return getattr(obj, "schema", None)

    def execute(self, obj, parameters=None, execution_options=None):
        return self._execute_impl(obj, parameters)

    def _run_ddl_visitor(self, visitorcallable, element, **kwargs):
        visitorcallable(self.dialect, self, **kwargs).traverse_single(element)


class OfflineConnection(Connection):
    """The connection of a script that is only written down: statements become text."""

    def __init__(self, context):
        self._context = context
        self.engine = MockConnection(context.dialect, self.execute)
        self.dialect = context.dialect
        self._number = 0
        self._closed = False
        self._transaction = self._nested = None
        self._savepoint_number = 0
        self._options = {}
        self._info = {}
        self._opened = True
        self._raw = None
        self._is_migration = True

    def execute(self, statement, parameters=None, *, execution_options=None):
        """Writes the statement down; there is no result."""
        self._context._execute(statement, execution_options)

    def exec_driver_sql(self, statement, parameters=None, execution_options=None):
        self._context._execute(statement)

    def scalar(self, statement, parameters=None, *, execution_options=None):
        self._context._execute(statement)

    def _savepoint(self, word, name):
        self._context._execute(word + self.dialect.identifier_preparer.quote(name))
