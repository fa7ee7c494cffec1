//! Which bundle a definition names: set, and later set back.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Definition, Kind};
use crate::domain::json::{Edit, EditError, Path, Value};

/// What a definition says of its bundle, as it is written: absent stays absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleSetting {
    /// The bundle's name.
    pub name: Option<String>,
    /// The boolean that turns it on or off, whichever way round the format has it.
    pub switch: Option<bool>,
    /// Where a classic definition uses none: its own `custom_middleware`, which a Gateway that loads a bundle shows no
    /// more, but the manifest's in its place.
    #[serde(default)]
    pub own: Option<Json>,
}

impl Definition {
    /// What it says of its bundle.
    pub fn bundle_setting(&self) -> BundleSetting {
        let bundle = self.bundle();
        let own = self.custom_middleware().value.filter(|_| !bundle.is_used());
        BundleSetting {
            own: own
                .filter(|_| self.kind() == Kind::Classic)
                .and_then(|own| serde_json::from_slice(own.raw()).ok()),
            name: bundle.name.value.and_then(Value::string),
            switch: bundle.switch.field.value.and_then(Value::bool),
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
        let name = Some(name.to_owned());
        self.with_bundle_setting(&BundleSetting { name, switch, own: None })
    }

    /// The edit that has it say this of its bundle.
    pub fn with_bundle_setting(&self, setting: &BundleSetting) -> Result<Edit, EditError> {
        let mut now = self.clone();
        let name = setting.name.as_deref().map(Json::from);
        let path = now.bundle().name.path;
        now.put(&path, name)?;
        let path = now.bundle().switch.field.path;
        now.put(&path, setting.switch.map(Json::from))?;
        if let Some(own) = &setting.own {
            let path = now.custom_middleware().path;
            now.put(&path, Some(own.clone()))?;
        }
        self.until(&now)
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
