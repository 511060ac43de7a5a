//! Any text is read or refused as a target or a range.
#![no_main]

use libfuzzer_sys::fuzz_target;
use limbeck::revision::{Range, Target};

fuzz_target!(|text: &str| {
    let _ = Target::parse(text);
    let _ = Range::parse(text);
});
