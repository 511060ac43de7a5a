//! Reads Python expressions as `repr()` writes them.

/// A Python value or call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    None,
    Boolean(bool),
    Number(String),
    Text(String),
    List(Vec<Expression>),
    Tuple(Vec<Expression>),
    Dictionary(Vec<(Expression, Expression)>),
    Call(Call),
    /// A name, or `<…>` of an object that has no other `repr()`.
    Other(String),
}

/// `name(positional, keyword=value)`
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) positional: Vec<Expression>,
    pub(super) keywords: Vec<(String, Expression)>,
    /// The call as it was written.
    pub(super) source: String,
}

impl Call {
    pub(super) fn keyword(&self, name: &str) -> Option<&Expression> {
        let given = self.keywords.iter().find(|(key, _)| key == name);
        given.map(|(_, value)| value)
    }

    /// The name without its module.
    pub(super) fn last_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }
}

impl Expression {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Expression::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        match self {
            Expression::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    pub(super) fn number<N: std::str::FromStr>(&self) -> Option<N> {
        match self {
            Expression::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn items(&self) -> &[Expression] {
        match self {
            Expression::List(items) | Expression::Tuple(items) => items,
            _ => &[],
        }
    }
}

/// Reads one expression that fills `text`.
pub(super) fn read(text: &str) -> Result<Expression, String> {
    let mut reader = Reader { text, at: 0 };
    let expression = reader.expression()?;
    reader.blanks();
    if reader.at == text.len() {
        Ok(expression)
    } else {
        Err(reader.unexpected())
    }
}

/// Reads the expression that `text` begins with.
pub(super) fn read_first(text: &str) -> Result<Expression, String> {
    Reader { text, at: 0 }.expression()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn unexpected(&self) -> String {
        format!("cannot read {:?} in {:?}", self.rest(), self.text)
    }

    fn take(&mut self, token: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expression(&mut self) -> Result<Expression, String> {
        self.blanks();
        let first = self
            .rest()
            .chars()
            .next()
            .ok_or_else(|| self.unexpected())?;
        match first {
            '\'' | '"' => self.string(first).map(Expression::Text),
            '[' => {
                self.at += 1;
                self.items("]").map(Expression::List)
            }
            '(' => {
                self.at += 1;
                let items = self.items(")")?;
                let single = items.len() == 1
                    && !self.text[..self.at]
                        .trim_end_matches(')')
                        .trim_end()
                        .ends_with(',');
                Ok(match (single, items.into_iter().collect::<Vec<_>>()) {
                    (true, mut items) => items.remove(0),
                    (false, items) => Expression::Tuple(items),
                })
            }
            '{' => {
                self.at += 1;
                self.dictionary()
            }
            '<' => self.angle(),
            '-' | '0'..='9' => {
                let rest = self.rest();
                let end = rest[1..]
                    .find(|character: char| !character.is_ascii_digit() && character != '.')
                    .map_or(rest.len(), |end| end + 1);
                let number = rest[..end].to_owned();
                self.at += end;
                Ok(Expression::Number(number))
            }
            _ => self.name(),
        }
    }

    fn items(&mut self, close: &str) -> Result<Vec<Expression>, String> {
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.expression()?);
            if !self.take(",") && !self.text[self.at..].trim_start().starts_with(close) {
                return Err(self.unexpected());
            }
        }
        Ok(items)
    }

    fn dictionary(&mut self) -> Result<Expression, String> {
        let mut entries = Vec::new();
        while !self.take("}") {
            let key = self.expression()?;
            if !self.take(":") {
                return Err(self.unexpected());
            }
            entries.push((key, self.expression()?));
            self.take(",");
        }
        Ok(Expression::Dictionary(entries))
    }

    /// `<sqlalchemy.sql.elements.TextClause object at 0x…>`, with nested ones.
    fn angle(&mut self) -> Result<Expression, String> {
        let mut depth = 0_usize;
        for (offset, character) in self.rest().char_indices() {
            match character {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let text = self.rest()[..=offset].to_owned();
                self.at += offset + 1;
                return Ok(Expression::Other(text));
            }
        }
        Err(self.unexpected())
    }

    fn name(&mut self) -> Result<Expression, String> {
        let start = self.at;
        let rest = self.rest();
        let end = rest
            .find(|character: char| !character.is_alphanumeric() && !matches!(character, '_' | '.'))
            .unwrap_or(rest.len());
        if end == 0 {
            return Err(self.unexpected());
        }
        let name = rest[..end].to_owned();
        self.at += end;
        if !self.rest().starts_with('(') {
            return Ok(match name.as_str() {
                "None" => Expression::None,
                "True" => Expression::Boolean(true),
                "False" => Expression::Boolean(false),
                _ => Expression::Other(name),
            });
        }
        self.at += 1;
        let mut call = Call {
            name,
            positional: Vec::new(),
            keywords: Vec::new(),
            source: String::new(),
        };
        while !self.take(")") {
            self.take("*");
            match self.keyword_name() {
                Some(keyword) => call.keywords.push((keyword, self.expression()?)),
                None => call.positional.push(self.expression()?),
            }
            self.take(",");
        }
        call.source = self.text[start..self.at].to_owned();
        // A method of what the call made, such as `.with_variant(…)`, is part of what was written.
        if self.rest().starts_with('.') {
            let chained = self.name()?;
            let method = match &chained {
                Expression::Call(chained) => chained.source.clone(),
                _ => return Err(self.unexpected()),
            };
            call.source.push_str(&method);
        }
        Ok(Expression::Call(call))
    }

    fn keyword_name(&mut self) -> Option<String> {
        self.blanks();
        let rest = self.rest();
        let end = rest.find(|character: char| !character.is_alphanumeric() && character != '_')?;
        if end == 0 || !rest[end..].starts_with('=') {
            return None;
        }
        let name = rest[..end].to_owned();
        self.at += end + 1;
        Some(name)
    }

    fn string(&mut self, quote: char) -> Result<String, String> {
        let mut text = String::new();
        let mut characters = self.rest()[1..].char_indices();
        while let Some((offset, character)) = characters.next() {
            if character == quote {
                self.at += 1 + offset + 1;
                return Ok(text);
            }
            if character != '\\' {
                text.push(character);
                continue;
            }
            let Some((_, escaped)) = characters.next() else {
                break;
            };
            let digits = match escaped {
                'n' => {
                    text.push('\n');
                    continue;
                }
                't' => {
                    text.push('\t');
                    continue;
                }
                'r' => {
                    text.push('\r');
                    continue;
                }
                'x' => 2,
                'u' => 4,
                'U' => 8,
                other => {
                    text.push(other);
                    continue;
                }
            };
            let code: String = characters
                .by_ref()
                .take(digits)
                .map(|(_, digit)| digit)
                .collect();
            let code = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
            text.push(code.ok_or_else(|| self.unexpected())?);
        }
        Err(self.unexpected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_positional_and_keyword_arguments() {
        let Expression::Call(call) =
            read("sa.Column('x', Integer(), ForeignKey('a.b'), table=<t>, default=-5)").unwrap()
        else {
            panic!("not a call")
        };
        assert_eq!(call.last_name(), "Column");
        assert_eq!(call.positional.len(), 3);
        assert_eq!(
            call.keyword("table"),
            Some(&Expression::Other("<t>".to_owned()))
        );
        assert_eq!(
            call.keyword("default").and_then(Expression::number::<i64>),
            Some(-5)
        );
    }

    #[test]
    fn strings_are_unescaped() {
        assert_eq!(
            read(r#""it's \"x\" \\ \u0411""#).unwrap().text(),
            Some("it's \"x\" \\ Б")
        );
    }

    #[test]
    fn tuples_lists_and_dictionaries_nest() {
        let read = read("[('a',), ('b', 1), {'k': None}]").unwrap();
        assert_eq!(read.items().len(), 3);
        assert_eq!(
            read.items()[0],
            Expression::Tuple(vec![Expression::Text("a".to_owned())])
        );
    }
}
