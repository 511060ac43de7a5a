//! env.py in the shapes that projects give it, run by the embedded interpreter.

mod project;

use project::Fixture;

/// What the generic template does.
const GENERIC: &str = r#"
from logging.config import fileConfig

from sqlalchemy import engine_from_config
from sqlalchemy import pool

from alembic import context

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name)
target_metadata = None


def run_migrations_offline() -> None:
    url = config.get_main_option("sqlalchemy.url")
    context.configure(
        url=url, target_metadata=target_metadata, literal_binds=True, dialect_opts={"paramstyle": "named"}
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    connectable = engine_from_config(
        config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.", poolclass=pool.NullPool
    )
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
"#;

#[tokio::test]
async fn the_generic_template() {
    let project =
        Fixture::new(&GENERIC.replace("    fileConfig(config.config_file_name)", "    pass"));
    insta::assert_snapshot!(project.upgrade().await, @"");
    insta::assert_snapshot!(project.tables("main.db").await, @"");
    insta::assert_snapshot!(project.write().await, @"");
}
