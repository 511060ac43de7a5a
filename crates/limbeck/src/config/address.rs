//! The database address of a configuration: environment variables filled in, then read.

use std::path::Path;

use super::{ConfigError, DatabaseUrl, Environment, Origin};

/// Reads the address `text`, which stands under `key`.
///
/// `${NAME}` is replaced by the environment variable as it is, so a variable that holds only the password
/// must hold it percent-encoded; `$${` stands for `${`.
pub(super) fn read(
    key: &str,
    text: &str,
    origin: Option<Origin>,
    environment: Environment<'_>,
    base_directory: &Path,
) -> Result<DatabaseUrl, ConfigError> {
    let text = expand(key, text, origin.as_ref(), environment)?;
    parse(key, &text, origin, base_directory)
}

/// Reads the address `text` as it stands.
pub(super) fn parse(
    key: &str,
    text: &str,
    origin: Option<Origin>,
    base_directory: &Path,
) -> Result<DatabaseUrl, ConfigError> {
    let url = DatabaseUrl::parse(text).and_then(|url| {
        let url = url.with_base_directory(base_directory);
        url.check()?;
        Ok(url)
    });
    match url {
        Ok(url) => Ok(url),
        Err(error) => Err(ConfigError::Url {
            origin,
            key: key.to_owned(),
            error: Box::new(error),
        }),
    }
}

fn expand(
    key: &str,
    text: &str,
    origin: Option<&Origin>,
    environment: Environment<'_>,
) -> Result<String, ConfigError> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, reference) = rest.split_at(start);
        if let Some(before) = before.strip_suffix('$') {
            out.push_str(before);
            out.push_str("${");
            rest = reference.get(2..).unwrap_or("");
            continue;
        }
        out.push_str(before);
        let name = reference
            .get(2..)
            .and_then(|inside| inside.split_once('}'))
            .map(|(name, _)| name)
            .filter(|name| is_variable_name(name))
            .ok_or_else(|| ConfigError::BadValue {
                origin: origin.cloned(),
                key: key.to_owned(),
                expected: "an address in which every ${ starts the name of an environment \
                           variable and a }, as in ${DATABASE_URL}; write $${ for a plain ${"
                    .to_owned(),
            })?;
        let value = environment(name).ok_or_else(|| ConfigError::VariableUnset {
            origin: origin.cloned(),
            key: key.to_owned(),
            variable: name.to_owned(),
        })?;
        out.push_str(&value);
        rest = reference.get(name.len() + 3..).unwrap_or("");
    }
    out.push_str(rest);
    Ok(out)
}

fn is_variable_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
