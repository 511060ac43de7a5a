"""env.py: the environment that runs it, and what the engine asks while env.py waits in `run_migrations()`."""

_stack = []
_default = None
_url = None

# Whether env.py has reached `context.run_migrations()`.
has_run = False


# The addresses for which migrations ran while the command line named one database for all of them.
_done = []


def refuse_second(meant):
    """`--url` names one database. An env.py that goes on to another one would migrate the same database twice."""
    if _url is None or meant is None or _url.endswith("://"):
        return
    meant = str(meant)
    if _done and meant not in _done:
        from alembic.util.exc import CommandError
        from alembic.util.messaging import obfuscate_url_pw

        raise CommandError(
            "--url names one database, and env.py works on several: after that of %s it goes on to that of %s. Leave "
            "--url out, and set the addresses where env.py reads them" % (obfuscate_url_pw(_done[0]), obfuscate_url_pw(meant))
        )
    _done.append(meant)


def current():
    """The environment under way: env.py's own, else one made from the configuration alone."""
    if _stack:
        return _stack[-1]
    return _default


def without_env_py():
    """The environment of scripts that run without env.py, made from the settings; None where there are none."""
    if not _configuration():
        return None
    environment = establish()
    environment._is_made_up = True
    take_migration(environment)
    return environment


def take_migration(environment):
    """Gives the environment of scripts without env.py the database that the engine works on, while it does."""
    import _limbeck

    from limbeck_runtime.running import of_connection

    try:
        context = of_connection()
    except _limbeck.EngineError:
        context = None
    environment._migration_context = context
    if context is not None:
        context.environment_context = environment
        context.script = environment.script
        environment.context_opts["as_sql"] = context.as_sql


def push(environment):
    """Makes an environment the one that `alembic.context` speaks for."""
    _stack.append(environment)


def pop(environment):
    """Ends what `push` began."""
    if environment in _stack:
        _stack.remove(environment)


def overridden_url(url):
    """The address that the command line gives instead of what env.py has worked out; `create_engine` asks."""
    return _url if _url is not None else url


def _configuration():
    import _limbeck

    found = _limbeck.configuration()
    if isinstance(found, str):
        import json

        found = json.loads(found)
    return found


def establish():
    """An environment for a command: settings and scripts, nothing configured."""
    global _default, _url
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    found = _configuration()
    config = Config._of_command(found)
    _url = found.get("url")
    if _url is not None:
        from sqlalchemy import create_engine, pool

        config.attributes["connection"] = _given_connection(create_engine(_url, poolclass=pool.NullPool))
    script = ScriptDirectory._of_command(found)
    environment = EnvironmentContext(config, script, **found.get("context", {}))
    _default = environment
    return environment


def _given_connection(engine):
    """What an env.py finds that takes its connection from whoever runs it: a connection, which also connects like an engine, for
    those that are given one of these."""
    from sqlalchemy.engine.base import Connection

    class GivenConnection(Connection):
        """The connection of the command line's address."""

        def connect(self):
            return self.engine.connect()

        def dispose(self, close=True):
            self.engine.dispose(close)

    return GivenConnection(engine)


def run_env(path):
    """Runs env.py. It calls back when it reaches `context.run_migrations()`."""
    from limbeck_runtime import loader, placeholders

    environment = establish()
    try:
        with environment:
            loader.load_file(path, "env_py")
    finally:
        environment._finish()
    if not has_run and placeholders.first_called is not None:
        # What was to run the migrations is in the application.
        raise placeholders.NeedsApplication(placeholders.first_called)


def version_applied(step):
    """Calls `on_version_apply` after a step. `step` is a dictionary: is_upgrade, is_stamp, up, down, heads."""
    from alembic.runtime.migration import MigrationInfo

    context = current().get_context()
    info = MigrationInfo(
        context.script, step["is_upgrade"], step["is_stamp"], tuple(step["up"]), tuple(step["down"])
    )
    for callback in context.on_version_apply_callbacks:
        callback(ctx=context, step=info, heads=set(step["heads"]), run_args=context._run_args)

