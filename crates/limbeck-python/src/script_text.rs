//! What a script's text tells before Python reads it, and what Python need not read.
//!
//! Most scripts import nothing of the application, and following what their functions reach takes longer than running them. And
//! most begin with an import of `typing`, which Alembic's template writes for the annotations of the revision's identifiers:
//! those are not evaluated, and `typing` takes longer to load than such a script to run. Must not know what a module is.

use std::{borrow::Cow, ops::Range};

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

/// The text with spaces in place of the annotations that Alembic's template writes: of the revision's identifiers, and of what
/// its two functions return. Nobody asks for them, and each of the three becomes a function of its own, which takes as long to
/// compile as the rest of a small script.
pub(crate) fn without_annotations(text: &[u8]) -> Cow<'_, [u8]> {
    let asks: [&[u8]; 2] = [b"annotat", b"type_hints"];
    if asks.iter().any(|word| places(text, word).next().is_some()) {
        return Cow::Borrowed(text);
    }
    let mut plain = Cow::Borrowed(text);
    let mut start = 0;
    let mut quotes = 0;
    for line in lines(text) {
        // Not in a docstring.
        if let Some(annotation) = annotation(line).filter(|_| quotes % 2 == 0) {
            let range = start + annotation.start..start + annotation.end;
            if let Some(found) = plain.to_mut().get_mut(range) {
                found.fill(b' ');
            }
        }
        quotes += places(line, b"\"\"\"").count() + places(line, b"'''").count();
        start += line.len() + 1;
    }
    plain
}

/// Where a line has an annotation that can go.
fn annotation(line: &[u8]) -> Option<Range<usize>> {
    let returns = b" -> None";
    if let Some(name) = line.strip_suffix(b"() -> None:")
        && [&b"def upgrade"[..], b"def downgrade"].contains(&name)
    {
        let start = name.len() + 2;
        return Some(start..start + returns.len());
    }
    let start = ANNOTATED.iter().find(|start| line.starts_with(start))?;
    let colon = start.iter().position(|&byte| byte == b':')?;
    let equals = line.iter().position(|&byte| byte == b'=')?;
    let words = line.get(colon + 1..equals)?;
    let are_plain = words
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b" ,.|[]_".contains(byte));
    (are_plain && line.get(equals + 1) != Some(&b'=')).then_some(colon..equals)
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
    fn annotations_of_the_template_become_spaces() {
        let text = format!("{TEMPLATE}\n\ndef upgrade() -> None:\n    pass\n");
        let plain = without_annotations(text.as_bytes());
        let plain = String::from_utf8_lossy(&plain);
        assert!(plain.contains("\nrevision      = 'a'\n"), "{plain}");
        let name = format!("\ndown_revision{} = None\n", " ".repeat(33));
        assert!(plain.contains(&name), "{plain}");
        assert!(plain.contains("\ndef upgrade()        :\n"), "{plain}");
        assert_eq!(plain.len(), text.len());
        // The docstring is left alone.
        let quoted = "\"\"\"\nrevision: str = 'a'\n\"\"\"\n";
        assert_eq!(without_annotations(quoted.as_bytes()), quoted.as_bytes());
    }

    #[test]
    fn other_annotations_stay() {
        for text in [
            "revision: 'str' = 'a'\n",
            "revision: str\n",
            "revision: f(x=1) = 'a'\n",
            "other: str = 'a'\n",
            "def upgrade(engine: str) -> None:\n",
            "    revision: str = 'a'\n",
            "revision: str = 'a'\nprint(__annotations__)\n",
        ] {
            assert_eq!(
                without_annotations(text.as_bytes()),
                text.as_bytes(),
                "{text}"
            );
        }
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
