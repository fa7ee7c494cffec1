//! A request that a hook empties.

use super::plugin::called_hooks;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Role};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "object-cleared",
    severity: Severity::Error,
    about: "After request.object.Clear() the request has no URL, and the Gateway fails it.",
    source: "Tyk Gateway 5.14: recorded (request-object-cleared)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let touches = hook.touches();
        let filled = touches.iter().any(|touch| {
            let names = touch.names();
            let set = names == ["object", "url"] && matches!(touch.act.deed, Deed::Assign { .. });
            set || matches!(
                names.as_slice(),
                ["object", "CopyFrom" | "MergeFrom" | "ParseFromString"]
            )
        });
        for touch in touches.iter().filter(|touch| matches!(touch.act.deed, Deed::Call(_))) {
            if !filled && touch.role == Role::Request && touch.names() == ["object", "Clear"] {
                let message = "an emptied request has no URL, and fails";
                hook.say(report, touch.act.span.start, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, pre};

    #[test]
    fn a_request_without_anything() {
        let caught = |line: &str| found("object-cleared", &pre(&body(line))).len();
        assert_eq!(caught("request.object.Clear()"), 1);
        assert_eq!(caught("request.object.Clear()\n    request.object.url = '/x'"), 0);
        assert_eq!(caught("request.object.return_overrides.Clear()"), 0);
    }
}
