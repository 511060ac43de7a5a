//! Configurations that are missing, cannot be read, or say what means nothing.
use crate::project::Project;

#[test]
fn none_at_all() {
    let project = Project::empty();
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: no configuration found in [ROOT]: none of limbeck.toml, alembic.ini and pyproject.toml with a [tool.alembic] table is there; run `limbeck init`, or name a file with -c
[exit 255]
");
}

#[test]
fn a_named_file_is_missing() {
    let project = Project::empty();
    insta::assert_snapshot!(project.told("-c nowhere.toml heads"), @"
FAILED: [ROOT]/nowhere.toml: there is no such file; it was named by -c
[exit 255]
");
}

#[test]
fn the_environment_names_a_missing_file() {
    let project = Project::empty();
    let mut command = project.command();
    command.env("ALEMBIC_CONFIG", "nowhere.ini").arg("heads");
    insta::assert_snapshot!(project.told_by(&mut command), @"
FAILED: [ROOT]/nowhere.ini: there is no such file; it was named by ALEMBIC_CONFIG
[exit 255]
");
}

#[test]
fn a_directory() {
    let project = Project::empty();
    project.write("limbeck.toml/README", "");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/limbeck.toml: cannot be read: Is a directory (os error 21)
[exit 255]
");
}

#[test]
fn not_utf_8() {
    let project = Project::empty();
    std::fs::write(
        project.path().join("limbeck.toml"),
        b"# fine\nurl = \"caf\xe9\"\n",
    )
    .unwrap();
    insta::assert_snapshot!(project.told("heads"), @r#"
FAILED: this line is not UTF-8; convert the file
[stderr]
error: this line is not UTF-8; convert the file
 --> [ROOT]/limbeck.toml:2:1
  |
2 | url = "caf�"
  | ^^^^^^^^^^^^
[exit 255]
"#);
}

#[test]
fn empty_without_scripts() {
    let project = Project::empty();
    project.write("limbeck.toml", "");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: Path doesn't exist: [ROOT]/migrations.  Please use the 'init' command to create a new scripts folder.
[exit 255]
");
}

#[test]
fn two_ini_files() {
    let project = Project::empty();
    project.write("a.ini", "[alembic]\n");
    project.write("b.ini", "[alembic]\n");
    insta::assert_snapshot!(project.told("-c a.ini -c b.ini heads"), @"
FAILED: [ROOT]/a.ini and [ROOT]/b.ini: only one ini file may be named with -c
[exit 255]
");
}

#[test]
fn of_an_unknown_kind() {
    let project = Project::empty();
    project.write("settings.yaml", "a: b\n");
    insta::assert_snapshot!(project.told("-c settings.yaml heads"), @"
FAILED: an option stands before any section header; write a line such as [alembic] above it
[stderr]
error: an option stands before any section header; write a line such as [alembic] above it
 --> [ROOT]/settings.yaml:1:1
  |
1 | a: b
  | ^^
[exit 255]
");
}

#[test]
fn broken_toml() {
    let project = Project::with_settings("script_location = migrations\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: string values must be quoted, expected literal string
[stderr]
error: string values must be quoted, expected literal string
 --> [ROOT]/limbeck.toml:1:19
  |
1 | script_location = migrations
  |                   ^^^^^^^^^^
[exit 255]
");
}

#[test]
fn an_unclosed_string_with_a_password() {
    let project = Project::with_settings("version_table = 7\nurl = \"postgresql://u:hunter2@h/d\n");
    insta::assert_snapshot!(project.told("heads"), @r#"
FAILED: invalid basic string, expected `"`
[stderr]
error: invalid basic string, expected `"`
 |
 = note: [ROOT]/limbeck.toml:2:34
[exit 255]
"#);
}

#[test]
fn an_unknown_key() {
    let project = Project::with_settings("verson_table = \"v\"\n");
    insta::assert_snapshot!(project.told("heads"), @r#"
FAILED: the key verson_table means nothing in limbeck.toml; did you mean version_table?
[stderr]
error: the key verson_table means nothing in limbeck.toml; did you mean version_table?
 --> [ROOT]/limbeck.toml:1:1
  |
1 | verson_table = "v"
  | ^^^^^^^^^^^^
[exit 255]
"#);
}

#[test]
fn an_unknown_table() {
    let project = Project::with_settings("[locks]\ntimeout = 3\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: the key locks means nothing in limbeck.toml; did you mean lock?
[stderr]
error: the key locks means nothing in limbeck.toml; did you mean lock?
 --> [ROOT]/limbeck.toml:1:2
  |
1 | [locks]
  |  ^^^^^^
[exit 255]
");
}

#[test]
fn a_wrong_type() {
    let project = Project::with_settings("recursive = \"yes\"\n");
    insta::assert_snapshot!(project.told("heads"), @r#"
FAILED: this value must be a boolean
[stderr]
error: this value must be a boolean
 --> [ROOT]/limbeck.toml:1:13
  |
1 | recursive = "yes"
  |             ^^^^^
[exit 255]
"#);
}

#[test]
fn a_choice_that_does_not_exist() {
    let project = Project::with_settings("transaction = \"sometimes\"\n");
    insta::assert_snapshot!(project.told("heads"), @r#"
FAILED: this value must be one of `run`, `revision`, `none`
[stderr]
error: this value must be one of `run`, `revision`, `none`
 --> [ROOT]/limbeck.toml:1:15
  |
1 | transaction = "sometimes"
  |               ^^^^^^^^^^^
[exit 255]
"#);
}

#[test]
fn a_negative_time() {
    let project = Project::with_settings("[lock]\ntimeout = -1\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: this value must be a whole number, 0 or more
[stderr]
error: this value must be a whole number, 0 or more
 --> [ROOT]/limbeck.toml:2:11
  |
2 | timeout = -1
  |           ^^
[exit 255]
");
}

#[test]
fn an_unknown_environment() {
    let project = Project::with_settings("[environments.production]\nurl = \"sqlite://\"\n");
    insta::assert_snapshot!(project.told("-n producton current"), @"
FAILED: [ROOT]/limbeck.toml: there is no [environments.producton]; did you mean production?
[exit 255]
");
}

#[test]
fn an_ini_file_without_its_section() {
    let project = Project::empty();
    project.write("alembic.ini", "[alembik]\nscript_location = x\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/alembic.ini: there is no section [alembic]; did you mean alembik?
[exit 255]
");
}

#[test]
fn an_ini_file_without_script_location() {
    let project = Project::empty();
    project.write("alembic.ini", "[alembic]\nsqlalchemy.url = sqlite://\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: [ROOT]/alembic.ini: script_location is not set in [alembic]; write script_location = %(here)s/migrations
[exit 255]
");
}

#[test]
fn an_ini_line_before_every_section() {
    let project = Project::empty();
    project.write("alembic.ini", "script_location = x\n[alembic]\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: an option stands before any section header; write a line such as [alembic] above it
[stderr]
error: an option stands before any section header; write a line such as [alembic] above it
 --> [ROOT]/alembic.ini:1:1
  |
1 | script_location = x
  | ^^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn an_ini_line_without_value() {
    let project = Project::empty();
    project.write("alembic.ini", "[alembic]\nscript_location\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: this line is neither a [section] nor `key = value`; indent it if it belongs to the value above, or start it with # if it is a comment
[stderr]
error: this line is neither a [section] nor `key = value`; indent it if it belongs to the value above, or start it with # if it is a comment
 --> [ROOT]/alembic.ini:2:1
  |
2 | script_location
  | ^^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn an_ini_key_twice() {
    let project = Project::empty();
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = x\nscript_location = y\n",
    );
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: option script_location of section [alembic] is set in line 2 already; remove one of the two
[stderr]
error: option script_location of section [alembic] is set in line 2 already; remove one of the two
 --> [ROOT]/alembic.ini:3:1
  |
3 | script_location = y
  | ^^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn an_ini_reference_to_nothing() {
    let project = Project::empty();
    project.write("alembic.ini", "[alembic]\nscript_location = %(heer)s/x\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: the value of script_location refers to %(heer)s, which section [alembic] does not have (did you mean %(here)s?); set it, or write %% for a percent sign
[stderr]
error: the value of script_location refers to %(heer)s, which section [alembic] does not have (did you mean %(here)s?); set it, or write %% for a percent sign
 --> [ROOT]/alembic.ini:2:19
  |
2 | script_location = %(heer)s/x
  |                   ^
[exit 255]
");
}

#[test]
fn an_ini_reference_to_itself() {
    let project = Project::empty();
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = %(script_location)s\n",
    );
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: the references in the value of script_location are nested more than 10 deep; they probably go in a circle
[stderr]
error: the references in the value of script_location are nested more than 10 deep; they probably go in a circle
 --> [ROOT]/alembic.ini:2:19
  |
2 | script_location = %(script_location)s
  |                   ^
[exit 255]
");
}

#[test]
fn a_lone_percent_sign() {
    let project = Project::empty();
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = a\nsqlalchemy.url = postgresql://u:hunter2%40@h/d\n",
    );
    project.write("a/README", "");
    insta::assert_snapshot!(project.told("current"), @"
FAILED: the value of sqlalchemy.url has a % that starts no %(name)s reference; write %% for a percent sign
[stderr]
error: the value of sqlalchemy.url has a % that starts no %(name)s reference; write %% for a percent sign
 |
 = note: [ROOT]/alembic.ini:3:40
[exit 255]
");
}

#[test]
fn an_ini_value_that_is_no_truth() {
    let project = Project::empty();
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = a\nrecursive_version_locations = maybe\n",
    );
    project.write("a/README", "");
    insta::assert_snapshot!(project.told("heads"), @"
[stderr]
WARNI [limbeck.config] [ROOT]/alembic.ini:3:31: recursive_version_locations is off, because only `true` switches it on
[exit 0]
");
}

#[test]
fn an_ini_value_that_is_no_number() {
    let project = Project::empty();
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = a\ntruncate_slug_length = long\n",
    );
    project.write("a/README", "");
    insta::assert_snapshot!(project.told("revision -m x"), @"
FAILED: truncate_slug_length must be a number of characters, such as 40
[stderr]
error: truncate_slug_length must be a number of characters, such as 40
 --> [ROOT]/alembic.ini:3:24
  |
3 | truncate_slug_length = long
  |                        ^^^^
[exit 255]
");
}

#[test]
fn an_unknown_path_separator() {
    let project = Project::empty();
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = a\npath_separator = comma\nversion_locations = a,b\n",
    );
    project.write("a/README", "");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: path_separator must be one of space, newline, os, : and ;
[stderr]
error: path_separator must be one of space, newline, os, : and ;
 --> [ROOT]/alembic.ini:3:18
  |
3 | path_separator = comma
  |                  ^^^^^
[exit 255]
");
}

#[test]
fn a_pyproject_without_its_table() {
    let project = Project::empty();
    project.write("pyproject.toml", "[project]\nname = \"shop\"\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: no configuration found in [ROOT]: none of limbeck.toml, alembic.ini and pyproject.toml with a [tool.alembic] table is there; run `limbeck init`, or name a file with -c
[exit 255]
");
    insta::assert_snapshot!(project.told("-c pyproject.toml heads"), @"
FAILED: [ROOT]/pyproject.toml: there is no section [tool.alembic]
[exit 255]
");
}

#[test]
fn an_unknown_time_zone() {
    let project = Project::with_settings("timezone = \"Europa/Berlin\"\n");
    insta::assert_snapshot!(project.told("revision -m x"), @"
FAILED: Can't locate timezone: Europa/Berlin; set timezone to a name such as UTC or Europe/Berlin
[exit 255]
");
}

#[test]
fn a_file_name_template_that_means_nothing() {
    let project = Project::with_settings("file_template = \"%(revision)s\"\n");
    insta::assert_snapshot!(project.told("revision -m x"), @"
FAILED: file_template '%(revision)s', character 1: unknown name 'revision'; known are rev, slug, epoch, year, month, day, hour, minute, second
[exit 255]
");
}

#[test]
fn an_unknown_command() {
    let project = Project::empty();
    insta::assert_snapshot!(project.told("upgrad head"), @"
[stderr]
error: unrecognized subcommand 'upgrad'

  tip: some similar subcommands exist: 'downgrade', 'upgrade'

Usage: limbeck [OPTIONS] <COMMAND>

For more information, try '--help'.
[exit 2]
");
}

#[test]
fn an_unknown_option() {
    let project = Project::empty();
    insta::assert_snapshot!(project.told("upgrade head --dryrun2"), @"
[stderr]
error: unexpected argument '--dryrun2' found

  tip: a similar argument exists: '--dry-run'

Usage: limbeck upgrade --dry-run <REVISION>

For more information, try '--help'.
[exit 2]
");
}

#[test]
fn no_target() {
    let project = Project::empty();
    insta::assert_snapshot!(project.told("upgrade"), @"
[stderr]
error: the following required arguments were not provided:
  <REVISION>

Usage: limbeck upgrade <REVISION>

For more information, try '--help'.
[exit 2]
");
}
