//! Calls with their arguments.

/// A call that is being written: `name(positional, keyword=value)`.
#[derive(Debug)]
pub(super) struct Call {
    name: String,
    arguments: Vec<String>,
}

impl Call {
    /// A call without arguments yet; `name` with its prefix.
    pub(super) fn new(name: impl Into<String>) -> Self {
        Call {
            name: name.into(),
            arguments: Vec::new(),
        }
    }

    /// Adds an argument that is Python text already.
    pub(super) fn argument(&mut self, text: impl Into<String>) -> &mut Self {
        self.arguments.push(text.into());
        self
    }

    /// Adds a keyword argument.
    pub(super) fn keyword(&mut self, name: &str, text: impl AsRef<str>) -> &mut Self {
        self.argument(format!("{name}={}", text.as_ref()))
    }

    /// Adds a keyword argument where there is a value.
    pub(super) fn keyword_if(&mut self, name: &str, text: Option<impl AsRef<str>>) -> &mut Self {
        match text {
            Some(text) => self.keyword(name, text),
            None => self,
        }
    }

    /// Adds a keyword argument with the value `True` where `flag` is set.
    pub(super) fn flag(&mut self, name: &str, flag: bool) -> &mut Self {
        self.keyword_if(name, flag.then_some("True"))
    }

    /// The text in one line.
    pub(super) fn text(&self) -> String {
        self.separated(", ")
    }

    /// The text with each argument on a line of its own, indented.
    pub(super) fn lines(&self) -> String {
        format!("{}(\n    {},\n)", self.name, self.arguments.join(",\n    "))
    }

    /// The text with `separator` between the arguments.
    pub(super) fn separated(&self, separator: &str) -> String {
        format!("{}({})", self.name, self.arguments.join(separator))
    }
}
