//! What a script's text tells before Python reads it.
//!
//! Most scripts import nothing of the application, and following what their functions reach takes longer than running them. And
//! most begin with an import of `typing`, which Alembic's template writes for the annotations of the revision's identifiers:
//! those are not evaluated, and `typing` takes longer to load than such a script to run. Must not know what a module is.

use std::borrow::Cow;

const TYPING: &[u8] = b"from typing import ";
const ANNOTATED: [&[u8]; 4] = [
    b"revision: ",
    b"down_revision: ",
    b"branch_labels: ",
    b"depends_on: ",
];

/// The text, with an empty line in place of an import of `typing` whose names stand in the annotations of the identifiers and
/// nowhere else, comments and strings included.
pub(crate) fn without_unused_typing(text: &[u8]) -> Cow<'_, [u8]> {
    if places(text, b"typing").count() != 1 {
        return Cow::Borrowed(text);
    }
    let mut start = 0;
    for line in lines(text) {
        let Some(names) = line.strip_prefix(TYPING) else {
            start += line.len() + 1;
            continue;
        };
        let names: Vec<&[u8]> = names
            .split(|&byte| byte == b',')
            .map(<[u8]>::trim_ascii)
            .collect();
        let are_plain = names
            .iter()
            .all(|name| !name.is_empty() && name.iter().all(u8::is_ascii_alphabetic));
        let (before, rest) = text.split_at(start);
        let after = rest.get(line.len()..).unwrap_or_default();
        if are_plain
            && lines(before)
                .chain(lines(after))
                .all(|line| !uses(line, &names))
        {
            return Cow::Owned([before, after].concat());
        }
        break;
    }
    Cow::Borrowed(text)
}

/// Whether one of the names stands in a line. What is assigned counts, what annotates an identifier does not.
fn uses(line: &[u8], names: &[&[u8]]) -> bool {
    let is_annotated = ANNOTATED.iter().any(|start| line.starts_with(start));
    let counts = match (is_annotated, line.iter().position(|&byte| byte == b'=')) {
        (false, _) => line,
        (true, Some(equals)) => line.get(equals..).unwrap_or_default(),
        (true, None) => b"",
    };
    names
        .iter()
        .any(|name| places(counts, name).next().is_some())
}

/// The packages and modules that a text imports; `None` where that cannot be told from single lines.
pub(crate) fn imported(text: &[u8]) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    // A line that goes on in the next, or ends in another way, is left to Python.
    if places(text, b"\\\n").next().is_some() || text.contains(&b'\r') {
        return None;
    }
    for line in lines(text) {
        match places(line, b"import").count() {
            0 => continue,
            1 => {}
            _ => return None,
        }
        let mut words = line
            .split(|byte| byte.is_ascii_whitespace())
            .filter(|word| !word.is_empty());
        let takes = match words.next() {
            Some(b"import") if !line.contains(&b',') => words.next(),
            Some(b"from") => words.next(),
            // One that is no statement, or shares its line with another.
            _ => None,
        };
        let name = takes?
            .split(|&byte| byte == b'.')
            .next()
            .unwrap_or_default();
        let name = std::str::from_utf8(name).ok()?;
        if name.is_empty() {
            return None;
        }
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    Some(found)
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&byte| byte == b'\n')
}

/// Where a word begins in a text.
fn places<'a>(text: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = word.first().copied();
    text.iter()
        .enumerate()
        .filter(move |(_, byte)| Some(**byte) == first)
        .map(|(place, _)| place)
        .filter(move |place| {
            text.get(*place..)
                .is_some_and(|rest| rest.starts_with(word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "\"\"\"step\n\"\"\"\nfrom typing import Sequence, Union\n\nfrom alembic import op\nimport sqlalchemy as sa\n\n\
                            revision: str = 'a'\ndown_revision: Union[str, Sequence[str], None] = None\n";

    fn without(text: &str) -> String {
        String::from_utf8_lossy(&without_unused_typing(text.as_bytes())).into_owned()
    }

    #[test]
    fn the_import_of_the_template_goes() {
        let expected = TEMPLATE.replace("from typing import Sequence, Union", "");
        assert_eq!(without(TEMPLATE), expected);
    }

    #[test]
    fn an_import_that_is_used_stays() {
        for more in [
            "def upgrade(x: Union[str, int]): pass\n",
            "# Sequence\n",
            "depends_on: Union[str, None] = Union\n",
            "import typing\n",
        ] {
            let text = format!("{TEMPLATE}{more}");
            assert_eq!(without(&text), text);
        }
        let renamed = TEMPLATE.replace("Union\n", "Union as Either\n");
        assert_eq!(without(&renamed), renamed);
        let indented = TEMPLATE.replace("from typing", "  from typing");
        assert_eq!(without(&indented), indented);
    }

    #[test]
    fn imports_are_found_by_their_packages() {
        let found = imported(TEMPLATE.as_bytes());
        assert_eq!(
            found,
            Some(vec!["typing".into(), "alembic".into(), "sqlalchemy".into()])
        );
        let nested = b"def upgrade():\n    from app.models import User\n    import os.path\n";
        assert_eq!(imported(nested), Some(vec!["app".into(), "os".into()]));
    }

    #[test]
    fn what_single_lines_do_not_tell_is_not_told() {
        for text in [
            "import os, app",
            "x = 1; import app",
            "import os; import app",
            "from . import models",
            "from .models import User",
            "from app \\\n import os",
            "import os\rimport app",
            "__import__('app')",
            "import importlib",
            "# important",
        ] {
            assert_eq!(imported(text.as_bytes()), None, "{text}");
        }
    }
}
