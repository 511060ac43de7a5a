//! What of a model the engine need not build, because it states just what is there already.
//!
//! Making a table costs a server milliseconds, and most models differ from their database in a few tables. Tables that are
//! understood without the engine and say what the database has are taken from there; everything else is built, with the tables
//! that it refers to or mentions. When in doubt all of it is built.

use std::collections::{HashMap, HashSet};

use crate::{
    dialect::{Dialect, Plain, Statement},
    schema::{Constraint, Database, ForeignKey, Identifier, QualifiedName, Table},
};

/// What is known beforehand about the place beside which a model is built.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// What there is, as the engine describes it.
    pub(super) actual: &'a Database,
    /// Tables that are to be built all the same.
    pub(super) except: &'a HashSet<QualifiedName>,
}

/// A model in two parts.
pub(super) struct Split<'s, 'a> {
    /// What the engine has to build.
    pub(super) build: Vec<&'s Statement>,
    /// Tables that are as they are in the database.
    unchanged: Vec<&'a Table>,
    /// The actual form of tables that are built and that unchanged ones refer to.
    targets: HashMap<&'a QualifiedName, &'a Table>,
}

/// A table that plain statements create.
struct Stated<'a> {
    table: Table,
    statements: Vec<usize>,
    /// Whether no other statement creates it, too.
    once: bool,
    /// The table of the database that it states.
    actual: Option<&'a Table>,
}

/// Parts the statements of a model.
pub(super) fn split<'s, 'a>(
    statements: &[&'s Statement],
    known: Known<'a>,
    language: &dyn Dialect,
) -> Split<'s, 'a> {
    let everything = || Split {
        build: statements.to_vec(),
        unchanged: Vec::new(),
        targets: HashMap::new(),
    };
    if known.actual.tables.is_empty() {
        return everything();
    }
    let mut tables = Tables::default();
    let mut words = HashSet::new();
    for (place, statement) in statements.iter().enumerate() {
        if !tables.take(place, language.plain(&statement.sql)) {
            if !is_local(&statement.sql) {
                return everything();
            }
            words.extend(words_of(&statement.sql));
        }
    }
    tables.find_unchanged(known, &words, language);
    tables.keep_targets();
    let mut is_built = vec![true; statements.len()];
    let mut split = everything();
    for stated in &tables.all {
        let Some(actual) = stated.actual else {
            continue;
        };
        split.unchanged.push(actual);
        for place in &stated.statements {
            if let Some(built) = is_built.get_mut(*place) {
                *built = false;
            }
        }
        for key in foreign_keys(actual) {
            let target = tables.of(&key.target);
            if target.is_some_and(|target| target.actual.is_none()) {
                let found = known.actual.tables.iter();
                let mut found = found.filter(|table| table.name == key.target);
                split
                    .targets
                    .extend(found.next().map(|one| (&one.name, one)));
            }
        }
    }
    let mut built = is_built.into_iter();
    split.build.retain(|_| built.next().unwrap_or(true));
    split
}

impl Split<'_, '_> {
    /// Whether anything is left out.
    pub(super) fn is_partial(&self) -> bool {
        !self.unchanged.is_empty()
    }

    /// The whole schema, when `built` is what the engine made of its part; `None` where an unchanged table refers to what is
    /// no longer there, which is the engine's to say.
    pub(super) fn complete(&self, mut built: Database) -> Option<Database> {
        for key in self.unchanged.iter().flat_map(|table| foreign_keys(table)) {
            let Some(before) = self.targets.get(&key.target) else {
                continue;
            };
            let mut tables = built.tables.iter();
            let after = tables.find(|table| table.name == key.target)?;
            holds(key, before, after).then_some(())?;
        }
        let unchanged = self.unchanged.iter();
        built.tables.extend(unchanged.map(|table| (*table).clone()));
        Some(built)
    }
}

/// Whether a key that was good for one form of its target is good for another.
fn holds(key: &ForeignKey, before: &Table, after: &Table) -> bool {
    let same_type = |column: &Identifier| {
        let data_type = |table: &Table| table.column(column).map(|found| found.data_type.clone());
        data_type(before).is_some() && data_type(before) == data_type(after)
    };
    let is_key = |constraint: &Constraint| {
        let columns = match constraint {
            Constraint::PrimaryKey(primary) => &primary.columns,
            Constraint::Unique(unique) => &unique.columns,
            _ => return false,
        };
        columns.len() == key.target_columns.len()
            && columns.iter().all(|one| key.target_columns.contains(one))
    };
    key.target_columns.iter().all(same_type) && after.constraints.iter().any(is_key)
}

#[derive(Default)]
struct Tables<'a> {
    all: Vec<Stated<'a>>,
    /// By their names in lower case, which is more alike than any database takes them.
    places: HashMap<(Option<String>, String), usize>,
}

fn folded(name: &QualifiedName) -> (Option<String>, String) {
    let schema = name.schema.as_ref();
    (
        schema.map(|schema| schema.as_str().to_lowercase()),
        name.name.as_str().to_lowercase(),
    )
}

impl<'a> Tables<'a> {
    /// Notes what a statement creates; whether that was understood.
    fn take(&mut self, place: usize, plain: Option<Plain>) -> bool {
        match plain {
            Some(Plain::Table(table)) => {
                match self.places.get(&folded(&table.name)) {
                    Some(at) => {
                        if let Some(before) = self.all.get_mut(*at) {
                            before.once = false;
                            before.statements.push(place);
                        }
                    }
                    None => {
                        self.places.insert(folded(&table.name), self.all.len());
                        self.all.push(Stated {
                            table: *table,
                            statements: vec![place],
                            once: true,
                            actual: None,
                        });
                    }
                }
                true
            }
            Some(Plain::Index(name, index)) => {
                let at = self.places.get(&folded(&name));
                match at.and_then(|at| self.all.get_mut(*at)) {
                    Some(stated) => {
                        stated.table.indexes.push(*index);
                        stated.statements.push(place);
                        true
                    }
                    None => false,
                }
            }
            None => false,
        }
    }

    fn of(&self, name: &QualifiedName) -> Option<&Stated<'a>> {
        self.all.get(*self.places.get(&folded(name))?)
    }

    /// Finds the tables that the database has just so.
    fn find_unchanged(
        &mut self,
        known: Known<'a>,
        words: &HashSet<String>,
        language: &dyn Dialect,
    ) {
        let actual = known.actual.tables.iter();
        let actual: HashMap<&QualifiedName, &'a Table> =
            actual.map(|table| (&table.name, table)).collect();
        let places = &self.places;
        for (place, stated) in self.all.iter_mut().enumerate() {
            let name = &stated.table.name;
            let refers_back = |key: &ForeignKey| {
                let target = places.get(&folded(&key.target));
                target.is_some_and(|target| *target <= place)
            };
            let found = actual.get(name).copied().filter(|table| {
                stated.once
                    && !known.except.contains(name)
                    && !words_of(name.name.as_str()).any(|word| words.contains(&word))
                    && foreign_keys(table).all(refers_back)
                    && language.states(&stated.table, table)
            });
            stated.actual = found;
        }
    }

    /// Has the tables built that those refer to which are built.
    fn keep_targets(&mut self) {
        let built = self.all.iter().enumerate();
        let built = built.filter(|(_, stated)| stated.actual.is_none());
        let mut open: Vec<usize> = built.map(|(place, _)| place).collect();
        while let Some(place) = open.pop() {
            let keys = self.all.get(place);
            let keys = keys
                .into_iter()
                .flat_map(|stated| foreign_keys(&stated.table));
            let targets: Vec<usize> = keys
                .filter_map(|key| self.places.get(&folded(&key.target)).copied())
                .collect();
            for target in targets {
                let stated = self.all.get_mut(target);
                if stated.and_then(|stated| stated.actual.take()).is_some() {
                    open.push(target);
                }
            }
        }
    }
}

fn foreign_keys(table: &Table) -> impl Iterator<Item = &ForeignKey> {
    table.constraints.iter().filter_map(|one| match one {
        Constraint::ForeignKey(key) => Some(key),
        _ => None,
    })
}

/// Whether a statement that is not understood only concerns what it names.
fn is_local(sql: &str) -> bool {
    let mut words = words_of(sql);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    match first.as_str() {
        "comment" => true,
        "alter" => ["table", "index", "sequence", "type", "domain"].contains(&second.as_str()),
        "create" => {
            !["event", "rule", "temp", "temporary", "global", "local"]
            .contains(&second.as_str())
            // CREATE OR REPLACE RULE and the like.
            && !words.take(2).any(|word| word == "rule" || word == "event")
        }
        _ => false,
    }
}

/// The words of a text in lower case, wherever they stand.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.split(move |letter| !of_word(letter))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{Postgres, Sqlite};

    /// What is built of a model, each statement by its beginning, beside a database that other statements describe.
    fn built(language: &dyn Dialect, database: &str, model: &str) -> Vec<String> {
        let statements = |text: &str| -> Vec<Statement> {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(Statement::new).collect()
        };
        let mut actual = Tables::default();
        for (place, statement) in statements(database).iter().enumerate() {
            assert!(actual.take(place, language.plain(&statement.sql)));
        }
        let actual = Database {
            tables: actual.all.into_iter().map(|one| one.table).collect(),
            ..Database::default()
        };
        let model = statements(model);
        let model: Vec<&Statement> = model.iter().collect();
        let known = Known {
            actual: &actual,
            except: &HashSet::new(),
        };
        let split = split(&model, known, language);
        let built = split.build.iter();
        built.map(|one| one.sql.clone()).collect()
    }

    const DATABASE: &str = "
        CREATE TABLE a (id int CONSTRAINT pa PRIMARY KEY)
        CREATE TABLE b (id int CONSTRAINT pb PRIMARY KEY, a int CONSTRAINT fb REFERENCES a (id))
        CREATE TABLE c (id int CONSTRAINT pc PRIMARY KEY, b int CONSTRAINT fc REFERENCES b (id))
        CREATE INDEX ic ON c (b)
        CREATE TABLE d (id int CONSTRAINT pd PRIMARY KEY)";

    #[test]
    fn what_is_there_is_not_built() {
        assert_eq!(
            built(&Sqlite::new(None), DATABASE, DATABASE),
            [""; 0].map(String::from)
        );
        let postgres = Postgres::new(None);
        // The catalogue would say so of a key that does not count.
        let database = DATABASE.replace("id int", "id serial");
        assert_eq!(
            built(&postgres, &database, &database),
            [""; 0].map(String::from)
        );
    }

    #[test]
    fn what_differs_is_built_with_what_it_needs() {
        let model = DATABASE.replace("(id int CONSTRAINT pc", "(id bigint CONSTRAINT pc");
        let found = built(&Sqlite::new(None), DATABASE, &model);
        let starts: Vec<&str> = found
            .iter()
            .map(|sql| sql.get(..14).unwrap_or_default())
            .collect();
        assert_eq!(
            starts,
            [
                "CREATE TABLE a",
                "CREATE TABLE b",
                "CREATE TABLE c",
                "CREATE INDEX i"
            ]
        );
    }

    #[test]
    fn what_else_names_a_table_has_it_built() {
        let view = format!("{DATABASE}\nCREATE VIEW v AS SELECT 'x' FROM \"D\"");
        assert_eq!(built(&Sqlite::new(None), DATABASE, &view).len(), 2);
        let unknown = format!("{DATABASE}\nSELECT 1");
        assert_eq!(built(&Sqlite::new(None), DATABASE, &unknown).len(), 6);
        let twice = format!("{DATABASE}\nCREATE TABLE D (x int)");
        assert_eq!(built(&Sqlite::new(None), DATABASE, &twice).len(), 2);
    }

    #[test]
    fn a_key_that_lost_its_target_is_the_engines_to_refuse() {
        let sqlite = Sqlite::new(None);
        let text = DATABASE.replace(" CONSTRAINT pd PRIMARY KEY", "");
        // Nobody refers to d, so that is a change like any other.
        assert_eq!(built(&sqlite, DATABASE, &text).len(), 1);
        let missing: String = DATABASE.lines().skip(2).collect::<Vec<_>>().join("\n");
        let found = built(&sqlite, DATABASE, &missing);
        assert!(found.iter().any(|sql| sql.starts_with("CREATE TABLE b")));
    }
}
