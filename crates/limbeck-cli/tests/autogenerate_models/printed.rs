//! `inspect --code sqlalchemy`: what is printed declares the database it was printed from.

use std::{path::Path, process::Command};

use crate::project::{Project, Sample};

const SHOP: &str = "\
CREATE TABLE author (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL DEFAULT 'nobody',
  born DATE, CONSTRAINT sane CHECK (length(name) > 0));
CREATE TABLE \"class\" (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id) ON DELETE CASCADE,
  price NUMERIC(10, 2), doubled INTEGER GENERATED ALWAYS AS (price * 2) STORED, UNIQUE (author_id, price));
CREATE INDEX by_name ON author (lower(name), born DESC) WHERE born IS NOT NULL;
CREATE VIEW names AS SELECT name FROM author;
";

/// What a real SQLAlchemy makes of `models.py` on an empty database.
fn create_all(python: &Path, directory: &Path, url: &str) {
    let program = "import sys, sqlalchemy, models; models.metadata.create_all(sqlalchemy.create_engine(sys.argv[1]))";
    let status = Command::new(python)
        .args(["-c", program, url])
        .current_dir(directory)
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn a_sqlite_database() {
    let project = Project::new(
        &Sample {
            database: SHOP,
            ..Sample::default()
        },
        None,
    );
    let said = project.limbeck(&["inspect", "--code", "sqlalchemy"]);
    insta::assert_snapshot!(said.stdout, @r#"
    import sqlalchemy as sa

    metadata = sa.MetaData()

    author = sa.Table(
        'author',
        metadata,
        sa.Column('id', sa.INTEGER(), nullable=False),
        sa.Column('name', sa.VARCHAR(length=80), server_default=sa.text("'nobody'"), nullable=False),
        sa.Column('born', sa.DATE(), nullable=True),
        sa.CheckConstraint('length(name) > 0', name='sane'),
        sa.PrimaryKeyConstraint('id'),
        sa.Index('by_name', sa.literal_column('lower(name)'), sa.literal_column('born DESC'), sqlite_where=sa.text('born IS NOT NULL')),
    )

    class_ = sa.Table(
        'class',
        metadata,
        sa.Column('id', sa.INTEGER(), nullable=True),
        sa.Column('author_id', sa.INTEGER(), nullable=True),
        sa.Column('price', sa.NUMERIC(precision=10, scale=2), nullable=True),
        sa.Column('doubled', sa.INTEGER(), sa.Computed('price * 2', persisted=True), nullable=True),
        sa.ForeignKeyConstraint(['author_id'], ['author.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('author_id', 'price'),
    )

    # The database also has what SQLAlchemy's tables cannot say:
    # - view names
    "#);
    project.write("models.py", &said.stdout);
    let check = project.limbeck(&["check"]);
    assert_eq!(
        check.stdout, "No new upgrade operations detected.\n",
        "{check:?}"
    );
    if let Some(python) = limbeck_testing::python_with_alembic() {
        create_all(&python, project.root.path(), "sqlite:///fresh.db");
        project.sqlite("DROP VIEW names");
        let said = project.limbeck(&["diff", "sqlite:///app.db", "sqlite:///fresh.db"]);
        assert_eq!(said.stdout, "No differences.\n", "{said:?}");
    }
}

const LIBRARY: &str = "\
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE EXTENSION IF NOT EXISTS citext;
CREATE SEQUENCE tickets;
CREATE TABLE author (id serial PRIMARY KEY, nick citext NOT NULL UNIQUE, mood mood DEFAULT 'sad', moods mood[],
  data jsonb DEFAULT '{\"a\": 1}', at timestamptz DEFAULT now() NOT NULL, around int4range, EXCLUDE USING gist (around WITH &&));
CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7), author_id integer NOT NULL,
  title text COLLATE \"C\", price numeric(10,2) CHECK (price > 0), PRIMARY KEY (id, author_id),
  FOREIGN KEY (author_id) REFERENCES author (id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX by_title ON book (lower(title), price DESC NULLS LAST) INCLUDE (author_id) WHERE price > 1;
CREATE INDEX by_data ON author USING gin (data jsonb_path_ops);
COMMENT ON TABLE book IS 'What is ''on'' sale';
COMMENT ON COLUMN book.title IS 'as printed';
CREATE TABLE part (id integer) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (10);
";

#[tokio::test]
async fn a_postgresql_database() {
    let (Some(database), Some(fresh)) = (
        limbeck_testing::postgres().await,
        limbeck_testing::postgres().await,
    ) else {
        return;
    };
    let project = Project::new(&Sample::default(), None);
    project.write("schema.sql", LIBRARY);
    let built = Command::new("psql")
        .args(["-q", "-v", "ON_ERROR_STOP=1", "-f"])
        .arg(project.path("schema.sql"))
        .arg(&database.url)
        .status()
        .unwrap();
    assert!(built.success());
    let said = project.limbeck(&["inspect", "--url", &database.url, "--code", "sqlalchemy"]);
    insta::assert_snapshot!(said.stdout, @r#"
    import sqlalchemy as sa
    from sqlalchemy.dialects import postgresql

    metadata = sa.MetaData()

    author = sa.Table(
        'author',
        metadata,
        sa.Column('id', sa.INTEGER(), autoincrement=True, nullable=False),
        sa.Column('nick', postgresql.CITEXT(), nullable=False),
        sa.Column('mood', sa.Enum('sad', "it's ok", name='mood'), server_default=sa.text("'sad'::mood"), nullable=True),
        sa.Column('moods', postgresql.ARRAY(sa.Enum('sad', "it's ok", name='mood')), nullable=True),
        sa.Column('data', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text('\'{"a": 1}\'::jsonb'), nullable=True),
        sa.Column('at', sa.TIMESTAMP(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('around', postgresql.INT4RANGE(), nullable=True),
        postgresql.ExcludeConstraint((sa.column('around'), '&&'), using='gist', name='author_around_excl'),
        sa.PrimaryKeyConstraint('id', name='author_pkey'),
        sa.UniqueConstraint('nick', name='author_nick_key'),
        sa.Index('by_data', 'data', postgresql_using='gin', postgresql_ops={'data': 'jsonb_path_ops'}),
    )

    book = sa.Table(
        'book',
        metadata,
        sa.Column('id', sa.BIGINT(), sa.Identity(always=True, start=7), nullable=False),
        sa.Column('author_id', sa.INTEGER(), autoincrement=False, nullable=False),
        sa.Column('title', sa.TEXT(collation='C'), nullable=True, comment='as printed'),
        sa.Column('price', sa.NUMERIC(precision=10, scale=2), nullable=True),
        sa.CheckConstraint('price > 0::numeric', name='book_price_check'),
        sa.ForeignKeyConstraint(['author_id'], ['author.id'], name='book_author_id_fkey', onupdate='CASCADE', initially='DEFERRED', deferrable=True),
        sa.PrimaryKeyConstraint('id', 'author_id', name='book_pkey'),
        sa.Index('by_title', sa.literal_column('lower(title) COLLATE "C"'), sa.literal_column('price DESC NULLS LAST'), postgresql_where=sa.text('(price > (1)::numeric)'), postgresql_include=['author_id']),
        comment="What is 'on' sale",
    )

    part = sa.Table(
        'part',
        metadata,
        sa.Column('id', sa.INTEGER(), nullable=True),
        postgresql_partition_by='RANGE (id)',
    )

    # The database also has what SQLAlchemy's tables cannot say:
    # - table part_1
    # - extension citext
    # - sequence tickets
    "#);
    if let Some(python) = limbeck_testing::python_with_alembic() {
        project.write("models.py", &said.stdout);
        let status = Command::new("psql")
            .args(["-q", "-c", "CREATE EXTENSION citext"])
            .arg(&fresh.url)
            .status()
            .unwrap();
        assert!(status.success());
        let url = fresh.url.replacen("postgres://", "postgresql://", 1);
        create_all(&python, project.root.path(), &url);
        let said = project.limbeck(&["diff", &database.url, &fresh.url]);
        insta::assert_snapshot!(said.stdout, @r#"
        Detected removed table 'part_1'
        Detected removed sequence 'tickets'
        Careful: the rows of 'part_1' are lost
        "#);
    }
}
