"""`Operations` and `BatchOperations`: the methods of `op` and of `batch_op`, and how plug-ins add to them."""

from alembic.util.langhelpers import Dispatcher, immutabledict


class AbstractOperations:
    """What operations on a database and on one table have in common."""

    _to_impl = Dispatcher()
    _proxies = []

    def __init__(self, migration_context, impl=None):
        from alembic.operations.schemaobj import SchemaObjects

        self.migration_context = migration_context
        self.impl = migration_context.impl if impl is None else impl
        self.schema_obj = SchemaObjects(migration_context)

    # -- the module `alembic.op` speaks for the operations installed last

    def _install_proxy(self):
        type(self)._proxies.append(self)

    def _remove_proxy(self):
        type(self)._proxies.remove(self)

    @classmethod
    def _proxied(cls, name):
        if cls._proxies:
            return cls._proxies[-1]
        from limbeck_runtime.bare_run import operations

        found = operations()
        if found is None:
            raise NameError(
                f"Can't invoke function '{name}', as the proxy object has not yet been established for the Alembic "
                f"'{cls.__name__}' class.  Try placing this code inside a callable."
            )
        return found

    # -- plug-ins

    @classmethod
    def register_operation(cls, name, sourcename=None):
        """A decorator that makes a class method of an operation's class a method of this class."""

        def register(op_cls):
            source = sourcename or name

            def method(self, *args, **kw):
                return getattr(op_cls, source)(self, *args, **kw)

            method.__name__ = name
            setattr(cls, name, method)
            return op_cls

        return register

    @classmethod
    def implementation_for(cls, op_cls, replace=False):
        """A decorator that registers what an operation does."""

        def decorate(function):
            cls._to_impl.dispatch_for(op_cls, replace=replace)(function)
            return function

        return decorate

    @classmethod
    def context(cls, migration_context):
        """A block in which `alembic.op` speaks for a migration context."""
        return _Installed(migration_context)

    # -- what every script has

    def batch_alter_table(
        self,
        table_name,
        schema=None,
        recreate="auto",
        partial_reordering=None,
        copy_from=None,
        table_args=(),
        table_kwargs=immutabledict(),
        reflect_args=(),
        reflect_kwargs=immutabledict(),
        naming_convention=None,
    ):
        """A block of changes of one table, done at its end."""
        from alembic.operations.batch import Batch

        return Batch(
            self,
            table_name,
            schema,
            recreate,
            copy_from,
            table_args,
            table_kwargs,
            reflect_args,
            reflect_kwargs,
            naming_convention,
            partial_reordering,
        )

    def get_context(self):
        """The migration context."""
        return self.migration_context

    def get_bind(self):
        """The connection; what stands for it where SQL is only written."""
        return self.migration_context.impl.bind

    def invoke(self, operation):
        """Does an operation."""
        function = self._to_impl.dispatch(operation, self.migration_context.impl.__dialect__)
        return function(self, operation)

    def f(self, name):
        """A name that no naming convention changes."""
        from sqlalchemy.sql.elements import conv

        return conv(name)

    def inline_literal(self, value, type_=None):
        """A value that goes into the statement's text."""
        from alembic.operations.literal import inline_literal

        return inline_literal(value, type_)

    def run_async(self, async_function, *args, **kw_args):
        """Runs a function of an asynchronous connection to its end."""
        connection = self.get_bind()
        if connection is None or self.migration_context.as_sql:
            raise NotImplementedError("Cannot call run_async in SQL mode")
        if not connection.dialect.is_async:
            raise ValueError("Cannot call run_async with a sync engine")
        from limbeck_runtime.coroutine import run
        from sqlalchemy.ext.asyncio import AsyncConnection

        return run(async_function(AsyncConnection._retrieve_proxy_for_target(connection), *args, **kw_args))


class _Installed:
    """Installs operations as those of `alembic.op` for a block."""

    def __init__(self, migration_context):
        self.migration_context = migration_context

    def __enter__(self):
        self.operations = Operations(self.migration_context)
        self.operations._install_proxy()
        return self.operations

    def __exit__(self, *failure):
        self.operations._remove_proxy()


class Operations(AbstractOperations):
    """Operations on a database: the methods of `op`."""

    _proxies = []


class BatchOperations(AbstractOperations):
    """Operations on one table: the methods of `batch_op`, without the table's name."""

    _proxies = []

    def _noop(self, operation):
        raise NotImplementedError(f"The {operation} method does not apply to a batch table alter operation.")
