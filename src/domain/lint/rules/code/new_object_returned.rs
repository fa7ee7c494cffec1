//! A hook that returns an object of its own making.

use super::plugin::{HookCode, called_hooks};
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Literal, Path, Role, StepKind, Value};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "new-object-returned",
    severity: Severity::Warning,
    about: "What counts are edits of the objects that the hook was given; a new request, session or response that it \
            returns is dropped. CopyFrom fills the given one.",
    source: "Tyk Gateway 5.14: recorded (returns-new-request, auth-new-session, response-new, auth-copied-session)",
    check,
};

/// Classes of objects that a hook is given.
const CLASSES: &[&str] = &[
    "TykCoProcessRequest",
    "MiniRequestObject",
    "TykSession",
    "SessionState",
    "ResponseObject",
    "ReturnOverrides",
];

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        if hook.count().is_none() {
            continue;
        }
        let own = Some(hook.found.definition);
        for act in hook.acts().filter(|act| act.scope == own) {
            let Deed::Return(value) = &act.deed else { continue };
            let values = match &value.literal {
                Literal::Sequence(values) => values.as_slice(),
                _ => std::slice::from_ref(value),
            };
            for value in values {
                if let Some(class) = made(&hook, value).filter(|_| !is_copied(&hook, value)) {
                    let message = format!(
                        "this new {class} is dropped: change the one that {} was given, or fill it by CopyFrom",
                        hook.found.name
                    );
                    hook.say(report, value.span.start, message);
                }
            }
        }
    }
}

/// The class of a value that the hook makes itself.
fn made<'a>(hook: &HookCode<'a>, value: &'a Value) -> Option<&'static str> {
    let path = value.path()?;
    let made = if path.is_name() { given(hook, path)? } else { path.clone() };
    let called = made.called()?;
    let class = called.steps.last().map_or(Some(called.root.as_str()), |step| step.attribute())?;
    let meaning = hook.module().meaning(&called, Some(hook.found.definition));
    let meaning = meaning.unwrap_or_else(|| class.to_owned());
    let name = meaning.rsplit('.').next().unwrap_or_default();
    CLASSES.iter().copied().find(|known| *known == name)
}

/// The call that a local name was given, once.
fn given(hook: &HookCode<'_>, path: &Path) -> Option<Path> {
    let assigned = hook.acts().filter_map(|act| match &act.deed {
        Deed::Assign { target, value } if target.is_name() && target.root == path.root => {
            Some(value)
        }
        _ => None,
    });
    let values: Vec<_> = assigned.collect();
    match values.as_slice() {
        [value] => value
            .path()
            .filter(|it| it.steps.last().is_some_and(|s| s.kind == StepKind::Call))
            .cloned(),
        _ => None,
    }
}

/// Whether one of the given objects is filled from it.
fn is_copied(hook: &HookCode<'_>, value: &Value) -> bool {
    let Some(path) = value.path() else { return false };
    hook.acts().any(|act| {
        let Deed::Call(call) = &act.deed else { return false };
        let last = call.callee.steps.last().and_then(|step| step.attribute());
        let fills = matches!(last, Some("CopyFrom" | "MergeFrom"));
        let from = call.arguments.first().and_then(|it| it.value.path());
        let given = hook.role(&call.callee, act.scope).is_some_and(|(role, _)| role != Role::Spec);
        fills && given && from.is_some_and(|from| from.root == path.root)
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, pre};

    #[test]
    fn a_new_object_is_dropped() {
        let text = |body: &str| {
            format!(
                "from tyk.session import TykSession\n@Hook\ndef A(request, session, metadata, spec):\n    {body}\n"
            )
        };
        let caught = |body: &str| found("new-object-returned", &pre(&text(body))).len();
        assert_eq!(caught("s = TykSession(rate=1.0)\n    return request, s, s.metadata"), 1);
        assert_eq!(caught("return request, TykSession(), metadata"), 1);
        assert_eq!(
            caught("s = TykSession()\n    session.CopyFrom(s)\n    return request, s, metadata"),
            0
        );
        assert_eq!(caught("s = session\n    return request, s, metadata"), 0);
        assert_eq!(caught("s = TykSession()\n    return request, session, metadata"), 0);
    }
}
