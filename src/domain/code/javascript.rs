//! Facts about JavaScript code of the driver `otto`: which middleware it makes, and what it has that is newer than the
//! language that otto reads.

use std::ops::Range;

/// What a file of JavaScript has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Names that are given `new TykJS.TykMiddleware.NewMiddleware(…)`.
    pub middleware: Vec<Middleware>,
    /// Names that are declared as functions, or given one.
    pub functions: Vec<String>,
    /// The first of each thing that ECMAScript 5 has not, in words, with where it begins.
    pub newer: Vec<(usize, &'static str)>,
}

/// An object that the Gateway calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Middleware {
    /// Its variable.
    pub name: String,
    /// Where that is.
    pub span: Range<usize>,
    /// What it does with a request: given to `NewProcessRequest`, or assigned to `ProcessRequest`.
    pub process: Option<Process>,
}

/// A function that is given a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Where it is given.
    pub offset: usize,
    /// What it returns; `None` where its body is elsewhere.
    pub returns: Option<Vec<Returned>>,
}

/// A value that a function returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Where.
    pub span: Range<usize>,
    /// Its text; empty where there is none.
    pub value: String,
    /// Whether it is the function's first parameter as it came.
    pub is_request: bool,
}
