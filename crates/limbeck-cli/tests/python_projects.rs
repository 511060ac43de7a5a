//! Projects in Alembic's layout: `init` with Alembic's templates, and new revisions as Alembic writes them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path, process::Command};

use limbeck_testing::python_with_alembic;

/// What `limbeck` answers in `directory`.
fn limbeck(directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_limbeck"))
        .args(arguments)
        .current_dir(directory)
        .env_remove("ALEMBIC_CONFIG")
        .output()
        .unwrap();
    said(&output, directory)
}

/// What Alembic answers in `directory`.
fn alembic(python: &Path, directory: &Path, arguments: &[&str]) -> String {
    let output = Command::new(python)
        .args(["-m", "alembic"])
        .args(arguments)
        .current_dir(directory)
        .env_remove("ALEMBIC_CONFIG")
        .output()
        .unwrap();
    said(&output, directory)
}

/// Both streams, with the directory taken out and lines in order of their text: Alembic lists a template's files as
/// its directory has them.
fn said(output: &std::process::Output, directory: &Path) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8(text).unwrap();
    // Alembic folds its messages to the width of the terminal.
    let text = text.replace("\n  ", " ");
    let mut lines: Vec<String> = text
        .replace(&directory.display().to_string(), "DIR")
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    lines.sort();
    lines.join("\n")
}

fn file(directory: &Path, name: &str) -> String {
    fs::read_to_string(directory.join(name)).unwrap()
}

/// Settings without comments and blank lines: what a program reads.
fn settings(text: &str) -> String {
    let says_something = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let lines: Vec<&str> = text.lines().map(str::trim).filter(says_something).collect();
    lines.join("\n")
}

/// Python code without comments and docstrings.
fn code(python: &Path, text: &str) -> String {
    let program = "import ast, sys\n\
                   tree = ast.parse(sys.stdin.read())\n\
                   for node in ast.walk(tree):\n    \
                       body = getattr(node, 'body', None)\n    \
                       if isinstance(body, list) and body and isinstance(body[0], ast.Expr) \
                          and isinstance(body[0].value, ast.Constant):\n        \
                           node.body = body[1:]\n\
                   print(ast.unparse(tree))";
    let mut child = Command::new(python)
        .args(["-c", program])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    use std::io::Write as _;
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

const TEMPLATES: [&str; 5] = [
    "generic",
    "async",
    "multidb",
    "pyproject",
    "pyproject_async",
];

#[test]
fn init_says_what_it_makes() {
    let root = tempfile::tempdir().unwrap();
    let said = limbeck(
        root.path(),
        &["init", "-t", "pyproject", "--package", "db/alembic"],
    );
    insta::assert_snapshot!(said, @r#"
    Adding DIR/db/alembic/__init__.py ... done
    Adding DIR/db/alembic/versions/__init__.py ... done
    Creating directory DIR/db/alembic ... done
    Creating directory DIR/db/alembic/versions ... done
    Generating DIR/alembic.ini ... done
    Generating DIR/db/alembic/README ... done
    Generating DIR/db/alembic/env.py ... done
    Generating DIR/db/alembic/script.py.mako ... done
    Generating DIR/pyproject.toml ... done
    Please edit configuration settings in DIR/pyproject.toml and configuration/connection/logging settings in DIR/alembic.ini before proceeding.
    "#);
    let said = limbeck(root.path(), &["init", "-t", "pyproject", "other"]);
    insta::assert_snapshot!(said, @r#"
    Creating directory DIR/other ... done
    Creating directory DIR/other/versions ... done
    File DIR/alembic.ini already exists, skipping
    File DIR/pyproject.toml already exists and already has a [tool.alembic] section, skipping
    Generating DIR/other/README ... done
    Generating DIR/other/env.py ... done
    Generating DIR/other/script.py.mako ... done
    Please edit configuration settings in DIR/pyproject.toml and configuration/connection/logging settings in DIR/alembic.ini before proceeding.
    "#);
    assert!(
        file(root.path(), "pyproject.toml").contains("script_location = \"%(here)s/db/alembic\"")
    );
}

#[test]
fn settings_go_to_the_end_of_a_pyproject_that_has_none() {
    let root = tempfile::tempdir().unwrap();
    fs::write(
        root.path().join("pyproject.toml"),
        "[project]\nname = \"shop\"\n",
    )
    .unwrap();
    let said = limbeck(root.path(), &["init", "-t", "pyproject", "alembic"]);
    assert!(
        said.contains("Appending to existing DIR/pyproject.toml ... done"),
        "{said}"
    );
    let text = file(root.path(), "pyproject.toml");
    assert!(
        text.starts_with("[project]\nname = \"shop\"\n\n\n[tool.alembic]\n"),
        "{text}"
    );
}

#[test]
fn a_new_project_means_the_same_as_one_of_alembic() {
    let Some(python) = python_with_alembic() else {
        return;
    };
    for template in TEMPLATES {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let arguments = ["init", "-t", template, "--package", "db/alembic"];
        let said = limbeck(ours.path(), &arguments);
        assert_eq!(
            said,
            alembic(&python, theirs.path(), &arguments),
            "{template}"
        );
        let mut names = vec!["alembic.ini"];
        if template.starts_with("pyproject") {
            names.push("pyproject.toml");
        }
        for name in names {
            let (ours, theirs) = (file(ours.path(), name), file(theirs.path(), name));
            assert_eq!(settings(&ours), settings(&theirs), "{template}: {name}");
        }
        let name = "db/alembic/env.py";
        let (our_env, their_env) = (file(ours.path(), name), file(theirs.path(), name));
        assert_eq!(
            code(&python, &our_env),
            code(&python, &their_env),
            "{template}"
        );
        for name in ["db/alembic/__init__.py", "db/alembic/versions/__init__.py"] {
            assert_eq!(file(ours.path(), name), "", "{template}: {name}");
        }
        // Alembic works with what we have made, and writes the same script from it.
        let revision = |project: &Path| {
            alembic(
                &python,
                project,
                &[
                    "revision",
                    "--rev-id",
                    "ae1027a6acf0",
                    "-m",
                    "create account table",
                ],
            );
            let name = "db/alembic/versions/ae1027a6acf0_create_account_table.py";
            let text = file(project, name);
            let date = text
                .lines()
                .find(|line| line.starts_with("Create Date: "))
                .unwrap();
            text.replace(date, "Create Date: then")
        };
        assert_eq!(revision(ours.path()), revision(theirs.path()), "{template}");
    }
}

/// The template has a loop over the databases of the ini file, which only Python can run.
#[cfg(feature = "python")]
#[test]
fn a_template_with_code_is_filled_in_by_the_interpreter() {
    let Some(python) = python_with_alembic() else {
        return;
    };
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let name = "alembic/versions/ae1027a6acf0_create_account_table.py";
    let arguments = [
        "revision",
        "--rev-id",
        "ae1027a6acf0",
        "-m",
        "create account table",
    ];
    alembic(
        &python,
        theirs.path(),
        &["init", "-t", "multidb", "alembic"],
    );
    alembic(&python, theirs.path(), &arguments);
    limbeck(ours.path(), &["init", "-t", "multidb", "alembic"]);
    let said = limbeck(ours.path(), &arguments);
    assert!(ours.path().join(name).is_file(), "{said}");
    let without_date = |text: String| {
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("Create Date: "));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        without_date(file(ours.path(), name)),
        without_date(file(theirs.path(), name))
    );
    let template = ours.path().join("alembic/script.py.mako");
    fs::write(&template, "${message}\n% for x in 5:\n% endfor\n").unwrap();
    let said = limbeck(ours.path(), &["revision", "-m", "next"]);
    assert!(
        said.contains(
            "script.py.mako:2: TypeError: 'int' object is not iterable; nothing was written"
        ),
        "{said}"
    );
}

#[test]
fn a_new_revision_is_byte_for_byte_that_of_alembic() {
    let Some(python) = python_with_alembic() else {
        return;
    };
    let root = tempfile::tempdir().unwrap();
    limbeck(root.path(), &["init", "-t", "generic", "alembic"]);
    let versions = root.path().join("alembic/versions");
    let both = |arguments: &[&str]| {
        let mut texts = Vec::new();
        for tool in ["limbeck", "alembic"] {
            let before: Vec<_> = fs::read_dir(&versions)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            let said = match tool {
                "limbeck" => limbeck(root.path(), arguments),
                _ => alembic(&python, root.path(), arguments),
            };
            let new: Vec<_> = fs::read_dir(&versions)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| {
                    !before.contains(path) && path.extension().is_some_and(|end| end == "py")
                })
                .collect();
            let [path] = new.as_slice() else {
                panic!("{tool} wrote {new:?}: {said}")
            };
            let text = fs::read_to_string(path).unwrap();
            let date = text
                .lines()
                .find(|line| line.starts_with("Create Date: "))
                .unwrap()
                .to_owned();
            texts.push((
                path.clone(),
                said,
                text.replace(&date, "Create Date: then"),
                date.len(),
            ));
            if tool == "limbeck" {
                fs::remove_file(path).unwrap();
            }
        }
        assert_eq!(texts[0], texts[1]);
    };
    both(&["revision", "--rev-id", "a1", "-m", "first: \"quoted\" it's"]);
    both(&[
        "revision",
        "--rev-id",
        "b1",
        "-m",
        "second",
        "--branch-label",
        "books",
    ]);
    both(&[
        "revision",
        "--rev-id",
        "b2",
        "--head",
        "a1",
        "--splice",
        "--depends-on",
        "b1",
    ]);
    both(&["merge", "--rev-id", "c1", "heads", "-m", "join"]);
    both(&[
        "revision",
        "--rev-id",
        "d1",
        "--head",
        "base",
        "-m",
        "a message that is longer than forty characters in all",
    ]);
}
