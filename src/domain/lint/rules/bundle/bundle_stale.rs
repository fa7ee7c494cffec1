//! A bundle that is not what the files are now.

use crate::domain::lint::{BundleFile, Facts, ManifestFile, Report, Rule};
use crate::domain::manifest::{Manifest, canonical};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "bundle-stale",
    severity: Severity::Hint,
    about: "A bundle has the files and the manifest of the time when it was built: a later change is not in it.",
    source: "the reference tool: it is run by hand",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    // Of several manifests nobody can say whose a bundle is.
    let [manifest] = facts.manifests.as_slice() else { return };
    for bundle in &facts.bundles {
        let Some(changed) = changed(bundle, manifest) else { continue };
        report.say(&bundle.file, format!("{changed} changed since it was built: build it anew"));
    }
}

/// What is not as it was; `None` where nothing is, or where that is not known.
fn changed(bundle: &BundleFile, manifest: &ManifestFile) -> Option<String> {
    let (then, now) = (bundle.manifest.as_ref()?, manifest.bundle.as_ref()?);
    if then.checksum != now.checksum {
        Some("listed files".to_owned())
    } else if settings(then) != settings(&manifest.manifest) {
        Some(manifest.file.clone())
    } else {
        None
    }
}

/// A manifest as it is stored, but for what building fills in.
fn settings(manifest: &Manifest) -> String {
    canonical(&Manifest { checksum: String::new(), signature: String::new(), ..manifest.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::try_on::{self, bundle};
    use super::RULE;
    use crate::domain::lint::rules::try_on::{found, manifest};
    use crate::domain::lint::{Facts, WouldBe};

    /// A bundle beside its manifest, of which a build would have this checksum.
    fn beside(text: &str, checksum: &str) -> Facts {
        let mut facts = manifest(text);
        let would_be = WouldBe { checksum: checksum.into(), names: Vec::new() };
        facts.manifests[0].bundle = Some(would_be);
        Facts { bundles: bundle(|_| {}).bundles, ..facts }
    }

    #[test]
    fn what_changed_since_it_was_built() {
        let text = r#"{"file_list": ["a.txt"], "checksum": "an old one"}"#;
        let built = try_on::bundle(|_| {});
        let checksum = built.bundles[0].manifest.as_ref().unwrap().checksum.as_str();
        let said = |facts: &Facts| {
            let found = found(RULE.id, facts);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(said(&beside(text, checksum)), [""; 0]);
        let listed = ["listed files changed since it was built: build it anew"];
        assert_eq!(said(&beside(text, "another")), listed);
        let other = r#"{"file_list": ["a.txt"], "custom_middleware": {"driver": "grpc"}}"#;
        let settings = ["manifest.json changed since it was built: build it anew"];
        assert_eq!(said(&beside(other, checksum)), settings);
        let mut two = beside(text, "another");
        two.manifests.push(two.manifests[0].clone());
        assert_eq!(said(&two), [""; 0]);
    }
}
