//! Findings as `JUnit`'s XML: errors and warnings are failures, hints are cases that passed with a word.

use std::fmt::Write as _;

use super::text::{place, word};
use crate::domain::lint::Finding;
use crate::domain::task::Severity;

pub(super) fn suite(findings: &[Finding]) -> String {
    let failures = findings.iter().filter(|it| it.severity > Severity::Hint).count();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"tyk-tui lint\" \
         tests=\"{}\" failures=\"{failures}\" errors=\"0\">\n",
        findings.len().max(1),
    );
    if findings.is_empty() {
        // Readers of an empty suite say that nothing ran.
        xml.push_str("    <testcase classname=\"tyk-tui.lint\" name=\"nothing found\"/>\n");
    }
    for finding in findings {
        let name = escaped(&format!("{} at {}", finding.rule, place(finding)));
        let file = escaped(&finding.file);
        let _ = writeln!(xml, "    <testcase classname=\"{file}\" name=\"{name}\">");
        let message = escaped(&finding.message);
        let _ = match finding.severity {
            Severity::Hint => writeln!(xml, "      <system-out>{message}</system-out>"),
            severity => {
                writeln!(xml, "      <failure type=\"{}\" message=\"{message}\"/>", word(severity))
            }
        };
        xml.push_str("    </testcase>\n");
    }
    xml.push_str("  </testsuite>\n</testsuites>");
    xml
}

/// Text of an element or an attribute; what XML 1.0 cannot hold at all becomes U+FFFD.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => safe.push(char::REPLACEMENT_CHARACTER),
            c if c.is_control() => safe.push(char::REPLACEMENT_CHARACTER),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_file_is_called_it_stays_xml() {
        assert_eq!(escaped("a<b>&\"\u{1}\n"), "a&lt;b&gt;&amp;&quot;\u{fffd} ");
        assert!(suite(&[]).contains("tests=\"1\" failures=\"0\""));
    }
}
