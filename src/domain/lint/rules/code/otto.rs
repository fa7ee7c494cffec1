//! What rules over code of the driver `otto` share.

use crate::domain::code::{Language, Source};
use crate::domain::lint::{Facts, ManifestFile};

/// The manifests whose driver is otto.
pub(super) fn manifests(facts: &Facts) -> impl Iterator<Item = &ManifestFile> {
    facts.manifests.iter().filter(|file| file.manifest.custom_middleware.driver == "otto")
}

/// Their JavaScript.
pub(super) fn scripts(facts: &Facts) -> impl Iterator<Item = (&ManifestFile, &Source)> {
    manifests(facts).flat_map(|file| {
        let code = file.code.iter().filter(|source| source.language == Language::JavaScript);
        code.map(move |source| (file, source))
    })
}

#[cfg(test)]
pub(super) mod tests {
    use crate::domain::lint::Facts;
    use crate::domain::lint::rules::try_on::python;

    /// Facts of a plugin of one file whose `pre` hook is `pre`.
    pub(in super::super) fn otto(code: &str) -> Facts {
        let mut facts = python(r#""pre": [{"name": "pre"}]"#, &[("pre.js", code)]);
        facts.manifests[0].manifest.custom_middleware.driver = "otto".to_owned();
        facts
    }
}
