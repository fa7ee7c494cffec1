//! A listen path that a Gateway skips.

use crate::domain::api::{Kind, skipped_listen_path};
use crate::domain::json;
use crate::domain::lint::{Facts, Report, Rule};
use crate::domain::task::Severity;

pub(super) static RULE: Rule = Rule {
    id: "listen-path",
    severity: Severity::Error,
    about: "A Gateway skips an API whose listen path is empty, has a space or does not begin with a slash; it lists it all the same.",
    source: "recorded: 218 to 226, 330 to 332",
    check,
};

fn check(facts: &Facts, report: &mut Report<'_>) {
    for text in facts.api_texts().filter(|text| text.definition.kind() != Kind::OpenApi) {
        let field = text.definition.summary().listen_path;
        let path = field.text();
        if field
            .value
            .is_some_and(|value| value.string().is_none() && value.kind() != json::Kind::Null)
        {
            continue;
        }
        let Some(what) = skipped_listen_path(&path) else { continue };
        let better = path.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        let better = if better.starts_with('/') { better } else { format!("/{better}") };
        let fix = if path.is_empty() { None } else { text.set(&field.path, better) };
        report.on_field(&text, &field, format!("{what}: a Gateway skips the API")).fixed_by(fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::lint::rules::try_on::{api, fixed, found};

    #[test]
    fn it_begins_with_a_slash_and_has_no_space() {
        let with = |path: &str| api(&format!(r#"{{"proxy": {{"listen_path": "{path}"}}}}"#));
        assert!(fixed("listen-path", &with("orders/")).contains(r#""/orders/""#));
        assert!(fixed("listen-path", &with("/my orders/")).contains(r#""/my-orders/""#));
        assert_eq!(found("listen-path", &with("")).len(), 1);
        assert_eq!(found("listen-path", &api("{}")).len(), 1);
        assert_eq!(found("listen-path", &with("/")), []);
        assert_eq!(found("listen-path", &api(r#"{"openapi": "3.0.3", "paths": {}}"#)), []);
    }
}
