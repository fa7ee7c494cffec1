//! JavaScript that is newer than the driver `otto`.

use super::otto::scripts;
use super::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "otto-syntax",
    severity: Severity::Warning,
    about: "The driver otto reads ECMAScript 5: a file with an arrow function, a class, a template string, let, const, import or export is not loaded, and its hooks answer 500.",
    source: "the Gateway's source, gateway/mw_js_plugin.go; otto's own, which reserves these words (not run)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for (file, source) in scripts(facts) {
        if !source.errors.is_empty() {
            continue;
        }
        for (offset, what) in &source.javascript.newer {
            let message = format!("{what}: otto reads ECMAScript 5, in which there is none");
            report.say(&file.shown(&source.file), message).at(source.place(*offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::otto::tests::otto;
    use crate::domain::lint::rules::try_on::found;

    #[test]
    fn what_is_newer_is_told_once_each() {
        for line in [
            "var f = (a) => a; var g = b => b;",
            "class K {}",
            "var a = `x${b}`;",
            "export default 1;",
            "var o = {a}",
            "for (var a of b) {}",
            "let a = 1; let b = 2;",
            "const a = 1;",
        ] {
            let caught = found("otto-syntax", &otto(line));
            assert_eq!(caught.len(), 1, "{line}: {caught:?}");
        }
    }

    #[test]
    fn the_older_language_and_other_drivers_are_left_alone() {
        let line = "var a = {b: 1, get c() { return 2; }}; for (var k in a) { a[k] = 'of => `let`'; } /* class K {} */";
        assert_eq!(found("otto-syntax", &otto(line)), []);
        let mut facts = otto("var f = a => a;");
        facts.manifests[0].manifest.custom_middleware.driver = "javascript".to_owned();
        assert_eq!(found("otto-syntax", &facts), []);
    }
}
