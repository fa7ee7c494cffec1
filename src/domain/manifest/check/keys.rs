//! Keys: unknown ones, doubles, and other spellings.

use super::super::names::{CONFIG, DEFINITION, EXTRACTOR, MIDDLEWARE, TOP, known};
use super::finding;
use crate::domain::json::{Document, Kind, Value};
use crate::domain::nearest::nearest;
use crate::domain::task::{Finding, Severity};

pub(super) fn check(document: &Document, found: &mut Vec<Finding>) {
    for (name, value) in object(document.root(), TOP, found) {
        if name == "custom_middleware" {
            middleware(value, found);
        }
    }
}

fn middleware(value: Value<'_>, found: &mut Vec<Finding>) {
    for (name, value) in object(value, MIDDLEWARE, found) {
        match name {
            "driver" => {}
            "auth_check" | "traffic_logs" => {
                object(value, DEFINITION, found);
            }
            "id_extractor" => {
                for (name, value) in object(value, EXTRACTOR, found) {
                    if name == "extractor_config" {
                        config(value, found);
                    }
                }
            }
            _ if value.kind() == Kind::Array => {
                for element in value.children() {
                    object(element, DEFINITION, found);
                }
            }
            _ => {}
        }
    }
}

/// Checks an object's keys; returns its known members.
fn object<'a>(
    value: Value<'a>,
    names: &[&'static str],
    found: &mut Vec<Finding>,
) -> Vec<(&'static str, Value<'a>)> {
    if value.kind() != Kind::Object {
        return Vec::new();
    }
    let mut members: Vec<(&'static str, Value<'a>)> = Vec::new();
    for child in value.children() {
        let key = child.key().unwrap_or_default();
        let Some(name) = known(&key, names) else {
            unknown(&key, child, names, found);
            continue;
        };
        if key != name {
            let message = format!("readers take {key} for {name}, its usual spelling");
            found.push(finding(Severity::Hint, child.key_place(), message));
        }
        if let Some((_, first)) = members.iter().find(|(other, _)| *other == name) {
            let how = match child.kind() {
                Kind::Array if name != "file_list" => {
                    "this one counts, but its elements are read onto the earlier ones, whose values \
                     stay where these say nothing"
                }
                Kind::Object => "both are read, one onto the other",
                _ => "the last one counts",
            };
            let message =
                format!("{name} is here a second time (first at {}): {how}", first.key_place());
            found.push(finding(Severity::Warning, child.key_place(), message));
        }
        members.push((name, child));
    }
    members
}

fn unknown(key: &str, member: Value<'_>, names: &[&'static str], found: &mut Vec<Finding>) {
    let shown: String = key.chars().take(60).collect();
    let (severity, message) = match nearest(&shown, names.iter().copied()) {
        Some(name) => (
            Severity::Warning,
            format!("unknown key {shown}, which Gateways ignore: did you mean {name}?"),
        ),
        None => (
            Severity::Hint,
            format!("unknown key {shown}: Gateways ignore it, and the bundle leaves it out"),
        ),
    };
    found.push(finding(severity, member.key_place(), message));
}

/// `extractor_config` is a map: every key goes into the bundle, and equal ones are equal in every letter.
fn config(value: Value<'_>, found: &mut Vec<Finding>) {
    if value.kind() != Kind::Object {
        return;
    }
    let mut seen: Vec<(String, Value<'_>)> = Vec::new();
    for child in value.children() {
        let key = child.key().unwrap_or_default();
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == key) {
            let message = format!(
                "{key} is here a second time (first at {}): the last one counts",
                first.key_place()
            );
            found.push(finding(Severity::Warning, child.key_place(), message));
        }
        if known(&key, CONFIG).is_none() {
            // The OAS form of the same setting has other names.
            let meant = match key.as_str() {
                "formParamName" => Some("param_name"),
                _ => nearest(&key, CONFIG.iter().copied()),
            };
            if let Some(meant) = meant {
                let message = format!("no extractor reads {key}: did you mean {meant}?");
                found.push(finding(Severity::Warning, child.key_place(), message));
            }
        }
        seen.push((key, child));
    }
}
