from logging.config import fileConfig

from alembic import context
from store import schemas  # noqa: F401
from store.configuration import Configuration
from store.engine import SqlStore
from store.migrations.runner import Runner

fileConfig(context.config.config_file_name, disable_existing_loggers=False)

configuration = Configuration()
store = SqlStore(configuration, skip_migrations=True)
Runner(store.engine, configuration.excluded, context).run_migrations()
