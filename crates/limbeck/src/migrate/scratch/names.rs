//! Which schemas a statement names, and the scratch schemas that stand for them while a model is built.
//!
//! A model may name the schemas that it is about (`CREATE TABLE shop.item`). What exists there must not be touched and
//! must not be in the way, so the name is replaced on the way in, and put back in everything that is read.

use std::{collections::HashSet, ops::Range};

use crate::{
    dialect::{DialectName, dialect},
    schema::{Database, Identifier},
    script::sql::{Token, TokenKind, Tokenizer},
};

/// A schema, and the one that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StandIn {
    /// The schema's name.
    pub(super) real: String,
    /// The name of the one that is built.
    pub(super) scratch: String,
}

/// All schemas of a model with their stand-ins, the default one first.
#[derive(Debug)]
pub(super) struct StandIns {
    dialect: DialectName,
    /// The default schema, then the others.
    pub(super) all: Vec<StandIn>,
    /// What stays where it is, by schema and name: the objects of extensions.
    kept: HashSet<(String, String)>,
}

/// A statement with the names of stand-ins in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rewritten {
    pub(super) sql: String,
    /// Where something was put in: in the new text, and in place of what in the old one.
    edits: Vec<(Range<usize>, Range<usize>)>,
}

impl Rewritten {
    /// The same with words put in before everything that was put in already.
    pub(super) fn with_words(mut self, at: usize, words: &str) -> Self {
        for (place, _) in &mut self.edits {
            *place = place.start + words.len()..place.end + words.len();
        }
        self.edits.insert(0, (at..at + words.len(), at..at));
        self.sql.insert_str(at, words);
        self
    }

    /// The place in the original text of a byte of the new one.
    pub(super) fn original(&self, offset: usize) -> usize {
        let mut shift = (0, 0);
        for (new, old) in &self.edits {
            if new.contains(&offset) {
                return old.start;
            }
            if offset < new.start {
                break;
            }
            shift = (new.end, old.end);
        }
        offset - shift.0 + shift.1
    }
}

/// How a statement names a schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Naming {
    /// Before a dot and this name; `None` where no name follows, such as before an operator.
    Holder(Option<String>),
    /// Behind the word SCHEMA, or another that only a schema can follow.
    Itself,
    /// In a search path, where it need not exist.
    Path,
}

/// A schema's name where a statement uses it.
struct Mention {
    schema: String,
    naming: Naming,
    /// The name's place in the text.
    place: Range<usize>,
}

/// The schemas that a statement names, as far as names tell: what stands before a dot may be a table, too.
pub(super) fn mentioned(sql: &str, dialect: DialectName) -> Vec<(String, Naming)> {
    let found = mentions(sql, dialect, 0).into_iter();
    found.map(|one| (one.schema, one.naming)).collect()
}

fn mentions(sql: &str, dialect: DialectName, base: usize) -> Vec<Mention> {
    let tokens: Vec<Token> = Tokenizer::new(sql, dialect)
        .filter(|token| !token.is_trivia())
        .collect();
    let name_at = |at: usize| tokens.get(at).and_then(|token| name(token, sql, dialect));
    let is_dot = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Dot)
    };
    let path = path_begins(&tokens, sql);
    let mut found = Vec::new();
    // A name that also stands alone is an alias or a table, and what follows its dot is a column.
    let mut alone = HashSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let place = base + token.start..base + token.end;
        if token.kind == TokenKind::ExecutableComment {
            let inside = inside_of_comment(token.text(sql));
            let offset = token.start + inside.start;
            let text = token.text(sql).get(inside).unwrap_or_default();
            found.extend(mentions(text, dialect, base + offset));
            continue;
        }
        if token.kind == TokenKind::String && dialect == DialectName::Postgresql {
            found.extend(in_string(token.text(sql), place));
            continue;
        }
        let Some(schema) = name_at(at) else { continue };
        if at > 0 && is_dot(at - 1) {
            continue;
        }
        let naming = if is_dot(at + 1) {
            Naming::Holder(name_at(at + 2))
        } else if behind_schema(&tokens, at, sql) {
            Naming::Itself
        } else if path.is_some_and(|begins| at >= begins) {
            Naming::Path
        } else {
            alone.insert(schema);
            continue;
        };
        found.push(Mention {
            schema,
            naming,
            place,
        });
    }
    found.retain(|one| !matches!(one.naming, Naming::Holder(_)) || !alone.contains(&one.schema));
    found
}

/// The first token of the list in `SET search_path = …`.
fn path_begins(tokens: &[Token], sql: &str) -> Option<usize> {
    let first = tokens.first()?;
    let set = tokens
        .iter()
        .take(4)
        .position(|one| one.is_keyword(sql, "search_path"));
    first.is_keyword(sql, "SET").then_some(set? + 2)
}

/// Whether the token at `at` is a schema's name because of the SCHEMA, DATABASE or USE before it, with or without
/// IF [NOT] EXISTS between them.
fn behind_schema(tokens: &[Token], at: usize, sql: &str) -> bool {
    let is = |at: usize, words: &[&str]| {
        tokens
            .get(at)
            .is_some_and(|token| words.iter().any(|word| token.is_keyword(sql, word)))
    };
    if is(at, &["IF", "AUTHORIZATION"]) {
        return false;
    }
    let back = |by: usize| at.checked_sub(by);
    // GRANT … ON ALL TABLES IN SCHEMA a, b
    if is(0, &["GRANT", "REVOKE", "ALTER"])
        && back(1)
            .and_then(|place| tokens.get(place))
            .is_some_and(|token| token.kind == TokenKind::Comma)
    {
        return back(2).is_some_and(|before| behind_schema(tokens, before, sql));
    }
    let exists = back(1).is_some_and(|place| is(place, &["EXISTS"]));
    let places = match exists {
        true => [back(3), back(4)],
        false => [back(1), None],
    };
    let mut places = places.into_iter().flatten();
    places.any(|place| is(place, &["SCHEMA", "DATABASE", "USE"]) && names_schema(&is, place))
}

/// Whether the SCHEMA, DATABASE or USE at `at` is that word: a table or a column may be called so, too.
fn names_schema(is: &impl Fn(usize, &[&str]) -> bool, at: usize) -> bool {
    match at {
        0 => is(0, &["USE"]),
        1 => is(0, &["CREATE", "DROP", "ALTER"]),
        // CREATE EXTENSION hstore SCHEMA public, with or without a WITH.
        _ if is(1, &["EXTENSION"]) => true,
        // An index may be ON a table of that name.
        _ => is(at - 1, &["IN", "SET"]) || is(at - 1, &["ON"]) && !is(0, &["CREATE"]),
    }
}

/// The name that a token stands for, as the database stores it.
fn name(token: &Token, sql: &str, dialect: DialectName) -> Option<String> {
    let text = token.text(sql);
    match token.kind {
        TokenKind::Word if dialect == DialectName::Postgresql => Some(text.to_lowercase()),
        TokenKind::Word => Some(text.to_owned()),
        TokenKind::QuotedIdentifier => {
            let quote = text.chars().next()?;
            let inside = text.get(1..text.len().checked_sub(1)?)?;
            Some(inside.replace(&format!("{quote}{quote}"), &quote.to_string()))
        }
        _ => None,
    }
}

/// `'shop.item_id_seq'`, which PostgreSQL reads as a name where a name is wanted.
fn in_string(text: &str, place: Range<usize>) -> Option<Mention> {
    let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let (schema, name) = inside.split_once('.')?;
    let bare = |text: &str| {
        let quoted = text
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let plain = |letter: char| letter.is_alphanumeric() || letter == '_';
        match quoted {
            Some(inside) if !inside.contains('"') => Some(inside.to_owned()),
            Some(_) => None,
            None => text.chars().all(plain).then(|| text.to_lowercase()),
        }
    };
    Some(Mention {
        naming: Naming::Holder(Some(bare(name)?)),
        place: place.start + 1..place.start + 1 + schema.len(),
        schema: bare(schema)?,
    })
}

/// What a server runs of `/*!50001 … */`.
fn inside_of_comment(text: &str) -> Range<usize> {
    let start = text.find('!').map_or(0, |at| at + 1);
    let digits = text.get(start..).unwrap_or_default();
    let start = start + digits.len()
        - digits
            .trim_start_matches(|one: char| one.is_ascii_digit())
            .len();
    start..text.len().saturating_sub(2).max(start)
}

impl StandIns {
    /// Stand-ins for the default schema and others, under names that nobody has.
    pub(super) fn new(
        dialect: DialectName,
        default: &str,
        others: impl IntoIterator<Item = String>,
        kept: HashSet<(String, String)>,
        tag: &str,
    ) -> Self {
        let reals = std::iter::once(default.to_owned()).chain(others);
        let all = reals.enumerate().map(|(at, real)| StandIn {
            real,
            scratch: format!("{PREFIX}{tag}_{at}"),
        });
        StandIns {
            dialect,
            all: all.collect(),
            kept,
        }
    }

    /// The schema that is built in place of the default one.
    pub(super) fn default(&self) -> &str {
        self.all.first().map_or("", |one| one.scratch.as_str())
    }

    fn is_kept(&self, schema: &str, name: &str) -> bool {
        !self.kept.is_empty() && self.kept.contains(&(schema.to_owned(), name.to_owned()))
    }

    fn of(&self, real: &str) -> Option<&str> {
        let found = self.all.iter().find(|one| one.real == real);
        found.map(|one| one.scratch.as_str())
    }

    /// The statement with stand-ins in place of the schemas that it names.
    pub(super) fn rewrite(&self, sql: &str) -> Rewritten {
        let mut text = String::with_capacity(sql.len() + 32);
        let mut edits = Vec::new();
        let mut copied = 0;
        for mention in mentions(sql, self.dialect, 0) {
            let kept = match &mention.naming {
                Naming::Holder(Some(name)) => self.is_kept(&mention.schema, name),
                // Only an operator is named so, and only extensions have those.
                Naming::Holder(None) => true,
                Naming::Itself | Naming::Path => false,
            };
            let Some(scratch) = self.of(&mention.schema).filter(|_| !kept) else {
                continue;
            };
            text.push_str(sql.get(copied..mention.place.start).unwrap_or_default());
            let start = text.len();
            text.push_str(scratch);
            edits.push((start..text.len(), mention.place.clone()));
            copied = mention.place.end;
        }
        text.push_str(sql.get(copied..).unwrap_or_default());
        Rewritten { sql: text, edits }
    }

    /// Whether the statement does nothing but create a schema that is there already, under its other name.
    pub(super) fn is_made(&self, sql: &str) -> bool {
        let words = Tokenizer::new(sql, self.dialect).filter(|token| !token.is_trivia());
        let words: Vec<Token> = words.collect();
        let is = |at: usize, word: &str| words.get(at).is_some_and(|one| one.is_keyword(sql, word));
        let creates = is(0, "CREATE") && (is(1, "SCHEMA") || is(1, "DATABASE"));
        let more = (2..words.len()).any(|at| is(at, "CREATE") || is(at, "GRANT"));
        creates
            && !more
            && mentioned(sql, self.dialect)
                .iter()
                .any(|(name, _)| self.of(name).is_some())
    }

    /// A text of the database's with the schemas' own names in it.
    pub(super) fn restore_text(&self, text: &str) -> String {
        let language = dialect(self.dialect, None);
        let mut restored = text.to_owned();
        for one in self.all.iter().rev() {
            if restored.contains(&one.scratch) {
                let real = language.quote(&Identifier::new(one.real.as_str()));
                let quote = if real.starts_with('`') { "" } else { "`" };
                restored = restored
                    .replace(
                        &format!("`{}`", one.scratch),
                        &format!("{quote}{real}{quote}"),
                    )
                    .replace(&one.scratch, &real);
            }
        }
        restored
    }

    /// What was read of the stand-ins, as if it had been read of the schemas themselves.
    ///
    /// # Errors
    /// An error of `serde_json` that no schema value causes.
    pub(super) fn restore(&self, database: Database) -> Result<Database, serde_json::Error> {
        let text = serde_json::to_string(&database)?;
        if !text.contains(PREFIX) {
            return Ok(database);
        }
        let mut value = serde_json::from_str(&text)?;
        self.restore_value(&mut value);
        serde_json::from_value(value)
    }

    fn restore_value(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => {
                match self.all.iter().find(|one| one.scratch == *text) {
                    Some(one) => text.clone_from(&one.real),
                    None if text.contains(PREFIX) => *text = self.restore_text(text),
                    None => {}
                }
            }
            serde_json::Value::Array(items) => {
                items.iter_mut().for_each(|item| self.restore_value(item));
            }
            serde_json::Value::Object(fields) => {
                fields
                    .values_mut()
                    .for_each(|field| self.restore_value(field));
            }
            _ => {}
        }
    }
}

/// What the names of stand-ins begin with.
pub(super) const PREFIX: &str = "limbeck_scratch_";

#[cfg(test)]
mod tests {
    use super::*;

    fn stand_ins(dialect: DialectName) -> StandIns {
        let kept = HashSet::from([("public".to_owned(), "citext".to_owned())]);
        StandIns::new(dialect, "public", ["Shop".to_owned()], kept, "ab")
    }

    fn rewritten(sql: &str) -> String {
        stand_ins(DialectName::Postgresql).rewrite(sql).sql
    }

    #[test]
    fn names_of_schemas_are_replaced_and_nothing_else() {
        assert_eq!(
            rewritten(
                "CREATE TABLE public.t (id int DEFAULT nextval('public.s'), c public.citext, d \"Shop\".e)"
            ),
            "CREATE TABLE limbeck_scratch_ab_0.t (id int DEFAULT nextval('limbeck_scratch_ab_0.s'), c public.citext, \
             d limbeck_scratch_ab_1.e)"
        );
        for same in [
            "CREATE VIEW v AS SELECT public.id, 'in public. or not' FROM other AS public",
            "CREATE TABLE t (public int, x.public int, d text DEFAULT 'public')",
            "SELECT 1 -- public.t",
            "CREATE INDEX i ON t (a) WHERE a OPERATOR(public.=) b",
            "CREATE TABLE t (schema public, a int, database public)",
            "ALTER TABLE t ADD COLUMN schema public",
        ] {
            assert_eq!(rewritten(same), same);
        }
        for (schema, replaced) in [
            (
                "COMMENT ON SCHEMA public IS 'x'",
                "COMMENT ON SCHEMA limbeck_scratch_ab_0 IS 'x'",
            ),
            (
                "CREATE EXTENSION IF NOT EXISTS a WITH SCHEMA public",
                "CREATE EXTENSION IF NOT EXISTS a WITH SCHEMA limbeck_scratch_ab_0",
            ),
            (
                "DROP SCHEMA IF EXISTS public",
                "DROP SCHEMA IF EXISTS limbeck_scratch_ab_0",
            ),
            (
                "GRANT USAGE ON SCHEMA public, \"Shop\" TO public, other",
                "GRANT USAGE ON SCHEMA limbeck_scratch_ab_0, limbeck_scratch_ab_1 TO public, other",
            ),
            (
                "ALTER TABLE t SET SCHEMA public",
                "ALTER TABLE t SET SCHEMA limbeck_scratch_ab_0",
            ),
        ] {
            assert_eq!(rewritten(schema), replaced);
        }
        assert_eq!(
            rewritten("SET search_path = public, pg_catalog"),
            "SET search_path = limbeck_scratch_ab_0, pg_catalog"
        );
        let mysql = StandIns::new(DialectName::Mysql, "shop", [], HashSet::new(), "ab");
        assert_eq!(
            mysql
                .rewrite("/*!50001 CREATE VIEW `shop`.`v` AS SELECT `t`.`shop` FROM `shop`.`t` */")
                .sql,
            "/*!50001 CREATE VIEW limbeck_scratch_ab_0.`v` AS SELECT `t`.`shop` FROM limbeck_scratch_ab_0.`t` */"
        );
    }

    #[test]
    fn places_are_those_of_the_original() {
        let sql = "CREATE TABLE public.t (x public.nope)";
        let stand_ins = stand_ins(DialectName::Postgresql);
        let rewritten = stand_ins.rewrite(sql);
        for word in ["CREATE", "t (", "nope"] {
            let new = rewritten.sql.find(word).unwrap();
            assert_eq!(rewritten.original(new), sql.find(word).unwrap(), "{word}");
        }
    }

    #[test]
    fn what_was_read_has_the_schemas_own_names() {
        let stand_ins = stand_ins(DialectName::Postgresql);
        assert_eq!(
            stand_ins.restore_text("FUNCTION limbeck_scratch_ab_0.f() limbeck_scratch_ab_1.e"),
            "FUNCTION public.f() \"Shop\".e"
        );
        assert!(stand_ins.is_made("CREATE SCHEMA IF NOT EXISTS \"Shop\""));
        assert!(!stand_ins.is_made("CREATE SCHEMA shop"));
        let table = crate::schema::Table::new(
            crate::schema::QualifiedName::new("t").in_schema("limbeck_scratch_ab_1"),
            Vec::new(),
        );
        let read = Database {
            tables: vec![table],
            ..Database::default()
        };
        let restored = stand_ins.restore(read).unwrap();
        assert_eq!(restored.tables[0].name.to_string(), "Shop.t");
    }
}
