//! Another driver than the bundle's.

use super::bundled::pairs;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-driver",
    severity: Severity::Warning,
    about: "When a bundle loads, its manifest's driver replaces the API's: the definition's own is never used.",
    source: "recorded: bundles api-middleware-replaced",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, manifest) in pairs(facts) {
        let (ours, theirs) = (text.definition.driver(), manifest.definition.driver());
        if ours.is_blank() || theirs.is_blank() || ours.text() == theirs.text() {
            continue;
        }
        let message = format!(
            "{} says {}, and its driver counts: this one is not used",
            manifest.file,
            theirs.text()
        );
        let fix = text.set(&ours.path, theirs.text());
        report.on_field(&text, &ours, message).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::Facts;
    use crate::domain::lint::rules::try_on::{api, found, manifest};

    #[test]
    fn the_manifests_counts() {
        let with = |driver: &str| {
            let text = format!(
                r#"{{"custom_middleware_bundle": "b", "custom_middleware": {{"driver": "{driver}"}}}}"#
            );
            let manifests = manifest(r#"{"custom_middleware": {"driver": "python"}}"#).manifests;
            Facts { manifests, ..api(&text) }
        };
        let caught = found("bundle-driver", &with("grpc"));
        assert_eq!(
            caught[0].fix.as_ref().unwrap().title,
            "set custom_middleware.driver to \"python\""
        );
        assert_eq!(found("bundle-driver", &with("python")), []);
        assert_eq!(found("bundle-driver", &with("")), []);
    }
}
