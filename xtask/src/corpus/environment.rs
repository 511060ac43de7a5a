//! The `env.py` of a replay, which needs no application: what the application's own adds to it and what shows in a schema is
//! its naming convention.

const ONLINE: &str = r#"
def run_migrations_online():
    from sqlalchemy import engine_from_config

    section = config.get_section(config.config_ini_section, {})
    engine = engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool{options})
    with engine.connect() as connection:
        run_migrations_on(connection)
"#;

const ONLINE_ASYNC: &str = r#"
def run_migrations_online():
    import asyncio

    from sqlalchemy.ext.asyncio import async_engine_from_config

    async def run():
        section = config.get_section(config.config_ini_section, {})
        engine = async_engine_from_config(section, prefix="sqlalchemy.", poolclass=pool.NullPool{options})
        async with engine.connect() as connection:
            await connection.run_sync(run_migrations_on)
        await engine.dispose()

    asyncio.run(run())
"#;

/// The text of an `env.py`.
pub(super) fn env_py(name: &str, asynchronous: bool) -> String {
    let convention = match name {
        "airflow" => {
            r#"{
    "ix": "idx_%(column_0_N_label)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_uq",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}"#
        }
        "langflow" => {
            r#"{
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}"#
        }
        "prefect" => {
            r#"{
    "ix": "ix_%(table_name)s__%(column_0_N_name)s",
    "uq": "uq_%(table_name)s__%(column_0_N_name)s",
    "ck": "ck_%(table_name)s__%(constraint_name)s",
    "fk": "fk_%(table_name)s__%(column_0_N_name)s__%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}"#
        }
        _ => "None",
    };
    // Dagster's history runs for an instance of it, which is asked for its scheduler, on connections without transactions.
    let (imports, options, within) = match name {
        "dagster" => (
            "from types import SimpleNamespace\n\nfrom dagster._core.storage.migration import utils\n",
            ", isolation_level=\"AUTOCOMMIT\"",
            "with utils.upgrading_instance(SimpleNamespace(scheduler=None)):\n        ",
        ),
        _ => ("", "", ""),
    };
    let online = match asynchronous {
        false => ONLINE,
        true => ONLINE_ASYNC,
    };
    let online = online.replace("{options}", options);
    format!(
        r#"{imports}from alembic import context
from sqlalchemy import MetaData, pool

config = context.config
target_metadata = MetaData(naming_convention={convention})


def run_migrations_offline():
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={{"paramstyle": "named"}},
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_on(connection):
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        render_as_batch=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()

{online}

if context.is_offline_mode():
    run_migrations_offline()
else:
    {within}run_migrations_online()
"#
    )
}
