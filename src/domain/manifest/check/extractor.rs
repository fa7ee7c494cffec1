//! `id_extractor`: combinations that cannot work, or that give all callers one session. A Gateway checks nothing at
//! load.

use super::super::{Config, Extractor, Manifest};
use super::finding;
use crate::domain::json::{Document, Place, Value};
use crate::domain::task::{Finding, Severity};

/// What every request is answered where an extractor finds nothing.
const MISSING: &str = "every request is answered 400 Authorization field missing";
/// What an extractor does that gives everybody the same id.
const SHARED: &str = "all callers share one session, and after the first one the auth hook is not called again for anybody";
const WORKING: &str =
    "header with value or regex, form with value or regex, body with regex or xpath";

pub(super) fn check(document: &Document, manifest: &Manifest, found: &mut Vec<Finding>) {
    let extractor = &manifest.custom_middleware.id_extractor;
    let Some(value) = document
        .root()
        .field("custom_middleware")
        .and_then(|middleware| middleware.field("id_extractor"))
    else {
        return;
    };
    let (from, with) = (extractor.extract_from.as_str(), extractor.extract_with.as_str());
    if extractor.disabled || (from.is_empty() && with.is_empty()) {
        return;
    }
    let place = |key: &str| value.field(key).map_or(value.place(), Value::place);
    let mut say = |severity, place: Place, message: String| {
        found.push(finding(severity, place, message));
    };
    if !matches!(with, "value" | "regex" | "xpath") {
        let what = if with.is_empty() {
            "extract_with is not set".into()
        } else {
            format!("extract_with {with} is unknown")
        };
        let message = format!("{what}: the extractor is not used. What works: {WORKING}");
        return say(Severity::Error, place("extract_with"), message);
    }
    match (from, with) {
        ("header" | "form", "value" | "regex") | ("body", "regex" | "xpath") => {}
        ("body", _) => {
            let message = format!("extract_from body with value: {SHARED}. What works: {WORKING}");
            return say(Severity::Error, place("extract_with"), message);
        }
        ("header" | "form", _) => {
            let message =
                format!("extract_from {from} with xpath does not work. What does: {WORKING}");
            return say(Severity::Error, place("extract_with"), message);
        }
        _ => {
            let what =
                if from.is_empty() { "is not set".into() } else { format!("{from} is unknown") };
            let message = format!("extract_from {what}: {SHARED}. What works: {WORKING}");
            return say(Severity::Error, place("extract_from"), message);
        }
    }
    if manifest.custom_middleware.auth_check.name.is_empty() {
        let message = "id_extractor is used by auth_check alone, and there is none".into();
        say(Severity::Warning, value.place(), message);
    }
    let at = value.field("extractor_config").map_or(value.place(), Value::place);
    for (needed, by) in needs(from, with) {
        if text(extractor, needed).is_none_or(str::is_empty) {
            let message = format!("{by} needs {needed} in extractor_config: without it {MISSING}");
            say(Severity::Error, at, message);
        }
    }
    if with == "regex" {
        let key_place = |key: &str| {
            let config = value.field("extractor_config");
            config.and_then(|config| config.field(key)).map_or(at, Value::place)
        };
        let groups = match text(extractor, "regex_expression").map(regex::Regex::new) {
            Some(Err(regex::Error::Syntax(said))) if !uses_go_alone(extractor) => {
                let why = said.lines().last().unwrap_or_default().trim_start_matches("error: ");
                let message = format!("not a regular expression of Go's ({why}): {MISSING}");
                say(Severity::Error, key_place("regex_expression"), message);
                0
            }
            Some(Ok(regex)) => regex.captures_len() - 1,
            _ => 0,
        };
        index(extractor, groups, |message| {
            say(Severity::Warning, key_place("regex_match_index"), message);
        });
    }
}

/// The settings that a combination cannot do without, and what needs them.
fn needs(from: &str, with: &str) -> Vec<(&'static str, &'static str)> {
    let mut needs = Vec::new();
    match from {
        "header" => needs.push(("header_name", "extract_from header")),
        "form" => needs.push(("param_name", "extract_from form")),
        _ => {}
    }
    match with {
        "regex" => needs.push(("regex_expression", "extract_with regex")),
        "xpath" => needs.push(("xpath_expression", "extract_with xpath")),
        _ => {}
    }
    needs
}

/// A setting in any case, as Gateways read it.
fn setting<'a>(extractor: &'a Extractor, name: &str) -> Option<&'a Config> {
    let config = extractor.extractor_config.as_ref()?;
    config.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn text<'a>(extractor: &'a Extractor, name: &str) -> Option<&'a str> {
    match setting(extractor, name)? {
        Config::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether the expression has what Go's syntax has and the one we check with has not.
fn uses_go_alone(extractor: &Extractor) -> bool {
    let expression = text(extractor, "regex_expression").unwrap_or_default();
    [r"\Q", r"\C", "[["].iter().any(|only| expression.contains(only))
}

fn index(extractor: &Extractor, groups: usize, mut say: impl FnMut(String)) {
    match setting(extractor, "regex_match_index") {
        None | Some(Config::Null) => {}
        Some(Config::Number(index)) if index.fract() == 0.0 && *index >= 0.0 => {
            if *index >= 1.0 && groups > 0 {
                say(format!(
                    "regex_match_index counts whole matches from 0, not capture groups: {index} is match number {}",
                    index + 1.0
                ));
            }
        }
        Some(_) => say("regex_match_index must be a whole number from 0 on, without quotes".into()),
    }
}
