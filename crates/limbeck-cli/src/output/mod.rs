//! Where everything that a person or a script reads is written: answers and status lines to standard output, log
//! lines, progress and explanations to standard error.
//!
//! Must not know any command. Texts and streams are Alembic's: standard output never carries colour, so that it is the
//! same on a terminal and in a pipe.

mod duration;
#[cfg(unix)]
mod interruption;
mod progress;
mod stdout;

use std::{
    io::{self, IsTerminal, Write},
    sync::OnceLock,
};

use anstream::{AutoStream, ColorChoice};

use crate::{
    answer::Answer,
    arguments::{Color, Format},
};

pub(crate) use duration::readable;
pub(crate) use progress::{MIGRATION, Progress, step_line};

/// Why standard output did not take a text. [`Output`] is copied freely, so this is kept beside it.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// The first text that standard output did not take, as on a full disk.
pub(crate) fn lost() -> Option<io::Error> {
    LOST.get()
        .map(|error| io::Error::new(error.kind(), error.to_string()))
}

/// The two streams with what was asked about them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    format: Format,
    quiet: bool,
    color: Color,
}

impl Output {
    /// Output as the global options want it. Where a program reads the answer, nobody else writes to standard output
    /// from now on.
    pub(crate) fn new(format: Format, quiet: bool, color: Color) -> Self {
        match format {
            Format::Json | Format::Sql => stdout::reserve(),
            Format::Text => {}
        }
        Output {
            format,
            quiet,
            color,
        }
    }

    /// Whether answers are JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether answers are statements.
    pub(crate) fn is_sql(&self) -> bool {
        self.format == Format::Sql
    }

    /// Whether nothing goes to standard output.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// For what the command makes, like a script, which is not talk about its work.
    pub(crate) fn even_if_quiet(self) -> Self {
        Output {
            quiet: false,
            ..self
        }
    }

    /// Writes a command's answer.
    pub(crate) fn answer(&self, answer: &impl Answer) {
        if self.is_json() {
            self.json(answer);
        } else {
            self.raw(&answer.text());
        }
    }

    /// Writes one JSON document.
    pub(crate) fn json(&self, value: &impl serde::Serialize) {
        // The answers are plain structures with text keys, which serde_json cannot refuse.
        if let Ok(mut text) = serde_json::to_string_pretty(value) {
            text.push('\n');
            self.raw(&text);
        }
    }

    /// A line about something done on the way to the answer; left out of JSON.
    pub(crate) fn status(&self, line: &str) {
        if !self.is_json() {
            self.raw(&format!("{line}\n"));
        }
    }

    /// Text for standard output as it is. A reader that went away is no error of ours; any other loss is
    /// kept for [`lost`].
    pub(crate) fn raw(&self, text: &str) {
        if !self.quiet {
            let written = stdout::write(text);
            if let Err(error) = written
                && error.kind() != io::ErrorKind::BrokenPipe
            {
                // A second loss has the same cause.
                let _ = LOST.set(error);
            }
        }
    }

    /// A log line on standard error, in the form of Alembic's template.
    pub(crate) fn log(&self, level: Level, logger: &str, message: &str) {
        self.explain(&format!("{:<5} [{logger}] {message}\n", level.name()));
    }

    /// Text for standard error; colour in it is dropped where it is not wanted.
    pub(crate) fn explain(&self, text: &str) {
        let mut stderr = AutoStream::new(io::stderr(), self.choice()).lock();
        let _ = stderr.write_all(text.as_bytes());
    }

    /// Whether a person watches standard error, so that a display may move.
    pub(crate) fn is_live(&self) -> bool {
        match self.color {
            Color::Never => false,
            // A display that moves is only good on a terminal, whatever is wanted of colours.
            Color::Auto | Color::Always => io::stderr().is_terminal() && !self.is_json(),
        }
    }

    /// Whether standard error takes colour.
    pub(crate) fn has_color(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => AutoStream::choice(&io::stderr()) != ColorChoice::Never,
        }
    }

    fn choice(&self) -> ColorChoice {
        match self.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}

/// Level of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// What is being done.
    Info,
    /// Something odd that does not stop the run.
    Warning,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::Info => "INFO",
            // Alembic's template cuts level names to five characters.
            Level::Warning => "WARNI",
        }
    }
}
