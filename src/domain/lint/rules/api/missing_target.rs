//! An API without an upstream.

use crate::domain::api::Kind;
use crate::domain::effect::go_url;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-target",
    severity: Severity::Warning,
    about: "Without a target a classic API answers 500 to every request that no plugin answers itself; one that does not parse makes the Gateway skip it.",
    source: "recorded: 233, 234",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Classic) {
        let target = text.definition.summary().target;
        if target.is_blank() {
            let message = "the API has no upstream: it answers 500 to what no plugin answers";
            report.on_field(&text, &target, message);
        } else if go_url::parse(&target.text()).is_err() {
            let message = "the upstream's address does not parse: a Gateway skips the API";
            let better = target.text().replace(' ', "");
            let fix =
                if go_url::parse(&better).is_ok() { text.set(&target.path, better) } else { None };
            report.on_field(&text, &target, message).as_grave_as(Severity::Error).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn a_target_is_an_address() {
        let with = |target: &str| api(&format!(r#"{{"proxy": {{"target_url": "{target}"}}}}"#));
        assert_eq!(found("missing-target", &with("")).len(), 1);
        assert!(fixed("missing-target", &with("http:// up")).contains("http://up"));
        assert_eq!(found("missing-target", &with("http://up")), []);
    }
}
