//! MariaDB: scratch databases.

use limbeck::{
    dialect::Query,
    migrate::{NormaliseError, NormaliseOptions, Session, normalise_beside},
    models::{Model, SqlModel},
};
use sqlx::mysql::MySqlConnectOptions;

use super::{assert_same, normalised, real};

const SCHEMA: &[&str] = &[
    "CREATE TABLE account (id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) DEFAULT 'x' COMMENT 'who', \
     data JSON, seen TIMESTAMP DEFAULT CURRENT_TIMESTAMP, CHECK (length(name) > 0), UNIQUE (name))",
    "CREATE TABLE log (account INTEGER, twice INTEGER GENERATED ALWAYS AS (account * 2), \
     FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE)",
    "CREATE VIEW names AS SELECT a.name, l.twice FROM account a JOIN log l ON l.account = a.id",
    "CREATE TRIGGER touched BEFORE INSERT ON log FOR EACH ROW SET NEW.account = NEW.account",
    "CREATE FUNCTION twice(n INTEGER) RETURNS INTEGER DETERMINISTIC RETURN n * 2",
];

async fn leftovers(session: &mut Session<'_>) -> i64 {
    let sql = "SELECT count(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'limbeck\\_scratch%'";
    session.query(sql, &[]).await.unwrap()[0][0]
        .as_integer()
        .unwrap()
}

async fn default(session: &mut Session<'_>) -> String {
    let rows = session.query("SELECT DATABASE()", &[]).await.unwrap();
    rows[0][0].as_text().unwrap().to_owned()
}

#[tokio::test]
async fn a_model_is_what_the_server_makes_of_it_and_nothing_is_left() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    let text = format!(
        "SET sql_mode = 'ANSI'; SET foreign_key_checks = 0;\n{};",
        SCHEMA.join(";\n")
    );
    let wanted = normalised(&mut session, &text).await.unwrap();
    assert_eq!(default(&mut session).await, database.name);
    assert!(real(&mut session, &[]).await.tables.is_empty());
    let mode = session
        .query("SELECT @@foreign_key_checks, @@sql_mode LIKE '%ANSI%'", &[])
        .await
        .unwrap();
    assert_eq!(
        mode[0]
            .iter()
            .filter_map(|one| one.as_integer())
            .collect::<Vec<_>>(),
        [1, 0]
    );
    for statement in SCHEMA {
        session.execute(statement, &[]).await.unwrap();
    }
    let actual = real(&mut session, &[]).await;
    assert_same(&wanted, &actual);
    assert_same(&normalised(&mut session, &text).await.unwrap(), &actual);

    let wrong = normalised(
        &mut session,
        "CREATE TABLE a (x INTEGER);\nCREATE TABLE b (x NONSENSE);",
    )
    .await;
    let wrong = wrong.unwrap_err().to_string();
    assert!(
        wrong.starts_with("schema.sql:2:1: the model cannot be built: "),
        "{wrong}"
    );
    assert_eq!(default(&mut session).await, database.name);
}

#[tokio::test]
async fn a_dump_that_drops_first_never_meets_the_real_tables() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    session
        .execute("CREATE TABLE kept (x INTEGER)", &[])
        .await
        .unwrap();
    session
        .execute("INSERT INTO kept VALUES (7)", &[])
        .await
        .unwrap();
    let name = &database.name;
    let dump = format!(
        "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `{name}`;\nUSE `{name}`;\nDROP TABLE IF EXISTS `{name}`.`kept`;\n\
         CREATE TABLE `kept` (`x` bigint(20) DEFAULT NULL);\nLOCK TABLES `kept` WRITE;\nINSERT INTO `kept` VALUES (1);\n\
         UNLOCK TABLES;\n/*!50001 CREATE VIEW `v` AS SELECT `kept`.`x` AS `x` FROM `{name}`.`kept` */;\n"
    );
    let wanted = normalised(&mut session, &dump).await.unwrap();
    assert_eq!((wanted.tables.len(), wanted.views.len()), (1, 1));
    assert!(
        !wanted.views[0].query.contains("limbeck_scratch"),
        "{}",
        wanted.views[0].query
    );
    let rows = session.query("SELECT x FROM kept", &[]).await.unwrap();
    assert_eq!(rows[0][0].as_integer(), Some(7));
    for refused in [format!("DROP DATABASE `{name}`;"), "USE mysql;".to_owned()] {
        let error = normalised(&mut session, &refused).await.unwrap_err();
        assert!(matches!(error, NormaliseError::Misplaced { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_missing_right_is_named() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options.clone()).await.unwrap();
    let user = format!(
        "u_{}",
        &database.name[database.name.len().saturating_sub(12)..]
    );
    for sql in [
        format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'poor'"),
        format!("GRANT ALL ON {}.* TO '{user}'@'%'", database.name),
    ] {
        session.execute(&sql, &[]).await.unwrap();
    }
    let mut poor = Session::connect(options.username(&user).password("poor"))
        .await
        .unwrap();
    let error = normalised(&mut poor, "CREATE TABLE a (id INTEGER);")
        .await
        .unwrap_err();
    let NormaliseError::MissingRight { grant, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(
        *grant,
        format!("GRANT ALL ON `limbeck\\_scratch\\_%`.* TO '{user}'@'%'")
    );
    session.execute(grant, &[]).await.unwrap();
    let built = normalised(&mut poor, "CREATE TABLE a (id INTEGER);")
        .await
        .unwrap();
    assert_eq!(built.tables.len(), 1);
    session
        .execute(&format!("DROP USER '{user}'@'%'"), &[])
        .await
        .unwrap();
    // Other tests of this server may be in the middle of theirs.
    let mut left = leftovers(&mut session).await;
    for _ in 0..100 {
        if left == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        left = leftovers(&mut session).await;
    }
    assert_eq!(left, 0);
}

#[tokio::test]
async fn what_a_killed_run_left_is_dropped_by_the_next_one() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options.clone()).await.unwrap();
    let model = "CREATE TABLE a (x INTEGER);";
    let ask = async |session: &mut Session<'_>, sql: &str| {
        let rows = session.query(sql, &[]).await.unwrap();
        rows[0][0].as_text().unwrap_or_default().to_owned()
    };
    let mut killed = Session::connect(options).await.unwrap();
    let mark = ask(
        &mut killed,
        "SELECT CONCAT(LEFT(SHA1(CONCAT_WS(' ', @@hostname, @@port, @@server_id, CURRENT_USER())), 8), '_', CONNECTION_ID())",
    )
    .await;
    let name = format!("limbeck_scratch_{mark}_0123456789ab_0");
    let other = "limbeck_scratch_00000000_1_0123456789ab_0";
    for name in [name.as_str(), other] {
        let sql = format!("CREATE DATABASE IF NOT EXISTS {name}");
        session.execute(&sql, &[]).await.unwrap();
    }
    let there = async |session: &mut Session<'_>, name: &str| {
        let sql = format!("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '{name}'");
        !session.query(&sql, &[]).await.unwrap().is_empty()
    };
    normalised(&mut session, model).await.unwrap();
    assert!(there(&mut session, &name).await, "its maker is at work");
    drop(killed);
    // The server takes a moment to notice.
    for _ in 0..100 {
        normalised(&mut session, model).await.unwrap();
        if !there(&mut session, &name).await {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(!there(&mut session, &name).await);
    assert!(there(&mut session, other).await, "somebody else's");
    session
        .execute(&format!("DROP DATABASE {other}"), &[])
        .await
        .unwrap();
}

#[tokio::test]
async fn tables_that_are_there_just_so_are_not_built_and_are_the_same() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    let item = "CREATE TABLE item (id INTEGER NOT NULL AUTO_INCREMENT, name VARCHAR(20) NOT NULL DEFAULT 'x' UNIQUE, \
         price NUMERIC(10, 2), sold BOOL, seen DATETIME DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (id)) COMMENT='things'";
    let part = "CREATE TABLE part (item INTEGER, number BIGINT UNSIGNED NOT NULL COMMENT 'which', note TEXT, \
         CONSTRAINT one UNIQUE (item, number), FOREIGN KEY (item) REFERENCES item (id) ON DELETE CASCADE)";
    let index = "CREATE INDEX by_number ON part (number)";
    let model = format!("{item};\n{part};\n{index};");
    for statement in [item, part, index] {
        session.execute(statement, &[]).await.unwrap();
    }
    let actual = real(&mut session, &[]).await;
    let beside = async |session: &mut Session<'_>, text: &str| {
        let model = Model::Sql(SqlModel::from_text("schema.sql", text));
        normalise_beside(session, &model, &NormaliseOptions::default(), &actual)
            .await
            .unwrap()
    };
    assert_same(&beside(&mut session, &model).await, &actual);
    assert_same(&normalised(&mut session, &model).await.unwrap(), &actual);
    let other = model.replace("NUMERIC(10, 2)", "NUMERIC(12, 2)");
    let built = normalised(&mut session, &other).await.unwrap();
    assert_same(&beside(&mut session, &other).await, &built);

    // Another usual character set is another table.
    let sql = format!("ALTER DATABASE {} CHARACTER SET latin1", database.name);
    session.execute(&sql, &[]).await.unwrap();
    let built = normalised(&mut session, &model).await.unwrap();
    assert_same(&beside(&mut session, &model).await, &built);
    assert_ne!(built.tables[0].options, actual.tables[0].options);
}
