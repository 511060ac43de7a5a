//! Statements without what makes no difference: white space, and how a driver writes its placeholders.

/// White space to one blank, none inside parentheses' edges; with `placeholders`, those of all kinds to `?`.
pub(super) fn fold(sql: &str, placeholders: bool) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let text = words.join(" ").replace("( ", "(").replace(" )", ")");
    if placeholders { unify(&text) } else { text }
}

/// `%(name)s`, `%s`, `$1` and `?` are the same thing to different drivers.
fn unify(text: &str) -> String {
    let mut unified = String::new();
    let mut rest = text;
    while let Some(found) = rest.find(['%', '$']) {
        let (before, after) = rest.split_at(found);
        unified.push_str(before);
        let length = mark(after);
        unified.push_str(if length.is_some() {
            "?"
        } else {
            after.get(..1).unwrap_or_default()
        });
        rest = after.get(length.unwrap_or(1)..).unwrap_or_default();
    }
    unified + rest
}

/// How long the placeholder is that `text` begins with.
fn mark(text: &str) -> Option<usize> {
    if text.starts_with("%(") {
        return text.find(")s").map(|end| end + 2);
    }
    if text.starts_with("%s") {
        return Some(2);
    }
    let digits = text
        .strip_prefix('$')?
        .chars()
        .take_while(char::is_ascii_digit)
        .count();
    (digits > 0).then_some(digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_placeholders_make_no_difference() {
        let wanted = fold("INSERT INTO t (a) VALUES (%(a)s, %s)", true);
        assert_eq!(wanted, "INSERT INTO t (a) VALUES (?, ?)");
        assert_eq!(fold("INSERT INTO t (\n a\n) VALUES ($1, ?)", true), wanted);
        assert_eq!(fold("SELECT '%s',\t 5 % 2", false), "SELECT '%s', 5 % 2");
    }
}
