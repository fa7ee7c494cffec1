//! A hook whose name is no function that the Gateway finds.

use super::plugin::{Plugin, add_at_top, named_hooks, plugins};
use super::{Facts, Report, Rule};
use crate::domain::code::python::Definition;
use crate::domain::code::{Language, Source};
use crate::domain::json::{Edit, Path, Place, Value};
use crate::domain::lint::{Fix, ManifestFile};
use crate::domain::nearest::nearest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hook-missing",
    severity: Severity::Error,
    about: "Python hooks are the functions under @Hook at the top level of the file that is loaded, by exactly their \
            names; any other name fails each request: Hook is not defined.",
    source: "Tyk Gateway 5.14: coprocess/python; recorded (undecorated, name-case, missing-function)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        if let Some(file) = plugin.manifest {
            python(plugin, file, report);
        }
    }
    for file in &facts.manifests {
        match Language::of_driver(&file.manifest.custom_middleware.driver) {
            Some(Language::Python) | None => {}
            Some(language) => by_name(file, language, report),
        }
    }
}

fn python(plugin: Plugin<'_>, file: &ManifestFile, report: &mut Report<'_>) {
    // What does not parse is told of by another rule, and hides functions.
    if !plugin.bundle.loaded.errors.is_empty() {
        return;
    }
    let hooks = plugin.hooks();
    for (_, named, words) in named_hooks(file) {
        let name = named.name.as_str();
        if hooks.iter().any(|hook| hook.found.name == name) || wears_another(plugin, name) {
            continue;
        }
        let path = file.document().locate(&words);
        let known = hooks.iter().map(|hook| hook.found.name.as_str());
        let rename = |to: &str| renamed(file, &path, to);
        let (message, fix) = if let Some((source, definition)) = undecorated(plugin, name) {
            let fix = decorate(plugin, source, definition);
            (format!("{name} has no @Hook above it, so the Gateway does not find it"), Some(fix))
        } else if let Some(real) = other_name(plugin, name) {
            let message = format!("{name} is a variable: the hook in it is called {real}");
            (message, rename(&real))
        } else if let Some(near) = nearest(name, known) {
            (format!("no hook is called {name}; {near} is: letters and case count"), rename(near))
        } else if let Some(module) = elsewhere(plugin, name) {
            let line = format!("from {module} import {name}");
            let fix = vec![add_at_top(plugin.bundle.loaded, &[&line])];
            let fix = plugin.fix(plugin.bundle.loaded, line, fix);
            let loaded = &plugin.bundle.loaded.file;
            (
                format!("{name} lies in {module}.py, and {loaded} does not import it by name"),
                Some(fix),
            )
        } else if plugin.bundle.loaded.python.definitions.iter().any(|it| it.name == name) {
            let message = format!(
                "{name} lies in a class or a function: only those at the top level are found"
            );
            (message, None)
        } else {
            (format!("the code has no hook called {name}"), None)
        };
        let severity = if bound_at_run_time(plugin, name) { Severity::Hint } else { RULE.severity };
        let place = file.document().at(&path).map(Value::place);
        let finding = report.say(&file.file, message).on(path).as_grave_as(severity).fixed_by(fix);
        finding.place = place;
    }
}

/// A function at the top level under another decorator of Tyk's, which its own rule tells of.
fn wears_another(plugin: Plugin<'_>, name: &str) -> bool {
    function(plugin, name).is_some_and(|(source, definition)| {
        definition.decorators.iter().filter_map(|it| it.path.as_ref()).any(|path| {
            let path = path.called().unwrap_or_else(|| path.clone());
            let meaning = source.python.meaning(&path, None);
            meaning.is_some_and(|it| super::hook_decorator::is_tyks(&it))
        })
    })
}

fn function<'a>(plugin: Plugin<'a>, name: &str) -> Option<(&'a Source, &'a Definition)> {
    let module = &plugin.bundle.loaded.python;
    let at = module.function(name)?;
    Some((plugin.bundle.loaded, &module.definitions[at]))
}

fn undecorated<'a>(plugin: Plugin<'a>, name: &str) -> Option<(&'a Source, &'a Definition)> {
    function(plugin, name).filter(|(source, _)| other_name_in(source, name).is_none())
}

/// The name of the hook that a variable holds: `MyPre = Hook(real)`.
fn other_name(plugin: Plugin<'_>, name: &str) -> Option<String> {
    other_name_in(plugin.bundle.loaded, name)
}

fn other_name_in(source: &Source, name: &str) -> Option<String> {
    source.python.hooks().get(name).map(|hook| hook.name.clone())
}

/// The file beside the loaded one that has the hook.
fn elsewhere(plugin: Plugin<'_>, name: &str) -> Option<String> {
    let others = plugin.bundle.code.iter().filter(|it| it.file != plugin.bundle.loaded.file);
    let mut has = others.filter(|source| source.hooks().any(|hook| hook.name == name));
    let module = has.find_map(|source| source.file.strip_suffix(".py"))?;
    (!module.contains('/')).then(|| module.to_owned())
}

/// Whether the name comes from somewhere that is not looked into.
fn bound_at_run_time(plugin: Plugin<'_>, name: &str) -> bool {
    let module = &plugin.bundle.loaded.python;
    module.imports.iter().any(|import| {
        let unseen = plugin.bundle.module(&import.module).is_none() && import.root() != "tyk";
        let own = import.name.as_deref() == Some("*") && import.root() != "gateway";
        import.scope.is_none() && unseen && (own || import.bound.as_deref() == Some(name))
    }) || module.is_assigned(name) && other_name(plugin, name).is_none()
}

fn renamed(file: &ManifestFile, path: &Path, to: &str) -> Option<Fix> {
    let edit = file.document().set(path, &serde_json::json!(to)).ok()?;
    Some(Fix::one(format!("name it {to} in the manifest"), &file.file, edit))
}

/// Puts `@Hook` above a function, and the import where it is not there.
fn decorate(plugin: Plugin<'_>, source: &Source, definition: &Definition) -> Fix {
    let start = definition.span.start;
    let line = source.text[..start].rfind('\n').map_or(0, |end| end + 1);
    let indent = source.text[line..start].trim_start_matches('\u{feff}');
    let end = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!("@Hook{end}{indent}");
    let mut edits = vec![Edit { span: start..start, text }];
    if !source.python.means_hook("Hook") {
        edits.push(add_at_top(source, &["from tyk.decorators import *"]));
    }
    plugin.fix(source, format!("put @Hook above {}", definition.name), edits)
}

/// Where any function can be named, so that what the text does not show may be there all the same.
fn by_name(file: &ManifestFile, language: Language, report: &mut Report<'_>) {
    let code = || file.code.iter().filter(|source| source.language == language);
    if code().next().is_none() {
        return;
    }
    for (_, named, words) in named_hooks(file) {
        let name = named.name.as_str();
        let known = || code().flat_map(Source::hooks).map(|function| function.name.as_str());
        if known().any(|function| function == name) {
            continue;
        }
        let path = file.document().locate(&words);
        let near = nearest(name, known());
        let place = file.document().at(&path).map(Value::place);
        let own = code().flat_map(|source| {
            let named = source.functions.iter().filter(|it| it.name == name && !it.is_hook);
            named.map(move |function| (source, function))
        });
        if let Some((source, function)) = own.into_iter().next() {
            let message = format!(
                "{name} is local to {}: hooks are called by names that all files see",
                source.file
            );
            let fix = without_local(file, source, function.place);
            let finding = report.say(&file.file, message).on(path).fixed_by(fix);
            finding.as_grave_as(Severity::Warning).place = place;
            continue;
        }
        let message = match near {
            Some(near) => format!("no function is called {name}; {near} is"),
            None => format!("the code has no function called {name}"),
        };
        // A name that is nowhere in the code cannot be made at run time either, but of parts.
        let is_nowhere = !code().any(|source| source.text.contains(name));
        let all_read = file.manifest.files().iter().all(|name| {
            Language::of_file(name) != Some(language) || code().any(|it| it.file == *name)
        });
        let severity = match near {
            Some(_) => Severity::Warning,
            None if is_nowhere && all_read && language == Language::Lua => Severity::Warning,
            None if is_nowhere && all_read && !exports(&code().collect::<Vec<_>>()) => {
                Severity::Warning
            }
            None => Severity::Hint,
        };
        let fix = near.and_then(|near| renamed(file, &path, near));
        let finding = report.say(&file.file, message).on(path).as_grave_as(severity).fixed_by(fix);
        finding.place = place;
    }
}

/// Whether JavaScript is written as modules, whose functions are not called by name.
fn exports(code: &[&Source]) -> bool {
    code.iter().any(|source| source.javascript.newer.iter().any(|(_, what)| *what == "export"))
}

/// Takes `local` from before a function of Lua.
fn without_local(file: &ManifestFile, source: &Source, place: Place) -> Option<Fix> {
    let line: usize =
        source.text.split_inclusive('\n').take(place.line.checked_sub(1)?).map(str::len).sum();
    let rest = source.text.get(line..)?;
    let at = rest.find("local").filter(|at| rest[..*at].trim().is_empty())?;
    let words = rest[at + "local".len()..].trim_start();
    let end = rest.len() - words.len();
    let edit = Edit { span: line + at..line + end, text: String::new() };
    words
        .starts_with("function")
        .then(|| Fix::one("take local from it", file.shown(&source.file), edit))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, mended, one_hook, pre, python};
    use crate::domain::task::Severity;

    const FUNCTION: &str = "def A(request, session, spec):\n    return request, session\n";

    #[test]
    fn a_function_without_the_decorator() {
        let facts = pre(FUNCTION);
        let caught = found("hook-missing", &facts);
        assert_eq!(caught.len(), 1);
        assert!(caught[0].place.is_some());
        assert!(mended(&facts, &caught[0]).contains("\n@Hook\ndef A("));
        assert_eq!(found("hook-missing", &pre(&format!("@Hook\n{FUNCTION}"))), []);
        let facts = python(r#""pre": [{"name": "A"}]"#, &[("middleware.py", FUNCTION)]);
        let text = mended(&facts, &found("hook-missing", &facts)[0]);
        assert!(text.starts_with("from tyk.decorators import *\n@Hook\ndef A("), "{text}");
    }

    #[test]
    fn a_name_in_another_case_is_named_right_in_the_manifest() {
        let hooks = r#""pre": [{"name": "B", "disabled": true}, {"name": "a"}]"#;
        let facts = one_hook(hooks, &format!("@Hook\n{FUNCTION}"));
        let caught = found("hook-missing", &facts);
        assert_eq!(caught.len(), 1, "a disabled one is not called");
        assert!(mended(&facts, &caught[0]).contains(r#"{"name": "A"}"#));
    }

    #[test]
    fn a_variable_is_not_the_name() {
        let facts = pre("def real(a, b, c): return a, b\nA = Hook(real)\n");
        let caught = found("hook-missing", &facts);
        assert!(mended(&facts, &caught[0]).contains(r#"{"name": "real"}"#));
    }

    #[test]
    fn a_hook_in_another_file_is_imported() {
        let loaded = "import helper\n";
        let helper = format!("from tyk.decorators import *\n@Hook\n{FUNCTION}");
        let hooks = r#""pre": [{"name": "A"}]"#;
        let facts = python(hooks, &[("middleware.py", loaded), ("helper.py", &helper)]);
        let caught = found("hook-missing", &facts);
        assert!(mended(&facts, &caught[0]).starts_with("from helper import A\n"));
        let files = [("middleware.py", "from helper import A\n"), ("helper.py", &helper)];
        assert_eq!(found("hook-missing", &python(hooks, &files)), []);
    }

    #[test]
    fn what_the_text_does_not_show_is_a_hint() {
        let text = "A = make_hook()\n";
        assert_eq!(found("hook-missing", &pre(text))[0].severity, Severity::Hint);
        assert_eq!(found("hook-missing", &pre("x = 1\n"))[0].severity, Severity::Error);
        let class = "class K:\n    @Hook\n    def A(request, session, spec): pass\n";
        assert!(found("hook-missing", &pre(class))[0].message.contains("class"));
    }

    #[test]
    fn other_languages_name_their_functions() {
        let facts = |code: &str| {
            let mut facts = python(r#""pre": [{"name": "first"}]"#, &[("x.js", code)]);
            facts.manifests[0].manifest.custom_middleware.driver = "otto".to_owned();
            facts
        };
        assert_eq!(found("hook-missing", &facts("var first = function() {};")), []);
        let facts = facts("var frist = new TykJS.TykMiddleware.NewMiddleware({});");
        let caught = found("hook-missing", &facts);
        assert_eq!(caught[0].severity, Severity::Warning);
        assert!(mended(&facts, &caught[0]).contains(r#""frist""#));
    }

    #[test]
    fn a_local_function_of_lua_and_a_name_that_is_nowhere() {
        let facts = |code: &str| {
            let mut facts = python(r#""pre": [{"name": "First"}]"#, &[("x.lua", code)]);
            facts.manifests[0].manifest.custom_middleware.driver = "lua".to_owned();
            facts
        };
        let code =
            "  local function First(request, session, spec)\n  return request, session\nend\n";
        let local = facts(code);
        let caught = found("hook-missing", &local);
        assert_eq!((caught.len(), caught[0].severity), (1, Severity::Warning));
        let after = mended(&local, &caught[0]);
        assert!(after.starts_with("  function First("), "{after}");
        assert_eq!(found("hook-missing", &facts(&after)), []);
        let nowhere = found("hook-missing", &facts("x = 1\n"));
        assert_eq!(nowhere[0].severity, Severity::Warning);
        let made = found("hook-missing", &facts("_G['First'] = make()\n"));
        assert_eq!(made[0].severity, Severity::Hint);
    }
}
