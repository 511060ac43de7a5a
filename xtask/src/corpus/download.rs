//! Projects from PyPI. Only the package index is trusted with the version; what is in the wheel is only read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{error::CorpusError, manifest::Entry, process::run};

/// The unpacked wheel of a project, downloaded once.
pub(crate) fn fetch(entry: &Entry, cache: &Path) -> Result<PathBuf, CorpusError> {
    let directory = cache.join(format!("{}-{}", entry.package, entry.version));
    if !directory.join(&entry.scripts).exists() {
        let wheels = cache.join("wheels");
        fs::create_dir_all(&wheels)?;
        python(&[
            "-m".as_ref(),
            "pip".as_ref(),
            "download".as_ref(),
            "--quiet".as_ref(),
            "--disable-pip-version-check".as_ref(),
            "--no-deps".as_ref(),
            "--only-binary=:all:".as_ref(),
            "--dest".as_ref(),
            wheels.as_os_str(),
            format!("{}=={}", entry.package, entry.version).as_ref(),
        ])?;
        let wheel = wheel_of(&wheels, entry)?;
        fs::create_dir_all(&directory)?;
        python(&[
            "-m".as_ref(),
            "zipfile".as_ref(),
            "-e".as_ref(),
            wheel.as_os_str(),
            directory.as_os_str(),
        ])?;
    }
    if !directory.join(&entry.scripts).exists() {
        return Err(CorpusError::NoScripts(
            entry.name.clone(),
            entry.scripts.clone(),
        ));
    }
    Ok(fs::canonicalize(directory)?)
}

fn wheel_of(wheels: &Path, entry: &Entry) -> Result<PathBuf, CorpusError> {
    let stem = format!("{}-{}-", entry.package.replace('-', "_"), entry.version);
    let mut found = fs::read_dir(wheels)?
        .filter_map(Result::ok)
        .map(|file| file.path())
        .filter(|path| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(&stem))
        });
    found
        .next()
        .ok_or_else(|| CorpusError::NoScripts(entry.name.clone(), wheels.to_owned()))
}

fn python(arguments: &[&std::ffi::OsStr]) -> Result<(), CorpusError> {
    let finished = run(std::process::Command::new("python3").args(arguments))?;
    match finished.success {
        true => Ok(()),
        false => Err(CorpusError::Program {
            program: "python3".to_owned(),
            output: finished.output(),
        }),
    }
}
