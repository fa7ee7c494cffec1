//! Calls of `TykGateway` that fail, or do not do what their names say.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Act, Call, Deed, Literal, Module, StepKind, Value};
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "gateway-call",
    severity: Severity::Error,
    about: "TykGateway's functions are of the class, not of an instance: log(message, level), log_error(message), \
            store_data(key, value, ttl), get_data(key), trigger_event(name, payload), all text but ttl.",
    source: "Tyk Gateway 5.14: coprocess/python; recorded (log-instance, log-one-argument, log-not-str, store-data)",
    check,
};

/// A function of the class: its name, and its parameters, of which those that are text are marked.
type Signature = (&'static str, &'static [(&'static str, bool)]);

const FUNCTIONS: &[Signature] = &[
    ("log", &[("message", true), ("level", true)]),
    ("log_error", &[("message", true)]),
    ("store_data", &[("key", true), ("value", true), ("ttl", false)]),
    ("get_data", &[("key", true)]),
    ("trigger_event", &[("name", true), ("payload", true)]),
];

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            let module = &source.python;
            for act in module.acts.iter().filter(|act| !act.guarded) {
                let Deed::Call(call) = &act.deed else { continue };
                let Some((severity, message, edit)) = look_at(module, act, call) else { continue };
                let fix = edit.map(|edit| plugin.fix(source, "call it as it is", vec![edit]));
                plugin
                    .say(report, source, act.span.start, message)
                    .as_grave_as(severity)
                    .fixed_by(fix);
            }
        }
    }
}

type Fault = (Severity, String, Option<Edit>);

fn look_at(module: &Module, act: &Act, call: &Call) -> Option<Fault> {
    if let Some(fault) = through_instance(module, act, call) {
        return Some(fault);
    }
    let meaning = module.meaning(&call.callee, act.scope)?;
    let name = meaning.strip_prefix("gateway.TykGateway.")?;
    let (_, parameters) = FUNCTIONS.iter().find(|(known, _)| *known == name)?;
    if call.spread {
        return None;
    }
    let given = call.arguments.len();
    if given != parameters.len() {
        let wanted: Vec<_> = parameters.iter().map(|(name, _)| *name).collect();
        let message =
            format!("{name} takes {} values ({}), not {given}", wanted.len(), wanted.join(", "));
        return Some((RULE.severity, message, add_level(name, call)));
    }
    let wrong = parameters.iter().enumerate().find_map(|(at, (parameter, is_text))| {
        let value = call.argument(at, parameter)?;
        let why = if *is_text { not_text(value) } else { not_number(value) }?;
        Some(format!(
            "{name}: {parameter} must be {}, not {why}",
            if *is_text { "text" } else { "a number" }
        ))
    });
    match wrong {
        Some(message) => Some((RULE.severity, message, None)),
        None => caution(name, call),
    }
}

/// `TykGateway().log(…)`: the functions take no `self`.
fn through_instance(module: &Module, act: &Act, call: &Call) -> Option<Fault> {
    let mut class = call.callee.clone();
    let function = class.steps.pop()?;
    let through = class.steps.pop().filter(|step| step.kind == StepKind::Call);
    let function =
        function.attribute().filter(|it| FUNCTIONS.iter().any(|(known, _)| known == it))?;
    let message =
        format!("{function} takes no self, so it fails through an instance: call it on the class");
    if let Some(made) = through {
        let meaning = module.meaning(&class, act.scope)?;
        let edit = Edit { span: made.span, text: String::new() };
        return (meaning == "gateway.TykGateway").then_some((RULE.severity, message, Some(edit)));
    }
    // `g = TykGateway()` before.
    let assigned = module.given(&call.callee.root, act.scope)?.called()?;
    let is_class = module.meaning(&assigned, act.scope)? == "gateway.TykGateway";
    (is_class && call.callee.steps.len() == 1).then_some((RULE.severity, message, None))
}

/// The level that a `log` lacks.
fn add_level(name: &str, call: &Call) -> Option<Edit> {
    let [only] = call.arguments.as_slice() else { return None };
    let at = only.value.span.end;
    (name == "log" && only.name.is_none())
        .then(|| Edit { span: at..at, text: ", \"info\"".to_owned() })
}

fn not_text(value: &Value) -> Option<&'static str> {
    match value.literal {
        Literal::Text(_) | Literal::Format | Literal::Path(_) | Literal::Other => None,
        _ => value.type_name(),
    }
}

fn not_number(value: &Value) -> Option<&'static str> {
    match value.literal {
        Literal::Integer(_) | Literal::Bool | Literal::Path(_) | Literal::Other => None,
        _ => value.type_name(),
    }
}

/// What works, and yet not as one might think.
fn caution(name: &str, call: &Call) -> Option<Fault> {
    let message = match name {
        "log" => {
            let level = call.argument(1, "level")?.text()?;
            if matches!(level, "debug" | "info" | "warning" | "error") {
                return None;
            }
            format!("the level {level:?} is none of debug, info, warning, error: it is logged as info")
        }
        "trigger_event" => {
            "this runs event handlers of tyk.conf, never those of the API definition".to_owned()
        }
        "store_data" | "get_data" => {
            "this asks Redis on 127.0.0.1:6379, whatever the Gateway uses: without one there each call holds every \
             Python hook for a second"
                .to_owned()
        }
        _ => return None,
    };
    Some((Severity::Hint, message, None))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, mended, pre};
    use crate::domain::task::Severity;

    #[test]
    fn calls_that_fail() {
        for line in [
            "tyk.log('x')",
            "tyk.log(5, 'info')",
            "tyk.log_error('x', 'error')",
            "tyk().log('x', 'info')",
            "g = tyk()\n    g.log('x', 'info')",
            "tyk.store_data('k', 5, 60)",
            "tyk.store_data('k', 'v', '60')",
            "tyk.trigger_event('X')",
        ] {
            let caught = found("gateway-call", &pre(&body(line)));
            assert_eq!(caught.len(), 1, "{line}");
            assert_eq!(caught[0].severity, Severity::Error, "{line}");
        }
    }

    #[test]
    fn fixes() {
        for (before, after) in [
            ("tyk.log('x')", "tyk.log('x', \"info\")"),
            ("tyk().log('x', 'info')", "tyk.log('x', 'info')"),
        ] {
            let facts = pre(&body(before));
            assert!(mended(&facts, &found("gateway-call", &facts)[0]).contains(after));
        }
    }

    #[test]
    fn calls_that_do_not_fail() {
        for line in [
            "tyk.log('x', 'info')",
            "tyk.log(message=f'{x}', level=level)",
            "tyk.log(*args)",
            "other.log('x')",
            "try:\n        tyk.store_data('k', 5, 60)\n    except TypeError:\n        pass",
        ] {
            assert_eq!(found("gateway-call", &pre(&body(line))), [], "{line}");
        }
        for line in ["tyk.log('x', 'warn')", "tyk.get_data('k')", "tyk.trigger_event('X', 'y')"] {
            assert_eq!(
                found("gateway-call", &pre(&body(line)))[0].severity,
                Severity::Hint,
                "{line}"
            );
        }
    }
}
