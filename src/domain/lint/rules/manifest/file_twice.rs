//! A file that is listed twice.

use std::collections::HashMap;

use super::listed::{names_of, text};
use crate::domain::bundle::clean;
use crate::domain::lint::text::shown;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "file-twice",
    severity: Severity::Warning,
    about: "The bytes of a file that is listed twice are hashed twice and stored once: the reference tool's zip has it twice.",
    source: "recorded: bundles file-list-twice, duplicate-file-same",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        let text = text(manifest);
        let mut seen = HashMap::new();
        for (name, value) in names_of(manifest) {
            let Ok(clean) = clean(&name) else { continue };
            if let Some(first) = seen.get(&clean) {
                let name = shown(&name);
                let message = format!(
                    "{name} is listed already at {first}: its bytes are hashed twice and stored once"
                );
                report.on_value(&text, value, message).fixed_by(text.remove(value));
            } else {
                seen.insert(clean, value.place());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, manifest};

    #[test]
    fn the_second_can_be_removed() {
        let facts = manifest(r#"{"file_list": ["a", "./a", "b"]}"#);
        assert_eq!(fixed("file-twice", &facts), r#"{"file_list": ["a", "b"]}"#);
        assert_eq!(found("file-twice", &manifest(r#"{"file_list": ["a", "A", "d/a"]}"#)), []);
    }
}
