//! What the arguments of a case do not say, taken from the expected text.

use std::cell::RefCell;
use std::collections::VecDeque;

use limbeck::render::{Item, RenderItem, Rendered};
use limbeck::schema::{Condition, Constraint, DataType, Identifier};

use super::python::{self, Call, Expression};

/// The expected text, for what the arguments lost.
pub(super) struct Gaps<'c> {
    rendered: &'c str,
    imports: &'c [String],
    /// SQL of text clauses, in the order in which they are asked for.
    computed: RefCell<VecDeque<String>>,
    clauses: RefCell<VecDeque<String>>,
    foreign_keys: RefCell<VecDeque<Call>>,
}

impl<'c> Gaps<'c> {
    pub(super) fn new(rendered: &'c str, imports: &'c [String]) -> Self {
        let texts = |marker: &str| {
            calls(rendered, marker)
                .iter()
                .filter_map(|call| call.positional.first()?.text().map(ToOwned::to_owned))
                .collect()
        };
        Gaps {
            rendered,
            imports,
            computed: RefCell::new(texts("Computed(")),
            clauses: RefCell::new(texts("server_default=sa.text(")),
            foreign_keys: RefCell::new(calls(rendered, "ForeignKeyConstraint(").into()),
        }
    }

    /// Whether the text stood in a batch block.
    pub(super) fn in_batch(&self) -> bool {
        self.rendered.contains("batch_op.")
    }

    /// How many arguments were the most; Alembic's tests lower it to see the list.
    pub(super) fn most_arguments(&self) -> usize {
        if self.rendered.contains("*[") { 0 } else { 255 }
    }

    /// A name, marked where a convention made it.
    pub(super) fn name(&self, name: &str) -> Identifier {
        let made = calls(self.rendered, ".f(")
            .iter()
            .any(|call| call.positional.first().and_then(Expression::text) == Some(name));
        if made {
            Identifier::new(name).shortened_to_fit()
        } else {
            Identifier::new(name)
        }
    }

    /// The SQL of the next computed column.
    pub(super) fn computed(&self) -> Option<String> {
        self.computed.borrow_mut().pop_front()
    }

    /// The SQL of the next server default that is a clause.
    pub(super) fn clause(&self) -> Option<String> {
        self.clauses.borrow_mut().pop_front()
    }

    /// The next foreign key of a table.
    pub(super) fn foreign_key(&self) -> Option<Call> {
        self.foreign_keys.borrow_mut().pop_front()
    }

    /// The column of this name as it is written.
    pub(super) fn column(&self, name: &str) -> Option<Call> {
        let mut columns = calls(self.rendered, "Column(").into_iter();
        columns.find(|call| call.positional.first().and_then(Expression::text) == Some(name))
    }

    /// Whether an option was given as a tuple; the cases have lists for both.
    pub(super) fn is_tuple(&self, option: &str) -> bool {
        self.rendered.contains(&format!("{option}=("))
    }

    /// The module of a type's class.
    pub(super) fn module_of(&self, class: &str) -> Option<String> {
        let at = self.rendered.find(&format!("{class}("))?;
        let before = &self.rendered[..at];
        let start = before
            .rfind(|character: char| {
                !character.is_alphanumeric() && !matches!(character, '_' | '.')
            })
            .map_or(0, |at| at + 1);
        let module = before[start..].strip_suffix('.')?;
        Some(module.to_owned())
    }

    /// The arguments that no construct of SQLAlchemy begins: the project's own `render_item` wrote them, or nobody knew
    /// how to.
    fn of_the_project(&self) -> Vec<&str> {
        let own = |part: &&str| {
            let head = part.split('(').next().unwrap_or(part);
            let is_keyword = head.split('=').next().is_some_and(|name| {
                head.contains('=')
                    && name
                        .chars()
                        .all(|letter| letter.is_alphanumeric() || letter == '_')
            });
            !is_keyword && !head.starts_with("sa.") && !head.starts_with("postgresql.")
        };
        let text = self.rendered.strip_suffix("\n)").unwrap_or(self.rendered);
        let parts = text
            .split(",\n")
            .skip(1)
            .map(|part| part.trim_start_matches("*["));
        parts.filter(own).collect()
    }

    fn written(&self, construct: &str) -> bool {
        self.rendered.contains(construct)
    }

    fn own(&self, word: &str, construct: &str) -> Rendered {
        let parts = self.of_the_project();
        if parts.is_empty() || self.written(construct) {
            return Rendered::Usual;
        }
        match parts.iter().find(|part| part.contains(word)) {
            Some(part) => Rendered::Text {
                text: (*part).to_owned(),
                imports: Vec::new(),
            },
            None => Rendered::Omitted,
        }
    }
}

impl RenderItem for Gaps<'_> {
    fn render(&self, item: Item<'_>) -> Rendered {
        if !self.rendered.contains("create_table(") {
            return Rendered::Usual;
        }
        match item {
            Item::Column(column) => {
                let name = column.name.as_str();
                self.own(&format!("({name})"), &format!("sa.Column('{name}'"))
            }
            Item::Constraint(Constraint::PrimaryKey(_)) => {
                self.own("primary_key", "sa.PrimaryKeyConstraint(")
            }
            Item::Constraint(Constraint::ForeignKey(_)) => {
                self.own("foreign_key", "sa.ForeignKeyConstraint(")
            }
            Item::Constraint(Constraint::Check(check)) => match &check.condition {
                Condition::Expression(class) if class.ends_with("Constraint") => {
                    self.own(class, "sa.CheckConstraint(")
                }
                _ => Rendered::Usual,
            },
            Item::Type(DataType::Modelled(model)) => {
                let imports: Vec<String> = self
                    .imports
                    .iter()
                    .filter(|line| !line.starts_with("from sqlalchemy.dialects "))
                    .cloned()
                    .collect();
                if imports.is_empty() {
                    return Rendered::Usual;
                }
                Rendered::Text {
                    text: model.expression.clone(),
                    imports,
                }
            }
            _ => Rendered::Usual,
        }
    }
}

/// All calls whose text begins with `marker`, which ends with its parenthesis.
fn calls(text: &str, marker: &str) -> Vec<Call> {
    text.match_indices(marker)
        .filter_map(|(at, _)| {
            let name = marker.trim_end_matches('(');
            let name = name.rsplit(['.', '=']).next().unwrap_or(name);
            let start = at + marker.len() - name.len() - 1;
            match python::read_first(&text[start..]) {
                Ok(Expression::Call(call)) => Some(call),
                _ => None,
            }
        })
        .collect()
}
