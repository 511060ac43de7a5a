//! Script directories and scripts that are missing, cannot be read or cannot be written.
use crate::project::Project;

#[test]
fn the_script_location_is_missing() {
    let project = Project::with_settings("script_location = \"migratons\"\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: Path doesn't exist: [ROOT]/migratons.  Please use the 'init' command to create a new scripts folder.
[exit 255]
");
}

#[test]
fn the_script_location_is_a_file() {
    let project = Project::with_settings("script_location = \"limbeck.toml\"\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/limbeck.toml is not a directory; script_location has to name the directory of the scripts
[exit 255]
");
}

#[test]
fn the_versions_directory_is_a_file() {
    let project = Project::with_settings("versions = [\"limbeck.toml\"]\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: cannot list [ROOT]/limbeck.toml: Not a directory (os error 20)
[exit 255]
");
}

#[test]
fn a_script_that_is_not_utf_8() {
    let project = Project::new().table("a1", "base");
    let path = project.path().join("migrations/versions/b1.sql");
    std::fs::write(path, b"-- caf\xe9\n-- revision: b1\n-- revises: a1\n").unwrap();
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: the file is not UTF-8; save it as UTF-8
[stderr]
error: the file is not UTF-8; save it as UTF-8
 --> [ROOT]/migrations/versions/b1.sql:1:7
  |
1 | -- caf�
  |       ^
[exit 255]
");
    insta::assert_snapshot!(project.told("show a1"), @"
Rev: a1 (head)
Parent: <base>
Path: [ROOT]/migrations/versions/a1.sql

    make a1
    
    revision: a1
    revises: base

[stderr]
WARNI [limbeck.script] [ROOT]/migrations/versions/b1.sql:1:7: the file is not UTF-8; save it as UTF-8
[exit 0]
");
}

#[test]
fn statements_that_are_not_utf_8() {
    let project = Project::new();
    let mut text = b"-- a\n-- revision: a1\n-- revises: base\n-- limbeck: upgrade\n".to_vec();
    text.extend(std::iter::repeat_n(b"SELECT 1;\n", 4000).flatten());
    text.extend(b"SELECT 'caf\xe9';\n");
    project.write("migrations/versions/README", "");
    std::fs::write(project.path().join("migrations/versions/a1.sql"), text).unwrap();
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: the file is not UTF-8; save it as UTF-8
    --> [ROOT]/migrations/versions/a1.sql:4005:12
     |
4005 | SELECT 'caf�';
     |            ^^
     |
     = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn an_empty_script() {
    let project = Project::new().script("a1.sql", "");
    insta::assert_snapshot!(project.told("heads"), @"
[stderr]
WARNI [limbeck.script] [ROOT]/migrations/versions/a1.sql is ignored: it has no '-- revision:' line at its top
[exit 0]
");
}

#[test]
fn a_script_without_a_header() {
    let project = Project::new().script("a1.sql", "-- limbeck: upgrade\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/migrations/versions/a1.sql: no revision id: add the line '-- revision: ID' to the comment at the top of the file
[exit 255]
");
}

#[test]
fn a_script_without_its_parent() {
    let project = Project::new().script("a1.sql", "-- x\n--\n-- revision: a1\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/migrations/versions/a1.sql: nothing says which revision this one follows: add the line '-- revises: ID', or '-- revises: base' for the first revision
[exit 255]
");
}

#[test]
fn a_misspelled_header_line() {
    let project = Project::new().script("a1.sql", "-- x\n--\n-- revision: a1\n-- revise: base\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: unknown header line 'revise'; did you mean 'revises'?
[stderr]
error: unknown header line 'revise'; did you mean 'revises'?
 --> [ROOT]/migrations/versions/a1.sql:4:1
  |
4 | -- revise: base
  | ^^
[exit 255]
");
}

#[test]
fn a_header_line_twice() {
    let project = Project::new().script("a1.sql", "-- x\n--\n-- revision: a1\n-- revision: b1\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: 'revision' is already given in line 3
[stderr]
error: 'revision' is already given in line 3
 --> [ROOT]/migrations/versions/a1.sql:4:1
  |
4 | -- revision: b1
  | ^^
[exit 255]
");
}

#[test]
fn a_directory_named_like_a_script_is_none() {
    let project = Project::new().script("a1.sql/README", "");
    insta::assert_snapshot!(project.told("heads"), @"[exit 0]");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    let project = Project::new().table("a1", "base");
    let link = project.path().join("migrations/versions/b1.sql");
    std::os::unix::fs::symlink("nowhere.sql", link).unwrap();
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/migrations/versions/b1.sql: cannot be read: No such file or directory (os error 2)
[exit 255]
");
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_device() {
    let project = Project::new().table("a1", "base");
    let link = project.path().join("migrations/versions/zero.sql");
    std::os::unix::fs::symlink("/dev/zero", link).unwrap();
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/migrations/versions/zero.sql: cannot be read: it is no regular file
[exit 255]
");
    let pipe = project.path().join("migrations/versions/pipe.py");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    assert!(made.unwrap().success());
    insta::assert_snapshot!(project.told("show a1"), @"
Rev: a1 (head)
Parent: <base>
Path: [ROOT]/migrations/versions/a1.sql

    make a1
    
    revision: a1
    revises: base

[stderr]
WARNI [limbeck.script] [ROOT]/migrations/versions/pipe.py: cannot be read: it is no regular file
WARNI [limbeck.script] [ROOT]/migrations/versions/zero.sql: cannot be read: it is no regular file
[exit 0]
");
}

#[test]
fn a_message_that_would_be_read_as_a_header() {
    let project = Project::new();
    let told = |message| project.told_arguments(&["revision", "-m", message]);
    insta::assert_snapshot!(told("x\nlimbeck: upgrade"), @"
FAILED: the new script could not be read back: no revision id: add the line '-- revision: ID' to the comment at the top of the file; nothing was written. Word its message, id, labels or template differently
[exit 255]
");
    insta::assert_snapshot!(told("x\nrevision: zz"), @"
FAILED: the new script could not be read back: 'revision' is already given in line 2; nothing was written. Word its message, id, labels or template differently
[exit 255]
");
    insta::assert_snapshot!(told("revisions: all of them"), @"
FAILED: the new script could not be read back: unknown header line 'revisions'; did you mean 'revision'?; nothing was written. Word its message, id, labels or template differently
[exit 255]
");
    assert!(!project.exists("migrations/versions"));
}

#[test]
fn ids_and_labels_that_would_leave_the_header() {
    let project = Project::new();
    let told = |arguments: [&str; 2]| {
        project.told_arguments(&[&["revision", "-m", "x"][..], &arguments].concat())
    };
    insta::assert_snapshot!(told(["--rev-id", "../evil"]), @"
FAILED: file_template gives '../evil_x.sql', which leads out of the version location
[exit 255]
");
    insta::assert_snapshot!(told(["--rev-id", "a b"]), @"
FAILED: the new script could not be read back: 'revision' needs one id without blanks; nothing was written. Word its message, id, labels or template differently
[exit 255]
");
    insta::assert_snapshot!(told(["--rev-id", ""]), @"
FAILED: a revision identifier cannot be empty
[exit 255]
");
    insta::assert_snapshot!(told(["--branch-label", "a,b"]), @"
FAILED: the script would not say that its branch label is a,b; does [ROOT]/migrations/script.sql.template leave it out?
[exit 255]
");
    insta::assert_snapshot!(told(["--branch-label", ""]), @"
FAILED: the new script could not be read back: 'branch labels' needs names separated by commas; nothing was written. Word its message, id, labels or template differently
[exit 255]
");
    insta::assert_snapshot!(told(["--depends-on", ""]), @"
FAILED: the target is empty; name a revision, 'head', 'heads', 'base' or a step such as '+1'
[exit 255]
");
    assert!(!project.exists("migrations/versions"));
}

#[test]
fn a_python_script_with_a_computed_id() {
    let project = Project::new().script(
        "a1.py",
        "import uuid\n\nrevision = uuid.uuid4().hex\ndown_revision = None\n",
    );
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: 'revision' is computed, not written as a string, a tuple or None; only the Python front end can run the file to find out
[stderr]
error: 'revision' is computed, not written as a string, a tuple or None; only the Python front end can run the file to find out
 --> [ROOT]/migrations/versions/a1.py:3:1
  |
3 | revision = uuid.uuid4().hex
  | ^^^^^^^^
[exit 255]
");
}

#[test]
fn a_python_script_without_an_id() {
    let project = Project::new().script("start.py", "down_revision = None\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/migrations/versions/start.py: no revision id: declare the variable 'revision' in the file
[exit 255]
");
}

#[test]
fn a_python_script_with_an_open_string() {
    let project = Project::new().script("a1.py", "revision = \"a1\ndown_revision = None\n");
    insta::assert_snapshot!(project.told("heads"), @r#"
FAILED: this string is not valid Python: it has no end
[stderr]
error: this string is not valid Python: it has no end
 --> [ROOT]/migrations/versions/a1.py:1:12
  |
1 | revision = "a1
  |            ^^^
[exit 255]
"#);
}

#[test]
fn a_broken_script_disturbs_only_what_needs_it() {
    let project = Project::new()
        .table("a1", "base")
        .script("b1.sql", "-- x\n-- revision: b1\n");
    insta::assert_snapshot!(project.told("show a1"), @"
Rev: a1 (head)
Parent: <base>
Path: [ROOT]/migrations/versions/a1.sql

    make a1
    
    revision: a1
    revises: base

[stderr]
WARNI [limbeck.script] [ROOT]/migrations/versions/b1.sql: nothing says which revision this one follows: add the line '-- revises: ID', or '-- revises: base' for the first revision
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade a1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
WARNI [limbeck.script] [ROOT]/migrations/versions/b1.sql: nothing says which revision this one follows: add the line '-- revises: ID', or '-- revises: base' for the first revision
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: [ROOT]/migrations/versions/b1.sql: nothing says which revision this one follows: add the line '-- revises: ID', or '-- revises: base' for the first revision
[exit 255]
");
    insta::assert_snapshot!(project.told("revision -m x"), @"
FAILED: [ROOT]/migrations/versions/b1.sql: nothing says which revision this one follows: add the line '-- revises: ID', or '-- revises: base' for the first revision
[exit 255]
");
}

#[test]
fn a_new_script_never_takes_the_place_of_a_file() {
    let project = Project::with_settings("file_template = \"%(slug)s\"\n").table("first", "base");
    insta::assert_snapshot!(project.told("revision -m first --rev-id b1"), @"
FAILED: [ROOT]/migrations/versions/first.sql exists already and is not overwritten; choose another message or --rev-id
[exit 255]
");
}

#[test]
fn a_new_project_where_a_file_is() {
    let project = Project::new();
    insta::assert_snapshot!(project.told("init migrations/README"), @"
FAILED: cannot make the directory [ROOT]/migrations/README: File exists (os error 17)
[exit 255]
");
    insta::assert_snapshot!(project.told("init migrations"), @"
FAILED: Directory [ROOT]/migrations already exists and is not empty
[exit 255]
");
}

#[test]
fn an_unknown_template() {
    let project = Project::empty();
    insta::assert_snapshot!(project.told("init -t asynk migrations"), @"
FAILED: No such template 'asynk'; list_templates shows them
[exit 255]
");
}

#[test]
fn a_version_path_that_is_not_configured() {
    let project = Project::new();
    insta::assert_snapshot!(project.told("revision -m x --version-path elsewhere"), @"
FAILED: Path elsewhere is not represented in current version locations
[exit 255]
");
}

#[test]
fn a_hook_that_fails() {
    let project =
        Project::with_settings("[[post_write_hooks]]\nname = \"tidy\"\nexecutable = \"false\"\n");
    insta::assert_snapshot!(project.told("revision -m x --rev-id a1"), @"
Creating directory [ROOT]/migrations/versions ...  done
Generating [ROOT]/migrations/versions/a1_x.sql ...  done
Running post write hook 'tidy' ...
FAILED: post write hook 'tidy' failed with exit status: 1; [ROOT]/migrations/versions/a1_x.sql was written
[exit 255]
");
}

#[test]
fn a_hook_that_does_not_exist() {
    let project = Project::with_settings(
        "[[post_write_hooks]]\nname = \"tidy\"\nexecutable = \"limbeck-no-such-program\"\n",
    );
    insta::assert_snapshot!(project.told("revision -m x --rev-id a1"), @"
Creating directory [ROOT]/migrations/versions ...  done
Generating [ROOT]/migrations/versions/a1_x.sql ...  done
Running post write hook 'tidy' ...
FAILED: post write hook 'tidy': cannot run limbeck-no-such-program: No such file or directory (os error 2); [ROOT]/migrations/versions/a1_x.sql was written
[exit 255]
");
}

#[test]
fn a_template_that_loses_the_parent() {
    let project = Project::new().table("a1", "base");
    project.write(
        "migrations/script.sql.template",
        "-- {{ message }}\n--\n-- revision: {{ revision }}\n-- revises: base\n",
    );
    insta::assert_snapshot!(project.told("revision -m x --rev-id b1"), @"
FAILED: the script would not say that its parent is a1; does [ROOT]/migrations/script.sql.template leave it out?
[exit 255]
");
}

#[test]
fn a_template_with_an_unknown_value() {
    let project = Project::new();
    project.write(
        "migrations/script.sql.template",
        "{{ header }}\n{{ mesage }}\n",
    );
    insta::assert_snapshot!(project.told("revision -m x --rev-id b1"), @"
FAILED: unknown name 'mesage'; known are header, message, revision, revises, branch_labels, depends_on, created, upgrade, downgrade
[stderr]
error: unknown name 'mesage'; known are header, message, revision, revises, branch_labels, depends_on, created, upgrade, downgrade
 --> [ROOT]/migrations/script.sql.template:2:1
  |
2 | {{ mesage }}
  | ^^
[exit 255]
");
}
