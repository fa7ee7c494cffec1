//! Findings as JSON, and as annotations of GitHub's workflows.

use serde_json::{Value, json};

use super::text::word;
use crate::domain::lint::{Finding, Fix, Rule};
use crate::domain::task::Severity;

/// `{"problems": […]}`.
pub(super) fn json(findings: &[Finding]) -> Value {
    let problems: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "rule": finding.rule,
                "severity": word(finding.severity),
                "file": finding.file,
                "line": finding.place.map(|place| place.line),
                "column": finding.place.map(|place| place.column),
                "path": finding.path.as_ref().map(ToString::to_string),
                "message": finding.message,
                "fix": finding.fix.as_ref().map(fix),
            })
        })
        .collect();
    json!({ "problems": problems })
}

/// Offsets are of bytes in the file as it is; one that is not `sure` is left alone by `--fix`.
fn fix(fix: &Fix) -> Value {
    let edits: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"start": edit.span.start, "end": edit.span.end, "text": edit.text}))
        .collect();
    json!({"title": fix.title, "file": fix.file, "edits": edits, "sure": fix.sure})
}

/// What is known of a rule.
pub(super) fn rule(rule: &Rule) -> Value {
    json!({
        "rule": rule.id,
        "severity": word(rule.severity),
        "about": rule.about,
        "source": rule.source,
    })
}

/// `::error file=…,line=…,col=…,title=…::message`, a line each.
pub(super) fn github(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let place = finding
            .place
            .map_or_else(String::new, |place| format!(",line={},col={}", place.line, place.column));
        format!(
            "::{command} file={}{place},title={}::{}",
            property(&finding.file),
            finding.rule,
            message(&finding.message)
        )
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Escaped as the runner reads a command's message.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escaped as the runner reads a command's property.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::Place;

    #[test]
    fn annotations_are_escaped() {
        let finding = Finding {
            rule: "a-rule",
            severity: Severity::Warning,
            file: "a,b:c.json".into(),
            place: Some(Place { line: 3, column: 5 }),
            path: None,
            message: "50%\nof it: x".into(),
            fix: None,
        };
        assert_eq!(
            github(&[finding]),
            "::warning file=a%2Cb%3Ac.json,line=3,col=5,title=a-rule::50%25%0Aof it: x"
        );
    }
}
