//! A hook that does not get the response, or gets an empty one.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::object::Hook;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "response-unreachable",
    severity: Severity::Hint,
    about: "The number of a hook's parameters decides what it is given, not what the manifest names it as: only one of \
            5 is given the response, and before the upstream has answered that is empty.",
    source: "Tyk Gateway 5.14: recorded (response-3-args, response-4-args, pre-5-args)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in plugins(facts).into_iter().flat_map(super::plugin::Plugin::called_hooks) {
        let Some(count) = hook.count() else { continue };
        let before = hook.kinds.iter().find(|kind| **kind != Hook::Response);
        let message = match (count, before) {
            (3 | 4, _) if hook.is(Hook::Response) => format!(
                "a response hook of {count} parameters is not given the response: (request, response, session, metadata, spec) is"
            ),
            (5, Some(kind)) => format!(
                "as {} it is given an empty response: (request, session, spec) will do",
                kind.word()
            ),
            _ => continue,
        };
        hook.say(report, hook.definition().name_span.start, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, one_hook};

    fn caught(kind: &str, parameters: &str) -> usize {
        let text = format!("@Hook\ndef A({parameters}):\n    return a, b\n");
        found("response-unreachable", &one_hook(&format!(r#""{kind}": [{{"name": "A"}}]"#), &text))
            .len()
    }

    #[test]
    fn parameters_that_do_not_go_with_the_hook() {
        assert_eq!(caught("response", "a, b, c"), 1);
        assert_eq!(caught("response", "a, b, c, d"), 1);
        assert_eq!(caught("pre", "a, b, c, d, e"), 1);
        assert_eq!(caught("response", "a, b, c, d, e"), 0);
        assert_eq!(caught("post", "a, b, c"), 0);
        assert_eq!(caught("post_key_auth", "a, b, c, d"), 0);
        assert_eq!(caught("response", "a, b"), 0, "that one is never called");
    }
}
