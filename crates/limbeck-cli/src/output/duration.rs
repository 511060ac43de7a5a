//! Durations as people read them.

use std::time::Duration;

/// `12 ms`, `1.3 s`, `4.2 min`.
pub(crate) fn readable(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds < 1000 {
        return format!("{milliseconds} ms");
    }
    let seconds = duration.as_secs_f64();
    if seconds < 100.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{:.1} min", seconds / 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_follows_the_length() {
        let readable = |milliseconds| readable(Duration::from_millis(milliseconds));
        assert_eq!(readable(0), "0 ms");
        assert_eq!(readable(999), "999 ms");
        assert_eq!(readable(1_250), "1.2 s");
        assert_eq!(readable(252_000), "4.2 min");
    }
}
