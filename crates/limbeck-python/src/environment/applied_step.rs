//! What env.py's `on_version_apply` functions are told of a step, whichever Python they run in.

use limbeck::{
    migrate::Event,
    revision::{Direction, RevisionId, Step, VersionWrite},
};
use serde_json::{Value, json};

/// The version rows as they are after each step. They are followed instead of read, so that a script of `--sql` has them, too.
#[derive(Default)]
pub(crate) struct Heads(Vec<String>);

impl Heads {
    /// Takes the rows before the first step.
    pub(crate) fn note(&mut self, event: &Event<'_>) {
        if let Event::Planned { rows, .. } = event {
            self.0 = rows.to_vec();
        }
    }

    /// The step as data: is_upgrade, is_stamp, up, down, and heads after it.
    pub(crate) fn applied(&mut self, step: &Step) -> Value {
        for write in &step.writes {
            self.write(write);
        }
        let ids = |ids: &[RevisionId]| -> Vec<String> {
            ids.iter().map(|id| id.as_str().to_owned()).collect()
        };
        let up = matches!(step.direction, Direction::Upgrade | Direction::StampUp);
        let (above, below) = match up {
            true => (&step.to, &step.from),
            false => (&step.from, &step.to),
        };
        json!({
            "is_upgrade": up,
            "is_stamp": step.direction.is_stamp(),
            "up": ids(above),
            "down": ids(below),
            "heads": self.0,
        })
    }

    fn write(&mut self, write: &VersionWrite) {
        match write {
            VersionWrite::Insert(id) => self.0.push(id.as_str().to_owned()),
            VersionWrite::Update { from, to } => {
                self.0.retain(|head| head != from.as_str());
                self.0.push(to.as_str().to_owned());
            }
            VersionWrite::Delete(id) => self.0.retain(|head| head != id.as_str()),
        }
    }
}
