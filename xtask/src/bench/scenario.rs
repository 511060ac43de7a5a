//! What is measured, each as a list of contenders with Limbeck first.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    BenchError, Options,
    history::{self, Shape},
    report::Report,
    rival::{Rival, find},
    series::{Contender, Figure, growth, run},
};

/// The programs a benchmark runs.
pub(crate) struct Programs {
    /// The release build of the command.
    pub(crate) limbeck: PathBuf,
    /// The raw engine.
    pub(crate) raw_sqlite: PathBuf,
    /// Real Alembic, where it is installed.
    pub(crate) alembic: Option<PathBuf>,
    /// The other tools that are installed.
    pub(crate) rivals: Vec<(Rival, PathBuf)>,
}

impl Programs {
    /// Finds what is installed; the first two have just been built.
    pub(crate) fn find(target: &Path, extra: &[PathBuf]) -> Programs {
        Programs {
            limbeck: target.join("limbeck"),
            raw_sqlite: target.join("raw-sqlite"),
            alembic: find("alembic", extra),
            rivals: Rival::ALL
                .into_iter()
                .filter_map(|rival| Some((rival, find(rival.name(), extra)?)))
                .collect(),
        }
    }

    /// The command, run in the project below `root`.
    pub(crate) fn limbeck(&self, root: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.limbeck);
        command.current_dir(root.join("limbeck")).args(arguments);
        command
    }

    /// Alembic, where it is installed, in the project below `root`.
    pub(crate) fn alembic(&self, root: &Path, arguments: &[&str]) -> Option<Command> {
        let mut command = Command::new(self.alembic.as_ref()?);
        command.current_dir(root.join("alembic")).args(arguments);
        Some(command)
    }
}

/// How long it takes to say a version.
pub(crate) fn start_up(programs: &Programs, options: &Options, report: &mut Report) {
    let version = |program: &Path| {
        let program = program.to_owned();
        move || {
            let mut command = Command::new(&program);
            command.arg("--version");
            command
        }
    };
    let mut contenders = vec![Contender::new(
        "limbeck --version",
        version(&programs.limbeck),
    )];
    if let Some(alembic) = &programs.alembic {
        contenders.push(Contender::new("alembic --version", version(alembic)));
    }
    for (rival, program) in &programs.rivals {
        contenders.push(Contender::new(
            format!("{} --version", rival.name()),
            version(program),
        ));
    }
    report.heading("Start-up");
    report.table(
        "The version is printed:",
        &run(&contenders, options.runs * 2),
    );
}

/// Graph commands and upgrades over histories of several sizes.
///
/// # Errors
/// [`BenchError`] when the histories cannot be written.
pub(crate) fn histories(
    programs: &Programs,
    options: &Options,
    report: &mut Report,
) -> Result<(), BenchError> {
    for shape in [Shape::Linear, Shape::Merging] {
        report.heading(match shape {
            Shape::Linear => "Histories: one line",
            Shape::Merging => "Histories: a branch and a merge every 50 revisions",
        });
        let mut curves: Vec<(&str, Vec<(f64, f64)>)> = Vec::new();
        for &size in &options.sizes {
            let root = tempfile::tempdir()?;
            write_projects(programs, root.path(), size, shape)?;
            for (title, figures) in [
                ("heads", graph(programs, root.path(), options, "heads")),
                ("history", graph(programs, root.path(), options, "history")),
                (
                    "upgrade from empty",
                    upgrade(programs, root.path(), options),
                ),
                ("upgrade at head", at_head(programs, root.path(), options)),
            ] {
                report.table(&format!("**{title}**, {size} revisions:"), &figures);
                let wall = figures
                    .first()
                    .and_then(|figure| figure.median(|cost| cost.wall));
                if let Some(wall) = wall {
                    match curves.iter_mut().find(|(name, _)| *name == title) {
                        Some((_, points)) => points.push((size as f64, wall)),
                        None => curves.push((title, vec![(size as f64, wall)])),
                    }
                }
            }
        }
        for (title, points) in curves {
            if let Some(exponent) = growth(&points) {
                report.line(&format!("Growth of limbeck's {title}: size^{exponent:.2}."));
            }
        }
    }
    Ok(())
}

fn write_projects(
    programs: &Programs,
    root: &Path,
    size: usize,
    shape: Shape,
) -> Result<(), BenchError> {
    let revisions = history::generate(size, shape);
    history::write_limbeck(&root.join("limbeck"), &revisions, "sqlite:///bench.db")?;
    history::write_alembic(&root.join("alembic"), &revisions, "sqlite:///bench.db")?;
    history::write_lines(root, &revisions)?;
    // The yardstick: the script that Limbeck itself would run, for the engine alone.
    let script = programs
        .limbeck(root, &["upgrade", "head", "--sql"])
        .output()?;
    if !script.status.success() {
        return Err(BenchError::Script(
            String::from_utf8_lossy(&script.stderr).into_owned(),
        ));
    }
    fs::write(root.join("raw.sql"), script.stdout)?;
    Ok(())
}

fn graph(
    programs: &Programs,
    root: &Path,
    options: &Options,
    command: &'static str,
) -> Vec<Figure> {
    let mut contenders = vec![Contender::new(format!("limbeck {command}"), || {
        programs.limbeck(root, &[command])
    })];
    if programs.alembic.is_some() {
        contenders.push(Contender::new(format!("alembic {command}"), move || {
            programs
                .alembic(root, &[command])
                .unwrap_or_else(|| Command::new("alembic"))
        }));
    }
    run(&contenders, options.runs)
}

fn upgrade(programs: &Programs, root: &Path, options: &Options) -> Vec<Figure> {
    let fresh = |directory: &str| {
        let database = root.join(directory).join("bench.db");
        move || remove(&database)
    };
    let mut contenders = vec![
        Contender::new("limbeck upgrade head", || {
            programs.limbeck(root, &["upgrade", "head"])
        })
        .prepared(fresh("limbeck")),
        Contender::new("raw engine", || {
            let mut command = Command::new(&programs.raw_sqlite);
            command.current_dir(root).args(["bench.db", "raw.sql"]);
            command
        })
        .prepared(fresh(".")),
    ];
    contenders.extend(rest(programs, root, fresh));
    run(&contenders, options.runs)
}

fn at_head(programs: &Programs, root: &Path, options: &Options) -> Vec<Figure> {
    // The databases of the run before are at head already.
    let keep = |_: &str| || Ok(());
    let mut contenders = vec![Contender::new("limbeck upgrade head", || {
        programs.limbeck(root, &["upgrade", "head"])
    })];
    contenders.extend(rest(programs, root, keep));
    run(&contenders, options.runs)
}

fn rest<'a, P>(
    programs: &'a Programs,
    root: &'a Path,
    prepare: impl Fn(&str) -> P,
) -> Vec<Contender<'a>>
where
    P: Fn() -> io::Result<()> + 'a,
{
    let mut contenders = Vec::new();
    if programs.alembic.is_some() {
        contenders.push(
            Contender::new("alembic upgrade head", move || {
                let command = programs.alembic(root, &["upgrade", "head"]);
                command.unwrap_or_else(|| Command::new("alembic"))
            })
            .prepared(prepare("alembic")),
        );
    }
    for (rival, program) in &programs.rivals {
        let prepare = prepare(rival.name());
        let ready = move || {
            prepare()?;
            // Refinery opens only a database that is there; an empty file is one.
            let database = root.join(rival.name()).join("bench.db");
            fs::OpenOptions::new()
                .create(true)
                .append(true)
                .open(database)
                .map(|_| ())
        };
        contenders.push(
            Contender::new(rival.name(), move || rival.upgrade(program, root)).prepared(ready),
        );
    }
    contenders
}

/// Removes a SQLite database and what belongs to it.
pub(crate) fn remove(database: &Path) -> io::Result<()> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let mut path = database.as_os_str().to_owned();
        path.push(suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
