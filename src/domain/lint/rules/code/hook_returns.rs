//! A hook that returns what the Gateway cannot take apart.

use super::plugin::{HookCode, called_hooks, exits};
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Act, Deed, Literal, Role, Value};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hook-returns",
    severity: Severity::Error,
    about: "A hook of 3 parameters must return two values, one of 4 three, of which the second is a session and the \
            third its metadata; anything else fails the request. What is returned has no other effect.",
    source: "Tyk Gateway 5.14: coprocess/python; recorded (returns-none, returns-request-only, auth-new-metadata, …)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let definition = hook.definition();
        let Some(count @ (3 | 4)) = hook.count() else { continue };
        if definition.is_async || definition.yields || never_returns(&hook) {
            continue;
        }
        let own = Some(hook.found.definition);
        let returns = || {
            hook.acts().filter(move |act| act.scope == own).filter_map(|act| match &act.deed {
                Deed::Return(value) => Some((act, value)),
                _ => None,
            })
        };
        let name = &hook.found.name;
        let must = if count == 3 { "request, session" } else { "request, session, metadata" };
        if returns().next().is_none() {
            let message = format!("{name} returns nothing, so each call fails: return {must}");
            hook.say(report, definition.name_span.start, message);
            continue;
        }
        let wrong = |(act, value): (&Act, &Value)| fault(&hook, act, value).is_some();
        let always = returns().all(wrong)
            && !returns().any(|(_, value)| value.path().is_some_and(|p| !p.is_name()));
        let severity = if always { RULE.severity } else { Severity::Hint };
        for (act, value) in returns() {
            if let Some(fault) = fault(&hook, act, value) {
                let message = format!("{name} returns {fault}, which fails: return {must}");
                hook.say(report, act.span.start, message).as_grave_as(severity);
            }
        }
        if definition.falls_through {
            let message = format!(
                "the end of {name} may be reached without a return, which fails: return {must}"
            );
            hook.say(report, definition.name_span.start, message).as_grave_as(Severity::Hint);
        }
    }
}

/// Whether it ends in an exception or worse, whatever it would return.
fn never_returns(hook: &HookCode<'_>) -> bool {
    let module = hook.module();
    hook.certainly(|act| matches!(act.deed, Deed::Raise(_)) || exits(module, act)).is_some()
}

/// What is wrong with a value that is returned, in words.
fn fault(hook: &HookCode<'_>, act: &Act, value: &Value) -> Option<String> {
    let wanted = hook.count()? - 1;
    match &value.literal {
        Literal::None => Some("None".to_owned()),
        Literal::Integer(_) | Literal::Float | Literal::Bool => Some("a number".to_owned()),
        Literal::Lambda => Some("a function".to_owned()),
        Literal::Path(path) => {
            let role = hook.role(path, act.scope).filter(|(_, steps)| steps.is_empty())?.0;
            let message = matches!(role, Role::Request | Role::Session | Role::Response);
            message.then(|| format!("{} alone", path.root))
        }
        Literal::Sequence(values) if values.len() != wanted => {
            Some(format!("{} values instead of {wanted}", values.len()))
        }
        Literal::Sequence(values) if wanted == 3 => {
            let no_session = values[1].literal == Literal::None;
            let third = &values[2];
            let no_metadata = !matches!(third.literal, Literal::Path(_) | Literal::Other);
            match (no_session, no_metadata) {
                (true, _) => Some("None as the session".to_owned()),
                (_, true) => Some(format!("{} as the metadata", third.type_name()?)),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Finding;
    use crate::domain::lint::rules::try_on::{found, pre};
    use crate::domain::task::Severity;

    fn caught(parameters: &str, body: &str) -> Vec<Finding> {
        let text = format!("@Hook\ndef A({parameters}):\n    {body}\n");
        found("hook-returns", &pre(&text))
    }

    #[test]
    fn what_cannot_be_taken_apart() {
        for body in ["pass", "return", "return None", "return a", "return a, b, c", "return (a,)"] {
            assert_eq!(caught("a, b, c", body).len(), 1, "{body}");
        }
        for body in
            ["return a, b", "return a, None, c", "return a, b, None", "return a, b, {'k': 'v'}"]
        {
            assert_eq!(caught("a, b, c, d", body).len(), 1, "{body}");
        }
        assert_eq!(caught("a, b, c", "return a")[0].severity, Severity::Error);
    }

    #[test]
    fn what_can_or_may_is_left_alone() {
        for body in [
            "return a, b",
            "return [b, a]",
            "return None, None",
            "return f(a)",
            "raise X()",
            "return (yield)",
        ] {
            assert_eq!(caught("a, b, c", body), [], "{body}");
        }
        assert_eq!(caught("a, b, c, d", "return a, b, b.metadata"), []);
        assert_eq!(caught("a, b, c, d, e", "return None"), []);
        assert_eq!(caught("a, b, c", "a = (a, b)\n    return a"), []);
    }

    #[test]
    fn one_way_out_of_several_is_a_hint() {
        let body = "if c:\n        return a\n    return a, b";
        assert_eq!(caught("a, b, c", body)[0].severity, Severity::Hint);
        let body = "if c:\n        return a, b";
        assert_eq!(caught("a, b, c", body)[0].severity, Severity::Hint);
        let body = "if c:\n        return a, b\n    else:\n        return b, a";
        assert_eq!(caught("a, b, c", body), []);
    }
}
