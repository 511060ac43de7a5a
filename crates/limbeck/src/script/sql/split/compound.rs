//! MySQL, MariaDB and standard SQL: bodies of stored programs, without a need for DELIMITER.
//!
//! The mysql client cannot tell a body from its surroundings and has DELIMITER instead. Here blocks are counted: BEGIN,
//! CASE, IF, LOOP, WHILE, REPEAT and FOR, each up to its END. As most of these words are also functions or ordinary names,
//! they count only where a statement can begin.

use crate::script::sql::{Token, TokenKind};

use super::error::SplitProblem;

#[derive(Default)]
pub(super) struct CompoundBody {
    phase: Phase,
    /// Parentheses that are open before the body.
    parentheses: usize,
    blocks: Vec<Block>,
    /// A statement of the body can begin here.
    at_start: bool,
    /// The token before was a name at the start of a statement: `name:` would be a label.
    label: bool,
    /// Inside `DECLARE … HANDLER FOR …`, whose statement has no marked start.
    handler: bool,
    /// The token before was the END of a block: its kind may be repeated (`END IF`).
    after_end: bool,
    /// `UNTIL` was read: an END without `;` before it closes REPEAT.
    until: bool,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    #[default]
    Start,
    /// After BEGIN as the first word: a transaction, or MariaDB's BEGIN NOT ATOMIC.
    Begin,
    /// After CREATE or ALTER, before the word that says what.
    Create { alter: bool },
    /// A trigger, up to EACH ROW.
    Trigger { each: bool },
    /// An event, up to DO.
    Event,
    /// A routine, up to the end of its parameters, then among its characteristics.
    Routine {
        parameters_read: bool,
        returns: bool,
    },
    /// FOLLOWS or PRECEDES was read; the other trigger's name comes next.
    OtherTrigger,
    /// The body begins with the next token.
    BodyStart,
    /// The body began with a name: a label, or a simple statement.
    BodyLabel,
    /// Inside blocks.
    Body,
    /// A statement without semicolons inside.
    Simple,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Begin,
    If,
    Case,
    CaseExpression,
    Loop,
    While,
    Repeat,
    For,
}

impl Block {
    /// The block that `word` opens at the start of a statement.
    fn opened_by(word: &str) -> Option<Block> {
        const BLOCKS: [(&str, Block); 7] = [
            ("begin", Block::Begin),
            ("if", Block::If),
            ("case", Block::Case),
            ("loop", Block::Loop),
            ("while", Block::While),
            ("repeat", Block::Repeat),
            ("for", Block::For),
        ];
        let found = BLOCKS
            .iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name))?;
        Some(found.1)
    }

    fn end(self) -> &'static str {
        match self {
            Block::Begin | Block::CaseExpression => "'END'",
            Block::If => "'END IF'",
            Block::Case => "'END CASE'",
            Block::Loop => "'END LOOP'",
            Block::While => "'END WHILE'",
            Block::Repeat => "'END REPEAT'",
            Block::For => "'END FOR'",
        }
    }
}

/// What CREATE makes that has no body.
const WITHOUT_BODY: [&str; 12] = [
    "table",
    "view",
    "index",
    "database",
    "schema",
    "user",
    "role",
    "server",
    "sequence",
    "tablespace",
    "logfile",
    "resource",
];

/// What a routine's body begins with when it is one simple statement.
const SIMPLE_BODY: [&str; 9] = [
    "return", "select", "insert", "update", "delete", "replace", "call", "set", "with",
];

impl CompoundBody {
    pub(super) fn token(&mut self, token: Token, text: &str) {
        match self.phase {
            Phase::Simple => {}
            Phase::Body => self.in_body(token, text),
            _ => self.before_body(token, text),
        }
    }

    pub(super) fn semicolon(&mut self) -> bool {
        if self.blocks.is_empty() {
            return true;
        }
        self.at_start = true;
        self.handler = false;
        self.after_end = false;
        self.until = false;
        self.label = false;
        false
    }

    pub(super) fn unfinished(&self) -> Option<SplitProblem> {
        let block = self.blocks.last()?;
        Some(SplitProblem::UnterminatedBody {
            expected: block.end().to_owned(),
        })
    }

    fn before_body(&mut self, token: Token, text: &str) {
        let word = if token.kind == TokenKind::Word {
            token.text(text)
        } else {
            ""
        };
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        self.phase = match self.phase {
            Phase::Start if is("begin") => Phase::Begin,
            Phase::Start if is("create") => Phase::Create { alter: false },
            Phase::Start if is("alter") => Phase::Create { alter: true },
            Phase::Start | Phase::BodyStart => self.body_start(token, word),
            Phase::Begin if is("not") => self.open(Block::Begin),
            Phase::Begin => Phase::Simple,
            Phase::Create { .. } if is("event") => Phase::Event,
            Phase::Create { alter: false } if is("trigger") => Phase::Trigger { each: false },
            Phase::Create { alter: false } if is("function") || is("procedure") => Phase::Routine {
                parameters_read: false,
                returns: false,
            },
            Phase::Create { .. } if WITHOUT_BODY.iter().any(|kind| is(kind)) => Phase::Simple,
            Phase::Trigger { each } if each && is("row") => Phase::BodyStart,
            Phase::Trigger { .. } => Phase::Trigger { each: is("each") },
            Phase::Event if is("do") => Phase::BodyStart,
            Phase::OtherTrigger => Phase::BodyStart,
            Phase::Routine {
                parameters_read: false,
                ..
            } => self.parameters(token),
            Phase::Routine { returns, .. } => self.characteristic(word, returns),
            Phase::BodyLabel if token.kind == TokenKind::Operator && token.text(text) == ":" => {
                Phase::BodyStart
            }
            Phase::BodyLabel => Phase::Simple,
            unchanged => unchanged,
        };
    }

    fn body_start(&mut self, token: Token, word: &str) -> Phase {
        if let Some(block) = Block::opened_by(word) {
            return self.open(block);
        }
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        if self.phase == Phase::BodyStart && (is("follows") || is("precedes")) {
            return Phase::OtherTrigger;
        }
        match token.kind {
            TokenKind::Word | TokenKind::QuotedIdentifier => Phase::BodyLabel,
            _ => Phase::Simple,
        }
    }

    fn parameters(&mut self, token: Token) -> Phase {
        match token.kind {
            TokenKind::OpenParenthesis => self.parentheses += 1,
            TokenKind::CloseParenthesis => {
                self.parentheses = self.parentheses.saturating_sub(1);
                if self.parentheses == 0 {
                    return Phase::Routine {
                        parameters_read: true,
                        returns: false,
                    };
                }
            }
            _ => {}
        }
        Phase::Routine {
            parameters_read: false,
            returns: false,
        }
    }

    /// Between a routine's parameters and its body: `RETURNS type`, `DETERMINISTIC`, `SQL SECURITY …`.
    fn characteristic(&mut self, word: &str, returns: bool) -> Phase {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        if !returns && SIMPLE_BODY.iter().any(|keyword| is(keyword)) {
            return Phase::Simple;
        }
        if let Some(block) = Block::opened_by(word) {
            return self.open(block);
        }
        // `label: BEGIN` needs no care here: the label is a word among others.
        Phase::Routine {
            parameters_read: true,
            returns: is("returns"),
        }
    }

    fn open(&mut self, block: Block) -> Phase {
        self.blocks.push(block);
        self.at_start = matches!(block, Block::Begin | Block::Loop | Block::Repeat);
        self.handler = false;
        Phase::Body
    }

    fn in_body(&mut self, token: Token, text: &str) {
        let label = std::mem::take(&mut self.label);
        let at_start = std::mem::take(&mut self.at_start);
        let after_end = std::mem::take(&mut self.after_end);
        match token.kind {
            TokenKind::Word => {
                let word = token.text(text);
                if after_end && Block::opened_by(word).is_some() {
                    return;
                }
                self.body_word(word, at_start);
            }
            TokenKind::QuotedIdentifier => self.label = at_start,
            TokenKind::Operator if label && token.text(text) == ":" => self.at_start = true,
            _ => {}
        }
        if self.blocks.is_empty() {
            self.phase = Phase::Simple;
        }
    }

    fn body_word(&mut self, word: &str, at_start: bool) {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        let top = self.blocks.last().copied();
        if is("end") {
            let closes = at_start
                || top == Some(Block::CaseExpression)
                || (top == Some(Block::Repeat) && self.until);
            if closes {
                self.blocks.pop();
                self.after_end = true;
                self.until = false;
            }
        } else if at_start && let Some(block) = Block::opened_by(word) {
            self.open(block);
        } else if is("case") {
            self.blocks.push(Block::CaseExpression);
        } else if is("begin") && self.handler {
            self.open(Block::Begin);
        } else if is("handler") {
            self.handler = true;
        } else if is("then") || is("else") {
            self.at_start = top != Some(Block::CaseExpression);
        } else if is("do") && !at_start {
            self.at_start = matches!(top, Some(Block::While | Block::For));
        } else if is("until") {
            self.until = top == Some(Block::Repeat);
        } else {
            // MariaDB's BEGIN NOT ATOMIC: the two words after BEGIN are still before the first statement.
            self.at_start = at_start && is("atomic");
            self.label = at_start;
        }
    }
}
