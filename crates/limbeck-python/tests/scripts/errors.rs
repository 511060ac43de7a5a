//! What a script that fails leaves behind, and what is told.

use super::fixture::Fixture;

#[tokio::test]
async fn an_exception_is_told_with_its_traceback() {
    let fixture = Fixture::new(&[r#"
import _limbeck

def upgrade():
    _limbeck.execute(0, 'CREATE TABLE t (a)')
    colour(3)

def colour(number):
    raise ValueError(f'no colour {number}')
"#]);
    insta::assert_snapshot!(fixture.refused().await, @r#"
revision r1 could not be run: [ROOT]/versions/r1.py:12: ValueError: no colour 3
Nothing of this run was kept.
---
Traceback (most recent call last):
  File "[ROOT]/versions/r1.py", line 9, in upgrade
    colour(3)
  File "[ROOT]/versions/r1.py", line 12, in colour
    raise ValueError(f'no colour {number}')
ValueError: no colour 3
"#);
    assert!(
        fixture
            .query("SELECT * FROM sqlite_master")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_refused_statement_is_told_as_one_of_a_script_in_sql() {
    let fixture = Fixture::new(&[
        "import _limbeck\ndef upgrade():\n    _limbeck.execute(0, 'CREATE TABLE t (a)')\n",
        "import _limbeck\ndef upgrade():\n    insert(1)\n\ndef insert(n):\n    _limbeck.execute(0, 'INSERT INTO nowhere VALUES (?)', [n])\n",
    ]);
    insta::assert_snapshot!(fixture.refused().await, @r#"
[ROOT]/versions/r2.py:9: the database refused a statement of the upgrade of revision r2: no such table: nowhere
    INSERT INTO nowhere VALUES (?)
Nothing of this run was kept. Rolled back: r1. Correct the script, then run the same command again.
---
Traceback (most recent call last):
  File "[ROOT]/versions/r2.py", line 6, in upgrade
    insert(1)
  File "[ROOT]/versions/r2.py", line 9, in insert
    _limbeck.execute(0, 'INSERT INTO nowhere VALUES (?)', [n])
_limbeck.DatabaseError: no such table: nowhere
"#);
}

#[tokio::test]
async fn an_error_that_the_script_handles_is_none() {
    let fixture = Fixture::new(&[r#"
import _limbeck

def upgrade():
    _limbeck.execute(0, 'CREATE TABLE t (a UNIQUE)')
    try:
        _limbeck.execute(0, 'INSERT INTO nowhere VALUES (1)')
    except _limbeck.DatabaseError as error:
        assert 'nowhere' in str(error) and error.code == '1' and error.sql.startswith('INSERT'), vars(error)
    else:
        raise AssertionError('no error')
    _limbeck.execute(0, 'INSERT INTO t VALUES (1)')
"#]);
    fixture.upgrade().await.unwrap();
    assert_eq!(fixture.query("SELECT a FROM t").await.len(), 1);
    assert_eq!(fixture.versions().await, ["r1"]);
}

#[tokio::test]
async fn a_syntax_error_stops_before_anything_runs() {
    let fixture = Fixture::new(&[
        "import _limbeck\ndef upgrade():\n    _limbeck.execute(0, 'CREATE TABLE t (a)')\n",
        "def upgrade():\n    return (1\n",
    ]);
    insta::assert_snapshot!(fixture.refused().await, @r#"
revision r2 could not be run: [ROOT]/versions/r2.py:5:12: SyntaxError: '(' was never closed
Nothing of this run was kept.
---
  File "[ROOT]/versions/r2.py", line 5
    return (1
           ^
SyntaxError: '(' was never closed
"#);
    assert!(
        fixture
            .query("SELECT * FROM sqlite_master")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_script_without_the_function_is_refused() {
    let fixture = Fixture::new(&["def upgrade():\n    pass\n"]);
    fixture.upgrade().await.unwrap();
    let error = fixture.downgrade().await.unwrap_err();
    assert!(
        error.to_string().contains("the script has no downgrade()"),
        "{error}"
    );
    assert_eq!(fixture.versions().await, ["r1"]);
}

#[tokio::test]
async fn a_cause_is_told_with_the_error() {
    let fixture = Fixture::new(&[r#"
def upgrade():
    try:
        {}['colour']
    except KeyError as error:
        raise RuntimeError('no settings') from error
"#]);
    insta::assert_snapshot!(fixture.refused().await, @r#"
revision r1 could not be run: [ROOT]/versions/r1.py:9: RuntimeError: no settings
Nothing of this run was kept.
---
Traceback (most recent call last):
  File "[ROOT]/versions/r1.py", line 7, in upgrade
    {}['colour']
KeyError: 'colour'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "[ROOT]/versions/r1.py", line 9, in upgrade
    raise RuntimeError('no settings') from error
RuntimeError: no settings
"#);
}
