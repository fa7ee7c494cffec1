//! A bundle whose signature would bind nothing.

use super::listed::text;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "signature-binds-nothing",
    severity: Severity::Hint,
    about: "Checksum and signature cover the listed files alone: every bundle with an empty file_list has the same signature under one key. That is normal for the driver grpc; a listed file changes it.",
    source: "recorded: bundles empty-list-signed, file-list-emptied-signed",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        // Of other drivers it is said that their code is missing.
        if manifest.manifest.files().is_empty() && manifest.definition.driver().text() == "grpc" {
            let list = manifest.definition.field(&["file_list"]);
            let message = "file_list is empty, as it may be for grpc: a signature of this bundle binds nothing, not even the hooks";
            report.on_field(&text(manifest), &list, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, manifest};

    #[test]
    fn any_file_gives_it_something_to_bind() {
        let with = |files: &str| {
            manifest(&format!(
                r#"{{"file_list": {files}, "custom_middleware": {{"driver": "grpc"}}}}"#
            ))
        };
        assert_eq!(found("signature-binds-nothing", &with("[]")).len(), 1);
        assert_eq!(found("signature-binds-nothing", &with(r#"["a.txt"]"#)), []);
    }
}
