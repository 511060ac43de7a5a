//! SQLite's column affinity, from the declared type. See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.

/// How SQLite prefers to store a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Affinity {
    Integer,
    Text,
    /// BLOB, also of a column without a type: values are stored as they come.
    Blob,
    Real,
    Numeric,
}

impl Affinity {
    /// The affinity of a declared type; rules in the order in which SQLite applies them.
    ///
    /// In a STRICT table `ANY` stores values as they come.
    pub(crate) fn of(declared: &str, strict: bool) -> Self {
        let upper = declared.to_ascii_uppercase();
        let has = |part: &str| upper.contains(part);
        if strict && upper.trim() == "ANY" {
            Affinity::Blob
        } else if has("INT") {
            Affinity::Integer
        } else if has("CHAR") || has("CLOB") || has("TEXT") {
            Affinity::Text
        } else if has("BLOB") || upper.trim().is_empty() {
            Affinity::Blob
        } else if has("REAL") || has("FLOA") || has("DOUB") {
            Affinity::Real
        } else {
            Affinity::Numeric
        }
    }
}
