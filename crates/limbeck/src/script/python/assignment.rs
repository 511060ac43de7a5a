//! Which of the identifiers a logical line binds, and to what.

use super::{
    At, NAMES,
    token::{self, Kind, Token},
    value::{self, Value},
};

/// The last binding of an identifier.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) value: Value,
    /// Byte offset of the name in the file.
    pub(super) offset: usize,
}

/// The identifiers as far as they have been read; the last binding wins, as in Python.
#[derive(Default)]
pub(super) struct Assignments {
    pub(super) found: [Option<Found>; 4],
}

/// Words that begin a statement with a block.
const COMPOUND: [&str; 13] = [
    "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "match", "case",
    "async", "def",
];

impl Assignments {
    /// Reads one logical line that begins at byte `base` of the file. What is bound under a condition is computed.
    pub(super) fn read(&mut self, line: &str, base: usize, conditional: bool) -> At<()> {
        let tokens = token::read(line);
        let first = tokens.first().map_or("", |token| token.text(line));
        if first == "def" || first == "class" {
            if let Some(name) = tokens.get(1) {
                self.bind(line, base, *name, Value::Computed);
            }
            return Ok(());
        }
        let mut rest = tokens.as_slice();
        let mut conditional = conditional;
        if COMPOUND.contains(&first)
            && let Some(colon) = outside_brackets(line, rest, ":").first()
        {
            self.names_after(line, base, &rest[..*colon], &["for", "as"]);
            rest = &rest[colon + 1..];
            conditional = true;
        }
        let mut ends = outside_brackets(line, rest, ";");
        ends.push(rest.len());
        let mut begin = 0;
        for end in ends {
            self.statement(line, base, &rest[begin.min(end)..end], conditional)?;
            begin = end + 1;
        }
        Ok(())
    }

    fn statement(
        &mut self,
        line: &str,
        base: usize,
        tokens: &[Token],
        conditional: bool,
    ) -> At<()> {
        let first = tokens.first().map_or("", |token| token.text(line));
        if first == "import" || first == "from" {
            self.names_after(line, base, tokens, &["import", "as", ",", "("]);
            return Ok(());
        }
        let equals = outside_brackets(line, tokens, "=");
        let Some(last) = equals.last() else {
            return self.augmented(line, base, tokens);
        };
        let value = &tokens[last + 1..];
        let mut begin = 0;
        for end in equals {
            self.target(line, base, &tokens[begin..end], value, conditional)?;
            begin = end + 1;
        }
        Ok(())
    }

    fn target(
        &mut self,
        line: &str,
        base: usize,
        target: &[Token],
        value: &[Token],
        conditional: bool,
    ) -> At<()> {
        let Some(first) = target.first() else {
            return Ok(());
        };
        let single = target.len() == 1 || target[1].is(line, ":");
        if !single {
            // `revision, other = …` is a binding too; `object.revision = …` is none.
            if target.iter().any(|token| token.is(line, ",")) {
                self.names_after(line, base, target, &[",", "(", "[", "*"]);
                self.bind(line, base, *first, Value::Computed);
            }
            return Ok(());
        }
        if !is_identifier(line, first) {
            return Ok(());
        }
        let value = if conditional {
            Value::Computed
        } else {
            value::read(line, value)?
        };
        self.bind(line, base, *first, value);
        Ok(())
    }

    /// `revision += …`, and an annotation without a value, which binds nothing.
    fn augmented(&mut self, line: &str, base: usize, tokens: &[Token]) -> At<()> {
        if let [name, operator, _, ..] = tokens
            && operator.text(line).len() > 1
            && operator.text(line).ends_with('=')
        {
            self.bind(line, base, *name, Value::Computed);
        }
        Ok(())
    }

    fn names_after(&mut self, line: &str, base: usize, tokens: &[Token], before: &[&str]) {
        for (index, pair) in tokens.windows(2).enumerate() {
            // `import revision as other` binds the other name.
            let renamed = tokens
                .get(index + 2)
                .is_some_and(|token| token.is(line, "as"));
            if !renamed && before.iter().any(|text| pair[0].is(line, text)) {
                self.bind(line, base, pair[1], Value::Computed);
            }
        }
    }

    fn bind(&mut self, line: &str, base: usize, name: Token, value: Value) {
        if name.kind != Kind::Name {
            return;
        }
        if let Some(index) = NAMES.iter().position(|known| name.is(line, known)) {
            self.found[index] = Some(Found {
                value,
                offset: base + name.start,
            });
        }
    }
}

fn is_identifier(line: &str, token: &Token) -> bool {
    token.kind == Kind::Name && NAMES.contains(&token.text(line))
}

/// The indices of the operator `wanted` outside brackets.
fn outside_brackets(line: &str, tokens: &[Token], wanted: &str) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Operator {
            continue;
        }
        match token.text(line) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            text if depth == 0 && text == wanted => found.push(index),
            _ => {}
        }
    }
    found
}
