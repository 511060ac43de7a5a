//! The project's say in how parts are written: `render_item` of env.py.

use crate::schema::{Column, ColumnDefault, Constraint, DataType};

/// A part that the project may write in its own way.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A type.
    Type(&'a DataType),
    /// A column.
    Column(&'a Column),
    /// A column's default.
    Default(&'a ColumnDefault),
    /// A constraint within `create_table`.
    Constraint(&'a Constraint),
}

/// How a part is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rendered {
    /// As usual.
    Usual,
    /// Not at all.
    Omitted,
    /// As this.
    Text {
        /// The expression.
        text: String,
        /// Lines that the script needs for it, such as `import shop.types`.
        imports: Vec<String>,
    },
}

/// Asked about every part before it is written.
pub trait RenderItem {
    /// How `item` is written.
    fn render(&self, item: Item<'_>) -> Rendered;
}
