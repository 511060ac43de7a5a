//! The statements of a module one by one, and the names that each of them binds.

use rustpython_ruff_text_size::Ranged;
use rustpython_vm::compiler::ast::{
    Expr, ExprContext, ModModule, Stmt,
    visitor::{Visitor, walk_expr, walk_stmt},
};

use super::Lines;

/// Lines that are run together: one statement, or several in one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The index of its first line, and of the one after its last.
    pub(super) lines: (usize, usize),
    pub(super) bound: Vec<String>,
}

/// The parts of a module, from top to bottom.
pub(super) fn parts(tree: &ModModule, lines: &Lines) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::new();
    for statement in &tree.body {
        let first = lines.number(statement.start()) - 1;
        let end = lines.number(statement.end());
        let mut visit = Bound(Vec::new());
        visit.visit_stmt(statement);
        match found.last_mut().filter(|before| before.lines.1 > first) {
            Some(before) => {
                before.lines.1 = end.max(before.lines.1);
                before.bound.extend(visit.0);
            }
            None => found.push(Part {
                lines: (first, end),
                bound: visit.0,
            }),
        }
    }
    found
}

struct Bound(Vec<String>);

impl<'a> Visitor<'a> for Bound {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.0.push(function.name.to_string()),
            Stmt::ClassDef(class) => self.0.push(class.name.to_string()),
            Stmt::Import(import) => {
                for alias in &import.names {
                    let first = alias.name.split('.').next().unwrap_or_default();
                    let bound = alias.asname.as_ref().map_or(first, |name| name.as_str());
                    self.0.push(bound.to_owned());
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in import.names.iter().filter(|alias| &*alias.name != "*") {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.0.push(bound.to_string());
                }
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            // What they bind is their own.
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => {}
            Expr::Name(name) if matches!(name.ctx, ExprContext::Store) => {
                self.0.push(name.id.to_string());
            }
            _ => walk_expr(self, expression),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<((usize, usize), String)> {
        let found = parts(&super::super::tree_of(text), &Lines::of(text));
        let told = found
            .into_iter()
            .map(|part| (part.lines, part.bound.join(" ")));
        told.collect()
    }

    #[test]
    fn statements_are_told_apart_with_what_they_bind() {
        let found = of("\"\"\"about\n\nthis\"\"\"\n\
                        import a.b, c as d\n\
                        from e import (\n    f,\n    g as h,\n)\n\n# nothing\n\
                        @f\nclass K(Base):\n    inner = 1\n\n    def m(self): pass\n\n\
                        if x:\n    y = [z for z in x]\nelse:\n    (v, *w), u.t = 1, 2\n\
                        one = 1; two = 2\n\
                        async def go(): pass\n");
        let expected = [
            ((0, 3), ""),
            ((3, 4), "a d"),
            ((4, 8), "f h"),
            ((10, 15), "K"),
            ((16, 20), "y v w"),
            ((20, 21), "one two"),
            ((21, 22), "go"),
        ];
        assert_eq!(
            found,
            expected.map(|(lines, bound)| (lines, bound.to_owned()))
        );
    }
}
