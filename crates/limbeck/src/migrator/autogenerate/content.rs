//! The text of a `.sql` revision: the statements of both ways, what to mind, and what is left to decide.

use super::{
    Difference, Finding, fill,
    way::{Way, no_value, one_line},
};
use crate::{
    dialect::{Dialect, DialectName, dialect},
    diff::{Change, Comparison, Hazard},
    render::sql_script,
    schema::{Identifier, QualifiedName},
    script::{
        Direction,
        write::{SqlContent, SqlPart},
    },
};

impl Difference {
    /// The sections of a `.sql` revision for the database's own dialect, or for several. What a dialect cannot say, what may
    /// be a rename, and what lacks a value is left to be decided in the text; the script does not run before.
    pub fn sql_content(&self, dialects: &[DialectName]) -> SqlContent {
        SqlContent {
            upgrade: self.parts(Direction::Upgrade, dialects),
            downgrade: self.parts(Direction::Downgrade, dialects),
        }
    }

    fn parts(&self, direction: Direction, dialects: &[DialectName]) -> Vec<SqlPart> {
        let mut parts: Vec<SqlPart> = Vec::new();
        let own = [self.language.name()];
        let names = if dialects.is_empty() { &own } else { dialects };
        for name in names {
            let text = match *name == self.language.name() {
                true => self.text(direction, self.language.as_ref()),
                false => self.text(direction, dialect(*name, None).as_ref()),
            };
            match parts.iter_mut().find(|part| part.text == text) {
                Some(part) => part.dialects.push(*name),
                None => parts.push(SqlPart {
                    dialects: vec![*name],
                    text,
                }),
            }
        }
        // One text for all is for whatever database comes.
        if let [only] = parts.as_mut_slice() {
            only.dialects.clear();
        }
        parts
    }

    fn text(&self, direction: Direction, language: &dyn Dialect) -> String {
        let way = self.way(direction);
        let writer = Writer {
            language,
            way: &way,
            up: direction == Direction::Upgrade,
        };
        let mut text = missing(&way.unfilled);
        let apart = writer.blocks(&way.apart);
        text.push_str(&match &way.renamed {
            None => apart.join("\n"),
            Some(renamed) => choice(&way, &writer.blocks(renamed), &apart),
        });
        text
    }
}

/// Writes the changes of one direction for one dialect.
struct Writer<'a> {
    language: &'a dyn Dialect,
    way: &'a Way,
    up: bool,
}

impl Writer<'_> {
    /// The text of each change that has any.
    fn blocks(&self, comparison: &Comparison) -> Vec<String> {
        let blocks = comparison.changes.iter().map(|change| self.block(change));
        blocks.filter(|block| !block.is_empty()).collect()
    }

    fn block(&self, change: &Change) -> String {
        let mut text = String::new();
        for hazard in &change.hazards {
            let known = self.way.findings.iter().find(|one| one.hazard == *hazard);
            let finding = known.cloned();
            let finding = finding.unwrap_or_else(|| Finding::unknown(hazard.clone()));
            if self.is_worth_a_line(&finding) {
                text.push_str(&format!("-- Careful: {}.\n", one_line(&finding)));
            }
        }
        for operation in &change.operations {
            match sql_script(self.language, std::slice::from_ref(operation)) {
                Ok(statements) => text.push_str(&statements),
                Err(error) => {
                    let reason = one_line(&error);
                    text.push_str(&format!("-- limbeck: undecided because {reason}\n"));
                }
            }
        }
        text
    }

    /// On the way back everybody knows that what was made goes away again.
    fn is_worth_a_line(&self, finding: &Finding) -> bool {
        let drops = matches!(
            finding.hazard,
            Hazard::DropsTable { .. } | Hazard::DropsColumn { .. }
        );
        !drops || self.up
    }
}

/// What keeps the script from running while columns lack a value.
fn missing(columns: &[(QualifiedName, Identifier)]) -> String {
    match columns.is_empty() {
        true => String::new(),
        false => format!(
            "-- limbeck: undecided because {}\n\
             -- Write one below instead of each {} and delete the line above.\n\n",
            no_value(columns),
            fill::PLACEHOLDER
        ),
    }
}

/// Both possibilities, and around them what is the same in both.
fn choice(way: &Way, renamed: &[String], apart: &[String]) -> String {
    let same_start = renamed
        .iter()
        .zip(apart)
        .take_while(|(one, other)| one == other)
        .count();
    let (start, renamed) = renamed.split_at(same_start);
    let (_, apart) = apart.split_at(same_start);
    let same_end = renamed
        .iter()
        .rev()
        .zip(apart.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let (renamed, end) = renamed.split_at(renamed.len() - same_end);
    let (apart, _) = apart.split_at(apart.len() - same_end);
    let (was, it) = match way.candidates.as_slice() {
        [_] => ("it was", "its"),
        _ => ("they were", "their"),
    };
    let choice = format!(
        "-- limbeck: undecided because {}\n\
         -- Keep one of the two parts and delete the other, the line above and these. Or delete this file and write it\n\
         -- again with {}, or with --accept-drop.\n\n\
         -- EITHER {was} renamed, and what is stored stays:\n\
         {}\n\
         -- OR {was} dropped with all that is stored, and something new has taken {it} place:\n\
         {}{}\n\
         -- The end of the two parts.\n",
        way.possible_renames().unwrap_or_default(),
        way.rename_options(),
        renamed.join("\n"),
        missing(&way.unfilled_apart),
        apart.join("\n"),
    );
    let mut blocks: Vec<&str> = start.iter().map(String::as_str).collect();
    blocks.push(&choice);
    blocks.extend(end.iter().map(String::as_str));
    blocks.join("\n")
}
