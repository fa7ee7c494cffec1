//! Functions as Python code defines them.

use std::ops::Range;

use super::Path;

/// A function, a method or a lambda.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Definition {
    /// `<lambda>` for one.
    pub name: String,
    /// The name's bytes; of a lambda the word `lambda`.
    pub name_span: Range<usize>,
    /// From its first decorator to its end.
    pub span: Range<usize>,
    /// The function that it lies in.
    pub scope: Option<usize>,
    /// Whether it is a method, at whatever depth.
    pub in_class: bool,
    /// Positional parameters, in order: those with defaults too, those after `*` not.
    pub parameters: Vec<String>,
    /// Whether it has `*args`.
    pub takes_more: bool,
    /// From the top.
    pub decorators: Vec<Decorator>,
    /// `async def`.
    pub is_async: bool,
    /// Has an `await` of its own.
    pub awaits: bool,
    /// Has a `yield` of its own: calling it only makes a generator.
    pub yields: bool,
    /// Whether its end can be reached without `return` or `raise`, as far as the text shows.
    pub falls_through: bool,
}

/// `@name` above a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decorator {
    /// The whole line, from `@`.
    pub span: Range<usize>,
    /// What decorates, where it is a name or a call of one.
    pub path: Option<Path>,
}
