//! An API that names a bundle of older content.

use super::bundled::pairs;
use crate::domain::bundle::published_parts;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-hash",
    // It may be the older content that the API is to have.
    severity: Severity::Hint,
    about: "The name of a published bundle has a hash of its content: an API that names another hash than the files have now runs their older content.",
    source: "Tyk Gateway: gateway/coprocess_bundle.go: a bundle is found by its name alone",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (text, manifest) in pairs(facts) {
        let Some(now) = manifest.bundle.as_ref().and_then(|bundle| bundle.names.last()) else {
            continue;
        };
        let named = text.definition.bundle().name;
        let name = named.text();
        // The host may have it in a folder.
        let file = name.rsplit('/').next().unwrap_or_default();
        let is_ours = published_parts(file).map(|(name, _)| name)
            == published_parts(now).map(|(name, _)| name);
        let is_now = manifest.bundle.iter().any(|bundle| bundle.names.iter().any(|it| it == file));
        if is_ours && !is_now {
            let message =
                format!("the files changed since this bundle was made: shipped now it is {now}");
            report.on_field(&text, &named, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, found, manifest};
    use crate::domain::lint::{Facts, WouldBe};

    fn facts(bundle: &str) -> Facts {
        let mut manifests = manifest(r#"{"file_list": ["a"]}"#).manifests;
        let names = ["orders-00000000.zip", "orders-11111111.zip"].map(str::to_owned);
        manifests[0].bundle = Some(WouldBe { checksum: String::new(), names: names.into() });
        Facts { manifests, ..api(&format!(r#"{{"custom_middleware_bundle": "{bundle}"}}"#)) }
    }

    #[test]
    fn older_content_is_named() {
        let caught = found("bundle-hash", &facts("orders-22222222.zip"));
        assert!(caught[0].message.ends_with("orders-11111111.zip"), "{caught:?}");
        assert_eq!(found("bundle-hash", &facts("v1/orders-22222222.zip")).len(), 1);
        for right in [
            "orders-11111111.zip",
            "v1/orders-00000000.zip",
            "others-22222222.zip",
            "orders-latest.zip",
            "orders.zip",
        ] {
            assert_eq!(found("bundle-hash", &facts(right)), [], "{right}");
        }
    }

    #[test]
    fn where_nobody_knows_what_would_be_built_nothing_is_said() {
        let mut unknown = facts("orders-22222222.zip");
        unknown.manifests[0].bundle.as_mut().unwrap().names.clear();
        assert_eq!(found("bundle-hash", &unknown), []);
        unknown.manifests[0].bundle = None;
        assert_eq!(found("bundle-hash", &unknown), []);
    }
}
