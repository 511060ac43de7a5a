//! A PostgreSQL address as options of the driver: libpq's parameters, and those of the Python drivers.

use std::net::IpAddr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::parameters::{self, bad, unsupported};
use super::{Backend, DatabaseUrl, UrlError};

/// What the server of an address with several hosts must be, libpq's `target_session_attrs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetSession {
    /// The first server that accepts the connection.
    Any,
    /// The first server that accepts writes (`read-write` or `primary`). Every migration needs that.
    Writable,
}

/// Parameters that change nothing about what a migration does or who can read it on the way.
const WITHOUT_EFFECT: [&str; 13] = [
    "connect_timeout",
    "timeout",
    "target_session_attrs",
    "load_balance_hosts",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
    "sslcompression",
    "sslsni",
    "async_fallback",
    "fallback_application_name",
];

/// Parameters with an effect, beside those that are refused.
const KNOWN: [&str; 18] = [
    "host",
    "hostaddr",
    "port",
    "dbname",
    "database",
    "user",
    "password",
    "sslmode",
    "ssl",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "application_name",
    "options",
    "client_encoding",
    "gssencmode",
    "channel_binding",
    "prepared_statement_cache_size",
];

/// A host and a port, as far as the address names them.
type Target = (Option<String>, Option<u16>);

impl DatabaseUrl {
    /// The address as options of the PostgreSQL driver: one for each host, in the order they are to be tried.
    ///
    /// What the address leaves open, the driver takes from libpq's environment variables (`PGHOST`,
    /// `PGPASSWORD`, ...), as every client of PostgreSQL does. A password file is not read.
    ///
    /// A parameter about encryption or authentication that the driver cannot honour is an error.
    pub fn to_postgres_options(&self) -> Result<Vec<PgConnectOptions>, UrlError> {
        self.check_backend(Backend::Postgresql)?;
        let mut base = PgConnectOptions::new_without_pgpass();
        if let Some(user) = self.user().filter(|name| !name.is_empty()) {
            base = base.username(user);
        }
        if let Some(password) = &self.password {
            base = base.password(password.expose());
        }
        if let Some(database) = &self.database {
            base = base.database(database);
        }
        if let Some(name) = self.parameter("fallback_application_name") {
            base = base.application_name(name);
        }
        for (name, value) in &self.query {
            base = apply(base, name, value)?;
        }
        if let Some(mode) = self.postgres_tls()? {
            base = base.ssl_mode(mode);
        }
        self.target_session()?;
        let hosts = self.postgres_hosts()?;
        Ok(hosts
            .into_iter()
            .map(|(host, port)| {
                let mut options = base.clone();
                if let Some(host) = host {
                    options = options.host(&host);
                }
                if let Some(port) = port {
                    options = options.port(port);
                }
                options
            })
            .collect())
    }

    /// Which of several hosts will do, from `target_session_attrs`.
    pub fn target_session(&self) -> Result<TargetSession, UrlError> {
        match self.parameter("target_session_attrs") {
            None | Some("any") => Ok(TargetSession::Any),
            Some("read-write" | "primary") => Ok(TargetSession::Writable),
            Some("read-only" | "standby" | "prefer-standby") => Err(unsupported(
                "target_session_attrs",
                "migrations write, and a standby refuses that; use read-write",
            )),
            Some(_) => Err(bad("target_session_attrs", "any, read-write or primary")),
        }
    }

    /// The TLS mode, `None` when the address doesn't say.
    fn postgres_tls(&self) -> Result<Option<PgSslMode>, UrlError> {
        const EXPECTED: &str = "disable, allow, prefer, require, verify-ca or verify-full";
        let (name, value) = match (self.parameter("sslmode"), self.parameter("ssl")) {
            (Some(value), _) => ("sslmode", value),
            (None, Some("true" | "1")) => ("ssl", "require"),
            (None, Some("false" | "0")) => ("ssl", "disable"),
            (None, Some(value)) => ("ssl", value),
            (None, None) => return Ok(None),
        };
        let root = self.parameter("sslrootcert");
        let mode = match value.to_lowercase().as_str() {
            "disable" => PgSslMode::Disable,
            // The driver takes `allow` for `disable`; `prefer` accepts the same servers and encrypts more.
            "allow" | "prefer" => PgSslMode::Prefer,
            // libpq verifies the certificate as soon as there is a root certificate to do it with.
            "require" if root.is_some_and(|root| root != "system") => PgSslMode::VerifyCa,
            "require" => PgSslMode::Require,
            "verify-ca" => PgSslMode::VerifyCa,
            "verify-full" => PgSslMode::VerifyFull,
            _ => return Err(bad(name, EXPECTED)),
        };
        if root == Some("system") && !matches!(mode, PgSslMode::VerifyFull) {
            return Err(unsupported(
                "sslrootcert",
                "\"system\" needs sslmode=verify-full, as in libpq",
            ));
        }
        Ok(Some(mode))
    }

    /// Hosts and ports in the order to try; at least one entry.
    fn postgres_hosts(&self) -> Result<Vec<Target>, UrlError> {
        let name = match self.parameter("hostaddr") {
            Some(_) => "hostaddr",
            None => "host",
        };
        let given: Vec<&str> = self
            .query
            .iter()
            .filter(|(parameter, _)| parameter == name)
            .flat_map(|(_, value)| value.split(','))
            .collect();
        let mut hosts: Vec<Target> = Vec::new();
        if given.is_empty() {
            for host in self.host.as_deref().unwrap_or("").split(',') {
                hosts.push(((!host.is_empty()).then(|| host.to_owned()), self.port));
            }
        }
        for host in &given {
            hosts.push(host_and_port(host, self.port)?);
        }
        let has_own_port =
            |host: &&str| host_and_port(host, None).is_ok_and(|(_, port)| port.is_some());
        if let Some(ports) = self.parameter("port") {
            let ports: Vec<&str> = ports.split(',').collect();
            if given.iter().any(has_own_port) {
                return Err(bad("port", "left out where a host has its own port"));
            }
            if ports.len() != 1 && ports.len() != hosts.len() {
                return Err(bad("port", "one port, or one for each host"));
            }
            for (index, entry) in hosts.iter_mut().enumerate() {
                let text = ports.get(index).or(ports.first()).copied().unwrap_or("");
                if !text.is_empty() {
                    entry.1 = Some(parameters::port("port", text)?);
                }
            }
        }
        Ok(hosts)
    }
}

/// `host`, `host:5433`, `/socket/directory` or an IPv6 address.
fn host_and_port(text: &str, default: Option<u16>) -> Result<Target, UrlError> {
    if text.is_empty() {
        return Ok((None, default));
    }
    if text.starts_with('/') || text.parse::<IpAddr>().is_ok() {
        return Ok((Some(text.to_owned()), default));
    }
    let (host, port) = match text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        Some((host, after)) => (host, after.strip_prefix(':')),
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let port = match port.filter(|digits| !digits.is_empty()) {
        Some(digits) => Some(parameters::port("host", digits)?),
        None => default,
    };
    Ok(((!host.is_empty()).then(|| host.to_owned()), port))
}

fn apply(options: PgConnectOptions, name: &str, value: &str) -> Result<PgConnectOptions, UrlError> {
    Ok(match name {
        // These are read as a whole, by `postgres_hosts` and `postgres_tls`.
        "host" | "port" | "sslmode" | "ssl" => options,
        "hostaddr" => {
            let addresses = value.split(',').all(|part| part.parse::<IpAddr>().is_ok());
            if !addresses {
                return Err(bad(name, "an IP address"));
            }
            options
        }
        "dbname" | "database" => options.database(value),
        "user" => options.username(value),
        "password" => options.password(value),
        "application_name" => options.application_name(value),
        "sslrootcert" if value == "system" => options,
        "sslrootcert" => options.ssl_root_cert(value),
        "sslcert" => options.ssl_client_cert(value),
        "sslkey" => options.ssl_client_key(value),
        "prepared_statement_cache_size" | "statement-cache-capacity" => {
            let size = value.parse().map_err(|_| bad(name, "a number"))?;
            options.statement_cache_capacity(size)
        }
        "options" => {
            let settings = server_options(value)?;
            for (setting, _) in &settings {
                // The driver sends these itself, and what it sends is stronger than `options`.
                if ["timezone", "datestyle", "client_encoding"]
                    .contains(&setting.to_lowercase().as_str())
                {
                    return Err(unsupported(
                        name,
                        "the driver sets TimeZone to UTC, DateStyle to ISO and client_encoding to \
                         UTF8; use SET in a script where another value is needed",
                    ));
                }
            }
            options.options(settings)
        }
        "client_encoding" => {
            let plain = value.to_lowercase().replace(['-', '_'], "");
            if !["utf8", "unicode", "auto"].contains(&plain.as_str()) {
                return Err(unsupported(
                    name,
                    "the connection is always UTF-8; leave it out",
                ));
            }
            options
        }
        "gssencmode" | "channel_binding" if ["disable", "prefer"].contains(&value) => options,
        "gssencmode" => {
            return Err(unsupported(
                name,
                "the driver has no GSSAPI; use sslmode=verify-full",
            ));
        }
        "channel_binding" => {
            return Err(unsupported(
                name,
                "the driver has no channel binding; use sslmode=verify-full",
            ));
        }
        "sslnegotiation" if value == "postgres" => options,
        "ssl_min_protocol_version" if ["TLSv1", "TLSv1.1", "TLSv1.2"].contains(&value) => options,
        "ssl_min_protocol_version" | "ssl_max_protocol_version" | "sslnegotiation" => {
            return Err(unsupported(
                name,
                "the driver negotiates TLS 1.2 or 1.3 itself; leave it out",
            ));
        }
        "sslcrl" | "sslcrldir" => {
            return Err(unsupported(name, "the driver reads no revocation lists"));
        }
        "sslpassword" => {
            return Err(unsupported(
                name,
                "the driver reads no encrypted keys; decrypt the key file",
            ));
        }
        "sslcertmode" | "require_auth" | "requirepeer" | "krbsrvname" | "gsslib"
        | "gssdelegation" => {
            return Err(unsupported(
                name,
                "the driver cannot guarantee it; leave it out",
            ));
        }
        "service" | "servicefile" | "passfile" => {
            return Err(unsupported(
                name,
                "no file beside the configuration is read; write what it says into the address",
            ));
        }
        "replication" => {
            return Err(unsupported(
                name,
                "a replication connection runs no migrations",
            ));
        }
        "plugin" => options,
        other if WITHOUT_EFFECT.contains(&other) => options,
        other => {
            let known = KNOWN.iter().chain(&WITHOUT_EFFECT).copied();
            return Err(parameters::unknown(Backend::Postgresql, other, known));
        }
    })
}

/// The `-c name=value`, `-cname=value` and `--name=value` of the parameter `options`, as the server reads
/// them: separated by white space, with `\` before a character that stands for itself.
fn server_options(text: &str) -> Result<Vec<(String, String)>, UrlError> {
    const EXPECTED: &str = "settings such as -c search_path=app or --search_path=app";
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => word.get_or_insert_default().extend(characters.next()),
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);

    let mut settings = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let setting = match (word.strip_prefix("--"), word.strip_prefix("-c")) {
            (Some(setting), _) => setting.to_owned(),
            (None, Some("")) => words.next().unwrap_or_default(),
            (None, Some(setting)) => setting.to_owned(),
            (None, None) => return Err(bad("options", EXPECTED)),
        };
        let (name, value) = setting.split_once('=').ok_or(bad("options", EXPECTED))?;
        settings.push((name.replace('-', "_"), value.to_owned()));
    }
    Ok(settings)
}
