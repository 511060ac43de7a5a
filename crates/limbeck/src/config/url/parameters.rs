//! Values of parameters in the query of an address.

use std::time::Duration;

use super::{Backend, UrlError};
use crate::config::nearest::nearest;

/// A number of seconds, whole or with a fraction.
pub(super) fn seconds(parameter: &str, value: &str) -> Result<Duration, UrlError> {
    let parsed = value.trim().parse::<f64>().ok();
    parsed
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| bad(parameter, "a number of seconds"))
}

/// A truth value, by the words SQLAlchemy accepts.
pub(super) fn boolean(parameter: &str, value: &str) -> Result<bool, UrlError> {
    match value.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "t" | "1" => Ok(true),
        "false" | "no" | "off" | "n" | "f" | "0" => Ok(false),
        _ => Err(bad(parameter, "true or false")),
    }
}

/// A port.
pub(super) fn port(parameter: &str, value: &str) -> Result<u16, UrlError> {
    match value.trim().parse::<u16>() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(bad(parameter, "a number from 1 to 65535")),
    }
}

pub(super) fn bad(parameter: &str, expected: &'static str) -> UrlError {
    UrlError::BadParameter {
        parameter: parameter.to_owned(),
        expected,
    }
}

pub(super) fn unsupported(parameter: &str, reason: &'static str) -> UrlError {
    UrlError::Unsupported {
        parameter: parameter.to_owned(),
        reason,
    }
}

pub(super) fn unknown<'a>(
    backend: Backend,
    parameter: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> UrlError {
    UrlError::UnknownParameter {
        backend,
        nearest: nearest(parameter, known).map(str::to_owned),
        parameter: parameter.to_owned(),
    }
}
