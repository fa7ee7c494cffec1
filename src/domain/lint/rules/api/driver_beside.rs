//! A driver in the wrong place.

use crate::domain::api::Kind;
use crate::domain::json::Edit;
use crate::domain::lint::Fix;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "driver-beside",
    severity: Severity::Hint,
    about: "Gateways read the driver in custom_middleware, in Tyk OAS in pluginConfig: one beside it is ignored.",
    source: "users' threads; the key is in no other section of the Gateway's types",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let beside: &[&str] = match text.definition.kind() {
            Kind::Classic => &["driver"],
            _ => &["x-tyk-api-gateway", "middleware", "global", "driver"],
        };
        let beside = text.definition.field(beside);
        let driver = text.definition.driver();
        if beside.value.is_some() {
            let message = format!("Gateways ignore a driver here: it belongs to {}", driver.path);
            let fix = if driver.is_blank() { text.set(&driver.path, beside.text()) } else { None };
            let moved = fix.zip(beside.value.and_then(|value| text.remove(value)));
            let fix = moved.map(|(set, remove)| Fix {
                title: "move it there".into(),
                file: set.file,
                edits: in_order(set.edits.into_iter().chain(remove.edits).collect()),
                sure: true,
            });
            report.on_field(&text, &beside, message).fixed_by(fix.filter(|fix| !overlap(fix)));
        }
    }
}

/// From the last to the first, as a fix applies them.
fn in_order(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    edits
}

fn overlap(fix: &Fix) -> bool {
    fix.edits.windows(2).any(|pair| pair[1].span.end > pair[0].span.start)
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, manifest};

    #[test]
    fn it_is_moved() {
        let text = r#"{"driver": "grpc", "custom_middleware": {"pre": [{"name": "A"}]}}"#;
        let moved = r#"{"custom_middleware": {"pre": [{"name": "A"}], "driver": "grpc"}}"#;
        assert_eq!(fixed("driver-beside", &api(text)), moved);
        assert_eq!(fixed("driver-beside", &manifest(text)), moved);
        assert_eq!(found("driver-beside", &api(moved)), []);
    }
}
