//! A member that Tyk OAS needs.

use serde_json::{Value as Json, json};

use crate::domain::api::{Kind, Phase};
use crate::domain::lint::text::{Text, is_there};
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "oas-required",
    severity: Severity::Error,
    about: "The Gateway's schema refuses (400) a Tyk OAS definition without openapi 3.0.x or 3.1.x, info with title and version, paths, and x-tyk-api-gateway with info.name, info.state.active, upstream.url and server.listenPath.value; of a list of plugins it looks at the first alone.",
    source: "recorded: 301, 323, 327 to 348",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() == Kind::Oas) {
        let definition = text.definition;
        let version = definition.field(&["openapi"]);
        if !["3.0.", "3.1."].iter().any(|known| version.text().starts_with(known)) {
            let message =
                "openapi must be 3.0.x or 3.1.x: a Gateway has no schema for another version";
            report.on_field(&text, &version, message).fixed_by(text.set(&version.path, "3.0.3"));
        }
        for (words, default) in required() {
            let field = definition.field(words);
            // A balanced upstream has its targets elsewhere.
            let balanced = words.ends_with(&["url"])
                && is_there(&definition.field(&["x-tyk-api-gateway", "upstream", "loadBalancing"]));
            if !is_there(&field) && !balanced {
                let fix = default.and_then(|default| text.set(&field.path, default));
                report.on_field(&text, &field, format!("{} is required", field.path)).fixed_by(fix);
            }
        }
        plugins(&text, report);
        config_data(&text, report);
    }
}

/// Every plugin of a list: the schema looks at the first alone, and the others do not run.
fn plugins(text: &Text<'_>, report: &mut Report<'_>) {
    let plugins = text.definition.plugins();
    let listed = plugins.iter().filter(|plugin| plugin.phase != Phase::AuthCheck);
    for plugin in listed.filter(|plugin| is_there(&plugin.entry)) {
        for (field, default) in [(&plugin.name, None), (&plugin.switch.field, Some(true))] {
            if field.value.is_none() {
                let fix = default.and_then(|default| text.set(&field.path, default));
                let message =
                    format!("{} is required: without it the plugin does not run", field.path);
                report.on_field(text, field, message).fixed_by(fix);
            }
        }
    }
}

fn config_data(text: &Text<'_>, report: &mut Report<'_>) {
    let data = text.definition.config_data();
    let (value, switch) = (&data.value, &data.switch.field);
    if value.value.is_none() && switch.value.is_none() {
        return;
    }
    for (field, default) in [(switch, json!(true)), (value, json!({}))] {
        if field.value.is_none() {
            let fix = text.set(&field.path, default);
            report.on_field(text, field, format!("{} is required", field.path)).fixed_by(fix);
        }
    }
}

/// What must be there, with what fits where it is not.
fn required() -> [(&'static [&'static str], Option<Json>); 7] {
    [
        (&["info", "title"], Some(json!("New API"))),
        (&["info", "version"], Some(json!("1.0.0"))),
        (&["paths"], Some(json!({}))),
        (&["x-tyk-api-gateway", "info", "name"], Some(json!("New API"))),
        (&["x-tyk-api-gateway", "info", "state", "active"], Some(json!(true))),
        (&["x-tyk-api-gateway", "upstream", "url"], None),
        (&["x-tyk-api-gateway", "server", "listenPath"], None),
    ]
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, caught, fixed, found, oas};

    #[test]
    fn the_smallest_that_is_valid() {
        assert_eq!(found("oas-required", &oas("", "")), []);
        let facts = api(r#"{"x-tyk-api-gateway": {}}"#);
        let paths: Vec<_> =
            caught("oas-required", &facts).into_iter().map(|(_, path)| path).collect();
        assert_eq!(paths.len(), 8);
        assert_eq!(paths[0], "openapi");
        assert!(fixed("oas-required", &facts).contains(r#""openapi": "3.0.3""#));
        let newer = r#"{"openapi": "3.2.0", "x-tyk-api-gateway": {}}"#;
        assert_eq!(caught("oas-required", &api(newer))[0].1, "openapi");
    }

    #[test]
    fn config_data_has_a_switch_and_values() {
        let with = |data: &str| oas("", &format!(r#""pluginConfig": {{"data": {{{data}}}}}"#));
        assert!(fixed("oas-required", &with(r#""value": {}"#)).contains(r#""enabled": true"#));
        assert!(fixed("oas-required", &with(r#""enabled": true"#)).contains(r#""value": {}"#));
        assert_eq!(found("oas-required", &with(r#""enabled": true, "value": {}"#)), []);
    }

    #[test]
    fn every_plugin_of_a_list_is_looked_at() {
        let facts = oas(
            "",
            r#""prePlugins": [{"enabled": true, "functionName": "A"}, {"functionName": "B"}, {"enabled": true}]"#,
        );
        assert_eq!(found("oas-required", &facts).len(), 2);
        assert!(
            fixed("oas-required", &facts).contains(r#"{"functionName": "B", "enabled": true}"#)
        );
    }
}
