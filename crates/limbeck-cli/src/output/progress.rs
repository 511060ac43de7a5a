//! Tells a run as it happens: Alembic's log lines where nobody watches, a display that moves on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use limbeck::{
    migrate::{Event, Observer, headline},
    migrator::Project,
    revision::Step,
};

#[cfg(unix)]
use super::interruption;
use super::{Level, Output, duration::readable};

/// Alembic's logger of the lines about steps.
pub(crate) const MIGRATION: &str = "alembic.runtime.migration";
/// How long a wait is silent before it is told again.
const WAIT_TOLD_EVERY: Duration = Duration::from_secs(5);

/// The observer of a run.
#[derive(Debug)]
pub(crate) struct Progress<'p> {
    output: Output,
    project: &'p Project,
    bar: Option<ProgressBar>,
    wait_told: Option<Duration>,
}

impl<'p> Progress<'p> {
    /// An observer for runs of `project`.
    pub(crate) fn new(output: Output, project: &'p Project) -> Self {
        #[cfg(unix)]
        interruption::watch(output);
        Progress {
            output,
            project,
            bar: None,
            wait_told: None,
        }
    }

    fn line(&self, step: &Step) -> String {
        step_line(step, self.project.message(step.revision.as_str()))
    }

    fn started(&mut self, index: usize, total: usize, step: &Step) {
        let line = self.line(step);
        if self.output.is_live() {
            self.show(index, total, line.clone());
        } else {
            self.output
                .log(Level::Info, MIGRATION, &format!("Running {line}"));
        }
        #[cfg(unix)]
        interruption::running(&line, self.bar.as_ref());
    }

    fn show(&mut self, index: usize, total: usize, line: String) {
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(
                u64::try_from(total).ok(),
                ProgressDrawTarget::stderr(),
            );
            if let Ok(style) =
                ProgressStyle::with_template("{spinner} [{pos}/{len}] {elapsed} {wide_msg}")
            {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        bar.set_position(u64::try_from(index).unwrap_or_default());
        bar.set_message(line);
    }

    fn finished(&mut self, index: usize, total: usize, step: &Step, duration: Duration) {
        #[cfg(unix)]
        interruption::finished();
        let line = self.line(step);
        if let Some(bar) = &self.bar {
            bar.suspend(|| {
                self.output
                    .explain(&format!("{line} ({})\n", readable(duration)));
            });
            if index + 1 == total {
                bar.finish_and_clear();
            }
        }
    }

    fn waiting(&mut self, holder: Option<&str>, waited: Duration, limit: Duration) {
        let due = self
            .wait_told
            .is_none_or(|told| waited.saturating_sub(told) >= WAIT_TOLD_EVERY);
        if due {
            self.wait_told = Some(waited);
            let holder = holder
                .map(|name| format!(" held by {name}"))
                .unwrap_or_default();
            let message = format!(
                "Waiting for the lock{holder} ({} of at most {})",
                readable(waited),
                readable(limit)
            );
            self.output.log(Level::Info, "limbeck.lock", &message);
        }
    }
}

/// `upgrade a -> b, message`, as in Alembic's log lines; a stamp has no message.
pub(crate) fn step_line(step: &Step, message: Option<&str>) -> String {
    let message = message.filter(|message| !message.is_empty() && !step.direction.is_stamp());
    match message {
        Some(message) => format!("{}, {message}", headline(step)),
        None => headline(step),
    }
}

impl Observer for Progress<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Waiting {
                holder,
                waited,
                limit,
            } => self.waiting(holder, waited, limit),
            Event::StepStarted { index, total, step } => self.started(index, total, step),
            Event::StepFinished {
                index,
                total,
                step,
                duration,
            } => self.finished(index, total, step, duration),
            _ => {}
        }
    }
}

impl Drop for Progress<'_> {
    /// A run that failed leaves its display half way.
    fn drop(&mut self) {
        #[cfg(unix)]
        interruption::finished();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
