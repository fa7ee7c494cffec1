//! A bundle name that a bundle host does not find.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-name",
    severity: Severity::Warning,
    about: "A bundle's name is joined to bundle_base_url and percent-encoded: a ? becomes %3F, so neither a query nor a whole URL can be given, and a presigned URL cannot be a bundle's name. Pre-releases of 5.15 take a comma for a list of bundles.",
    source: "recorded: 804 (404), bundles bundle-name-url, bundle-name-leading-space, comma",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts() {
        let bundle = text.definition.bundle();
        let name = bundle.name.text();
        let fix = |name: &str| text.set(&bundle.name.path, name);
        let (severity, message, fix) = if !bundle.is_used() {
            continue;
        } else if name.contains("://") {
            let message = "a bundle's name is joined to bundle_base_url: it cannot be a URL";
            let last = name.split(['?', '#']).next().and_then(|url| url.rsplit('/').next());
            (Severity::Warning, message, last.filter(|last| !last.is_empty()).and_then(fix))
        } else if let Some((before, _)) = name.split_once('?') {
            let message = "a bundle's name cannot have a query: the ? is asked for as %3F (one in bundle_base_url is kept)";
            (Severity::Warning, message, fix(before))
        } else if name.trim() != name {
            (Severity::Warning, "spaces around a bundle's name are part of it", fix(name.trim()))
        } else if name.contains(',') {
            let message =
                "a comma is a character of the name up to 5.14, and parts two bundles from 5.15 on";
            (Severity::Hint, message, None)
        } else {
            continue;
        };
        report.on_field(&text, &bundle.name, message).as_grave_as(severity).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, fixed, found};
    use crate::domain::task::Severity;

    #[test]
    fn a_name_is_no_url() {
        let with = |name: &str| api(&format!(r#"{{"custom_middleware_bundle": "{name}"}}"#));
        for name in ["b.zip?v=1", "http://host/d/b.zip?sig=x", " b.zip"] {
            assert_eq!(
                fixed("bundle-name", &with(name)),
                r#"{"custom_middleware_bundle": "b.zip"}"#
            );
        }
        let path = "custom_middleware_bundle".to_owned();
        assert_eq!(caught("bundle-name", &with("a,b")), [(Severity::Hint, path)]);
        for name in ["b.zip", "d/b.zip", "b 1.zip", "b+c.zip", ""] {
            assert_eq!(found("bundle-name", &with(name)), [], "{name}");
        }
    }
}
