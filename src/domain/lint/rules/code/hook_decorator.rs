//! A function under a decorator that does not make it a hook.

use super::plugin::{Plugin, add_at_top, named_hooks, plugins};
use super::{Facts, Report, Rule};
use crate::domain::code::Source;
use crate::domain::code::python::{Decorator, Definition, HOOK, StepKind};
use crate::domain::json::Edit;
use crate::domain::lint::Fix;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hook-decorator",
    severity: Severity::Error,
    about: "Only @Hook of tyk.decorators, without parentheses, makes a function a hook that can be called. Under @Pre, \
            @Post and the others each call fails, Hook of decorators is another class, and @Hook() fails as the code is \
            loaded.",
    source: "Tyk Gateway 5.14: coprocess/python; recorded (decorator-pre, decorator-from-decorators, and the like)",
    check,
};

/// Decorators of Tyk's that make what cannot be called as a hook.
const BROKEN: &[&str] =
    &["CustomKeyCheck", "HandlerDecorator", "Post", "PostKeyAuth", "Pre", "ThisIsNotADecorator"];

/// Whether a decorator is one of Tyk's, by what its name means.
pub(super) fn is_tyks(meaning: &str) -> bool {
    let name = meaning.rsplit('.').next().unwrap_or_default();
    let known = BROKEN.contains(&name) || matches!(name, "Hook" | "Event");
    known
        && (meaning == name
            || matches!(meaning.strip_suffix(name), Some("tyk.decorators." | "decorators.")))
}

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            for definition in source.python.definitions.iter().filter(|it| it.can_be_hook()) {
                for decorator in &definition.decorators {
                    look_at(plugin, source, definition, decorator, report);
                }
            }
        }
    }
}

fn look_at(
    plugin: Plugin<'_>,
    source: &Source,
    definition: &Definition,
    decorator: &Decorator,
    report: &mut Report<'_>,
) {
    let Some(path) = &decorator.path else { return };
    let called = path.called();
    let Some(meaning) = source.python.meaning(called.as_ref().unwrap_or(path), None) else {
        return;
    };
    let works = called.is_none() && meaning == HOOK;
    if works || !is_tyks(&meaning) || meaning.ends_with("Event") {
        return;
    }
    let name = &definition.name;
    let class = meaning.rsplit('.').next().unwrap_or_default();
    let at_load = called.is_some() || meaning == class;
    let message = if called.is_some() {
        format!("@{class}() fails as the code is loaded, and every request with it: write @Hook")
    } else if meaning == class {
        format!("{class} is not imported, so the code cannot be loaded")
    } else if meaning == "decorators.Hook" {
        format!(
            "Hook of decorators is another class than that of tyk.decorators: {name} is not found"
        )
    } else {
        format!(
            "@{class} makes no hook that can be called, whatever the documentation shows: write @Hook"
        )
    };
    let is_named = plugin
        .manifest
        .is_none_or(|file| named_hooks(file).iter().any(|(_, named, _)| named.name == *name));
    let severity = if at_load || is_named { RULE.severity } else { Severity::Hint };
    plugin
        .say(report, source, decorator.span.start, message)
        .as_grave_as(severity)
        .fixed_by(fix(plugin, source, decorator));
}

/// Writes `@Hook` instead, and imports it where it is not.
fn fix(plugin: Plugin<'_>, source: &Source, decorator: &Decorator) -> Option<Fix> {
    let module = &source.python;
    let mut path = decorator.path.clone()?;
    if path.steps.last().is_some_and(|step| step.kind == StepKind::Call) {
        path = path.called()?;
    }
    let is_hook = module.meaning(&path, None).as_deref() == Some(HOOK);
    let text = if is_hook {
        source.text.get(path.span.clone())?.to_owned()
    } else if module.meaning(&path, None)?.starts_with("tyk.decorators.") && !path.is_name() {
        let last = path.steps.last()?;
        format!("{}Hook", source.text.get(path.span.start..last.span.start)?)
    } else {
        "Hook".to_owned()
    };
    let imported = text != "Hook" || module.means_hook("Hook");
    // An import that comes later in the text hides one at the top.
    let hiding = module
        .imports
        .iter()
        .find(|import| import.module == "decorators" && import.name.is_some() && import.dots == 0);
    let line = decorator.span.start..decorator.path.as_ref()?.span.end;
    let mut edits = vec![Edit { span: line, text: format!("@{text}") }];
    match hiding.filter(|_| !imported) {
        Some(import) => {
            let statement = source.text.get(import.span.clone())?;
            let at = import.span.start + statement.find("decorators")?;
            edits.push(Edit { span: at..at, text: "tyk.".to_owned() });
        }
        None if !imported => edits.push(add_at_top(source, &["from tyk.decorators import Hook"])),
        None => {}
    }
    Some(plugin.fix(source, "write @Hook", edits))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, mended, pre, python};

    const A: &str = "def A(request, session, spec):\n    return request, session\n";

    fn facts(before: &str) -> crate::domain::lint::Facts {
        let text = format!("{before}\n{A}");
        python(r#""pre": [{"name": "A"}]"#, &[("middleware.py", &text)])
    }

    #[test]
    fn a_decorator_that_makes_no_hook() {
        for (before, after) in [
            ("from tyk.decorators import *\n@Pre", "from tyk.decorators import *\n@Hook"),
            ("from tyk.decorators import *\n@Hook()", "from tyk.decorators import *\n@Hook"),
            ("from decorators import Hook\n@Hook", "from tyk.decorators import Hook\n@Hook"),
            (
                "import tyk.decorators\n@tyk.decorators.Post",
                "import tyk.decorators\n@tyk.decorators.Hook",
            ),
            ("@Hook", "from tyk.decorators import Hook\n@Hook"),
            (
                "from tyk.decorators import Pre\n@Pre",
                "from tyk.decorators import Hook\nfrom tyk.decorators import Pre\n@Hook",
            ),
        ] {
            let facts = facts(before);
            let caught = found("hook-decorator", &facts);
            assert_eq!(caught.len(), 1, "{before}");
            assert_eq!(mended(&facts, &caught[0]), format!("{after}\n{A}"));
        }
    }

    #[test]
    fn other_decorators_are_left_alone() {
        assert_eq!(found("hook-decorator", &pre(&format!("@Hook\n{A}"))), []);
        assert_eq!(found("hook-decorator", &facts("from mine import Pre\n@Pre")), []);
        assert_eq!(found("hook-decorator", &facts("import functools\n@functools.cache")), []);
    }
}
