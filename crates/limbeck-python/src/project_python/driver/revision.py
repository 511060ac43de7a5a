"""Runs one direction of one revision with the project's own Alembic, on Limbeck's connection.

The options are those that env.py gave to context.configure(), so naming conventions, batch settings and the rest are in
force. What the engine does around a revision (version row, transaction, lock) is not done here.
"""

import contextlib
import os
import sys
import warnings

from alembic import util
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationInfo

from limbeck_driver import dialects
from limbeck_driver.dbapi import rollback_message
from limbeck_driver.logs import quiet
from limbeck_driver.offline import Writer


class Revisions:
    """The revisions that run between a report of env.py and the command to go on."""

    def __init__(self, pipe, environment, context, arguments, scripts):
        self._scripts = scripts
        self._session = None
        self._pipe = pipe
        self._environment = environment
        self._context = context
        self._arguments = arguments
        self._modules = {}
        self._online = None
        self._driver = None
        self._path = None
        # Whether a file name of Python's is that of the revision under way.
        self._is_own = {}

    def load(self, command):
        """Loads the file in the command, and finds its function."""
        self._path = os.path.abspath(command["path"])
        getattr(self._module(), command["direction"])
        return {}

    def run(self, command):
        """Runs `upgrade()` or `downgrade()` of the file in the command."""
        self._path = os.path.abspath(command["path"])
        function = getattr(self._module(), command["direction"])
        if command["offline"]:
            with self._installed(self._written(command["dialect"])):
                function(**self._arguments)
            return {}
        context = self._connected(command["dialect"])
        driver = self._driver
        driver.wrote, driver.rolled_back = False, None
        connection = context.connection
        if context._transaction is None or not context._transaction.is_active:
            # An autobegun transaction of the revision before is the same to the engine.
            active = connection.get_transaction()
            context._transaction = active if active is not None and active.is_active else connection.begin()
        try:
            with self._installed(context):
                function(**self._arguments)
        finally:
            rolled_back, driver.rolled_back = driver.rolled_back, None
        if rolled_back is not None:
            raise util.CommandError(rollback_message(rolled_back))
        return {}

    def applied(self, command):
        """Calls env.py's on_version_apply functions, after the engine wrote the version rows."""
        step, dialect = command["step"], command["dialect"]
        context = self._written(dialect) if command["offline"] else self._connected(dialect)
        info = MigrationInfo(
            self._environment.script.revision_map,
            step["is_upgrade"],
            step["is_stamp"],
            tuple(step["up"]),
            tuple(step["down"]),
        )
        with self._installed(context):
            for callback in context.on_version_apply_callbacks:
                callback(ctx=context, step=info, heads=set(step["heads"]), run_args=self._arguments)
        return {}

    def write(self, command):
        """Gives the text of a script of `--sql` to env.py's own output."""
        self._context.output_buffer.write(command["text"])
        return {}

    def models(self, command):
        """Answers a question about the models. `scripts` of the other databases are in the same list."""
        from limbeck_autogenerate.session import Session

        if self._session is None:
            self._session = Session(self._context, self._scripts)
        with self._installed(self._context):
            return {"answer": self._session.answer(command["question"])}

    def close(self):
        """Forgets the connection; it is the engine's."""
        self._online = self._driver = None

    def _module(self):
        module = self._modules.get(self._path)
        if module is None:
            directory, name = os.path.split(self._path)
            # A revision may use `op` and `context` while it is loaded, as in Alembic.
            with self._installed(self._context):
                self._load_others()
                module = self._modules.get(self._path)
                if module is None:
                    module = self._modules[self._path] = util.load_python_file(directory, name)
        return module

    def _load_others(self):
        """Loads every script there is, as Alembic does before it runs one: what one imports, another may use unasked."""
        if self._modules:
            return
        # Whatever is wrong with another script is not told here, nor that Limbeck knows scripts that Alembic does not.
        with contextlib.suppress(Exception), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Revision .* is not present")
            known = self._environment.script.revision_map._revision_map
            found = (script for script in known.values() if script is not None)
            self._modules.update({os.path.abspath(script.path): script.module for script in found})

    @contextlib.contextmanager
    def _installed(self, context):
        before = self._environment._migration_context
        self._environment._migration_context = context
        try:
            with Operations.context(context):
                yield
        finally:
            self._environment._migration_context = before
            sys.stdout.flush()
            sys.stderr.flush()

    def _connected(self, dialect):
        if self._online is None:
            theirs = self._context.connection if not self._context.as_sql else None
            engine = getattr(theirs, "engine", None)
            name = self._context.dialect.name
            # env.py says `mysql` or `mariadb` as it likes; another family is not what the engine is connected to.
            family = {"mysql": "mysql", "mariadb": "mysql"}
            name = name if family.get(name, name) == family.get(dialect, dialect) else dialect
            connection, self._driver = dialects.connect(
                self._pipe, name, getattr(engine, "url", None), bool(getattr(theirs, "_is_future", False)), self._place
            )
            options = dict(theirs.get_execution_options()) if theirs is not None else {}
            options.pop("isolation_level", None)
            if options:
                connection = connection.execution_options(**options)
            if connection.in_transaction():
                # What initialising the dialect began; the engine has a transaction of its own.
                connection.get_transaction().commit()
            opts = dict(self._context.opts, as_sql=False)
            opts.pop("starting_rev", None)
            with quiet():
                self._online = MigrationContext.configure(
                    connection=connection, environment_context=self._environment, opts=opts
                )
        return self._online

    def _written(self, dialect):
        """A context whose statements are written down by the engine instead of run."""
        writer = Writer(self._pipe, self._place)
        opts = dict(self._context.opts, as_sql=True, output_buffer=writer)
        with quiet():
            context = self._context
            if context.dialect.name == dialect or self._environment.script is not None:
                context = MigrationContext(context.dialect, None, opts, self._environment)
            else:
                context = MigrationContext.configure(
                    dialect_name=dialect, environment_context=self._environment, opts=opts
                )
        writer.attach(context)
        return context

    def _place(self):
        """File and line of the revision's own code that is running."""
        path, known = self._path, self._is_own
        frame = sys._getframe(1)
        while frame is not None:
            name = frame.f_code.co_filename
            own = known.get((path, name))
            if own is None:
                own = known[path, name] = name == path or os.path.abspath(name) == path
            if own:
                return path, frame.f_lineno
            frame = frame.f_back
        return None
