//! A Python with Alembic, for what both tools do in turn.

use std::{env, path::PathBuf, process::Command, sync::OnceLock};

use crate::{process, skip};

/// The interpreter of `LIMBECK_TEST_PYTHON`, else a `python3` that imports Alembic; `None`, with a line that says so, where
/// there is neither.
pub fn python_with_alembic() -> Option<PathBuf> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let given = env::var_os("LIMBECK_TEST_PYTHON").map(PathBuf::from);
        given.or_else(|| process::find("python3").filter(imports_alembic))
    });
    if found.is_none() {
        skip(
            "Python with Alembic",
            "neither LIMBECK_TEST_PYTHON nor a python3 that imports alembic",
        );
    }
    found.clone()
}

fn imports_alembic(python: &PathBuf) -> bool {
    let asked = Command::new(python)
        .args(["-c", "import alembic, sqlalchemy"])
        .output();
    asked.is_ok_and(|output| output.status.success())
}
