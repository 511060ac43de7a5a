//! What can be typed: Alembic's forms, and ours beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

use clap::{CommandFactory, Parser};
use limbeck_cli::arguments::{Arguments, Command, Format, Global};

fn parse(line: &str) -> Arguments {
    Arguments::try_parse_from(std::iter::once("limbeck").chain(line.split(' ')))
        .unwrap_or_else(|error| panic!("{line}: {error}"))
}

/// The global options of a line, wherever they stand.
fn global(line: &str) -> Global {
    let Arguments { global, command } = parse(line);
    match command {
        Command::Heads(tail) => global.merge(tail.global),
        Command::Current(tail) => global.merge(tail.global),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_tree_is_sound() {
    Arguments::command().debug_assert();
}

#[test]
fn relative_targets_are_no_options() {
    for target in ["-1", "+1", "-12", "head-1", "label@-1", "ae10+2"] {
        let Command::Downgrade(tail) = parse(&format!("downgrade {target}")).command else {
            panic!("{target}");
        };
        assert_eq!(tail.own.revision, target);
        let Command::Upgrade(tail) = parse(&format!("upgrade --sql {target}")).command else {
            panic!("{target}");
        };
        assert_eq!((tail.own.revision.as_str(), tail.own.sql), (target, true));
    }
    for line in [
        "history -r-3:current",
        "history -r -3:current",
        "history --rev-range=-3:current",
    ] {
        let Command::History(tail) = parse(line).command else {
            panic!("{line}");
        };
        assert_eq!(tail.own.rev_range.as_deref(), Some("-3:current"));
    }
}

#[test]
fn global_options_stand_before_and_after_the_command() {
    let options = global("-c a.ini -x one -q heads -c pyproject.toml -x two=2 --format json");
    assert_eq!(
        options
            .config
            .iter()
            .map(|path| path.to_str().unwrap())
            .collect::<Vec<_>>(),
        ["a.ini", "pyproject.toml"]
    );
    assert_eq!(options.x, ["one", "two=2"]);
    assert!(options.quiet);
    assert_eq!(options.format, Some(Format::Json));
    assert_eq!(global("-n one heads -n two").name.as_deref(), Some("two"));
}

#[test]
fn current_keeps_alembics_short_option() {
    let line = "-c a.ini current -c --config pyproject.toml";
    assert_eq!(global(line).config.len(), 2);
    let Command::Current(tail) = parse(line).command else {
        panic!();
    };
    assert!(tail.own.check_heads);
}

#[test]
fn long_options_may_be_shortened_and_repeated_as_with_alembic() {
    let Command::Revision(tail) = parse("revision --auto -m one -m two").command else {
        panic!();
    };
    assert!(tail.own.autogenerate);
    assert_eq!(tail.own.message.as_deref(), Some("two"));
}

#[test]
fn a_whole_address_can_be_a_free_argument() {
    let options = global("-x postgresql://me:secret@host/db?a=b heads");
    assert_eq!(options.x, ["postgresql://me:secret@host/db?a=b"]);
}
