"""What a script finds when its function runs: `alembic.op` on the migration's connection, and the keyword arguments."""

import sys


class operations:
    """A block in which `alembic.op` speaks for the migration under way; gives the arguments of the script's function."""

    def __enter__(self):
        self._block = None
        environment = _environment()
        if environment is not None and environment._is_made_up:
            sys.modules["limbeck_runtime.environment"].take_migration(environment)
        context = environment and environment._migration_context
        # A script that never asked for it is not made to load it.
        if "alembic.operations.base" in sys.modules:
            from alembic.operations.base import Operations

            if context is None:
                context = of_connection()
            if context.dialect.name == "mysql":
                # MariaDB may answer to that name, which decides how types are written.
                context.connection
            self._block = Operations.context(context)
            self._block.__enter__()
        return context._run_args if context is not None else {}

    def __exit__(self, *failure):
        if self._block is not None:
            self._block.__exit__(*failure)


def _environment():
    module = sys.modules.get("limbeck_runtime.environment")
    return module.current() if module is not None else None


def of_connection():
    """A context for a run without env.py: the engine knows the database from the configuration."""
    import _limbeck
    from alembic.runtime.migration import MigrationContext

    server = _limbeck.server(0)
    from limbeck_runtime.placeholders import Placeholder

    # An env.py that runs in the project's Python has its metadata there.
    opts = {"as_sql": server["offline"], "target_metadata": Placeholder("target_metadata")}
    context = MigrationContext.configure(dialect_name=server["dialect"], opts=opts)
    if not server["offline"]:
        from sqlalchemy.engine.base import Connection

        context._running = Connection._of_migration(None)
    return context
