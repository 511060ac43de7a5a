//! Options of the commands that compare schemas.

use clap::{Args, ValueEnum};

/// Options of `check`.
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// How the model is read.
    #[command(flatten)]
    pub reading: Reading,
    /// What is decided.
    #[command(flatten)]
    pub decisions: Deciding,
}

/// Options of `diff`.
#[derive(Args, Clone, Debug)]
pub struct Diff {
    /// What there is: a database URL, a file or directory of SQL, a snapshot, `model` or `database` of the project.
    #[arg(value_name = "FROM")]
    pub from: String,
    /// What there shall be, in the same forms.
    #[arg(value_name = "TO")]
    pub to: String,
    /// How the sides are read.
    #[command(flatten)]
    pub reading: Reading,
    /// What is decided.
    #[command(flatten)]
    pub decisions: Deciding,
    /// Value of the rows there are in a new column that refuses NULL, `table.column=expression`; may be repeated.
    #[arg(long, value_name = "COLUMN=EXPRESSION")]
    pub fill: Vec<String>,
}

/// Options of `inspect`.
#[derive(Args, Clone, Debug)]
pub struct Inspect {
    /// Schema to read beside the default one; may be repeated. `*` for all.
    #[arg(long, value_name = "SCHEMA")]
    pub schema: Vec<String>,
    /// Also what the project leaves alone: its version table and what is excluded.
    #[arg(long)]
    pub all: bool,
    /// Print the tables as code for models instead of statements.
    #[arg(long, value_name = "KIND", conflicts_with = "format")]
    pub code: Option<Code>,
}

/// For which library code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Code {
    /// SQLAlchemy: a module with `metadata` and its tables.
    Sqlalchemy,
}

/// How a model is read.
#[derive(Args, Clone, Debug, Default)]
pub struct Reading {
    /// Who says what the model means: the database's own engine, or nobody, and texts are compared [default: engine].
    #[arg(long, value_name = "WHO")]
    pub normalize: Option<Normalize>,
    /// Database to build the model in, where it cannot be built beside the project's; nothing stays there.
    #[arg(long, value_name = "URL")]
    pub scratch_url: Option<String>,
}

/// Who says what a model means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Normalize {
    /// The database's own engine, on a scratch place.
    #[default]
    Engine,
    /// Nobody: texts are compared as they are written.
    Off,
}

/// What schemas do not tell.
#[derive(Args, Clone, Debug, Default)]
pub struct Deciding {
    /// What is called by another name now, `old:new` or `table.old:new`; may be repeated.
    #[arg(long, value_name = "OLD:NEW")]
    pub rename: Vec<String>,
    /// Nothing was renamed: whatever is gone is dropped.
    #[arg(long)]
    pub accept_drop: bool,
}
