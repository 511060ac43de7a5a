//! The mark of a Python script that was written with something left to decide. In `.sql` it is a directive.

use std::fs;

use crate::{
    operation::SourceLocation,
    script::{CodeError, Header, ScriptError, ScriptFormat},
};

/// What stands before the reason. A `raise` after it makes Alembic refuse the script as well.
pub const UNDECIDED: &str = "# limbeck: undecided because ";

/// Refuses a Python script with the mark, whoever is going to run it.
///
/// # Errors
/// [`ScriptError::Code`] with the place and the reason.
pub fn check_decided(header: &Header) -> Result<(), ScriptError> {
    if header.format != ScriptFormat::Python {
        return Ok(());
    }
    // What cannot be read is told when it is loaded.
    let Ok(bytes) = fs::read(&header.path) else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(&bytes);
    let found = text.lines().zip(1..).find_map(|(line, number)| {
        let reason = line.trim_start().strip_prefix(UNDECIDED)?;
        Some((number, line.len() - line.trim_start().len(), reason))
    });
    let Some((line, blanks, reason)) = found else {
        return Ok(());
    };
    Err(ScriptError::Code(Box::new(CodeError {
        message: format!(
            "something is left to decide: {reason}; edit the script until it says what you mean, and delete this line and the raise"
        ),
        location: Some(SourceLocation {
            path: header.path.clone(),
            line,
            column: u32::try_from(blanks + 1).unwrap_or(u32::MAX),
        }),
        traceback: None,
        needs: None,
        hint: None,
        refused: None,
    })))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::script::python::read_python_header;

    #[test]
    fn a_marked_script_is_refused_with_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a1.py");
        let text = "revision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    # limbeck: undecided because \
                    'book.pages' has no value\n    raise RuntimeError('…')\n";
        let write = |text: &str| {
            fs::write(&path, text).unwrap();
            read_python_header(&path, text.as_bytes()).unwrap()
        };
        let told = |error: ScriptError| {
            let place = directory.path().display().to_string();
            error.to_string().replace(&place, "v")
        };
        let error = check_decided(&write(text)).unwrap_err();
        insta::assert_snapshot!(told(error), @"v/a1.py:6:5: something is left to decide: 'book.pages' has no value; edit the script until it says what you mean, and delete this line and the raise");
        let decided = write(&text.replace("# limbeck: undecided", "# it was undecided"));
        assert!(check_decided(&decided).is_ok());
        let mut gone = decided;
        gone.path = Path::new("not there.py").to_owned();
        assert!(check_decided(&gone).is_ok());
    }
}
