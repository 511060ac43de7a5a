//! Arguments for which "not given" and "none" are two things.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a script gave for an argument. `Given<Option<T>>` has three states: nothing was said, "there is none", and a
/// value. In JSON an absent field, `null`, and the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Given<T> {
    /// Nothing was said.
    #[default]
    No,
    /// This was said.
    Value(T),
}

impl<T> Given<T> {
    /// The value, if one was given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Given::No => None,
            Given::Value(value) => Some(value),
        }
    }

    /// Whether nothing was said.
    pub fn is_no(&self) -> bool {
        matches!(self, Given::No)
    }

    /// Whether something was said.
    pub fn is_given(&self) -> bool {
        !self.is_no()
    }
}

impl<T: Serialize> Serialize for Given<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Given::No => serializer.serialize_none(),
            Given::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Given::Value)
    }
}
