//! Revisions that come to their end.

use limbeck::{dialect::DialectName, migrator::Migrator, script::RanBy};

use crate::project::Sample;

/// Five revisions, of which the third and the fifth need the application.
fn history(sample: &Sample) {
    sample.sql(
        "r1",
        "base",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL);",
        "DROP TABLE item;",
    );
    sample.sql(
        "r2",
        "r1",
        "INSERT INTO item (id, name) VALUES (1, 'Emma'), (2, 'ball');",
        "DELETE FROM item;",
    );
    sample.python(
        "r3",
        Some("r2"),
        "op.add_column('item', sa.Column('kind', sa.Enum(Kind, name='kind', native_enum=False, create_constraint=False)))\n\
         item = sa.table('item', sa.column('id'), sa.column('kind', sa.Enum(Kind, native_enum=False)))\n\
         bind = op.get_bind()\n\
         for row in bind.execute(sa.select(item.c.id).order_by(item.c.id)).fetchall():\n\
         \x20   kind = Kind.BOOK if row.id == 1 else Kind.TOY\n\
         \x20   bind.execute(item.update().where(item.c.id == row.id).values(kind=kind))",
        "with op.batch_alter_table('item') as batch:\n    batch.drop_column('kind')",
    );
    sample.sql(
        "r4",
        "r3",
        "UPDATE item SET name = upper(name) WHERE kind = 'TOY';",
        "UPDATE item SET name = lower(name) WHERE kind = 'TOY';",
    );
    sample.python(
        "r5",
        Some("r4"),
        "op.create_index(None, 'item', ['name'])\n\
         op.create_index(op.f('by_kind'), 'item', ['kind'])",
        "op.drop_index('by_kind')\nop.drop_index('ix_item_name')",
    );
}

#[tokio::test]
async fn native_and_foreign_revisions_take_turns_in_one_run() {
    let Some(sample) = Sample::new() else { return };
    history(&sample);
    let python = sample.project_python();
    let project = sample.project(&python);
    let mut migrator = Migrator::connect(&project, sample.url.as_str())
        .await
        .unwrap();
    let report = migrator.upgrade("head").await.unwrap();
    python.finish().await.unwrap();
    drop(migrator);

    assert_eq!(
        sample
            .ask("SELECT id, name, kind FROM item ORDER BY id")
            .await,
        "1|Emma|BOOK;2|BALL|TOY"
    );
    assert_eq!(
        sample
            .ask("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
            .await,
        "by_kind;ix_item_name"
    );
    assert_eq!(
        sample.ask("SELECT version_num FROM alembic_version").await,
        "r5"
    );

    let told: Vec<_> = report
        .steps
        .iter()
        .filter_map(|step| Some((step.revision.as_str(), step.ran_by.clone()?)))
        .collect();
    let by = RanBy {
        program: sample.python.clone(),
        needs: vec!["shop_app.Kind".to_owned()],
    };
    assert_eq!(told, [("r3", by.clone()), ("r5", by)]);

    sample.downgrade("base").await.unwrap();
    assert_eq!(sample.tables().await, "alembic_version");
    sample.upgrade("head").await.unwrap();
    assert_eq!(sample.ask("SELECT count(*) FROM item").await, "2");
}

#[tokio::test]
async fn a_script_uses_what_another_one_imports_as_in_alembic() {
    let Some(sample) = Sample::new() else { return };
    sample.write("site/shop_app/sizes.py", "LENGTH = 7\n");
    sample.python(
        "r1",
        None,
        "import shop_app\nop.create_table('item', sa.Column('name', sa.String(shop_app.sizes.LENGTH)))",
        "op.drop_table('item')",
    );
    sample.python("r2", Some("r1"), "pass", "pass");
    sample.replace(
        "migrations/versions/r2.py",
        "import Kind\n",
        "import Kind\nfrom shop_app.sizes import LENGTH\n",
    );
    // Alembic loads every script before it runs one.
    sample.upgrade("r1").await.unwrap();
    assert_eq!(
        sample
            .ask("SELECT type FROM pragma_table_info('item')")
            .await,
        "VARCHAR(7)"
    );
}

#[tokio::test]
async fn what_alembic_and_sqlalchemy_offer_works_on_the_engines_connection() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        r#"import datetime, decimal
from sqlalchemy.orm import Session, declarative_base
bind = op.get_bind()
Base = declarative_base()

class Toy(Base):
    __tablename__ = 'toy'
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))
    price = sa.Column(sa.Numeric(10, 2))
    made = sa.Column(sa.DateTime)
    tags = sa.Column(sa.JSON)
    raw = sa.Column(sa.LargeBinary)
    weight = sa.Column(sa.Float)

Base.metadata.create_all(bind)
session = Session(bind=bind)
toy = Toy(name="it's", price=decimal.Decimal('1.50'), made=datetime.datetime(2020, 2, 3, 4, 5, 6, 7), tags={'a': [1, None, 'ü']}, raw=b'\x00\xff', weight=0.1)
session.add_all([toy, Toy(name='b')])
session.commit()
assert toy.id == 1
found = session.query(Toy).filter_by(id=1).one()
assert (found.price, found.made, found.tags, found.raw, found.weight) == (decimal.Decimal('1.50'), datetime.datetime(2020, 2, 3, 4, 5, 6, 7), {'a': [1, None, 'ü']}, b'\x00\xff', 0.1)
session.close()

inspector = sa.inspect(bind)
assert 'toy' in inspector.get_table_names()
assert [column['name'] for column in inspector.get_columns('toy')][:2] == ['id', 'name']
table = sa.Table('toy', sa.MetaData(), autoload_with=bind)
assert bind.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 2
assert bind.execute(sa.text('SELECT id FROM toy WHERE id > 99')).mappings().all() == []

with bind.begin_nested() as savepoint:
    bind.execute(table.delete())
    savepoint.rollback()
try:
    with bind.begin_nested():
        bind.execute(sa.text("INSERT INTO toy (id) VALUES (1)"))
except sa.exc.IntegrityError as error:
    import sqlite3
    assert isinstance(error.orig, sqlite3.IntegrityError)
else:
    raise AssertionError('the key was taken')
assert bind.execute(sa.text('SELECT count(*) FROM toy')).scalar() == 2
assert bind.exec_driver_sql("SELECT :a || ':b' || @c", {'a': 1, 'c': 'x'}).scalar() == '1:bx'
assert op.get_context().config.config_file_name.endswith('alembic.ini')"#,
        "op.drop_table('toy')",
    );
    sample.upgrade("head").await.unwrap();
    assert_eq!(
        sample.ask("SELECT name, made FROM toy ORDER BY id").await,
        "it's|2020-02-03 04:05:06.000007;b|-"
    );
}

#[tokio::test]
async fn batch_mode_keeps_rows_and_what_refers_to_them() {
    let Some(sample) = Sample::new() else { return };
    sample.sql(
        "r1",
        "base",
        "CREATE TABLE shop (id INTEGER PRIMARY KEY, name VARCHAR(5));\n\
         CREATE TABLE item (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shop (id) ON DELETE CASCADE);\n\
         INSERT INTO shop VALUES (1, 'a'), (2, 'b');\nINSERT INTO item VALUES (1, 1), (2, 1), (3, 2);",
        "DROP TABLE item;\nDROP TABLE shop;",
    );
    sample.python(
        "r2",
        Some("r1"),
        "with op.batch_alter_table('shop') as batch:\n\
         \x20   batch.alter_column('name', type_=sa.String(50), nullable=False)\n\
         \x20   batch.add_column(sa.Column('kind', sa.Enum(Kind, native_enum=False), server_default='BOOK'))",
        "with op.batch_alter_table('shop') as batch:\n    batch.drop_column('kind')",
    );
    sample.upgrade("head").await.unwrap();
    assert_eq!(
        sample
            .ask("SELECT id, name, kind FROM shop ORDER BY id")
            .await,
        "1|a|BOOK;2|b|BOOK"
    );
    assert_eq!(sample.ask("SELECT count(*) FROM item").await, "3");
    assert_eq!(sample.ask("PRAGMA foreign_key_check").await, "");
    let sql = sample
        .ask("SELECT sql FROM sqlite_schema WHERE name = 'shop'")
        .await;
    assert!(sql.contains("name VARCHAR(50) NOT NULL"), "{sql}");
}

#[tokio::test]
async fn offline_scripts_hold_what_alembic_would_write() {
    let Some(sample) = Sample::new() else { return };
    sample.python(
        "r1",
        None,
        "op.create_table('item', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(10)))\n\
         item = sa.table('item', sa.column('name', sa.String))\n\
         op.bulk_insert(item, [{'name': \"it's\"}, {'name': 'b'}])\n\
         op.create_index(None, 'item', ['name'])",
        "op.drop_table('item')",
    );
    let mut launch = sample.launch();
    launch.offline = true;
    let python = limbeck_python::project_python::ProjectPython::new(sample.search(), launch);
    let project = sample.project(&python);
    let script = project
        .upgrade_script("head", DialectName::Sqlite, &mut limbeck::migrate::Silent)
        .await
        .unwrap();
    python.finish().await.unwrap();
    for expected in [
        "CREATE TABLE item (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(10), \n\tPRIMARY KEY (id)\n);",
        "INSERT INTO item (name) VALUES ('it''s');",
        "CREATE INDEX ix_item_name ON item (name);",
    ] {
        let expected = expected.replace('\t', "    ");
        assert!(script.text.contains(&expected), "{}", script.text);
    }
}
