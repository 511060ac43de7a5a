//! The free `-x` arguments, which scripts and `env.py` may read.

use std::collections::BTreeMap;

/// The values of `-x` in the order given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct XArguments(Vec<String>);

impl XArguments {
    /// Takes the values as they were given, with or without `=`.
    pub fn new(arguments: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(arguments.into_iter().map(Into::into).collect())
    }

    /// The values as given.
    pub fn as_list(&self) -> &[String] {
        &self.0
    }

    /// The values split at their first `=`. One without `=` has the value `""`; of equal names the last counts.
    pub fn as_dictionary(&self) -> BTreeMap<&str, &str> {
        self.0
            .iter()
            .map(|argument| argument.split_once('=').unwrap_or((argument, "")))
            .collect()
    }

    /// The value of one name, as in [`XArguments::as_dictionary`].
    pub fn get(&self, name: &str) -> Option<&str> {
        self.as_dictionary().get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::XArguments;

    #[test]
    fn arguments_are_a_list_and_a_dictionary() {
        let arguments = XArguments::new(["tenant=a=b", "verbose", "tenant=c", "empty="]);
        assert_eq!(arguments.as_list().len(), 4);
        let dictionary: Vec<_> = arguments.as_dictionary().into_iter().collect();
        assert_eq!(
            dictionary,
            [("empty", ""), ("tenant", "c"), ("verbose", "")]
        );
        assert_eq!(arguments.get("tenant"), Some("c"));
        assert_eq!(arguments.get("other"), None);
    }
}
