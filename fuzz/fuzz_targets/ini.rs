//! Any text is read or refused as an ini file, and every option of it is interpolated or refused.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use limbeck::config::ini::Ini;

fuzz_target!(|text: &str| {
    if let Ok(ini) = Ini::parse(
        text,
        Path::new("alembic.ini"),
        [("here", "/here".to_owned())],
    ) {
        for section in ini.sections() {
            for (option, _) in ini.own_options(section) {
                let _ = ini.get(section, option);
            }
        }
    }
});
