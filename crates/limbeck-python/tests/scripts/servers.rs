//! Values of the two servers. Without a server to test on, these pass unseen.

use limbeck::config::DatabaseUrl;

use super::fixture::Fixture;

async fn passes(url: &str, body: &str) {
    let url = DatabaseUrl::parse(url).unwrap();
    let fixture = Fixture::on(tempfile::tempdir().unwrap(), url, &[body]);
    if let Err(error) = fixture.upgrade().await {
        panic!("{error}\n{}", error.traceback().unwrap_or_default());
    }
}

#[tokio::test]
async fn values_of_postgresql() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let body = r#"
import math
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID
from _limbeck import execute, server, DatabaseError

def same(kind, *values):
    for value in values:
        found = execute(0, 'SELECT $1::' + kind, [value])[1][0][0]
        assert found == value and type(found) is type(value), (kind, value, found)

def upgrade():
    same('bool', True, False, None)
    same('bigint', 0, -5, 2**63 - 1, -2**63)
    same('numeric', Decimal('1.10'), Decimal(10**40), Decimal('-0.000001'))
    assert execute(0, 'SELECT $1::numeric', [10**30])[1] == [(Decimal(10**30),)]
    same('float8', 1.5, -1e300, math.inf, -math.inf)
    assert math.isnan(execute(0, 'SELECT $1::float8', [math.nan])[1][0][0])
    same('text', '', 'ä€', "it's", 'back\\slash', '$1 ?')
    same('bytea', b'', bytes(range(256)))
    same('date', date(2024, 2, 29))
    same('time', time(1, 2, 3), time(1, 2, 3, 450000))
    same('timestamp', datetime(2024, 1, 2, 3, 4, 5), datetime(2024, 1, 2, 3, 4, 5, 600))
    zone = timezone(timedelta(hours=5, minutes=30))
    same('timestamptz', datetime(2024, 1, 2, 3, 4, 5, tzinfo=zone))
    assert execute(0, 'SELECT now()')[1][0][0].tzinfo is not None
    same('interval', timedelta(days=-3, hours=4, microseconds=5), timedelta(0), timedelta(days=400))
    assert execute(0, "SELECT interval '1 year 2 mons -04:05:06.7'")[1][0][0] == timedelta(days=425) - timedelta(hours=4, minutes=5, seconds=6.7)
    same('uuid', UUID('12345678-1234-5678-1234-567812345678'))
    same('jsonb', {'a': [1, None, 'x'], 'b': {'c': 1.5}})
    assert execute(0, "SELECT '[1, \"a\"]'::json")[1] == [([1, 'a'],)]
    same('int[]', [], [1, None, 3], [[1, 2], [3, 4]])
    same('text[]', ['a', '', 'NULL', 'with "quotes", \\ and {braces}', None])
    same('bool[]', [True, False])
    same('numeric[]', [Decimal('1.5')])
    same('timestamp[]', [datetime(2024, 1, 2)])
    same('uuid[]', [UUID(int=1)])
    execute(0, 'CREATE TABLE t (id serial, a int)')
    assert execute(0, 'INSERT INTO t (a) VALUES ($1), ($2) RETURNING id, a', [5, 6]) == (('id', 'a'), [(1, 5), (2, 6)], 2, None)
    assert execute(0, 'SELECT id, a AS x FROM t WHERE a > 100')[:2] == (('id', 'x'), [])
    assert execute(0, 'UPDATE t SET a = 7')[2] == 2
    assert execute(0, 'CREATE TABLE u (a int)')[0] is None
    execute(0, 'SAVEPOINT s')
    try:
        execute(0, 'INSERT INTO nowhere VALUES (1)')
    except DatabaseError as error:
        assert error.code == '42P01', error.code
    execute(0, 'ROLLBACK TO SAVEPOINT s')
    execute(0, 'CREATE INDEX CONCURRENTLY i ON t (a)', (), True)
    told = server(0)
    assert told['dialect'] == 'postgresql' and told['default_schema'] == 'public' and told['version'][0] > 9, told
"#;
    passes(&database.url, body).await;
}

#[tokio::test]
async fn values_of_mariadb() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let body = r#"
from datetime import date, datetime, timedelta
from decimal import Decimal
from _limbeck import execute, server

def same(kind, *values):
    execute(0, 'CREATE OR REPLACE TABLE v (v ' + kind + ')')
    for value in values:
        execute(0, 'DELETE FROM v')
        execute(0, 'INSERT INTO v VALUES (?)', [value])
        found = execute(0, 'SELECT v FROM v')[1][0][0]
        assert found == value and type(found) is type(value), (kind, value, found)

def upgrade():
    same('TINYINT(1)', 0, 1, None)
    same('BIGINT', 2**63 - 1, -2**63)
    same('BIGINT UNSIGNED', 2**64 - 1)
    same('DECIMAL(40, 6)', Decimal('1.100000'), Decimal('-0.000001'))
    assert execute(0, 'SELECT CAST(? AS DECIMAL(40))', [10**30])[1] == [(Decimal(10**30),)]
    same('DOUBLE', 1.5, -1e300)
    same('VARCHAR(100) CHARACTER SET utf8mb4', '', 'ä€', "it's", 'back\\slash', '?')
    same('BLOB', b'', bytes(range(256)))
    same('DATE', date(2024, 2, 29))
    same('DATETIME(6)', datetime(2024, 1, 2, 3, 4, 5, 600))
    same('TIME(6)', timedelta(hours=100, seconds=1.5), -timedelta(hours=1, minutes=2))
    same('JSON', '{"a": 1}')
    execute(0, 'CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, a INT)')
    assert execute(0, 'INSERT INTO t (a) VALUES (?), (?)', [5, 6]) == (None, [], 2, 1)
    assert execute(0, 'INSERT INTO t (a) VALUES (9) RETURNING id, a')[:2] == (('id', 'a'), [(3, 9)])
    assert execute(0, 'SELECT id, a AS x FROM t WHERE a > 100')[:2] == (('id', 'x'), [])
    assert execute(0, 'UPDATE t SET a = 7')[2] == 3
    assert server(0)['dialect'] == 'mariadb'
"#;
    passes(&database.url, body).await;
}
