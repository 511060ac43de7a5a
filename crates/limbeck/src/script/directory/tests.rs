use std::fs;

use super::*;

fn write(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn sql(revision: &str) -> String {
    format!("-- m\n--\n-- revision: {revision}\n-- revises: base\n\n-- limbeck: upgrade\n")
}

fn python(revision: &str) -> String {
    format!("\"\"\"m\"\"\"\nrevision = '{revision}'\ndown_revision = None\n")
}

fn ids(scripts: &Scripts) -> Vec<&str> {
    scripts
        .scripts
        .iter()
        .map(|script| script.header().revision.as_str())
        .collect()
}

#[test]
fn files_are_sorted_by_location_then_name_and_other_files_are_passed_over() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("b/2.sql", &sql("two")),
            ("b/1.py", &python("one")),
            ("b/.#1.py", "broken"),
            ("b/__init__.py", ""),
            ("b/__pycache__/1.py", &python("cached")),
            ("b/sub/0.sql", &sql("deep")),
            ("b/README.md", ""),
            ("a/9.sql", &sql("nine")),
        ],
    );
    let mut directory = VersionsDirectory {
        locations: vec![
            root.path().join("b"),
            root.path().join("a"),
            root.path().join("none"),
        ],
        recursive: false,
    };
    assert_eq!(ids(&directory.load().unwrap()), ["one", "two", "nine"]);
    directory.recursive = true;
    assert_eq!(
        ids(&directory.load().unwrap()),
        ["one", "two", "deep", "nine"]
    );
}

#[test]
fn a_file_reached_twice_is_read_once_and_noted() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("v/1.sql", &sql("one"))]);
    let directory = VersionsDirectory {
        locations: vec![root.path().join("v"), root.path().join("v/../v")],
        recursive: false,
    };
    let scripts = directory.load().unwrap();
    assert_eq!(ids(&scripts), ["one"]);
    assert!(matches!(scripts.notes[..], [Note::LoadedTwice(_)]));
}

#[test]
fn a_broken_file_leaves_the_others_alone() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("1.sql", &sql("one")),
            ("2.sql", "-- limbeck: upgrade\nSELECT 1;"),
            ("3.py", "revision = make_id()\ndown_revision = None\n"),
            ("data.sql", "INSERT INTO t VALUES (1);"),
        ],
    );
    let directory = VersionsDirectory {
        locations: vec![root.path().to_owned()],
        recursive: false,
    };
    let scripts = directory.load().unwrap();
    assert_eq!(ids(&scripts), ["one"]);
    let place = format!("{}/", root.path().display());
    let problems: Vec<String> = scripts
        .problems
        .iter()
        .map(|problem| problem.to_string().replace(&place, ""))
        .collect();
    insta::assert_snapshot!(problems.join("\n"), @r#"
    2.sql: no revision id: add the line '-- revision: ID' to the comment at the top of the file
    3.py:1:1: 'revision' is computed, not written as a string, a tuple or None; only the Python front end can run the file to find out
    "#);
    assert_eq!(
        scripts.notes,
        [Note::NoScript(root.path().join("data.sql"))]
    );
}

#[test]
fn many_files_keep_their_order_over_threads() {
    let root = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..300).map(|number| format!("{number:04}")).collect();
    for name in &names {
        write(root.path(), &[(&format!("{name}.py"), &python(name))]);
    }
    let directory = VersionsDirectory {
        locations: vec![root.path().to_owned()],
        recursive: false,
    };
    assert_eq!(ids(&directory.load().unwrap()), names);
}

#[test]
fn embedded_texts_are_scripts_in_the_order_of_their_names() {
    let scripts = Scripts::from_texts([
        ("2.sql", "-- revision: b\n-- revises: a\n"),
        ("1.py", "revision = 'a'\ndown_revision = None\n"),
        ("notes.txt", "nothing"),
    ]);
    assert_eq!(ids(&scripts), ["a", "b"]);
    assert!(scripts.scripts[0].as_script().is_none());
    assert!(scripts.scripts[1].as_script().is_some());
}
