//! `-- limbeck:` lines.
//!
//! A directive is a line of its own, wherever it stands: not even a string or a body hides it, so that the sections of a
//! script are the same for every dialect.

use std::str::FromStr;

use crate::{dialect::DialectName, operation::Batches, script::Direction};

use super::error::SqlProblem;

/// One directive, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Section {
        direction: Direction,
        dialects: DialectLimit,
    },
    Irreversible {
        dialects: DialectLimit,
        reason: String,
    },
    Undecided {
        dialects: DialectLimit,
        reason: String,
    },
    NoTransaction,
    NoTransactionForNextStatement,
    Transaction,
    InBatches(Batches),
    Delimiter(String),
}

/// The dialects a section is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DialectLimit {
    All,
    Only(Vec<DialectName>),
    Except(Vec<DialectName>),
}

impl DialectLimit {
    pub(super) fn includes(&self, dialect: DialectName) -> bool {
        match self {
            DialectLimit::All => true,
            DialectLimit::Only(dialects) => dialects.contains(&dialect),
            DialectLimit::Except(dialects) => !dialects.contains(&dialect),
        }
    }
}

/// The directives by the words they begin with.
const NAMES: [&str; 8] = [
    "upgrade",
    "downgrade",
    "irreversible",
    "undecided",
    "no transaction",
    "transaction",
    "in batches",
    "delimiter",
];

/// A problem, with the place in the line as an offset in bytes.
pub(super) type At<T> = Result<T, (usize, SqlProblem)>;

/// The directive in `line`, `None` for any other line.
pub(super) fn read(line: &str) -> At<Option<Directive>> {
    let Some(text) = after_mark(line) else {
        return missing_colon(line).map_or(Ok(None), Err);
    };
    let start = line.len() - text.len();
    read_after_mark(text.trim_end())
        .map(Some)
        .map_err(|(offset, problem)| (start + offset, problem))
}

/// What follows `-- limbeck:` and the blanks after it.
fn after_mark(line: &str) -> Option<&str> {
    let rest = comment(line)?;
    let name = rest.get(..7)?;
    if !name.eq_ignore_ascii_case("limbeck") {
        return None;
    }
    Some(
        rest.get(7..)?
            .trim_start_matches(blank)
            .strip_prefix(':')?
            .trim_start_matches(blank),
    )
}

fn comment(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(blank).strip_prefix("--")?;
    Some(rest.trim_start_matches(blank))
}

/// `-- limbeck upgrade` is not the comment it looks like: its statements would end up in the wrong section.
fn missing_colon(line: &str) -> Option<(usize, SqlProblem)> {
    let rest = comment(line)?;
    let (name, words) = rest.split_once(blank)?;
    let words = words.trim();
    let known = NAMES.iter().any(|known| words.eq_ignore_ascii_case(known));
    (name.eq_ignore_ascii_case("limbeck") && known).then(|| {
        let problem = format!("a colon is missing; write '-- limbeck: {words}'");
        (line.len() - rest.len(), SqlProblem::BadDirective(problem))
    })
}

fn blank(character: char) -> bool {
    character == ' ' || character == '\t'
}

fn read_after_mark(text: &str) -> At<Directive> {
    let (word, rest) = first_word(text);
    let argument = text.len() - rest.len();
    let shifted = |(offset, problem)| (argument + offset, problem);
    match word.to_ascii_lowercase().as_str() {
        "upgrade" => section(Direction::Upgrade, rest).map_err(shifted),
        "downgrade" => section(Direction::Downgrade, rest).map_err(shifted),
        "irreversible" => because(rest, "irreversible")
            .map(|(dialects, reason)| Directive::Irreversible { dialects, reason })
            .map_err(shifted),
        "undecided" => because(rest, "undecided")
            .map(|(dialects, reason)| Directive::Undecided { dialects, reason })
            .map_err(shifted),
        "in" => in_batches(rest).map_err(shifted),
        "delimiter" => delimiter(rest).map_err(shifted),
        _ => fixed(text),
    }
}

fn first_word(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| blank(character) || character == '(')
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim_start_matches(blank))
}

/// Directives without an argument.
fn fixed(text: &str) -> At<Directive> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    match words.join(" ").as_str() {
        "no transaction" => Ok(Directive::NoTransaction),
        "no transaction for next statement" => Ok(Directive::NoTransactionForNextStatement),
        "transaction" => Ok(Directive::Transaction),
        "" => Err((0, SqlProblem::BadDirective("the directive is missing; known are upgrade, downgrade, irreversible, undecided, no transaction, transaction, in batches and delimiter".to_owned()))),
        other => Err((
            0,
            SqlProblem::UnknownDirective {
                directive: text.to_owned(),
                suggestion: nearest(other, NAMES.iter().copied()),
            },
        )),
    }
}

fn section(direction: Direction, rest: &str) -> At<Directive> {
    let (dialects, after) = dialects(rest)?;
    if after.is_empty() {
        return Ok(Directive::Section {
            direction,
            dialects,
        });
    }
    let offset = rest.len() - after.len();
    let problem = format!(
        "'{after}' is not understood here; a section is '{direction}', '{direction} (sqlite, mysql)' or '{direction} (except sqlite)'"
    );
    Err((offset, SqlProblem::BadDirective(problem)))
}

/// What follows a directive that has to give its reason.
fn because(rest: &str, directive: &str) -> At<(DialectLimit, String)> {
    let (dialects, after) = dialects(rest)?;
    let (word, reason) = first_word(after);
    if !word.eq_ignore_ascii_case("because") || reason.is_empty() {
        let problem = format!("say why: '-- limbeck: {directive} because …'");
        return Err((rest.len() - after.len(), SqlProblem::BadDirective(problem)));
    }
    Ok((dialects, reason.to_owned()))
}

/// `batches of 10000 by id`, which follows `in`.
fn in_batches(rest: &str) -> At<Directive> {
    let understood = || {
        let (batches, rest) = first_word(rest);
        let (of, rest) = first_word(rest);
        let (rows, rest) = first_word(rest);
        let (by, key) = first_word(rest);
        let words = batches.eq_ignore_ascii_case("batches")
            && of.eq_ignore_ascii_case("of")
            && by.eq_ignore_ascii_case("by");
        let rows = rows.parse().ok().filter(|rows| *rows > 0)?;
        let key = key.trim().to_owned();
        (words && !key.is_empty()).then_some(Batches { rows, key })
    };
    understood().map(Directive::InBatches).ok_or_else(|| {
        let problem =
            "say how many rows, and along which column: '-- limbeck: in batches of 10000 by id'";
        (0, SqlProblem::BadDirective(problem.to_owned()))
    })
}

fn delimiter(rest: &str) -> At<Directive> {
    let mut words = rest.split_whitespace();
    match (words.next(), words.next()) {
        (Some(mark), None) if !mark.contains('\\') => Ok(Directive::Delimiter(mark.to_owned())),
        _ => {
            let problem = "delimiter needs one word without a backslash, such as '//'".to_owned();
            Err((0, SqlProblem::BadDirective(problem)))
        }
    }
}

/// `(sqlite, mysql)` or `(except sqlite)` at the start of `text`, and what follows it.
fn dialects(text: &str) -> At<(DialectLimit, &str)> {
    let Some(inside) = text.strip_prefix('(') else {
        return Ok((DialectLimit::All, text));
    };
    let Some((list, after)) = inside.split_once(')') else {
        let problem = "the parenthesis is not closed".to_owned();
        return Err((0, SqlProblem::BadDirective(problem)));
    };
    let (word, rest) = first_word(list.trim_start_matches(blank));
    let except = word.eq_ignore_ascii_case("except");
    let names = if except { rest } else { list };
    let mut found = Vec::new();
    let mut offset = 1 + list.len() - names.len();
    for name in names.split(',') {
        let blanks = name.len() - name.trim_start().len();
        found.push(dialect(name.trim()).map_err(|problem| (offset + blanks, problem))?);
        offset += name.len() + 1;
    }
    let limit = if except {
        DialectLimit::Except(found)
    } else {
        DialectLimit::Only(found)
    };
    Ok((limit, after.trim_start_matches(blank)))
}

fn dialect(name: &str) -> Result<DialectName, SqlProblem> {
    if name.is_empty() {
        let problem =
            "a dialect's name is missing; known are generic, sqlite, postgresql, mysql and mariadb";
        return Err(SqlProblem::BadDirective(problem.to_owned()));
    }
    let lower = name.to_ascii_lowercase();
    DialectName::from_str(&lower).map_err(|_| SqlProblem::UnknownDialect {
        name: name.to_owned(),
        suggestion: nearest(&lower, DialectName::ALL.iter().map(|known| known.as_str())),
    })
}

/// The known name that is most like `name`, if any is like it at all.
fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_name_their_dialects() {
        assert_eq!(
            read("-- limbeck: upgrade"),
            Ok(Some(Directive::Section {
                direction: Direction::Upgrade,
                dialects: DialectLimit::All
            }))
        );
        assert_eq!(
            read("--limbeck:downgrade(except sqlite, MySQL)\r"),
            Ok(Some(Directive::Section {
                direction: Direction::Downgrade,
                dialects: DialectLimit::Except(vec![DialectName::Sqlite, DialectName::Mysql]),
            }))
        );
        assert_eq!(read("-- limbeck is a still"), Ok(None));
        assert_eq!(read("SELECT 1 -- limbeck: upgrade"), Ok(None));
    }

    #[test]
    fn wrong_directives_say_where_and_what_is_near() {
        let message = |line: &str| match read(line) {
            Err((offset, problem)) => format!("{offset}: {problem}"),
            other => format!("{other:?}"),
        };
        insta::assert_snapshot!(message("-- limbeck: upgarde"), @"12: unknown directive 'upgarde'; did you mean 'upgrade'?");
        insta::assert_snapshot!(message("-- limbeck: upgrade (sqlite, postgre)"), @"29: unknown dialect 'postgre'; did you mean 'postgresql'?; known are generic, sqlite, postgresql, mysql and mariadb");
        insta::assert_snapshot!(message("-- limbeck: upgrade (sqlite"), @"20: the parenthesis is not closed");
        insta::assert_snapshot!(message("-- limbeck: upgrade ()"), @"21: a dialect's name is missing; known are generic, sqlite, postgresql, mysql and mariadb");
        insta::assert_snapshot!(message("-- limbeck: upgrade sqlite"), @"20: 'sqlite' is not understood here; a section is 'upgrade', 'upgrade (sqlite, mysql)' or 'upgrade (except sqlite)'");
        insta::assert_snapshot!(message("-- limbeck: irreversible"), @"24: say why: '-- limbeck: irreversible because …'");
        insta::assert_snapshot!(message("-- limbeck: undecided (sqlite)"), @"30: say why: '-- limbeck: undecided because …'");
        insta::assert_snapshot!(message("-- limbeck: delimiter"), @"21: delimiter needs one word without a backslash, such as '//'");
        insta::assert_snapshot!(message("-- limbeck downgrade"), @"3: a colon is missing; write '-- limbeck: downgrade'");
        insta::assert_snapshot!(message("  -- limbeck:"), @"13: the directive is missing; known are upgrade, downgrade, irreversible, undecided, no transaction, transaction, in batches and delimiter");
    }
}
