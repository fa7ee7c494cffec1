//! A value of another type than its key's.

use serde_json::Value as Json;

use super::sections::{Member, Shape, members};
use crate::domain::json::{Kind, Value};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::manifest;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    about: "A manifest or classic definition with a value of a wrong type is not read at all. The schema of Tyk OAS checks the first plugin of a list alone; a later one whose value has a wrong type silently becomes disabled.",
    source: "Go's encoding/json; recorded: classic 044, Tyk OAS 349, 350, 352",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        for mismatch in manifest::read(manifest.document()).1 {
            report.say(&manifest.file, mismatch.message).at(mismatch.place);
        }
    }
    for text in facts.api_texts() {
        for Member { value, name, shape, .. } in members(&text) {
            let Some(shape) = shape else { continue };
            if let Some(expected) = expected(shape, value) {
                let what = name.unwrap_or("an element");
                let message = format!("{what} is {}, expected {expected}", value.kind().word());
                let fix = meant(shape, value).and_then(|meant| text.set(&value.path(), meant));
                report.on_value(&text, value, message).fixed_by(fix);
            }
        }
    }
}

/// What is expected there, where it is something else; null is Go's zero value.
fn expected(shape: Shape, value: Value<'_>) -> Option<&'static str> {
    let kind = value.kind();
    let (fits, expected) = match shape {
        Shape::Any => return None,
        Shape::Bool => (kind == Kind::Bool, "true or false, without quotes"),
        Shape::Text => (kind == Kind::String, "a string in double quotes"),
        Shape::Whole => (
            value.number().is_some_and(|number| number.fract() == 0.0),
            "a whole number, without quotes",
        ),
        Shape::Map | Shape::Object(_) | Shape::Lists(_) => (kind == Kind::Object, "an object"),
        Shape::Texts | Shape::List(_) => (kind == Kind::Array, "a list"),
    };
    (!fits && kind != Kind::Null).then_some(expected)
}

/// The value that was put in quotes.
fn meant(shape: Shape, value: Value<'_>) -> Option<Json> {
    let text = value.string()?;
    match shape {
        Shape::Bool => text.parse().ok().map(Json::Bool),
        Shape::Whole => text.parse::<u32>().ok().map(Json::from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, fixed, found, manifest, oas};
    use crate::domain::task::Severity;

    #[test]
    fn every_plugin_of_a_list_is_looked_at() {
        let facts = oas(
            "",
            r#""prePlugins": [{"enabled": true, "functionName": "A"}, {"enabled": "true", "functionName": 1}]"#,
        );
        let path = "x-tyk-api-gateway.middleware.global.prePlugins[1]";
        assert_eq!(
            caught("wrong-type", &facts),
            [
                (Severity::Error, format!("{path}.enabled")),
                (Severity::Error, format!("{path}.functionName"))
            ]
        );
        assert!(fixed("wrong-type", &facts).contains(r#"{"enabled": true, "functionName": 1}"#));
    }

    #[test]
    fn what_a_reader_stops_on() {
        let found_in = |text: &str| found("wrong-type", &api(text)).len();
        assert_eq!(found_in(r#"{"use_keyless": "false"}"#), 1);
        assert_eq!(found_in(r#"{"custom_middleware": {"pre": {"name": "A"}}}"#), 1);
        assert_eq!(found_in(r#"{"event_handlers": {"events": {"AuthFailure": {}}}}"#), 1);
        assert_eq!(found_in(r#"{"use_keyless": null, "custom_middleware": null}"#), 0);
        let text = r#"{"file_list": "a.txt"}"#;
        let found = found("wrong-type", &manifest(text));
        assert!(found[0].message.starts_with("file_list is a string, expected a list"));
    }
}
