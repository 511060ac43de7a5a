//! Python string literals: where they end and what they say.

use crate::script::HeaderProblem;

use super::At;

/// Whether `character` can begin the prefix of a string literal.
pub(super) fn is_prefix_letter(character: char) -> bool {
    matches!(character.to_ascii_lowercase(), 'r' | 'u' | 'b' | 'f' | 't')
}

/// The byte after the literal whose opening quote is at `quote`; `None` when it has no end.
pub(super) fn end(bytes: &[u8], quote: usize) -> Option<usize> {
    let mark = *bytes.get(quote)?;
    let triple = [mark; 3];
    if bytes[quote..].starts_with(&triple) {
        let mut at = quote + 3;
        loop {
            match *bytes.get(at)? {
                b'\\' => at += 2,
                byte if byte == mark && bytes[at..].starts_with(&triple) => return Some(at + 3),
                _ => at += 1,
            }
        }
    }
    let mut at = quote + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if bytes.get(at + 1) == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n') => {
                at += 3
            }
            b'\\' => at += 2,
            b'\n' | b'\r' => return None,
            byte if byte == mark => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// What a literal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    /// Text, or the text of an f-string that fills nothing in.
    Text(String),
    /// An f-string or a name that only Python knows.
    Computed,
    /// Bytes.
    Bytes,
}

/// The value of the whole literal `literal`, prefix and quotes included.
pub(super) fn value(literal: &str) -> At<Literal> {
    let quote = literal.find(['\'', '"']).unwrap_or(0);
    let prefix = literal[..quote].to_ascii_lowercase();
    if prefix.contains('b') {
        return Ok(Literal::Bytes);
    }
    let width = if literal[quote..].starts_with("'''") || literal[quote..].starts_with("\"\"\"") {
        3
    } else {
        1
    };
    let begin = quote + width;
    let inside = literal
        .get(begin..literal.len().saturating_sub(width))
        .unwrap_or_default();
    if prefix.contains(['f', 't']) && (prefix.contains('t') || inside.contains(['{', '}'])) {
        return Ok(Literal::Computed);
    }
    let inside = if inside.contains('\r') {
        inside.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        inside.to_owned()
    };
    if prefix.contains('r') || !inside.contains('\\') {
        return Ok(Literal::Text(inside));
    }
    unescape(&inside).map_err(|problem| (begin, problem))
}

fn unescape(text: &str) -> Result<Literal, HeaderProblem> {
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            result.push(character);
            continue;
        }
        let Some(escape) = characters.next() else {
            break;
        };
        match escape {
            '\n' => {}
            '\\' | '\'' | '"' => result.push(escape),
            'a' => result.push('\u{7}'),
            'b' => result.push('\u{8}'),
            'f' => result.push('\u{c}'),
            'n' => result.push('\n'),
            'r' => result.push('\r'),
            't' => result.push('\t'),
            'v' => result.push('\u{b}'),
            'x' => result.push(hexadecimal(&mut characters, 2)?),
            'u' => result.push(hexadecimal(&mut characters, 4)?),
            'U' => result.push(hexadecimal(&mut characters, 8)?),
            'N' => return Ok(Literal::Computed),
            '0'..='7' => {
                let mut code = escape.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    let Some(digit) = characters.peek().and_then(|next| next.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    characters.next();
                }
                result.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            // Python keeps the backslash of an escape that it does not know.
            other => {
                result.push('\\');
                result.push(other);
            }
        }
    }
    Ok(Literal::Text(result))
}

fn hexadecimal(
    characters: &mut impl Iterator<Item = char>,
    digits: usize,
) -> Result<char, HeaderProblem> {
    let mut code = 0_u32;
    for _ in 0..digits {
        let digit = characters
            .next()
            .and_then(|character| character.to_digit(16));
        let digit = digit.ok_or(HeaderProblem::BadString(
            "an escape has too few hexadecimal digits",
        ))?;
        code = code.wrapping_mul(16).wrapping_add(digit);
    }
    // A lone surrogate has no character of its own.
    Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}
