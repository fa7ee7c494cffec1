//! Chains such as `request.object.headers["X"]`.

use std::ops::Range;

/// A name and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// All of it.
    pub span: Range<usize>,
    /// The name that it begins with.
    pub root: String,
    /// What follows.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name or key, without dot and brackets; of a call the parentheses.
    pub span: Range<usize>,
    /// What it is.
    pub kind: StepKind,
}

/// What a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// `.name`.
    Attribute(String),
    /// `["key"]`; `None` where the key is no text.
    Index(Option<String>),
    /// `(…)`.
    Call,
}

impl Step {
    /// The attribute's name.
    pub fn attribute(&self) -> Option<&str> {
        match &self.kind {
            StepKind::Attribute(name) => Some(name),
            _ => None,
        }
    }
}

impl Path {
    /// A name alone.
    pub fn is_name(&self) -> bool {
        self.steps.is_empty()
    }

    /// The dotted name, of a path of attributes alone.
    pub fn dotted(&self) -> Option<String> {
        self.steps.iter().try_fold(self.root.clone(), |path, step| {
            step.attribute().map(|name| format!("{path}.{name}"))
        })
    }

    /// What is called, of a path that ends in a call.
    pub fn called(&self) -> Option<Self> {
        let (last, steps) = self.steps.split_last()?;
        (last.kind == StepKind::Call).then(|| Self {
            span: self.span.start..last.span.start,
            root: self.root.clone(),
            steps: steps.to_vec(),
        })
    }
}
