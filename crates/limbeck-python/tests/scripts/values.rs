//! Values cross the bridge as they are.

use super::fixture::{Fixture, integer};
use limbeck::schema::Value;

#[tokio::test]
async fn rows_columns_and_counts_come_back() {
    let fixture = Fixture::new(&[
        "import _limbeck\ndef upgrade():\n    _limbeck.execute(0, 'CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)')\n",
        r#"
from _limbeck import execute

def upgrade():
    for n in range(3):
        columns, rows, count, last = execute(0, 'INSERT INTO t (b) VALUES (?)', (f'row {n}',))
        assert (columns, rows, count, last) == (None, [], 1, n + 1), (columns, rows, count, last)
    answer = execute(0, 'SELECT a, b FROM t WHERE a > ?', [1])
    assert answer[:2] == (('a', 'b'), [(2, 'row 1'), (3, 'row 2')]), answer
    answer = execute(0, 'SELECT a AS x, b FROM t WHERE a > 100')
    assert answer[:2] == (('x', 'b'), []), answer
    answer = execute(0, 'UPDATE t SET b = ?', [None])
    assert answer[0] is None and answer[2] == 3, answer
    answer = execute(0, 'INSERT INTO t (b) VALUES (?) RETURNING a, b', ['new'])
    assert answer[:2] == (('a', 'b'), [(4, 'new')]), answer
    answer = execute(0, 'DELETE FROM t WHERE a > 100 RETURNING a')
    assert answer[:2] == (('a',), []), answer
"#,
    ]);
    fixture.upgrade().await.unwrap();
    assert_eq!(
        fixture.query("SELECT count(*), max(b) FROM t").await,
        [vec![integer(4), Value::Text("new".to_owned())]]
    );
    assert_eq!(fixture.versions().await, ["r2"]);
}

#[tokio::test]
async fn values_of_sqlite_keep_their_type() {
    let fixture = Fixture::new(&[r#"
import datetime, decimal, math, uuid
from _limbeck import execute

def upgrade():
    execute(0, 'CREATE TABLE t (n INTEGER, v)')
    given = [None, 0, -1, 2**63 - 1, -2**63, 1.5, float('inf'), '', 'ä\u20ac', 'a\'b', b'', bytes(range(256)), True]
    for n, value in enumerate(given):
        execute(0, 'INSERT INTO t VALUES (?, ?)', (n, value))
    found = [row[0] for row in execute(0, 'SELECT v FROM t ORDER BY n')[1]]
    assert found == given, found
    assert [type(value) for value in found[:-1]] == [type(value) for value in given[:-1]], found
    texts = [2**63, 10**30, decimal.Decimal('1.10'), datetime.date(2024, 2, 29), datetime.datetime(2024, 1, 2, 3, 4, 5, 6)]
    found = [execute(0, 'SELECT ?', [value])[1][0][0] for value in texts]
    assert found == ['9223372036854775808', '1' + '0' * 30, '1.10', '2024-02-29', '2024-01-02 03:04:05.000006'], found
    assert execute(0, 'SELECT ?', [math.nan])[1] == [(None,)]
    assert execute(0, 'SELECT ?', [bytearray(b'ab')])[1] == [(b'ab',)]
    try:
        execute(0, 'SELECT ?', [object()])
    except TypeError as error:
        assert "'object'" in str(error)
    else:
        raise AssertionError('an object was taken')
"#]);
    fixture.upgrade().await.unwrap();
}
