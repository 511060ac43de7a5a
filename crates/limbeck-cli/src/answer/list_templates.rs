//! Answer of `list_templates`.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// The templates that `init` knows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListTemplatesAnswer {
    /// In the order in which they are listed.
    pub templates: Vec<TemplateSummary>,
    /// The name the command was called by.
    #[serde(skip)]
    pub program: String,
}

/// One template.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TemplateSummary {
    /// Name for `init --template`.
    pub name: String,
    /// What it is for.
    pub description: String,
}

impl Answer for ListTemplatesAnswer {
    fn text(&self) -> String {
        let mut text = "Available templates:\n\n".to_owned();
        for template in &self.templates {
            let _ = writeln!(text, "{} - {}", template.name, template.description);
        }
        let first = self
            .templates
            .first()
            .map_or("", |template| template.name.as_str());
        let _ = write!(
            text,
            "\nTemplates are used via the 'init' command, e.g.:\n\n  {} init --template {first} ./scripts\n",
            self.program
        );
        text
    }
}
