//! New definitions: the smallest that load, with the keys that somebody with a plugin edits next.

use serde_json::{Value as Json, json};

use super::Kind;

/// What a new API is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What people call it.
    pub name: String,
    /// Its id: letters, digits and dashes.
    pub id: String,
    /// Where callers find it.
    pub listen_path: String,
    /// The upstream.
    pub target: String,
}

impl Draft {
    /// An API of this name; id and listen path come from it.
    pub fn named(name: &str, target: Option<&str>) -> Self {
        let id = slug(name);
        let target = target.unwrap_or("http://localhost:8080");
        Self {
            name: name.to_owned(),
            listen_path: format!("/{id}/"),
            id,
            target: target.to_owned(),
        }
    }

    /// What a Gateway would not serve, in words: it skips an API whose listen path is empty, has a space or no leading
    /// slash, and one whose target does not parse.
    pub fn fault(&self) -> Option<String> {
        let (path, target) = (&self.listen_path, &self.target);
        if self.name.trim().is_empty() {
            return Some("the name is empty".into());
        }
        listen_path_fault(path).or_else(|| target_fault(target))
    }

    /// The definition, as text.
    pub fn definition(&self, kind: Kind) -> String {
        let value = match kind {
            Kind::Classic => classic(self),
            Kind::Oas | Kind::OpenApi => oas(self),
        };
        // Alternate form is serde_json's pretty one.
        format!("{value:#}\n")
    }
}

/// Why a Gateway would not serve an API at this listen path: it skips one whose listen path is empty, has a space or no
/// leading slash.
pub fn listen_path_fault(path: &str) -> Option<String> {
    (!path.starts_with('/') || path.contains(char::is_whitespace))
        .then(|| format!("{path:?} is no listen path: it begins with / and has no space"))
}

/// Why a Gateway would not serve an API with this target: it is no whole URL.
pub fn target_fault(target: &str) -> Option<String> {
    let whole = target.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty() && !rest.is_empty() && !target.contains(char::is_whitespace)
    });
    (!whole)
        .then(|| format!("{target:?} is no target: give a whole URL such as http://localhost:8080"))
}

/// Letters, digits and dashes of a name: a Gateway refuses an id that is a path.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if slug.is_empty() { "api".into() } else { slug }
}

fn classic(draft: &Draft) -> Json {
    json!({
        "name": draft.name,
        "api_id": draft.id,
        "org_id": "default",
        "active": true,
        "use_keyless": true,
        "custom_plugin_auth_enabled": false,
        "version_data": {
            "not_versioned": true,
            "versions": {"Default": {"name": "Default", "use_extended_paths": true}},
        },
        "proxy": {
            "listen_path": draft.listen_path,
            "target_url": draft.target,
            "strip_listen_path": true,
        },
        "custom_middleware_bundle": "",
        "custom_middleware": {
            "pre": [],
            "post_key_auth": [],
            "post": [],
            "response": [],
            "driver": "grpc",
        },
        "config_data": {},
    })
}

fn oas(draft: &Draft) -> Json {
    let mut extension = extension(draft);
    // Empty lists are refused there (recorded: 351).
    extension["middleware"] = json!({"global": {"pluginConfig": {"driver": "grpc"}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": draft.name, "version": "1.0.0"},
        "paths": {},
        "x-tyk-api-gateway": extension,
    })
}

/// The smallest `x-tyk-api-gateway` that a Gateway takes, with an id so that it can be updated.
pub(super) fn extension(draft: &Draft) -> Json {
    json!({
        "info": {
            "id": draft.id,
            "name": draft.name,
            "orgId": "default",
            "state": {"active": true},
        },
        "upstream": {"url": draft.target},
        "server": {"listenPath": {"value": draft.listen_path, "strip": true}},
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::api::Definition;

    #[test]
    fn new_definitions_are_of_their_kind_and_say_what_was_asked() {
        for kind in [Kind::Classic, Kind::Oas] {
            let draft = Draft::named("Pet Store!", Some("https://pets.example/v1"));
            assert_eq!(draft.fault(), None);
            let definition = Definition::open(draft.definition(kind)).unwrap();
            assert_eq!(definition.kind(), kind);
            let summary = definition.summary();
            let said = [summary.name, summary.id, summary.listen_path, summary.target];
            assert_eq!(
                said.map(|field| field.text()),
                ["Pet Store!", "pet-store", "/pet-store/", "https://pets.example/v1"]
            );
            assert_eq!(definition.driver().text(), "grpc");
            assert_eq!(definition.plugins().len(), 0);
        }
    }

    #[test]
    fn what_a_gateway_would_not_serve_is_said() {
        let draft = Draft::named("a", None);
        let with = |path: &str, target: &str| Draft {
            listen_path: path.into(),
            target: target.into(),
            ..draft.clone()
        };
        for bad in [
            with("", "http://x"),
            with("a/", "http://x"),
            with("/a b", "http://x"),
            with("/a", "x"),
            with("/", "http://"),
        ] {
            assert!(bad.fault().is_some(), "{bad:?}");
        }
        assert_eq!(with("/", "http://x").fault(), None);
    }
}
