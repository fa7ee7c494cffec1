//! An empty value that the schema of Tyk OAS refuses.

use crate::domain::api::{Kind, Phase};
use crate::domain::json;
use crate::domain::lint::text::is_there;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "oas-empty-value",
    severity: Severity::Error,
    about: "An empty driver, an empty or absent bundle path and an empty list of plugins are refused (400), the path even where the bundle is switched off: leave the key out instead.",
    source: "recorded: 312, 319, 320, 321, 351",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Oas) {
        let driver = text.definition.driver();
        if driver.value.is_some() && driver.is_blank() {
            let fix = driver.value.and_then(|value| text.remove(value));
            report
                .on_field(&text, &driver, "an empty driver is refused: leave the key out")
                .fixed_by(fix);
        }
        let name = text.definition.bundle().name;
        let bundle = text.definition.field(&[
            "x-tyk-api-gateway",
            "middleware",
            "global",
            "pluginConfig",
            "bundle",
        ]);
        if is_there(&bundle) && name.is_blank() {
            let message = "a bundle without a path is refused, also where it is switched off: leave bundle out";
            let fix = bundle.value.and_then(|value| text.remove(value));
            report.on_field(&text, &name, message).fixed_by(fix);
        }
        for list in Phase::ALL.into_iter().filter_map(|phase| text.definition.plugin_list(phase)) {
            if is_there(&list)
                && list.elements().next().is_none()
                && list.value.is_some_and(|list| list.kind() == json::Kind::Array)
            {
                let fix = list.value.and_then(|value| text.remove(value));
                let message = "an empty list of plugins is refused: leave the key out";
                report.on_field(&text, &list, message).fixed_by(fix);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, oas};

    #[test]
    fn the_key_is_left_out() {
        for global in [
            r#""pluginConfig": {"driver": ""}"#,
            r#""pluginConfig": {"bundle": {"enabled": false, "path": ""}}"#,
            r#""pluginConfig": {"bundle": {"enabled": false}}"#,
        ] {
            let fixed = fixed("oas-empty-value", &oas("", global));
            assert!(fixed.contains(r#""pluginConfig": {}"#), "{fixed}");
        }
        assert_eq!(found("oas-empty-value", &oas("", r#""prePlugins": []"#)).len(), 1);
        assert_eq!(found("oas-empty-value", &oas("", r#""pluginConfig": {"driver": "grpc"}"#)), []);
        assert_eq!(
            found("oas-empty-value", &api(r#"{"custom_middleware": {"driver": "", "pre": []}}"#)),
            []
        );
    }
}
