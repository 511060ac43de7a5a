//! Any text below a good header gives statements or an error, for every direction and dialect.
#![no_main]

use libfuzzer_sys::fuzz_target;
use limbeck::{
    dialect::DialectName,
    script::{Direction, SqlScript},
};

fuzz_target!(|text: String| {
    let _ = SqlScript::from_text("a.sql", text.clone());
    let text = format!("-- revision: a\n-- revises: base\n\n-- limbeck: upgrade\n{text}");
    let Ok(script) = SqlScript::from_text("a.sql", text) else {
        return;
    };
    for dialect in DialectName::ALL {
        let _ = script.statements(Direction::Upgrade, dialect);
        let _ = script.statements(Direction::Downgrade, dialect);
    }
});
