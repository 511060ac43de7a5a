//! PostgreSQL and MariaDB: values as their drivers give them, transactions, statements outside of one.

use limbeck_testing::{mariadb, postgres};

use crate::project::{Sample, told};

async fn on_postgres() -> Option<Sample> {
    let database = postgres().await?;
    let (address, _) = database.url.split_once('?').unwrap_or((&database.url, ""));
    let (_, rest) = address.split_once("://").unwrap();
    Sample::on(&database.url, &format!("postgresql+psycopg2://{rest}"))
}

async fn on_mariadb() -> Option<Sample> {
    let database = mariadb().await?;
    let (address, _) = database.url.split_once('?').unwrap_or((&database.url, ""));
    let (_, rest) = address.split_once("://").unwrap();
    Sample::on(
        &database.url,
        &format!("mysql+pymysql://{rest}?charset=utf8mb4"),
    )
}

#[tokio::test]
async fn values_of_postgresql_are_those_of_its_drivers() {
    let Some(sample) = on_postgres().await else {
        return;
    };
    sample.python(
        "r1",
        None,
        r#"import datetime, decimal, uuid
from sqlalchemy.dialects import postgresql as pg
kind = pg.ENUM(Kind, name='kind')
table = op.create_table(
    'item', sa.Column('id', sa.Integer, primary_key=True), sa.Column('u', pg.UUID(as_uuid=True)),
    sa.Column('texts', pg.ARRAY(sa.Text)), sa.Column('numbers', pg.ARRAY(sa.Integer)), sa.Column('j', pg.JSONB),
    sa.Column('span', sa.Interval), sa.Column('at', sa.DateTime(timezone=True)), sa.Column('day', sa.Date),
    sa.Column('clock', sa.Time), sa.Column('price', sa.Numeric), sa.Column('weight', sa.Float),
    sa.Column('raw', sa.LargeBinary), sa.Column('kind', kind), sa.Column('ok', sa.Boolean),
    sa.Column('big', sa.BigInteger), sa.Column('missing', sa.Text))
zone = datetime.timezone(datetime.timedelta(hours=2))
values = dict(
    id=1, u=uuid.UUID(int=7), texts=["a'b", 'c,d\\', None, '"'], numbers=[1, -2], j={'k': ['ü', 1.5, None]},
    span=datetime.timedelta(days=-1, seconds=5, microseconds=7), at=datetime.datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=zone),
    day=datetime.date(2020, 1, 2), clock=datetime.time(1, 2, 3), price=decimal.Decimal('12345678901234567890.10'),
    weight=0.1, raw=b'\x00\xff', kind=Kind.TOY, ok=True, big=-2**63, missing=None)
bind = op.get_bind()
bind.execute(table.insert(), [values])
row = bind.execute(sa.select(table)).mappings().one()
assert dict(row) == values, dict(row)
raw = bind.execute(sa.text("SELECT u, texts, j, span, kind, '[1,5)'::int4range AS r, '{}'::int[] AS e FROM item")).one()
assert raw.texts == values['texts'] and raw.j == values['j'] and raw.span == values['span'] and raw.kind == 'TOY' and raw.e == []
assert bind.execute(table.insert().values(id=2).returning(table.c.id)).scalar() == 2
assert bind.execute(sa.text("SELECT 'a%' LIKE :p"), {'p': 'a%'}).scalar() is True
try:
    with bind.begin_nested():
        bind.execute(table.insert().values(id=2))
except sa.exc.IntegrityError as error:
    assert error.orig.pgcode == '23505'
else:
    raise AssertionError('the key was taken')
reflected = sa.Table('item', sa.MetaData(), autoload_with=bind)
assert isinstance(reflected.c.texts.type, pg.ARRAY), reflected.c.texts.type
assert sa.inspect(bind).get_enums()[0]['labels'] == ['BOOK', 'TOY']"#,
        "op.drop_table('item')\nop.execute('DROP TYPE kind')",
    );
    sample.upgrade("head").await.unwrap();
    assert_eq!(sample.ask("SELECT count(*) FROM item").await, "2");
    sample.downgrade("base").await.unwrap();
    assert_eq!(
        sample
            .ask("SELECT count(*) FROM pg_type WHERE typname = 'kind'")
            .await,
        "0"
    );
}

#[tokio::test]
async fn a_failure_there_rolls_back_what_ran_natively_before() {
    let Some(sample) = on_postgres().await else {
        return;
    };
    sample.sql(
        "r1",
        "base",
        "CREATE TABLE item (id integer);",
        "DROP TABLE item;",
    );
    sample.python(
        "r2",
        Some("r1"),
        "op.execute('INSERT INTO item VALUES (1)')",
        "pass",
    );
    sample.python(
        "r3",
        Some("r2"),
        "op.add_column('item', sa.Column('n', sa.Text))\n1 / 0",
        "pass",
    );
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains("r3.py:12: ZeroDivisionError: division by zero"),
        "{text}"
    );
    assert!(
        text.contains("Nothing of this run was kept. Rolled back: r1, r2."),
        "{text}"
    );
    assert_eq!(
        sample
            .ask("SELECT count(*) FROM pg_class WHERE relname = 'item'")
            .await,
        "0"
    );
}

#[tokio::test]
async fn an_autocommit_block_runs_outside_the_transaction() {
    let Some(sample) = on_postgres().await else {
        return;
    };
    sample.sql(
        "r1",
        "base",
        "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE item (mood mood);",
        "DROP TABLE item;\nDROP TYPE mood;",
    );
    sample.python(
        "r2",
        Some("r1"),
        "with op.get_context().autocommit_block():\n    op.execute(\"ALTER TYPE mood ADD VALUE 'great'\")\n\
         \x20   op.execute('CREATE INDEX CONCURRENTLY by_mood ON item (mood)')\n\
         op.execute(\"INSERT INTO item VALUES ('great')\")",
        "pass",
    );
    sample.upgrade("head").await.unwrap();
    assert_eq!(sample.ask("SELECT mood FROM item").await, "great");
    assert_eq!(
        sample.ask("SELECT version_num FROM alembic_version").await,
        "r2"
    );
}

#[tokio::test]
async fn values_of_mariadb_are_those_of_its_drivers() {
    let Some(sample) = on_mariadb().await else {
        return;
    };
    sample.python(
        "r1",
        None,
        r#"import datetime, decimal
from sqlalchemy.dialects import mysql
table = op.create_table(
    'item', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(50)), sa.Column('price', sa.Numeric(20, 2)),
    sa.Column('at', mysql.DATETIME(fsp=6)), sa.Column('day', sa.Date), sa.Column('span', mysql.TIME(fsp=6)), sa.Column('j', sa.JSON),
    sa.Column('raw', sa.LargeBinary), sa.Column('kind', sa.Enum(Kind)), sa.Column('ok', sa.Boolean), sa.Column('weight', sa.Double if hasattr(sa, 'Double') else sa.Float(53)),
    sa.Column('big', mysql.BIGINT(unsigned=True)))
values = dict(
    id=1, name="it's a \\ 100%", price=decimal.Decimal('123456789012345678.10'), at=datetime.datetime(2020, 1, 2, 3, 4, 5, 6),
    day=datetime.date(2020, 1, 2), span=datetime.time(1, 2, 3, 4), j={'k': ['ü', None]}, raw=b'\x00\xff\\', kind=Kind.TOY, ok=True,
    weight=0.1, big=2**64 - 1)
bind = op.get_bind()
bind.execute(table.insert(), [values])
row = bind.execute(sa.select(table)).mappings().one()
assert dict(row) == values, dict(row)
raw = bind.execute(sa.text("SELECT span, ok, j, timediff('00:00:00', '30:00:01') FROM item")).one()
assert tuple(raw)[:2] == (datetime.timedelta(hours=1, minutes=2, seconds=3, microseconds=4), 1), raw
assert raw[3] == -datetime.timedelta(hours=30, seconds=1), raw
bind.execute(table.insert(), [dict(id=number, name='n%d' % number) for number in range(2, 3000)])
assert bind.execute(sa.text('SELECT count(*) FROM item')).scalar() == 2999
assert bind.execute(table.insert().values(name='last', id=4000)).lastrowid is not None
try:
    with bind.begin_nested():
        bind.execute(table.insert().values(id=1))
except sa.exc.IntegrityError as error:
    assert error.orig.args[0] == 1062
else:
    raise AssertionError('the key was taken')
assert [column['name'] for column in sa.inspect(bind).get_columns('item')][0] == 'id'"#,
        "op.drop_table('item')",
    );
    sample.upgrade("head").await.unwrap();
    assert_eq!(
        sample.ask("SELECT name FROM item WHERE id = 1").await,
        "it's a \\ 100%"
    );
    sample.downgrade("base").await.unwrap();
}
