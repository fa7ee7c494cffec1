//! The functions that a manifest could name as hooks, and what a Gateway would make of each.

use super::python::{Bundle, Definition, HOOK, Module};
use super::{Language, Source};

/// A function, by the name that a manifest gives for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name.
    pub name: String,
    /// The file that has it, as `file_list` names it.
    pub file: String,
    /// What a Gateway would make of it.
    pub found: Found,
}

/// What a Gateway makes of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is called by its name, whatever its parameters.
    ByName,
    /// It is called with so many arguments: 3, 4 or 5.
    With(usize),
    /// A decorator decides how many parameters it has.
    Unknown,
    /// It is found, and never called: it has so many parameters.
    Never(usize),
    /// It is not found; why.
    Not(String),
}

/// The hooks that a Python function of so many parameters is usually for; the number decides how it is called, and a
/// Gateway calls it in any of them.
pub fn usual(parameters: usize) -> &'static [&'static str] {
    match parameters {
        3 => &["pre", "post_key_auth", "post"],
        4 => &["auth_check"],
        5 => &["response"],
        _ => &[],
    }
}

/// The functions of this code for a driver's language, those that are called first.
pub fn candidates(language: Language, file_list: &[String], code: &[Source]) -> Vec<Candidate> {
    let mut all = match language {
        Language::Python => python(file_list, code),
        _ => by_name(language, code),
    };
    all.sort_by_key(|candidate| match candidate.found {
        Found::ByName | Found::With(_) => 0,
        Found::Unknown => 1,
        Found::Never(_) => 2,
        Found::Not(_) => 3,
    });
    all
}

fn by_name(language: Language, code: &[Source]) -> Vec<Candidate> {
    let sources = code.iter().filter(|source| source.language == language);
    let of = |source: &Source| {
        let candidate = |function: &super::Function| Candidate {
            name: function.name.clone(),
            file: source.file.clone(),
            found: if function.is_hook {
                Found::ByName
            } else {
                Found::Not("local: nobody can call it by its name".to_owned())
            },
        };
        source.functions.iter().map(candidate).collect::<Vec<_>>()
    };
    sources.flat_map(of).collect()
}

fn python(file_list: &[String], code: &[Source]) -> Vec<Candidate> {
    let Some(bundle) = Bundle::of(file_list, code) else { return Vec::new() };
    let mut all: Vec<(usize, Candidate)> = Vec::new();
    let mut seen: Vec<(&str, usize)> = Vec::new();
    for hook in bundle.hooks() {
        let found = match hook.found.parameters {
            Some(_) if hook.found.bound => Found::Unknown,
            Some(count @ 3..=5) => Found::With(count),
            Some(count) => Found::Never(count),
            None => Found::Unknown,
        };
        seen.push((&hook.source.file, hook.found.definition));
        let at = hook.definition().name_span.start;
        let file = hook.source.file.clone();
        all.push((at, Candidate { name: hook.found.name, file, found }));
    }
    for source in code.iter().filter(|source| source.language == Language::Python) {
        let is_loaded = source.file == bundle.loaded.file;
        // Another spelling of the same file.
        if !is_loaded && source.file.trim_start_matches("./") == bundle.loaded.file {
            continue;
        }
        let module = &source.python;
        for (at, definition) in module.definitions.iter().enumerate() {
            if seen.contains(&(&source.file, at)) || definition.is_lambda() {
                continue;
            }
            let why = if is_loaded {
                why_not(module, definition)
            } else {
                // Of files beside it only what is meant as a hook.
                let meant = definition.can_be_hook() && is_under_hook(module, definition);
                let loaded = &bundle.loaded.file;
                meant.then(|| format!("{loaded} does not import it by name from {}", source.file))
            };
            if let Some(why) = why {
                let (name, file) = (definition.name.clone(), source.file.clone());
                let at = if is_loaded { definition.name_span.start } else { usize::MAX };
                all.push((at, Candidate { name, file, found: Found::Not(why) }));
            }
        }
    }
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, candidate)| candidate).collect()
}

fn is_under_hook(module: &Module, definition: &Definition) -> bool {
    definition
        .decorators
        .iter()
        .any(|decorator| decorator.path.as_ref().is_some_and(|path| module.is_hook(path)))
}

/// Why a function of the file that is loaded is no hook; `None` where nobody would take it for one.
fn why_not(module: &Module, definition: &Definition) -> Option<String> {
    if !definition.can_be_hook() {
        let is_meant = is_under_hook(module, definition);
        return is_meant.then(|| "inside a class or a function: not found there".to_owned());
    }
    for path in definition.decorators.iter().filter_map(|it| it.path.as_ref()) {
        let called = path.called();
        let Some(meaning) = module.meaning(called.as_ref().unwrap_or(path), None) else { continue };
        let class = meaning.rsplit('.').next().unwrap_or_default();
        if meaning == HOOK && called.is_some() {
            return Some("@Hook() fails as the code is loaded: write @Hook".to_owned());
        }
        if meaning == HOOK {
            return Some("another decorator above @Hook takes its place".to_owned());
        }
        if meaning == "decorators.Hook" {
            return Some("Hook of decorators is another class than of tyk.decorators".to_owned());
        }
        if meaning.starts_with("tyk.decorators.") || meaning.starts_with("decorators.") {
            return Some(format!("@{class} makes no hook that can be called: write @Hook"));
        }
        if meaning == "Hook" {
            return Some("Hook is not imported, so the code cannot be loaded".to_owned());
        }
    }
    Some("not decorated: no @Hook above it".to_owned())
}
