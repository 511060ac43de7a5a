//! What counts as equal where no database is known: what is written the same.

use super::Generic;
use crate::diff::Equivalence;

impl Equivalence for Generic {}
