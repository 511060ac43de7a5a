//! `alembic.ini` and `[tool.alembic]`.

use std::path::Path;

use super::*;

#[test]
fn alembics_template_is_read() {
    let project = Project::with(&[(
        "alembic.ini",
        "[alembic]\n\
         script_location = %(here)s/alembic\n\
         # file_template = %%(rev)s_%%(slug)s\n\
         prepend_sys_path = .\n\
         path_separator = os\n\
         sqlalchemy.url = sqlite:///app.db\n\
         [post_write_hooks]\n\
         hooks = ruff\n\
         ruff.type = exec\n\
         ruff.executable = ruff\n\
         ruff.options = check --fix REVISION_SCRIPT_FILENAME\n\
         [loggers]\nkeys = root,sqlalchemy\n\
         [formatter_generic]\nformat = %(levelname)-5.5s [%(name)s] %(message)s\n",
    )]);
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("alembic")));
    assert_eq!(
        settings.version_directories(),
        [directory(project.path("alembic/versions"))]
    );
    assert_eq!(settings.prepend_sys_path, [project.path("")]);
    assert_eq!(settings.file_template, "%(rev)s_%(slug)s");
    assert_eq!(settings.truncate_slug_length, 40);
    assert_eq!(settings.transaction, TransactionMode::Run);
    assert_eq!(settings.warnings, []);
    assert_eq!(settings.x_arguments.get("tenant"), Some("a"));
    let url = settings.database_url().unwrap();
    assert_eq!(url.sqlite_file(), Some(project.path("app.db")));
    let [hook] = settings.post_write_hooks.as_slice() else {
        panic!("one hook");
    };
    assert_eq!(
        hook.kind().unwrap(),
        HookKind::Exec {
            executable: "ruff".to_owned()
        }
    );
    assert_eq!(hook.options(), "check --fix REVISION_SCRIPT_FILENAME");
}

#[test]
fn the_ini_file_comes_before_pyproject_key_by_key() {
    let project = Project::with(&[
        (
            "alembic.ini",
            "[alembic]\nsqlalchemy.url = sqlite://\ntimezone = UTC\n",
        ),
        (
            "pyproject.toml",
            "[project]\nname = \"x\"\n[tool.alembic]\nscript_location = \"%(here)s/alembic\"\n\
             timezone = \"Europe/Berlin\"\nversion_locations = [\"%(here)s/a\", \"b\"]\n\
             truncate_slug_length = 12\n\
             [[tool.alembic.post_write_hooks]]\nname = \"ruff\"\ntype = \"module\"\nmodule = \"ruff\"\n",
        ),
    ]);
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("alembic")));
    assert_eq!(settings.timezone.as_deref(), Some("UTC"));
    assert_eq!(settings.truncate_slug_length, 12);
    assert_eq!(
        settings.version_directories(),
        [directory(project.path("a")), directory(project.path("b"))]
    );
    assert_eq!(settings.post_write_hooks.len(), 1);
    assert!(
        settings
            .origin("timezone")
            .unwrap()
            .file
            .ends_with("alembic.ini")
    );
}

fn ini(lines: &str) -> Project {
    Project::with(&[(
        "alembic.ini",
        &format!("[alembic]\nscript_location = %(here)s/alembic\n{lines}"),
    )])
}

fn locations(project: &Project) -> Vec<String> {
    let locations = project.settings().version_locations;
    let shown = locations.iter().map(|location| project.tidy(location));
    shown.collect()
}

#[test]
fn every_key_of_the_ini_file_arrives() {
    let settings = ini(
        "file_template = %%(year)d_%%(slug)s\ntruncate_slug_length = 20\ntimezone = UTC\n\
         recursive_version_locations = true\nsourceless = true\noutput_encoding = latin-1\n\
         revision_environment = Yes\ndatabases = engine1, engine2\n\
         sqlalchemy.url = sqlite://\nsqlalchemy.echo = true\n\
         [engine1]\nsqlalchemy.url = sqlite:///1.db\n\
         [DEFAULT]\nshared = x\n",
    )
    .settings();
    assert_eq!(settings.file_template, "%(year)d_%(slug)s");
    assert_eq!(settings.truncate_slug_length, 20);
    assert_eq!(settings.timezone.as_deref(), Some("UTC"));
    assert!(settings.recursive_version_locations && settings.sourceless);
    assert!(settings.revision_environment);
    assert_eq!(settings.output_encoding, "latin-1");
    assert_eq!(settings.databases, ["engine1", "engine2"]);
    let options = settings.sqlalchemy_options().unwrap();
    assert_eq!(options.get("echo").map(String::as_str), Some("true"));
    let section = settings.section("engine1").unwrap().unwrap();
    let names: Vec<_> = section.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["here", "shared", "sqlalchemy.url"]);
    assert_eq!(settings.section("engine3").unwrap(), None);
    assert_eq!(settings.origin("timezone").unwrap().line, 5);
    assert_eq!(settings.origin("sourceless").unwrap().column, Some(14));
    assert_eq!(settings.warnings, []);
}

#[test]
fn directories_are_separated_as_path_separator_says() {
    for (separator, value) in [
        ("os", "%(here)s/a:b c"),
        (":", "%(here)s/a: b c :"),
        (";", "%(here)s/a;b c"),
        ("newline", "\n  %(here)s/a\n  b c\n"),
    ] {
        let project = ini(&format!(
            "path_separator = {separator}\nversion_locations = {value}\n"
        ));
        assert_eq!(
            locations(&project),
            ["<project>/a", "<project>/b c"],
            "{separator}"
        );
    }
    let project = ini("path_separator = space\nversion_locations = a  b\n");
    assert_eq!(locations(&project), ["<project>/a", "<project>/b"]);
}

#[test]
fn without_path_separator_lists_are_split_the_old_way_with_a_warning() {
    let project = ini("version_locations = a, b c\nprepend_sys_path = .:lib, x\n");
    assert_eq!(
        locations(&project),
        ["<project>/a", "<project>/b", "<project>/c"]
    );
    let settings = project.settings();
    let paths = ["", "lib", "x"].map(|below| project.path(below));
    assert_eq!(settings.prepend_sys_path, paths);
    let warnings: Vec<_> = settings
        .warnings
        .iter()
        .map(|text| project.tidy(text))
        .collect();
    insta::assert_snapshot!(warnings.join("\n"), @r"
    <project>/alembic.ini:3:21: version_locations is split at commas and spaces, because path_separator is not set; add path_separator = os
    <project>/alembic.ini:4:20: prepend_sys_path is split at commas, spaces and colons, because path_separator is not set; add path_separator = os
    ");

    let project = ini("version_locations = a;b\nversion_path_separator = ;\n");
    assert_eq!(locations(&project), ["<project>/a", "<project>/b"]);
    insta::assert_snapshot!(project.tidy(&project.settings().warnings[0]), @"<project>/alembic.ini:4:26: version_path_separator is deprecated; call it path_separator");
}

#[test]
fn only_true_switches_on_and_anything_odd_is_noticed() {
    let project = ini("sourceless = True\nrecursive_version_locations = false\n");
    let settings = project.settings();
    assert!(!settings.sourceless && !settings.recursive_version_locations);
    insta::assert_snapshot!(project.tidy(&settings.warnings[0]), @"<project>/alembic.ini:3:14: sourceless is off, because only `true` switches it on");
    assert_eq!(settings.warnings.len(), 1);
}

#[test]
fn a_package_is_looked_for_where_python_would() {
    let project = Project::with(&[(
        "alembic.ini",
        "[alembic]\nscript_location = app.db:migrations:main\nprepend_sys_path = src\n\
         path_separator = os\n",
    )]);
    let settings = project.settings();
    assert_eq!(
        settings.script_location.to_string(),
        "app.db:migrations:main"
    );
    let versions = settings.version_directories();
    assert_eq!(
        versions[0].candidates(&settings.import_paths()),
        [
            project.path("src/app/db/migrations/main/versions"),
            project.path("app/db/migrations/main/versions"),
        ]
    );
}

#[test]
fn relative_paths_refer_to_the_working_directory_and_here_to_the_file() {
    let mut project = Project::with(&[(
        "conf/alembic.ini",
        "[alembic]\nscript_location = %(here)s/../alembic\nversion_locations = ./versions\n\
         path_separator = os\nsqlalchemy.url = sqlite:///app.db\n",
    )]);
    project.config_paths = vec!["./conf/alembic.ini".into()];
    let settings = project.settings();
    assert_eq!(
        settings.script_location,
        directory(project.path("conf/../alembic"))
    );
    assert_eq!(
        settings.version_directories(),
        [directory(project.path("versions"))]
    );
    let file = settings.database_url().unwrap().sqlite_file();
    assert_eq!(file, Some(project.path("app.db")));
}

#[test]
fn the_section_is_chosen_by_name() {
    let mut project = Project::with(&[(
        "alembic.ini",
        "[DEFAULT]\nscript_location = common\n[one]\nsqlalchemy.url = sqlite:///1.db\n\
         [two]\nscript_location = two\nsqlalchemy.url = sqlite:///2.db\n",
    )]);
    for (section, location, file) in [("one", "common", "1.db"), ("two", "two", "2.db")] {
        project.section = Some(section);
        let settings = project.settings();
        assert_eq!(settings.script_location, directory(project.path(location)));
        let found = settings.database_url().unwrap().sqlite_file();
        assert_eq!(found, Some(project.path(file)));
    }
}

#[test]
fn alembic_config_names_the_file_that_minus_c_does_not() {
    let mut project = Project::with(&[
        ("limbeck.toml", "script_location = \"ours\"\n"),
        ("other.ini", "[alembic]\nscript_location = other\n"),
        ("third.ini", "[alembic]\nscript_location = third\n"),
        ("sub/pyproject.toml", "[tool.alembic]\ntimezone = \"UTC\"\n"),
    ]);
    let location = |project: &Project| project.tidy(&project.settings().script_location);
    assert_eq!(location(&project), "<project>/ours");
    project.alembic_config = Some("other.ini");
    assert_eq!(location(&project), "<project>/other");
    project.config_paths = vec!["third.ini".into()];
    assert_eq!(location(&project), "<project>/third");
    project.alembic_config = Some("sub/pyproject.toml");
    assert_eq!(project.settings().timezone.as_deref(), Some("UTC"));
    assert!(matches!(
        project.settings().source,
        Source::Alembic { ini: Some(ini), pyproject: Some(pyproject), .. }
            if ini == project.path("third.ini") && pyproject == project.path("sub/pyproject.toml")
    ));
}

#[test]
fn the_address_may_come_from_a_variable_or_the_command_line() {
    let mut project = ini("sqlalchemy.url = postgresql://app:${PW}@${HOST}/$${x}\n");
    project.environment = vec![("PW", "a%40b"), ("HOST", "db")];
    let settings = project.settings();
    let url = settings.database_url().unwrap();
    assert_eq!(url.password().unwrap().expose(), "a@b");
    assert_eq!(url.host(), Some("db"));
    assert_eq!(url.database(), Some("${x}"));

    project.url = Some("sqlite:///other.db");
    let file = project.settings().database_url().unwrap().sqlite_file();
    assert_eq!(file, Some(project.path("other.db")));
}

#[test]
fn the_address_may_stand_in_pyproject() {
    for line in [
        "sqlalchemy.url = \"sqlite:///a.db\"",
        "\"sqlalchemy.url\" = \"sqlite:///a.db\"",
    ] {
        let text = format!("[tool.alembic]\nscript_location = \"x\"\n{line}\n");
        let project = Project::with(&[("pyproject.toml", &text)]);
        let settings = project.settings();
        assert_eq!(settings.warnings, []);
        let file = settings.database_url().unwrap().sqlite_file();
        assert_eq!(file, Some(project.path("a.db")));
    }
}

#[test]
fn hooks_of_the_ini_file_replace_those_of_pyproject() {
    let project = Project::with(&[
        (
            "alembic.ini",
            "[alembic]\n[post_write_hooks]\nhooks = Black, ruff\n\
             black.type = console_scripts\nblack.entrypoint = black\nblack.options = -l 79\n\
             black.cwd = %(here)s\nruff.executable = ruff\n",
        ),
        (
            "pyproject.toml",
            "[tool.alembic]\nscript_location = \"x\"\n\
             [[tool.alembic.post_write_hooks]]\nname = \"z\"\ntype = \"exec\"\n",
        ),
    ]);
    let hooks = project.settings().post_write_hooks;
    let names: Vec<_> = hooks.iter().map(|hook| hook.name.as_str()).collect();
    assert_eq!(names, ["Black", "ruff"]);
    let entrypoint = "black".to_owned();
    assert_eq!(
        hooks[0].kind().unwrap(),
        HookKind::ConsoleScript { entrypoint }
    );
    assert_eq!(hooks[0].options(), "-l 79");
    assert_eq!(
        hooks[0].cwd().map(Path::new),
        Some(project.directory.path())
    );
    insta::assert_snapshot!(project.tidy(hooks[1].kind().unwrap_err()), @"<project>/alembic.ini:8:19: the post-write hook ruff has no type");
}

#[test]
fn our_own_settings_have_a_place_in_alembics_files() {
    let project = Project::with(&[
        (
            "alembic.ini",
            "[alembic]\nscript_location = x\n[limbeck]\nversion_table = v\ntransaction = none\n\
             lock.enabled = false\nlock.mode = lease\n",
        ),
        (
            "pyproject.toml",
            "[tool.limbeck]\nversion_table = \"w\"\nversion_table_schema = \"s\"\nlock.timeout = 9\n",
        ),
    ]);
    let settings = project.settings();
    assert_eq!(settings.version_table, "v");
    assert_eq!(settings.version_table_schema.as_deref(), Some("s"));
    assert_eq!(settings.transaction, TransactionMode::None);
    let lock = LockSettings {
        enabled: false,
        timeout: 9,
        mode: LockMode::Lease,
    };
    assert_eq!(settings.lock, lock);
    assert_eq!(settings.origin("transaction").unwrap().line, 5);

    let wrong = ini("[limbeck]\nlock_timeout = 3\n");
    insta::assert_snapshot!(wrong.error(), @"<project>/alembic.ini:4:1: the key lock_timeout means nothing in [limbeck]; did you mean lock.timeout?");
    let wrong = ini("[limbeck]\ntransaction = sometimes\n");
    insta::assert_snapshot!(wrong.error(), @"<project>/alembic.ini:4:15: transaction must be one of `run`, `revision`, `none`");
    let wrong = Project::with(&[(
        "pyproject.toml",
        "[tool.alembic]\nscript_location = \"x\"\n[tool.limbeck]\nlock = 3\n",
    )]);
    insta::assert_snapshot!(wrong.error(), @"<project>/pyproject.toml:4:8: this value must be a table");
}
