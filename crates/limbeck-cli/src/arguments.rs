//! The command line as clap types: names and options are Alembic's, ours are added beside them.
//!
//! Must not know what a command does. The developer task that writes help pages, man pages and completions reads
//! [`Arguments`] from here, so everything a user can type is in this file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::completion;

/// Schema migrations for SQLite, PostgreSQL, MySQL and MariaDB.
#[derive(Debug, Parser)]
#[command(
    name = "limbeck",
    version,
    infer_long_args = true,
    args_override_self = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Arguments {
    /// Options of every command, given before its name.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command has; they may stand before the command, as in Alembic, or after it.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Configuration file: limbeck.toml, alembic.ini or pyproject.toml; an ini and a toml file may be given together.
    #[arg(short = 'c', long, value_name = "FILE")]
    pub config: Vec<PathBuf>,
    /// Section of the ini file that configures this run.
    #[arg(short = 'n', long, value_name = "SECTION")]
    pub name: Option<String>,
    /// Free argument for the project's environment, `key=value` or any text; may be repeated.
    #[arg(short = 'x', value_name = "ARGUMENT")]
    pub x: Vec<String>,
    /// Print the chain of causes below an error.
    #[arg(long)]
    pub raiseerr: bool,
    /// Print no answers and no status lines; the exit code still tells.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Database URL, instead of the configured one.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Form of the answer on standard output [default: text].
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Colour and progress display [default: auto].
    #[arg(long, value_name = "WHEN")]
    pub color: Option<Color>,
}

impl Global {
    /// The options given before the command joined with those given after it; of single values the later one counts.
    pub fn merge(self, after: Global) -> Global {
        Global {
            config: [self.config, after.config].concat(),
            name: after.name.or(self.name),
            x: [self.x, after.x].concat(),
            raiseerr: self.raiseerr || after.raiseerr,
            quiet: self.quiet || after.quiet,
            url: after.url.or(self.url),
            format: after.format.or(self.format),
            color: after.color.or(self.color),
        }
    }
}

/// Form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Alembic's text.
    #[default]
    Text,
    /// One JSON document with a documented schema.
    Json,
}

/// When to use colour and a progress display.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A command's own options together with the global ones that may follow it.
#[derive(Args, Clone, Debug)]
pub struct Tail<A: Args> {
    /// The command's own options.
    #[command(flatten)]
    pub own: A,
    /// Global options given after the command.
    #[command(flatten)]
    pub global: Global,
}

/// Every command.
#[derive(Clone, Debug, Subcommand)]
#[command(rename_all = "snake_case")]
pub enum Command {
    /// Show current branch points.
    Branches(Tail<Branches>),
    /// Print the script that makes a shell complete commands, options and revision ids.
    Completions(Tail<Completions>),
    /// Open revision scripts in $EDITOR or $VISUAL.
    Edit(Tail<Edit>),
    /// Show the heads of the script directory.
    Heads(Tail<Heads>),
    /// List revisions, newest first.
    History(Tail<History>),
    /// Show the revisions a target denotes.
    Show(Tail<Show>),
}

/// Options of `branches`.
#[derive(Args, Clone, Debug)]
pub struct Branches {
    /// Show every revision in full.
    #[arg(short, long)]
    pub verbose: bool,
}

/// Options of `completions`.
#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// Shell to complete for.
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// The shells that completions exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// Options of `edit`.
#[derive(Args, Clone, Debug)]
pub struct Edit {
    /// Target: a revision, a label, head, heads or current.
    #[arg(value_name = "REV", allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub rev: String,
}

/// Options of `heads`.
#[derive(Args, Clone, Debug)]
pub struct Heads {
    /// Show every revision in full.
    #[arg(short, long)]
    pub verbose: bool,
    /// Leave out heads that another revision depends on.
    #[arg(long)]
    pub resolve_dependencies: bool,
}

/// Options of `history`.
#[derive(Args, Clone, Debug)]
pub struct History {
    /// Range [start]:[end], both ends included.
    #[arg(short, long, value_name = "RANGE", allow_hyphen_values = true)]
    pub rev_range: Option<String>,
    /// Show every revision in full.
    #[arg(short, long)]
    pub verbose: bool,
    /// Mark the revisions the database is at.
    #[arg(short, long)]
    pub indicate_current: bool,
}

/// Options of `show`.
#[derive(Args, Clone, Debug)]
pub struct Show {
    /// Target: a revision, a label, head, heads or current.
    #[arg(value_name = "REV", allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub rev: String,
}
