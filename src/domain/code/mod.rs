//! What a plugin's code has, as plain facts, so that rules can be tried without a parser; `services::code` reads them
//! off the text.

use crate::domain::json::Place;

/// The language of a file of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Driver `python`.
    Python,
    /// Drivers `otto` and `javascript`.
    JavaScript,
    /// Driver `lua`.
    Lua,
}

/// One file of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the manifest's `file_list` names it; a file that was given alone, its path.
    pub file: String,
    /// The text.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Where it does not parse.
    pub errors: Vec<SyntaxFault>,
    /// Functions, in their order.
    pub functions: Vec<Function>,
}

/// Where code does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// What is there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A function that a hook could be, or that could be meant as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name that a manifest gives for it.
    pub name: String,
    /// Where its name is.
    pub place: Place,
    /// Positional parameters, `self` and those with defaults included: Python's hooks are called by their number.
    pub parameters: usize,
    /// Whether the Gateway finds it as a hook: in Python, a `@Hook` of `tyk.decorators` at the top level of the file
    /// that is loaded; in other languages every function that can be called by name.
    pub is_hook: bool,
}
