//! Statements that are understood without asking the engine. SQLite keeps them as they are written, so reading them is what
//! reading its catalogue is.

use super::{
    Sqlite, inspect,
    table_sql::{Token, TokenKind, tokens, unquote},
};
use crate::{
    dialect::Plain,
    schema::{Identifier, QualifiedName, Table},
};

/// What the statement creates, where it creates nothing but a table or an index of the default schema.
pub(super) fn read(dialect: &Sqlite, sql: &str) -> Option<Plain> {
    let found = tokens(sql).ok()?;
    let word = |at: usize| {
        let token = found.get(at);
        token
            .and_then(|token| sql.get(token.span.clone()))
            .unwrap_or_default()
    };
    let is = |at: usize, keyword: &str| word(at).eq_ignore_ascii_case(keyword);
    let opens =
        |at: usize| found.get(at).map(|token: &Token| token.kind) == Some(TokenKind::Symbol('('));
    is(0, "CREATE").then_some(())?;
    if is(1, "TABLE") {
        // Neither IF NOT EXISTS, nor a schema before the name, nor AS SELECT.
        opens(3).then_some(())?;
        let name = unquote(word(2));
        let text = format!("CREATE TABLE {}", behind(sql, &found, 2)?);
        let table = inspect::stored_table(dialect, &name, &text).ok()?;
        return Some(Plain::Table(Box::new(table)));
    }
    let unique = usize::from(is(1, "UNIQUE"));
    let (name, table) = (2 + unique, 4 + unique);
    (is(1 + unique, "INDEX") && is(3 + unique, "ON") && opens(table + 1)).then_some(())?;
    let kind = ["CREATE INDEX", "CREATE UNIQUE INDEX"];
    let text = format!("{} {}", kind.get(unique)?, behind(sql, &found, name)?);
    let index = inspect::stored_index(&unquote(word(name)), &text).ok()?;
    let table = QualifiedName::new(Identifier::new(unquote(word(table))));
    Some(Plain::Index(table, Box::new(index)))
}

/// The statement from a token on.
fn behind<'s>(sql: &'s str, found: &[Token], at: usize) -> Option<&'s str> {
    sql.get(found.get(at)?.span.start..)
}

/// Whether building `stated` would give `actual` again.
pub(super) fn states(stated: &Table, actual: &Table) -> bool {
    let like = |stated: &Table, actual: &Table| {
        stated.indexes.len() == actual.indexes.len()
            && stated
                .indexes
                .iter()
                .all(|index| actual.indexes.contains(index))
            && stated.constraints.len() == actual.constraints.len()
            && stated
                .constraints
                .iter()
                .all(|one| actual.constraints.contains(one))
    };
    stated.name == actual.name
        && stated.columns == actual.columns
        && stated.comment == actual.comment
        && stated.prefixes == actual.prefixes
        && stated.options == actual.options
        && stated.model_options == actual.model_options
        && like(stated, actual)
        && like(actual, stated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Index;

    #[test]
    fn tables_and_indexes_are_read_as_the_catalogue_is() {
        let sqlite = Sqlite::new(None);
        let Some(Plain::Table(table)) = read(
            &sqlite,
            "create table\n \"T\" (a INTEGER primary key, b text CHECK (b <> '')) STRICT",
        ) else {
            panic!("not read");
        };
        assert_eq!(table.name, QualifiedName::new("T"));
        assert_eq!((table.columns.len(), table.constraints.len()), (2, 2));
        assert!(table.options.sqlite.strict);
        let Some(Plain::Index(of, index)) = read(&sqlite, "CREATE UNIQUE INDEX i ON [T] (b)")
        else {
            panic!("not read");
        };
        assert_eq!(of, table.name);
        let mut expected = Index::new("i", ["b"]);
        expected.unique = true;
        assert_eq!(*index, expected);
        let mut other = (*table).clone();
        assert!(states(&table, &other));
        other.indexes.push(expected);
        assert!(!states(&table, &other) && !states(&other, &table));
    }

    #[test]
    fn what_is_more_than_a_table_is_the_engines() {
        for sql in [
            "CREATE TABLE IF NOT EXISTS t (a)",
            "CREATE TABLE main.t (a)",
            "CREATE TABLE t AS SELECT 1",
            "CREATE TEMP TABLE t (a)",
            "CREATE VIRTUAL TABLE t USING fts5(a)",
            "CREATE INDEX IF NOT EXISTS i ON t (a)",
            "CREATE INDEX main.i ON t (a)",
            "CREATE TABLE t (a",
            "CREATE VIEW v AS SELECT 1",
        ] {
            assert_eq!(read(&Sqlite::new(None), sql), None, "{sql}");
        }
    }
}
