//! Python that official images do not bring.

use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "python-image",
    severity: Severity::Hint,
    about: "Official Gateway images from 5.3.0 on bring no Python: hooks of the driver python are not run there.",
    source: "users' threads; not tried on an image",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    // Where a Gateway's settings are known, it is said of them.
    if !facts.confs.is_empty() {
        return;
    }
    for manifest in &facts.manifests {
        let driver = manifest.definition.driver();
        if driver.text() == "python" {
            let message = "official images from 5.3.0 on bring no Python: the Gateway needs an image with Python 3.7 to 3.11";
            let place = driver.value.map(|value| manifest.definition.place(value));
            report.say(&manifest.file, message).on(driver.path).place = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, manifest};

    #[test]
    fn only_the_driver_python_needs_one() {
        let with = |driver: &str| {
            manifest(&format!(r#"{{"custom_middleware": {{"driver": "{driver}"}}}}"#))
        };
        assert_eq!(found("python-image", &with("python")).len(), 1);
        assert_eq!(found("python-image", &with("lua")), []);
    }
}
