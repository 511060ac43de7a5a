//! The wanted schema, and what a comparison leaves alone.

use super::*;

fn path_of(settings: &Settings) -> PathBuf {
    match &settings.model {
        Some(ModelLocation::Path(path)) => path.clone(),
        other => panic!("a path, not {other:?}"),
    }
}

#[test]
fn limbeck_toml_says_where_the_wanted_schema_is() {
    let mut project = Project::with(&[(
        "limbeck.toml",
        "model = \"db/schema.sql\"\nschemas = [\"billing\"]\nscratch_url = \"sqlite://\"\n\
         exclude = { tables = [\"spatial_*\", \"audit.log\"], schemas = [\"cron\"] }\n\
         [environments.production]\nscratch_url = \"${SCRATCH}\"\n",
    )]);
    let settings = project.settings();
    assert_eq!(path_of(&settings), project.path("db/schema.sql"));
    assert_eq!(settings.schemas, ["billing"]);
    assert!(settings.exclude.has_table(None, "spatial_ref_sys"));
    assert!(settings.exclude.has_table(Some("audit"), "log"));
    assert!(settings.exclude.has_schema("cron"));
    assert!(settings.scratch_url().unwrap().is_some());

    project.section = Some("production");
    let error = project.settings().scratch_url().unwrap_err();
    insta::assert_snapshot!(project.tidy(error), @"<project>/limbeck.toml:6:15: environments.production.scratch_url takes the environment variable SCRATCH, which is not set; set it, or give the address with --url");
}

#[test]
fn another_database_can_be_the_model() {
    let mut project = Project::with(&[("limbeck.toml", "model = \"${STAGING}\"\n")]);
    project.environment = vec![("STAGING", "postgresql://reader:secret@host/shop")];
    let Some(ModelLocation::Database(url)) = project.settings().model else {
        panic!("an address");
    };
    assert_eq!(url.unwrap().redacted(), "postgresql://reader:***@host/shop");
}

#[test]
fn nothing_is_wanted_unless_said() {
    let project = Project::with(&[("limbeck.toml", "model = \"\"\n")]);
    assert!(project.settings().model.is_none());
    assert!(project.settings().exclude.is_empty());
    let wrong = Project::with(&[("limbeck.toml", "[exclude]\ntable = [\"a\"]\n")]);
    insta::assert_snapshot!(wrong.error(), @"<project>/limbeck.toml:2:1: the key table means nothing in [exclude]; did you mean tables?");
    let wrong = Project::with(&[("limbeck.toml", "exclude = [\"a\"]\n")]);
    insta::assert_snapshot!(wrong.error(), @"<project>/limbeck.toml:1:12: this value must be an array");
}

#[test]
fn alembics_files_say_the_same_in_sections_of_ours() {
    let project = Project::with(&[
        (
            "alembic.ini",
            "[alembic]\nscript_location = x\n[alembic:exclude]\ntables = spatial_ref_sys, topology\n\
             [limbeck]\nmodel = schema\nschemas = a b\nexclude.tables =\n  celery_*\n  kombu_*\nexclude.schemas = cron\n",
        ),
        (
            "pyproject.toml",
            "[tool.limbeck]\nmodel = \"other.sql\"\nexclude = { tables = [\"job\"] }\n",
        ),
    ]);
    let settings = project.settings();
    assert_eq!(path_of(&settings), project.path("schema"));
    assert_eq!(settings.schemas, ["a", "b"]);
    for table in [
        "spatial_ref_sys",
        "topology",
        "celery_task",
        "kombu_queue",
        "job",
    ] {
        assert!(settings.exclude.has_table(None, table), "{table}");
    }
    assert!(settings.exclude.has_schema("cron"));

    let wrong = Project::with(&[(
        "alembic.ini",
        "[alembic]\nscript_location = x\n[limbeck]\nexclude_tables = a\n",
    )]);
    insta::assert_snapshot!(wrong.error(), @"<project>/alembic.ini:4:1: the key exclude_tables means nothing in [limbeck]; did you mean exclude.tables?");
}
