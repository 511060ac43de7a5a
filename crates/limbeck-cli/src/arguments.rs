//! The command line as clap types: names and options are Alembic's, ours are added beside them.
//!
//! Must not know what a command does. The developer task that writes help pages, man pages and completions reads
//! [`Arguments`] from here, so everything a user can type is in this file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use limbeck::dialect::DialectName;

use crate::completion;

mod schema;

pub use schema::{Check, Code, Deciding, Diff, Inspect, Normalize, Reading};

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
    /// Print the whole error below its message, for a bug report.
    #[arg(long)]
    pub raiseerr: bool,
    /// Print no answers and no status lines; the exit code still tells.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Database URL, instead of the configured one.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Python of the project, or its virtual environment, for what needs the application [default: LIMBECK_PYTHON,
    /// VIRTUAL_ENV, .venv, python3].
    #[arg(long, value_name = "PATH")]
    pub python: Option<PathBuf>,
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
            python: after.python.or(self.python),
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
    /// Statements: of `inspect` and `diff`.
    Sql,
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
    /// Look at an Alembic project: what runs here, what needs its Python, and whether both tools agree; changes nothing.
    Adopt(Tail<Adopt>),
    /// Show current branch points.
    Branches(Tail<Branches>),
    /// Tell whether the database is what the model wants; the exit code tells, too.
    Check(Tail<Check>),
    /// Print the script that makes a shell complete commands, options and revision ids.
    Completions(Tail<Completions>),
    /// Show the revisions a database is at.
    #[command(mut_arg("config", |argument| argument.short(None)))]
    Current(Tail<Current>),
    /// Show what leads from one schema to another; the exit code tells whether they differ.
    Diff(Tail<Diff>),
    /// Revert to a previous version.
    Downgrade(Tail<Downgrade>),
    /// Open revision scripts in $EDITOR or $VISUAL.
    Edit(Tail<Edit>),
    /// Create the version table if it does not exist.
    EnsureVersion(Tail<EnsureVersion>),
    /// Show the heads of the script directory.
    Heads(Tail<Heads>),
    /// List revisions, newest first.
    History(Tail<History>),
    /// Start a new project.
    Init(Tail<Init>),
    /// Print what a database holds, as SQL or as a snapshot in JSON.
    Inspect(Tail<Inspect>),
    /// List the templates that init knows.
    ListTemplates(Tail<ListTemplates>),
    /// Write a revision that joins several heads.
    Merge(Tail<Merge>),
    /// Show the steps and statements that would run on this database; nothing is run.
    Plan(Tail<Plan>),
    /// Write a new revision script.
    Revision(Tail<Revision>),
    /// Show the revisions a target denotes.
    Show(Tail<Show>),
    /// Write version rows without running any migration.
    Stamp(Tail<Stamp>),
    /// Show where a database is and what is pending; the exit code tells.
    Status(Tail<Status>),
    /// Remove the lock that a killed run left behind.
    Unlock(Tail<Unlock>),
    /// Upgrade to a later version.
    Upgrade(Tail<Upgrade>),
}

/// Options of `adopt`.
#[derive(Args, Clone, Debug)]
pub struct Adopt {
    /// List every revision, and the traceback of what cannot be loaded.
    #[arg(short, long)]
    pub verbose: bool,
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

/// Options of `current`.
#[derive(Args, Clone, Debug)]
pub struct Current {
    /// Fail when the database is not at all heads.
    #[arg(short = 'c', long)]
    pub check_heads: bool,
    /// Show every revision in full.
    #[arg(short, long)]
    pub verbose: bool,
}

/// Options of `downgrade`.
#[derive(Args, Clone, Debug)]
pub struct Downgrade {
    /// Target: a revision, -N, base, label@base or label@-N; with --sql a range FROM:TO.
    #[arg(allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub revision: String,
    /// Write the SQL to standard output instead of running it.
    #[arg(long, conflicts_with = "dry_run")]
    pub sql: bool,
    /// Database to write SQL for, with --sql, when no database URL is configured.
    #[arg(long, requires = "sql", value_name = "DIALECT")]
    pub dialect: Option<DialectName>,
    /// Free text for the project's environment.
    #[arg(long)]
    pub tag: Option<String>,
    /// Run everything and roll it back, where the database can.
    #[arg(long)]
    pub dry_run: bool,
}

/// Options of `edit`.
#[derive(Args, Clone, Debug)]
pub struct Edit {
    /// Target: a revision, a label, head, heads or current.
    #[arg(value_name = "REV", allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub rev: String,
}

/// Options of `ensure_version`.
#[derive(Args, Clone, Debug)]
pub struct EnsureVersion {
    /// Write the SQL to standard output instead of running it.
    #[arg(long)]
    pub sql: bool,
    /// Database to write SQL for, with --sql, when no database URL is configured.
    #[arg(long, requires = "sql", value_name = "DIALECT")]
    pub dialect: Option<DialectName>,
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
    /// Range `[start]:[end]`, both ends included.
    #[arg(short, long, value_name = "RANGE", allow_hyphen_values = true)]
    pub rev_range: Option<String>,
    /// Show every revision in full.
    #[arg(short, long)]
    pub verbose: bool,
    /// Mark the revisions the database is at.
    #[arg(short, long)]
    pub indicate_current: bool,
}

/// Options of `init`.
#[derive(Args, Clone, Debug)]
pub struct Init {
    /// Directory for the scripts.
    pub directory: PathBuf,
    /// Template; list_templates lists them.
    #[arg(short, long, value_name = "NAME")]
    pub template: Option<String>,
    /// Write empty __init__.py files into the new directories.
    #[arg(long)]
    pub package: bool,
}

/// Options of `list_templates`.
#[derive(Args, Clone, Debug)]
pub struct ListTemplates {}

/// Options of `merge`.
#[derive(Args, Clone, Debug)]
pub struct Merge {
    /// Revisions to join; `heads` for all heads.
    #[arg(required = true, add = ArgValueCompleter::new(completion::targets))]
    pub revisions: Vec<String>,
    /// Message of the new revision.
    #[arg(short, long)]
    pub message: Option<String>,
    /// Branch label of the new revision.
    #[arg(long)]
    pub branch_label: Option<String>,
    /// Id of the new revision instead of a generated one.
    #[arg(long)]
    pub rev_id: Option<String>,
    /// Allow revisions that are not heads.
    #[arg(long)]
    pub splice: bool,
}

/// Options of `plan`.
#[derive(Args, Clone, Debug)]
pub struct Plan {
    /// Target of an upgrade, or of a downgrade with --downgrade.
    #[arg(default_value = "heads", allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub revision: String,
    /// Plan a downgrade; a target of the form -N always does.
    #[arg(long)]
    pub downgrade: bool,
}

/// Options of `revision`.
#[derive(Args, Clone, Debug)]
pub struct Revision {
    /// Message of the new revision.
    #[arg(short, long)]
    pub message: Option<String>,
    /// Fill the script from the differences between models and database.
    #[arg(long)]
    pub autogenerate: bool,
    /// Only with `revision_environment`: run the environment offline.
    #[arg(long)]
    pub sql: bool,
    /// Head to build on [default: head]; `base` starts a new history.
    #[arg(long, add = ArgValueCompleter::new(completion::targets))]
    pub head: Option<String>,
    /// Allow --head to be a revision that is not a head.
    #[arg(long)]
    pub splice: bool,
    /// Branch label of the new revision.
    #[arg(long)]
    pub branch_label: Option<String>,
    /// Version directory for the new script.
    #[arg(long, value_name = "DIRECTORY")]
    pub version_path: Option<PathBuf>,
    /// Id of the new revision instead of a generated one.
    #[arg(long)]
    pub rev_id: Option<String>,
    /// Revision or label that must be applied first; may be repeated.
    #[arg(long, value_name = "REV", add = ArgValueCompleter::new(completion::targets))]
    pub depends_on: Vec<String>,
    /// What is decided, with --autogenerate.
    #[command(flatten)]
    pub decisions: Deciding,
    /// Value of the rows there are in a new column that refuses NULL, `table.column=expression`; may be repeated.
    #[arg(long, requires = "autogenerate", value_name = "COLUMN=EXPRESSION")]
    pub fill: Vec<String>,
    /// Write a script also when there is nothing to do.
    #[arg(long, requires = "autogenerate")]
    pub allow_empty: bool,
    /// Database to write statements for [default: the one that is compared]; may be repeated.
    #[arg(long, requires = "autogenerate", value_name = "DIALECT")]
    pub dialect: Vec<DialectName>,
    /// How the model is read, with --autogenerate.
    #[command(flatten)]
    pub reading: Reading,
}

/// Options of `show`.
#[derive(Args, Clone, Debug)]
pub struct Show {
    /// Target: a revision, a label, head, heads or current.
    #[arg(value_name = "REV", allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub rev: String,
}

/// Options of `stamp`.
#[derive(Args, Clone, Debug)]
pub struct Stamp {
    /// Targets; with --sql a range FROM:TO.
    #[arg(required = true, allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub revisions: Vec<String>,
    /// Write the SQL to standard output instead of running it.
    #[arg(long)]
    pub sql: bool,
    /// Database to write SQL for, with --sql, when no database URL is configured.
    #[arg(long, requires = "sql", value_name = "DIALECT")]
    pub dialect: Option<DialectName>,
    /// Free text for the project's environment.
    #[arg(long)]
    pub tag: Option<String>,
    /// Delete all version rows first, also those of unknown revisions.
    #[arg(long)]
    pub purge: bool,
}

/// Options of `status`.
#[derive(Args, Clone, Debug)]
pub struct Status {
    /// Also show which Python would run what needs the application, and why not another.
    #[arg(short, long)]
    pub verbose: bool,
}

/// Options of `unlock`.
#[derive(Args, Clone, Debug)]
pub struct Unlock {
    /// Confirm that no run is under way.
    #[arg(long, required = true)]
    pub force: bool,
}

/// Options of `upgrade`.
#[derive(Args, Clone, Debug)]
pub struct Upgrade {
    /// Target: a revision, head, heads, +N, label@head or label@+N; with --sql also a range FROM:TO.
    #[arg(allow_negative_numbers = true, add = ArgValueCompleter::new(completion::targets))]
    pub revision: String,
    /// Write the SQL to standard output instead of running it.
    #[arg(long, conflicts_with = "dry_run")]
    pub sql: bool,
    /// Database to write SQL for, with --sql, when no database URL is configured.
    #[arg(long, requires = "sql", value_name = "DIALECT")]
    pub dialect: Option<DialectName>,
    /// Free text for the project's environment.
    #[arg(long)]
    pub tag: Option<String>,
    /// Run everything and roll it back, where the database can.
    #[arg(long)]
    pub dry_run: bool,
}
