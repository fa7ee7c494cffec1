//! Where a path that a person gave leads.

use super::Definition;
use crate::domain::json::{Kind, Path, Step, Value};

/// A path that begins neither in the wrapper nor in the definition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} is neither a key of the Dashboard's wrapper nor one of the definition in it: write api_definition.{0} to mean \
     the definition"
)]
pub struct ResolveError(String);

/// The wrapper's own keys.
const WRAPPER: [&str; 8] = [
    "api_model",
    "api_definition",
    "hook_references",
    "is_site",
    "sort_by",
    "user_group_owners",
    "user_owners",
    "created_at",
];

/// Keys whose members Go reads into a map: there case counts.
const MAPS: [&str; 14] = [
    "auth_configs",
    "components",
    "config_data",
    "data",
    "events",
    "extractor_config",
    "handler_meta",
    "jwt_scope_to_policy_mapping",
    "operations",
    "paths",
    "securitySchemes",
    "upstream_certificates",
    "pinned_public_keys",
    "versions",
];

/// See [`Definition::resolve`].
pub(super) fn resolve(definition: &Definition, path: &Path) -> Result<Path, ResolveError> {
    let document = definition.document().root();
    let Some(first) = path.steps().first() else { return Ok(Path::default()) };
    let word = match first {
        Step::Key(key) => key.clone(),
        Step::Index(index) => index.to_string(),
    };
    if !definition.is_wrapped()
        || document.field(&word).is_some()
        || WRAPPER.contains(&word.as_str())
    {
        return Ok(walk(document, Path::default(), path));
    }
    if definition.root().field(&word).is_none() && !super::keys::is_known(definition.kind(), &word)
    {
        return Err(ResolveError(word));
    }
    Ok(walk(definition.root(), definition.root().path(), path))
}

fn walk(root: Value<'_>, start: Path, path: &Path) -> Path {
    let (mut here, mut folds, mut walked) = (Some(root), true, start);
    for step in path.steps() {
        let next = here.and_then(|value| child(value, step, folds));
        walked = match next.and_then(Value::key) {
            Some(key) => {
                folds &= !MAPS.contains(&key.as_str());
                walked.key(key)
            }
            None => walked.then(step),
        };
        here = next;
    }
    walked
}

fn child<'a>(value: Value<'a>, step: &Step, folds: bool) -> Option<Value<'a>> {
    match (value.kind(), step) {
        (Kind::Array, Step::Index(index)) => value.element(*index),
        (Kind::Array, Step::Key(key)) => value.element(key.parse().ok()?),
        (_, Step::Key(key)) if folds => value.member(key).or_else(|| value.field(key)),
        (_, Step::Key(key)) => value.member(key),
        (_, Step::Index(index)) => value.member(&index.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(text: &str, path: &str) -> Result<String, String> {
        let definition = Definition::open(text).unwrap();
        let path = definition.resolve(&Path::parse_any(path).unwrap());
        path.map(|path| path.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_path_may_begin_at_the_definition_in_a_wrapper() {
        let text =
            r#"{"api_model": {}, "api_definition": {"Proxy": {"listen_path": "/"}, "mine": 1}}"#;
        let is = |path: &str, found: &str| assert_eq!(resolved(text, path).as_deref(), Ok(found));
        is("proxy.listen_path", "api_definition.Proxy.listen_path");
        is("api_definition.proxy", "api_definition.Proxy");
        is("use_keyless", "api_definition.use_keyless");
        is("mine", "api_definition.mine");
        is("sort_by", "sort_by");
        is(".", ".");
        let said = resolved(text, "yours.x").unwrap_err();
        assert!(said.contains("api_definition.yours"), "{said}");
    }

    #[test]
    fn case_counts_in_what_go_reads_into_a_map() {
        let text = r#"{"Config_Data": {"Key": 1}, "config_data": {"Key": 1}, "NAME": ""}"#;
        let is = |path: &str, found: &str| assert_eq!(resolved(text, path).as_deref(), Ok(found));
        is("config_data.key", "config_data.key");
        is("name", "NAME");
        is("/custom_middleware/pre/0", "custom_middleware.pre[0]");
    }
}
