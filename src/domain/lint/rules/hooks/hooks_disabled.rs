//! Hooks that are all switched off.

use crate::domain::lint::Fix;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "hooks-disabled",
    severity: Severity::Warning,
    about: "A bundle whose every hook is disabled is fetched and loaded, and nothing of it runs.",
    source: "recorded: bundles hook-all-disabled",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for manifest in &facts.manifests {
        let plugins = manifest.definition.plugins();
        if plugins.is_empty() || plugins.iter().any(|plugin| !plugin.is_disabled()) {
            continue;
        }
        let first = &plugins[0].switch.field;
        let fix = manifest.definition.set(&first.path, &false.into()).ok();
        let fix = fix.map(|edit| Fix::one("enable the first", &manifest.file, edit));
        let place = first.value.map(|value| manifest.definition.place(value));
        report
            .say(&manifest.file, "every hook is disabled: the bundle loads, and nothing of it runs")
            .on(first.path.clone())
            .fixed_by(fix)
            .place = place;
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{fixed, found, middleware};

    #[test]
    fn one_that_runs_is_enough() {
        let facts = middleware(r#""pre": [{"name": "A", "disabled": true}]"#);
        assert!(fixed("hooks-disabled", &facts).contains(r#""disabled": false"#));
        let facts =
            middleware(r#""pre": [{"name": "A", "disabled": true}], "post": [{"name": "B"}]"#);
        assert_eq!(found("hooks-disabled", &facts), []);
    }
}
