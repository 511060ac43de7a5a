//! A script's text to its sections. The same for every dialect: directives are lines, whatever is around them.

use std::ops::Range;

use crate::{
    dialect::DialectName,
    operation::Batches,
    script::{Direction, Position},
};

use super::{
    directive::{self, DialectLimit, Directive},
    error::SqlProblem,
    token::Tokenizer,
};

/// A script's sections, in file order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sections {
    pub(super) sections: Vec<Section>,
    pub(super) irreversible: Vec<Irreversible>,
    pub(super) undecided: Vec<Undecided>,
}

/// One section.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) direction: Direction,
    pub(super) dialects: DialectLimit,
    pub(super) parts: Vec<Part>,
}

/// A stretch of a section between two directives.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) start: Position,
    pub(super) transaction: bool,
    /// Where the directive stands that takes the first statement out of the transaction.
    pub(super) first_outside: Option<Position>,
    /// How the first statement is divided, and where the directive stands that says so.
    pub(super) batches: Option<(Position, Batches)>,
    pub(super) delimiter: Option<String>,
}

/// A declaration that there is no way back.
#[derive(Clone, Debug)]
pub(super) struct Irreversible {
    pub(super) position: Position,
    pub(super) dialects: DialectLimit,
    pub(super) reason: String,
}

/// A declaration that something is left to decide before the script can run.
#[derive(Clone, Debug)]
pub(super) struct Undecided {
    pub(super) position: Position,
    /// The direction of its section; above the sections it counts for both.
    pub(super) direction: Option<Direction>,
    pub(super) dialects: DialectLimit,
    pub(super) reason: String,
}

/// A problem and its place in the file.
pub(super) type Located<T> = Result<T, (Position, SqlProblem)>;

/// Reads the directives of `text`.
pub(super) fn read(text: &str) -> Located<Sections> {
    let mut reader = Reader {
        text,
        result: Sections::default(),
        transaction: true,
        place: Place::BeforeSections,
        next: Part::starting_at(0, Position::START, true, None),
    };
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX - 1);
        let line_start = Position {
            line: number,
            column: 1,
        };
        let found =
            directive::read(line).map_err(|(at, problem)| (line_start.after(line, at), problem))?;
        let next_line = offset + line.len();
        if let Some(directive) = found {
            reader.end_part(offset)?;
            let blanks = line.len() - line.trim_start().len();
            let position = line_start.after(line, blanks);
            reader.next.range = next_line..next_line;
            reader.next.start = Position {
                line: number + 1,
                column: 1,
            };
            reader
                .take(directive, position)
                .map_err(|problem| (position, problem))?;
        }
        offset = next_line;
    }
    reader.end_part(offset)?;
    Ok(reader.result)
}

/// What the lines between two directives are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the first section: the header.
    BeforeSections,
    /// In the last section of the result.
    Section,
    /// After a declaration that there is no way back, which has no statements.
    Irreversible,
}

struct Reader<'a> {
    text: &'a str,
    result: Sections,
    /// Whether statements run in a transaction unless their section says otherwise.
    transaction: bool,
    place: Place,
    /// The part that is being read; its end is not known yet.
    next: Part,
}

impl Part {
    fn starting_at(
        at: usize,
        start: Position,
        transaction: bool,
        delimiter: Option<String>,
    ) -> Part {
        Part {
            range: at..at,
            start,
            transaction,
            first_outside: None,
            batches: None,
            delimiter,
        }
    }
}

impl Reader<'_> {
    fn take(&mut self, directive: Directive, position: Position) -> Result<(), SqlProblem> {
        match directive {
            Directive::Section {
                direction,
                dialects,
            } => {
                self.place = Place::Section;
                self.next.transaction = self.transaction;
                self.next.delimiter = None;
                self.result.sections.push(Section {
                    direction,
                    dialects,
                    parts: Vec::new(),
                });
            }
            Directive::Irreversible { dialects, reason } => {
                self.place = Place::Irreversible;
                self.result.irreversible.push(Irreversible {
                    position,
                    dialects,
                    reason,
                });
            }
            Directive::Undecided { dialects, reason } => {
                let section = self.result.sections.last();
                let section = section.filter(|_| self.place == Place::Section);
                let direction = section.map(|section| section.direction);
                let dialects = match (&dialects, section) {
                    (DialectLimit::All, Some(section)) => section.dialects.clone(),
                    _ => dialects,
                };
                self.result.undecided.push(Undecided {
                    position,
                    direction,
                    dialects,
                    reason,
                });
            }
            Directive::NoTransaction if self.place == Place::BeforeSections => {
                self.transaction = false;
            }
            Directive::NoTransaction => self.next.transaction = false,
            Directive::Transaction => {
                self.inside_section("transaction")?;
                self.next.transaction = true;
            }
            Directive::NoTransactionForNextStatement => {
                self.inside_section("no transaction for next statement")?;
                self.next.first_outside = Some(position);
            }
            Directive::InBatches(batches) => {
                self.inside_section("in batches")?;
                self.next.batches = Some((position, batches));
            }
            Directive::Delimiter(mark) => {
                self.inside_section("delimiter")?;
                self.next.delimiter = (mark != ";").then_some(mark);
            }
        }
        Ok(())
    }

    fn inside_section(&self, directive: &'static str) -> Result<(), SqlProblem> {
        if self.place == Place::Section {
            return Ok(());
        }
        let why =
            "belongs into a section; put it below '-- limbeck: upgrade' or '-- limbeck: downgrade'";
        Err(SqlProblem::MisplacedDirective { directive, why })
    }

    /// Closes the part that is being read at byte `end`.
    fn end_part(&mut self, end: usize) -> Located<()> {
        let mut part = self.next.clone();
        part.range.end = end;
        self.next.first_outside = None;
        self.next.batches = None;
        match (self.place, self.result.sections.last_mut()) {
            (Place::Section, Some(section)) => section.parts.push(part),
            _ => return self.only_comments(&part),
        }
        Ok(())
    }

    fn only_comments(&self, part: &Part) -> Located<()> {
        let text = self.text.get(part.range.clone()).unwrap_or_default();
        let text_start = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let mut tokens = Tokenizer::new(text, DialectName::Generic);
        tokens.seek(text_start);
        match tokens.find(|token| !token.is_trivia()) {
            Some(token) => Err((
                part.start.after(text, token.start),
                SqlProblem::OutsideSection,
            )),
            None => Ok(()),
        }
    }
}
