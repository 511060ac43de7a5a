//! Compile-time embedding of revision scripts for the `limbeck` library.
//!
//! This crate turns a directory into source text and must not know what a
//! revision is: the library reads the embedded files with the same readers it
//! uses for a directory at run time.
#![deny(missing_docs)]

mod directory;

use std::path::PathBuf;

use proc_macro::TokenStream;
use quote::quote;
use syn::{LitStr, parse_macro_input};

/// Embeds the `.sql` files of a directory: a value of type `&'static [(&'static str, &'static str)]`, each a file's
/// path below the directory, with `/`, and its text, sorted by path.
///
/// The directory is relative to the `Cargo.toml` of the crate that calls the macro. Directories below it are read, too.
/// Changing an embedded file compiles the caller anew; so that a *new* file does, too, the caller's `build.rs`
/// prints `cargo:rerun-if-changed=migrations`.
///
/// # Errors
/// It is a compile error when the directory cannot be read, or holds no `.sql` file: an application that
/// silently embeds nothing would find out in production.
#[proc_macro]
pub fn embed(input: TokenStream) -> TokenStream {
    let literal = parse_macro_input!(input as LitStr);
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    match directory::scripts(&manifest.join(literal.value())) {
        Ok(scripts) => {
            let names = scripts.iter().map(|script| &script.name);
            let paths = scripts.iter().map(|script| &script.path);
            quote! {
                {
                    const SCRIPTS: &[(&str, &str)] = &[#((#names, include_str!(#paths))),*];
                    SCRIPTS
                }
            }
            .into()
        }
        Err(error) => syn::Error::new(literal.span(), error)
            .to_compile_error()
            .into(),
    }
}
