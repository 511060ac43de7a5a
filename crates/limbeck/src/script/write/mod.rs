//! Writing: new scripts, their names and ids, the hooks that run on them, new projects.
//!
//! Must not know the graph: which revisions the new one follows has been decided by the caller. Nothing is printed and no
//! file is ever overwritten.

mod alembic_project;
mod date;
mod error;
mod file_name;
mod hook;
mod id;
mod mako;
mod percent;
mod place;
mod project;
mod python;
mod python_content;
mod script;
mod sql;
mod sql_content;
mod template;

pub use self::{
    alembic_project::{NewAlembicProject, alembic_templates, create_alembic_project},
    date::CreateDate,
    error::WriteError,
    file_name::{FileNameRules, slug},
    hook::{Hook, HookError, HookKind, HookOutput, run_hook},
    id::{LONGEST_ID, check_revision_id, new_revision_id},
    place::choose_directory,
    project::{Created, CreatedKind, NewProject, ProjectError, TEMPLATES, create_project},
    python_content::PythonContent,
    script::{NewScript, Written, write_script},
    sql_content::{SqlContent, SqlPart},
    template::{PythonTemplate, TemplateEngine},
};

#[cfg(test)]
mod tests;
