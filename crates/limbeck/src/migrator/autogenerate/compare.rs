//! One database compared with a model.

use super::{
    Difference, Normalise, fill, finding,
    known_ways::KnownWays,
    leave_out::{leave_out, leave_out_roles, want_roles_as_is},
    unbuilt::{normalise_without_refused, want_as_is},
};
use crate::{
    config::{DatabaseUrl, Settings},
    dialect::DialectName,
    diff::{Comparison, Decisions, Detected},
    migrate::{NormaliseError, NormaliseOptions, Session, renormalise_some},
    migrator::{Migrator, MigratorError, connect::open},
    models::{Model, other_schemas, read},
    schema::{DataType, Database},
};

/// How a comparison is made.
#[derive(Clone, Debug, Default)]
pub struct CompareOptions {
    /// What has been decided beforehand.
    pub decisions: Decisions,
    /// Who says what the model means.
    pub normalise: Normalise,
    /// Where the model is built; `None` for what the settings say, or else a place beside the database.
    pub scratch_url: Option<DatabaseUrl>,
    /// Whether the rows there are are looked at.
    pub look_at_rows: bool,
}

impl Migrator<'_, '_> {
    /// What the database has, without what the project leaves alone: its default schema and `schemas`, those of the
    /// settings when none are named. Writes nothing.
    ///
    /// # Errors
    /// [`MigratorError::Inspect`] when the catalogue cannot be read.
    pub async fn inspect(&mut self, schemas: &[String]) -> Result<Database, MigratorError> {
        let settings = self.project.settings();
        let schemas = match schemas.is_empty() {
            true => settings.schemas.as_slice(),
            false => schemas,
        };
        let language = self.session.server().language();
        let mut database = read(language.as_ref(), &mut self.session, schemas).await?;
        leave_out(&mut database, settings);
        leave_out_roles(&mut database, &settings.exclude);
        sort(&mut database);
        Ok(database)
    }

    /// The schemas that the database has beside its default one.
    ///
    /// # Errors
    /// [`MigratorError::Inspect`] when the catalogue cannot be read.
    pub async fn other_schemas(&mut self) -> Result<Vec<String>, MigratorError> {
        let language = self.session.server().language();
        Ok(other_schemas(language.as_ref(), &mut self.session).await?)
    }

    /// Refuses a database that lacks a revision: what it lacks would be generated a second time.
    ///
    /// # Errors
    /// [`MigratorError::NotUpToDate`].
    pub async fn check_up_to_date(&mut self) -> Result<(), MigratorError> {
        self.project.check_complete()?;
        let rows = self.rows().await?;
        self.project.check_rows(&rows)?;
        match self.project.graph().is_at_heads(&rows) {
            true => Ok(()),
            false => Err(MigratorError::NotUpToDate),
        }
    }

    /// Compares the database with a model. Nothing that exists is changed: where the engine is asked what the model means,
    /// it is built on a scratch place.
    ///
    /// # Errors
    /// When the model cannot be read or built, or the database cannot be read.
    pub async fn difference(
        &mut self,
        model: &Model,
        options: &CompareOptions,
    ) -> Result<Difference, MigratorError> {
        let settings = self.project.settings();
        // A schema that only the database has is somebody else's: what the settings or the model name is the project's.
        let ask = NormaliseOptions {
            schemas: settings.schemas.clone(),
            off: options.normalise == Normalise::Off,
        };
        let language = self.session.server().language();
        let mut actual = read(language.as_ref(), &mut self.session, &settings.schemas).await?;
        let configured = settings.scratch_url()?;
        let wanted = match options.scratch_url.as_ref().or(configured) {
            Some(url) if !ask.off => {
                let nothing = Database::default();
                normalise_without_refused(&mut open(url).await?, model, &ask, &nothing).await
            }
            _ => normalise_without_refused(&mut self.session, model, &ask, &actual).await,
        };
        let (mut wanted, refused) = wanted.map_err(MigratorError::from)?;
        leave_out(&mut wanted, settings);
        let mut managed: Vec<String> = settings.schemas.clone();
        managed.extend(
            wanted
                .schemas
                .iter()
                .map(|schema| schema.name.as_str().to_owned()),
        );
        if managed.iter().any(|name| !settings.schemas.contains(name)) {
            actual = read(language.as_ref(), &mut self.session, &managed).await?;
        }
        leave_out(&mut actual, settings);
        want_roles_as_is(&mut wanted, &actual, &settings.exclude);
        let declared = match model {
            Model::Declared(stated) => {
                let mut stated = stated.clone();
                leave_out(&mut stated, settings);
                Some(stated)
            }
            _ => None,
        };
        let mut uncompared: Vec<String> = refused.iter().map(ToString::to_string).collect();
        let has_privileges = language.name() != DialectName::Sqlite;
        if has_privileges && wanted.grants.is_some() && actual.grants.is_none() {
            let unknown = "privileges: this account may not read what is granted";
            uncompared.push(unknown.to_owned());
        }
        if let Some(declared) = &declared {
            want_as_is(&mut wanted, declared, &actual, refused);
        }
        let mut difference = Difference {
            language,
            actual,
            wanted,
            declared,
            decisions: options.decisions.clone(),
            findings: None,
            insisted: Vec::new(),
            uncompared,
            known: KnownWays::default(),
        };
        difference.hint(&model.renames().map_err(NormaliseError::Model)?);
        if !ask.off {
            print_again(&mut self.session, &mut difference, settings, false).await?;
        }
        if options.look_at_rows {
            self.look_at_rows(&mut difference).await;
        }
        Ok(difference)
    }

    /// Counts the rows that each hazard of the way up concerns, and those of tables whose new column is filled.
    pub async fn look_at_rows(&mut self, difference: &mut Difference) {
        let comparison = difference.upgrade();
        let language = self.session.server().language();
        let sides = (&difference.actual, &comparison);
        let mut fills = difference.decisions.fills.clone();
        fill::divide(language.as_ref(), &mut self.session, sides, &mut fills).await;
        difference.decisions.fills = fills;
        let actual = &difference.actual;
        let found = finding::look(language.as_ref(), &mut self.session, actual, &comparison).await;
        difference.findings = Some(found);
    }
}

/// Some texts come out differently when their database reads them a second time, without meaning anything else. Where texts
/// differ, what there is is read the same way as the model was; so is what is wanted, if it was `read`, too.
pub(super) async fn print_again(
    session: &mut Session<'_>,
    difference: &mut Difference,
    settings: &Settings,
    read: bool,
) -> Result<(), MigratorError> {
    let sides: &[Side] = match read {
        true => &[Side::Actual, Side::Wanted],
        false => &[Side::Actual],
    };
    for side in sides {
        let comparison = difference.upgrade();
        if !has_other_texts(&comparison) {
            return Ok(());
        }
        let touched = comparison.operations();
        let touched = touched.filter_map(|operation| operation.table().cloned());
        let touched = touched.collect();
        let again = renormalise_some(session, side.of(difference), &touched).await;
        let mut again = match again {
            Ok(again) => again,
            // What exists cannot be built anew, for instance without the rights on what it uses: it stays as it was read.
            Err(NormaliseError::Statement { .. } | NormaliseError::Model(_)) => continue,
            Err(error) => return Err(error.into()),
        };
        leave_out(&mut again, settings);
        let count = |comparison: Comparison| comparison.detected().count();
        let before = count(comparison);
        let as_read = std::mem::replace(side.of(difference), again);
        difference.known.forget();
        if count(difference.upgrade()) >= before {
            *side.of(difference) = as_read;
            difference.known.forget();
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Side {
    Actual,
    Wanted,
}

impl Side {
    fn of(self, difference: &mut Difference) -> &mut Database {
        match self {
            Side::Actual => &mut difference.actual,
            Side::Wanted => &mut difference.wanted,
        }
    }
}

/// By name, so that two looks at the same database read the same, whatever order its catalogue has.
fn sort(database: &mut Database) {
    database.tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in &mut database.tables {
        table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    }
    database.enums.sort_by(|a, b| a.name.cmp(&b.name));
    database.domains.sort_by(|a, b| a.name.cmp(&b.name));
    database.sequences.sort_by(|a, b| a.name.cmp(&b.name));
    database.views.sort_by(|a, b| a.name.cmp(&b.name));
    database
        .materialized_views
        .sort_by(|a, b| a.name.cmp(&b.name));
    database
        .routines
        .sort_by(|a, b| (&a.name, &a.signature).cmp(&(&b.name, &b.signature)));
    database
        .triggers
        .sort_by(|a, b| (&a.table, &a.name).cmp(&(&b.table, &b.name)));
    database
        .policies
        .sort_by(|a, b| (&a.table, &a.name).cmp(&(&b.table, &b.name)));
}

/// Whether something is there on both sides and said differently, in words that an engine may print in another way when it
/// reads them again.
fn has_other_texts(comparison: &Comparison) -> bool {
    comparison.changes.iter().any(|change| {
        change.what.iter().any(has_text)
            || (change.what.is_empty() && !change.operations.is_empty())
    })
}

/// Types count where they are text; the engine has one name for every other.
fn has_text(what: &Detected) -> bool {
    match what {
        Detected::Added { .. }
        | Detected::Removed { .. }
        | Detected::Renamed { .. }
        | Detected::Nullable { .. }
        | Detected::Autoincrement { .. }
        | Detected::ColumnComment { .. }
        | Detected::TableComment { .. }
        | Detected::RowSecurity { .. } => false,
        Detected::Type { from, to, .. } => is_text(from) || is_text(to),
        _ => true,
    }
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Custom(_) => true,
        DataType::Array(array) => is_text(&array.item),
        DataType::Modelled(model) => is_text(&model.data_type),
        DataType::Variants { base, by_dialect } => {
            is_text(base) || by_dialect.values().any(is_text)
        }
        _ => false,
    }
}

/// The session of a migrator, for what stands beside a comparison.
impl<'c> Migrator<'_, 'c> {
    /// The connection, lent for what a front end asks of the database itself.
    pub fn session_mut(&mut self) -> &mut Session<'c> {
        &mut self.session
    }
}
