//! env.py in the shapes that projects give it, run by the embedded interpreter.
#![allow(clippy::unwrap_used)]

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
    let project = Fixture::new(GENERIC);
    assert_eq!(
        project.upgrade().await,
        "on sqlite:///[ROOT]/main.db\nran aaaa1\nran bbbb2\n"
    );
    let tables = "alembic_version: version_num\nthing: id, name\n";
    assert_eq!(project.tables("main.db").await, tables);
    let script = project.write().await;
    let row = script.find("INSERT INTO alembic_version (version_num) VALUES ('aaaa1');");
    let table = script.find("CREATE TABLE thing (");
    assert!(table.is_some() && table < row, "{script}");
}

#[tokio::test]
async fn an_address_from_the_command_line_is_stronger_than_the_files() {
    let project = Fixture::new(GENERIC).url("other.db");
    assert_eq!(
        project.upgrade().await,
        "on sqlite:///[ROOT]/other.db\nran aaaa1\nran bbbb2\n"
    );
    assert!(!project.path().join("main.db").exists());
}

#[tokio::test]
async fn a_connection_that_the_application_hands_over() {
    let env = r#"
from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
"#;
    let told = Fixture::new(env).upgrade().await;
    assert!(told.starts_with("error: KeyError: 'connection'"), "{told}");
    assert!(told.contains("help: env.py expects a connection"), "{told}");
    let told = Fixture::new(env).url("lent.db").upgrade().await;
    assert_eq!(told, "on sqlite:///[ROOT]/lent.db\nran aaaa1\nran bbbb2\n");
}

#[tokio::test]
async fn arguments_of_x_and_a_table_of_its_own() {
    let env = r#"
from sqlalchemy import create_engine, pool
from alembic import context

name = context.get_x_argument(as_dictionary=True).get("db")
if name is None:
    raise Exception("give -x db=NAME")
applied = []
engine = create_engine("sqlite:///%s/%s" % (context.config.get_main_option("here"), name), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        version_table="versions_of_%s" % name.partition(".")[0],
        on_version_apply=lambda ctx, step, heads, run_args: applied.append((step.up_revision_id, sorted(heads), run_args)),
    )
    with context.begin_transaction():
        context.run_migrations(tenant="a")
assert applied == [("aaaa1", ["aaaa1"], {"tenant": "a"}), ("bbbb2", ["bbbb2"], {"tenant": "a"})], applied
"#;
    let told = Fixture::new(env).upgrade().await;
    assert!(
        told.starts_with("error: Exception: give -x db=NAME"),
        "{told}"
    );
    let project = Fixture::new(env).x("db=shop.db");
    assert_eq!(
        project.upgrade().await,
        "on sqlite:///[ROOT]/shop.db\nran aaaa1\nran bbbb2\n"
    );
    let tables = "thing: id, name\nversions_of_shop: version_num\n";
    assert_eq!(project.tables("shop.db").await, tables);
}
