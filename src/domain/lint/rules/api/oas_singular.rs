//! The older form of plugins.

use crate::domain::api::Kind;
use crate::domain::lint::Fix;
use crate::domain::lint::text::is_there;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "oas-singular",
    severity: Severity::Hint,
    about: "The older prePlugin{plugins} is still read; where the list prePlugins is there too, the older form does not count.",
    source: "recorded: 310, 311, 376",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Oas) {
        let global = text.definition.field(&["x-tyk-api-gateway", "middleware", "global"]);
        let mut said = false;
        for (older, list) in FORMS {
            let (older, list) = (global.member(older), global.member(list));
            if !is_there(&older) {
                continue;
            }
            let (severity, message) = if is_there(&list) {
                (
                    Severity::Warning,
                    format!("{} does not count, because {} is there too", older.path, list.path),
                )
            } else {
                (
                    Severity::Hint,
                    format!(
                        "{} is the older form: the list {} has taken its place",
                        older.path, list.path
                    ),
                )
            };
            // One fix writes all of them anew.
            let edit = text.definition.with_plugin_lists().ok().flatten().filter(|_| !said);
            let fix = edit.map(|edit| Fix::one("write the plugins as lists", text.file, edit));
            said = true;
            report.on_field(&text, &older, message).as_grave_as(severity).fixed_by(fix);
        }
    }
}

const FORMS: [(&str, &str); 4] = [
    ("prePlugin", "prePlugins"),
    ("postAuthenticationPlugin", "postAuthenticationPlugins"),
    ("postPlugin", "postPlugins"),
    ("responsePlugin", "responsePlugins"),
];

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{caught, fixed, found, oas};
    use crate::domain::task::Severity;

    #[test]
    fn it_is_written_anew() {
        let older = r#""prePlugin": {"plugins": [{"enabled": true, "functionName": "A"}]}"#;
        assert!(fixed("oas-singular", &oas("", older)).contains(r#""prePlugins": [{"#));
        let list = r#""prePlugins": [{"enabled": true, "functionName": "B"}]"#;
        let both = caught("oas-singular", &oas("", &format!("{older}, {list}")));
        assert_eq!(both[0].0, Severity::Warning);
        assert_eq!(found("oas-singular", &oas("", list)), []);
    }
}
