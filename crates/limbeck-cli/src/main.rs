//! Entry point of the `limbeck` command.

fn main() {}
