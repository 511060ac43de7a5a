//! Operations as data, given to the engine.

use super::fixture::{Fixture, integer};

#[tokio::test]
async fn operations_are_the_engines() {
    let fixture = Fixture::new(&[r#"
import json, _limbeck

def upgrade():
    assert _limbeck.server(0)['dialect'] == 'sqlite'
    _limbeck.apply(0, json.dumps({'operation': 'execute', 'sql': 'CREATE TABLE t (a INTEGER, b INTEGER)'}))
    _limbeck.apply(0, json.dumps([
        {'operation': 'execute', 'sql': 'INSERT INTO t VALUES (1, 2)'},
        {'operation': 'execute', 'sql': 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'},
    ]))
    found = json.loads(_limbeck.inspect(0, '{"tables": ["t"]}'))
    columns = {column['name']: column['nullable'] for column in found['tables'][0]['columns']}
    assert columns == {'a': True, 'b': False}, found
    assert _limbeck.quote('sqlite', 'order') == '"order"'
    assert _limbeck.statements('postgresql', '{"operation": "execute", "sql": "SELECT 1"}') == ['SELECT 1']
"#]);
    fixture.upgrade().await.unwrap();
    assert_eq!(fixture.query("SELECT b FROM t").await, [vec![integer(2)]]);
}

#[tokio::test]
async fn another_database_can_be_asked() {
    let fixture = Fixture::new(&[r#"
import os, _limbeck

def upgrade():
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), 'other.sqlite')
    bind = _limbeck.connect('sqlite:///' + path, {})
    _limbeck.begin(bind)
    # As SQLite's driver has it, changes of rows begin the transaction.
    _limbeck.execute(bind, 'CREATE TABLE other (b)')
    _limbeck.execute(bind, 'INSERT INTO other VALUES (6)')
    _limbeck.rollback(bind)
    assert _limbeck.execute(bind, 'SELECT count(*) FROM other')[1] == [(0,)]
    _limbeck.begin(bind)
    _limbeck.execute(bind, 'SAVEPOINT s')
    _limbeck.execute(bind, 'INSERT INTO other VALUES (8)')
    _limbeck.execute(bind, 'RELEASE s')
    _limbeck.rollback(bind)
    _limbeck.begin(bind)
    _limbeck.execute(bind, 'INSERT INTO other VALUES (7)')
    _limbeck.commit(bind)
    _limbeck.execute(0, 'CREATE TABLE t AS SELECT ? AS a', _limbeck.execute(bind, 'SELECT max(b) FROM other')[1][0])
    _limbeck.close(bind)
"#]);
    fixture.upgrade().await.unwrap();
    assert_eq!(fixture.query("SELECT a FROM t").await, [vec![integer(7)]]);
}
