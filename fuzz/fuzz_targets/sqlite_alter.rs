//! Any text is read or refused as an `ALTER TABLE` for SQLite.
#![no_main]

use libfuzzer_sys::fuzz_target;
use limbeck::dialect::sqlite::alter;

fuzz_target!(|text: &str| {
    let _ = alter::read(text);
    let _ = alter::read(&format!("ALTER TABLE t {text}"));
});
