//! Scripts on their way through env.py's functions and to their text.

use std::collections::{BTreeMap, BTreeSet};

use limbeck::{
    dialect::Dialect,
    operation::Operation,
    render::{
        DialectText, Item, PythonRenderer, PythonSettings, RenderError, RenderItem, Rendered,
        SqlText, Step,
    },
    script::write::PythonContent,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{CompareSettings, final_names};

/// What is to be done on one database.
#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    /// What the command line says of the script.
    pub script: ProposedScript,
    /// The heads that the database is at.
    pub heads: Vec<String>,
    /// The way up.
    pub upgrade: Vec<ProposedOperation>,
    /// The way down.
    pub downgrade: Vec<ProposedOperation>,
}

/// The arguments of `alembic.operations.ops.MigrationScript`.
#[derive(Clone, Debug, Serialize)]
pub struct ProposedScript {
    /// Its id.
    pub rev_id: String,
    /// What it is for.
    pub message: Option<String>,
    /// What it follows.
    pub head: Option<String>,
    /// Whether it may follow what is no head.
    pub splice: bool,
    /// Its branch label.
    pub branch_label: Option<String>,
    /// Its directory.
    pub version_path: Option<String>,
    /// What it needs.
    pub depends_on: Option<Vec<String>>,
}

/// An operation, and its SQL where Alembic has no class for it.
#[derive(Clone, Debug, Serialize)]
pub struct ProposedOperation {
    /// The operation.
    pub operation: Operation,
    /// The statements that do it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sql: Vec<String>,
    /// What undoes it, where Alembic has no class for it and something does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverse: Option<Box<ProposedOperation>>,
}

impl Proposal {
    /// A proposal of the operations up and down, in the words of a dialect.
    pub fn new(
        script: ProposedScript,
        heads: Vec<String>,
        upgrade: Vec<Operation>,
        downgrade: Vec<Operation>,
        dialect: &dyn Dialect,
    ) -> Self {
        let proposed = |operations: Vec<Operation>, is_back: bool| {
            let operations = operations.into_iter().map(|mut operation| {
                final_names::mark(&mut operation, is_back);
                ProposedOperation::new(operation, dialect)
            });
            operations.collect()
        };
        Proposal {
            script,
            heads,
            upgrade: proposed(upgrade, false),
            downgrade: proposed(downgrade, true),
        }
    }
}

impl ProposedOperation {
    fn new(operation: Operation, dialect: &dyn Dialect) -> Self {
        if has_class(&operation) {
            return ProposedOperation {
                operation,
                sql: Vec::new(),
                reverse: None,
            };
        }
        let reverse = operation.reverse().ok().map(|reverse| {
            Box::new(ProposedOperation {
                sql: statements(&reverse, dialect),
                operation: reverse,
                reverse: None,
            })
        });
        ProposedOperation {
            sql: statements(&operation, dialect),
            operation,
            reverse,
        }
    }
}

/// Whether Alembic has a class for it.
fn has_class(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::CreateTable(_)
            | Operation::DropTable(_)
            | Operation::RenameTable(_)
            | Operation::SetTableComment(_)
            | Operation::AddColumn(_)
            | Operation::DropColumn(_)
            | Operation::AlterColumn(_)
            | Operation::AddConstraint(_)
            | Operation::DropConstraint(_)
            | Operation::CreateIndex(_)
            | Operation::DropIndex(_)
            | Operation::Execute(_)
    )
}

/// The SQL of what Alembic has no class for.
fn statements(operation: &Operation, dialect: &dyn Dialect) -> Vec<String> {
    let statements = dialect.statements(operation, limbeck::dialect::Values::Literal);
    // What the dialect cannot say is refused when the script is rendered, with the operation's name.
    let statements = statements.unwrap_or_default().into_iter();
    statements.map(|statement| statement.sql).collect()
}

/// All scripts of a command, as env.py's functions have left them.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Drafts {
    /// The scripts, in order; none when a function has thrown them away.
    pub scripts: Vec<Draft>,
    /// What env.py gives to the template.
    #[serde(default)]
    pub variables: Map<String, Value>,
}

/// One script.
#[derive(Clone, Debug, Deserialize)]
pub struct Draft {
    /// Its id.
    pub rev_id: String,
    /// What it is for.
    #[serde(default)]
    pub message: Option<String>,
    /// What it follows.
    #[serde(default)]
    pub head: Option<String>,
    /// Whether it may follow what is no head.
    #[serde(default)]
    pub splice: bool,
    /// Its branch labels.
    #[serde(default)]
    pub branch_label: Vec<String>,
    /// Its directory.
    #[serde(default)]
    pub version_path: Option<String>,
    /// What it needs.
    #[serde(default)]
    pub depends_on: Vec<String>,
    /// The bodies of `upgrade()`: one for each database.
    pub upgrades: Vec<DraftBody>,
    /// The bodies of `downgrade()`.
    pub downgrades: Vec<DraftBody>,
    /// What `render_item` says.
    #[serde(default)]
    pub items: Vec<RenderedItem>,
    /// Import lines that functions have asked for.
    #[serde(default)]
    pub imports: BTreeSet<String>,
}

/// What a function of the script does.
#[derive(Clone, Debug, Deserialize)]
pub struct DraftBody {
    /// Its name in the template, such as `upgrades`.
    pub token: String,
    /// What it does.
    pub steps: Vec<DraftStep>,
}

/// One thing that it does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftStep {
    /// An operation.
    Operation(Operation),
    /// Lines of a renderer of the project's own.
    Text(Vec<String>),
}

/// A part that `render_item` writes in its own way.
#[derive(Clone, Debug, Deserialize)]
pub struct RenderedItem {
    /// What it is: `type`, `column`, `server_default` or `constraint`.
    pub kind: String,
    /// The part.
    pub item: Value,
    /// Its text; `None` leaves it out.
    pub text: Option<String>,
}

impl Draft {
    /// Whether nothing is done, up or down.
    pub fn is_empty(&self) -> bool {
        let bodies = self.upgrades.iter().chain(&self.downgrades);
        bodies.into_iter().all(|body| body.steps.is_empty())
    }

    /// The operations of the way up, as far as they are the engine's.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        let steps = self.upgrades.iter().flat_map(|body| &body.steps);
        steps.filter_map(|step| match step {
            DraftStep::Operation(operation) => Some(operation),
            DraftStep::Text(_) => None,
        })
    }

    /// What the template is filled in with. `languages` and `notes` belong to the functions by their names in the template:
    /// the dialect that each is for, and lines that stand before what it does. `template` is the template's text: what it
    /// imports itself is not imported again.
    ///
    /// # Errors
    /// [`RenderError`] when an operation has no directive and no statement.
    pub fn content(
        &self,
        settings: &CompareSettings,
        languages: &BTreeMap<String, Box<dyn Dialect>>,
        notes: &BTreeMap<String, Vec<String>>,
        template: &str,
        variables: &Map<String, Value>,
    ) -> Result<PythonContent, RenderError> {
        let python = PythonSettings {
            sqlalchemy_module_prefix: settings.sqlalchemy_module_prefix.clone(),
            alembic_module_prefix: settings.alembic_module_prefix.clone(),
            user_module_prefix: settings.user_module_prefix.clone(),
            render_as_batch: settings.render_as_batch,
            imports_user_types: true,
            ..PythonSettings::default()
        };
        let items = Items::new(&self.items);
        let mut content = PythonContent {
            variables: variables.clone(),
            imports: self.imports.clone(),
            ..PythonContent::default()
        };
        for body in self.upgrades.iter().chain(&self.downgrades) {
            let sql = languages.get(&body.token);
            let sql = sql.map(|dialect| DialectText(dialect.as_ref()));
            let renderer = PythonRenderer {
                settings: Some(&python),
                sql: sql.as_ref().map(|sql| sql as &dyn SqlText),
                items: Some(&items),
            };
            let mut steps: Vec<Step> = Vec::new();
            if let Some(lines) = notes.get(&body.token)
                && !body.steps.is_empty()
                && !lines.is_empty()
            {
                steps.push(Step::Lines(lines.clone()));
            }
            steps.extend(body.steps.iter().cloned().map(Step::from));
            let written = renderer.steps(&steps)?;
            content.bodies.insert(body.token.clone(), written.text);
            content.imports.extend(written.imports);
        }
        let has_itself: BTreeSet<&str> = template.lines().map(str::trim_end).collect();
        content
            .imports
            .retain(|line| !has_itself.contains(line.as_str()));
        Ok(content)
    }
}

impl From<DraftStep> for Step {
    fn from(step: DraftStep) -> Self {
        match step {
            DraftStep::Operation(operation) => Step::Operation(operation),
            DraftStep::Text(lines) => Step::Lines(lines),
        }
    }
}

/// What `render_item` has answered, by the part it was asked about.
struct Items<'a> {
    items: Vec<(&'a str, String, Option<&'a str>)>,
}

impl<'a> Items<'a> {
    fn new(items: &'a [RenderedItem]) -> Self {
        let items = items.iter().filter_map(|item| {
            let part = canonical(&item.kind, &item.item)?;
            Some((item.kind.as_str(), part, item.text.as_deref()))
        });
        Items {
            items: items.collect(),
        }
    }
}

/// A part as the engine itself writes it out, whichever way Python wrote it.
fn canonical(kind: &str, item: &Value) -> Option<String> {
    fn through<T: serde::de::DeserializeOwned + Serialize>(item: &Value) -> Option<String> {
        let part: T = serde_json::from_value(item.clone()).ok()?;
        serde_json::to_string(&part).ok()
    }
    match kind {
        "type" => through::<limbeck::schema::DataType>(item),
        "column" => through::<limbeck::schema::Column>(item),
        "server_default" => through::<limbeck::schema::ColumnDefault>(item),
        "constraint" => through::<limbeck::schema::Constraint>(item),
        _ => None,
    }
}

impl RenderItem for Items<'_> {
    fn render(&self, item: Item<'_>) -> Rendered {
        if self.items.is_empty() {
            return Rendered::Usual;
        }
        let (kind, part) = match item {
            Item::Type(part) => ("type", serde_json::to_string(part)),
            Item::Column(part) => ("column", serde_json::to_string(part)),
            Item::Default(part) => ("server_default", serde_json::to_string(part)),
            Item::Constraint(part) => ("constraint", serde_json::to_string(part)),
        };
        let Ok(part) = part else {
            return Rendered::Usual;
        };
        let found = self
            .items
            .iter()
            .find(|(asked, known, _)| *asked == kind && *known == part);
        match found {
            None => Rendered::Usual,
            Some((_, _, None)) => Rendered::Omitted,
            Some((_, _, Some(text))) => Rendered::Text {
                text: (*text).to_owned(),
                imports: Vec::new(),
            },
        }
    }
}
