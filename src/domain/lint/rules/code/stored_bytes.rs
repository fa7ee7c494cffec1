//! What was stored, taken for text when it comes back.

use std::ops::Range;

use super::plugin::{Plugin, plugins};
use super::{Facts, Report, Rule};
use crate::domain::code::Source;
use crate::domain::code::python::{Act, Call, Deed, Module, Path};
use crate::domain::json::Edit;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "stored-bytes",
    severity: Severity::Warning,
    about: "store_data takes text, and get_data gives bytes, b'' where there is nothing: no text equals them, and they \
            join and split with bytes alone. Decode them first.",
    source: "Tyk Gateway 5.14: recorded (store-data)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for plugin in plugins(facts) {
        for source in plugin.sources() {
            let module = &source.python;
            for act in module.acts.iter().filter(|act| !act.guarded) {
                match &act.deed {
                    Deed::Call(call) => {
                        if let Some(method) = method_of_text(module, call, act.scope) {
                            let message = format!(
                                "get_data gives bytes, whose {method} takes no text: decode them first"
                            );
                            plugin
                                .say(report, source, act.span.start, message)
                                .as_grave_as(Severity::Error);
                        }
                    }
                    Deed::Use(path) if is_stored(module, path, act.scope) => {
                        meets_text(plugin, source, path.span.clone(), report);
                    }
                    Deed::Assign { target, .. } if is_stored(module, target, act.scope) => {
                        for span in later(source, act, target) {
                            meets_text(plugin, source, span, report);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Where a name that was assigned stands later in its function.
fn later(source: &Source, act: &Act, target: &Path) -> Vec<Range<usize>> {
    let end = act.scope.map_or(source.text.len(), |at| source.python.definitions[at].span.end);
    let Some(text) = source.text.get(act.span.end..end).filter(|_| target.is_name()) else {
        return Vec::new();
    };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let found =
        text.match_indices(target.root.as_str()).filter(|(at, _)| !text[..*at].ends_with(is_part));
    found.map(|(at, word)| act.span.end + at..act.span.end + at + word.len()).collect()
}

/// Tells of bytes beside text in quotes.
fn meets_text(plugin: Plugin<'_>, source: &Source, bytes: Range<usize>, report: &mut Report<'_>) {
    let Some((operator, at)) = before_text(&source.text, bytes.end) else { return };
    let (severity, what) = match operator {
        "+" => (Severity::Error, "to which no text can be added"),
        _ => (Severity::Warning, "which no text equals"),
    };
    let edit = Edit { span: at..at, text: "b".to_owned() };
    let fix = plugin.fix(source, "write bytes", vec![edit]);
    let message = format!("get_data gives bytes, {what}: decode them, or write b'\u{2026}'");
    plugin.say(report, source, bytes.start, message).as_grave_as(severity).fixed_by(fix);
}

/// Whether this is what `get_data` gave, at once or by a name.
fn is_stored(module: &Module, path: &Path, scope: Option<usize>) -> bool {
    let given = if path.is_name() { module.given(&path.root, scope) } else { Some(path) };
    let called = given.and_then(Path::called);
    let meaning = called.and_then(|path| module.meaning(&path, scope));
    meaning.as_deref() == Some("gateway.TykGateway.get_data")
}

/// A method of what `get_data` gave that is called with text.
fn method_of_text<'a>(module: &Module, call: &'a Call, scope: Option<usize>) -> Option<&'a str> {
    let (method, steps) = call.callee.steps.split_last()?;
    let method = method.attribute().filter(|name| METHODS.contains(name))?;
    call.positional().next()?.value.text()?;
    let object = Path { steps: steps.to_vec(), ..call.callee.clone() };
    is_stored(module, &object, scope).then_some(method)
}

/// Methods of bytes and text alike whose first value must be of the same kind.
const METHODS: &[&str] = &[
    "count",
    "endswith",
    "find",
    "index",
    "lstrip",
    "partition",
    "replace",
    "rfind",
    "rsplit",
    "rstrip",
    "split",
    "startswith",
    "strip",
];

/// The operator that stands there, where a text in quotes follows, and where that begins.
fn before_text(source: &str, end: usize) -> Option<(&'static str, usize)> {
    let rest = source.get(end..)?;
    let after = rest.trim_start_matches(' ');
    let operator = ["==", "!=", "+"].into_iter().find(|it| after.starts_with(it))?;
    let text = after[operator.len()..].trim_start_matches(' ');
    text.starts_with(['"', '\'']).then(|| (operator, source.len() - text.len()))
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{body, found, mended, pre};
    use crate::domain::task::Severity;

    #[test]
    fn text_that_bytes_meet() {
        for (line, severity) in [
            ("if tyk.get_data('k') == 'x': pass", Severity::Warning),
            ("x = tyk.get_data('k')\n    if x != \"\": pass", Severity::Warning),
            ("x = tyk.get_data('k') + 'y'", Severity::Error),
            ("x = tyk.get_data('k').split(',')", Severity::Error),
            ("x = tyk.get_data('k')\n    y = x.startswith('a')", Severity::Error),
        ] {
            let caught = found("stored-bytes", &pre(&body(line)));
            assert_eq!(caught.len(), 1, "{line}: {caught:?}");
            assert_eq!(caught[0].severity, severity, "{line}");
        }
        let facts = pre(&body("if tyk.get_data('k') == 'x': pass"));
        let text = mended(&facts, &found("stored-bytes", &facts)[0]);
        assert!(text.contains("== b'x'"), "{text}");
    }

    #[test]
    fn bytes_and_what_was_decoded_are_left_alone() {
        for line in [
            "if tyk.get_data('k') == b'x': pass",
            "if tyk.get_data('k').decode() == 'x': pass",
            "x = tyk.get_data('k').decode('utf-8')\n    if x == 'y': pass",
            "x = json.loads(tyk.get_data('k'))\n    if x == 'y': pass",
            "x = tyk.get_data('k').split(b',')",
            "if int(tyk.get_data('k') or 0) > 5: pass",
            "if other.get_data('k') == 'x': pass",
            "x = tyk.get_data('k')\n    y = 'a' if max == 'b' else x",
            "x = tyk.get_data('k')\n    x = x.decode()\n    if x == 'y': pass",
        ] {
            assert_eq!(found("stored-bytes", &pre(&body(line))), [], "{line}");
        }
    }
}
