//! Text to [`DatabaseUrl`], by the grammar of SQLAlchemy's `make_url`.

use percent_encoding::percent_decode_str;

use super::{Backend, DatabaseUrl, Secret, UrlError};

/// Parameters and their values.
type Query = Vec<(String, String)>;

pub(super) fn parse(text: &str) -> Result<DatabaseUrl, UrlError> {
    let text = text.trim();
    let Some((scheme, rest)) = text
        .split_once("://")
        .filter(|(scheme, _)| is_scheme(scheme))
    else {
        return match text.strip_prefix("sqlite:") {
            Some(path) => sqlx_style(path),
            None => Err(UrlError::NoScheme),
        };
    };
    let (backend, _) = Backend::of_scheme(scheme)?;
    let (user, password, rest) = credentials(rest);
    let (hosts, rest) = several_hosts(backend, rest)?;
    let (host, rest) = host(rest)?;
    let (port, rest) = port(rest)?;
    let (database, query) = path_and_query(rest);
    let mut query = query.map(parse_query).transpose()?.unwrap_or_default();
    query.extend(hosts);

    let mut url = DatabaseUrl {
        scheme: scheme.to_owned(),
        backend,
        user: user.map(|user| decode(user, "user name")).transpose()?,
        password: password
            .map(|password| decode(password, "password").map(Secret::new))
            .transpose()?,
        host: host.map(str::to_owned),
        port,
        database: database.map(str::to_owned),
        query,
        base_directory: None,
    };
    if backend == Backend::Sqlite {
        let names_server = url.user.is_some() || url.host.is_some() || url.port.is_some();
        return if names_server {
            Err(UrlError::SqliteHost)
        } else {
            Ok(url)
        };
    }
    // libpq resolves escapes in host and database. SQLAlchemy leaves the database as it is, but it refuses
    // the scheme `postgres`, so an address with that one was written for libpq.
    if let Some(host) = url.host.take() {
        url.host = Some(decode(&host, "host")?);
    }
    if scheme == "postgres"
        && let Some(database) = url.database.take()
    {
        url.database = Some(decode(&database, "database")?);
    }
    Ok(url)
}

fn is_scheme(scheme: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '+';
    !scheme.is_empty() && scheme.chars().all(letters)
}

/// `sqlite:path?mode=ro` and `sqlite::memory:`, without slashes.
fn sqlx_style(rest: &str) -> Result<DatabaseUrl, UrlError> {
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let path = decode(path, "path")?;
    Ok(DatabaseUrl {
        scheme: "sqlite".to_owned(),
        backend: Backend::Sqlite,
        user: None,
        password: None,
        host: None,
        port: None,
        database: (!path.is_empty()).then_some(path),
        query: query.map(parse_query).transpose()?.unwrap_or_default(),
        base_directory: None,
    })
}

/// User, password and the rest.
///
/// The password goes up to the first `@`, so it may hold an unescaped `/`; the user ends at the first `:`
/// or `/` and may hold an `@` (`user@tenant@host`).
fn credentials(rest: &str) -> (Option<&str>, Option<&str>, &str) {
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    if let Some(after) = rest[end..].strip_prefix(':')
        && let Some(at) = after.find('@')
    {
        return (Some(&rest[..end]), Some(&after[..at]), &after[at + 1..]);
    }
    match rest[..end].rfind('@') {
        Some(at) => (Some(&rest[..at]), None, &rest[at + 1..]),
        None => (None, None, rest),
    }
}

/// libpq's `host1:port1,host2:port2` as SQLAlchemy's parameters `host=host1:port1&host=host2:port2`. Gives
/// nothing for a single host.
fn several_hosts(backend: Backend, rest: &str) -> Result<(Query, &str), UrlError> {
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at(end);
    if backend != Backend::Postgresql || !authority.contains(',') {
        return Ok((Vec::new(), rest));
    }
    let hosts = authority.split(',').map(|text| {
        let (host, port_and_more) = host(text)?;
        port(port_and_more)?;
        host.ok_or(UrlError::BadHost)?;
        Ok(("host".to_owned(), decode(text, "host")?))
    });
    Ok((hosts.collect::<Result<_, UrlError>>()?, after))
}

fn host(rest: &str) -> Result<(Option<&str>, &str), UrlError> {
    if let Some(inside) = rest.strip_prefix('[') {
        let end = inside.find(']').ok_or(UrlError::BadHost)?;
        let (host, after) = (&inside[..end], &inside[end + 1..]);
        let known = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.' | '%');
        let zone = host.split_once('%').map_or(host, |(address, _)| address);
        if zone.is_empty() || !zone.chars().all(known) {
            return Err(UrlError::BadHost);
        }
        if !(after.is_empty() || after.starts_with([':', '/', '?'])) {
            return Err(UrlError::BadHost);
        }
        return Ok((Some(host), after));
    }
    let end = rest.find([':', '/', '?']).unwrap_or(rest.len());
    let host = &rest[..end];
    // An unescaped @ of a password ends up here.
    if host.contains(['@', '[', ']', '\\', ' ']) {
        return Err(UrlError::BadHost);
    }
    Ok(((!host.is_empty()).then_some(host), &rest[end..]))
}

fn port(rest: &str) -> Result<(Option<u16>, &str), UrlError> {
    let Some(after) = rest.strip_prefix(':') else {
        return Ok((None, rest));
    };
    let end = after.find(['/', '?']).unwrap_or(after.len());
    let (digits, rest) = (&after[..end], &after[end..]);
    if digits.is_empty() {
        return Ok((None, rest));
    }
    match digits.parse::<u16>() {
        Ok(port) if port > 0 => Ok((Some(port), rest)),
        _ => Err(UrlError::BadPort),
    }
}

fn path_and_query(rest: &str) -> (Option<&str>, Option<&str>) {
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    (
        path.strip_prefix('/').filter(|name| !name.is_empty()),
        query,
    )
}

/// `a=1&b=2` as Python's `parse_qsl` reads it: `+` is a space, and parameters without a value are dropped.
fn parse_query(query: &str) -> Result<Query, UrlError> {
    let mut pairs = Vec::new();
    for pair in query.split('&') {
        let Some((name, value)) = pair.split_once('=') else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        let decoded = |text: &str| decode(&text.replace('+', " "), "query");
        pairs.push((decoded(name)?, decoded(value)?));
    }
    Ok(pairs)
}

fn decode(text: &str, part: &'static str) -> Result<String, UrlError> {
    let decoded = percent_decode_str(text).decode_utf8();
    Ok(decoded
        .map_err(|_| UrlError::NotUtf8 { part })?
        .into_owned())
}
