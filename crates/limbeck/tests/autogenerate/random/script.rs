//! The statements that build a schema, in an order in which every database takes them.

/// When a statement runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Namespace,
    Type,
    Routine,
    Domain,
    Table,
    Child,
    ForeignKey,
    Index,
    Comment,
    LateRoutine,
    View,
    ViewOfView,
    Trigger,
    Policy,
}

#[derive(Default)]
pub(super) struct Script(Vec<(Stage, String)>);

impl Script {
    pub(super) fn push(&mut self, stage: Stage, statement: impl Into<String>) {
        self.0.push((stage, statement.into()));
    }

    pub(super) fn into_statements(mut self) -> Vec<String> {
        self.0.sort_by_key(|(stage, _)| *stage);
        self.0.into_iter().map(|(_, statement)| statement).collect()
    }
}
