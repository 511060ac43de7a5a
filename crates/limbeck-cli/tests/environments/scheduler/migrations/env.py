from __future__ import annotations

import contextlib
import sys
from logging import getLogger
from logging.config import fileConfig

from alembic import context

from scheduler import models, settings
from scheduler.utils.db import compare_server_default, compare_type


def include_object(_, name, type_, *args):
    if name == "sqlite_sequence":
        return False
    return not (type_ == "table" and name not in target_metadata.tables)


models.import_all_models()

config = context.config

if not getLogger().handlers:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

target_metadata = models.base.Base.metadata

version_table = "alembic_version"


def run_migrations_offline():
    context.configure(
        url=settings.SQL_ALCHEMY_CONN,
        target_metadata=target_metadata,
        literal_binds=True,
        compare_type=compare_type,
        compare_server_default=compare_server_default,
        render_as_batch=True,
        include_object=include_object,
        version_table=version_table,
    )

    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    def process_revision_directives(context, revision, directives):
        if getattr(config.cmd_opts, "autogenerate", False):
            script = directives[0]
            if script.upgrade_ops and script.upgrade_ops.is_empty():
                directives[:] = []
                print("No change detected in ORM schema, skipping revision.")

    with contextlib.ExitStack() as stack:
        connection = config.attributes.get("connection", None)

        if not connection:
            connection = stack.push(settings.engine.connect())

        context.configure(
            connection=connection,
            transaction_per_migration=True,
            target_metadata=target_metadata,
            compare_type=compare_type,
            compare_server_default=compare_server_default,
            include_object=include_object,
            render_as_batch=True,
            process_revision_directives=process_revision_directives,
            version_table=version_table,
        )

        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()

if "scheduler.models.account" in sys.modules:
    print("the models are %s" % ", ".join(sorted(target_metadata.tables)))
