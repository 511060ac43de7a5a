//! What `context.configure(…)` says about rendering.

/// How Python text is written. The defaults are Alembic's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PythonSettings {
    /// What stands before SQLAlchemy's names, with its dot.
    pub sqlalchemy_module_prefix: String,
    /// What stands before the names of directives, with its dot.
    pub alembic_module_prefix: String,
    /// What stands before types of the project's own, with its dot; without it, the module that defines them.
    pub user_module_prefix: Option<String>,
    /// Whether the script imports the modules of the project's own types; Alembic leaves that to the template.
    pub imports_user_types: bool,
    /// Puts what changes one table into a block of `batch_alter_table`.
    pub render_as_batch: bool,
    /// How many arguments `create_table` gets before they are passed as a list.
    pub most_arguments: usize,
}

impl Default for PythonSettings {
    fn default() -> Self {
        PythonSettings {
            sqlalchemy_module_prefix: "sa.".to_owned(),
            alembic_module_prefix: "op.".to_owned(),
            user_module_prefix: None,
            imports_user_types: false,
            render_as_batch: false,
            most_arguments: 255,
        }
    }
}
