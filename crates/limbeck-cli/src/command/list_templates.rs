//! `list_templates`: what `init` can make.

use limbeck::script::write::{TEMPLATES, alembic_templates};

use crate::{
    answer::{ListTemplatesAnswer, TemplateSummary},
    arguments::ListTemplates,
    command::Context,
    error::CommandError,
    exit_code, program,
};

pub(super) fn run(_options: &ListTemplates, context: &Context) -> Result<u8, CommandError> {
    context.output.answer(&ListTemplatesAnswer {
        templates: TEMPLATES
            .into_iter()
            .chain(alembic_templates())
            .map(|(name, description)| TemplateSummary {
                name: name.to_owned(),
                description: description.to_owned(),
            })
            .collect(),
        program: program::name(),
    });
    Ok(exit_code::OK)
}
