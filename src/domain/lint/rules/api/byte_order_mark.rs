//! A byte order mark before a classic definition.

use crate::domain::api::{Kind, Notation};
use crate::domain::json::{BYTE_ORDER_MARK, Edit};
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "byte-order-mark",
    severity: Severity::Hint,
    about: "Go's JSON, with which a Gateway reads classic definitions, refuses a byte order mark; the Dashboard may take it.",
    source: "Go's encoding/json; recorded: bundles with a marked manifest",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let definition = text.definition;
        let read_as_json =
            definition.kind() == Kind::Classic && definition.notation() == Notation::Json;
        if read_as_json && definition.has_mark() {
            let message =
                "the file begins with a byte order mark: a Gateway that reads it refuses it";
            let edit = Edit { span: 0..BYTE_ORDER_MARK.len(), text: String::new() };
            let fix = Fix::one("remove the mark", text.file, edit);
            report.on_value(&text, definition.document().root(), message).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn go_reads_none() {
        assert_eq!(
            fixed("byte-order-mark", &api("\u{feff}{\"api_id\": \"a\"}")),
            r#"{"api_id": "a"}"#
        );
        assert_eq!(found("byte-order-mark", &api(r#"{"api_id": "a"}"#)), []);
        assert_eq!(found("byte-order-mark", &api("\u{feff}x-tyk-api-gateway: {}\n")), []);
    }
}
