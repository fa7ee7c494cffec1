//! What code does: the statements and expressions that rules ask about.

use std::ops::Range;

use super::Path;

/// Something that code does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its bytes.
    pub span: Range<usize>,
    /// The innermost function that it is in; `None` at the top level, where it happens as the file is loaded.
    pub scope: Option<usize>,
    /// No `if`, loop, `try` or the like decides whether it happens.
    pub certain: bool,
    /// Inside a `try` that has an `except`.
    pub guarded: bool,
    /// What.
    pub deed: Deed,
}

/// What an act is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// `target = value`; also what else gives a name a value (`for`, `with … as`), with a value that is not known.
    Assign {
        /// What is assigned to.
        target: Path,
        /// What it becomes.
        value: Value,
    },
    /// `del path`.
    Delete(Path),
    /// `path(…)`.
    Call(Call),
    /// A path as it stands, however it is used: the longest one.
    Use(Path),
    /// `return value`; without a value, `None`.
    Return(Value),
    /// `raise exception`.
    Raise(Option<Path>),
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is called.
    pub callee: Path,
    /// The arguments, in their order.
    pub arguments: Vec<Argument>,
    /// Whether some come by `*` or `**`, so that their number is not known.
    pub spread: bool,
}

impl Call {
    /// The argument at a position, or of this name.
    pub fn argument(&self, position: usize, name: &str) -> Option<&Value> {
        let named = self.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
        let placed = || self.positional().nth(position);
        named.or_else(placed).map(|argument| &argument.value)
    }

    /// The arguments without a name.
    pub fn positional(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| argument.name.is_none())
    }
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Of `name=value`.
    pub name: Option<String>,
    /// What is given.
    pub value: Value,
}

/// An expression, as far as rules look into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it is.
    pub literal: Literal,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A name and what follows it.
    Path(Path),
    /// A text without anything to be filled in, its escapes as written.
    Text(String),
    /// Text that has something filled in.
    Format,
    /// Bytes, as between the quotes.
    Bytes(String),
    /// A whole number, as written.
    Integer(String),
    /// A number with a point or an exponent.
    Float,
    /// `True` or `False`.
    Bool,
    /// `None`, or nothing at all.
    None,
    /// A tuple or a list whose length is known.
    Sequence(Vec<Value>),
    /// A dictionary that is written out.
    Dictionary,
    /// A function without a name: its definition begins where the value does.
    Lambda,
    /// Anything else.
    Other,
}

impl Value {
    /// The path, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.literal {
            Literal::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.literal {
            Literal::Text(text) => Some(text),
            _ => None,
        }
    }

    /// In words, for messages, where its type shows.
    pub fn type_name(&self) -> Option<&'static str> {
        match self.literal {
            Literal::Text(_) | Literal::Format => Some("str"),
            Literal::Bytes(_) => Some("bytes"),
            Literal::Integer(_) => Some("int"),
            Literal::Float => Some("float"),
            Literal::Bool => Some("bool"),
            Literal::None => Some("None"),
            Literal::Dictionary => Some("dict"),
            Literal::Sequence(_) => Some("a tuple or list"),
            Literal::Lambda => Some("a function"),
            Literal::Path(_) | Literal::Other => None,
        }
    }
}
