//! Hooks without a driver.

use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::manifest::DRIVERS;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "missing-driver",
    severity: Severity::Error,
    about: "Without a driver the bundler refuses the manifest (No driver specified), and a Gateway answers 500 to every request of the API.",
    source: "the reference tool; recorded: classic 270",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.texts() {
        let driver = text.definition.driver();
        let has_hooks = text.definition.plugins().iter().any(|plugin| !plugin.is_disabled());
        let needs = text.is_manifest || (has_hooks && !text.definition.bundle().is_used());
        if !needs || !driver.is_blank() {
            continue;
        }
        let names: Vec<_> = DRIVERS.iter().map(|driver| driver.name).collect();
        let message = format!("No driver specified: set driver to one of {}", names.join(", "));
        // Code runs by its driver; a name without a file can only be a plugin server's.
        let paths = text.definition.plugins().iter().any(|plugin| !plugin.code_path.is_blank());
        let files = text.definition.field(&["file_list"]).elements().next().is_some();
        let fix =
            if paths || files { None } else { text.set(&driver.path, "grpc").map(Fix::guessed) };
        report.on_field(&text, &driver, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found, manifest, oas};

    #[test]
    fn hooks_need_one() {
        let facts = api(r#"{"custom_middleware": {"pre": [{"name": "A"}]}}"#);
        let fixed = fixed("missing-driver", &facts);
        assert!(fixed.contains(r#""driver": "grpc""#), "{fixed}");
        let plugin = r#""prePlugins": [{"enabled": true, "functionName": "A"}]"#;
        assert_eq!(found("missing-driver", &oas("", plugin)).len(), 1);
        let found = found(
            "missing-driver",
            &manifest(r#"{"file_list": ["a.py"], "custom_middleware": {}}"#),
        );
        assert_eq!(found[0].fix, None, "which driver runs a.py is its author's to say");
    }

    #[test]
    fn an_api_without_hooks_or_with_a_bundle_needs_none() {
        for text in [
            r#"{"custom_middleware": {"driver": ""}}"#,
            r#"{"custom_middleware": {"pre": [{"name": "A", "disabled": true}]}}"#,
            r#"{"custom_middleware_bundle": "b.zip", "custom_middleware": {"pre": [{"name": "A"}]}}"#,
        ] {
            assert_eq!(found("missing-driver", &api(text)), [], "{text}");
        }
    }
}
