//! Bytes of a Python file to text, by its byte order mark or its coding line (PEP 263).

use std::{borrow::Cow, str};

use crate::script::HeaderProblem;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The file's text without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, HeaderProblem> {
    let (bytes, marked) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let declared = if marked {
        None
    } else {
        declared_encoding(bytes)
    };
    let name = declared
        .unwrap_or("utf-8")
        .to_ascii_lowercase()
        .replace('_', "-");
    match name.as_str() {
        "utf-8" | "utf8" | "u8" | "utf-8-sig" | "ascii" | "us-ascii" => utf8(bytes),
        "latin-1" | "latin1" | "latin" | "l1" | "iso-8859-1" | "iso8859-1" | "8859" => Ok(
            Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
        ),
        // Every encoding that Python can read its sources in agrees with ASCII.
        _ if bytes.is_ascii() => utf8(bytes),
        _ => Err(HeaderProblem::UnknownEncoding(name)),
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, HeaderProblem> {
    str::from_utf8(bytes)
        .map(Cow::Borrowed)
        .map_err(|error| HeaderProblem::NotText {
            offset: error.valid_up_to(),
            encoding: "UTF-8".to_owned(),
        })
}

/// The encoding named in a comment of the first two lines.
fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    for line in bytes.split(|byte| *byte == b'\n').take(2) {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if line[0] != b'#' {
            return None;
        }
        let after = after_coding(line);
        if after.is_some() {
            return after;
        }
    }
    None
}

fn after_coding(line: &[u8]) -> Option<&str> {
    let word = b"coding";
    let at = line.windows(word.len()).position(|part| part == word)?;
    let rest = line.get(at + word.len()..)?;
    let rest = rest
        .strip_prefix(b":")
        .or_else(|| rest.strip_prefix(b"="))?
        .trim_ascii_start();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let end = rest
        .iter()
        .position(|byte| !is_part(byte))
        .unwrap_or(rest.len());
    str::from_utf8(&rest[..end])
        .ok()
        .filter(|name| !name.is_empty())
}
