//! When a script was made, as Python writes it.

use jiff::{Zoned, civil::DateTime, tz::TimeZone};

use super::WriteError;

/// A creation date. Without a configured time zone it is local time and says nothing about its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateDate {
    moment: Zoned,
    with_offset: bool,
}

impl CreateDate {
    /// The date of `now` in `timezone`, or in the zone of `now` when there is none.
    ///
    /// # Errors
    /// [`WriteError::UnknownTimezone`] when the system has no zone of that name, in whatever case.
    pub fn new(now: &Zoned, timezone: Option<&str>) -> Result<Self, WriteError> {
        let Some(name) = timezone else {
            return Ok(CreateDate {
                moment: now.clone(),
                with_offset: false,
            });
        };
        let zone = TimeZone::get(name)
            .or_else(|_| TimeZone::get(&name.to_uppercase()))
            .map_err(|_| WriteError::UnknownTimezone(name.to_owned()))?;
        Ok(CreateDate {
            moment: now.with_time_zone(zone),
            with_offset: true,
        })
    }

    /// Seconds since 1970.
    pub fn epoch(&self) -> i64 {
        self.moment.timestamp().as_second()
    }

    /// The date and time of day.
    pub fn civil(&self) -> DateTime {
        self.moment.datetime()
    }

    /// To the second, without offset: what a `.sql` header says.
    pub fn to_second(&self) -> String {
        self.moment.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// As Python's `str(datetime)`: microseconds when there are any, the offset when there is a zone.
    pub fn to_python(&self) -> String {
        let mut text = self.to_second();
        let microseconds = self.moment.subsec_nanosecond() / 1000;
        if microseconds != 0 {
            text.push_str(&format!(".{microseconds:06}"));
        }
        if self.with_offset {
            let seconds = self.moment.offset().seconds();
            let sign = if seconds < 0 { '-' } else { '+' };
            let seconds = seconds.unsigned_abs();
            text.push_str(&format!(
                "{sign}{:02}:{:02}",
                seconds / 3600,
                seconds / 60 % 60
            ));
            if !seconds.is_multiple_of(60) {
                text.push_str(&format!(":{:02}", seconds % 60));
            }
        }
        text
    }
}
