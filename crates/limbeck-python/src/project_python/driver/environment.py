"""Runs env.py with the project's own Alembic, and stops where it calls run_migrations().

There it reports what reached context.configure() and does what Limbeck commands; then env.py goes on to its end. An
env.py for several databases comes here several times.
"""

import inspect
import sys
from argparse import Namespace

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from limbeck_driver.logs import quiet
from limbeck_driver.revision import Revisions
from limbeck_driver.session_statements import Recorder


class Environment:
    """One run of env.py."""

    def __init__(self, pipe, start, serve):
        self._pipe = pipe
        self._start = start
        self._serve = serve
        self._reports = 0
        self._recorder = Recorder()
        # The scripts that autogenerate is to write, on all databases.
        self._scripts = []

    def run(self):
        """Runs env.py from its first line to its last."""
        start = self._start
        config = _config(start)
        paths = start["without_environment"]
        if paths is None:
            script = ScriptDirectory.from_config(config)
        else:
            sys.path[:0] = paths
            script = None
        options = dict(start["options"])
        options["as_sql"] = start["offline"]
        options.setdefault("fn", lambda heads, context: [])
        with EnvironmentContext(config, script, **options) as environment:
            configure = environment.configure

            def captured(*positional, **keywords):
                has_output = keywords.get("output_buffer") is not None
                if start["offline"] and not has_output:
                    # What env.py writes by itself (a comment, the BEGIN of its block) has its place in Limbeck's script.
                    keywords["output_buffer"] = _Script(self._pipe)
                with quiet():
                    configure(*positional, **keywords)
                context = environment.get_context()
                context.run_migrations = lambda **arguments: self._migrations(environment, context, has_output, arguments)

            environment.configure = captured
            if script is not None:
                script.run_env()
            else:
                # Any dialect: each command says which the database speaks.
                environment.configure(dialect_name="sqlite")
                environment.run_migrations()

    def _migrations(self, environment, context, has_output, arguments):
        """What run_migrations() does here."""
        statements = []
        if context.connection is not None and not context.as_sql:
            statements = self._recorder.take_over(context.connection)
        self._recorder.paused = True
        sys.stdout.flush()
        sys.stderr.flush()
        report = describe(context, has_output, arguments, statements)
        report["call"] = self._reports
        self._reports += 1
        self._pipe.send({"say": "migrations", "report": report})
        revisions = Revisions(self._pipe, environment, context, arguments, self._scripts)
        try:
            self._serve(revisions)
        finally:
            revisions.close()
            environment._migration_context = context
            self._recorder.paused = False


class _Script:
    """The script of `--sql`, which Limbeck writes."""

    def __init__(self, pipe):
        self._pipe = pipe

    def write(self, text):
        if text:
            self._pipe.send({"say": "text", "text": text})
        return len(text)

    def flush(self):
        pass


def _config(start):
    sys.argv = ["alembic"] + start["arguments"]
    keywords = {}
    if start["toml_file"] and "toml_file" in inspect.signature(Config.__init__).parameters:
        keywords["toml_file"] = start["toml_file"]
    options = Namespace(**start["command_options"])
    config = Config(start["config_file"], ini_section=start["section"], cmd_opts=options, **keywords)
    for name, value in start["overrides"].items():
        config.set_main_option(name, value.replace("%", "%%"))
    if "sqlalchemy.url" in start["overrides"]:
        _lend(config, start["overrides"]["sqlalchemy.url"])
    return config


def _lend(config, url):
    """Hands a connection over as an application would: there are env.py that read no setting."""
    from sqlalchemy import create_engine, pool
    from sqlalchemy.exc import SQLAlchemyError

    try:
        config.attributes["connection"] = create_engine(url, poolclass=pool.NullPool).connect()
    except (SQLAlchemyError, ImportError):
        # Without a driver, or without the database: env.py says so where it matters.
        pass


def describe(context, has_output, arguments, statements):
    """What reached context.configure(), as far as JSON can say it; of a function only that it is there."""
    options = context.opts
    connection = context.connection if not context.as_sql else None
    url = getattr(getattr(connection, "engine", None), "url", None)
    metadata = options.get("target_metadata")
    return {
        "url": None if url is None else url.render_as_string(hide_password=False),
        "in_memory": url is not None and url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"),
        "settings": {
            "as_sql": bool(context.as_sql),
            "dialect": context.dialect.name,
            "version_table": context.version_table,
            "version_table_schema": context.version_table_schema,
            "version_table_pk": bool(options.get("version_table_pk", True)),
            "transaction_per_migration": bool(options.get("transaction_per_migration")),
            "transactional_ddl": options.get("transactional_ddl"),
            "in_block": context._transaction is not None,
            "in_transaction": bool(context._in_external_transaction),
            "autocommit": connection is not None and _autocommit(connection),
            "starting_rev": options.get("starting_rev") if isinstance(options.get("starting_rev"), str) else None,
            "on_version_apply": bool(context.on_version_apply_callbacks),
            "has_output": has_output,
            "batch": bool(options.get("render_as_batch")),
            "include_schemas": bool(options.get("include_schemas")),
            "callbacks": _functions(options),
        },
        "session_statements": statements,
        "render_as_batch": bool(options.get("render_as_batch")),
        "include_schemas": bool(options.get("include_schemas")),
        "functions": _functions(options),
        "metadata": 0 if metadata is None else len(metadata) if isinstance(metadata, (list, tuple)) else 1,
        "naming_convention": _naming(metadata),
        "arguments": sorted(arguments),
    }


def _functions(options):
    return sorted(name for name, value in options.items() if callable(value) and name not in ("fn", "script"))


def _autocommit(connection):
    level = connection.get_execution_options().get("isolation_level") or getattr(
        connection.engine.dialect, "_on_connect_isolation_level", None
    )
    return str(level).upper() == "AUTOCOMMIT"


def _naming(metadata):
    if isinstance(metadata, (list, tuple)):
        metadata = metadata[0] if metadata else None
    convention = getattr(metadata, "naming_convention", None) or {}
    return {key: value for key, value in convention.items() if isinstance(key, str) and isinstance(value, str)}
