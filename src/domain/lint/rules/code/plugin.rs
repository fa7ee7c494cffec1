//! A Python plugin as the rules look at it: its manifest, the code that the Gateway loads, and the hooks in it.

use crate::domain::code::python::{Act, Bundle, Deed, Definition, Found, Module, Path, Role, Step};
use crate::domain::code::{Language, Source};
use crate::domain::json::Edit;
use crate::domain::lint::{Facts, Finding, Fix, ManifestFile, Report};
use crate::domain::manifest::Definition as Named;
use crate::domain::object::Hook;

/// A plugin whose code is Python.
#[derive(Clone, Copy)]
pub(super) struct Plugin<'a> {
    /// `None` for code that was given alone.
    pub(super) manifest: Option<&'a ManifestFile>,
    /// Its code.
    pub(super) bundle: Bundle<'a>,
}

/// The Python plugins among the facts, those whose code is known.
pub(super) fn plugins(facts: &Facts) -> Vec<Plugin<'_>> {
    let of_manifest = facts.manifests.iter().filter(|file| is_python(file)).filter_map(|file| {
        let bundle = Bundle::of(file.manifest.files(), &file.code)?;
        Some(Plugin { manifest: Some(file), bundle })
    });
    let python = facts.code.iter().filter(|source| source.language == Language::Python);
    let alone = python.map(|source| Plugin {
        manifest: None,
        bundle: Bundle { loaded: source, code: std::slice::from_ref(source) },
    });
    of_manifest.chain(alone).collect()
}

/// The hooks of all of them that are called.
pub(super) fn called_hooks(facts: &Facts) -> impl Iterator<Item = HookCode<'_>> {
    plugins(facts).into_iter().flat_map(Plugin::called_hooks)
}

/// Whether a manifest's driver is Python, in any case: that a Gateway knows it in one only is another rule's.
pub(super) fn is_python(file: &ManifestFile) -> bool {
    file.manifest.custom_middleware.driver.eq_ignore_ascii_case("python")
}

/// The hooks that a manifest names and a Gateway calls, each with its path's words.
pub(super) fn named_hooks(file: &ManifestFile) -> Vec<(Hook, &Named, Vec<String>)> {
    let mut at = (Hook::Unknown, 0);
    let hooks = file.manifest.hooks().map(|(hook, named)| {
        at = if at.0 == hook { (hook, at.1 + 1) } else { (hook, 0) };
        let mut words = vec!["custom_middleware".to_owned(), hook.word().to_owned()];
        if hook != Hook::AuthCheck {
            words.push(at.1.to_string());
        }
        words.push("name".to_owned());
        (hook, named, words)
    });
    hooks.filter(|(_, named, _)| !named.disabled && !named.name.is_empty()).collect()
}

impl<'a> Plugin<'a> {
    /// A file of the code as it is shown: beside its manifest.
    pub(super) fn shown(&self, source: &Source) -> String {
        self.manifest.map_or_else(|| source.file.clone(), |manifest| manifest.shown(&source.file))
    }

    /// The file that is loaded, and those beside it that it imports, straight or by others.
    pub(super) fn sources(&self) -> Vec<&'a Source> {
        let mut sources = vec![self.bundle.loaded];
        let mut at = 0;
        while let Some(source) = sources.get(at) {
            at += 1;
            for import in &source.python.imports {
                match self.bundle.module(&import.module) {
                    Some(beside) if !sources.iter().any(|known| known.file == beside.file) => {
                        sources.push(beside);
                    }
                    _ => {}
                }
            }
        }
        sources
    }

    /// The files of the bundle as its manifest lists them.
    pub(super) fn files(&self) -> Vec<&'a str> {
        match self.manifest {
            Some(file) => file.manifest.files().iter().map(String::as_str).collect(),
            None => vec![&self.bundle.loaded.file],
        }
    }

    /// Whether the code puts a folder of its own on `sys.path`; which is known only when it runs.
    pub(super) fn extends_path(&self) -> bool {
        self.sources().into_iter().any(|source| {
            let module = &source.python;
            module.acts.iter().any(|act| match &act.deed {
                Deed::Call(call) => module
                    .meaning(&call.callee, act.scope)
                    .is_some_and(|name| name.starts_with("sys.path.") || name == "site.addsitedir"),
                Deed::Assign { target, .. } => {
                    module.meaning(target, act.scope).is_some_and(|name| name == "sys.path")
                }
                _ => false,
            })
        })
    }

    /// Its hooks.
    pub(super) fn hooks(self) -> Vec<HookCode<'a>> {
        let named = self.manifest.map(named_hooks).unwrap_or_default();
        let hooks = self.bundle.hooks().into_iter().map(|hook| {
            let kinds = named.iter().filter(|(_, named, _)| named.name == hook.found.name);
            let kinds = kinds.map(|(kind, ..)| *kind).collect();
            HookCode { plugin: self, source: hook.source, found: hook.found, kinds }
        });
        hooks.collect()
    }

    /// The hooks that are called: those that the manifest names, and all where there is none.
    pub(super) fn called_hooks(self) -> Vec<HookCode<'a>> {
        let mut hooks = self.hooks();
        hooks.retain(|hook| self.manifest.is_none() || !hook.kinds.is_empty());
        hooks
    }

    /// Says something about a place of a file.
    pub(super) fn say<'r>(
        &self,
        report: &'r mut Report<'_>,
        source: &Source,
        offset: usize,
        message: impl Into<String>,
    ) -> &'r mut Finding {
        report.say(&self.shown(source), message).at(source.place(offset))
    }

    /// A fix of one file; edits from the last to the first.
    pub(super) fn fix(
        &self,
        source: &Source,
        title: impl Into<String>,
        mut edits: Vec<Edit>,
    ) -> Fix {
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        Fix { title: title.into(), file: self.shown(source), edits, sure: true }
    }
}

/// An edit that adds lines where imports begin.
pub(super) fn add_at_top(source: &Source, lines: &[&str]) -> Edit {
    let end = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let top = source.python.top;
    let unfinished = top == source.text.len() && top > 0 && !source.text.ends_with('\n');
    let mut text = if unfinished { end.to_owned() } else { String::new() };
    for line in lines {
        text.push_str(line);
        text.push_str(end);
    }
    Edit { span: top..top, text }
}

/// An edit that replaces a step's name.
pub(super) fn rename(step: &Step, name: &str) -> Edit {
    Edit { span: step.span.clone(), text: name.to_owned() }
}

/// A hook and its function.
pub(super) struct HookCode<'a> {
    pub(super) plugin: Plugin<'a>,
    /// The file that defines it.
    pub(super) source: &'a Source,
    pub(super) found: Found,
    /// What the manifest names it as; empty where it does not, or is not known.
    pub(super) kinds: Vec<Hook>,
}

/// Something done to or with an object that the hook was given.
pub(super) struct Touch<'a> {
    /// Which.
    pub(super) role: Role,
    /// The way into it.
    pub(super) steps: Vec<Step>,
    /// What is done.
    pub(super) act: &'a Act,
}

impl Touch<'_> {
    /// The names on the way, without keys and calls.
    pub(super) fn names(&self) -> Vec<&str> {
        self.steps.iter().map_while(Step::attribute).collect()
    }

    /// Whether it changes what the steps lead to: it is assigned, deleted, or a method that changes it is called.
    pub(super) fn is_edit(&self) -> bool {
        match &self.act.deed {
            Deed::Assign { .. } | Deed::Delete(_) => true,
            Deed::Call(_) => self
                .steps
                .last()
                .and_then(Step::attribute)
                .is_some_and(|method| EDITING.contains(&method)),
            _ => false,
        }
    }
}

/// Methods of messages, maps and lists that change them.
const EDITING: &[&str] = &[
    "Clear",
    "ClearField",
    "CopyFrom",
    "MergeFrom",
    "MergeFromString",
    "ParseFromString",
    "add",
    "append",
    "clear",
    "extend",
    "insert",
    "pop",
    "popitem",
    "remove",
    "setdefault",
    "update",
];

impl<'a> HookCode<'a> {
    pub(super) fn module(&self) -> &'a Module {
        &self.source.python
    }

    pub(super) fn definition(&self) -> &'a Definition {
        &self.source.python.definitions[self.found.definition]
    }

    pub(super) fn is(&self, hook: Hook) -> bool {
        self.kinds.contains(&hook)
    }

    /// The parameters that it is called with, where the function is called as it is written.
    pub(super) fn count(&self) -> Option<usize> {
        let plain = self.found.as_written && !self.found.bound;
        self.found.parameters.filter(|count| plain && matches!(count, 3..=5))
    }

    /// What it returns, as far as `return` shows; none of a function that does not run when it is called.
    pub(super) fn acts(&self) -> impl Iterator<Item = &'a Act> {
        self.module().acts_of(self.found.definition)
    }

    /// The role of the parameter that a path begins with, and the way from it.
    pub(super) fn role(&self, path: &Path, scope: Option<usize>) -> Option<(Role, Vec<Step>)> {
        let module = self.module();
        let path = module.followed(path, scope);
        let (function, place) = module.parameter(&path.root, scope)?;
        if function != self.found.definition {
            return None;
        }
        let role = Role::of(self.count()?, place)?;
        // `session.metadata` is the metadata, whichever way one comes to it.
        match (role, path.steps.split_first()) {
            (Role::Session, Some((first, rest))) if first.attribute() == Some("metadata") => {
                Some((Role::Metadata, rest.to_vec()))
            }
            _ => Some((role, path.steps)),
        }
    }

    /// Everything that is done with the objects that it is given.
    pub(super) fn touches(&self) -> Vec<Touch<'a>> {
        let touches = self.acts().filter_map(|act| {
            let path = match &act.deed {
                Deed::Assign { target, .. } if target.is_name() => return None,
                Deed::Assign { target, .. } => target,
                Deed::Delete(path) | Deed::Use(path) => path,
                Deed::Call(call) => &call.callee,
                Deed::Return(_) | Deed::Raise(_) => return None,
            };
            let (role, steps) = self.role(path, act.scope)?;
            Some(Touch { role, steps, act })
        });
        touches.collect()
    }

    /// What is done without any condition, and means this.
    pub(super) fn certainly(&self, meant: impl Fn(&Act) -> bool) -> Option<&'a Act> {
        let own = Some(self.found.definition);
        self.acts().find(|act| act.certain && act.scope == own && meant(act))
    }

    /// Says something about a place of its file.
    pub(super) fn say<'r>(
        &self,
        report: &'r mut Report<'_>,
        offset: usize,
        message: impl Into<String>,
    ) -> &'r mut Finding {
        self.plugin.say(report, self.source, offset, message)
    }
}

/// Whether an act ends the process, or tries to: `sys.exit()` and its like.
pub(super) fn exits(module: &Module, act: &Act) -> bool {
    let path = match &act.deed {
        Deed::Call(call) => call.callee.clone(),
        Deed::Raise(Some(path)) => path.called().unwrap_or_else(|| path.clone()),
        _ => return false,
    };
    let meaning = module.meaning(&path, act.scope);
    let meaning = meaning.as_deref().unwrap_or_default();
    match act.deed {
        Deed::Raise(_) => meaning == "SystemExit",
        _ => matches!(meaning, "sys.exit" | "exit" | "quit" | "os._exit" | "os.abort"),
    }
}
