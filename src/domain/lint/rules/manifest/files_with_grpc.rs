//! Code in a bundle that nobody runs.

use super::listed::{names, text};
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Fix, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "files-with-grpc",
    severity: Severity::Warning,
    about: "Hooks of the driver grpc run in a plugin server: a Gateway unpacks the files of the bundle, and runs none of them.",
    source: "the Gateway's source, gateway/coprocess.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (manifest, name, value) in names(facts) {
        let driver = manifest.definition.driver();
        let runs = match name.rsplit_once('.') {
            Some((_, "py")) => "python",
            Some((_, "js")) => "otto",
            Some((_, "lua")) => "lua",
            Some((_, "so")) => "goplugin",
            _ => continue,
        };
        if driver.text() == "grpc" {
            let text = text(manifest);
            let message = format!(
                "the driver is grpc, whose hooks run in a plugin server: {} is not run. Is the driver {runs} meant?",
                shown(&name)
            );
            report
                .on_value(&text, value, message)
                .fixed_by(text.set(&driver.path, runs).map(Fix::guessed));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, manifest};

    #[test]
    fn code_is_another_drivers() {
        let with = |file: &str, driver: &str| {
            manifest(&format!(
                r#"{{"file_list": ["{file}"], "custom_middleware": {{"driver": "{driver}"}}}}"#
            ))
        };
        let text = fixed("files-with-grpc", &with("middleware.py", "grpc"));
        assert!(text.contains(r#""driver": "python""#));
        assert_eq!(found("files-with-grpc", &with("middleware.py", "python")), []);
        // A file of any kind gives the signature something to bind.
        assert_eq!(found("files-with-grpc", &with("README.txt", "grpc")), []);
    }
}
