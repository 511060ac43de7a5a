//! Any two schemas compared, wherever they are.

use super::{
    CompareOptions, Difference, Normalise,
    compare::print_again,
    leave_out::{leave_out, want_roles_as_is},
    open_model,
};
use crate::{
    config::{DatabaseUrl, ModelLocation, Settings},
    migrate::{NormaliseError, NormaliseOptions, normalise_beside},
    migrator::{MigratorError, connect::open, open_to_read},
    models::Model,
    schema::Database,
};

/// Compares what is at two places. A text only means something to a database: the one of `options`, else that of a side
/// which is one, else `beside`. What `settings` leave alone is left out of both.
///
/// # Errors
/// When a side cannot be read or built; [`MigratorError::NoHost`] when there is no database.
pub async fn compare_places(
    from: &ModelLocation,
    to: &ModelLocation,
    beside: Option<&DatabaseUrl>,
    settings: &Settings,
    options: &CompareOptions,
) -> Result<Difference, MigratorError> {
    let url_of = |place: &ModelLocation| match place {
        ModelLocation::Database(url) => url.as_ref().as_ref().ok().cloned(),
        ModelLocation::Path(_) => None,
    };
    let (actual, wanted) = (open_model(from).await?, open_model(to).await?);
    let off = options.normalise == Normalise::Off;
    let scratch = options.scratch_url.as_ref().filter(|_| !off);
    let host = match scratch {
        Some(url) => Some(url.clone()),
        None => url_of(from)
            .or_else(|| url_of(to))
            .or_else(|| beside.cloned()),
    };
    let host = host.ok_or(MigratorError::NoHost)?;
    let mut session = match scratch {
        Some(url) => open(url).await?,
        None => open_to_read(&host).await?,
    };
    let mut schemas = settings.schemas.clone();
    for model in [&actual, &wanted] {
        if let Model::Read { schema, .. } = model {
            schemas.extend(
                schema
                    .schemas
                    .iter()
                    .map(|one| one.name.as_str().to_owned()),
            );
        }
    }
    schemas.sort();
    schemas.dedup();
    let ask = NormaliseOptions { schemas, off };
    let hints = wanted.renames().map_err(NormaliseError::Model)?;
    let is_read = |model: &Model| matches!(model, Model::Read { .. });
    let read = (is_read(&actual), is_read(&wanted));
    let nothing = Database::default();
    let mut actual = normalise_beside(&mut session, &actual, &ask, &nothing).await?;
    // Both are described by the same server, so what one has need not be built for the other.
    let mut wanted = normalise_beside(&mut session, &wanted, &ask, &actual).await?;
    leave_out(&mut actual, settings);
    leave_out(&mut wanted, settings);
    want_roles_as_is(&mut wanted, &actual, &settings.exclude);
    let language = session.server().language();
    let decisions = options.decisions.clone();
    let mut difference = Difference::between(language, actual, wanted, decisions);
    difference.hint(&hints);
    if !off && (read.0 || read.1) {
        print_again(&mut session, &mut difference, settings, read.1).await?;
    }
    Ok(difference)
}
