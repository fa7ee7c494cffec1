//! Code that does not parse.

use super::plugin::is_python;
use super::{Facts, Report, Rule};
use crate::domain::code::python::loaded_file;
use crate::domain::code::{Language, Source};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "code-syntax",
    severity: Severity::Error,
    about: "Code that does not parse is not loaded: the API is served, and every request to it fails. Gateways run Python \
            3.7 to 3.11.",
    source: "Tyk Gateway 5.14: recorded (syntax-error)",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    let listed = facts.manifests.iter().flat_map(|file| {
        let loaded = loaded_file(file.manifest.files());
        file.code.iter().map(move |source| {
            // What a bundle vendors has tests and parts for other Pythons, which nobody imports.
            let matters = !is_python(file)
                || source.language != Language::Python
                || source.file == loaded
                || !source.file.contains('/');
            (file.shown(&source.file), source, matters)
        })
    });
    let alone = facts.code.iter().map(|source| (source.file.clone(), source, true));
    for (file, source, matters) in listed.chain(alone) {
        tell(&file, source, matters, report);
    }
}

fn tell(file: &str, source: &Source, matters: bool, report: &mut Report<'_>) {
    let severity = match (matters, source.language) {
        (true, Language::Python) => Severity::Error,
        // What a Gateway's interpreters of these take was not tried.
        (true, _) => Severity::Warning,
        (false, _) => Severity::Hint,
    };
    for fault in &source.errors {
        report.say(file, fault.message.as_str()).at(fault.place).as_grave_as(severity);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{found, pre, python};
    use crate::domain::task::Severity;

    #[test]
    fn code_that_does_not_parse() {
        let caught = found("code-syntax", &pre("def broken(:\n"));
        assert_eq!((caught[0].severity, caught[0].place.unwrap().line), (Severity::Error, 3));
        assert_eq!(found("code-syntax", &pre("print 'x'\n")).len(), 1);
        assert_eq!(found("code-syntax", &pre("print('x')\n")), []);
    }

    #[test]
    fn what_is_vendored_may_be_for_another_python() {
        let files = [("middleware.py", "x = 1\n"), ("vendor/x/tests.py", "print 'x'\n")];
        let caught = found("code-syntax", &python(r#""pre": [{"name": "A"}]"#, &files));
        assert_eq!(caught[0].severity, Severity::Hint);
    }
}
