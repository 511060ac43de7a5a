use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, Zoned, tz::TimeZone};

use super::*;
use crate::{dialect::DialectName, script::ScriptFormat};

fn noon() -> Zoned {
    let moment: Timestamp = "2026-11-20T11:30:45.082755Z".parse().unwrap();
    moment.to_zoned(TimeZone::UTC)
}

fn date() -> CreateDate {
    CreateDate::new(&noon(), None).unwrap()
}

fn new(format: ScriptFormat) -> NewScript {
    NewScript {
        format,
        revision: "1975ea83b712".to_owned(),
        message: "create account table".to_owned(),
        down_revision: Vec::new(),
        branch_labels: Vec::new(),
        depends_on: Vec::new(),
        created: date(),
        sql: SqlContent::default(),
        python: PythonContent::default(),
    }
}

fn merge(format: ScriptFormat) -> NewScript {
    NewScript {
        message: "say \"hello\"\\n and '''\"\"\"\nin two lines".to_owned(),
        down_revision: vec!["a1".to_owned(), "b2".to_owned()],
        branch_labels: vec!["shop".to_owned()],
        depends_on: vec!["c3".to_owned()],
        ..new(format)
    }
}

fn write(new: &NewScript, root: &Path) -> Result<Written, WriteError> {
    write_script(
        new,
        &root.join("versions"),
        &FileNameRules::default(),
        root,
        None,
    )
}

#[test]
fn a_sql_script_begins_with_its_header_and_two_empty_sections() {
    let root = tempfile::tempdir().unwrap();
    let written = write(&new(ScriptFormat::Sql), root.path()).unwrap();
    assert_eq!(
        written.path,
        root.path()
            .join("versions/1975ea83b712_create_account_table.sql")
    );
    assert_eq!(written.directories, [root.path().join("versions")]);
    insta::assert_snapshot!(fs::read_to_string(&written.path).unwrap(), @r#"
    -- create account table
    --
    -- revision: 1975ea83b712
    -- revises: base
    -- created: 2026-11-20 11:30:45

    -- limbeck: upgrade


    -- limbeck: downgrade
    "#);
    let merged = NewScript {
        revision: "m1".to_owned(),
        ..merge(ScriptFormat::Sql)
    };
    let written = write(&merged, root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&written.path).unwrap(), @r#"
    -- say "hello"\n and '''"""
    -- in two lines
    --
    -- revision: m1
    -- revises: a1, b2
    -- branch labels: shop
    -- depends on: c3
    -- created: 2026-11-20 11:30:45

    -- limbeck: upgrade


    -- limbeck: downgrade
    "#);
    assert_eq!(written.header.depends_on, ["c3"]);
}

#[test]
fn a_python_script_is_what_alembic_writes() {
    let root = tempfile::tempdir().unwrap();
    let written = write(&new(ScriptFormat::Python), root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&written.path).unwrap(), @r#"
    """create account table

    Revision ID: 1975ea83b712
    Revises: 
    Create Date: 2026-11-20 11:30:45.082755

    """
    from typing import Sequence, Union

    from alembic import op
    import sqlalchemy as sa


    # revision identifiers, used by Alembic.
    revision: str = '1975ea83b712'
    down_revision: Union[str, Sequence[str], None] = None
    branch_labels: Union[str, Sequence[str], None] = None
    depends_on: Union[str, Sequence[str], None] = None


    def upgrade() -> None:
        """Upgrade schema."""
        pass


    def downgrade() -> None:
        """Downgrade schema."""
        pass
    "#);
    let merged = NewScript {
        revision: "m1".to_owned(),
        ..merge(ScriptFormat::Python)
    };
    let written = write(&merged, root.path()).unwrap();
    assert_eq!(written.header.message, merged.message);
    let text = fs::read_to_string(&written.path).unwrap();
    let head: Vec<&str> = text
        .lines()
        .filter(|line| line.contains(" = ") || line.contains("Revises"))
        .collect();
    insta::assert_snapshot!(head.join("\n"), @r#"
    Revises: a1, b2
    revision: str = 'm1'
    down_revision: Union[str, Sequence[str], None] = ('a1', 'b2')
    branch_labels: Union[str, Sequence[str], None] = ('shop',)
    depends_on: Union[str, Sequence[str], None] = 'c3'
    "#);
}

#[test]
fn a_project_may_have_its_own_templates() {
    let root = tempfile::tempdir().unwrap();
    fs::write(
        root.path().join("script.sql.template"),
        "-- {{ message }}\n-- revision: {{revision}}\n-- revises: {{ revises }}\n\n-- limbeck: upgrade\n",
    )
    .unwrap();
    let written = write(&new(ScriptFormat::Sql), root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&written.path).unwrap(), @r#"
    -- create account table
    -- revision: 1975ea83b712
    -- revises: base

    -- limbeck: upgrade
    "#);
    fs::write(
        root.path().join("script.py.mako"),
        "## ours\n\"\"\"${message}\"\"\"\nimport sqlmodel\nrevision = ${repr(up_revision)}\ndown_revision = \\\n  ${repr( down_revision )}\n%% kept\n",
    )
    .unwrap();
    let written = write(&new(ScriptFormat::Python), root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&written.path).unwrap(), @r#"
    """create account table"""
    import sqlmodel
    revision = '1975ea83b712'
    down_revision =   None
    % kept
    "#);
}

#[test]
fn a_template_may_put_ids_between_quotes_of_its_own() {
    let root = tempfile::tempdir().unwrap();
    let template = "revision = \"${up_revision}\"\ndown_revision = \"${down_revision}\"\n";
    fs::write(root.path().join("script.py.mako"), template).unwrap();
    let child = NewScript {
        down_revision: vec!["a1".to_owned()],
        ..new(ScriptFormat::Python)
    };
    let written = write(&child, root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(written.path).unwrap(), @r#"
    revision = "1975ea83b712"
    down_revision = "a1"
    "#);
    // Two parents are a tuple, which between quotes is one strange id.
    let two = NewScript {
        revision: "b1".to_owned(),
        down_revision: vec!["a1".to_owned(), "b2".to_owned()],
        ..new(ScriptFormat::Python)
    };
    assert!(write(&two, root.path()).is_err());
}

#[test]
fn a_template_that_cannot_be_filled_in_or_loses_something_writes_nothing() {
    let root = tempfile::tempdir().unwrap();
    let place = format!("{}/", root.path().display());
    let failure = |file: &str, template: &str, new: NewScript| {
        fs::write(root.path().join(file), template).unwrap();
        write(&new, root.path())
            .unwrap_err()
            .to_string()
            .replace(&place, "")
    };
    let sql = "script.sql.template";
    let mako = "script.py.mako";
    insta::assert_snapshot!(failure(sql, "-- a\n-- {{ revison }}", new(ScriptFormat::Sql)), @"script.sql.template:2:4: unknown name 'revison'; known are header, message, revision, revises, branch_labels, depends_on, created, upgrade, downgrade");
    insta::assert_snapshot!(failure(sql, "-- {{ message", new(ScriptFormat::Sql)), @"script.sql.template:1:4: '{{' without '}}'");
    insta::assert_snapshot!(
        failure(sql, "-- revision: {{ revision }}\n-- revises: {{ revises }}\n", merge(ScriptFormat::Sql)),
        @"the script would not say that its branch label is shop; does script.sql.template leave it out?"
    );
    insta::assert_snapshot!(failure(mako, "a\n  % if x:\n", new(ScriptFormat::Python)), @"script.py.mako:2:3: a line that begins with '%' can only be filled in by the Python front end; write this script with Alembic");
    insta::assert_snapshot!(failure(mako, "a\nb <%! import re %>\n", new(ScriptFormat::Python)), @"script.py.mako:2:3: a '<%' tag can only be filled in by the Python front end; write this script with Alembic");
    insta::assert_snapshot!(failure(mako, "a ${message} ${config.get()}\n", new(ScriptFormat::Python)), @"script.py.mako:1:14: the expression 'config.get()' can only be filled in by the Python front end; write this script with Alembic");
    assert!(!root.path().join("versions").exists());
}

#[test]
fn no_file_is_overwritten_even_in_a_race() {
    let root = tempfile::tempdir().unwrap();
    let written: usize = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| write(&new(ScriptFormat::Sql), root.path()).is_ok()))
            .collect();
        writers
            .into_iter()
            .map(|writer| usize::from(writer.join().unwrap()))
            .sum()
    });
    assert_eq!(written, 1);
    let error = write(&new(ScriptFormat::Sql), root.path()).unwrap_err();
    assert!(matches!(error, WriteError::Exists(_)), "{error}");
}

#[test]
fn slugs_are_the_words_of_the_message_cut_as_alembic_cuts_them() {
    assert_eq!(
        slug("my first: Rev!  with punctuation/and a very long tail", 40),
        "my_first_rev_with_punctuation_and_a_"
    );
    assert_eq!(
        slug("Größe_ändern №5 日本語 x²", 40),
        "größe_ändern_5_日本語_x²"
    );
    assert_eq!(slug("हिन्दी", 40), "ह_न_द");
    assert_eq!(slug("", 40), "");
    assert_eq!(slug("abcdefgh", 4), "abcd_");
    assert_eq!(slug("ab cd ef", 5), "ab_");
}

#[test]
fn file_templates_follow_pythons_percent_rules() {
    let name = |template: &str| {
        let rules = FileNameRules {
            template: template.to_owned(),
            slug_length: 40,
            recursive: true,
        };
        match rules.file_name("ab12", "Add X", &date(), ScriptFormat::Sql) {
            Ok(name) => name.display().to_string(),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(name("%(rev)s_%(slug)s"), "ab12_add_x.sql");
    assert_eq!(
        name("%(year)d/%(month).2d/%(day)02d_%(hour)3d%(minute)-4d|%(second)+d_%(epoch)d"),
        "2026/11/20_ 1130  |+45_1795174245.sql"
    );
    assert_eq!(
        name("100%%_%(rev).2s_%(rev)6s%(rev)-6s_%(day)#x%(day)o%(year)X"),
        "100%_ab_  ab12ab12  _0x14247EA.sql"
    );
    assert_eq!(name("%(slug)r"), "'add_x'.sql");
    let wrong = [
        "%(rev)",
        "%(rev",
        "%s",
        "%(month)",
        "%(slug)d",
        "%(nope)s",
        "%(rev)q",
        "%(day)999d",
        "../%(rev)s",
        "/%(rev)s",
        ".%(rev)s",
    ];
    let all: Vec<String> = wrong.iter().map(|template| name(template)).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    file_template '%(rev)', character 1: the template ends inside a '%' directive
    file_template '%(rev', character 1: the parenthesis after '%' is not closed
    file_template '%s', character 1: '%' needs a name in parentheses, or another '%'
    file_template '%(month)', character 1: the template ends inside a '%' directive
    file_template '%(slug)d', character 1: 'slug' is text: write '%(slug)s'
    file_template '%(nope)s', character 1: unknown name 'nope'; known are rev, slug, epoch, year, month, day, hour, minute, second
    file_template '%(rev)q', character 1: unknown conversion 'q'; use 's' or 'd'
    file_template '%(day)999d', character 1: a width over 255 is no file name
    file_template gives '../ab12.sql', which leads out of the version location
    file_template gives '/ab12.sql', which leads out of the version location
    file_template gives '.ab12.sql', a name that is passed over when scripts are looked for
    "#);
    let flat = FileNameRules {
        template: "%(year)d/%(rev)s".to_owned(),
        ..FileNameRules::default()
    };
    let error = flat
        .file_name("ab12", "", &date(), ScriptFormat::Sql)
        .unwrap_err();
    insta::assert_snapshot!(error, @"file_template gives '2026/ab12.sql', a file in a directory of its own, which is not searched; set recursive_version_locations (in limbeck.toml: recursive)");
}

#[test]
fn dates_are_local_or_in_the_configured_zone() {
    assert_eq!(date().to_python(), "2026-11-20 11:30:45.082755");
    let in_zone = |name| CreateDate::new(&noon(), Some(name)).map(|date| date.to_python());
    assert_eq!(
        in_zone("Asia/Kolkata").unwrap(),
        "2026-11-20 17:00:45.082755+05:30"
    );
    assert_eq!(in_zone("utc").unwrap(), "2026-11-20 11:30:45.082755+00:00");
    assert_eq!(
        in_zone("Mars/Base").unwrap_err().to_string(),
        "Can't locate timezone: Mars/Base; set timezone to a name such as UTC or Europe/Berlin"
    );
    let whole: Timestamp = "2026-11-20T11:30:45Z".parse().unwrap();
    let whole = CreateDate::new(&whole.to_zoned(TimeZone::UTC), None).unwrap();
    assert_eq!(whole.to_python(), "2026-11-20 11:30:45");
}

#[test]
fn ids_fit_the_version_table_and_the_target_grammar() {
    let first = new_revision_id().unwrap();
    assert_eq!(first.as_str().len(), 12);
    assert!(first.as_str().bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_ne!(first, new_revision_id().unwrap());
    assert!(check_revision_id("add_orders").is_ok());
    assert!(check_revision_id("a@b").is_err());
    insta::assert_snapshot!(check_revision_id(&"x".repeat(33)).unwrap_err(), @"revision identifier 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' has 33 characters; the version table holds 32, so choose a shorter one");
}

#[test]
fn the_directory_is_the_one_asked_for_or_the_parents() {
    let locations = [PathBuf::from("/p/a"), PathBuf::from("/p/b")];
    let choose = |path: Option<&str>, parents: &[&str]| {
        let parents: Vec<&Path> = parents.iter().map(Path::new).collect();
        choose_directory(path.map(Path::new), &locations, &parents)
            .map_or_else(|error| error.to_string(), |path| path.display().to_string())
    };
    assert_eq!(choose(Some("/p/./b/"), &[]), "/p/b");
    assert_eq!(
        choose(Some("/p/c"), &[]),
        "Path /p/c is not represented in current version locations"
    );
    assert_eq!(choose(None, &["/p/b/2026/x.sql", "/p/a/y.sql"]), "/p/b");
    assert_eq!(
        choose(None, &[]),
        "Multiple version locations present, please specify --version-path"
    );
    assert_eq!(
        choose_directory(None, &locations[..1], &[]).unwrap(),
        Path::new("/p/a")
    );
}

#[cfg(unix)]
#[test]
fn hooks_get_the_file_and_their_failure_is_told() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("a b.sql");
    fs::write(&file, "").unwrap();
    let hook = |executable: &str, options: &str| Hook {
        name: "check".to_owned(),
        kind: HookKind::Exec {
            executable: executable.to_owned(),
        },
        options: options.to_owned(),
        directory: root.path().to_owned(),
    };
    let place = format!("{}/", root.path().display());
    let run = |executable: &str, options: &str| match run_hook(&hook(executable, options), &file) {
        Ok(output) => output.stdout.replace(&place, ""),
        Err(error) => error.to_string().replace(&place, ""),
    };
    assert_eq!(run("echo", "--fix"), "a b.sql --fix\n");
    assert_eq!(
        run(
            "echo",
            "'a  b' \"c\\\"\\d\" e\\ f -o=REVISION_SCRIPT_FILENAME ''"
        ),
        "a  b c\"\\d e f -o=a b.sql \n"
    );
    assert_eq!(
        run("sh", "-c 'pwd' REVISION_SCRIPT_FILENAME").trim(),
        root.path().canonicalize().unwrap().display().to_string()
    );
    insta::assert_snapshot!(run("sh", "-c 'echo bad file >&2; exit 3' REVISION_SCRIPT_FILENAME"), @r#"
    post write hook 'check' failed with exit status: 3; a b.sql was written:
    bad file
    "#);
    insta::assert_snapshot!(run("no-such-program", ""), @"post write hook 'check': cannot run no-such-program: No such file or directory (os error 2); a b.sql was written");
    insta::assert_snapshot!(run("echo", "'open"), @"post write hook 'check': options ''open' have no closing quotation mark");
    let module = Hook {
        kind: HookKind::Module {
            module: "black".to_owned(),
            python: "echo".into(),
        },
        ..hook("", "")
    };
    assert_eq!(
        run_hook(&module, Path::new("x.py")).unwrap().stdout,
        "-m black x.py\n"
    );
}

#[test]
fn a_new_project_is_directories_a_readme_and_settings() {
    let root = tempfile::tempdir().unwrap();
    let project = NewProject {
        directory: root.path().join("migrations"),
        settings_file: root.path().join("limbeck.toml"),
        template: "sql".to_owned(),
    };
    let place = format!("{}/", root.path().display());
    let lines = |created: &[Created]| {
        let lines: Vec<String> = created
            .iter()
            .map(|one| one.to_string().replace(&place, ""))
            .collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(lines(&create_project(&project).unwrap()), @r#"
    Creating directory migrations ...  done
    Creating directory migrations/versions ...  done
    Generating migrations/README ...  done
    Generating limbeck.toml ...  done
    "#);
    let settings: crate::config::LimbeckToml =
        toml::from_str(&fs::read_to_string(&project.settings_file).unwrap()).unwrap();
    assert_eq!(settings.script_location.as_deref(), Some("migrations"));
    let fail = |project: &NewProject| {
        create_project(project)
            .unwrap_err()
            .to_string()
            .replace(&place, "")
    };
    insta::assert_snapshot!(fail(&project), @"Directory migrations already exists and is not empty");
    let second = NewProject {
        directory: root.path().join("other"),
        ..project.clone()
    };
    insta::assert_snapshot!(lines(&create_project(&second).unwrap()), @r#"
    Creating directory other ...  done
    Creating directory other/versions ...  done
    Generating other/README ...  done
    File limbeck.toml already exists, skipping
    "#);
    insta::assert_snapshot!(fail(&NewProject { template: "sequel".to_owned(), ..second }), @"No such template 'sequel'; list_templates shows them");
}

#[test]
fn a_script_has_its_statements_below_the_directives() {
    let root = tempfile::tempdir().unwrap();
    let mut script = new(ScriptFormat::Sql);
    script.sql = SqlContent {
        upgrade: vec![SqlPart::new("CREATE TABLE a (id integer);\n")],
        downgrade: vec![SqlPart::new("DROP TABLE a;\n")],
    };
    let written = write(&script, root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(written.path).unwrap(), @r#"
    -- create account table
    --
    -- revision: 1975ea83b712
    -- revises: base
    -- created: 2026-11-20 11:30:45

    -- limbeck: upgrade
    CREATE TABLE a (id integer);

    -- limbeck: downgrade
    DROP TABLE a;
    "#);

    script.revision = "b2".to_owned();
    let limited = |dialect, text: &str| SqlPart {
        dialects: vec![dialect],
        ..SqlPart::new(text)
    };
    script.sql.upgrade = vec![
        limited(DialectName::Sqlite, "A;"),
        limited(DialectName::Postgresql, "B;"),
    ];
    let template =
        "{{ header }}\n\n-- limbeck: upgrade\nSET lock_timeout = '5s';\n\n-- limbeck: downgrade\n";
    fs::write(root.path().join("script.sql.template"), template).unwrap();
    let written = write(&script, root.path()).unwrap();
    insta::assert_snapshot!(fs::read_to_string(written.path).unwrap(), @r#"
    -- create account table
    --
    -- revision: b2
    -- revises: base
    -- created: 2026-11-20 11:30:45

    -- limbeck: upgrade (sqlite)
    SET lock_timeout = '5s';
    A;

    -- limbeck: upgrade (postgresql)
    B;

    -- limbeck: downgrade
    DROP TABLE a;
    "#);
}
