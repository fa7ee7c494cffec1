//! What only a newer Gateway knows.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "newer-gateway",
    severity: Severity::Hint,
    about: "traffic_logs, code and the driver javascript came with the pre-releases of 5.15: older Gateways ignore the keys and answer 500 for the driver.",
    source: "the Gateway's types of 5.14 and 5.15.0-alpha8; recorded builds and loads",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let logs = text.definition.field(&["custom_middleware", "traffic_logs"]);
        // A Gateway of 5.15 writes it empty where there is none.
        if !logs.member("name").is_blank() {
            let message =
                "traffic_logs needs a Gateway of 5.15 (and a Go plugin); older ones ignore it";
            report.on_field(&text, &logs, message);
        }
        for plugin in text.definition.plugins() {
            if !plugin.code.is_blank() {
                let message = "code needs a Gateway of 5.15; older ones ignore it";
                report.on_field(&text, &plugin.code, message);
            }
        }
        let driver = text.definition.driver();
        if driver.text() == "javascript" {
            let message = "the driver javascript needs a Gateway of 5.15; older ones know otto";
            report.on_field(&text, &driver, message).fixed_by(text.set(&driver.path, "otto"));
        }
    }
}

#[cfg(test)]
mod tests {

    use crate::domain::lint::rules::try_on::{api, fixed, found, manifest, middleware};

    #[test]
    fn keys_and_driver_of_5_15() {
        let facts =
            middleware(r#""traffic_logs": {"name": "L"}, "pre": [{"name": "A", "code": "eA=="}]"#);
        assert_eq!(found("newer-gateway", &facts).len(), 2);
        let facts = manifest(r#"{"custom_middleware": {"driver": "javascript"}}"#);
        assert!(fixed("newer-gateway", &facts).contains(r#""driver": "otto""#));
        let text = r#"{"custom_middleware": {"driver": "otto", "pre": [{"name": "A", "code": ""}], "traffic_logs": {"name": ""}}}"#;
        assert_eq!(found("newer-gateway", &api(text)), []);
    }
}
