//! Facts about Python code: what it imports and defines, and what it does in which function.
//!
//! Source of what a Gateway makes of them: plugins run by a Gateway 5.14.0 (`tests/fixtures/python`).

mod act;
mod bundle;
mod definition;
mod hooks;
mod modules;
mod names;
mod objects;
mod path;

use std::ops::Range;

pub use act::{Act, Argument, Call, Deed, Literal, Value};
pub use bundle::{Bundle, FoundHook, LOADED_BY_DEFAULT, loaded_file};
pub use definition::{Decorator, Definition};
pub use hooks::{Found, HOOK};
pub use modules::{REMOVED, is_of_gateway, is_standard};
pub use objects::{Kind, Looked, Role, look};
pub use path::{Path, Step, StepKind};

use names::Names;

/// What a file of Python code has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// What it imports, one entry a name, in the order of the text.
    pub imports: Vec<Import>,
    /// Its functions, those in classes and functions too, and lambdas, in the order of the text.
    pub definitions: Vec<Definition>,
    /// What it does, in the order of the text.
    pub acts: Vec<Act>,
    /// Where an import can be added: after the docstring and imports from `__future__`.
    pub top: usize,
    names: Names,
}

/// A name that code imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The whole statement.
    pub span: Range<usize>,
    /// The function it is in; `None` at the top level, where it happens as the file is loaded.
    pub scope: Option<usize>,
    /// Inside a `try` that has an `except`.
    pub guarded: bool,
    /// The dots of a relative import.
    pub dots: usize,
    /// The module: `tyk.decorators`; of a relative import what follows the dots.
    pub module: String,
    /// What `from` takes of it, `*` for everything.
    pub name: Option<String>,
    /// The name that it has from then on: of `import a.b` it is `a`; of `*` there is none.
    pub bound: Option<String>,
}

impl Import {
    /// The first word of the module's name.
    pub fn root(&self) -> &str {
        self.module.split('.').next().unwrap_or_default()
    }
}

impl Module {
    /// From its parts.
    pub fn new(
        imports: Vec<Import>,
        definitions: Vec<Definition>,
        mut acts: Vec<Act>,
        top: usize,
    ) -> Self {
        acts.sort_by_key(|act| act.span.start);
        let names = Names::of(&imports, &definitions, &acts);
        Self { imports, definitions, acts, top, names }
    }

    /// What is done in a function, or in one that lies in it.
    pub fn acts_of(&self, function: usize) -> impl Iterator<Item = &Act> {
        let span = &self.definitions[function].span;
        let begin = |offset| self.acts.partition_point(|act| act.span.start < offset);
        let acts = &self.acts[begin(span.start)..begin(span.end)];
        acts.iter().filter(move |act| self.lies_in(act.scope, function))
    }

    /// What is done as the file is loaded, outside functions.
    pub fn acts_at_load(&self) -> impl Iterator<Item = &Act> {
        self.acts.iter().filter(|act| act.scope.is_none())
    }

    /// Whether a scope is this function or lies in it.
    pub fn lies_in(&self, scope: Option<usize>, function: usize) -> bool {
        self.scopes(scope).any(|scope| scope == function)
    }

    /// A scope and those around it, from the inside out.
    fn scopes(&self, scope: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(scope, |scope| self.definitions[*scope].scope)
    }
}
