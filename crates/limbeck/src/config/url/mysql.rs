//! A MySQL or MariaDB address as options of the driver: the parameters of the Python drivers.

use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

use super::parameters::{self, bad, boolean, unsupported};
use super::{Backend, DatabaseUrl, UrlError};

/// Parameters that change nothing about what a migration does or who can read it on the way.
const WITHOUT_EFFECT: [&str; 22] = [
    "connect_timeout",
    "connection_timeout",
    "read_timeout",
    "write_timeout",
    "autocommit",
    "use_unicode",
    "use_pure",
    "binary_prefix",
    "program_name",
    "client_flag",
    "compress",
    "max_allowed_packet",
    "local_infile",
    "allow_local_infile",
    "buffered",
    "raise_on_warnings",
    "get_warnings",
    "prepared_statement_cache_size",
    "echo",
    "defer_connect",
    "allow_public_key_retrieval",
    "plugin",
];

/// Parameters with an effect, beside those that are refused.
const KNOWN: [&str; 21] = [
    "host",
    "port",
    "user",
    "username",
    "password",
    "passwd",
    "db",
    "database",
    "unix_socket",
    "charset",
    "collation",
    "ssl",
    "ssl_mode",
    "ssl_ca",
    "ssl_cert",
    "ssl_key",
    "ssl_disabled",
    "ssl_check_hostname",
    "ssl_verify_cert",
    "ssl_verify_identity",
    "statement-cache-capacity",
];

impl DatabaseUrl {
    /// The address as options of the MySQL driver.
    ///
    /// The session is left as the server has it: the driver's own changes to `sql_mode` and `time_zone`
    /// are switched off, because they change what `||` means and what time a migration writes.
    ///
    /// A parameter about encryption or authentication that the driver cannot honour is an error.
    pub fn to_mysql_options(&self) -> Result<MySqlConnectOptions, UrlError> {
        self.check_backend(Backend::Mysql)?;
        let mut options = MySqlConnectOptions::new()
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None)
            .charset("utf8mb4");
        if let Some(host) = &self.host {
            options = options.host(host);
        }
        if let Some(port) = self.port {
            options = options.port(port);
        }
        if let Some(password) = &self.password {
            options = options.password(password.expose());
        }
        if let Some(database) = &self.database {
            options = options.database(database);
        }
        let user = self
            .parameter("user")
            .or(self.parameter("username"))
            .or(self.user());
        // Python's drivers would ask the operating system, which a library must not.
        let user = user.filter(|name| !name.is_empty());
        options = options.username(user.ok_or(UrlError::NoUser {
            backend: self.backend,
        })?);
        for (name, value) in &self.query {
            options = self.apply(options, name, value)?;
        }
        if let Some(mode) = self.mysql_tls()? {
            options = options.ssl_mode(mode);
        }
        Ok(options)
    }

    fn apply(
        &self,
        options: MySqlConnectOptions,
        name: &str,
        value: &str,
    ) -> Result<MySqlConnectOptions, UrlError> {
        Ok(match name {
            "host" => options.host(value),
            "port" => options.port(parameters::port(name, value)?),
            "user" | "username" => options,
            "password" | "passwd" => options.password(value),
            "db" | "database" => options.database(value),
            "unix_socket" | "socket" => options.socket(value),
            "charset" => {
                // The driver reads and writes UTF-8 whatever the session says.
                let plain = value.to_lowercase();
                if !["utf8", "utf8mb3", "utf8mb4"].contains(&plain.as_str()) {
                    return Err(unsupported(
                        name,
                        "the connection is always UTF-8; use utf8mb4",
                    ));
                }
                options.charset(&plain)
            }
            "collation" => {
                // The driver puts it into a statement as it is.
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
                if !value.chars().all(plain) {
                    return Err(bad(name, "the name of a collation"));
                }
                options.collation(value)
            }
            "ssl_ca" | "ssl-ca" => options.ssl_ca(value),
            "ssl_cert" | "ssl-cert" => options.ssl_client_cert(value),
            "ssl_key" | "ssl-key" => options.ssl_client_key(value),
            // These are read as a whole, by `mysql_tls`.
            "ssl_mode"
            | "ssl-mode"
            | "ssl"
            | "ssl_disabled"
            | "ssl_check_hostname"
            | "ssl_verify_cert"
            | "ssl_verify_identity" => options,
            "statement-cache-capacity" => {
                let size = value.parse().map_err(|_| bad(name, "a number"))?;
                options.statement_cache_capacity(size)
            }
            "ssl_capath" | "ssl_cipher" | "ssl_key_password" | "tls_versions"
            | "tls_ciphersuites" | "server_public_key" => {
                return Err(unsupported(
                    name,
                    "the driver has no such setting; use ssl_ca with one file of certificates",
                ));
            }
            "auth_plugin" | "auth_plugin_map" | "default_auth" => {
                return Err(unsupported(
                    name,
                    "the server chooses how to authenticate; leave it out",
                ));
            }
            "init_command" | "sql_mode" | "time_zone" => {
                return Err(unsupported(
                    name,
                    "no statement is run behind your back; set it on the server or in the scripts",
                ));
            }
            "read_default_file" | "read_default_group" | "option_files" => {
                return Err(unsupported(
                    name,
                    "no file beside the configuration is read; write what it says into the address",
                ));
            }
            other if WITHOUT_EFFECT.contains(&other) => options,
            other => {
                let known = KNOWN.iter().chain(&WITHOUT_EFFECT).copied();
                return Err(parameters::unknown(self.backend, other, known));
            }
        })
    }

    /// The TLS mode, `None` when the address doesn't say.
    fn mysql_tls(&self) -> Result<Option<MySqlSslMode>, UrlError> {
        if let Some(mode) = self.parameter("ssl_mode").or(self.parameter("ssl-mode")) {
            return match mode.to_uppercase().replace('-', "_").as_str() {
                "DISABLED" => Ok(Some(MySqlSslMode::Disabled)),
                "PREFERRED" => Ok(Some(MySqlSslMode::Preferred)),
                "REQUIRED" => Ok(Some(MySqlSslMode::Required)),
                "VERIFY_CA" => Ok(Some(MySqlSslMode::VerifyCa)),
                "VERIFY_IDENTITY" => Ok(Some(MySqlSslMode::VerifyIdentity)),
                _ => Err(bad(
                    "ssl_mode",
                    "DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY",
                )),
            };
        }
        let flag = |name| {
            let value = self.parameter(name);
            value.map(|value| boolean(name, value)).transpose()
        };
        if flag("ssl_disabled")? == Some(true) {
            return Ok(Some(MySqlSslMode::Disabled));
        }
        let has_ca = self.parameter("ssl_ca").is_some();
        let verify_identity = match flag("ssl_verify_identity")? {
            Some(value) => Some(value),
            None => flag("ssl_check_hostname")?,
        };
        let verify_certificate = flag("ssl_verify_cert")?;
        if verify_identity == Some(true) && (has_ca || verify_certificate != Some(false)) {
            return Ok(Some(MySqlSslMode::VerifyIdentity));
        }
        if has_ca && verify_certificate != Some(false) {
            // PyMySQL and what is built on it check the host name unless told not to; the C drivers don't.
            let checks_host = matches!(
                self.driver(),
                Some("pymysql" | "aiomysql" | "asyncmy" | "cymysql")
            );
            return Ok(Some(match verify_identity {
                None if checks_host => MySqlSslMode::VerifyIdentity,
                _ => MySqlSslMode::VerifyCa,
            }));
        }
        if verify_certificate == Some(true) {
            return Ok(Some(MySqlSslMode::VerifyCa));
        }
        let wants_tls = flag("ssl")?;
        let has_client_certificate = self.parameter("ssl_cert").is_some();
        Ok(match wants_tls {
            Some(false) => Some(MySqlSslMode::Disabled),
            Some(true) => Some(MySqlSslMode::Required),
            None if has_ca || has_client_certificate => Some(MySqlSslMode::Required),
            None => None,
        })
    }
}
