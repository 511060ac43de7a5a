//! A `.sql` script: its header now, its text when it runs.

use std::{
    borrow::Cow,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    dialect::{BoxFuture, DialectName, Isolation, Statement},
    operation::{Execute, Operation, SourceLocation},
    script::{
        Direction, Header, HeaderError, HeaderProblem, Position, Script, ScriptContext, ScriptError,
    },
};

use super::{
    batched::Batched,
    error::{SqlProblem, SqlScriptError},
    header,
    section::{self, Part, Sections},
    split::{SplitOptions, split_with},
};

/// Most headers end within this many bytes of a file.
const HEAD: u64 = 4096;

/// A script in the `.sql` format.
#[derive(Clone, Debug)]
pub struct SqlScript {
    header: Header,
    source: Source,
}

/// Where the text comes from.
#[derive(Clone, Debug)]
enum Source {
    File(PathBuf),
    Text(Cow<'static, str>),
}

impl SqlScript {
    /// Reads the header of a file. The statements are split when they are wanted; a file that is no longer than what has to be
    /// read for its header is not read again.
    ///
    /// # Errors
    /// [`HeaderError`] when the file or its header cannot be read.
    pub fn open(path: &Path) -> Result<Self, HeaderError> {
        let head = read_head(path)?;
        let header = header::read_sql_header(path, &head.text)?;
        let source = match head.is_whole {
            true => Source::Text(Cow::Owned(head.text)),
            false => Source::File(path.to_owned()),
        };
        Ok(SqlScript { header, source })
    }

    /// A script whose text is already here, such as one that is compiled in. `name` stands for its path.
    ///
    /// # Errors
    /// [`HeaderError`] when the header cannot be read.
    pub fn from_text(
        name: impl AsRef<Path>,
        text: impl Into<Cow<'static, str>>,
    ) -> Result<Self, HeaderError> {
        let text = text.into();
        Ok(SqlScript {
            header: header::read_sql_header(name.as_ref(), &text)?,
            source: Source::Text(text),
        })
    }

    /// What is known without reading the statements.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The statements for one direction on one database, in the order in which they run, each with its place.
    ///
    /// # Errors
    /// [`SqlScriptError`] when the file cannot be read or split, has no section for this direction and dialect, or
    /// is declared irreversible.
    pub fn statements(
        &self,
        direction: Direction,
        dialect: DialectName,
    ) -> Result<Vec<Statement>, SqlScriptError> {
        let text = self.text()?;
        let located = |(position, problem)| self.error(Some(position), problem);
        let sections = section::read(&text).map_err(located)?;
        self.check_direction(&sections, direction, dialect)?;
        let mut statements = Vec::new();
        for section in &sections.sections {
            if section.direction == direction && section.dialects.includes(dialect) {
                for part in &section.parts {
                    self.split_part(&text, part, dialect, &mut statements)
                        .map_err(located)?;
                }
            }
        }
        Ok(statements)
    }

    /// Refuses a direction that the script has nothing for: what is not written is not meant to be empty.
    fn check_direction(
        &self,
        sections: &Sections,
        direction: Direction,
        dialect: DialectName,
    ) -> Result<(), SqlScriptError> {
        let declared = sections
            .irreversible
            .iter()
            .find(|one| one.dialects.includes(dialect));
        if let (Direction::Downgrade, Some(declared)) = (direction, declared) {
            let reason = declared.reason.clone();
            return Err(self.error(Some(declared.position), SqlProblem::Irreversible { reason }));
        }
        let open = sections.undecided.iter().find(|one| {
            one.dialects.includes(dialect) && one.direction.is_none_or(|its| its == direction)
        });
        if let Some(open) = open {
            let reason = open.reason.clone();
            return Err(self.error(Some(open.position), SqlProblem::Undecided { reason }));
        }
        let mut of_direction = sections
            .sections
            .iter()
            .filter(|one| one.direction == direction)
            .peekable();
        if of_direction.peek().is_none() {
            return Err(self.error(None, SqlProblem::NoSection { direction }));
        }
        if !of_direction.any(|one| one.dialects.includes(dialect)) {
            return Err(self.error(None, SqlProblem::NoSectionForDialect { direction, dialect }));
        }
        Ok(())
    }

    fn split_part(
        &self,
        text: &str,
        part: &Part,
        dialect: DialectName,
        statements: &mut Vec<Statement>,
    ) -> section::Located<()> {
        let options = SplitOptions {
            dialect,
            start: part.start,
            delimiter: part.delimiter.as_deref(),
        };
        let part_text = text.get(part.range.clone()).unwrap_or_default();
        let found = split_with(part_text, &options)
            .map_err(|error| (error.position, SqlProblem::Split(error.problem)))?;
        let batches = part.batches.as_ref().map(|(at, _)| (*at, "in batches"));
        let outside = part.first_outside;
        let outside = outside.map(|at| (at, "no transaction for next statement"));
        if let (Some((position, directive)), true) = (batches.or(outside), found.is_empty()) {
            let why = "is followed by no statement";
            return Err((position, SqlProblem::MisplacedDirective { directive, why }));
        }
        for (index, statement) in found.into_iter().enumerate() {
            let outside = !part.transaction || (index == 0 && part.first_outside.is_some());
            let batches = part.batches.as_ref().filter(|_| index == 0);
            if batches.is_some() {
                Batched::read(statement.sql, dialect)
                    .map_err(|problem| (statement.position, SqlProblem::NotInBatches(problem)))?;
            }
            statements.push(Statement {
                sql: statement.sql.to_owned(),
                parameters: Vec::new(),
                isolation: if outside {
                    Isolation::Autocommit
                } else {
                    Isolation::Transaction
                },
                batches: batches.map(|(_, batches)| batches.clone()),
                location: Some(SourceLocation {
                    path: self.header.path.clone(),
                    line: statement.position.line,
                    column: statement.position.column,
                }),
            });
        }
        Ok(())
    }

    fn text(&self) -> Result<Cow<'_, str>, SqlScriptError> {
        match &self.source {
            Source::Text(text) => Ok(Cow::Borrowed(text)),
            Source::File(path) => {
                let bytes = fs::read(path)
                    .map_err(|error| self.error(None, SqlProblem::Unreadable(error.to_string())))?;
                let text = String::from_utf8(bytes).map_err(|error| {
                    let valid = error.utf8_error().valid_up_to();
                    let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                    self.error(Some(Position::of(&before, valid)), SqlProblem::NotUtf8)
                })?;
                Ok(Cow::Owned(text))
            }
        }
    }

    fn error(&self, position: Option<Position>, problem: SqlProblem) -> SqlScriptError {
        SqlScriptError {
            path: self.header.path.clone(),
            position,
            problem,
        }
    }
}

impl Script for SqlScript {
    fn header(&self) -> &Header {
        &self.header
    }

    fn check(
        &self,
        direction: Direction,
        dialect: DialectName,
    ) -> BoxFuture<'_, Result<(), ScriptError>> {
        let checked = self.statements(direction, dialect);
        Box::pin(std::future::ready(match checked {
            Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }))
    }

    fn run<'a>(
        &'a self,
        direction: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        Box::pin(async move {
            for statement in self.statements(direction, context.dialect())? {
                let location = statement.location.clone();
                context.apply(execute(statement), location).await?;
            }
            Ok(())
        })
    }
}

/// The operation that runs a statement as it stands.
fn execute(statement: Statement) -> Operation {
    Operation::from(Execute {
        autocommit: statement.isolation == Isolation::Autocommit,
        batches: statement.batches,
        sql: statement.sql,
        parameters: statement.parameters,
        location: statement.location,
    })
}

/// The part of a file that holds its header.
struct Head {
    text: String,
    /// Nothing follows, and it is short enough to be kept.
    is_whole: bool,
}

fn read_head(path: &Path) -> Result<Head, HeaderError> {
    use std::io::Read;
    let unreadable = |error: std::io::Error| {
        HeaderError::new(path, None, HeaderProblem::Unreadable(error.to_string()))
    };
    let mut file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(1024);
    (&mut file)
        .take(HEAD)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let at_end = (bytes.len() as u64) < HEAD;
    // What is cut off inside a character belongs to the statements if the header has ended before.
    let valid = bytes
        .utf8_chunks()
        .next()
        .map(|chunk| chunk.valid())
        .unwrap_or_default();
    if header::ends_within(valid) {
        return Ok(Head {
            is_whole: at_end && valid.len() == bytes.len(),
            text: valid.to_owned(),
        });
    }
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let position = Position::of(&before, valid);
        HeaderError::new(path, Some(position), HeaderProblem::NotUtf8)
    })?;
    // Whole, but too long to be kept for a run that may never come.
    Ok(Head {
        text,
        is_whole: false,
    })
}
