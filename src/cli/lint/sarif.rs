//! Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the code.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::domain::lint::{self, Finding};
use crate::domain::task::Severity;

/// What a relative URI may hold as it is.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// One run: the rules, and a result a finding.
pub(super) fn log(findings: &[Finding]) -> Value {
    let rules: Vec<Value> = lint::all()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": {"text": rule.about},
                "help": {"text": format!("{}\n\nSource: {}", rule.about, rule.source)},
                "defaultConfiguration": {"level": level(rule.severity)},
            })
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(finding: &Finding) -> Value {
    let uri = utf8_percent_encode(&finding.file, KEPT).to_string();
    // Relative to where the command ran, which code hosts take for the repository's root.
    let mut location = match uri.strip_prefix('/') {
        Some(path) => json!({"artifactLocation": {"uri": format!("file:///{path}")}}),
        None => json!({"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}}),
    };
    if let Some(place) = finding.place {
        location["region"] = json!({"startLine": place.line, "startColumn": place.column});
    }
    json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}
