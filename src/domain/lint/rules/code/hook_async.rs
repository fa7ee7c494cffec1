//! A hook that is `async`, or a generator.

use super::plugin::called_hooks;
use super::{Facts, Report, Rule};
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hook-async",
    severity: Severity::Error,
    about: "The Gateway calls a hook and takes what it gives back; nobody awaits a coroutine, so an async hook does \
            nothing, and with 3 or 4 parameters it fails the request. asyncio.run within a hook works.",
    source: "Tyk Gateway 5.14: recorded (hook-async, asyncio-run)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        let definition = hook.definition();
        if !definition.is_async || hook.count().is_none() {
            continue;
        }
        let text = &hook.source.text[definition.span.start..definition.name_span.start];
        let word = text.rfind("async").map(|at| definition.span.start + at);
        let fix = word.filter(|_| !definition.awaits).map(|at| {
            let edit = Edit { span: at..definition.name_span.start, text: "def ".to_owned() };
            hook.plugin.fix(hook.source, "make it a plain function", vec![edit])
        });
        let message = format!("nobody awaits {}: an async hook never runs", hook.found.name);
        hook.say(report, definition.name_span.start, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, mended, pre};

    #[test]
    fn a_hook_that_nobody_awaits() {
        let text = |def: &str| format!("@Hook\n{def} A(a, b, c):\n    return a, b\n");
        let facts = pre(&text("async def"));
        let caught = found("hook-async", &facts);
        assert_eq!(caught.len(), 1);
        assert!(mended(&facts, &caught[0]).ends_with(&text("def")));
        assert_eq!(found("hook-async", &pre(&text("def"))), []);
        let helper = format!("async def work(): pass\n{}", text("def"));
        assert_eq!(found("hook-async", &pre(&helper)), []);
    }

    #[test]
    fn one_that_awaits_is_not_mended_by_a_key() {
        let facts = pre("@Hook\nasync def A(a, b, c):\n    await x()\n    return a, b\n");
        assert_eq!(found("hook-async", &facts)[0].fix, None);
    }
}
