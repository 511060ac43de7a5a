//! The text of a table as a new table's is written: the name in quotes, one column or constraint a line, constraints last.
//!
//! Alembic's batch mode makes every table it changes anew, and SQLite writes the name that a table was renamed to in quotes. A
//! script that was written for it, and a comparison with a schema that it made, expect that text. What stands in it stays
//! what it was; only order, white space and needless quotes change, and a DEFAULT stands before NOT NULL.

use super::{
    Column, Constraint, Kind, TableSql, TableSqlError, Token, TokenKind, quote, same_name, tokens,
    unquote,
};

impl TableSql {
    /// The statement in that form, coming from `old`, with the defaults of columns and the foreign keys that were `stated` just before as they are;
    /// `name` quotes a name where it must be. A text with comments stays as it
    /// is, because nobody knows where they would belong.
    pub(crate) fn restated(
        &self,
        old: &TableSql,
        stated: &[String],
        name: &dyn Fn(&str) -> String,
    ) -> Result<TableSql, TableSqlError> {
        if self.has_comments() {
            return Ok(self.clone());
        }
        let columns = self
            .columns
            .iter()
            .map(|column| self.column_line(old, stated, column, name));
        let constraints = self
            .constraints
            .iter()
            .enumerate()
            .filter(|(index, each)| !self.is_said_before(*index, each, old))
            .map(|(_, each)| self.constraint_line(old, stated, each, name));
        let lines: Vec<String> = columns.chain(constraints).collect();
        let start = self.prefix_span.start;
        let before = self.text.get(..start).unwrap_or_default();
        let after = self.text.get(self.close + 1..).unwrap_or_default();
        let text = format!(
            "{before}{} (\n\t{}\n){after}",
            quote(&self.name),
            lines.join(", \n\t")
        );
        TableSql::parse(&text)
    }

    fn has_comments(&self) -> bool {
        let Ok(found) = tokens(&self.text) else {
            return true;
        };
        let mut end = 0;
        for token in &found {
            let gap = self.text.get(end..token.span.start).unwrap_or_default();
            if !gap.trim().is_empty() {
                return true;
            }
            end = token.span.end;
        }
        false
    }

    /// Whether a key or a unique constraint of the old table repeats another one under another name: whoever reads the
    /// schema finds one.
    fn is_said_before(&self, index: usize, constraint: &Constraint, old: &TableSql) -> bool {
        let body = |each: &Constraint| {
            let start = each
                .name_span
                .as_ref()
                .map_or(each.span.start, |name| name.end);
            let text = self.at(&(start..each.span.end)).to_ascii_lowercase();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        matches!(
            constraint.kind,
            Kind::ForeignKey { .. } | Kind::Unique { .. }
        ) && old
            .constraints
            .iter()
            .any(|each| old.at(&each.span) == self.at(&constraint.span))
            && self
                .constraints
                .iter()
                .take(index)
                .any(|each| body(each) == body(constraint))
    }

    fn column_line(
        &self,
        old: &TableSql,
        stated: &[String],
        column: &Column,
        name: &dyn Fn(&str) -> String,
    ) -> String {
        let mut line = name(&column.name);
        let is_new = stated.iter().any(|one| same_name(one, &column.name));
        if column.type_span.is_some() {
            line.push(' ');
            line.push_str(self.type_of(column));
        }
        // What a column is comes before what its values are when nobody gives one, and that before what they must be.
        let rank = |kind: &Kind| match kind {
            Kind::Collate { .. } | Kind::Generated { .. } => 0,
            Kind::Default { .. } => 1,
            Kind::NotNull => 2,
            _ => 3,
        };
        let mut constraints: Vec<&Constraint> = column.constraints.iter().collect();
        constraints.sort_by_key(|each| rank(&each.kind));
        for constraint in constraints {
            line.push(' ');
            match &constraint.kind {
                Kind::Default { expression } if constraint.name.is_none() => {
                    line.push_str("DEFAULT ");
                    let written = self.at(expression).trim();
                    line.push_str(&match !is_new && old.has_default(&column.name, written) {
                        true => reflected(written),
                        false => written.to_owned(),
                    });
                }
                _ => line.push_str(self.at(&constraint.span)),
            }
        }
        line
    }

    /// Whether a column has this default, so that it was read from the catalogue and not stated now.
    fn has_default(&self, column: &str, written: &str) -> bool {
        self.column(column).is_some_and(|column| {
            column.constraints.iter().any(|each| match &each.kind {
                Kind::Default { expression } => self.at(expression).trim() == written,
                _ => false,
            })
        })
    }

    /// A constraint with its names in quotes only where they need them. An expression is left as it is: in it, quotes may be
    /// around a string.
    /// What a foreign key of the old table does is in capitals, as the catalogue has it.
    fn constraint_line(
        &self,
        old: &TableSql,
        stated: &[String],
        constraint: &Constraint,
        name: &dyn Fn(&str) -> String,
    ) -> String {
        let text = self.at(&constraint.span);
        if !matches!(
            constraint.kind,
            Kind::PrimaryKey { .. } | Kind::Unique { .. } | Kind::ForeignKey { .. }
        ) {
            return text.to_owned();
        }
        let Ok(found) = tokens(text) else {
            return text.to_owned();
        };
        let read = matches!(constraint.kind, Kind::ForeignKey { .. })
            && old
                .constraints
                .iter()
                .any(|each| old.at(&each.span) == text)
            && !constraint
                .name
                .as_deref()
                .is_some_and(|known| stated.iter().any(|one| same_name(one, known)));
        let mut line = text.to_owned();
        for (index, token) in found.iter().enumerate().rev() {
            let written = text.get(token.span.clone()).unwrap_or_default();
            if token.kind == TokenKind::Quoted {
                line.replace_range(token.span.clone(), &name(&unquote(written)));
            } else if read && is_action(text, &found, index) {
                line.replace_range(token.span.clone(), &written.to_ascii_uppercase());
            }
        }
        line
    }
}

/// Whether a token is a word of what follows `ON DELETE` or `ON UPDATE`.
fn is_action(text: &str, found: &[Token], index: usize) -> bool {
    let word = |back: usize| {
        let token = index.checked_sub(back).and_then(|at| found.get(at));
        token
            .filter(|token| token.kind == TokenKind::Word)
            .and_then(|token| text.get(token.span.clone()))
            .unwrap_or_default()
            .to_ascii_uppercase()
    };
    let follows =
        |back: usize| word(back + 1) == "ON" && ["DELETE", "UPDATE"].contains(&word(back).as_str());
    // SET NULL, SET DEFAULT and NO ACTION are two words.
    follows(1) || (follows(2) && ["SET", "NO"].contains(&word(1).as_str()))
}

/// The default as Alembic writes what it read from the catalogue, which has no parentheses around it.
fn reflected(written: &str) -> String {
    let inner = in_parentheses(written).unwrap_or(written).trim();
    match is_left_alone(inner) {
        true => inner.to_owned(),
        false => format!("({inner})"),
    }
}

/// What is between the parentheses when they are around the whole text.
pub(crate) fn in_parentheses(text: &str) -> Option<&str> {
    let found = tokens(text).ok()?;
    let mut depth = 0;
    for (index, token) in found.iter().enumerate() {
        match token.kind {
            TokenKind::Symbol('(') => depth += 1,
            TokenKind::Symbol(')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let whole = index > 0 && index + 1 == found.len();
            return whole.then(|| text.get(1..text.len() - 1)).flatten();
        }
    }
    None
}

/// One digit, a string that is not empty, or something on one line in parentheses: everything else gets parentheses
/// (`_guess_if_default_is_unparenthesized_sql_expr` of Alembic 1.20.1).
fn is_left_alone(default: &str) -> bool {
    let around = |open: char, close: char| {
        default.len() > 2
            && default.starts_with(open)
            && default.ends_with(close)
            && !default.contains('\n')
    };
    let digit =
        default.len() == 1 && default.starts_with(|one: char| one.is_ascii_digit() || one == '.');
    default.is_empty() || digit || around('\'', '\'') || around('(', ')')
}
