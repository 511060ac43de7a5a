//! What each function of a file uses: names, attributes of names, imports inside it.

use std::collections::HashSet;

use rustpython_vm::compiler::ast::{
    Expr, ExprContext, ModModule, Stmt, StmtImportFrom,
    visitor::{Visitor, walk_expr, walk_stmt},
};

use super::Lines;

/// What one function uses, those inside it included.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FunctionUses {
    pub(super) name: String,
    /// From the line of its first decorator to the one with its name.
    pub(super) lines: (usize, usize),
    pub(super) imports: Vec<InnerImport>,
    /// `["a", "b", "c"]` for `a.b.c`, each once.
    pub(super) attributes: Vec<Vec<String>>,
    /// Names that are read and nowhere set, each once.
    pub(super) unset: Vec<String>,
}

/// An import of names inside a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InnerImport {
    pub(super) module: String,
    /// The dots before it.
    pub(super) level: u32,
    pub(super) names: Vec<String>,
}

/// The functions of a module, methods and inner ones too.
pub(super) fn uses(tree: &ModModule, lines: &Lines) -> Vec<FunctionUses> {
    let mut visit = Visit {
        lines,
        open: Vec::new(),
        done: Vec::new(),
    };
    for statement in &tree.body {
        visit.visit_stmt(statement);
    }
    visit.done
}

struct Visit<'l> {
    lines: &'l Lines,
    /// The functions around the place that is visited, outermost first.
    open: Vec<Open>,
    done: Vec<FunctionUses>,
}

#[derive(Default)]
struct Open {
    uses: FunctionUses,
    attributes: HashSet<Vec<String>>,
    read: Vec<String>,
    known: HashSet<String>,
    set: HashSet<String>,
}

impl Open {
    fn read(&mut self, name: &str) {
        if self.known.insert(name.to_owned()) {
            self.read.push(name.to_owned());
        }
    }

    fn finish(self) -> FunctionUses {
        let Open {
            mut uses,
            read,
            set,
            ..
        } = self;
        uses.unset = read
            .into_iter()
            .filter(|name| !set.contains(name))
            .collect();
        uses
    }
}

impl Visit<'_> {
    fn import(&mut self, import: &StmtImportFrom) {
        let found = InnerImport {
            module: import
                .module
                .as_ref()
                .map(|module| module.to_string())
                .unwrap_or_default(),
            level: import.level,
            names: import
                .names
                .iter()
                .map(|alias| alias.name.to_string())
                .collect(),
        };
        for open in &mut self.open {
            open.uses.imports.push(found.clone());
        }
    }
}

impl<'a> Visitor<'a> for Visit<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                let first = function
                    .decorator_list
                    .first()
                    .map_or(function.range.start(), |decorator| decorator.range.start());
                let uses = FunctionUses {
                    name: function.name.to_string(),
                    lines: (
                        self.lines.number(first),
                        self.lines.number(function.name.range.start()),
                    ),
                    ..FunctionUses::default()
                };
                self.open.push(Open {
                    uses,
                    ..Open::default()
                });
                walk_stmt(self, statement);
                let closed = self.open.pop().map(Open::finish);
                self.done.extend(closed);
            }
            Stmt::ImportFrom(import) => self.import(import),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if self.open.is_empty() {
            // Functions are statements.
            return;
        }
        match expression {
            Expr::Name(name) => {
                let is_read = matches!(name.ctx, ExprContext::Load);
                for open in &mut self.open {
                    match is_read {
                        true => open.read(&name.id),
                        false => {
                            open.set.insert(name.id.to_string());
                        }
                    }
                }
            }
            Expr::Attribute(_) => match path(expression) {
                Some(path) => {
                    for open in &mut self.open {
                        if let Some(first) = path.first() {
                            open.read(first);
                        }
                        if open.attributes.insert(path.clone()) {
                            open.uses.attributes.push(path.clone());
                        }
                    }
                }
                None => walk_expr(self, expression),
            },
            _ => walk_expr(self, expression),
        }
    }
}

/// The names of `a.b.c`; `None` where something else than a name is at its beginning.
fn path(expression: &Expr) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut inner = expression;
    while let Expr::Attribute(attribute) = inner {
        names.push(attribute.attr.to_string());
        inner = &attribute.value;
    }
    let Expr::Name(name) = inner else {
        return None;
    };
    names.push(name.id.to_string());
    names.reverse();
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<FunctionUses> {
        uses(&super::super::tree_of(text), &Lines::of(text))
    }

    #[test]
    fn what_a_function_uses_is_found_wherever_it_stands() {
        let found = of("import app\n\
                        @app.decorated\n\
                        def upgrade(bind=app.DEFAULT):\n\
                        \x20   from .models import User as U, Kind\n\
                        \x20   total = sum(x.size for x in app.models.all())\n\
                        \x20   def inner():\n\
                        \x20       return f'{app.models.name} {total}', conf[app.key].value\n\
                        \x20   return inner\n");
        let names: Vec<_> = found
            .iter()
            .map(|one| (one.name.as_str(), one.lines))
            .collect();
        assert_eq!(names, [("inner", (6, 6)), ("upgrade", (2, 3))]);
        let paths = |one: &FunctionUses| {
            let mut paths: Vec<String> = one.attributes.iter().map(|path| path.join(".")).collect();
            paths.sort();
            paths
        };
        assert_eq!(paths(&found[0]), ["app.key", "app.models.name"]);
        assert_eq!(
            paths(&found[1]),
            [
                "app.DEFAULT",
                "app.decorated",
                "app.key",
                "app.models.all",
                "app.models.name",
                "x.size"
            ]
        );
        assert_eq!(
            found[1].imports,
            [InnerImport {
                module: "models".to_owned(),
                level: 1,
                names: vec!["User".to_owned(), "Kind".to_owned()],
            }]
        );
        assert_eq!(found[0].unset, ["app", "total", "conf"]);
        assert_eq!(found[1].unset, ["app", "sum", "conf", "inner"]);
    }

    #[test]
    fn a_method_is_a_function_and_a_class_is_none() {
        let found = of(
            "class A(app.Base):\n    kind = app.Kind\n    def run(self):\n        return self.a.b\n",
        );
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].lines), ("run", (3, 3)));
        assert_eq!(found[0].attributes, [["self", "a", "b"]]);
    }
}
