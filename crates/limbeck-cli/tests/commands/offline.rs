//! `--sql`: statements instead of a run.

use super::{
    support::{Language, Sandbox},
    transcript,
};

#[test]
fn an_sql_script_needs_no_database() {
    let sandbox = Sandbox::branching(Language::Sql, &[]);
    insta::assert_snapshot!(transcript(&sandbox, &[
        "upgrade 27c6 --sql",
        "upgrade 27c6:53ff --sql --dialect mariadb",
        "downgrade 27c6 --sql",
        "downgrade 27c6:base --sql --dialect postgresql",
        "stamp heads --sql --format json",
        "stamp 1975:ae10 27c6:2a95 --sql",
        "ensure_version --sql",
        "ensure_version --dialect sqlite",
        "upgrade head --sql --dialect oracle",
    ]), @r#"
    $ limbeck upgrade 27c6 --sql
    BEGIN;

    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, 
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );

    -- Running upgrade  -> 1975ea83b712

    CREATE TABLE account (
        id INTEGER PRIMARY KEY,
        name VARCHAR(50) NOT NULL
    );

    INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712');

    -- Running upgrade 1975ea83b712 -> 27c6a30d7c24

    CREATE TABLE shopping_cart (id INTEGER PRIMARY KEY);

    UPDATE alembic_version SET version_num='27c6a30d7c24' WHERE alembic_version.version_num = '1975ea83b712';

    COMMIT;

    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> 1975ea83b712, create account table
    INFO  [alembic.runtime.migration] Running upgrade 1975ea83b712 -> 27c6a30d7c24, add shopping cart table
    [exit 0]
    $ limbeck upgrade 27c6:53ff --sql --dialect mariadb
    -- Running upgrade 1975ea83b712 -> ae1027a6acf

    ALTER TABLE account ADD COLUMN last_transaction_date DATETIME;

    INSERT INTO alembic_version (version_num) VALUES ('ae1027a6acf');

    -- Running upgrade ae1027a6acf, 27c6a30d7c24 -> 53fffde5ad5

    DELETE FROM alembic_version WHERE alembic_version.version_num = 'ae1027a6acf';

    UPDATE alembic_version SET version_num='53fffde5ad5' WHERE alembic_version.version_num = '27c6a30d7c24';

    [stderr]
    INFO  [alembic.runtime.migration] Context impl MariaDBImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade 1975ea83b712 -> ae1027a6acf, Add a column
    INFO  [alembic.runtime.migration] Running upgrade ae1027a6acf, 27c6a30d7c24 -> 53fffde5ad5, merge ae1 and 27c
    [exit 0]
    $ limbeck downgrade 27c6 --sql
    FAILED: downgrade with --sql requires <fromrev>:<torev>
    [exit 255]
    $ limbeck downgrade 27c6:base --sql --dialect postgresql
    BEGIN;

    -- Running downgrade 27c6a30d7c24 -> 1975ea83b712

    DROP TABLE shopping_cart;

    UPDATE alembic_version SET version_num='1975ea83b712' WHERE alembic_version.version_num = '27c6a30d7c24';

    -- Running downgrade 1975ea83b712 -> 

    DROP TABLE account;

    DELETE FROM alembic_version WHERE alembic_version.version_num = '1975ea83b712';

    COMMIT;

    [stderr]
    INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running downgrade 27c6a30d7c24 -> 1975ea83b712, add shopping cart table
    INFO  [alembic.runtime.migration] Running downgrade 1975ea83b712 -> , create account table
    [exit 0]
    $ limbeck stamp heads --sql --format json
    {
      "dialect": "sqlite",
      "sql": "BEGIN;\n\nCREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n\n-- Running stamp_revision  -> 2a95102259be\n\nINSERT INTO alembic_version (version_num) VALUES ('2a95102259be');\n\nCOMMIT;\n\n"
    }
    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running stamp_revision  -> 2a95102259be
    [exit 0]
    $ limbeck stamp 1975:ae10 27c6:2a95 --sql
    FAILED: Stamp operation with --sql only supports a single starting revision at a time
    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    [exit 255]
    $ limbeck ensure_version --sql
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, 
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );

    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    [exit 0]
    $ limbeck ensure_version --dialect sqlite
    [stderr]
    error: the following required arguments were not provided:
      --sql

    Usage: limbeck ensure_version --sql --dialect <DIALECT>

    For more information, try '--help'.
    [exit 2]
    $ limbeck upgrade head --sql --dialect oracle
    [stderr]
    error: invalid value 'oracle' for '--dialect <DIALECT>': unknown dialect 'oracle'; expected one of generic, sqlite, postgresql, mysql, mariadb

    For more information, try '--help'.
    [exit 2]
    "#);
    assert!(!sandbox.exists("app.db"));
}
