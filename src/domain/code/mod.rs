//! What a plugin's code has, as plain facts, so that rules can be tried without a parser; `services::code` reads them
//! off the text.

mod candidate;
pub mod javascript;
pub mod python;

use crate::domain::json::{Lines, Place};

pub use candidate::{Candidate, Found, candidates, usual};

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

impl Language {
    /// The language that a driver runs; `None` where it runs no source.
    pub fn of_driver(driver: &str) -> Option<Self> {
        match driver {
            "python" => Some(Self::Python),
            "otto" | "javascript" => Some(Self::JavaScript),
            "lua" => Some(Self::Lua),
            _ => None,
        }
    }

    /// The language that a file's name ends in.
    pub fn of_file(file: &str) -> Option<Self> {
        match file.rsplit_once('.')?.1 {
            "py" => Some(Self::Python),
            "js" => Some(Self::JavaScript),
            "lua" => Some(Self::Lua),
            _ => None,
        }
    }
}

/// One file of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the manifest's `file_list` names it; a file that was given alone, its path.
    pub file: String,
    /// The text; a byte of the file that is no UTF-8 is a `?` here, so that offsets are the file's.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Where it does not parse.
    pub errors: Vec<SyntaxFault>,
    /// Functions, in their order.
    pub functions: Vec<Function>,
    /// What else rules ask of Python code; empty in other languages.
    pub python: python::Module,
    /// What else rules ask of JavaScript; empty in other languages.
    pub javascript: javascript::Script,
    lines: Lines,
}

impl Source {
    /// A file of which nothing but the text is known yet.
    pub fn new(file: impl Into<String>, text: impl Into<String>, language: Language) -> Self {
        let text = text.into();
        Self {
            file: file.into(),
            lines: Lines::of(text.as_bytes()),
            text,
            language,
            errors: Vec::new(),
            functions: Vec::new(),
            python: python::Module::default(),
            javascript: javascript::Script::default(),
        }
    }

    /// The place of a byte.
    pub fn place(&self, offset: usize) -> Place {
        self.lines.place(self.text.as_bytes(), offset)
    }

    /// The functions that a Gateway finds as hooks in this file, where it loads it.
    pub fn hooks(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().filter(|function| function.is_hook)
    }
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
