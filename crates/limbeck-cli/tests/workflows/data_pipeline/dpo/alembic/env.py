from logging.config import fileConfig

from sqlalchemy import create_engine, pool

from alembic import context
from dpo.entities import metadata
from dpo.shared import Constants

config = context.config
fileConfig(config.config_file_name)
target_metadata = metadata


def use_schema(object, name, type_, reflected, compare_to):
    if type_ == "table" and object.schema != target_metadata.schema:
        return False
    if type_ == "column" and object.info.get("skip_autogenerate", False):
        return False
    return not name.startswith("alembic_version")


def database_url():
    arguments = context.get_x_argument()
    if not arguments:
        raise AttributeError(
            "example usage: `alembic -c dpo/alembic.ini -x postgresql+psycopg2://... downgrade -1`"
        )
    return arguments[0]


def run_migrations_offline():
    context.configure(
        url=database_url(),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        include_schemas=True,
        include_object=use_schema,
        version_table=f"alembic_version_{Constants.DATA_PIPELINE_NAME}",
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    engine = create_engine(database_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            include_schemas=True,
            include_object=use_schema,
            version_table=f"alembic_version_{Constants.DATA_PIPELINE_NAME}",
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
