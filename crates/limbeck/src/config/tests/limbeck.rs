//! `limbeck.toml`.

use proptest::prelude::*;

use super::*;

#[test]
fn limbeck_toml_is_read_and_wins_over_alembic_ini() {
    let project = Project::with(&[
        ("alembic.ini", "[alembic]\nscript_location = other\n"),
        (
            "limbeck.toml",
            "script_location = \"db\"\nversions = [\"db/a\", \"db/b\"]\nrecursive = true\n\
             url = \"sqlite:///app.db\"\ntransaction = \"revision\"\n[lock]\ntimeout = 5\n",
        ),
    ]);
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("db")));
    assert_eq!(
        settings.version_directories(),
        [
            directory(project.path("db/a")),
            directory(project.path("db/b"))
        ]
    );
    assert!(settings.recursive_version_locations);
    assert_eq!(settings.transaction, TransactionMode::Revision);
    assert_eq!(
        settings.lock,
        LockSettings {
            enabled: true,
            timeout: 5,
            mode: LockMode::Auto
        }
    );
    assert_eq!(settings.origin("lock.timeout").unwrap().line, 7);
}

#[test]
fn an_empty_file_is_a_configuration() {
    let project = Project::with(&[("limbeck.toml", "")]);
    let settings = project.settings();
    let expected = Settings::new(project.path("migrations"), project.directory.path());
    assert_eq!(settings.script_location, expected.script_location);
    assert_eq!(
        settings.version_directories(),
        expected.version_directories()
    );
    assert_eq!(settings.version_table, "alembic_version");
    insta::assert_snapshot!(project.url_error(), @"<project>/limbeck.toml: url is not set; set it, or give the address with --url");
}

#[test]
fn paths_are_relative_to_the_file() {
    let mut project = Project::with(&[(
        "conf/limbeck.toml",
        "script_location = \"db\"\nurl = \"sqlite:///app.db\"\n\
         [[post_write_hooks]]\nname = \"fmt\"\nexecutable = \"fmt\"\ncwd = \"tools\"\n",
    )]);
    project.config_paths = vec!["conf/limbeck.toml".into()];
    let settings = project.settings();
    assert_eq!(settings.script_location, directory(project.path("conf/db")));
    let file = settings.database_url().unwrap().sqlite_file();
    assert_eq!(file, Some(project.path("conf/app.db")));
    let hook = &settings.post_write_hooks[0];
    assert_eq!(hook.cwd(), project.path("conf/tools").to_str());
    assert_eq!(hook.origin.as_ref().unwrap().line, 3);
}

#[test]
fn an_environment_overrides_what_it_sets() {
    let mut project = Project::with(&[(
        "limbeck.toml",
        "url = \"sqlite:///dev.db\"\nversion_table = \"v\"\ntransaction = \"revision\"\n\
         [lock]\ntimeout = 5\n\
         [environments.production]\nurl = \"${DATABASE_URL}\"\nversion_table_schema = \"app\"\n\
         [environments.production.lock]\nmode = \"lease\"\n",
    )]);
    assert_eq!(
        project.settings().database_url().unwrap().backend(),
        Backend::Sqlite
    );
    project.section = Some("production");
    insta::assert_snapshot!(project.url_error(), @"<project>/limbeck.toml:7:7: environments.production.url takes the environment variable DATABASE_URL, which is not set; set it, or give the address with --url");
    project.environment = vec![("DATABASE_URL", "postgresql://u:p@h/d")];
    let settings = project.settings();
    assert_eq!(
        settings.database_url().unwrap().to_string(),
        "postgresql://u:***@h/d"
    );
    assert_eq!(settings.version_table, "v");
    assert_eq!(settings.version_table_schema.as_deref(), Some("app"));
    assert_eq!(settings.transaction, TransactionMode::Revision);
    let lock = LockSettings {
        enabled: true,
        timeout: 5,
        mode: LockMode::Lease,
    };
    assert_eq!(settings.lock, lock);
    assert!(matches!(
        settings.source,
        Source::Limbeck { environment: Some(name), .. } if name == "production"
    ));
}

#[test]
fn a_line_that_may_hold_a_password_is_not_to_be_shown() {
    let project = Project::with(&[("limbeck.toml", "ulr = \"postgresql://u:secret@h/d\"\n")]);
    let error = project.load().unwrap_err();
    assert!(!error.to_string().contains("secret"));
    assert_eq!(error.nearest(), Some("url"));
    assert!(!error.line_may_be_shown("ulr = \"postgresql://u:secret@h/d\""));
    let project = Project::with(&[("limbeck.toml", "recursiv = true\n")]);
    assert!(
        project
            .load()
            .unwrap_err()
            .line_may_be_shown("recursiv = true")
    );
    let project = Project::with(&[(
        "limbeck.toml",
        "recursive = \"postgresql://u:secret@h/d\"\n",
    )]);
    assert!(!project.error().contains("secret"));
    let project = Project::with(&[("limbeck.toml", "url = \"postgresql://u:secret@h/d\n")]);
    assert!(!project.error().contains("secret"));
}

#[cfg(feature = "json-schema")]
#[test]
fn the_schema_describes_every_key() {
    let schema = serde_json::to_value(schemars::schema_for!(LimbeckToml)).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    assert!(
        properties
            .values()
            .all(|property| property["description"].is_string())
    );
    assert_eq!(schema["additionalProperties"], false);
    assert!(properties.contains_key("script_location"));
}

/// Text with much of what TOML and the keys give a meaning to.
fn likely() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("[tool.alembic]\nscript_location = \"x\"\n".to_owned()),
        Just("[lock]\n".to_owned()),
        Just("[environments.a]\n".to_owned()),
        Just("[[post_write_hooks]]\n".to_owned()),
        Just("url = \"${A}%(here)s\"\n".to_owned()),
        Just("versions = [\"a\", 1, {b = 2}]\n".to_owned()),
        Just("sqlalchemy.url = \"é%\"\n".to_owned()),
        "(lock|url|mode|versions|timezone|environments) = (1|true|\"é%\"|\\[\\]|\\{\\})\n",
        "[a-z\\[\\]{}=\"'\n é%$]{0,6}",
    ];
    proptest::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_readers_panic(text in prop_oneof![any::<String>(), likely()]) {
        let discovery = Discovery {
            working_directory: std::path::Path::new("/project"),
            config_paths: &[],
            alembic_config: None,
            section: None,
            url: None,
            x_arguments: &[],
            environment: &|name| (name == "A").then(|| "sqlite://".to_owned()),
        };
        let file = std::path::Path::new("/project/x.toml");
        let lines = text.split('\n').count();
        if let Err(error) = limbeck_toml::settings(&text, file, &discovery) {
            let line = error.origin().map_or(0, |origin| origin.line);
            prop_assert!(line as usize <= lines);
        }
        if let Ok(Some(table)) = crate::config::alembic::pyproject::read(&text, file)
            && let Ok(mut settings) = crate::config::alembic::settings(None, Some(table), &discovery)
        {
            let ours = crate::config::alembic::ours::from_pyproject;
            let _ = ours(&text, file, &mut settings, &discovery);
            let _ = settings.database_url();
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for text in [
        format!("versions = {}", "[".repeat(100_000)),
        format!("versions = {}{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("lock = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
        format!("[{}a]", "lock.".repeat(100_000)),
    ] {
        for file in ["limbeck.toml", "pyproject.toml"] {
            assert!(Project::with(&[(file, &text)]).load().is_err());
        }
    }
}
