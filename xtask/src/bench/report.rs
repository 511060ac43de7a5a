//! Benchmark figures as Markdown tables, the first contender being the one the others are compared with.

use std::fmt::Write;

use super::series::Figure;

/// The tables of one run, ready to be printed or kept.
#[derive(Default)]
pub(crate) struct Report {
    text: String,
}

impl Report {
    /// Opens a chapter.
    pub(crate) fn heading(&mut self, title: &str) {
        let _ = write!(self.text, "\n## {title}\n\n");
    }

    /// Adds a paragraph.
    pub(crate) fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    /// Adds one table; `ratio` is the contender's median wall time over Limbeck's (above 1: Limbeck is faster).
    pub(crate) fn table(&mut self, title: &str, figures: &[Figure]) {
        let base = figures
            .first()
            .and_then(|figure| figure.median(|cost| cost.wall));
        let _ = writeln!(self.text, "\n{title}\n");
        let _ = writeln!(
            self.text,
            "| command | wall ms | cpu ms | peak MiB | ratio |"
        );
        let _ = writeln!(self.text, "|---|---:|---:|---:|---:|");
        for figure in figures {
            let row = match &figure.outcome {
                Err(error) => format!("| {} | {} | | | |", figure.name, short(&error.to_string())),
                Ok(_) => {
                    let wall = figure.median(|cost| cost.wall).unwrap_or(f64::NAN);
                    let cpu = figure.median(|cost| cost.processor).unwrap_or(f64::NAN);
                    let memory = figure.median(|cost| cost.memory).unwrap_or(f64::NAN);
                    let ratio = base.map_or(f64::NAN, |base| wall / base);
                    format!(
                        "| {} | {:.1} | {:.1} | {memory:.1} | {ratio:.2} |",
                        figure.name,
                        wall * 1e3,
                        cpu * 1e3
                    )
                }
            };
            let _ = writeln!(self.text, "{row}");
        }
    }

    /// Everything so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

fn short(message: &str) -> String {
    message
        .chars()
        .take(100)
        .map(|c| if c == '|' || c == '\n' { ' ' } else { c })
        .collect()
}
