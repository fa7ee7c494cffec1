//! Which functions a Gateway finds as hooks: every attribute of the loaded module that is a `Hook` of
//! `tyk.decorators`, by its function's own name.

use std::collections::BTreeMap;

use super::{Act, Deed, Definition, Literal, Module, Path, StepKind, Value};
use crate::domain::code::{Function, Source};

/// The one decorator that works.
pub const HOOK: &str = "tyk.decorators.Hook";

/// A hook that is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its function.
    pub definition: usize,
    /// The name that a manifest gives for it.
    pub name: String,
    /// The positional parameters that the Gateway counts; `None` where a decorator below `@Hook` decides it and lies
    /// elsewhere.
    pub parameters: Option<usize>,
    /// What is called is this function as it is written, not what a decorator below `@Hook` makes of it.
    pub as_written: bool,
    /// A method of an object: it gets the object besides what the Gateway counts.
    pub bound: bool,
}

/// What a decorator makes of a function.
enum Made {
    /// The same function.
    Same,
    /// A function of its own.
    Other {
        definition: usize,
        keeps_name: bool,
    },
    Unknown,
}

impl Module {
    /// The hooks of this file by the names that its attributes have, where it is loaded.
    pub fn hooks(&self) -> BTreeMap<&str, Found> {
        let defined = self.definitions.iter().enumerate().filter(|(_, definition)| {
            definition.scope.is_none() && !definition.in_class && !definition.is_lambda()
        });
        let assigned = self.acts_at_load().filter_map(|act| match &act.deed {
            Deed::Assign { target, value } if target.is_name() => Some((target, value)),
            _ => None,
        });
        let mut bound: Vec<(usize, &str, Bound<'_>)> = defined
            .map(|(at, it)| (it.name_span.start, it.name.as_str(), Bound::Definition(at)))
            .chain(assigned.map(|(to, value)| (to.span.start, to.root.as_str(), Bound::To(value))))
            .collect();
        bound.sort_by_key(|(at, ..)| *at);
        let mut hooks = BTreeMap::new();
        for (_, name, to) in bound {
            let hook = match to {
                Bound::Definition(at) => self.decorated(at),
                Bound::To(value) => match value.path().filter(|path| path.is_name()) {
                    Some(other) => hooks.get(other.root.as_str()).cloned(),
                    None => self.made_by_call(value),
                },
            };
            match hook {
                Some(hook) => hooks.insert(name, hook),
                None => hooks.remove(name),
            };
        }
        hooks
    }

    /// The hook that a function under `@Hook` is.
    fn decorated(&self, at: usize) -> Option<Found> {
        let decorators = &self.definitions[at].decorators;
        let hook = decorators
            .iter()
            .position(|decorator| decorator.path.as_ref().is_some_and(|path| self.is_hook(path)))?;
        let (above, below) = (&decorators[..hook], &decorators[hook + 1..]);
        let mut found = self.found(at);
        for decorator in below.iter().rev() {
            match decorator.path.as_ref().map_or(Made::Unknown, |path| self.made(path)) {
                Made::Same => {}
                Made::Unknown => {
                    found.parameters = None;
                    found.as_written = false;
                }
                Made::Other { definition, keeps_name } => {
                    let inner = &self.definitions[definition];
                    found.parameters = Some(inner.parameters.len());
                    found.as_written = false;
                    if !keeps_name {
                        found.name.clone_from(&inner.name);
                    }
                }
            }
        }
        let replaced = above.iter().filter_map(|decorator| decorator.path.as_ref());
        let replaced = replaced.into_iter().any(|p| matches!(self.made(p), Made::Other { .. }));
        (!replaced).then_some(found)
    }

    fn found(&self, at: usize) -> Found {
        let definition = &self.definitions[at];
        Found {
            definition: at,
            name: definition.name.clone(),
            parameters: Some(definition.parameters.len()),
            as_written: true,
            bound: definition.in_class,
        }
    }

    /// What a decorator of this file makes of a function: it gives it back, or returns one that it defines.
    fn made(&self, path: &Path) -> Made {
        let Some(at) = path.is_name().then(|| self.function(&path.root)).flatten() else {
            return Made::Unknown;
        };
        let mut returns = self.acts.iter().filter(|act| act.scope == Some(at)).filter_map(returned);
        let (Some(path), None) = (returns.next(), returns.next()) else { return Made::Unknown };
        if self.definitions[at].parameters.first() == Some(&path.root) {
            return Made::Same;
        }
        let Some(definition) = self.function_in(&path.root, at) else { return Made::Unknown };
        let wraps = |path: &Path| {
            let called = path.called();
            let meaning = called.and_then(|path| self.meaning(&path, Some(at)));
            meaning.is_some_and(|name| name == "functools.wraps")
        };
        let decorators = &self.definitions[definition].decorators;
        let keeps_name = decorators.iter().filter_map(|it| it.path.as_ref()).any(wraps);
        Made::Other { definition, keeps_name }
    }

    /// The hook of `Hook(function)`.
    fn made_by_call(&self, value: &Value) -> Option<Found> {
        let act = self.call_at(value)?;
        let Deed::Call(call) = &act.deed else { return None };
        if !self.is_hook(&call.callee) {
            return None;
        }
        let function = &call.arguments.first()?.value;
        let at = match &function.literal {
            Literal::Lambda => self.lambda_at(function.span.start),
            Literal::Path(path) => self.named(path),
            _ => None,
        }?;
        Some(self.found(at))
    }

    fn named(&self, path: &Path) -> Option<usize> {
        let Some(last) = path.steps.last() else { return self.function(&path.root) };
        let name = last.attribute()?;
        self.definitions.iter().rposition(|it| it.in_class && it.name == name)
    }

    fn lambda_at(&self, start: usize) -> Option<usize> {
        self.definitions.iter().position(|it| it.is_lambda() && it.span.start == start)
    }

    /// The call that a value is.
    pub fn call_at(&self, value: &Value) -> Option<&Act> {
        let path = value.path()?;
        (path.steps.last()?.kind == StepKind::Call).then_some(())?;
        let from = self.acts.partition_point(|act| act.span.start < value.span.start);
        let here = self.acts[from..].iter().take_while(|act| act.span.start == value.span.start);
        here.into_iter().find(|act| act.span == value.span && matches!(act.deed, Deed::Call(_)))
    }

    /// Whether a path at the top level means `Hook` of `tyk.decorators`.
    pub fn is_hook(&self, path: &Path) -> bool {
        self.meaning(path, None).as_deref() == Some(HOOK)
    }

    /// The functions of a file as a manifest could name them: those at the top level, and what else is a hook.
    pub fn functions(&self, source: &Source) -> Vec<Function> {
        let hooks = self.hooks().into_values().map(|hook| (hook.definition, hook));
        let hooks: BTreeMap<usize, Found> = hooks.collect();
        let all = self.definitions.iter().enumerate().filter_map(|(at, definition)| {
            let hook = hooks.get(&at);
            if hook.is_none() && !definition.can_be_hook() {
                return None;
            }
            let counted = hook.and_then(|hook| hook.parameters);
            Some(Function {
                name: hook.map_or(&definition.name, |hook| &hook.name).clone(),
                place: source.place(definition.name_span.start),
                parameters: counted.unwrap_or(definition.parameters.len()),
                is_hook: hook.is_some(),
            })
        });
        all.collect()
    }
}

/// What the top level gives a name to.
enum Bound<'a> {
    Definition(usize),
    To(&'a Value),
}

fn returned(act: &Act) -> Option<&Path> {
    match &act.deed {
        Deed::Return(value) => value.path().filter(|path| path.is_name()),
        _ => None,
    }
}

impl Definition {
    /// Whether it is a lambda.
    pub fn is_lambda(&self) -> bool {
        self.name == "<lambda>"
    }

    /// Whether `@Hook` above it would make it a hook.
    pub fn can_be_hook(&self) -> bool {
        self.scope.is_none() && !self.in_class && !self.is_lambda()
    }
}
