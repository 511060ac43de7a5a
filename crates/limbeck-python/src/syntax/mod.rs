//! What the syntax of Python files tells about them: what functions use, where something is imported, the statements one by one.
//!
//! Asked by the Python side of this crate, which could build the syntax tree itself: as objects of Python, and slowly. Must not know
//! what a name stands for, nor what is missing.

mod functions;
mod imports;
mod module;
mod statements;

use std::{cell::RefCell, collections::HashMap, fs, rc::Rc};

use rustpython_vm::compiler::{
    ast::{ModModule, PySourceType},
    parser,
};

use functions::FunctionUses;
use imports::ImportLine;

pub(crate) use module::_limbeck_syntax::module_def;

/// A file as far as it was asked about.
struct SourceFile {
    has_inner_imports: bool,
    functions: Vec<FunctionUses>,
    imports: Vec<ImportLine>,
}

thread_local! {
    /// Files by path: a helper of many scripts is asked about by each of them.
    static FILES: RefCell<HashMap<String, Rc<SourceFile>>> = RefCell::default();
}

/// What is known of a file; of one that cannot be read nothing is.
fn source_file(path: &str) -> Rc<SourceFile> {
    if let Some(known) = FILES.with_borrow(|files| files.get(path).cloned()) {
        return known;
    }
    let text = text_of(path).unwrap_or_default();
    let tree = tree_of(&text);
    let lines = Lines::of(&text);
    let file = Rc::new(SourceFile {
        has_inner_imports: imports::are_inside(&text),
        functions: functions::uses(&tree, &lines),
        imports: imports::lines(&tree, &lines),
    });
    FILES.with_borrow_mut(|files| files.insert(path.to_owned(), Rc::clone(&file)));
    file
}

/// The text of a file, without a byte order mark.
fn text_of(path: &str) -> Option<String> {
    let bytes = fs::read(path).ok()?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// The tree of a module; of one with errors what can be made of it.
fn tree_of(text: &str) -> ModModule {
    parser::parse_unchecked_source(text, PySourceType::Python).into_syntax()
}

/// Where the lines of a text end.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines(ends.map(|(place, _)| place).collect())
    }

    /// The number of the line with a place of the text, counted from 1.
    fn number(&self, place: impl Into<usize>) -> usize {
        let place = place.into();
        self.0.partition_point(|end| *end < place) + 1
    }
}
