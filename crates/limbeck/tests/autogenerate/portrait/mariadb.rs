//! MariaDB: `SHOW CREATE`, line by line.

use limbeck::migrate::Session;

use super::{OWN, ask, in_one_line};

pub(super) async fn lines(session: &mut Session<'_>) -> Vec<String> {
    let database = ask(session, "SELECT DATABASE()").await[0][0].clone();
    let lines = statements(session).await;
    // The server says where a sequence or a routine is, but two databases have two names.
    let database = format!("`{database}`.");
    lines
        .into_iter()
        .map(|line| line.replace(&database, ""))
        .collect()
}

async fn statements(session: &mut Session<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for row in ask(session, "SHOW FULL TABLES").await {
        let (name, kind) = (row[0].as_str(), row[1].as_str());
        if OWN.contains(&name) {
            continue;
        }
        let show = match kind {
            "VIEW" | "SEQUENCE" => kind,
            _ => "TABLE",
        };
        let text = statement(session, &format!("SHOW CREATE {show} `{name}`"), 1).await;
        // Numbers of rows are not a schema's.
        let text = without(&text, " AUTO_INCREMENT=");
        // A table that was Aria's keeps it wherever it goes.
        let text = text.replace(" PAGE_CHECKSUM=1", "");
        let parts = text.lines().map(|line| line.trim().trim_end_matches(','));
        lines.extend(parts.map(|line| format!("{name}: {}", in_one_line(line))));
    }
    for kind in ["FUNCTION", "PROCEDURE"] {
        let sql = format!(
            "SELECT routine_name FROM information_schema.routines \
             WHERE routine_schema = DATABASE() AND routine_type = '{kind}'"
        );
        // These keep the text that made them, with the quotes that it had.
        for row in ask(session, &sql).await {
            let text = statement(session, &format!("SHOW CREATE {kind} `{}`", row[0]), 2).await;
            lines.push(in_one_line(&text).replace('`', ""));
        }
    }
    let triggers = "SELECT trigger_name, event_object_table, action_order FROM information_schema.triggers \
                    WHERE trigger_schema = DATABASE()";
    for row in ask(session, triggers).await {
        let text = statement(session, &format!("SHOW CREATE TRIGGER `{}`", row[0]), 2).await;
        lines.push(in_one_line(&text).replace('`', ""));
    }
    lines
}

async fn statement(session: &mut Session<'_>, sql: &str, column: usize) -> String {
    let rows = ask(session, sql).await;
    rows[0][column].clone()
}

/// The text without a word and the number after it.
fn without(text: &str, word: &str) -> String {
    match text.split_once(word) {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
            format!("{before}{rest}")
        }
        None => text.to_owned(),
    }
}
