//! SQLite: its pragmas, and the words of the statements it keeps.

use limbeck::migrate::Session;

use super::{OWN, ask};

const QUESTIONS: [&str; 4] = [
    "SELECT 'table ' || name || ' ' || type || ' ' || strict || ' ' || wr FROM pragma_table_list \
     WHERE schema = 'main' AND type <> 'shadow'",
    "SELECT 'column ' || t.name || '.' || c.name || ' ' || replace(c.type, ' ', '') || ' ' || c.\"notnull\" || ' ' || c.hidden || ' ' \
         || c.pk || ' ' || coalesce(c.dflt_value, '') \
     FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c WHERE t.schema = 'main' AND t.type <> 'shadow'",
    "SELECT 'key ' || t.name || ' ' || k.\"from\" || ' ' || k.\"table\" || ' ' || coalesce(k.\"to\", '') || ' ' || k.seq || ' ' \
         || k.on_update || ' ' || k.on_delete || ' ' || k.\"match\" \
     FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS k WHERE t.schema = 'main'",
    "SELECT 'index ' || t.name || ' ' || CASE i.origin WHEN 'c' THEN i.name ELSE i.origin END || ' ' || i.\"unique\" \
         || ' ' || i.partial || ' ' || (SELECT group_concat(coalesce(c.name, 'an expression') || ' ' || c.\"desc\" || ' ' \
         || c.coll, ', ') FROM pragma_index_xinfo(i.name) AS c WHERE c.key) \
     FROM pragma_table_list AS t, pragma_index_list(t.name) AS i WHERE t.schema = 'main' AND t.type <> 'shadow'",
];

pub(super) async fn lines(session: &mut Session<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for question in QUESTIONS {
        lines.extend(ask(session, question).await.into_iter().flatten());
    }
    let texts = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL \
         AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')";
    for row in ask(session, texts).await {
        let [kind, name, sql] = [&row[0], &row[1], &row[2]];
        if kind == "table" {
            let clauses = clauses(sql).into_iter();
            lines.extend(clauses.map(|clause| format!("clause {name}: {clause}")));
        } else {
            lines.push(format!("{kind} {name}: {}", words(sql).join(" ")));
        }
    }
    let own = |line: &String| OWN.iter().any(|name| line.contains(name));
    lines.retain(|line| !own(line) && !line.contains("sqlite_"));
    lines
}

/// The words of a statement in lower case: without white space, quotes of names, and parentheses. Texts stay.
fn words(sql: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                let mut text = String::from("'");
                for inner in letters.by_ref() {
                    text.push(inner);
                    if inner == '\'' {
                        break;
                    }
                }
                words.push(text);
                words.push(String::new());
            }
            '"' => {
                let mut name = String::new();
                while let Some(inner) = letters.next() {
                    if inner == '"' && letters.next_if_eq(&'"').is_none() {
                        break;
                    }
                    name.push(inner);
                }
                words.push(name.to_lowercase());
                words.push(String::new());
            }
            _ if letter.is_alphanumeric() || letter == '_' || letter == '.' => {
                if let Some(word) = words.last_mut() {
                    word.extend(letter.to_lowercase());
                }
            }
            _ => {
                let sign = !letter.is_whitespace() && !"()".contains(letter);
                words.push(if sign {
                    letter.to_string()
                } else {
                    String::new()
                });
                words.push(String::new());
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What stands between the commas of a table, each as its words in alphabetical order: the order of the parts of a
/// definition says nothing, and all else that an order could say is in the pragmas.
fn clauses(sql: &str) -> Vec<String> {
    let body = sql.find('(').map_or("", |start| &sql[start + 1..]);
    let mut clauses = vec![String::new()];
    let (mut depth, mut quote) = (0_i32, None);
    for letter in body.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, ',') if depth == 0 => {
                clauses.push(String::new());
                continue;
            }
            _ => {}
        }
        // What comes after the table's own parentheses is in the list of tables.
        if depth < 0 {
            break;
        }
        if let Some(clause) = clauses.last_mut() {
            clause.push(letter);
        }
    }
    let mut clauses: Vec<Vec<String>> = clauses.iter().map(|clause| words(clause)).collect();
    // A key of one column may stand in the column or beside it.
    let beside = clauses.iter().position(|clause| {
        let mut columns = clause.iter().skip_while(|word| *word != "autoincrement");
        clause.starts_with(&["primary".to_owned(), "key".to_owned()])
            && (clause.len() == 3 || columns.next().is_some())
    });
    if let Some(place) = beside {
        let mut key = clauses.remove(place);
        let column = key.remove(2);
        let mut columns = clauses.iter_mut();
        if let Some(column) = columns.find(|clause| clause.first() == Some(&column)) {
            column.append(&mut key);
        }
    }
    for clause in &mut clauses {
        clause.sort();
    }
    clauses.iter().map(|clause| clause.join(" ")).collect()
}
