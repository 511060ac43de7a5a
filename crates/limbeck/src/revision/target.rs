//! The target grammar: `head`, `+1`, `label@ae10-2`, `a:b` as the user types them, parsed and printable again.
//! Must not know a graph: whether a name exists is decided when the target is resolved.

use std::fmt;
use std::str::FromStr;

use super::IdError;

/// What a user points at: `[branch@][anchor][±steps]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// The part before `@`: a branch label, or an id standing for its branch.
    pub branch: Option<String>,
    /// Where counting starts, or the destination itself.
    pub anchor: Anchor,
    /// Steps up (positive) or down (negative); `None` without `+N` or `-N`.
    pub steps: Option<i64>,
}

/// The named part of a [`Target`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Nothing was written: `+1`, `-2`, `label@+1` count from the rows of the database.
    Implicit,
    /// `head`: the single head.
    Head,
    /// `heads`: all heads.
    Heads,
    /// `base`: before the first revision.
    Base,
    /// `current`: the rows of the database.
    Current,
    /// A full id, the beginning of one, or a branch label.
    Name(String),
}

impl Anchor {
    /// What a word means that is no name.
    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "head" => Anchor::Head,
            "heads" => Anchor::Heads,
            "base" => Anchor::Base,
            "current" => Anchor::Current,
            _ => return None,
        })
    }
}

impl Target {
    /// Refuses a name for a revision or a branch that could never be used as a target.
    ///
    /// # Errors
    /// [`IdError::Word`] for `head`, `heads`, `base` and `current`.
    pub fn refuse_word(name: &str) -> Result<(), IdError> {
        match Anchor::of_word(name) {
            None => Ok(()),
            Some(_) => Err(IdError::Word {
                word: name.to_owned(),
            }),
        }
    }

    /// All heads: the usual target of an upgrade.
    pub const HEADS: Self = Self {
        branch: None,
        anchor: Anchor::Heads,
        steps: None,
    };
    /// Before the first revision.
    pub const BASE: Self = Self {
        branch: None,
        anchor: Anchor::Base,
        steps: None,
    };

    /// Parses one target. Any text is answered, none panics.
    ///
    /// # Errors
    /// [`TargetError`] for an empty part, a second `@`, a number that is none, or a range.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.contains(':') {
            return Err(TargetError::RangeNotAllowed {
                text: text.to_owned(),
            });
        }
        let malformed = |reason| TargetError::Malformed {
            text: text.to_owned(),
            reason,
        };
        let (branch, rest) = match text.split_once('@') {
            Some(("", _)) => return Err(malformed("no branch before '@'")),
            Some((_, "")) => return Err(malformed("nothing after '@'")),
            Some((_, rest)) if rest.contains('@') => return Err(malformed("more than one '@'")),
            Some((branch, _)) if branch.contains(['+', '-']) => {
                return Err(malformed("a branch cannot contain '+' or '-'"));
            }
            Some((branch, rest)) => (Some(branch.to_owned()), rest),
            None => (None, text),
        };
        let (name, steps) = match rest.find(['+', '-']) {
            None => (rest, None),
            Some(at) => {
                let (name, number) = rest.split_at(at);
                (
                    name,
                    Some(parse_steps(number).ok_or_else(|| malformed(STEPS))?),
                )
            }
        };
        let anchor = match name {
            "" => Anchor::Implicit,
            name => Anchor::of_word(name).unwrap_or_else(|| Anchor::Name(name.to_owned())),
        };
        Ok(Self {
            branch,
            anchor,
            steps,
        })
    }

    /// The anchor without branch and steps: what steps count from.
    pub(super) fn anchor_alone(&self) -> Self {
        Self {
            branch: None,
            anchor: self.anchor.clone(),
            steps: None,
        }
    }
}

const STEPS: &str = "'+' or '-' must be followed by a number of steps and nothing else";

/// `+12` or `-3`. A number too large for any graph is held at the largest one, so that it is
/// later reported as "too far" and not as nonsense.
fn parse_steps(signed: &str) -> Option<i64> {
    let digits = signed.get(1..)?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let steps = digits.parse::<i64>().unwrap_or(i64::MAX);
    Some(if signed.starts_with('-') {
        -steps
    } else {
        steps
    })
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        Self::parse(text)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(branch) = &self.branch {
            write!(f, "{branch}@")?;
        }
        match &self.anchor {
            Anchor::Implicit => {}
            Anchor::Head => f.write_str("head")?,
            Anchor::Heads => f.write_str("heads")?,
            Anchor::Base => f.write_str("base")?,
            Anchor::Current => f.write_str("current")?,
            Anchor::Name(name) => f.write_str(name)?,
        }
        match self.steps {
            Some(steps) => write!(f, "{steps:+}"),
            None => Ok(()),
        }
    }
}

/// `start:end` of `history -r` and of offline runs; either side may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Range {
    /// The older end; `None` means base.
    pub start: Option<Target>,
    /// The newer end; `None` means all heads.
    pub end: Option<Target>,
}

impl Range {
    /// Parses `start:end`, `start:`, `:end` or `:`.
    ///
    /// # Errors
    /// [`TargetError::NoRange`] without a colon or with more than one, else the error of a side.
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let no_range = || TargetError::NoRange {
            text: text.to_owned(),
        };
        let (start, end) = text.trim().split_once(':').ok_or_else(no_range)?;
        if end.contains(':') {
            return Err(no_range());
        }
        let side = |side: &str| match side {
            "" => Ok(None),
            side => Target::parse(side).map(Some),
        };
        Ok(Self {
            start: side(start)?,
            end: side(end)?,
        })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(start) = &self.start {
            start.fmt(f)?;
        }
        f.write_str(":")?;
        match &self.end {
            Some(end) => end.fmt(f),
            None => Ok(()),
        }
    }
}

/// Why a text is no target or range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// An empty text.
    #[error("the target is empty; name a revision, 'head', 'heads', 'base' or a step such as '+1'")]
    Empty,
    /// A colon where one revision is expected.
    #[error("range '{text}' is not allowed here; name a single revision")]
    RangeNotAllowed {
        /// What was typed.
        text: String,
    },
    /// Not `start:end`.
    #[error("'{text}' is no range; a range is [start]:[end], [start]:, or :[end]")]
    NoRange {
        /// What was typed.
        text: String,
    },
    /// A part that the grammar does not know.
    #[error("'{text}' is no target: {reason}")]
    Malformed {
        /// What was typed.
        text: String,
        /// Which rule it breaks.
        reason: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> Anchor {
        Anchor::Name(text.to_owned())
    }

    fn target(branch: Option<&str>, anchor: Anchor, steps: Option<i64>) -> Target {
        Target {
            branch: branch.map(str::to_owned),
            anchor,
            steps,
        }
    }

    #[test]
    fn parses_every_form() {
        let cases = [
            ("head", target(None, Anchor::Head, None)),
            ("heads", Target::HEADS),
            ("base", Target::BASE),
            ("current", target(None, Anchor::Current, None)),
            ("ae10", target(None, name("ae10"), None)),
            ("+2", target(None, Anchor::Implicit, Some(2))),
            ("-3", target(None, Anchor::Implicit, Some(-3))),
            ("ae10+2", target(None, name("ae10"), Some(2))),
            ("net@head", target(Some("net"), Anchor::Head, None)),
            ("net@ae.10-1", target(Some("net"), name("ae.10"), Some(-1))),
            ("net@+1", target(Some("net"), Anchor::Implicit, Some(1))),
        ];
        for (text, expected) in cases {
            assert_eq!(Target::parse(text).as_ref(), Ok(&expected), "{text}");
            assert_eq!(expected.to_string(), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let wrong = [
            "", "a:b", "@head", "a@", "a@b@c", "a+1@b", "a+", "a+1x", "--1", "+1+1",
        ];
        let all = wrong
            .map(|t| Target::parse(t).unwrap_err().to_string())
            .join("\n");
        insta::assert_snapshot!(all, @r"
        the target is empty; name a revision, 'head', 'heads', 'base' or a step such as '+1'
        range 'a:b' is not allowed here; name a single revision
        '@head' is no target: no branch before '@'
        'a@' is no target: nothing after '@'
        'a@b@c' is no target: more than one '@'
        'a+1@b' is no target: a branch cannot contain '+' or '-'
        'a+' is no target: '+' or '-' must be followed by a number of steps and nothing else
        'a+1x' is no target: '+' or '-' must be followed by a number of steps and nothing else
        '--1' is no target: '+' or '-' must be followed by a number of steps and nothing else
        '+1+1' is no target: '+' or '-' must be followed by a number of steps and nothing else
        ");
    }

    #[test]
    fn ranges() {
        let range = Range::parse(" a:net@head-2 ").unwrap();
        assert_eq!(range.to_string(), "a:net@head-2");
        assert_eq!(Range::parse(":"), Ok(Range::default()));
        assert!(matches!(
            Range::parse("a"),
            Err(TargetError::NoRange { .. })
        ));
        assert!(matches!(
            Range::parse("a:b:c"),
            Err(TargetError::NoRange { .. })
        ));
    }

    #[test]
    fn a_huge_number_is_still_a_number() {
        let target = Target::parse("-99999999999999999999").unwrap();
        assert_eq!(target.steps, Some(-i64::MAX));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC*") {
            let _ = Target::parse(&text);
            let _ = Range::parse(&text);
        }

        #[test]
        fn what_is_parsed_prints_back(text in "([a-z.]{0,4}@)?[a-zé_0-9]{0,5}([+-][1-9][0-9]{0,3})?") {
            if let Ok(target) = Target::parse(&text) {
                prop_assert_eq!(target.to_string(), text);
            }
        }
    }
}
