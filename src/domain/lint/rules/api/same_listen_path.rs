//! Two APIs with one listen path.

use std::collections::HashSet;

use super::beside::{are_two, pairs};
use crate::domain::api::Kind;
use crate::domain::lint::text::{Text, shown};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "same-listen-path",
    severity: Severity::Warning,
    about: "Of APIs with the same listen path, those that are not yet served there get -<API id> appended: callers do not find them where they are expected.",
    source: "recorded: 203 to 213",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let mut told = HashSet::new();
    for (first, second) in pairs(facts) {
        let path = |text: &Text<'_>| text.definition.summary().listen_path.text();
        let domain = |text: &Text<'_>| match text.definition.kind() {
            Kind::Classic => text.definition.field(&["domain"]).text(),
            _ => text
                .definition
                .field(&["x-tyk-api-gateway", "server", "customDomain", "name"])
                .text(),
        };
        let same = !path(&first).is_empty()
            && path(&first) == path(&second)
            && domain(&first) == domain(&second);
        if same && are_two(&first, &second) && told.insert(second.file) {
            let message = format!(
                "{} has the listen path {} too: one of them gets -<API id> appended",
                first.file,
                shown(&path(&first))
            );
            let field = second.definition.summary().listen_path;
            report.on_field(&second, &field, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found};
    use crate::domain::lint::{ApiFile, Facts};

    fn two(first: &str, second: &str) -> Facts {
        let mut facts = api(first);
        facts.apis.push(ApiFile::open("second.json", second).unwrap());
        facts
    }

    #[test]
    fn the_later_one_is_told() {
        let orders = r#"{"api_id": "a", "proxy": {"listen_path": "/orders/"}}"#;
        let caught = found("same-listen-path", &two(orders, orders));
        assert_eq!((caught.len(), caught[0].file.as_str()), (1, "second.json"));
        let other =
            r#"{"api_id": "a", "domain": "other.test", "proxy": {"listen_path": "/orders/"}}"#;
        assert_eq!(found("same-listen-path", &two(orders, other)), []);
        let projection = r#"{"api_id": "a", "is_oas": true, "proxy": {"listen_path": "/orders/"}}"#;
        assert_eq!(found("same-listen-path", &two(orders, projection)), []);
        let mut facts = two(orders, orders);
        facts.apis[1].file = "gateway:a".into();
        assert_eq!(found("same-listen-path", &facts), []);
    }
}
