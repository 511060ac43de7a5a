"""`MigrationContext`: one database of a command, as env.py has configured it."""

from alembic.runtime.transaction import Block, Nothing, Written
from alembic.util.exc import CommandError
from alembic.util.langhelpers import to_tuple


class MigrationContext:
    """A dialect, a connection unless SQL is only written, and the options of `context.configure()`."""

    def __init__(self, dialect, connection, opts, environment_context=None):
        self.environment_context = environment_context
        self.opts = opts
        self.dialect = dialect
        self.script = opts.get("script")
        self.as_sql = opts.get("as_sql", False)
        self.purge = opts.get("purge", False)
        self.transactional_ddl = opts.get("transactional_ddl")
        self.on_version_apply_callbacks = opts.get("on_version_apply", ())
        self.version_table = opts.get("version_table", "alembic_version")
        self.version_table_schema = opts.get("version_table_schema")
        self._output = opts.get("output_buffer")
        self._start_from_rev = opts.get("starting_rev")
        self._per_migration = opts.get("transaction_per_migration", False)
        self._given = connection
        self._running = None
        self._run_args = {}
        self._block = None
        self._autocommit = False
        self._impl = None
        # The address that env.py has worked out, whatever the command line says.
        self._meant = None if connection is None else getattr(connection.engine, "_meant", None)
        self._in_external_transaction = connection is not None and not self.as_sql and connection.in_transaction()

    @classmethod
    def configure(
        cls,
        connection=None,
        url=None,
        dialect_name=None,
        dialect=None,
        environment_context=None,
        dialect_opts=None,
        opts=None,
    ):
        """A context for a connection, or for a dialect alone."""
        meant = None
        if connection is not None:
            if not hasattr(connection, "in_transaction"):
                raise CommandError(
                    "'connection' argument to configure() is expected to be a sqlalchemy.engine.Connection instance, "
                    "got %r" % (connection,)
                )
            dialect = connection.dialect
        elif url or dialect_name:
            from sqlalchemy.engine import make_url

            from limbeck_runtime.environment import overridden_url

            meant = url
            url = make_url(overridden_url(url) if url else "%s://" % dialect_name)
            dialect = url.get_dialect()(**(dialect_opts or {}))
        elif dialect is None:
            raise Exception("Connection, url, or dialect_name is required.")
        context = cls(dialect, connection, {} if opts is None else opts, environment_context)
        if meant is not None:
            context._meant = meant
        return context

    @property
    def impl(self):
        """What is known about the dialect."""
        if self._impl is None:
            import alembic.ddl.impl as impls

            kind = impls.DefaultImpl._subclasses.get(self.dialect.name, impls.DefaultImpl)
            self._impl = kind(self)
        return self._impl

    @property
    def connection(self):
        """The connection: while scripts run the migration's own, before and after that the one of env.py."""
        if self._running is not None:
            if not self.as_sql:
                self._running._know()
            return self._running
        if self._given is None and self.as_sql:
            self._given = _offline_connection(self)
        return self._given

    @property
    def bind(self):
        return self.connection

    @property
    def config(self):
        """The settings, where there is an environment."""
        return self.environment_context.config if self.environment_context else None

    @property
    def output_buffer(self):
        """Where `--sql` writes."""
        if self._output is None:
            import sys

            return sys.stdout
        return self._output

    @property
    def _transactional(self):
        if self.transactional_ddl is not None:
            return self.transactional_ddl
        return self.dialect.name in ("postgresql", "mssql")

    def begin_transaction(self, _per_migration=False):
        """The block around `run_migrations()`. The engine begins and ends the transactions of the migrations; only what
        env.py itself does in the block needs one of its own."""
        if self._in_external_transaction or _per_migration:
            return Nothing()
        if not self._transactional or self._per_migration:
            return Nothing()
        return Written(self) if self.as_sql else Block(self)

    def autocommit_block(self):
        """A block whose statements commit one by one, outside the migration's transaction."""
        from alembic.runtime.transaction import Autocommit

        return Autocommit(self)

    def get_current_revision(self):
        """The single version row."""
        heads = self.get_current_heads()
        if len(heads) > 1:
            raise CommandError(
                "Version table '%s' has more than one head present; please use get_current_heads()" % self.version_table
            )
        return heads[0] if heads else None

    def get_current_heads(self):
        """The version rows; none when the table is missing."""
        if self.as_sql:
            start = self._start_from_rev
            if start in (None, "base"):
                return ()
            found = [self.script.get_revision(one).revision if self.script else one for one in to_tuple(start)]
            return tuple(found)
        if self._start_from_rev:
            raise CommandError("Can't specify current_rev to context when using a database connection")
        from sqlalchemy import column, inspect, select, table

        connection = self.connection
        if not inspect(connection).has_table(self.version_table, schema=self.version_table_schema):
            return ()
        version = table(self.version_table, column("version_num"), schema=self.version_table_schema)
        return tuple(row[0] for row in connection.execute(select(version.c.version_num)))

    def stamp(self, script_directory, revision):
        """Writes version rows; here only the command does that."""
        from limbeck_runtime.missing import NotProvided

        raise NotProvided("alembic.runtime.migration.MigrationContext.stamp")

    def run_migrations(self, **kw):
        """Hands over to the engine, which does what the command is for."""
        import _limbeck

        from limbeck_runtime import environment
        from limbeck_runtime.placeholders import running

        if "fn" in self.opts:
            from limbeck_runtime.missing import NotProvided

            raise NotProvided("EnvironmentContext(fn=…)")
        given = None if self.as_sql else self._given
        if given is None and not self.as_sql:
            raise CommandError("run_migrations() needs a connection: context.configure() was given none")
        if given is not None:
            _reach(given)
        self._run_args = kw
        self._running = self.connection if self.as_sql else _migration_connection(given)
        environment.has_run = True
        environment.refuse_second(self._meant)
        _flush_output()
        try:
            settings = _plain(self._settings())
            with running():
                text = _limbeck.run_migrations(None if given is None else given._bind, settings)
        finally:
            self._running = None
        if text:
            self._write(text)
        if self.as_sql and self._output is not None:
            self._output.flush()

    def execute(self, sql, execution_options=None):
        """Runs a statement, or writes it down."""
        self._execute(sql, execution_options)

    def _execute(self, sql, execution_options=None):
        if isinstance(sql, str):
            from sqlalchemy import text

            sql = text(sql)
        if self.as_sql and (self._running is not None or self.environment_context is None):
            # A script's, which is written between those of the engine.
            from limbeck_runtime.rows import execute

            execute(self, sql, execution_options)
            return None
        if self.as_sql:
            compiled = sql.compile(dialect=self.dialect, compile_kwargs={"literal_binds": True})
            self._write(str(compiled).replace("\t", "    ").strip() + ";\n\n")
            return None
        if execution_options:
            sql = sql.execution_options(**execution_options)
        return self.connection.execute(sql)

    def _write(self, text):
        """Text for the script that `--sql` writes: to where env.py wants it, else with the command's own."""
        if self._output is not None:
            self._output.write(text)
            return
        import _limbeck

        _flush_output()
        _limbeck.write(text)

    def _settings(self):
        """What the engine has to know."""
        opts = self.opts
        locations = None if self.script is None else self.script._changed_locations()
        return {
            "as_sql": self.as_sql,
            "dialect": self.dialect.name,
            "version_table": self.version_table,
            "version_table_schema": self.version_table_schema,
            "version_table_pk": opts.get("version_table_pk", True),
            "transaction_per_migration": bool(self._per_migration),
            "transactional_ddl": self.transactional_ddl,
            "in_block": self._block is not None,
            "in_transaction": self._in_external_transaction,
            "autocommit": bool(getattr(self._given, "_autocommit", False)),
            "version_locations": locations,
            "starting_rev": self._start_from_rev,
            "tag": opts.get("tag"),
            "on_version_apply": bool(self.on_version_apply_callbacks),
            "has_output": self._output is not None,
            "upgrade_token": opts.get("upgrade_token"),
            "downgrade_token": opts.get("downgrade_token"),
            "batch": bool(opts.get("render_as_batch")),
            "include_schemas": bool(opts.get("include_schemas")),
            "callbacks": [name for name in _CALLBACKS if callable(opts.get(name))],
        }


def _reach(connection):
    """Open the database, whose first statement would come from the engine: env.py gets its error as of a statement of its own."""
    import _limbeck

    try:
        _limbeck.server(connection._bind)
    except _limbeck.DatabaseError as error:
        from sqlalchemy.engine.failure import wrapped

        raise wrapped(error, None, None, connection.dialect.engine_name) from error


# Functions of env.py that take part in autogenerate.
_CALLBACKS = (
    "include_name",
    "include_object",
    "process_revision_directives",
    "compare_type",
    "compare_server_default",
    "render_item",
)


class MigrationInfo:
    """What `on_version_apply` is told about a step."""

    def __init__(self, revision_map, is_upgrade, is_stamp, up_revisions, down_revisions):
        self.revision_map = revision_map
        self.is_upgrade = is_upgrade
        self.is_stamp = is_stamp
        self.up_revision_ids = to_tuple(up_revisions, default=())
        self.up_revision_id = self.up_revision_ids[0] if self.up_revision_ids else None
        self.down_revision_ids = to_tuple(down_revisions, default=())

    @property
    def is_migration(self):
        return not self.is_stamp

    @property
    def source_revision_ids(self):
        return self.down_revision_ids if self.is_upgrade else self.up_revision_ids

    @property
    def destination_revision_ids(self):
        return self.up_revision_ids if self.is_upgrade else self.down_revision_ids

    @property
    def up_revision(self):
        return None if self.up_revision_id is None else self.revision_map.get_revision(self.up_revision_id)

    @property
    def up_revisions(self):
        return self.revision_map.get_revisions(self.up_revision_ids)

    @property
    def down_revisions(self):
        return self.revision_map.get_revisions(self.down_revision_ids)

    @property
    def source_revisions(self):
        return self.revision_map.get_revisions(self.source_revision_ids)

    @property
    def destination_revisions(self):
        return self.revision_map.get_revisions(self.destination_revision_ids)


def _flush_output():
    """The engine writes to standard output too, and what was printed before comes first."""
    import sys

    if sys.stdout is not None:
        sys.stdout.flush()


def _plain(settings):
    """Settings that decide something must not be placeholders."""
    from limbeck_runtime.placeholders import NeedsApplication, name_of

    for value in settings.values():
        missing = name_of(value)
        if missing is not None:
            raise NeedsApplication(missing)
    return settings


def _migration_connection(given):
    """The connection of the migrations that run on the session of env.py's connection."""
    from sqlalchemy.engine.base import Connection

    return Connection._of_migration(given)


def _offline_connection(context):
    """What stands for a connection where nothing is connected."""
    from sqlalchemy.engine.base import Connection

    return Connection._offline(context)
