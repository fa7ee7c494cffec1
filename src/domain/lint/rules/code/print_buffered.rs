//! Text that is printed and may never be seen.

use super::plugin::plugins;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Call, Deed, Literal};
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "print-buffered",
    severity: Severity::Hint,
    about: "What print writes stays in a buffer of the Gateway's process and may never appear, not at its end either; \
            with flush=True, on stderr and by TykGateway.log it is seen at once.",
    source: "Tyk Gateway 5.14: recorded (log-print, log-print-flush, stdout-at-exit)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            let module = &source.python;
            let printed = module.acts.iter().find_map(|act| match &act.deed {
                Deed::Call(call) if !is_seen(call) => {
                    let is_print = module.meaning(&call.callee, act.scope)? == "print";
                    is_print.then_some((act, call))
                }
                _ => None,
            });
            let Some((act, call)) = printed else { continue };
            let message = "what is printed may never be seen: give print flush=True, or use TykGateway.log(message, \"info\")";
            let last = call.arguments.last().map(|argument| argument.value.span.end);
            let fix = last.map(|at| {
                let edit = Edit { span: at..at, text: ", flush=True".to_owned() };
                plugin.fix(source, "flush it", vec![edit])
            });
            plugin.say(report, source, act.span.start, message).fixed_by(fix);
        }
    }
}

/// Whether it is flushed or goes elsewhere, or may be.
fn is_seen(call: &Call) -> bool {
    let names =
        |name: &str| call.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
    let flushed = names("flush").is_some_and(|flush| flush.value.literal != Literal::None);
    call.spread || flushed || names("file").is_some()
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, mended, pre};

    #[test]
    fn it_is_said_once_a_file_and_flushed() {
        let facts = pre(&body("print('a')\n    print('b')"));
        let caught = found("print-buffered", &facts);
        assert_eq!(caught.len(), 1);
        let text = mended(&facts, &caught[0]);
        assert!(text.contains("print('a', flush=True)"), "{text}");
    }

    #[test]
    fn what_is_flushed_or_goes_elsewhere_is_left_alone() {
        for line in [
            "print('a', flush=True)",
            "print('a', file=sys.stderr)",
            "print(*args, **more)",
            "log.print('a')",
            "tyk.log('a', 'info')",
        ] {
            assert_eq!(found("print-buffered", &pre(&body(line))), [], "{line}");
        }
        let own = format!("def print(text): pass\n{}", body("print('a')"));
        assert_eq!(found("print-buffered", &pre(&own)), []);
    }
}
