//! What leads from a database to a model, and back.

use std::fmt;

use super::{Finding, Insistence, fill, known_ways::KnownWays};
use crate::{
    dialect::Dialect,
    diff::{Comparison, Decisions, Detected, Language, RenameCandidate, Sides, compare, settled},
    operation::Operation,
    schema::{Database, Identifier, QualifiedName},
    script::Direction,
};

/// A database compared with a model. The ways between them are worked out from the decisions taken so far.
pub struct Difference {
    pub(super) language: Box<dyn Dialect>,
    pub(super) actual: Database,
    pub(super) wanted: Database,
    pub(super) declared: Option<Database>,
    pub(super) decisions: Decisions,
    pub(super) findings: Option<Vec<Finding>>,
    pub(super) insisted: Vec<Insistence>,
    pub(super) uncompared: Vec<String>,
    /// What has been worked out of all the above but the findings.
    pub(super) known: KnownWays,
}

impl fmt::Debug for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Difference")
            .field("decisions", &self.decisions)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

impl Difference {
    /// Two schemas in one language, both as its engine describes them.
    pub fn between(
        language: Box<dyn Dialect>,
        actual: Database,
        wanted: Database,
        decisions: Decisions,
    ) -> Self {
        Difference {
            language,
            actual,
            wanted,
            declared: None,
            decisions,
            findings: None,
            insisted: Vec::new(),
            uncompared: Vec::new(),
            known: KnownWays::default(),
        }
    }

    /// The same, describing what is created in the words of the model that stated it.
    #[must_use]
    pub fn in_words_of(mut self, declared: Database) -> Self {
        self.declared = Some(declared);
        self.known.forget();
        self
    }

    /// The database's language.
    pub fn language(&self) -> &dyn Dialect {
        self.language.as_ref()
    }

    /// What the database has.
    pub fn actual(&self) -> &Database {
        &self.actual
    }

    /// What the model wants.
    pub fn wanted(&self) -> &Database {
        &self.wanted
    }

    /// The decisions taken so far.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Takes more decisions; what is known about rows may be about other changes then.
    pub fn decide(&mut self, decisions: Decisions) {
        self.decisions = decisions;
    }

    /// The way to the model. What may be a rename and is not decided is dropped and added.
    pub fn upgrade(&self) -> Comparison {
        self.up(&self.decisions)
    }

    /// The way to the model, every open candidate taken as a rename.
    pub fn upgrade_renaming(&self, candidates: &[RenameCandidate]) -> Comparison {
        self.up(&self.decisions.renaming(candidates))
    }

    /// The way back.
    pub fn downgrade(&self) -> Comparison {
        self.down(&self.decisions)
    }

    /// The way back from [`Difference::upgrade_renaming`].
    pub fn downgrade_renaming(&self, candidates: &[RenameCandidate]) -> Comparison {
        self.down(&self.decisions.renaming(candidates))
    }

    pub(super) fn up(&self, decisions: &Decisions) -> Comparison {
        let known = &self.known;
        known.or_find(Direction::Upgrade, decisions, || self.find_up(decisions))
    }

    pub(super) fn down(&self, decisions: &Decisions) -> Comparison {
        let known = &self.known;
        known.or_find(Direction::Downgrade, decisions, || {
            self.find_down(decisions)
        })
    }

    fn find_up(&self, decisions: &Decisions) -> Comparison {
        let wanted = settled(&self.actual, &self.wanted, self.asked(), decisions);
        let sides = Sides {
            actual: &self.actual,
            wanted: &wanted,
            declared: self.declared.as_ref(),
        };
        let mut found = compare(sides, self.asked(), decisions);
        let words = self.declared.as_ref().unwrap_or(&self.wanted);
        self.add_insisted(&mut found, &self.actual, words);
        found
    }

    fn find_down(&self, decisions: &Decisions) -> Comparison {
        let wanted = settled(&self.actual, &self.wanted, self.asked(), decisions);
        let sides = Sides::new(&wanted, &self.actual);
        let mut found = compare(sides, self.asked(), &decisions.inverted());
        let words = self.declared.as_ref().unwrap_or(&self.wanted);
        self.add_insisted(&mut found, words, &self.actual);
        found
    }

    fn asked(&self) -> Language<'_> {
        Language {
            capabilities: self.language.capabilities(),
            equivalence: self.language.equivalence(),
        }
    }

    /// What of the model could not be compared and is taken to be as it is in the database, with the reason; one line each.
    pub fn uncompared(&self) -> &[String] {
        &self.uncompared
    }

    /// Whether the database is what the model wants.
    pub fn is_empty(&self) -> bool {
        self.upgrade().is_empty()
    }

    /// What was detected, in order.
    pub fn detected(&self) -> Vec<Detected> {
        self.upgrade().detected().cloned().collect()
    }

    /// The operations of the way up, in order.
    pub fn operations(&self) -> Vec<Operation> {
        self.upgrade().into_operations()
    }

    /// What may be renames and is not decided.
    pub fn undecided(&self) -> Vec<RenameCandidate> {
        self.upgrade().undecided
    }

    /// The hazards of the way up, with what is known about the rows.
    pub fn findings(&self) -> Vec<Finding> {
        match &self.findings {
            Some(found) => found.clone(),
            None => self
                .upgrade()
                .hazards()
                .cloned()
                .map(Finding::unknown)
                .collect(),
        }
    }

    /// Columns that refuse NULL, have no default, and meet rows or may: somebody has to say what the rows get.
    pub fn unfilled(&self) -> Vec<(QualifiedName, Identifier)> {
        fill::unfilled(&self.upgrade(), &self.findings())
    }
}
