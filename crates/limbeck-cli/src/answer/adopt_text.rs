//! Text of the answer of `adopt`.

use std::fmt::Write;

use super::{
    AdoptAnswer, AdoptedDatabase, AdoptedEnvironment, AdoptedScript, Agreement, Answer,
    MissingName, Question, Runs,
};

/// How many names the summary tells.
const NAMES: usize = 5;

impl Answer for AdoptAnswer {
    fn text(&self) -> String {
        let mut text = String::new();
        self.configuration_text(&mut text);
        if let Some(environment) = &self.environment {
            environment_text(&mut text, environment);
        }
        self.scripts_text(&mut text);
        self.python_text(&mut text);
        for database in &self.databases {
            database_text(&mut text, database);
        }
        for agreement in &self.alembic {
            agreement_text(&mut text, agreement);
        }
        if self.problems.is_empty() {
            text.push_str("\nEverything works as it is.\n");
        } else {
            text.push_str("\nThis would not work:\n");
            for problem in &self.problems {
                let _ = writeln!(text, "  {problem}");
            }
        }
        text
    }
}

fn line(text: &mut String, label: &str, said: impl std::fmt::Display) {
    let label = match label {
        "" => String::new(),
        label => format!("{label}:"),
    };
    let _ = writeln!(text, "{label:<14} {said}");
}

fn need(missing: &MissingName) -> String {
    let MissingName {
        name,
        imported_at,
        reason,
    } = missing;
    match reason {
        Some(reason) => format!("{name} ({imported_at}; {reason})"),
        None => format!("{name} ({imported_at})"),
    }
}

fn runs(runs: Runs) -> &'static str {
    match runs {
        Runs::Natively => "native",
        Runs::ProjectPython => "project's Python",
        Runs::Nowhere => "cannot run",
    }
}

impl AdoptAnswer {
    fn configuration_text(&self, text: &mut String) {
        let found = &self.configuration;
        let files: Vec<String> = found
            .files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let section = match &found.section {
            Some(section) => format!(", section [{section}]"),
            None => String::new(),
        };
        line(
            text,
            "Configuration",
            format_args!("{}{section}", files.join(", ")),
        );
        for location in &found.version_locations {
            line(text, "Scripts", location.display());
        }
    }

    fn scripts_text(&self, text: &mut String) {
        let count = |wanted: Runs| {
            let scripts = self.scripts.iter();
            scripts.filter(|script| script.runs == wanted).count()
        };
        let needing = self.scripts.iter();
        let needing = needing.filter(|script| !script.needs.is_empty()).count();
        let broken = self.scripts.iter();
        let broken = broken.filter(|script| script.error.is_some()).count();
        let mut summary = format!("{}: {} native", self.scripts.len(), count(Runs::Natively));
        if needing > 0 {
            let verb = if needing == 1 { "needs" } else { "need" };
            let _ = write!(summary, ", {needing} {verb} {}", self.names());
        }
        if broken > 0 {
            let _ = write!(summary, ", {broken} cannot be loaded");
        }
        line(text, "Revisions", summary);
        if self.verbose {
            for script in &self.scripts {
                script_text(text, script);
            }
        }
    }

    /// The names that scripts need, those that most need first.
    fn names(&self) -> String {
        let mut counted: Vec<(&str, usize)> = Vec::new();
        for missing in self.scripts.iter().flat_map(|script| &script.needs) {
            match counted.iter_mut().find(|(name, _)| *name == missing.name) {
                Some((_, count)) => *count += 1,
                None => counted.push((&missing.name, 1)),
            }
        }
        counted.sort_by(|(_, one), (_, other)| other.cmp(one));
        let told: Vec<&str> = counted.iter().take(NAMES).map(|(name, _)| *name).collect();
        let told = told.join(", ");
        match counted.len().saturating_sub(NAMES) {
            0 => told,
            more => format!("{told} and {more} more"),
        }
    }

    fn python_text(&self, text: &mut String) {
        match &self.python.description {
            Some(description) => line(text, "Python", description),
            None => line(text, "Python", "none with Alembic was found"),
        }
        if self.verbose || self.python.program.is_none() {
            for tried in &self.python.tried {
                line(text, "", tried);
            }
        }
    }
}

fn environment_text(text: &mut String, environment: &AdoptedEnvironment) {
    let said = match (environment.runs, &environment.error) {
        (Runs::Natively, _) => "read natively".to_owned(),
        (Runs::ProjectPython, _) => "run by the project's Python".to_owned(),
        (Runs::Nowhere, Some(error)) => error.clone(),
        (Runs::Nowhere, None) => "cannot be run".to_owned(),
    };
    line(text, "env.py", said);
    for missing in &environment.needs {
        line(text, "", format_args!("needs {}", need(missing)));
    }
}

fn script_text(text: &mut String, script: &AdoptedScript) {
    let name = match &script.revision {
        Some(revision) => revision.clone(),
        None => script.path.display().to_string(),
    };
    line(text, "", format_args!("{name}: {}", runs(script.runs)));
    for missing in &script.needs {
        line(text, "", format_args!("  needs {}", need(missing)));
    }
    let told = script.traceback.as_ref().or(script.error.as_ref());
    for told in told.iter().flat_map(|told| told.lines()) {
        line(text, "", format_args!("  {told}"));
    }
}

fn database_text(text: &mut String, database: &AdoptedDatabase) {
    let address = database.database.as_deref().unwrap_or("not known");
    let place = match (&database.error, database.pending) {
        (Some(error), _) => error.clone(),
        (None, _) if !database.unknown_rows.is_empty() => format!(
            "at {}, of which there is no script",
            database.unknown_rows.join(", ")
        ),
        (None, Some(0)) => "at all heads".to_owned(),
        (None, Some(pending)) if database.rows.is_empty() => {
            format!("without version rows, {pending} pending")
        }
        (None, Some(pending)) => format!("at {}, {pending} pending", database.rows.join(", ")),
        (None, None) if database.rows.is_empty() => "without version rows".to_owned(),
        (None, None) => format!("at {}", database.rows.join(", ")),
    };
    line(text, "Database", format_args!("{address}: {place}"));
    let mut set = Vec::new();
    if let Some(table) = &database.version_table {
        set.push(format!("version table {table}"));
    }
    if let Some(transaction) = &database.transaction {
        set.push(match transaction.as_str() {
            "run" => "one transaction".to_owned(),
            "revision" => "a transaction per revision".to_owned(),
            _ => "no transactions".to_owned(),
        });
    }
    if database.batch {
        set.push("batch mode".to_owned());
    }
    if database.include_schemas {
        set.push("all schemas".to_owned());
    }
    set.extend(database.callbacks.iter().cloned());
    if !set.is_empty() {
        line(text, "", set.join(", "));
    }
}

fn agreement_text(text: &mut String, agreement: &Agreement) {
    let question = match agreement.question {
        Question::Heads => "heads",
        Question::History => "history",
        Question::Current => "current",
    };
    if let Some(reason) = &agreement.not_asked {
        line(
            text,
            "Alembic",
            format_args!("{question} not compared: {reason}"),
        );
        return;
    }
    if agreement.only_alembic.is_empty() && agreement.only_limbeck.is_empty() {
        line(
            text,
            "Alembic",
            format_args!("agrees on {question} ({})", agreement.same),
        );
        return;
    }
    line(text, "Alembic", format_args!("differs in {question}"));
    for only in &agreement.only_alembic {
        line(text, "", format_args!("only Alembic: {only}"));
    }
    for only in &agreement.only_limbeck {
        line(text, "", format_args!("only Limbeck: {only}"));
    }
}
