//! An `auth_check` that lets nobody in.

use super::plugin::{HookCode, Touch, called_hooks, exits};
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Literal, Role, StepKind};
use crate::domain::object::Hook;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "auth-without-token",
    severity: Severity::Warning,
    about: "An auth_check lets a request in by setting metadata[\"token\"]; without one the Gateway answers 403, whatever \
            else the session has.",
    source: "Tyk Gateway 5.14: recorded (auth-no-token, auth-untouched, auth-token-only)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        if !hook.is(Hook::AuthCheck) || hook.count().is_none() || raises(&hook) {
            continue;
        }
        let touches = hook.touches();
        if touches.iter().any(may_set_token) || gives_away(&hook) || replaced_message_decides(&hook)
        {
            continue;
        }
        let overrides = |touch: &Touch<'_>| {
            touch.role == Role::Request
                && touch.names().starts_with(&["object", "return_overrides"])
        };
        // It answers for itself: that it denies everybody may be meant.
        let severity = match touches.iter().filter(|touch| touch.is_edit()).any(overrides) {
            true if touches.iter().any(answers) => continue,
            true => Severity::Hint,
            false => RULE.severity,
        };
        let message = format!(
            "{} sets no token, so nobody gets in: set metadata[\"token\"] where the request is let in",
            hook.found.name
        );
        hook.say(report, hook.definition().name_span.start, message).as_grave_as(severity);
    }
}

fn raises(hook: &HookCode<'_>) -> bool {
    let module = hook.module();
    hook.certainly(|act| matches!(act.deed, Deed::Raise(_)) || exits(module, act)).is_some()
}

/// Whether an edit may be of the token: its key is it, or does not show, or everything is replaced.
fn may_set_token(touch: &Touch<'_>) -> bool {
    if !touch.is_edit() {
        return false;
    }
    let whole = |method: &str| {
        matches!(
            method,
            "CopyFrom"
                | "MergeFrom"
                | "MergeFromString"
                | "ParseFromString"
                | "update"
                | "setdefault"
        )
    };
    match (touch.role, touch.steps.as_slice()) {
        (Role::Metadata, [first, ..]) => match &first.kind {
            StepKind::Index(key) => key.as_deref().is_none_or(|key| key == "token"),
            StepKind::Attribute(method) => whole(method),
            StepKind::Call => false,
        },
        (Role::Session, [first]) => first.attribute().is_some_and(whole),
        _ => false,
    }
}

/// Whether a code below 400 is set, with which the hook answers itself, or one that does not show.
fn answers(touch: &Touch<'_>) -> bool {
    let names = touch.names();
    match &touch.act.deed {
        Deed::Assign { value, .. } if names.ends_with(&["response_code"]) => match &value.literal {
            Literal::Integer(code) => code.parse::<u16>().map_or(true, |code| code < 400),
            _ => true,
        },
        Deed::Call(_) => names.starts_with(&["object", "return_overrides"]),
        _ => false,
    }
}

/// Whether one of its objects is handed to a function that may do it, or kept under another name.
fn gives_away(hook: &HookCode<'_>) -> bool {
    hook.acts().any(|act| match &act.deed {
        Deed::Call(call) => {
            let meaning = hook.module().meaning(&call.callee, act.scope).unwrap_or_default();
            let harmless = meaning.starts_with("gateway.")
                || matches!(
                    meaning.as_str(),
                    "repr" | "str" | "print" | "len" | "type" | "dict" | "list" | "sorted"
                );
            let given = call.arguments.iter().filter_map(|argument| argument.value.path());
            let objects = given.filter_map(|path| hook.role(path, act.scope));
            let held = |(role, steps): &(Role, _)| {
                let steps: &Vec<_> = steps;
                steps.is_empty() && *role != Role::Spec
            };
            !harmless && (call.spread || objects.into_iter().any(|object| held(&object)))
        }
        _ => false,
    })
}

/// Whether the metadata that is returned is another one, which is merged into the session.
fn replaced_message_decides(hook: &HookCode<'_>) -> bool {
    hook.acts().any(|act| {
        let Deed::Return(value) = &act.deed else { return false };
        let Literal::Sequence(values) = &value.literal else {
            // What is returned does not show.
            return !matches!(value.literal, Literal::None)
                && value.path().is_none_or(|it| !it.is_name());
        };
        let [_, session, metadata] = values.as_slice() else { return false };
        let own = session.path().is_some_and(|path| {
            hook.role(path, act.scope)
                .is_some_and(|(role, steps)| role == Role::Session && steps.is_empty())
        });
        let same = metadata.path().is_some_and(|path| hook.role(path, act.scope).is_some());
        own && !same && metadata.literal != Literal::Dictionary && metadata.literal != Literal::None
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Finding;
    use crate::domain::lint::rules::try_on::{found, one_hook};
    use crate::domain::task::Severity;

    fn caught(line: &str) -> Vec<Finding> {
        let text = format!(
            "@Hook\ndef A(request, session, metadata, spec):\n    {line}\n    return request, session, metadata\n"
        );
        found("auth-without-token", &one_hook(r#""auth_check": {"name": "A"}"#, &text))
    }

    #[test]
    fn nobody_gets_in() {
        for line in [
            "pass",
            "session.rate = 1.0",
            "metadata['tier'] = 'gold'",
            "s = TykSession()",
            "tyk.log('x', 'info')",
        ] {
            let caught = caught(line);
            assert_eq!(caught.len(), 1, "{line}");
            assert_eq!(caught[0].severity, Severity::Warning);
        }
        let denies = caught("request.object.return_overrides.response_code = 401");
        assert_eq!(denies[0].severity, Severity::Hint);
    }

    #[test]
    fn somebody_may() {
        for line in [
            "metadata['token'] = 'x'",
            "session.metadata['token'] = 'x'",
            "metadata[key] = 'x'",
            "metadata.update(x)",
            "session.CopyFrom(s)",
            "let_in(session)",
            "request.object.return_overrides.response_code = 200",
            "m = metadata\n    m['token'] = 'x'",
            "raise ValueError()",
        ] {
            assert_eq!(caught(line), [], "{line}");
        }
    }
}
