//! How long the commands take on the histories of the corpus, beside real Alembic in the same run: the graph commands and `current`
//! at the head, and the whole way up. What they make of the databases is compared elsewhere.

use std::fmt::Write;

use super::{
    error::CorpusError,
    process::Cost,
    replay::{Case, Leg},
    tool::Tool,
};

/// The commands that change nothing.
const AT_HEAD: [&str; 3] = ["heads", "history", "current"];

/// A command by both programs: medians of the wall times, in seconds.
struct Timing {
    ours: f64,
    theirs: f64,
}

/// Times of one project on one database.
pub(crate) struct Speed {
    project: String,
    database: &'static str,
    revisions: usize,
    /// Those of [`AT_HEAD`], then of the upgrade.
    commands: Vec<Timing>,
}

/// Takes the times; `None` where there is no server, or where a program does not reach the head.
pub(crate) async fn measure(case: &Case<'_>) -> Result<Option<Speed>, CorpusError> {
    let Some(alembic) = &case.alembic else {
        return Err(CorpusError::NoAlembic(case.entry.name.clone()));
    };
    let tools = [&case.limbeck, alembic];
    let mut upgrades = [Vec::new(), Vec::new()];
    let mut commands = Vec::new();
    for turn in 0..case.times.max(1) {
        let mut legs = Vec::new();
        for (tool, costs) in tools.iter().zip(&mut upgrades) {
            let Some(leg) = Leg::new(case, tool).await? else {
                return Ok(None);
            };
            leg.prepare()?;
            let up = leg.up().await?;
            if up.stopped.is_some() {
                leg.fresh.remove().await?;
                return Ok(None);
            }
            costs.push(up.cost);
            legs.push(leg);
        }
        if turn == 0 {
            for command in AT_HEAD {
                commands.push(at_head(&legs, command, case.times)?);
            }
        }
        for leg in legs {
            leg.fresh.remove().await?;
        }
    }
    let [ours, theirs] = upgrades.map(median);
    commands.push(Timing { ours, theirs });
    Ok(Some(Speed {
        project: format!("{} {}", case.entry.package, case.entry.version),
        database: case.dialect.title(),
        revisions: case.entry.revisions.on(case.dialect),
        commands,
    }))
}

/// One command on both databases in turns, after a first run of each that does not count.
fn at_head(legs: &[Leg<'_>], command: &str, times: usize) -> Result<Timing, CorpusError> {
    let mut costs = [Vec::new(), Vec::new()];
    for turn in 0..=times.max(1) {
        for (leg, costs) in legs.iter().zip(&mut costs) {
            let finished = leg.run(&[command])?;
            if !finished.success {
                return Err(CorpusError::Program {
                    program: format!("{} {command}", name(leg.tool)),
                    output: finished.output(),
                });
            }
            if turn > 0 {
                costs.push(finished.cost);
            }
        }
    }
    let [ours, theirs] = costs.map(median);
    Ok(Timing { ours, theirs })
}

fn name(tool: &Tool) -> &'static str {
    match tool {
        Tool::Limbeck { .. } => "limbeck",
        Tool::Alembic(_) => "alembic",
    }
}

fn median(costs: Vec<Cost>) -> f64 {
    let mut walls: Vec<f64> = costs.into_iter().map(|cost| cost.wall).collect();
    walls.sort_by(f64::total_cmp);
    walls.get(walls.len() / 2).copied().unwrap_or_default()
}

/// The table, in milliseconds.
pub(crate) fn table(speeds: &[Speed]) -> String {
    let mut out = String::from(
        "| project | database | revisions | `heads` | `history` | `current` | `upgrade heads` from empty |\n|---|---|---:|---:|---:|---:|---:|\n",
    );
    for speed in speeds {
        let _ = write!(
            out,
            "| {} | {} | {} |",
            speed.project, speed.database, speed.revisions
        );
        for Timing { ours, theirs } in &speed.commands {
            let _ = write!(
                out,
                " {:.*} / {:.0} = **{:.1}** |",
                usize::from(*ours < 0.1),
                ours * 1000.0,
                theirs * 1000.0,
                theirs / ours.max(f64::EPSILON)
            );
        }
        out.push('\n');
    }
    out
}
