//! The tables of what can be configured: files, environment, flags and `config show` are made from them.

use super::keys::{Key, Slot, Sockets};
use super::settings::Settings;
use super::target::Target;

/// All keys but those of targets, in the order in which they are shown.
pub(super) const KEYS: &[Key<Settings>] = &[
    Key { name: "project.name", slot: Slot::OptionalText(|s| &mut s.project.name) },
    Key { name: "project.manifest", slot: Slot::Path(|s| &mut s.project.manifest) },
    Key { name: "project.key", slot: Slot::OptionalPath(|s| &mut s.project.key) },
    Key { name: "project.public_key", slot: Slot::OptionalPath(|s| &mut s.project.public_key) },
    Key { name: "project.tyk_conf", slot: Slot::OptionalPath(|s| &mut s.project.tyk_conf) },
    Key { name: "server.listen", slot: Slot::Listen(|s| &mut s.server.listen, Sockets::Taken) },
    Key { name: "server.receive_limit", slot: Slot::Bytes(|s| &mut s.server.receive_limit) },
    Key { name: "server.answer_limit", slot: Slot::Bytes(|s| &mut s.server.answer_limit) },
    Key { name: "server.advertise", slot: Slot::OptionalText(|s| &mut s.server.advertise) },
    Key { name: "server.forward", slot: Slot::List(|s| &mut s.server.forward) },
    Key { name: "server.in_flight_limit", slot: Slot::Bytes(|s| &mut s.server.in_flight_limit) },
    Key { name: "server.hold_seconds", slot: Slot::Count(|s| &mut s.server.hold_seconds) },
    Key { name: "server.hold_limit", slot: Slot::Count(|s| &mut s.server.hold_limit) },
    Key { name: "host.listen", slot: Slot::Listen(|s| &mut s.host.listen, Sockets::Refused) },
    Key { name: "host.dir", slot: Slot::OptionalPath(|s| &mut s.host.dir) },
    Key { name: "host.advertise", slot: Slot::OptionalText(|s| &mut s.host.advertise) },
    Key { name: "capture.max_records", slot: Slot::Count(|s| &mut s.capture.max_records) },
    Key { name: "capture.max_bytes", slot: Slot::Bytes(|s| &mut s.capture.max_bytes) },
    Key { name: "capture.max_rows", slot: Slot::Count(|s| &mut s.capture.max_rows) },
    Key { name: "capture.sample", slot: Slot::Share(|s| &mut s.capture.sample) },
    Key { name: "capture.keep", slot: Slot::Filter(|s| &mut s.capture.keep) },
    Key { name: "capture.record", slot: Slot::Switch(|s| &mut s.capture.record) },
    Key { name: "capture.session_records", slot: Slot::Count(|s| &mut s.capture.session_records) },
    Key { name: "capture.session_bytes", slot: Slot::Bytes(|s| &mut s.capture.session_bytes) },
    Key { name: "capture.session_days", slot: Slot::Count(|s| &mut s.capture.session_days) },
    Key { name: "redact.headers", slot: Slot::List(|s| &mut s.redact.headers) },
    Key { name: "redact.params", slot: Slot::List(|s| &mut s.redact.params) },
    Key { name: "redact.members", slot: Slot::List(|s| &mut s.redact.members) },
    Key { name: "ui.theme", slot: Slot::Text(|s| &mut s.ui.theme) },
    Key { name: "ui.mouse", slot: Slot::Switch(|s| &mut s.ui.mouse) },
    Key { name: "ui.vim", slot: Slot::Switch(|s| &mut s.ui.vim) },
    Key { name: "ui.columns", slot: Slot::Columns(|s| &mut s.ui.columns) },
    Key { name: "ui.by_request", slot: Slot::Switch(|s| &mut s.ui.by_request) },
    Key { name: "rules", slot: Slot::Globs(|s| &mut s.rules) },
    Key { name: "apis", slot: Slot::Globs(|s| &mut s.apis.0) },
    Key { name: "profile.production", slot: Slot::Switch(|s| &mut s.profile.production) },
    Key { name: "profile.read_only", slot: Slot::Switch(|s| &mut s.profile.read_only) },
    Key { name: "profile.key", slot: Slot::OptionalPath(|s| &mut s.profile.key) },
    Key { name: "profile.public_key", slot: Slot::OptionalPath(|s| &mut s.profile.public_key) },
    Key { name: "profile.ship_target", slot: Slot::OptionalText(|s| &mut s.profile.ship_target) },
    Key { name: "profile.ship_apis", slot: Slot::List(|s| &mut s.profile.ship_apis) },
    Key { name: "gateway.url", slot: Slot::Url(|s| &mut s.gateway.url) },
    Key { name: "gateway.secret_env", slot: Slot::OptionalText(|s| &mut s.gateway.secret.env) },
    Key { name: "gateway.secret_file", slot: Slot::OptionalPath(|s| &mut s.gateway.secret.file) },
    Key {
        name: "gateway.secret_command",
        slot: Slot::OptionalText(|s| &mut s.gateway.secret.command),
    },
    Key { name: "gateway.version", slot: Slot::OptionalText(|s| &mut s.gateway.version) },
    Key { name: "gateway.insecure_tls", slot: Slot::Switch(|s| &mut s.gateway.insecure_tls) },
    Key { name: "dashboard.url", slot: Slot::Url(|s| &mut s.dashboard.url) },
    Key { name: "dashboard.key_env", slot: Slot::OptionalText(|s| &mut s.dashboard.key.env) },
    Key { name: "dashboard.key_file", slot: Slot::OptionalPath(|s| &mut s.dashboard.key.file) },
    Key {
        name: "dashboard.key_command",
        slot: Slot::OptionalText(|s| &mut s.dashboard.key.command),
    },
    Key { name: "dashboard.insecure_tls", slot: Slot::Switch(|s| &mut s.dashboard.insecure_tls) },
];

/// The keys of a target (`[use.NAME.target.NAME]`); in messages with `target.` before them.
pub(super) const TARGET_KEYS: &[Key<Target>] = &[
    Key { name: "target.kind", slot: Slot::TargetKind(|t| &mut t.kind) },
    Key { name: "target.max_size", slot: Slot::Bytes(|t| &mut t.max_size) },
    Key { name: "target.base_url", slot: Slot::Url(|t| &mut t.base_url) },
    Key { name: "target.dir", slot: Slot::OptionalPath(|t| &mut t.dir) },
    Key { name: "target.url", slot: Slot::Url(|t| &mut t.url) },
    Key { name: "target.token_env", slot: Slot::OptionalText(|t| &mut t.token.env) },
    Key { name: "target.token_file", slot: Slot::OptionalPath(|t| &mut t.token.file) },
    Key { name: "target.token_command", slot: Slot::OptionalText(|t| &mut t.token.command) },
    Key { name: "target.insecure_tls", slot: Slot::Switch(|t| &mut t.insecure_tls) },
    Key { name: "target.api_id", slot: Slot::OptionalText(|t| &mut t.api_id) },
    Key { name: "target.bucket", slot: Slot::OptionalText(|t| &mut t.bucket) },
    Key { name: "target.prefix", slot: Slot::OptionalText(|t| &mut t.prefix) },
    Key { name: "target.object", slot: Slot::OptionalText(|t| &mut t.object) },
    Key { name: "target.region", slot: Slot::OptionalText(|t| &mut t.region) },
    Key { name: "target.profile", slot: Slot::OptionalText(|t| &mut t.profile) },
    Key { name: "target.endpoint", slot: Slot::Url(|t| &mut t.endpoint) },
    Key { name: "target.path_style", slot: Slot::Switch(|t| &mut t.path_style) },
];

/// Sections that stand in a profile (`[use.NAME.gateway]`), not at the top of a file.
pub(super) const OF_PROFILES: [&str; 2] = ["gateway", "dashboard"];

/// What the keys of a profile itself (`[use.NAME]`) begin with.
pub(super) const PROFILE: &str = "profile";

/// The target that is always there: the folder that the bundle host serves.
pub(super) const HOST: &str = "host";

/// What the configuration does not take, and why: a secret in a file ends in a repository.
pub(super) const REFUSED: [(&str, &str); 3] = [
    (
        "gateway.secret",
        "a secret does not belong into a configuration: name where it is with secret_env, secret_file or secret_command",
    ),
    (
        "dashboard.key",
        "a key does not belong into a configuration: name where it is with key_env, key_file or key_command",
    ),
    (
        "target.token",
        "a token does not belong into a configuration: name where it is with token_env, token_file or token_command",
    ),
];

/// The key of this name.
pub(super) fn find(name: &str) -> Option<&'static Key<Settings>> {
    KEYS.iter().find(|key| key.name == name)
}

/// The key of a target of this name.
pub(super) fn find_of_target(name: &str) -> Option<&'static Key<Target>> {
    TARGET_KEYS.iter().find(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value as Json;

    use super::*;

    #[test]
    fn every_key_takes_back_what_it_shows() {
        for key in KEYS {
            let mut settings = Settings::default();
            let text = match key.value(&settings) {
                Json::Null if key.name.rsplit('.').next() == Some("url") => "http://x".to_owned(),
                Json::Null => "x".to_owned(),
                Json::Array(_) if key.name == "ui.columns" => "path,took".to_owned(),
                Json::Array(_) => "x,y".to_owned(),
                Json::String(text) => text,
                other => other.to_string(),
            };
            key.put_text(&mut settings, &text, Path::new("")).unwrap();
            let shown = key.value(&settings);
            let shown = shown.as_str().map_or_else(|| shown.to_string(), str::to_owned);
            let text = match &*text {
                "x,y" => r#"["x","y"]"#,
                "path,took" => r#"["path","took"]"#,
                text => text,
            };
            assert_eq!(shown, text, "{}", key.name);
        }
    }

    #[test]
    fn no_two_keys_share_a_name_or_a_variable() {
        let mut names: Vec<String> = KEYS.iter().map(|key| key.name.replace('.', "_")).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
    }
}
