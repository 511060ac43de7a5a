//! What a user is told when a configuration is wrong.

use insta::assert_snapshot;

use super::*;

#[test]
fn missing_files_name_what_was_looked_for() {
    let mut project = Project::with(&[("pyproject.toml", "[project]\nname = \"x\"\n")]);
    assert_snapshot!(project.error(), @"no configuration found in <project>: none of limbeck.toml, alembic.ini and pyproject.toml with a [tool.alembic] table is there; run `limbeck init`, or name a file with -c");
    project.config_paths = vec!["other.ini".into()];
    assert_snapshot!(project.error(), @"<project>/other.ini: there is no such file; it was named by -c");
    project.config_paths.clear();
    project.alembic_config = Some("conf/limbeck.toml");
    assert_snapshot!(project.error(), @"<project>/conf/limbeck.toml: there is no such file; it was named by ALEMBIC_CONFIG");
}

#[test]
fn only_one_file_of_a_kind_may_be_named() {
    let mut project = Project::with(&[]);
    project.config_paths = vec!["a.ini".into(), "b.ini".into()];
    assert_snapshot!(project.error(), @"<project>/a.ini and <project>/b.ini: only one ini file may be named with -c");
    project.config_paths = vec!["pyproject.toml".into(), "sub/pyproject.toml".into()];
    assert_snapshot!(project.error(), @"<project>/pyproject.toml and <project>/sub/pyproject.toml: only one pyproject.toml may be named with -c");
    project.config_paths = vec!["limbeck.toml".into(), "alembic.ini".into()];
    assert_snapshot!(project.error(), @"<project>/limbeck.toml and <project>/alembic.ini: only one of limbeck.toml and Alembic's files may be named with -c");
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let project = Project::with(&[("alembic.ini/x", "")]);
    assert!(
        project
            .error()
            .starts_with("<project>/alembic.ini: cannot be read: ")
    );
    let project = Project::with(&[]);
    fs::write(project.path("alembic.ini"), b"[alembic]\n# caf\xe9\n").unwrap();
    assert_snapshot!(project.error(), @"<project>/alembic.ini:2: this line is not UTF-8; convert the file");
}

#[test]
fn a_missing_section_or_environment_names_the_nearest() {
    let mut project = Project::with(&[("alembic.ini", "[alembik]\nscript_location = x\n")]);
    assert_snapshot!(project.error(), @"<project>/alembic.ini: there is no section [alembic]; did you mean alembik?");
    project.section = Some("staging");
    assert_snapshot!(project.error(), @"<project>/alembic.ini: there is no section [staging]");
    let mut project = Project::with(&[(
        "limbeck.toml",
        "[environments.production]\nurl = \"sqlite://\"\n",
    )]);
    project.section = Some("producton");
    assert_snapshot!(project.error(), @"<project>/limbeck.toml: there is no [environments.producton]; did you mean production?");
}

#[test]
fn a_missing_script_location_shows_a_line_that_would_do() {
    let project = Project::with(&[("alembic.ini", "[alembic]\n")]);
    assert_snapshot!(project.error(), @"<project>/alembic.ini: script_location is not set in [alembic]; write script_location = %(here)s/migrations");
    let project = Project::with(&[("pyproject.toml", "[tool.alembic]\n")]);
    assert_snapshot!(project.error(), @r#"<project>/pyproject.toml: script_location is not set in [tool.alembic]; write script_location = "%(here)s/migrations""#);
}

#[test]
fn unknown_keys_name_the_nearest() {
    let project = Project::with(&[("limbeck.toml", "[lock]\ntimeuot = 3\n")]);
    assert_snapshot!(project.error(), @"<project>/limbeck.toml:2:1: the key timeuot means nothing in [lock]; did you mean timeout?");
    let project = Project::with(&[("limbeck.toml", "colour = 3\n")]);
    assert_snapshot!(project.error(), @"<project>/limbeck.toml:1:1: the key colour means nothing in limbeck.toml");
    let project = Project::with(&[(
        "pyproject.toml",
        "[tool.alembic]\nscript_location = \"x\"\nversion_location = [\"y\"]\n",
    )]);
    assert_snapshot!(project.error(), @"<project>/pyproject.toml:3:1: the key version_location means nothing in [tool.alembic]; did you mean version_locations?");
}

#[test]
fn unknown_keys_of_an_ini_file_are_warnings() {
    let project = Project::with(&[(
        "alembic.ini",
        "[alembic]\nscript_location = x\ntimezon = UTC\nfavourite_colour = blue\nsqlalchemy.echo = true\n",
    )]);
    let warnings = project.settings().warnings;
    let warnings: Vec<_> = warnings
        .iter()
        .map(|warning| project.tidy(warning))
        .collect();
    assert_snapshot!(warnings.join("\n"), @r"
    <project>/alembic.ini:3:1: the key timezon means nothing in [alembic]; did you mean timezone?
    <project>/alembic.ini:4:1: the key favourite_colour means nothing in [alembic]
    ");
}

#[test]
fn values_of_the_wrong_type_are_refused() {
    let mut said = String::new();
    for (file, text) in [
        ("limbeck.toml", "recursive = \"yes\"\n"),
        ("limbeck.toml", "transaction = \"sometimes\"\n"),
        ("limbeck.toml", "truncate_slug_length = -1\n"),
        ("limbeck.toml", "versions = \"x\"\n"),
        ("limbeck.toml", "[[post_write_hooks]]\nname = \"ruff\"\n"),
        ("limbeck.toml", "lock = 3\n"),
        ("limbeck.toml", "url = \n"),
        ("limbeck.toml", "a = 1\na = 2\n"),
        ("pyproject.toml", "[tool]\nalembic = 3\n"),
        ("pyproject.toml", "[tool.alembic]\nscript_location = 3\n"),
        (
            "pyproject.toml",
            "[tool.alembic]\nscript_location = \"x\"\nsourceless = \"true\"\n",
        ),
        (
            "pyproject.toml",
            "[tool.alembic]\nscript_location = \"x\"\nversion_locations = \"y\"\n",
        ),
        (
            "pyproject.toml",
            "[tool.alembic]\nscript_location = \"%(heer)s/x\"\n",
        ),
        (
            "pyproject.toml",
            "[tool.alembic]\nscript_location = \"x\"\nfile_template = \"%(rev)s\"\n",
        ),
        (
            "alembic.ini",
            "[alembic]\nscript_location = x\ntruncate_slug_length = forty\n",
        ),
        (
            "alembic.ini",
            "[alembic]\nscript_location = x\nrevision_environment = maybe\n",
        ),
        (
            "alembic.ini",
            "[alembic]\nscript_location = x\nversion_locations = a b\npath_separator = comma\n",
        ),
        (
            "alembic.ini",
            "[alembic]\nscript_location = x\nfile_template = %(rev)s_%(slug)s\n",
        ),
        ("alembic.ini", "[alembic]\nscript_location = %(hear)s/x\n"),
        ("alembic.ini", "[alembic]\nscript_location\n"),
        ("alembic.ini", "script_location = x\n"),
        ("alembic.ini", "[alembic]\na = 1\n[alembic]\n"),
        ("alembic.ini", "[alembic]\na = 1\nA = 2\n"),
    ] {
        let project = Project::with(&[(file, text)]);
        said.push_str(&format!("{}\n", project.error()));
    }
    assert_snapshot!(said, @r"
    <project>/limbeck.toml:1:13: this value must be a boolean
    <project>/limbeck.toml:1:15: this value must be one of `run`, `revision`, `none`
    <project>/limbeck.toml:1:24: this value must be a whole number, 0 or more
    <project>/limbeck.toml:1:12: this value must be an array
    <project>/limbeck.toml:1:1: missing field `executable`
    <project>/limbeck.toml:1:8: this value must be a table
    <project>/limbeck.toml:1:7: string values must be quoted, expected literal string
    <project>/limbeck.toml:2:1: 'a' is set twice
    <project>/pyproject.toml:2:11: tool.alembic must be a table
    <project>/pyproject.toml:2:19: script_location must be a string
    <project>/pyproject.toml:3:14: sourceless must be true or false
    <project>/pyproject.toml:3:21: version_locations must be an array of strings
    <project>/pyproject.toml:2:19: script_location must be a string in which every % is written %%, except in %(here)s
    <project>/pyproject.toml:3:17: file_template must be a string in which every % is written %%, except in %(here)s
    <project>/alembic.ini:3:24: truncate_slug_length must be a number of characters, such as 40
    <project>/alembic.ini:3:24: revision_environment must be true or false
    <project>/alembic.ini:4:18: path_separator must be one of space, newline, os, : and ;
    <project>/alembic.ini:3:17: the value of file_template refers to %(rev)s, which section [alembic] does not have; set it, or write %% for a percent sign
    <project>/alembic.ini:2:19: the value of script_location refers to %(hear)s, which section [alembic] does not have; set it, or write %% for a percent sign
    <project>/alembic.ini:2:1: this line is neither a [section] nor `key = value`; indent it if it belongs to the value above, or start it with # if it is a comment
    <project>/alembic.ini:1:1: an option stands before any section header; write a line such as [alembic] above it
    <project>/alembic.ini:3:1: section [alembic] stands in line 1 already; move its options there
    <project>/alembic.ini:3:1: option a of section [alembic] is set in line 2 already; remove one of the two
    ");
}

#[test]
fn a_database_address_that_cannot_be_used_is_reported_when_it_is_needed() {
    let with_url = |url: &str| {
        Project::with(&[(
            "alembic.ini",
            &format!("[alembic]\nscript_location = x\n{url}\n"),
        )])
    };
    assert_eq!(
        with_url("sqlalchemy.url =").url_error(),
        with_url("").url_error()
    );
    assert_snapshot!(with_url("").url_error(), @"<project>/alembic.ini: sqlalchemy.url is not set; set it, or give the address with --url");
    assert_snapshot!(with_url("sqlalchemy.url = driver://user:pass@localhost/dbname").url_error(), @"<project>/alembic.ini:3:18: sqlalchemy.url: the database address is still the placeholder of the template; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database, or ${NAME} to take it from an environment variable");
    assert_snapshot!(with_url("sqlalchemy.url = postgresql://u:50%off@h/d").url_error(), @"<project>/alembic.ini:3:35: the value of sqlalchemy.url has a % that starts no %(name)s reference; write %% for a percent sign");
    assert_snapshot!(with_url("sqlalchemy.url = postgresql://u:${DB_PASSWORD}@h/d").url_error(), @"<project>/alembic.ini:3:18: sqlalchemy.url takes the environment variable DB_PASSWORD, which is not set; set it, or give the address with --url");
    assert_snapshot!(with_url("sqlalchemy.url = postgresql://u:${}@h/d").url_error(), @"<project>/alembic.ini:3:18: sqlalchemy.url must be an address in which every ${ starts the name of an environment variable and a }, as in ${DATABASE_URL}; write $${ for a plain ${");
    assert_snapshot!(with_url("sqlalchemy.url = postgrsql://u:secret@h/d").url_error(), @r#"<project>/alembic.ini:3:18: sqlalchemy.url: the database "postgrsql" is not supported; supported are sqlite, postgresql, mysql and mariadb; did you mean postgresql?"#);
    let mut project = with_url("sqlalchemy.url = sqlite://");
    project.url = Some("oracle://u:secret@h/d");
    assert_snapshot!(project.error(), @r#"--url: the database "oracle" is not supported; supported are sqlite, postgresql, mysql and mariadb"#);
}
