//! A driver whose code is not in the bundle.

use super::listed::text;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::manifest::DRIVERS;
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "driver-without-files",
    severity: Severity::Warning,
    about: "Every driver but grpc runs code inside the Gateway, which it takes from the bundle.",
    source: "the Gateway's source, gateway/coprocess_bundle.go and gateway/mw_js_plugin.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        let driver = manifest.definition.driver();
        let name = driver.text();
        let is_inside = DRIVERS.iter().any(|driver| driver.name == name && !driver.dispatches);
        let has_code = manifest.definition.plugins().iter().any(|plugin| !plugin.code.is_blank());
        if is_inside && !has_code && manifest.manifest.files().is_empty() {
            let message = format!(
                "file_list is empty, but the driver {name} runs code that comes in the bundle"
            );
            report.on_field(&text(manifest), &driver, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, manifest};

    #[test]
    fn code_comes_in_the_bundle() {
        let with = |files: &str, driver: &str| {
            manifest(&format!(
                r#"{{"file_list": {files}, "custom_middleware": {{"pre": [{{"name": "P"}}], "driver": "{driver}"}}}}"#
            ))
        };
        assert_eq!(found("driver-without-files", &with("[]", "python")).len(), 1);
        assert_eq!(found("driver-without-files", &with("null", "lua")).len(), 1);
        assert_eq!(found("driver-without-files", &with("[]", "grpc")), []);
        assert_eq!(found("driver-without-files", &with(r#"["a.py"]"#, "python")), []);
    }
}
