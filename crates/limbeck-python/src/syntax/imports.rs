//! What a file imports, and in which lines.

use rustpython_vm::compiler::ast::{
    ModModule, Stmt,
    statement_visitor::{StatementVisitor, walk_stmt},
};

use super::Lines;

/// A module, or a name of one, that a line imports. What a relative import means depends on the package, so it is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ImportLine {
    pub(super) name: String,
    pub(super) line: usize,
}

/// All of a file, those inside functions too.
pub(super) fn lines(tree: &ModModule, lines: &Lines) -> Vec<ImportLine> {
    let mut visit = Visit {
        lines,
        found: Vec::new(),
    };
    for statement in &tree.body {
        visit.visit_stmt(statement);
    }
    visit.found
}

/// The line that imports `name`, or the most of it; the last of several.
pub(super) fn line_of(imports: &[ImportLine], name: &str) -> Option<usize> {
    let brings = |one: &&ImportLine| {
        name.strip_prefix(&one.name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    imports
        .iter()
        .filter(brings)
        .max_by_key(|one| (one.name.len(), one.line))
        .map(|one| one.line)
}

/// Whether an indented line begins like an import. That it may stand in a text costs no more than looking for nothing.
pub(super) fn are_inside(text: &str) -> bool {
    text.split('\n').any(|line| {
        line.starts_with([' ', '\t'])
            && ["import ", "from "]
                .iter()
                .any(|word| line.trim_start().starts_with(word))
    })
}

struct Visit<'l> {
    lines: &'l Lines,
    found: Vec<ImportLine>,
}

impl Visit<'_> {
    fn add(&mut self, name: String, line: usize) {
        self.found.push(ImportLine { name, line });
    }
}

impl<'a> StatementVisitor<'a> for Visit<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                let line = self.lines.number(import.range.start());
                for alias in &import.names {
                    self.add(alias.name.to_string(), line);
                }
            }
            Stmt::ImportFrom(import) => {
                let line = self.lines.number(import.range.start());
                let Some(module) = import.module.as_ref().filter(|_| import.level == 0) else {
                    return;
                };
                for alias in &import.names {
                    let name = match alias.name.as_str() {
                        "*" => module.to_string(),
                        name => format!("{module}.{name}"),
                    };
                    self.add(name, line);
                }
            }
            _ => walk_stmt(self, statement),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_imports_the_most_of_a_name_is_found() {
        let text = "import app\nfrom app import models\nfrom app.models import *\n\
                    def f():\n    try:\n        from app.models import User, Kind\n    except ImportError: pass\n\
                    from . import app\n";
        let found = lines(&super::super::tree_of(text), &Lines::of(text));
        assert_eq!(line_of(&found, "app.models.User"), Some(6));
        assert_eq!(line_of(&found, "app.models.Other"), Some(3));
        assert_eq!(line_of(&found, "app.modelsx"), Some(1));
        assert_eq!(line_of(&found, "application"), None);
        assert!(are_inside(text));
        assert!(!are_inside("import app\nx = 1\n    important = 2\n"));
    }
}
