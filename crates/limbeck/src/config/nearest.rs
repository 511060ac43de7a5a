//! The known name that a misspelled one most likely stands for.

/// The closest of `known` to `given`, when it is close enough to be worth naming.
///
/// Case and the choice between `-`, `_` and `.` don't count: `Version-Table` is `version_table`.
pub(crate) fn nearest<'a>(
    given: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if given.len() > LONGEST {
        return None;
    }
    let given = plain(given);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&given, &plain(name)), name))
        .filter(|(distance, name)| *distance <= (name.chars().count().max(3)) / 3)
        .min()
        .map(|(_, name)| name)
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', '.'], "_")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["script_location", "timezone", "url"];
        assert_eq!(nearest("script_locaton", known), Some("script_location"));
        assert_eq!(nearest("Script-Location", known), Some("script_location"));
        assert_eq!(nearest("ulr", known), Some("url"));
        assert_eq!(nearest("favourite_colour", known), None);
    }

    #[test]
    fn a_very_long_name_costs_nothing_special() {
        assert_eq!(nearest(&"url".repeat(1 << 20), ["url"]), None);
    }
}
