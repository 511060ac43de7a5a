//! Several runs of several contenders, taken in turn so that a drifting machine drifts under all of them.

use std::process::Command;

use super::process::{Cost, ProcessError, measure};

/// One of the commands that are compared: how it is set up before a run, and how it is run.
pub(crate) struct Contender<'a> {
    /// The name in the table.
    pub(crate) name: String,
    /// Brings files and databases to the state the run starts from; not measured.
    pub(crate) prepare: Box<dyn Fn() -> std::io::Result<()> + 'a>,
    /// Makes the command that is measured.
    pub(crate) command: Box<dyn Fn() -> Command + 'a>,
    /// The exit code of a run that did its work.
    pub(crate) code: i32,
}

impl<'a> Contender<'a> {
    /// A contender that needs no preparation.
    pub(crate) fn new(name: impl Into<String>, command: impl Fn() -> Command + 'a) -> Self {
        Contender {
            name: name.into(),
            prepare: Box::new(|| Ok(())),
            command: Box::new(command),
            code: 0,
        }
    }

    /// The same contender, which tells what it found by this exit code.
    pub(crate) fn ending_with(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    /// The same contender, with `prepare` run before each measured run.
    pub(crate) fn prepared(mut self, prepare: impl Fn() -> std::io::Result<()> + 'a) -> Self {
        self.prepare = Box::new(prepare);
        self
    }
}

/// What the runs of one contender came to.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) outcome: Result<Vec<Cost>, ProcessError>,
}

impl Figure {
    /// The median of `what` over the runs; `None` when the contender failed.
    pub(crate) fn median(&self, what: impl Fn(&Cost) -> f64) -> Option<f64> {
        let costs = self.outcome.as_ref().ok()?;
        median(costs.iter().map(what).collect())
    }
}

/// The middle value; of an even number the lower one, so that it is a value that was really measured.
pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

/// Runs every contender `runs` times in turn, after one run that does not count.
pub(crate) fn run(contenders: &[Contender<'_>], runs: usize) -> Vec<Figure> {
    let mut figures: Vec<Figure> = contenders
        .iter()
        .map(|contender| Figure {
            name: contender.name.clone(),
            outcome: Ok(Vec::new()),
        })
        .collect();
    for round in 0..=runs {
        for (contender, figure) in contenders.iter().zip(&mut figures) {
            let Ok(costs) = &mut figure.outcome else {
                continue;
            };
            let prepared = (contender.prepare)().map_err(|source| ProcessError::Start {
                program: format!("the preparation of {}", contender.name),
                source,
            });
            match prepared.and_then(|()| measure(&mut (contender.command)(), contender.code)) {
                Ok(cost) if round > 0 => costs.push(cost),
                Ok(_) => {}
                Err(error) => figure.outcome = Err(error),
            }
        }
    }
    figures
}

/// The exponent `e` of cost ~ size^e through the smallest and the largest size; `None` with fewer than two.
pub(crate) fn growth(points: &[(f64, f64)]) -> Option<f64> {
    let (first, last) = (points.first()?, points.last()?);
    (points.len() > 1 && first.1 > 0.0).then(|| (last.1 / first.1).ln() / (last.0 / first.0).ln())
}
