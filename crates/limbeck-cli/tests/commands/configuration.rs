//! Configuration files with mistakes.

use super::{
    failing_project,
    support::{Language, Sandbox},
    transcript,
};

#[test]
fn configuration_errors_show_their_line_but_no_password() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &["-c nowhere.toml heads", "--url postgresql://me:secret@127.0.0.1:1/app current", "--url nosql://me:secret@host/app current"]), @r#"
$ limbeck -c nowhere.toml heads
FAILED: [ROOT]/nowhere.toml: there is no such file; it was named by -c
[exit 255]
$ limbeck --url postgresql://me:secret@127.0.0.1:1/app current
[stderr]
error: cannot connect to postgresql://me:***@127.0.0.1:1/app: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
$ limbeck --url nosql://me:secret@host/app current
FAILED: --url: the database "nosql" is not supported; supported are sqlite, postgresql, mysql and mariadb
[exit 255]
"#);
    sandbox.write("limbeck.toml", "script_locatoin = \"migrations\"\n");
    insta::assert_snapshot!(transcript(&sandbox, &["heads"]), @r#"
$ limbeck heads
FAILED: the key script_locatoin means nothing in limbeck.toml; did you mean script_location?
[stderr]
error: the key script_locatoin means nothing in limbeck.toml; did you mean script_location?
 --> [ROOT]/limbeck.toml:1:1
  |
1 | script_locatoin = "migrations"
  | ^^^^^^^^^^^^^^^
[exit 255]
"#);
    sandbox.write(
        "limbeck.toml",
        "url = \"postgresql://me:secret@[::1/app\"\n",
    );
    let ran = sandbox.run("current --raiseerr");
    assert_eq!(ran.code, 255);
    assert!(!ran.to_string().contains("secret"), "{ran}");
}

#[test]
fn a_misspelled_key_of_an_ini_file_is_told() {
    let sandbox = Sandbox::branching(Language::Sql, &["1975ea83b712"]);
    let settings = sandbox.read("alembic.ini");
    sandbox.write(
        "alembic.ini",
        &format!("{settings}file_templat = x\nmy_own_key = y\n"),
    );
    insta::assert_snapshot!(transcript(&sandbox, &["heads"]), @"
$ limbeck heads
1975ea83b712 (head)
[stderr]
WARNI [limbeck.config] [ROOT]/alembic.ini:5:1: the key file_templat means nothing in [alembic]; did you mean file_template?
[exit 0]
");
}
