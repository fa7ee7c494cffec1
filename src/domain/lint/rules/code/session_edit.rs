//! A session that is changed where only `auth_check` may.

use super::plugin::called_hooks;
use super::{Facts, Report, Rule};
use crate::domain::code::python::Role;
use crate::domain::object::Hook;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "session-edit",
    severity: Severity::Warning,
    about: "Edits of the session and its metadata count in auth_check only; in every other hook they are dropped.",
    source: "Tyk Gateway 5.14: recorded (pre-session-edit, auth-rich)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let Some(kind) = hook.kinds.first().filter(|_| !hook.is(Hook::AuthCheck)) else { continue };
        let touches = hook.touches();
        let session = |role| matches!(role, Role::Session | Role::Metadata);
        for touch in touches.iter().filter(|touch| touch.is_edit() && session(touch.role)) {
            let message = format!(
                "a session that is changed in {} is dropped: only auth_check's counts",
                kind.word()
            );
            hook.say(report, touch.act.span.start, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, one_hook};

    #[test]
    fn a_session_counts_in_auth_check_alone() {
        let caught = |hooks: &str, line: &str| {
            let text = format!("@Hook\ndef A(r, s, m, spec):\n    {line}\n    return r, s, m\n");
            found("session-edit", &one_hook(hooks, &text)).len()
        };
        let (pre, auth) = (r#""pre": [{"name": "A"}]"#, r#""auth_check": {"name": "A"}"#);
        for line in [
            "s.rate = 1.0",
            "s.tags.append('x')",
            "m['k'] = 'v'",
            "s.metadata['k'] = 'v'",
            "s.Clear()",
        ] {
            assert_eq!((caught(pre, line), caught(auth, line)), (1, 0), "{line}");
        }
        assert_eq!(caught(pre, "x = m['k'] + s.alias"), 0);
    }
}
