//! What `revision --autogenerate` and `check` have in common: the database compared with the project's model, questions
//! where somebody is there to answer, and the lines about what was found.

use limbeck::{
    config::DatabaseUrl,
    diff::{Decisions, Detected, Fill, Object, RenameDecision},
    migrator::{
        Migrator, MigratorError, Project,
        autogenerate::{CompareOptions, Difference, Finding, Normalise, open_model},
    },
    models::Model,
    script::Direction,
};

use crate::{
    arguments::{Deciding, Normalize, Reading},
    database::block_on,
    error::CommandError,
    output::{Level, Output},
    questions,
    task::Task,
};

/// Alembic's logger of lines about what a comparison finds; what follows is the part of it.
const COMPARE: &str = "alembic.autogenerate.compare";
/// Our own.
const OURS: &str = "limbeck.autogenerate";

/// The comparison with a model.
pub(crate) struct Compare {
    /// The wanted schema.
    pub(crate) model: Model,
    /// How.
    pub(crate) options: CompareOptions,
    /// Where somebody may be asked; `None` for nobody.
    pub(crate) ask: Option<Output>,
}

impl Task for Compare {
    type Answer = Difference;

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        migrator.check_up_to_date().await?;
        let mut difference = migrator.difference(&self.model, &self.options).await?;
        refuse_unused(&difference)?;
        if let Some(output) = self.ask {
            questions::about_renames(&output, &mut difference);
            migrator.look_at_rows(&mut difference).await;
            questions::about_values(&output, &mut difference);
        }
        if self.options.look_at_rows {
            migrator.look_at_rows(&mut difference).await;
        }
        Ok(difference)
    }
}

/// A decision about what is nowhere is a slip of the pen.
pub(crate) fn refuse_unused(difference: &Difference) -> Result<(), MigratorError> {
    let names = difference.upgrade().unused;
    match names.is_empty() {
        true => Ok(()),
        false => Err(MigratorError::UnusedDecisions { names }),
    }
}

/// The project's model.
pub(crate) fn model(project: &Project) -> Result<Option<Model>, CommandError> {
    match &project.settings().model {
        None => Ok(None),
        Some(place) => block_on(open_model(place)).map(Some),
    }
}

/// The options of a comparison.
pub(crate) fn options(
    reading: &Reading,
    deciding: &Deciding,
    fills: &[String],
) -> Result<CompareOptions, CommandError> {
    let renames = deciding.rename.iter().map(|text| text.parse());
    let fills = fills.iter().map(|text| text.parse());
    let scratch_url = reading.scratch_url.as_deref().map(address);
    Ok(CompareOptions {
        decisions: Decisions {
            renames: renames
                .collect::<Result<Vec<RenameDecision>, _>>()
                .map_err(MigratorError::from)?,
            accept_drops: deciding.accept_drop,
            fills: fills
                .collect::<Result<Vec<Fill>, _>>()
                .map_err(MigratorError::from)?,
        },
        normalise: match reading.normalize.unwrap_or_default() {
            Normalize::Engine => Normalise::Engine,
            Normalize::Off => Normalise::Off,
        },
        scratch_url: scratch_url.transpose()?,
        look_at_rows: false,
    })
}

/// An address of the command line.
pub(crate) fn address(text: &str) -> Result<DatabaseUrl, CommandError> {
    let directory = std::env::current_dir().map_err(CommandError::WorkingDirectory)?;
    let url = DatabaseUrl::parse(text).map_err(MigratorError::from)?;
    Ok(url.with_base_directory(&directory))
}

/// The address of a database that is only read: a mistyped file would pass for an empty database.
pub(crate) fn address_to_read(text: &str) -> Result<DatabaseUrl, CommandError> {
    let url = address(text)?;
    match url.sqlite_file().filter(|path| !path.exists()) {
        Some(path) => Err(CommandError::NoDatabaseFile { path }),
        None => Ok(url),
    }
}

/// One line for everything that was found, as Alembic writes them.
pub(crate) fn tell_detected(output: &Output, found: &[Detected]) {
    for detected in found {
        let logger = format!("{COMPARE}.{}", part(detected));
        output.log(Level::Info, &logger, &detected.to_string());
    }
}

/// One line for everything that somebody has to look at.
pub(crate) fn tell_cautions(output: &Output, difference: &Difference) {
    for candidate in difference.undecided() {
        output.log(Level::Warning, OURS, &candidate.to_string());
    }
    for line in difference.uncompared() {
        output.log(Level::Warning, OURS, line);
    }
    for finding in worth_telling(difference) {
        output.log(Level::Warning, OURS, &finding.to_string());
    }
}

/// The hazards, without those that concern no row here.
pub(crate) fn worth_telling(difference: &Difference) -> Vec<Finding> {
    let mut findings = difference.way(Direction::Upgrade).certain_findings();
    findings.retain(|finding| !finding.is_harmless_here());
    findings
}

/// The part of Alembic's comparison that tells of it.
fn part(detected: &Detected) -> &'static str {
    let of_object = |object: &Object| match object {
        Object::Constraint { .. } | Object::Index { .. } => "constraints",
        Object::Schema(_) => "schema",
        _ => "tables",
    };
    match detected {
        Detected::Added { object }
        | Detected::Removed { object }
        | Detected::Renamed { object, .. }
        | Detected::Changed { object, .. } => of_object(object),
        Detected::Nullable { .. } | Detected::Autoincrement { .. } => "constraints",
        Detected::Type { .. } => "types",
        Detected::Default { .. } => "server_defaults",
        Detected::ColumnComment { .. } | Detected::TableComment { .. } => "comments",
        _ => "tables",
    }
}
