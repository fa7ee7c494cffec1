//! Findings for people: a line each, with what mends it, and how many there are.

use std::fmt::Write as _;

use super::is_mended_by_itself;
use crate::domain::lint::Finding;
use crate::domain::task::Severity;

/// In a word.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

/// `file:line:column`, as editors find it.
pub(super) fn place(finding: &Finding) -> String {
    match finding.place {
        Some(place) => format!("{}:{place}", finding.file),
        None => finding.file.clone(),
    }
}

pub(super) fn findings(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let severity = word(finding.severity);
        let _ =
            writeln!(text, "{}: {severity}[{}]: {}", place(finding), finding.rule, finding.message);
        if let Some(fix) = &finding.fix {
            let guess = if fix.sure { "" } else { " (a guess: not by --fix)" };
            let _ = writeln!(text, "    fix: {}{guess}", fix.title);
        }
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counted = |count, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let counts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Hint]
        .into_iter()
        .filter_map(|severity| counted(count(severity), word(severity)))
        .collect();
    if counts.is_empty() {
        return "nothing found".to_owned();
    }
    let fixable = findings.iter().filter(|finding| is_mended_by_itself(finding)).count();
    text.push_str(&counts.join(", "));
    if fixable > 0 {
        let _ = write!(text, " ({fixable} can be mended by --fix)");
    }
    text
}
