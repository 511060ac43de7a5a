//! Edits of a `CREATE TABLE` text. Each returns the edited statement, read again, so that no place is ever stale.
//!
//! A comment on the line of a column, after its comma or not, belongs to that column and goes with it; any other comment stays.

use std::ops::Range;

use super::{Column, Constraint, Kind, TableSql, TableSqlError, TokenKind, quote, tokens};

/// Where a new column goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    First,
    /// After the column of this index.
    After(usize),
}

type Edit = (Range<usize>, String);

impl TableSql {
    /// The statement with `schema` before the table's name, for running it; SQLite stores it without.
    pub(crate) fn qualified(&self, schema: &str) -> String {
        let mut text = self.text.clone();
        text.replace_range(self.prefix_span.clone(), &format!("{}.", quote(schema)));
        text
    }

    /// Replaces what is at `span`.
    pub(crate) fn replace(
        &self,
        span: &Range<usize>,
        text: &str,
    ) -> Result<TableSql, TableSqlError> {
        self.apply(vec![(span.clone(), text.to_owned())])
    }

    /// Changes or drops (with an empty text) the declared type.
    pub(crate) fn set_type(
        &self,
        column: &Column,
        declared: &str,
    ) -> Result<TableSql, TableSqlError> {
        let after_name = column.name_span.end;
        match &column.type_span {
            Some(span) if declared.is_empty() => {
                self.apply(vec![(after_name..span.end, String::new())])
            }
            Some(span) => self.replace(span, declared),
            None if declared.is_empty() => Ok(self.clone()),
            None => self.apply(vec![(after_name..after_name, format!(" {declared}"))]),
        }
    }

    /// Adds a column constraint after the others.
    pub(crate) fn add_to_column(
        &self,
        column: &Column,
        constraint: &str,
    ) -> Result<TableSql, TableSqlError> {
        let end = column.span.end;
        self.apply(vec![(end..end, format!(" {constraint}"))])
    }

    /// Drops a constraint of a column or of the table.
    pub(crate) fn remove_constraint(
        &self,
        constraint: &Constraint,
    ) -> Result<TableSql, TableSqlError> {
        let index = self
            .constraints
            .iter()
            .position(|each| each.span == constraint.span);
        match index {
            Some(index) => self.remove_item(self.columns.len() + index),
            None => {
                let before = self.text.get(..constraint.span.start).unwrap_or_default();
                // A line comment before the constraint needs its line end.
                let start = if self.comment_before(constraint.span.start) {
                    constraint.span.start
                } else {
                    before.trim_end().len()
                };
                self.apply(vec![(start..constraint.span.end, String::new())])
            }
        }
    }

    /// Drops the column of that index.
    pub(crate) fn remove_column(&self, index: usize) -> Result<TableSql, TableSqlError> {
        self.remove_item(index)
    }

    /// The comment of the column of that index: between it and its comma, or after that on the same line. Empty when there is
    /// none.
    pub(crate) fn remark(&self, index: usize) -> String {
        let items = self.items();
        let Some(item) = items.get(index) else {
            return String::new();
        };
        let comma = items
            .get(index + 1)
            .and_then(|next| self.comma(item.end..next.start));
        let before = self.at(&(item.end..comma.unwrap_or(item.end))).trim();
        let start = comma.map_or(item.end, |comma| comma + 1);
        let (end, _) = self.same_line_comment(start);
        let after = self.at(&(start..end)).trim();
        if before.is_empty() || after.is_empty() {
            return format!("{before}{after}");
        }
        format!("{} {after}", beside(before, after).trim())
    }

    /// Adds a column, with a comment on its line.
    pub(crate) fn insert_column(
        &self,
        place: Place,
        definition: &str,
        remark: &str,
    ) -> Result<TableSql, TableSqlError> {
        match place {
            Place::After(index) => self.insert_after(index, definition, remark),
            Place::First => {
                let items = self.items();
                let at = items.first().map_or(self.close, |span| span.start);
                let lead = items.get(1).map_or(" ", |span| self.lead(span.start));
                let lead = if lead.is_empty() { " " } else { lead };
                let remark = beside(remark, lead);
                self.apply(vec![(at..at, format!("{definition},{remark}{lead}"))])
            }
        }
    }

    /// Adds a table constraint after everything else.
    pub(crate) fn append_constraint(&self, definition: &str) -> Result<TableSql, TableSqlError> {
        let last = self.items().len().saturating_sub(1);
        self.insert_after(last, definition, "")
    }

    /// Adds or removes STRICT (`strict`) or WITHOUT ROWID.
    pub(crate) fn set_option(&self, strict: bool, on: bool) -> Result<TableSql, TableSqlError> {
        let words: Vec<&str> = [(false, "WITHOUT ROWID"), (true, "STRICT")]
            .into_iter()
            .filter(|(kind, _)| {
                if *kind == strict {
                    on
                } else {
                    self.options.iter().any(|option| option.strict == *kind)
                }
            })
            .map(|(_, words)| words)
            .collect();
        let joined = words.join(", ");
        let (span, text) = match (self.options.first(), self.options.last()) {
            (Some(first), Some(last)) if joined.is_empty() => {
                let before = self.text.get(..first.span.start).unwrap_or_default();
                (before.trim_end().len()..last.span.end, joined)
            }
            (Some(first), Some(last)) => (first.span.start..last.span.end, joined),
            _ if joined.is_empty() => return Ok(self.clone()),
            _ => (self.close + 1..self.close + 1, format!(" {joined}")),
        };
        self.apply(vec![(span, text)])
    }

    /// Adds AUTOINCREMENT to the key, or removes it. A table without a key stays as it is.
    pub(crate) fn set_autoincrement(&self, on: bool) -> Result<TableSql, TableSqlError> {
        let key = self
            .every_constraint()
            .find(|(_, each)| matches!(each.kind, Kind::PrimaryKey { .. }));
        let Some((column, key)) = key.filter(|_| self.is_autoincrement() != on) else {
            return Ok(self.clone());
        };
        // The table's text has been read, so its parts can be.
        let found = tokens(self.at(&key.span)).unwrap_or_default();
        let place = |span: &Range<usize>| key.span.start + span.start..key.span.start + span.end;
        if on {
            let closing = found
                .iter()
                .find(|token| token.kind == TokenKind::Symbol(')'))
                .filter(|_| column.is_none());
            let at = closing.map_or(key.span.end, |token| place(&token.span).start);
            return self.apply(vec![(at..at, " AUTOINCREMENT".to_owned())]);
        }
        let word = found.iter().find(|token| {
            let text = self.at(&place(&token.span));
            text.eq_ignore_ascii_case("AUTOINCREMENT")
        });
        let Some(word) = word.map(|token| place(&token.span)) else {
            return Ok(self.clone());
        };
        let start = word.start - self.lead(word.start).len();
        self.apply(vec![(start..word.end, String::new())])
    }

    fn apply(&self, mut edits: Vec<Edit>) -> Result<TableSql, TableSqlError> {
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut text = self.text.clone();
        for (span, replacement) in edits {
            text.replace_range(span, &replacement);
        }
        TableSql::parse(&text)
    }

    /// The places of the columns and then of the table constraints.
    fn items(&self) -> Vec<Range<usize>> {
        self.columns
            .iter()
            .map(|column| column.span.clone())
            .chain(self.constraints.iter().map(|each| each.span.clone()))
            .collect()
    }

    /// Where the comma between two places is.
    fn comma(&self, gap: Range<usize>) -> Option<usize> {
        let between = self.text.get(gap.clone())?;
        let found = tokens(between).ok()?;
        found
            .iter()
            .find(|token| token.kind == TokenKind::Symbol(','))
            .map(|token| gap.start + token.span.start)
    }

    fn comment_before(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        let end = before.trim_end().len();
        tokens(before).is_ok_and(|found| found.last().is_some_and(|token| token.span.end != end))
    }

    /// The white space right before `at`.
    fn lead(&self, at: usize) -> &str {
        let before = self.text.get(..at).unwrap_or_default();
        before.get(before.trim_end().len()..).unwrap_or_default()
    }

    /// The end of the comment that stands on the same line as `at`, and whether it runs to the line's end.
    fn same_line_comment(&self, at: usize) -> (usize, bool) {
        let rest = self.text.get(at..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let comment = rest.get(blank..).unwrap_or_default();
        if comment.starts_with("--") {
            let length = comment.find('\n').unwrap_or(comment.len());
            return (at + blank + length, true);
        }
        if comment.starts_with("/*")
            && let Some(length) = comment.find("*/").map(|end| end + 2)
        {
            let after = comment.get(length..).unwrap_or_default();
            let on_one_line = !comment.get(..length).unwrap_or_default().contains('\n');
            let line_ends = after
                .trim_start_matches([' ', '\t', '\r'])
                .starts_with('\n');
            if on_one_line && line_ends {
                return (at + blank + length, false);
            }
        }
        (at, false)
    }

    fn remove_item(&self, index: usize) -> Result<TableSql, TableSqlError> {
        let items = self.items();
        let Some(item) = items.get(index) else {
            return Ok(self.clone());
        };
        if let Some(next) = items.get(index + 1) {
            let Some(comma) = self.comma(item.end..next.start) else {
                return self.apply(vec![(item.clone(), String::new())]);
            };
            let (mut end, _) = self.same_line_comment(comma + 1);
            let rest = self.text.get(end..).unwrap_or_default();
            let blank = rest.trim_start_matches([' ', '\t', '\r']);
            end += rest.len() - blank.len();
            if let Some(line) = blank.strip_prefix('\n') {
                end += 1 + line.len() - line.trim_start_matches([' ', '\t']).len();
            }
            return self.apply(vec![(item.start..end, String::new())]);
        }
        let previous = index.checked_sub(1).and_then(|before| items.get(before));
        let (end, _) = self.same_line_comment(item.end);
        let start = if self.comment_before(item.start) {
            item.start
        } else {
            item.start - self.lead(item.start).len()
        };
        let mut edits = vec![(start..end, String::new())];
        if let Some(comma) = previous.and_then(|span| self.comma(span.end..item.start)) {
            if comma + 1 == start {
                edits = vec![(comma..end, String::new())];
            } else {
                edits.push((comma..comma + 1, String::new()));
            }
        }
        self.apply(edits)
    }

    fn insert_after(
        &self,
        index: usize,
        definition: &str,
        remark: &str,
    ) -> Result<TableSql, TableSqlError> {
        let items = self.items();
        let Some(item) = items.get(index) else {
            return Ok(self.clone());
        };
        let next = items.get(index + 1);
        let comma = next.and_then(|next| self.comma(item.end..next.start));
        let (at, to_line_end) = self.same_line_comment(comma.map_or(item.end, |comma| comma + 1));
        let lead = match (comma, next) {
            (Some(_), Some(next)) => self.lead(next.start),
            _ => self.lead(item.start),
        };
        let lead = match lead {
            _ if to_line_end && !lead.contains('\n') => "\n",
            "" => " ",
            _ => lead,
        };
        let remark = beside(remark, self.text.get(at..).unwrap_or_default());
        if comma.is_some() {
            return self.apply(vec![(at..at, format!("{lead}{definition},{remark}"))]);
        }
        if at == item.end {
            return self.apply(vec![(at..at, format!(",{lead}{definition}{remark}"))]);
        }
        self.apply(vec![
            (item.end..item.end, ",".to_owned()),
            (at..at, format!("{lead}{definition}{remark}")),
        ])
    }
}

/// A comment as it may stand before `rest`: one that runs to the line's end needs one there, or becomes one that ends.
fn beside(remark: &str, rest: &str) -> String {
    let line_ends = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    match remark.strip_prefix("--") {
        None if remark.is_empty() => String::new(),
        Some(words) if !line_ends => format!(" /*{} */", words.replace("*/", "* /")),
        _ => format!(" {remark}"),
    }
}
