//! Which bundle a definition names: set, and later set back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Definition, Field, Kind};
use crate::domain::json::{Edit, EditError, Path, Value, is_zero};

/// What of a classic definition a Gateway shows a manifest's in place of, once it loaded a bundle.
const CLASSIC: [&str; 1] = ["custom_middleware"];

/// The same of a Tyk OAS one, below its extension.
const OAS: [&str; 7] = [
    "middleware.global.pluginConfig.driver",
    "middleware.global.pluginConfig.bundle",
    "middleware.global.prePlugins",
    "middleware.global.postAuthenticationPlugins",
    "middleware.global.postPlugins",
    "middleware.global.responsePlugins",
    "server.authentication.custom",
];

/// What it makes to hold those, the inner ones first.
const AROUND: [&str; 4] =
    ["middleware.global.pluginConfig", "middleware.global", "middleware", "server.authentication"];

/// What a definition says of its bundle, as it is written: absent stays absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleSetting {
    /// The bundle's name.
    pub name: Option<String>,
    /// The boolean that turns it on or off, whichever way round the format has it.
    pub switch: Option<bool>,
    /// Where it uses none: its own hooks by their paths, and null for what is absent. A Gateway that loaded a bundle
    /// shows the manifest's in their place, and whoever writes that back has them for ever.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, Option<Json>>,
}

impl Definition {
    /// What it says of its bundle.
    pub fn bundle_setting(&self) -> BundleSetting {
        let bundle = self.bundle();
        let own = if bundle.is_used() { BTreeMap::new() } else { self.own() };
        BundleSetting {
            name: bundle.name.value.and_then(Value::string),
            switch: bundle.switch.field.value.and_then(Value::bool),
            own,
        }
    }

    /// The edit that has it take its plugins from this bundle.
    pub fn with_bundle(&self, name: &str) -> Result<Edit, EditError> {
        let switch = self.bundle().switch;
        let switch = if switch.is_on() {
            self.bundle_setting().switch
        } else {
            Some(switch.value_for(true))
        };
        let (name, own) = (Some(name.to_owned()), BTreeMap::new());
        self.with_bundle_setting(&BundleSetting { name, switch, own })
    }

    /// The edit that has it say this of its bundle.
    pub fn with_bundle_setting(&self, setting: &BundleSetting) -> Result<Edit, EditError> {
        let mut now = self.clone();
        let path = now.bundle().name.path;
        now.put(&path, setting.name.as_deref().map(Json::from))?;
        let path = now.bundle().switch.field.path;
        now.put(&path, setting.switch.map(Json::from))?;
        for path in self.replaced() {
            if let Some(own) = setting.own.get(*path) {
                let path = now.own_field(path).path;
                now.put(&path, own.clone())?;
            }
        }
        for path in AROUND {
            let field = now.own_field(path);
            let is_nothing =
                field.value.is_some_and(|value| json(value).is_some_and(|it| is_zero(&it)));
            if setting.own.get(path) == Some(&None) && is_nothing {
                now.put(&field.path, None)?;
            }
        }
        self.until(&now)
    }

    /// Its own hooks.
    fn own(&self) -> BTreeMap<String, Option<Json>> {
        let own = |path: &&str| (String::from(*path), self.own_field(path).value.and_then(json));
        let around = AROUND.iter().filter(|_| self.kind() == Kind::Oas);
        // Of those that are there it only counts that they are.
        let missing = around.map(own).filter(|(_, value)| value.is_none());
        self.replaced().iter().map(own).chain(missing).collect()
    }

    fn replaced(&self) -> &'static [&'static str] {
        match self.kind() {
            Kind::Classic => &CLASSIC,
            Kind::Oas => &OAS,
            Kind::OpenApi => &[],
        }
    }

    fn own_field(&self, path: &str) -> Field<'_> {
        let extension = (self.kind() == Kind::Oas).then_some("x-tyk-api-gateway");
        let words: Vec<_> = extension.into_iter().chain(path.split('.')).collect();
        self.field(&words)
    }

    /// Sets a value, or takes it away.
    fn put(&mut self, path: &Path, value: Option<Json>) -> Result<(), EditError> {
        let is_there = self.document().at(path).is_some();
        let edit = match value {
            Some(value) => self.set(path, &value)?,
            None if is_there => self.remove(path)?,
            None => return Ok(()),
        };
        *self = self.edited(&edit)?;
        Ok(())
    }
}

fn json(value: Value<'_>) -> Option<Json> {
    serde_json::from_slice(value.raw()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointed(text: &str) -> String {
        let definition = Definition::open(text).unwrap();
        definition.with_bundle("new-1.zip").unwrap().apply_to(text)
    }

    #[test]
    fn a_classic_definition_names_it_and_is_turned_on() {
        for (text, now) in [
            (r#"{"api_id": "a"}"#, r#"{"api_id": "a", "custom_middleware_bundle": "new-1.zip"}"#),
            (
                r#"{"Custom_Middleware_Bundle": "old.zip", "custom_middleware_bundle_disabled": false, "api_id": "a"}"#,
                r#"{"Custom_Middleware_Bundle": "new-1.zip", "custom_middleware_bundle_disabled": false, "api_id": "a"}"#,
            ),
            (
                r#"{"api_id": "a", "custom_middleware_bundle_disabled": true}"#,
                r#"{"api_id": "a", "custom_middleware_bundle_disabled": false, "custom_middleware_bundle": "new-1.zip"}"#,
            ),
        ] {
            assert_eq!(pointed(text), now);
        }
    }

    #[test]
    fn an_oas_definition_too_and_in_yaml() {
        let text = "openapi: 3.0.3\nx-tyk-api-gateway:\n  info: {id: a, name: A} # ours\n";
        let now = Definition::open(pointed(text)).unwrap();
        assert!(now.bundle().is_used());
        assert_eq!(now.bundle().name.text(), "new-1.zip");
        assert!(str::from_utf8(now.source()).unwrap().contains("# ours"));
    }

    #[test]
    fn hooks_of_its_own_come_back_where_a_gateway_showed_those_of_the_bundle() {
        let before = r#"{"api_id": "a", "custom_middleware": {"pre": null, "driver": ""}}"#;
        let setting = Definition::open(before).unwrap().bundle_setting();
        let shown = r#"{"api_id": "a", "custom_middleware": {"pre": [{"name": "P"}], "driver": "grpc"}, "custom_middleware_bundle": "b.zip"}"#;
        let now = Definition::open(shown).unwrap();
        let back = now.with_bundle_setting(&setting).unwrap().apply_to(shown);
        assert_eq!(Definition::open(&back).unwrap().bundle_setting(), setting);
        assert!(!back.contains("grpc"), "{back}");
    }

    #[test]
    fn of_an_oas_definition_nothing_stays_that_a_gateway_wrote_into_it() {
        let before = r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"info": {"id": "a"}, "server": {"listenPath": {"value": "/a/"}}}}"#;
        let setting = Definition::open(before).unwrap().bundle_setting();
        // As a running 5.14.0 gives it out.
        let shown = r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"info": {"id": "a"}, "server": {"listenPath": {"value": "/a/"}, "authentication": {"enabled": false, "custom": {"enabled": false, "config": {"enabled": true, "functionName": "", "path": "", "idExtractor": {"enabled": true, "source": "", "with": "", "config": null}}}}}, "middleware": {"global": {"pluginConfig": {"driver": "grpc", "bundle": {"enabled": true, "path": "b.zip"}}, "prePlugins": [{"enabled": true, "functionName": "Third", "path": ""}]}}}}"#;
        let now = Definition::open(shown).unwrap();
        let back = now.with_bundle_setting(&setting).unwrap().apply_to(shown);
        let value = |text: &str| serde_json::from_str::<Json>(text).unwrap();
        assert_eq!(value(&back), value(before));
    }

    #[test]
    fn what_was_said_before_can_be_said_again() {
        for text in [
            r#"{"api_id": "a"}"#,
            r#"{"api_id": "a", "custom_middleware_bundle": "old.zip", "custom_middleware_bundle_disabled": true}"#,
            r#"{"api_id": "a", "custom_middleware": {"pre": [{"name": "Own"}], "driver": "otto"}}"#,
            r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"middleware": {"global": {"pluginConfig": {"bundle": {"enabled": false, "path": "old.zip"}}}}}}"#,
            r#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"middleware": {"global": {"pluginConfig": {"driver": "grpc"}}}}}"#,
        ] {
            let before = Definition::open(text).unwrap();
            let setting = before.bundle_setting();
            let now = Definition::open(pointed(text)).unwrap();
            assert!(now.bundle().is_used(), "{text}");
            assert_ne!(now.bundle_setting(), setting);
            let edit = now.with_bundle_setting(&setting).unwrap();
            let back = Definition::open(edit.apply(now.source())).unwrap();
            assert_eq!(back.bundle_setting(), setting);
        }
    }
}
