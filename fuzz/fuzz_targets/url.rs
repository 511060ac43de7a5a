//! Any text is read or refused as a database address; a password in it is never shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use limbeck::config::DatabaseUrl;

/// Not to be found in any address by chance.
const PASSWORD: &str = "Zq9Xv7Kp";

fuzz_target!(|text: &str| {
    if let Ok(url) = DatabaseUrl::parse(text) {
        let _ = url.check();
        let _ = url.redacted();
    }
    for scheme in ["postgresql", "mysql+pymysql", "mariadb"] {
        let text = format!("{scheme}://user:{PASSWORD}@{text}");
        let said = match DatabaseUrl::parse(&text) {
            Ok(url) => {
                let wrong = url.check().err().map(|error| error.to_string());
                format!("{} {url:?} {wrong:?}", url.redacted())
            }
            Err(error) => format!("{error} {error:?}"),
        };
        assert!(
            text.matches(PASSWORD).count() > 1 || !said.contains(PASSWORD),
            "{said}"
        );
    }
});
