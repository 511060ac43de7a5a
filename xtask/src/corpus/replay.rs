//! One project on one database: from empty to head in one run, every revision on its own, down as far as it goes, and up again.

use std::path::{Path, PathBuf};

use super::{
    compare,
    database::Fresh,
    error::CorpusError,
    expectation,
    manifest::Entry,
    outcome::{Alembic, Down, Outcome, Step},
    process::{Cost, Finished},
    project::{self, Dialect},
    snapshot, start,
    tool::{Ran, Tool, ran},
};

/// What is replayed, and by what.
pub(crate) struct Case<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) dialect: Dialect,
    /// The unpacked wheel.
    pub(crate) files: &'a Path,
    /// Alembic's record.
    pub(crate) expected: PathBuf,
    /// The environment with the application.
    pub(crate) python: Option<&'a Path>,
    pub(crate) limbeck: Tool,
    pub(crate) alembic: Option<Tool>,
    /// How often the whole way up is timed.
    pub(crate) times: usize,
}

/// A project on a fresh database, and the tool that runs it.
pub(super) struct Leg<'a> {
    case: &'a Case<'a>,
    pub(super) tool: &'a Tool,
    pub(super) fresh: Fresh,
    ini: PathBuf,
}

/// A way up.
pub(super) struct Up {
    pub(super) stopped: Option<String>,
    ran: Vec<Ran>,
    pub(super) cost: Cost,
}

impl<'a> Leg<'a> {
    pub(super) async fn new(
        case: &'a Case<'a>,
        tool: &'a Tool,
    ) -> Result<Option<Self>, CorpusError> {
        let Some(fresh) = Fresh::new(case.dialect).await? else {
            return Ok(None);
        };
        let directory = fresh.directory.path();
        let ini = project::write(directory, case.entry, case.dialect, case.files, &fresh.url)?;
        Ok(Some(Leg {
            case,
            tool,
            fresh,
            ini,
        }))
    }

    pub(super) fn prepare(&self) -> Result<(), CorpusError> {
        let home = self.fresh.directory.path();
        start::prepare(self.case.entry, self.case.python, home, &self.fresh.url)
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Result<Finished, CorpusError> {
        self.tool.run(&self.ini, &self.fresh.url, arguments)
    }

    /// To head, with the rows that only the application would have written in between.
    pub(super) async fn up(&self) -> Result<Up, CorpusError> {
        let mut up = Up {
            stopped: None,
            ran: Vec::new(),
            cost: Cost::default(),
        };
        for stage in &self.case.entry.stages {
            let before = self.versions().await?;
            if !self.upgrade(&stage.at, &mut up)? {
                return Ok(up);
            }
            // After a way down that ended above the row it is still there.
            if self.versions().await? != before {
                snapshot::execute(&self.fresh.url, &stage.sql).await?;
            }
        }
        self.upgrade("heads", &mut up)?;
        Ok(up)
    }

    fn upgrade(&self, target: &str, up: &mut Up) -> Result<bool, CorpusError> {
        let finished = self.run(&["upgrade", target])?;
        up.cost += finished.cost;
        up.ran.extend(ran(&finished));
        if !finished.success {
            up.stopped = Some(finished.output());
        }
        Ok(finished.success)
    }

    async fn down(&self) -> Result<Down, CorpusError> {
        let finished = self.run(&["downgrade", "base"])?;
        Ok(Down {
            at: self.versions().await?,
            stopped: (!finished.success).then(|| finished.output()),
            cost: finished.cost,
        })
    }

    async fn versions(&self) -> Result<Vec<String>, CorpusError> {
        snapshot::versions(&self.fresh.url).await
    }

    async fn schema(&self) -> Result<(String, &'static str), CorpusError> {
        snapshot::whole(&self.fresh.url, self.case.dialect).await
    }
}

/// Replays one project on one database, from empty to head and back.
pub(crate) async fn whole(case: &Case<'_>) -> Result<Outcome, CorpusError> {
    let recorded = expectation::steps(&case.expected)?;
    let mut outcome = Outcome {
        project: case.entry.name.clone(),
        version: format!("{} {}", case.entry.package, case.entry.version),
        database: case.dialect,
        revisions: case.entry.revisions.on(case.dialect),
        recorded: recorded.len(),
        ran: Vec::new(),
        stopped: None,
        schema: Vec::new(),
        compared: 0,
        steps: Vec::new(),
        down: None,
        again: Vec::new(),
        again_stopped: None,
        cost: Cost::default(),
        alembic: None,
    };
    let Some(whole) = Leg::new(case, &case.limbeck).await? else {
        outcome.stopped = Some("no server on this machine".to_owned());
        return Ok(outcome);
    };
    whole.prepare()?;
    let up = whole.up().await?;
    outcome.ran = up.ran;
    outcome.stopped = up.stopped;
    let mut costs = vec![up.cost];
    let (head, file) = whole.schema().await?;
    outcome.schema = compare::texts(&expectation::schema(&case.expected, file)?, &head);
    let mut below = None;
    if outcome.stopped.is_none() {
        outcome.down = Some(whole.down().await?);
        below = Some(whole.schema().await?.0);
        outcome.again_stopped = whole.up().await?.stopped;
        if outcome.again_stopped.is_none() {
            outcome.again = compare::texts(&head, &whole.schema().await?.0);
        }
    }
    whole.fresh.remove().await?;
    if let Some(alembic) = &case.alembic {
        outcome.alembic = against(case, alembic, &outcome, &head, below, &mut costs).await?;
    }
    outcome.cost = median(costs);
    Ok(outcome)
}

/// The same by real Alembic, in turns with more of Limbeck's for the time.
async fn against(
    case: &Case<'_>,
    alembic: &Tool,
    outcome: &Outcome,
    head: &str,
    below: Option<String>,
    costs: &mut Vec<Cost>,
) -> Result<Option<Alembic>, CorpusError> {
    let Some(leg) = Leg::new(case, alembic).await? else {
        return Ok(None);
    };
    leg.prepare()?;
    let up = leg.up().await?;
    let mut alembic_costs = vec![up.cost];
    let theirs = leg.schema().await?.0;
    let mut found = Alembic {
        cost: up.cost,
        stopped: up.stopped,
        schema: compare::texts(&theirs, head),
        down: None,
        below: Vec::new(),
        again_stopped: None,
        again: Vec::new(),
    };
    if found.stopped.is_none() {
        let down = leg.down().await?;
        if let (Some(ours), Some(below)) = (&outcome.down, below)
            && ours.at == down.at
        {
            found.below = compare::texts(&leg.schema().await?.0, &below);
        }
        found.down = Some(down);
        found.again_stopped = leg.up().await?.stopped;
        if found.again_stopped.is_none() {
            found.again = compare::texts(&theirs, &leg.schema().await?.0);
        }
    }
    leg.fresh.remove().await?;
    if found.stopped.is_none() && outcome.stopped.is_none() {
        for _ in 1..case.times {
            for (tool, costs) in [(&case.limbeck, &mut *costs), (alembic, &mut alembic_costs)] {
                if let Some(leg) = Leg::new(case, tool).await? {
                    leg.prepare()?;
                    costs.push(leg.up().await?.cost);
                    leg.fresh.remove().await?;
                }
            }
        }
    }
    found.cost = median(alembic_costs);
    Ok(Some(found))
}

/// Every revision on its own, in the order of the record.
pub(crate) async fn each(case: &Case<'_>, outcome: &mut Outcome) -> Result<(), CorpusError> {
    let recorded = expectation::steps(&case.expected)?;
    let Some(leg) = Leg::new(case, &case.limbeck).await? else {
        return Ok(());
    };
    let url = &leg.fresh.url;
    let mut before = snapshot::read(url, case.dialect).await?;
    leg.prepare()?;
    let mut all = Vec::new();
    for expected in recorded {
        let finished = leg.run(&["upgrade", &expected.revision])?;
        if !finished.success {
            outcome.steps.push(Step {
                revision: expected.revision,
                lines: finished.output().lines().map(str::to_owned).collect(),
            });
            break;
        }
        all.extend(ran(&finished));
        let after = snapshot::read(url, case.dialect).await?;
        let mut lines = compare::effects(&expected.effect, &after.since(&before));
        let everything = after.since(&snapshot::Snapshot::default());
        if compare::effects(&expected.effect, &everything).is_empty() {
            // Where the recording went on after a break, the record has the whole schema.
            lines.clear();
        }
        outcome.compared += 1;
        if !lines.is_empty() {
            outcome.steps.push(Step {
                revision: expected.revision.clone(),
                lines,
            });
        }
        before = after;
        for stage in &case.entry.stages {
            if stage.at == expected.revision {
                snapshot::execute(url, &stage.sql).await?;
            }
        }
    }
    if outcome.stopped.is_some() {
        // A run that stops does not answer with its steps.
        outcome.ran = all;
    }
    leg.fresh.remove().await
}

/// The run in the middle by processor time, which a busy machine disturbs least.
fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|one, other| one.processor.total_cmp(&other.processor));
    costs.get(costs.len() / 2).copied().unwrap_or_default()
}
