//! The one table of what can be configured: files, environment, flags and `config show` are made from it.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use toml::de::DeValue;

use super::globs::Globs;
use super::settings::Settings;
use crate::domain::address::Listen;

/// A key, and how a value of it is taken.
pub(super) struct Key {
    /// `section.key`, or the key alone at the top of the file.
    pub(super) name: &'static str,
    slot: Slot,
}

/// The field of [`Settings`] behind a key; its type is what the key takes.
enum Slot {
    Text(fn(&mut Settings) -> &mut String),
    OptionalText(fn(&mut Settings) -> &mut Option<String>),
    /// `http://HOST:PORT`, or with `https`.
    Url(fn(&mut Settings) -> &mut Option<String>),
    /// `HOST:PORT`, and `unix:PATH` where the flag says so.
    Listen(fn(&mut Settings) -> &mut String, Sockets),
    Path(fn(&mut Settings) -> &mut PathBuf),
    OptionalPath(fn(&mut Settings) -> &mut Option<PathBuf>),
    /// Bytes: an integer, or text with a unit.
    Bytes(fn(&mut Settings) -> &mut usize),
    Count(fn(&mut Settings) -> &mut usize),
    Switch(fn(&mut Settings) -> &mut bool),
    List(fn(&mut Settings) -> &mut Vec<String>),
    /// As a list; the folder that they are relative to is kept beside it.
    Globs(fn(&mut Settings) -> &mut Globs),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sockets {
    Taken,
    Refused,
}

/// All keys, in the order in which they are shown.
pub(super) const KEYS: &[Key] = &[
    Key { name: "project.name", slot: Slot::OptionalText(|s| &mut s.project.name) },
    Key { name: "project.manifest", slot: Slot::Path(|s| &mut s.project.manifest) },
    Key { name: "project.key", slot: Slot::OptionalPath(|s| &mut s.project.key) },
    Key { name: "project.public_key", slot: Slot::OptionalPath(|s| &mut s.project.public_key) },
    Key { name: "project.tyk_conf", slot: Slot::OptionalPath(|s| &mut s.project.tyk_conf) },
    Key { name: "server.listen", slot: Slot::Listen(|s| &mut s.server.listen, Sockets::Taken) },
    Key { name: "server.receive_limit", slot: Slot::Bytes(|s| &mut s.server.receive_limit) },
    Key { name: "server.answer_limit", slot: Slot::Bytes(|s| &mut s.server.answer_limit) },
    Key { name: "server.advertise", slot: Slot::OptionalText(|s| &mut s.server.advertise) },
    Key { name: "server.in_flight_limit", slot: Slot::Bytes(|s| &mut s.server.in_flight_limit) },
    Key { name: "host.listen", slot: Slot::Listen(|s| &mut s.host.listen, Sockets::Refused) },
    Key { name: "host.dir", slot: Slot::OptionalPath(|s| &mut s.host.dir) },
    Key { name: "host.advertise", slot: Slot::OptionalText(|s| &mut s.host.advertise) },
    Key { name: "capture.max_records", slot: Slot::Count(|s| &mut s.capture.max_records) },
    Key { name: "capture.max_bytes", slot: Slot::Bytes(|s| &mut s.capture.max_bytes) },
    Key { name: "redact.headers", slot: Slot::List(|s| &mut s.redact.headers) },
    Key { name: "redact.params", slot: Slot::List(|s| &mut s.redact.params) },
    Key { name: "redact.members", slot: Slot::List(|s| &mut s.redact.members) },
    Key { name: "ui.theme", slot: Slot::Text(|s| &mut s.ui.theme) },
    Key { name: "ui.mouse", slot: Slot::Switch(|s| &mut s.ui.mouse) },
    Key { name: "ui.vim", slot: Slot::Switch(|s| &mut s.ui.vim) },
    Key { name: "rules", slot: Slot::Globs(|s| &mut s.rules) },
    Key { name: "apis", slot: Slot::Globs(|s| &mut s.apis.0) },
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

/// Sections that stand in a profile (`[use.NAME.gateway]`), not at the top of a file.
pub(super) const OF_PROFILES: [&str; 2] = ["gateway", "dashboard"];

/// What the configuration does not take, and why: a secret in a file ends in a repository.
pub(super) const REFUSED: [(&str, &str); 2] = [
    (
        "gateway.secret",
        "a secret does not belong into a configuration: name where it is with secret_env, secret_file or secret_command",
    ),
    (
        "dashboard.key",
        "a key does not belong into a configuration: name where it is with key_env, key_file or key_command",
    ),
];

/// The key of this name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

impl Key {
    /// Takes a value of a TOML file in `folder`; the error says what was expected.
    pub(super) fn put_toml(
        &self,
        settings: &mut Settings,
        value: &DeValue<'_>,
        folder: &Path,
    ) -> Result<(), String> {
        let wrong = |wanted: &str| format!("`{}` is {wanted}, not {}", self.name, kind(value));
        let text = || value.as_str().ok_or_else(|| wrong("text in quotes"));
        match &self.slot {
            Slot::Bytes(_) if value.is_str() => self.put_text(settings, text()?, folder),
            Slot::Bytes(field) | Slot::Count(field) => {
                let wanted = if matches!(self.slot, Slot::Bytes(_)) {
                    "a number of bytes, or text such as \"64 MiB\""
                } else {
                    "a whole number"
                };
                let integer = value.as_integer().ok_or_else(|| wrong(wanted))?;
                let number = usize::from_str_radix(integer.as_str(), integer.radix());
                *field(settings) = self.at_least_one(number.ok(), integer.as_str())?;
                Ok(())
            }
            Slot::Switch(field) => {
                *field(settings) = value.as_bool().ok_or_else(|| wrong("true or false"))?;
                Ok(())
            }
            Slot::List(_) | Slot::Globs(_) => {
                let wanted = "a list of text, such as [\"a\", \"b\"]";
                let items = value.as_array().ok_or_else(|| wrong(wanted))?;
                let items = items
                    .iter()
                    .map(|item| item.get_ref().as_str().map(str::to_owned))
                    .collect::<Option<Vec<_>>>()
                    .ok_or_else(|| {
                        format!("`{}` is {wanted}: an item is something else", self.name)
                    })?;
                self.put_list(settings, items, folder);
                Ok(())
            }
            _ => self.put_text(settings, text()?, folder),
        }
    }

    /// Takes a value written as text: from the environment or a flag. Lists are separated by commas.
    pub(super) fn put_text(
        &self,
        settings: &mut Settings,
        text: &str,
        folder: &Path,
    ) -> Result<(), String> {
        match &self.slot {
            Slot::Text(field) => *field(settings) = self.some_text(text)?,
            Slot::OptionalText(field) => *field(settings) = Some(self.some_text(text)?),
            Slot::Url(field) => *field(settings) = Some(self.url(text)?),
            Slot::Listen(field, sockets) => *field(settings) = self.listen(text, *sockets)?,
            Slot::Path(field) => *field(settings) = joined(folder, &self.some_text(text)?),
            Slot::OptionalPath(field) => {
                *field(settings) = Some(joined(folder, &self.some_text(text)?));
            }
            Slot::Bytes(field) => *field(settings) = self.at_least_one(bytes(text), text)?,
            Slot::Count(field) => *field(settings) = self.at_least_one(text.parse().ok(), text)?,
            Slot::Switch(field) => {
                *field(settings) = match text {
                    "true" | "1" => true,
                    "false" | "0" => false,
                    _ => return Err(format!("`{}` is true or false, not `{text}`", self.name)),
                };
            }
            Slot::List(_) | Slot::Globs(_) => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                self.put_list(settings, items.map(str::to_owned).collect(), folder);
            }
        }
        Ok(())
    }

    /// The value in force; null where it is not set.
    pub(super) fn value(&self, settings: &Settings) -> Json {
        // The table reaches a field for reading and writing by one function, so reading takes a copy.
        let mut copy = settings.clone();
        match &self.slot {
            Slot::Text(field) | Slot::Listen(field, _) => field(&mut copy).as_str().into(),
            Slot::OptionalText(field) | Slot::Url(field) => field(&mut copy).clone().into(),
            Slot::Path(field) => field(&mut copy).display().to_string().into(),
            Slot::OptionalPath(field) => {
                field(&mut copy).as_ref().map(|path| path.display().to_string()).into()
            }
            Slot::Bytes(field) | Slot::Count(field) => (*field(&mut copy)).into(),
            Slot::Switch(field) => (*field(&mut copy)).into(),
            Slot::List(field) => field(&mut copy).clone().into(),
            Slot::Globs(field) => field(&mut copy).patterns.clone().into(),
        }
    }

    fn put_list(&self, settings: &mut Settings, items: Vec<String>, folder: &Path) {
        match &self.slot {
            Slot::List(field) => *field(settings) = items,
            Slot::Globs(field) => {
                *field(settings) = Globs { patterns: items, folder: folder.to_owned() };
            }
            _ => {}
        }
    }

    fn some_text(&self, text: &str) -> Result<String, String> {
        match text.trim() {
            "" => Err(format!("`{}` is empty", self.name)),
            _ => Ok(text.to_owned()),
        }
    }

    /// A URL with a host. It may hold no password: it is shown.
    fn url(&self, text: &str) -> Result<String, String> {
        let wrong = |why: &str| Err(format!("`{}`: {why}: write http://HOST:PORT", self.name));
        let text = text.trim().trim_end_matches('/');
        let Some((scheme, rest)) = text.split_once("://") else {
            return wrong("no scheme");
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        match scheme {
            "http" | "https" if host.contains('@') => wrong("a password does not belong into it"),
            "http" | "https" if host.is_empty() || host.starts_with(':') => wrong("no host"),
            "http" | "https" => Ok(text.to_owned()),
            _ => wrong("only http and https are spoken"),
        }
    }

    fn listen(&self, text: &str, sockets: Sockets) -> Result<String, String> {
        match text.parse::<Listen>() {
            Ok(Listen::Unix(_)) if sockets == Sockets::Refused => {
                Err(format!("`{}` is HOST:PORT: a Gateway downloads over HTTP alone", self.name))
            }
            Ok(listen) => Ok(listen.to_string()),
            Err(error) => Err(format!("`{}`: {error}", self.name)),
        }
    }

    fn at_least_one(&self, number: Option<usize>, text: &str) -> Result<usize, String> {
        match number {
            Some(0) => Err(format!("`{}` is at least 1", self.name)),
            Some(number) => Ok(number),
            None => Err(match self.slot {
                Slot::Bytes(_) => format!(
                    "`{}`: `{text}` is no number of bytes: write 1048576 or \"1 MiB\"",
                    self.name
                ),
                _ => format!("`{}`: `{text}` is no whole number that fits", self.name),
            }),
        }
    }
}

/// What a TOML value is, for people.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A path as a file or a person writes it: `~/` is the home folder, anything relative belongs to `folder`.
fn joined(folder: &Path, path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(etcetera::home_dir().ok()) {
        Some((rest, home)) => home.join(rest),
        None => folder.join(path),
    }
}

/// `1048576`, `1024 KiB`, `1MiB`, `1 MB`: binary units by 1024, decimal ones by 1000.
fn bytes(text: &str) -> Option<usize> {
    let text = text.trim();
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'_').count();
    let number: usize = text[..digits].replace('_', "").parse().ok()?;
    let unit: usize = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(bytes("64 MiB"), Some(64 << 20));
        assert_eq!(bytes("4194304"), Some(4 << 20));
        assert_eq!(bytes("1_000kb"), Some(1_000_000));
        assert_eq!(bytes("2gib"), Some(2 << 30));
        for wrong in ["", "MiB", "1 TiB", "-1", "1.5 MiB", "99999999999999999999"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_key_takes_back_what_it_shows() {
        for key in KEYS {
            let mut settings = Settings::default();
            let text = match key.value(&settings) {
                Json::Null if key.name.rsplit('.').next() == Some("url") => "http://x".to_owned(),
                Json::Null => "x".to_owned(),
                Json::Array(_) => "x,y".to_owned(),
                Json::String(text) => text,
                other => other.to_string(),
            };
            key.put_text(&mut settings, &text, Path::new("")).unwrap();
            let shown = key.value(&settings);
            let shown = shown.as_str().map_or_else(|| shown.to_string(), str::to_owned);
            let text = if text == "x,y" { r#"["x","y"]"# } else { &text };
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
