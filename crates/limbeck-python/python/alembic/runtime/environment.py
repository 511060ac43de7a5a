"""`EnvironmentContext`: what env.py is given to say which database, and how."""

from alembic.runtime.migration import MigrationContext
from alembic.util.exc import CommandError
from alembic.util.langhelpers import to_tuple
from limbeck_runtime import environment as _environment

# Names of types, for annotations only.
NameFilterType = str
NameFilterParentNames = dict
IncludeNameFn = object
IncludeObjectFn = object
OnVersionApplyFn = object
ProcessRevisionDirectiveFn = object
RenderItemFn = object
CompareServerDefault = object
CompareType = object


class EnvironmentContext:
    """Settings, scripts and the database that env.py chooses."""

    _migration_context = None
    _is_made_up = False
    config = None
    script = None

    def __init__(self, config, script, **kw):
        self.config = config
        self.script = script
        self.context_opts = kw

    def __enter__(self):
        _environment.push(self)
        return self

    def __exit__(self, *arg, **kw):
        _environment.pop(self)

    def is_offline_mode(self):
        """Whether SQL is written instead of run."""
        return self.context_opts.get("as_sql", False)

    def is_transactional_ddl(self):
        """Whether DDL can be rolled back."""
        return self.get_context().impl.transactional_ddl

    def requires_connection(self):
        """Whether a database is needed."""
        return not self.is_offline_mode()

    def get_head_revision(self):
        """The single head."""
        return self.script.as_revision_number("head")

    def get_head_revisions(self):
        """All heads."""
        return self.script.as_revision_number("heads")

    def get_starting_revision_argument(self):
        """The start of a range `start:end`."""
        if self._migration_context is not None:
            return self.script.as_revision_number(self._migration_context._start_from_rev)
        if "starting_rev" in self.context_opts:
            return self.script.as_revision_number(self.context_opts["starting_rev"])
        raise CommandError("No starting revision argument is available.")

    def get_revision_argument(self):
        """The target of the command."""
        return self.script.as_revision_number(self.context_opts["destination_rev"])

    def get_tag_argument(self):
        """The text of `--tag`."""
        return self.context_opts.get("tag")

    def get_x_argument(self, as_dictionary=False):
        """The arguments of `-x`: a list, or a dictionary of those with `=`."""
        given = list(getattr(self.config.cmd_opts, "x", None) or []) if self.config.cmd_opts is not None else []
        if not as_dictionary:
            return given
        return {key: value for key, _, value in (argument.partition("=") for argument in given)}

    def configure(
        self,
        connection=None,
        url=None,
        dialect_name=None,
        dialect_opts=None,
        transactional_ddl=None,
        transaction_per_migration=False,
        output_buffer=None,
        starting_rev=None,
        tag=None,
        template_args=None,
        render_as_batch=False,
        target_metadata=None,
        include_name=None,
        include_object=None,
        include_schemas=False,
        process_revision_directives=None,
        compare_type=True,
        compare_server_default=False,
        render_item=None,
        literal_binds=False,
        upgrade_token="upgrades",
        downgrade_token="downgrades",
        alembic_module_prefix="op.",
        sqlalchemy_module_prefix="sa.",
        user_module_prefix=None,
        on_version_apply=None,
        autogenerate_plugins=None,
        **kw,
    ):
        """Says which database, and how to migrate it. May be called for several databases in turn."""
        opts = self.context_opts
        if transactional_ddl is not None:
            opts["transactional_ddl"] = transactional_ddl
        if output_buffer is not None:
            opts["output_buffer"] = output_buffer
        elif self.config.output_buffer is not None:
            opts["output_buffer"] = self.config.output_buffer
        if starting_rev:
            opts["starting_rev"] = starting_rev
        if tag:
            opts["tag"] = tag
        if template_args:
            opts["template_args"] = dict(opts.get("template_args") or {}, **template_args)
        opts.update(
            transaction_per_migration=transaction_per_migration,
            target_metadata=target_metadata,
            include_name=include_name,
            include_object=include_object,
            include_schemas=include_schemas,
            render_as_batch=render_as_batch,
            upgrade_token=upgrade_token,
            downgrade_token=downgrade_token,
            sqlalchemy_module_prefix=sqlalchemy_module_prefix,
            alembic_module_prefix=alembic_module_prefix,
            user_module_prefix=user_module_prefix,
            literal_binds=literal_binds,
            process_revision_directives=process_revision_directives,
            on_version_apply=to_tuple(on_version_apply, default=()),
            compare_type=compare_type,
            compare_server_default=compare_server_default,
            script=self.script,
        )
        if autogenerate_plugins is not None:
            opts["autogenerate_plugins"] = autogenerate_plugins
        if render_item is not None:
            opts["render_item"] = render_item
        opts.update(kw)
        self._migration_context = MigrationContext.configure(
            connection=connection,
            url=url,
            dialect_name=dialect_name,
            environment_context=self,
            dialect_opts=dialect_opts,
            opts=opts,
        )

    def run_migrations(self, **kw):
        """Does what the command is for. `kw` goes to every `upgrade()` or `downgrade()`."""
        import sys

        context = self.get_context()
        # Scripts get `op` when they run; here it is for env.py's own hooks, which have imported it when they use it.
        if "alembic.operations.base" not in sys.modules:
            context.run_migrations(**kw)
            return
        from alembic.operations import Operations

        with Operations.context(context):
            context.run_migrations(**kw)

    def execute(self, sql, execution_options=None):
        """Runs a statement on the chosen database, or writes it down."""
        self.get_context().execute(sql, execution_options=execution_options)

    def static_output(self, text):
        """Text for the script that `--sql` writes."""
        self.get_context().impl.static_output(text)

    def begin_transaction(self):
        """The block in which `run_migrations()` belongs."""
        return self.get_context().begin_transaction()

    def get_context(self):
        """The context that `configure()` has made."""
        if self._migration_context is None:
            raise Exception("No context has been configured yet.")
        return self._migration_context

    def get_bind(self):
        """The chosen connection."""
        return self.get_context().bind

    def get_impl(self):
        """What is known about the dialect."""
        return self.get_context().impl

    def _finish(self):
        """After env.py: a connection lent in `attributes` is ours to close."""
        lent = self.config.attributes.get("connection") if _environment._url is not None else None
        if lent is not None and hasattr(lent, "close"):
            lent.close()
