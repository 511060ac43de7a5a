import os

from logging.config import fileConfig

from alembic import context
from alembic.config import Config
from sqlalchemy import create_engine

from runs.models import *
from runs.configs import MODE_KEY

config = context.config

if os.getenv(MODE_KEY, "prod") != "prod":
    here = os.path.abspath(os.path.dirname(__file__))
    config = Config(os.path.join(here, "alembic_dev.ini"))

fileConfig(config.config_file_name)

target_metadata = BaseModel.metadata


def run_migrations_offline():
    sqlalchemy_url = os.environ.get("RUNS_DB_URL")
    context.configure(
        url=sqlalchemy_url,
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )

    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    sqlalchemy_url = os.environ.get("RUNS_DB_URL")
    connectable = create_engine(sqlalchemy_url)

    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)

        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
