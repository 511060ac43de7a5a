//! Any text is split or refused, on every dialect; the tokens are the text; statements stand where they say.
#![no_main]

use libfuzzer_sys::fuzz_target;
use limbeck::{
    dialect::DialectName,
    script::sql::{Tokenizer, split},
};

fuzz_target!(|text: &str| {
    for dialect in DialectName::ALL {
        let mut end = 0;
        for token in Tokenizer::new(text, dialect) {
            assert_eq!(token.start, end);
            assert!(token.end > token.start && text.get(token.range()).is_some());
            end = token.end;
        }
        assert_eq!(end, text.len());
        for statement in split(text, dialect).into_iter().flatten() {
            assert_eq!(&text[statement.range.clone()], statement.sql);
        }
    }
});
