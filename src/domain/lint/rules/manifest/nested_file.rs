//! Files in folders, which the reference tool gets wrong.

use super::listed::{names_of, text};
use crate::domain::bundle::clean;
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "nested-file",
    severity: Severity::Hint,
    about: "A Gateway creates no parent folders when it unpacks, and the reference tool writes no entries for them: its bundle of such files never loads. Ours has them.",
    source: "recorded loads: nested-grpc-no-directory-entry; Tyk Gateway 5.14, gateway/coprocess_bundle.go",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        let nested =
            names_of(manifest).find(|(name, _)| clean(name).is_ok_and(|name| name.contains('/')));
        if let Some((name, value)) = nested {
            let name = shown(&name);
            let message = format!(
                "{name} lies in a folder: a bundle that the reference tool builds of it never loads, one that is built here does"
            );
            report.on_value(&text(manifest), value, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, manifest};

    #[test]
    fn it_is_said_once() {
        assert_eq!(
            found("nested-file", &manifest(r#"{"file_list": ["a", "d/a", "d/b"]}"#)).len(),
            1
        );
        assert_eq!(found("nested-file", &manifest(r#"{"file_list": ["a", "./b"]}"#)), []);
    }
}
