//! Values written into the text of a statement.
//!
//! PostgreSQL and MySQL only take parameters through prepared statements, which a pooler in transaction mode loses
//! between two calls, and which give a text parameter the type `text` where a literal would take the column's type.
//! So for these two, and in offline scripts, a placeholder is replaced by a literal.

use std::fmt::Write as _;

use crate::{dialect::DialectName, schema::Value};

/// `sql` with every placeholder (`?` or `$n`) outside quotes and comments replaced by its value.
///
/// # Errors
/// A message when placeholders and values don't match in number, or a value cannot be written in SQL.
pub(crate) fn inline(
    dialect: DialectName,
    sql: &str,
    parameters: &[Value],
) -> Result<String, String> {
    if parameters.is_empty() {
        return Ok(sql.to_owned());
    }
    let mut written = String::with_capacity(sql.len() + parameters.len() * 16);
    let mut rest = sql;
    let mut next = 0;
    let mut used = 0;
    while let Some(character) = rest.chars().next() {
        let opaque = opaque_prefix(dialect, rest);
        if opaque > 0 {
            written.push_str(&rest[..opaque]);
            rest = &rest[opaque..];
            continue;
        }
        let index = match character {
            '?' if dialect != DialectName::Postgresql => {
                next += 1;
                Some((next, 1))
            }
            '$' => {
                let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
                rest[1..=digits]
                    .parse()
                    .ok()
                    .map(|number: usize| (number, digits + 1))
            }
            _ => None,
        };
        match index {
            Some((number, length)) => {
                let value = number
                    .checked_sub(1)
                    .and_then(|index| parameters.get(index))
                    .ok_or_else(|| {
                        format!(
                            "placeholder {number} has no value; {} were given",
                            parameters.len()
                        )
                    })?;
                let literal = literal(dialect, value)?;
                // A sign beside another begins a comment, and binds less than a cast does.
                match literal.starts_with('-') {
                    true => written.extend(["(", &literal, ")"]),
                    false => written.push_str(&literal),
                }
                used = used.max(number);
                rest = &rest[length..];
            }
            None => {
                written.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    if used != parameters.len() {
        return Err(format!(
            "{} values were given for {used} placeholders",
            parameters.len()
        ));
    }
    Ok(written)
}

/// Whether `sql` has `wanted` outside of quotes and comments, as the MySQL client reads it.
pub(crate) fn mentions_outside_quotes(sql: &str, wanted: char) -> bool {
    let mut rest = sql;
    while let Some(character) = rest.chars().next() {
        let opaque = opaque_prefix(DialectName::Mysql, rest);
        if opaque == 0 && character == wanted {
            return true;
        }
        rest = &rest[opaque.max(character.len_utf8())..];
    }
    false
}

/// Whether a statement for SQLite takes its values one after another by `count` plain `?`, and is known to: brackets quote names
/// there, and other signs name values.
pub(crate) fn takes_values_in_order(sql: &str, count: usize) -> bool {
    let mut rest = sql;
    let mut found = 0;
    while let Some(character) = rest.chars().next() {
        // A comment that has no end is none of the statement's business while nothing follows it.
        if rest.starts_with("/*") {
            return false;
        }
        let opaque = opaque_prefix(DialectName::Sqlite, rest);
        if opaque > 0 {
            rest = rest.get(opaque..).unwrap_or_default();
            continue;
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '?' if rest.starts_with(|next: char| next.is_ascii_digit()) => return false,
            '?' => found += 1,
            '[' | ':' | '@' | '$' | '#' => return false,
            _ => {}
        }
    }
    found == count
}

/// Whether what is written after `sql` in the same line would be part of a comment.
pub(crate) fn ends_in_line_comment(dialect: DialectName, sql: &str) -> bool {
    let mysql = matches!(dialect, DialectName::Mysql | DialectName::Mariadb);
    let mut rest = sql;
    while let Some(character) = rest.chars().next() {
        let opaque = opaque_prefix(dialect, rest);
        if opaque == rest.len() && rest.starts_with("--") {
            return true;
        }
        if mysql && character == '#' {
            match rest.find('\n') {
                Some(end) => rest = &rest[end..],
                None => return true,
            }
            continue;
        }
        rest = &rest[opaque.max(character.len_utf8())..];
    }
    false
}

/// The words that a statement begins with, comments left out.
pub(crate) fn words(sql: &str) -> impl Iterator<Item = &str> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            let comment = if rest.starts_with('#') {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("--") || rest.starts_with("/*") {
                opaque_prefix(DialectName::Generic, rest)
            } else {
                0
            };
            if comment == 0 {
                break;
            }
            rest = &rest[comment..];
        }
        let end = rest
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .unwrap_or(rest.len());
        let (word, remainder) = rest.split_at(end);
        rest = remainder;
        (!word.is_empty()).then_some(word)
    })
}

/// The length of a quoted piece or a comment at the start of `rest`; 0 when there is none.
fn opaque_prefix(dialect: DialectName, rest: &str) -> usize {
    let mysql = matches!(dialect, DialectName::Mysql | DialectName::Mariadb);
    if let Some(quote) = rest
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"' | '`'))
    {
        let mut characters = rest.char_indices().skip(1);
        while let Some((index, character)) = characters.next() {
            match character {
                '\\' if mysql && quote != '`' => {
                    characters.next();
                }
                // A doubled quote is read as two pieces in a row: the placeholders come out the same.
                _ if character == quote => return index + 1,
                _ => {}
            }
        }
        return rest.len();
    }
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if let Some(comment) = rest.strip_prefix("/*") {
        return comment.find("*/").map_or(rest.len(), |end| end + 4);
    }
    if dialect == DialectName::Postgresql && rest.starts_with('$') {
        let tag = rest[1..].find('$').map(|end| &rest[..end + 2]);
        if let Some(tag) = tag.filter(|tag| {
            let name = &tag[1..tag.len() - 1];
            !name.starts_with(|first: char| first.is_ascii_digit())
                && name
                    .chars()
                    .all(|character| character.is_alphanumeric() || character == '_')
        }) {
            return rest[tag.len()..]
                .find(tag)
                .map_or(rest.len(), |end| end + 2 * tag.len());
        }
    }
    0
}

/// `value` as this database reads it in a statement.
///
/// # Errors
/// A message when the database has no way to write it (a NUL character in text, a number that is no number in MySQL).
pub(crate) fn literal(dialect: DialectName, value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::Null => "NULL".to_owned(),
        Value::Boolean(flag) => match dialect {
            DialectName::Sqlite => if *flag { "1" } else { "0" }.to_owned(),
            _ => flag.to_string(),
        },
        Value::Integer(number) => number.to_string(),
        Value::Unsigned(number) => number.to_string(),
        Value::Float(number) if number.is_finite() => format!("{number:e}"),
        Value::Float(number) => match dialect {
            DialectName::Postgresql => format!("'{number}'::float8"),
            DialectName::Sqlite if number.is_nan() => "NULL".to_owned(),
            DialectName::Sqlite if *number > 0.0 => "9e999".to_owned(),
            DialectName::Sqlite => "-9e999".to_owned(),
            _ => {
                return Err(format!(
                    "{number} cannot be written as a number in {dialect}"
                ));
            }
        },
        Value::Decimal(number) if is_number(number) => number.clone(),
        Value::Bytes(bytes) => bytes_literal(dialect, bytes),
        Value::Decimal(text)
        | Value::Text(text)
        | Value::Date(text)
        | Value::Time(text)
        | Value::Timestamp(text)
        | Value::Uuid(text)
        | Value::Json(text) => text_literal(dialect, text)?,
    })
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty()
        && digits.parse::<f64>().is_ok_and(f64::is_finite)
        && digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
}

fn bytes_literal(dialect: DialectName, bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(hex, "{byte:02X}");
    }
    match dialect {
        DialectName::Postgresql => format!("'\\x{hex}'::bytea"),
        _ => format!("X'{hex}'"),
    }
}

fn text_literal(dialect: DialectName, text: &str) -> Result<String, String> {
    if text.contains('\0') && !matches!(dialect, DialectName::Mysql | DialectName::Mariadb) {
        return Err(format!(
            "text with a NUL character cannot be written in {dialect}"
        ));
    }
    let quoted = text.replace('\'', "''");
    Ok(match dialect {
        // Whether a backslash escapes depends on a setting of the session in both; these two forms don't.
        DialectName::Postgresql if text.contains('\\') => {
            format!("E'{}'", quoted.replace('\\', "\\\\"))
        }
        DialectName::Mysql | DialectName::Mariadb if text.contains(['\\', '\0']) => {
            format!("_utf8mb4 {}", bytes_literal(dialect, text.as_bytes()))
        }
        _ => format!("'{quoted}'"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_placeholders_outside_quotes_and_comments() {
        let parameters = [Value::Text("it's".to_owned()), Value::Integer(7)];
        assert_eq!(
            inline(
                DialectName::Mysql,
                "SELECT '?', `?`, ? -- ?\n, /* ? */ ?, 'a\\'?'",
                &parameters
            )
            .unwrap(),
            "SELECT '?', `?`, 'it''s' -- ?\n, /* ? */ 7, 'a\\'?'"
        );
        assert_eq!(
            inline(
                DialectName::Postgresql,
                "SELECT $2, $1, $$ $1 $$, $tag$ $2 $tag$, '$1', a ? b",
                &parameters
            )
            .unwrap(),
            "SELECT 7, 'it''s', $$ $1 $$, $tag$ $2 $tag$, '$1', a ? b"
        );
    }

    #[test]
    fn a_negative_number_stays_one() {
        let parameters = [Value::Integer(i64::MIN)];
        assert_eq!(
            inline(DialectName::Postgresql, "SELECT 1 -$1::bigint", &parameters).unwrap(),
            "SELECT 1 -(-9223372036854775808)::bigint"
        );
    }

    #[test]
    fn refuses_a_wrong_number_of_values() {
        let one = [Value::Null];
        assert_eq!(
            inline(DialectName::Sqlite, "SELECT ?, ?", &one).unwrap_err(),
            "placeholder 2 has no value; 1 were given"
        );
        assert_eq!(
            inline(DialectName::Sqlite, "SELECT 1", &one).unwrap_err(),
            "1 values were given for 0 placeholders"
        );
    }

    #[test]
    fn backslashes_do_not_depend_on_the_session() {
        let text = Value::Text("a\\'b".to_owned());
        assert_eq!(
            literal(DialectName::Postgresql, &text).unwrap(),
            "E'a\\\\''b'"
        );
        assert_eq!(
            literal(DialectName::Mariadb, &text).unwrap(),
            "_utf8mb4 X'615C2762'"
        );
        assert_eq!(literal(DialectName::Sqlite, &text).unwrap(), "'a\\''b'");
    }

    #[test]
    fn a_decimal_is_only_bare_when_it_is_a_number() {
        let decimal =
            |text: &str| literal(DialectName::Sqlite, &Value::Decimal(text.to_owned())).unwrap();
        assert_eq!(decimal("-12.50"), "-12.50");
        assert_eq!(decimal("1; DROP TABLE t"), "'1; DROP TABLE t'");
        assert_eq!(decimal("NaN"), "'NaN'");
    }
}
