from __future__ import with_statement
import logging
import os

from logging.config import fileConfig

from runs.web.db import Base, engine
from runs.configs import MODE_KEY
from runs.web.utils import get_db_url
from alembic import context
from alembic.config import Config

config = context.config

if os.getenv(MODE_KEY, "prod") != "prod":
    here = os.path.abspath(os.path.dirname(__file__))
    config = Config(os.path.join(here, "alembic_dev.ini"))

fileConfig(config.config_file_name)
logger = logging.getLogger("alembic.env")

target_metadata = Base.metadata


def run_migrations_offline():
    context.configure(url=get_db_url(), target_metadata=target_metadata, literal_binds=True)

    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    def process_revision_directives(context, revision, directives):
        if getattr(config.cmd_opts, "autogenerate", False):
            script = directives[0]
            if script.upgrade_ops.is_empty():
                directives[:] = []
                logger.info("No changes in schema detected.")

    connectable = engine

    with connectable.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            process_revision_directives=process_revision_directives,
        )

        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
