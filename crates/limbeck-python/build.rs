//! The modules under `python/` are compiled into the crate by a macro, which cargo does not see reading them.

fn main() {
    println!("cargo::rerun-if-changed=python");
}
