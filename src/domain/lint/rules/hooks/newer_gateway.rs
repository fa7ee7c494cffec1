//! What only a newer Gateway knows.

use crate::domain::gateway_version::Number;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "newer-gateway",
    severity: Severity::Hint,
    about: "traffic_logs, code and the driver javascript came with the pre-releases of 5.15: older Gateways ignore the keys and answer 500 for the driver.",
    source: "the Gateway's types of 5.14 and 5.15.0-alpha8; recorded builds and loads",
    check,
};

/// The first release with them, known as a pre-release alone.
const FIRST: Number = Number::new(5, 15, 0);

fn check(facts: &Facts, report: &mut Report<'_>) {
    let severity = match facts.gateway.as_ref().and_then(|gateway| gateway.number) {
        Some(number) if number >= FIRST => return,
        Some(_) => Severity::Warning,
        None => Severity::Hint,
    };
    for text in facts.texts() {
        let logs = text.definition.field(&["custom_middleware", "traffic_logs"]);
        // A Gateway of 5.15 writes it empty where there is none.
        if !logs.member("name").is_blank() {
            let message =
                "traffic_logs needs a Gateway of 5.15 (and a Go plugin); older ones ignore it";
            report.on_field(&text, &logs, message).as_grave_as(severity);
        }
        for plugin in text.definition.plugins() {
            if !plugin.code.is_blank() {
                let message = "code needs a Gateway of 5.15; older ones ignore it";
                report.on_field(&text, &plugin.code, message).as_grave_as(severity);
            }
        }
        let driver = text.definition.driver();
        if driver.text() == "javascript" {
            let message = "the driver javascript needs a Gateway of 5.15; older ones know otto";
            let fix = text.set(&driver.path, "otto");
            report.on_field(&text, &driver, message).as_grave_as(severity).fixed_by(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::gateway_version::Gateway;
    use crate::domain::lint::rules::try_on::{api, fixed, found, manifest, middleware};
    use crate::domain::task::Severity;

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

    #[test]
    fn a_gateway_that_is_known_decides() {
        let mut facts = manifest(r#"{"custom_middleware": {"driver": "javascript"}}"#);
        assert_eq!(found("newer-gateway", &facts)[0].severity, Severity::Hint);
        facts.gateway = Some(Gateway::default());
        assert_eq!(found("newer-gateway", &facts)[0].severity, Severity::Warning);
        facts.gateway = Some("5.15.0-alpha8".parse().unwrap());
        assert_eq!(found("newer-gateway", &facts), []);
    }
}
