from logging.config import fileConfig

from sqlalchemy import engine_from_config, pool

from alembic import context
from stations.orm.tables import Base

config = context.config
fileConfig(config.config_file_name)

target_metadata = Base.metadata

x_arguments = context.get_x_argument(as_dictionary=True)
db_label = x_arguments.get("db", None)
if not db_label and not config.attributes.get("connection", None):
    raise Exception("We couldn't find `db` in the CLI arguments; add `-x db=<section of alembic.ini>`")


def include_object(object, name, type_, reflected, compare_to):
    return type_ != "table" or object.schema == target_metadata.schema


def run_migrations_online():
    connectable = config.attributes.get("connection", None)
    if connectable is None:
        settings = config.get_section(config.config_ini_section)
        for key, value in config.get_section(db_label).items():
            settings[key] = value
        connectable = engine_from_config(settings, prefix="sqlalchemy.", poolclass=pool.NullPool, future=True)
    with connectable.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            version_table_schema=target_metadata.schema,
            include_schemas=True,
            include_object=include_object,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise Exception("Connection, url, or dialect_name is required.")
run_migrations_online()
