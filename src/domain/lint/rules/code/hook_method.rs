//! A method of an object as a hook.

use super::plugin::called_hooks;
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hook-method",
    severity: Severity::Error,
    about: "Of a bound method the Gateway counts self too and passes as many values, so the method gets one more than \
            it takes and each call fails.",
    source: "Tyk Gateway 5.14: recorded (hook-method)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        if hook.found.bound {
            let name = &hook.found.name;
            let message = format!(
                "{name} is a method: self is counted, so it is called with one value too many"
            );
            hook.say(report, hook.definition().name_span.start, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, pre};

    #[test]
    fn a_method_under_hook() {
        let class = "class K:\n    def A(self, a, b, c):\n        return a, b\n";
        assert_eq!(
            found(
                "hook-method",
                &pre(&format!("{class}A = Hook(K().A)\nk = K()\nA = Hook(k.A)\n"))
            )
            .len(),
            1
        );
        let function = "def A(self, a, b):\n    return self, a\nX = Hook(A)\n";
        assert_eq!(found("hook-method", &pre(&format!("{class}{function}"))), []);
    }
}
