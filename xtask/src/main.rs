//! Developer tasks: `cargo xtask conformance | bench | generate`.

fn main() {}
