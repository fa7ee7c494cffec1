//! A header that is asked for by a name that none has.

use super::plugin::called_hooks;
use super::{Facts, Report, Rule};
use crate::domain::code::python::{Deed, Role};
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "header-case",
    severity: Severity::Hint,
    about: "get_header compares case, and the Gateway gives every header its canonical name: X-Gone, never x-gone.",
    source: "Tyk Gateway 5.14: recorded (pre-headers)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for hook in called_hooks(facts) {
        for touch in hook.touches() {
            let Deed::Call(call) = &touch.act.deed else { continue };
            if touch.role != Role::Request || touch.names() != ["get_header"] {
                continue;
            }
            let Some(argument) = call.arguments.first() else { continue };
            let Some(name) = argument.value.text() else { continue };
            let canonical = canonical(name);
            if canonical == name {
                continue;
            }
            let span = argument.value.span.clone();
            let edit = Edit { span, text: format!("\"{canonical}\"") };
            let fix = hook.plugin.fix(hook.source, format!("ask for {canonical}"), vec![edit]);
            let message = format!("no header is called {name}: {canonical} is, and case counts");
            hook.say(report, touch.act.span.start, message).fixed_by(fix);
        }
    }
}

/// A header's name as Go writes it; one that has other characters than a name may have stays.
fn canonical(name: &str) -> String {
    let may = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if !name.chars().all(may) {
        return name.to_owned();
    }
    let mut begins = true;
    let cased = name.chars().map(|c| {
        let cased = if begins { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        begins = c == '-';
        cased
    });
    cased.collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, mended, pre};

    #[test]
    fn a_name_that_no_header_has() {
        let facts = pre(&body("x = request.get_header('x-api-key')"));
        let caught = found("header-case", &facts);
        assert!(mended(&facts, &caught[0]).contains(r#"get_header("X-Api-Key")"#));
        for line in [
            "request.get_header('X-Api-Key')",
            "request.get_header(name)",
            "request.add_header('x', 'y')",
        ] {
            assert_eq!(found("header-case", &pre(&body(line))), [], "{line}");
        }
    }
}
