//! Reads `CREATE TABLE` as SQLite's own grammar does, with its oddities: constraints of a table may stand without commas
//! between them, a constraint name may stand alone, a type may be several words or none.

use std::ops::Range;

use super::{
    Column, Constraint, Kind, TableOption, TableSql, TableSqlError, Token, TokenKind, tokens,
    unquote,
};

/// Words that end a declared type.
const AFTER_TYPE: [&str; 11] = [
    "CONSTRAINT",
    "NOT",
    "NULL",
    "PRIMARY",
    "UNIQUE",
    "CHECK",
    "DEFAULT",
    "COLLATE",
    "REFERENCES",
    "AS",
    "DEFERRABLE",
];

/// Words that begin a constraint of the table. SQLite reserves them, so no bare column name is one.
const TABLE_CONSTRAINT: [&str; 5] = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

impl TableSql {
    /// Reads a `CREATE TABLE` statement.
    ///
    /// # Errors
    /// [`TableSqlError`] for anything else, `CREATE VIRTUAL TABLE` and `CREATE TABLE … AS SELECT` included.
    pub(crate) fn parse(text: &str) -> Result<TableSql, TableSqlError> {
        let tokens = tokens(text).map_err(|error| TableSqlError {
            offset: error.offset,
            reason: error.to_string(),
        })?;
        Reader {
            text,
            tokens: &tokens,
            at: 0,
        }
        .table()
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.at + ahead)
    }

    fn written(&self, token: &Token) -> &'a str {
        self.text.get(token.span.clone()).unwrap_or_default()
    }

    fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.peek(ahead).is_some_and(|token| {
            token.kind == TokenKind::Word && self.written(token).eq_ignore_ascii_case(word)
        })
    }

    fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    fn is_symbol(&self, symbol: char) -> bool {
        self.peek(0)
            .is_some_and(|token| token.kind == TokenKind::Symbol(symbol))
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn take_symbol(&mut self, symbol: char) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    fn error<T>(&self, reason: &str) -> Result<T, TableSqlError> {
        let (offset, found) = match self.peek(0) {
            Some(token) => (token.span.start, format!("'{}'", self.written(token))),
            None => (self.text.len(), "the end".to_owned()),
        };
        Err(TableSqlError {
            offset,
            reason: format!("{reason}, found {found}"),
        })
    }

    fn expect_word(&mut self, word: &str) -> Result<(), TableSqlError> {
        if self.take_word(word) {
            Ok(())
        } else {
            self.error(&format!("expected {word}"))
        }
    }

    fn expect_symbol(&mut self, symbol: char) -> Result<usize, TableSqlError> {
        match self.peek(0) {
            Some(token) if token.kind == TokenKind::Symbol(symbol) => {
                self.at += 1;
                Ok(token.span.start)
            }
            _ => self.error(&format!("expected '{symbol}'")),
        }
    }

    fn name(&mut self) -> Result<(String, Range<usize>), TableSqlError> {
        match self.peek(0) {
            Some(token)
                if matches!(
                    token.kind,
                    TokenKind::Word | TokenKind::Quoted | TokenKind::Text
                ) =>
            {
                self.at += 1;
                Ok((unquote(self.written(token)), token.span.clone()))
            }
            _ => self.error("expected a name"),
        }
    }

    /// The end of the token before this one.
    fn end(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .map_or(0, |token| token.span.end)
    }

    /// Skips a parenthesised group and returns what is between its parentheses.
    fn group(&mut self) -> Result<Range<usize>, TableSqlError> {
        let open = self.expect_symbol('(')?;
        let mut depth = 1usize;
        while let Some(token) = self.peek(0) {
            self.at += 1;
            match token.kind {
                TokenKind::Symbol('(') => depth += 1,
                TokenKind::Symbol(')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(open + 1..token.span.start);
            }
        }
        self.error("expected ')'")
    }

    fn table(mut self) -> Result<TableSql, TableSqlError> {
        self.expect_word("CREATE")?;
        let _ = self.take_word("TEMP") || self.take_word("TEMPORARY");
        self.expect_word("TABLE")?;
        if self.is_word("IF") && self.is_word_at(1, "NOT") && self.is_word_at(2, "EXISTS") {
            self.at += 3;
        }
        let (mut name, mut name_span) = self.name()?;
        let mut prefix_span = name_span.start..name_span.start;
        if self.take_symbol('.') {
            let start = name_span.start;
            (name, name_span) = self.name()?;
            prefix_span = start..name_span.start;
        }
        self.expect_symbol('(')?;
        let mut columns = vec![self.column()?];
        let mut constraints = Vec::new();
        while self.take_symbol(',') {
            if TABLE_CONSTRAINT.iter().any(|word| self.is_word(word)) {
                break;
            }
            columns.push(self.column()?);
        }
        while !self.is_symbol(')') {
            let _ = self.take_symbol(',');
            constraints.push(self.table_constraint()?);
        }
        let close = self.expect_symbol(')')?;
        let options = self.options()?;
        let _ = self.take_symbol(';');
        if self.peek(0).is_some() {
            return self.error("expected the end of the statement");
        }
        Ok(TableSql {
            text: self.text.to_owned(),
            name,
            name_span,
            prefix_span,
            columns,
            constraints,
            close,
            options,
        })
    }

    fn options(&mut self) -> Result<Vec<TableOption>, TableSqlError> {
        let mut options = Vec::new();
        while let Some(token) = self.peek(0) {
            if token.kind == TokenKind::Symbol(';') {
                break;
            }
            let start = token.span.start;
            let strict = self.take_word("STRICT");
            if !strict {
                self.expect_word("WITHOUT")?;
                self.expect_word("ROWID")?;
            }
            options.push(TableOption {
                strict,
                span: start..self.end(),
            });
            if !self.take_symbol(',') {
                break;
            }
        }
        Ok(options)
    }

    fn column(&mut self) -> Result<Column, TableSqlError> {
        let (name, name_span) = self.name()?;
        let type_span = self.declared_type()?;
        let mut constraints: Vec<Constraint> = Vec::new();
        while !self.is_symbol(',') && !self.is_symbol(')') {
            if self.is_word("DEFERRABLE")
                || (self.is_word("NOT") && self.is_word_at(1, "DEFERRABLE"))
            {
                // SQLite lets other constraints stand between REFERENCES and its DEFERRABLE; only next to it does the
                // clause belong to the text that a dropped foreign key takes with it.
                self.deferrable();
                let end = self.end();
                match constraints.last_mut() {
                    Some(last) if matches!(last.kind, Kind::ForeignKey { .. }) => {
                        last.span.end = end;
                        continue;
                    }
                    _ => return self.error("DEFERRABLE must follow its REFERENCES clause"),
                }
            }
            constraints.push(self.column_constraint(&name)?);
        }
        Ok(Column {
            span: name_span.start..self.end(),
            name,
            name_span,
            type_span,
            constraints,
        })
    }

    fn declared_type(&mut self) -> Result<Option<Range<usize>>, TableSqlError> {
        let mut span: Option<Range<usize>> = None;
        while let Some(token) = self.peek(0) {
            let ends = match token.kind {
                TokenKind::Word => {
                    AFTER_TYPE.iter().any(|word| self.is_word(word))
                        || (self.is_word("GENERATED") && self.is_word_at(1, "ALWAYS"))
                }
                TokenKind::Quoted | TokenKind::Text => false,
                _ => true,
            };
            if ends {
                break;
            }
            self.at += 1;
            span = Some(span.map_or(token.span.start, |known| known.start)..token.span.end);
        }
        if let Some(known) = &mut span
            && self.is_symbol('(')
        {
            self.group()?;
            known.end = self.end();
        }
        Ok(span)
    }

    /// Where a constraint begins.
    fn start(&self) -> usize {
        self.peek(0)
            .map_or(self.text.len(), |token| token.span.start)
    }

    fn constraint_name(&mut self) -> Result<Option<(String, Range<usize>)>, TableSqlError> {
        if self.take_word("CONSTRAINT") {
            self.name().map(Some)
        } else {
            Ok(None)
        }
    }

    fn column_constraint(&mut self, column: &str) -> Result<Constraint, TableSqlError> {
        let start = self.start();
        let (name, name_span) = self.constraint_name()?.unzip();
        let kind = if self.take_word("NOT") {
            self.expect_word("NULL")?;
            self.on_conflict()?;
            Kind::NotNull
        } else if self.take_word("NULL") {
            self.on_conflict()?;
            Kind::Null
        } else if self.take_word("PRIMARY") {
            self.expect_word("KEY")?;
            let descending = self.take_word("DESC");
            if !descending {
                let _ = self.take_word("ASC");
            }
            self.on_conflict()?;
            Kind::PrimaryKey {
                columns: vec![column.to_owned()],
                autoincrement: self.take_word("AUTOINCREMENT"),
                descending,
            }
        } else if self.take_word("UNIQUE") {
            self.on_conflict()?;
            Kind::Unique {
                columns: vec![column.to_owned()],
            }
        } else if self.take_word("CHECK") {
            let expression = self.group()?;
            self.on_conflict()?;
            Kind::Check { expression }
        } else if self.take_word("DEFAULT") {
            Kind::Default {
                expression: self.default_value()?,
            }
        } else if self.take_word("COLLATE") {
            Kind::Collate {
                collation: self.name()?.0,
            }
        } else if self.is_word("REFERENCES") {
            Kind::ForeignKey {
                columns: Vec::new(),
                parent: self.references()?,
            }
        } else if self.is_word("GENERATED") || self.is_word("AS") {
            if self.take_word("GENERATED") {
                self.expect_word("ALWAYS")?;
            }
            self.expect_word("AS")?;
            let expression = self.group()?;
            let stored = self.take_word("STORED");
            if !stored {
                let _ = self.take_word("VIRTUAL");
            }
            Kind::Generated { expression, stored }
        } else if name.is_some() {
            Kind::Nothing
        } else {
            return self.error("expected a column constraint, ',' or ')'");
        };
        Ok(Constraint {
            name,
            name_span,
            kind,
            span: start..self.end(),
        })
    }

    fn default_value(&mut self) -> Result<Range<usize>, TableSqlError> {
        let start = self.start();
        if self.is_symbol('(') {
            self.group()?;
            return Ok(start..self.end());
        }
        if !self.take_symbol('-') {
            let _ = self.take_symbol('+');
        }
        match self.peek(0).map(|token| token.kind) {
            None | Some(TokenKind::Symbol(_)) => self.error("expected a default value"),
            Some(_) => {
                self.at += 1;
                Ok(start..self.end())
            }
        }
    }

    fn table_constraint(&mut self) -> Result<Constraint, TableSqlError> {
        let start = self.start();
        let (name, name_span) = self.constraint_name()?.unzip();
        let kind = if self.take_word("PRIMARY") {
            self.expect_word("KEY")?;
            let (columns, autoincrement) = self.columns()?;
            self.on_conflict()?;
            Kind::PrimaryKey {
                columns,
                autoincrement,
                descending: false,
            }
        } else if self.take_word("UNIQUE") {
            let (columns, _) = self.columns()?;
            self.on_conflict()?;
            Kind::Unique { columns }
        } else if self.take_word("CHECK") {
            let expression = self.group()?;
            self.on_conflict()?;
            Kind::Check { expression }
        } else if self.take_word("FOREIGN") {
            self.expect_word("KEY")?;
            let (columns, _) = self.columns()?;
            let parent = self.references()?;
            self.deferrable();
            Kind::ForeignKey { columns, parent }
        } else if name.is_some() {
            Kind::Nothing
        } else {
            return self.error("expected a table constraint or ')'");
        };
        Ok(Constraint {
            name,
            name_span,
            kind,
            span: start..self.end(),
        })
    }

    /// A column list, whose entries may carry a collation and an order, and whether AUTOINCREMENT ends it.
    fn columns(&mut self) -> Result<(Vec<String>, bool), TableSqlError> {
        self.expect_symbol('(')?;
        let mut names = Vec::new();
        let mut autoincrement = false;
        loop {
            names.push(self.name()?.0);
            while !self.is_symbol(',') && !self.is_symbol(')') {
                if self.peek(0).is_none() {
                    return self.error("expected ')'");
                }
                autoincrement |= self.is_word("AUTOINCREMENT");
                if self.is_symbol('(') {
                    self.group()?;
                } else {
                    self.at += 1;
                }
            }
            if !self.take_symbol(',') {
                break;
            }
        }
        self.expect_symbol(')')?;
        Ok((names, autoincrement))
    }

    fn on_conflict(&mut self) -> Result<(), TableSqlError> {
        if self.is_word("ON") && self.is_word_at(1, "CONFLICT") {
            self.at += 2;
            self.name()?;
        }
        Ok(())
    }

    fn references(&mut self) -> Result<String, TableSqlError> {
        self.expect_word("REFERENCES")?;
        let (parent, _) = self.name()?;
        if self.is_symbol('(') {
            self.group()?;
        }
        loop {
            if self.take_word("MATCH") {
                self.name()?;
            } else if self.is_word("ON") {
                self.at += 2;
                if self.take_word("SET") || self.take_word("NO") {
                    self.at += 1;
                } else {
                    self.name()?;
                }
            } else {
                return Ok(parent);
            }
        }
    }

    fn deferrable(&mut self) {
        if self.is_word("NOT") && self.is_word_at(1, "DEFERRABLE") {
            self.at += 2;
        } else if !self.take_word("DEFERRABLE") {
            return;
        }
        if self.take_word("INITIALLY") {
            self.at += 1;
        }
    }
}
