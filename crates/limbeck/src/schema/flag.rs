//! How a flag that is on unless said otherwise is written: left out when it is on.

/// The flag's value when it is not written.
pub(super) fn on() -> bool {
    true
}

/// Whether the flag can be left out.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(super) fn is_on(flag: &bool) -> bool {
    *flag
}
