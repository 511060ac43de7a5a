//! A new file in `migrations` compiles the program anew; a changed one does so without this.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
