//! The clauses of a constraint that a rebuild has no need to understand: `REFERENCES …`, `ON CONFLICT`, `DEFERRABLE`.

use super::super::table_sql::{Token, TokenKind, tokens, unquote};
use crate::schema::{Deferral, ForeignKey, Identifier, QualifiedName};

/// The words of a clause.
struct Words<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        Words {
            text,
            // The text was split once already when the table was read.
            tokens: tokens(text).unwrap_or_default(),
            at: 0,
        }
    }

    fn word(&self, ahead: usize) -> &'a str {
        self.tokens
            .get(self.at + ahead)
            .and_then(|token| self.text.get(token.span.clone()))
            .unwrap_or_default()
    }

    fn is(&self, ahead: usize, word: &str) -> bool {
        self.word(ahead).eq_ignore_ascii_case(word)
    }

    fn take(&mut self) -> &'a str {
        let word = self.word(0);
        self.at += 1;
        word
    }

    fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Goes behind the first token that is this keyword, outside of parentheses.
    fn find(&mut self, word: &str) -> bool {
        let mut depth = 0usize;
        while !self.at_end() {
            let keyword = self
                .tokens
                .get(self.at)
                .is_some_and(|token| token.kind == TokenKind::Word);
            let found = depth == 0 && keyword && self.is(0, word);
            match self.take() {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if found {
                return true;
            }
        }
        false
    }

    /// The names in parentheses; nothing when there are none.
    fn names(&mut self) -> Vec<Identifier> {
        let mut names = Vec::new();
        if !self.is(0, "(") {
            return names;
        }
        self.take();
        while !self.at_end() && !self.is(0, ")") {
            let word = self.take();
            if word != "," {
                names.push(Identifier::new(unquote(word)));
            }
        }
        self.take();
        names
    }
}

/// The action behind `ON CONFLICT`, in upper case.
pub(super) fn on_conflict(text: &str) -> Option<String> {
    let mut words = Words::of(text);
    while words.find("ON") {
        if words.is(0, "CONFLICT") {
            return Some(words.word(1).to_uppercase());
        }
    }
    None
}

/// The foreign key that a constraint's text describes. `schema` is that of the table, which is its target's, too.
pub(super) fn foreign_key(
    text: &str,
    columns: Vec<Identifier>,
    schema: Option<&Identifier>,
) -> ForeignKey {
    let mut words = Words::of(text);
    words.find("REFERENCES");
    let target = QualifiedName {
        schema: schema.cloned(),
        name: Identifier::new(unquote(words.take())),
    };
    let mut key = ForeignKey::new(columns, target, words.names());
    while !words.at_end() {
        let word = words.take();
        if word.eq_ignore_ascii_case("MATCH") {
            key.matching = Some(words.take().to_uppercase());
        } else if word.eq_ignore_ascii_case("ON") {
            let on_delete = words.take().eq_ignore_ascii_case("DELETE");
            let mut action = words.take().to_uppercase();
            if matches!(action.as_str(), "SET" | "NO") {
                action = format!("{action} {}", words.take().to_uppercase());
            }
            if on_delete {
                key.on_delete = Some(action);
            } else {
                key.on_update = Some(action);
            }
        } else if word.eq_ignore_ascii_case("NOT") && words.is(0, "DEFERRABLE") {
            words.take();
            key.deferral.deferrable = Some(false);
            initially(&mut words, &mut key.deferral);
        } else if word.eq_ignore_ascii_case("DEFERRABLE") {
            key.deferral.deferrable = Some(true);
            initially(&mut words, &mut key.deferral);
        }
    }
    key
}

fn initially(words: &mut Words<'_>, deferral: &mut Deferral) {
    if words.is(0, "INITIALLY") {
        words.take();
        deferral.initially = Some(words.take().to_uppercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_key_with_everything() {
        let text = "CONSTRAINT fk FOREIGN KEY (\"references\") REFERENCES [o t](a, \"b c\") MATCH full \
                    on delete set null ON UPDATE cascade NOT DEFERRABLE INITIALLY deferred";
        let key = foreign_key(text, vec!["references".into()], None);
        assert_eq!(key.target, QualifiedName::new("o t"));
        assert_eq!(key.target_columns, ["a".into(), "b c".into()]);
        assert_eq!(key.on_delete.as_deref(), Some("SET NULL"));
        assert_eq!(key.on_update.as_deref(), Some("CASCADE"));
        assert_eq!(key.matching.as_deref(), Some("FULL"));
        assert_eq!(key.deferral.deferrable, Some(false));
        assert_eq!(key.deferral.initially.as_deref(), Some("DEFERRED"));
    }

    #[test]
    fn a_conflict_clause_is_found_behind_a_condition() {
        let text = "CHECK (\"on\" > 1 AND on_conflict) ON CONFLICT ignore";
        assert_eq!(on_conflict(text).as_deref(), Some("IGNORE"));
        assert_eq!(on_conflict("CHECK (a)"), None);
    }
}
