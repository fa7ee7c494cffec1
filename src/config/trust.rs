//! What a project's file may not do before the user has said so once.
//!
//! The file comes with a clone. It may neither open a port beyond loopback, nor name a key or a secret outside the
//! project, nor run a command, nor name a server elsewhere, which would be sent the user's secret or what a Gateway sends, nor have
//! any certificate trusted, nor write bundles elsewhere, nor loosen what the user has set for a profile.
//! The consent is kept in the state directory, by the file's path and exactly the settings agreed to: another value asks
//! again, an unrelated edit does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Component, Path, PathBuf};

use super::load::Sources;
use super::paths::Paths;
use super::settings::{SecretSource, Settings};
use crate::domain::address::Listen;
use crate::domain::task::{Kind, Problem};

/// A setting that the project's file asks for and the user has not agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untrusted {
    /// `server.listen`, `project.key`, `target.eu.url`, ….
    pub key: String,
    /// What it asks for: the address, or the key's resolved path.
    pub value: String,
    /// `file:line:column`.
    pub place: String,
    asks: &'static str,
}

impl Untrusted {
    /// In words, with what to run.
    pub fn problem(&self) -> Problem {
        Problem {
            kind: Kind::Failed,
            what: format!("this project's file {}: {} = \"{}\"", self.asks, self.key, self.value),
            place: Some(self.place.clone()),
            help: Some("if you trust this project, run `tyk-tui config trust` once".into()),
        }
    }

    /// What is remembered of it.
    fn mark(&self) -> String {
        format!("{}={}", self.key, self.value)
    }
}

/// Path of a project's file → marks that the user agreed to.
type Consents = BTreeMap<String, BTreeSet<String>>;

/// Takes out of `next` what the project's file (whose values are `found`, with their places) has no consent for, and
/// returns it; `before` is what was in force below it.
pub(super) fn check(
    before: &Settings,
    next: &mut Settings,
    found: &[(String, String)],
    sources: &Sources,
) -> Result<Vec<Untrusted>, Problem> {
    let mut asked = Vec::new();
    for (key, place) in found {
        if let Some((asks, value)) = asks(before, next, key, &sources.folder) {
            asked.push(Untrusted { key: key.clone(), value, place: place.clone(), asks });
        }
    }
    if asked.is_empty() {
        return Ok(asked);
    }
    let consents = match &sources.paths {
        Some(paths) => read(&paths.trust_file())?,
        None => Consents::new(),
    };
    if let Some(agreed) = consents.get(&name(&sources.folder)) {
        asked.retain(|untrusted| !agreed.contains(&untrusted.mark()));
    }
    for untrusted in &asked {
        take_back(before, next, &untrusted.key);
    }
    Ok(asked)
}

/// What the value of a key asks for that needs consent, in words, and the value; nothing where it needs none.
fn asks(
    before: &Settings,
    next: &Settings,
    key: &str,
    folder: &Path,
) -> Option<(&'static str, String)> {
    const SECRET: &str = "sends your secret to another machine";
    const ANY: &str = "sends your secret to whoever answers, with any certificate";
    const PORT: &str = "opens a port beyond this machine";
    const PRIVATE: &str = "names a private key outside the project";
    let project = &next.project;
    let profile = &next.profile;
    let (asks, value) = match key {
        "server.listen" => (PORT, beyond_loopback(&next.server.listen)),
        "server.forward" => {
            let new: Vec<_> = next.server.forward.iter().map(String::as_str).collect();
            let new = (!new.is_empty()).then(|| new.join(", "));
            ("lets rules hand all Dispatches to another machine", new)
        }
        "host.listen" => (PORT, beyond_loopback(&next.host.listen)),
        "project.key" => (PRIVATE, outside(project.key.as_deref(), folder)),
        "profile.key" => (PRIVATE, outside(profile.key.as_deref(), folder)),
        "profile.production" => {
            let loosened = before.profile.production && !profile.production;
            (
                "takes away the question before a ship to production",
                loosened.then(|| "false".into()),
            )
        }
        "profile.read_only" => {
            let loosened = before.profile.read_only && !profile.read_only;
            ("lets a profile write that was read-only", loosened.then(|| "false".into()))
        }
        "gateway.url" => (SECRET, elsewhere(next.gateway.url.as_deref())),
        "dashboard.url" => (SECRET, elsewhere(next.dashboard.url.as_deref())),
        "gateway.insecure_tls" => (ANY, next.gateway.insecure_tls.then(|| "true".to_owned())),
        "dashboard.insecure_tls" => (ANY, next.dashboard.insecure_tls.then(|| "true".to_owned())),
        "gateway.secret_file" | "gateway.secret_command" => {
            secret(&next.gateway.secret, key, folder)
        }
        "dashboard.key_file" | "dashboard.key_command" => secret(&next.dashboard.key, key, folder),
        _ => {
            let (name, key) = of_target(key)?;
            let target = next.targets.get(name)?;
            match key {
                "url" => (SECRET, elsewhere(target.url.as_deref())),
                "endpoint" => (
                    "sends requests with your credentials to another machine",
                    elsewhere(target.endpoint.as_deref()),
                ),
                "insecure_tls" => (ANY, target.insecure_tls.then(|| "true".to_owned())),
                "dir" => {
                    ("writes bundles outside the project", outside(target.dir.as_deref(), folder))
                }
                "token_file" | "token_command" => secret(&target.token, key, folder),
                _ => return None,
            }
        }
    };
    value.map(|value| (asks, value))
}

/// The same of where a secret is kept.
fn secret(source: &SecretSource, key: &str, folder: &Path) -> (&'static str, Option<String>) {
    if key.ends_with("_command") {
        return ("runs a command", source.command.clone());
    }
    ("names a file with a secret outside the project", outside(source.file.as_deref(), folder))
}

/// The name and the key of `target.NAME.key`; a name may hold dots, a key none.
fn of_target(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("target.")?.rsplit_once('.')
}

/// Puts back what was in force before.
fn take_back(before: &Settings, next: &mut Settings, key: &str) {
    match key {
        "server.listen" => next.server.listen.clone_from(&before.server.listen),
        "server.forward" => next.server.forward.clone_from(&before.server.forward),
        "host.listen" => next.host.listen.clone_from(&before.host.listen),
        "project.key" => next.project.key.clone_from(&before.project.key),
        "profile.key" => next.profile.key.clone_from(&before.profile.key),
        "profile.production" => next.profile.production = before.profile.production,
        "profile.read_only" => next.profile.read_only = before.profile.read_only,
        "gateway.url" => next.gateway.url.clone_from(&before.gateway.url),
        "dashboard.url" => next.dashboard.url.clone_from(&before.dashboard.url),
        "gateway.insecure_tls" => next.gateway.insecure_tls = before.gateway.insecure_tls,
        "dashboard.insecure_tls" => next.dashboard.insecure_tls = before.dashboard.insecure_tls,
        "gateway.secret_file" | "gateway.secret_command" => {
            next.gateway.secret.clone_from(&before.gateway.secret);
        }
        "dashboard.key_file" | "dashboard.key_command" => {
            next.dashboard.key.clone_from(&before.dashboard.key);
        }
        _ => {
            // Half a target would be another one: it is there as a whole, or as it was.
            let Some((name, _)) = of_target(key) else { return };
            match before.targets.get(name) {
                Some(target) => next.targets.insert(name.to_owned(), target.clone()),
                None => next.targets.remove(name),
            };
        }
    }
}

/// Remembers that the user agrees to these settings of the project in `folder`.
pub fn consent(paths: &Paths, folder: &Path, untrusted: &[Untrusted]) -> Result<(), Problem> {
    let path = paths.trust_file();
    let mut consents = read(&path)?;
    consents.entry(name(folder)).or_default().extend(untrusted.iter().map(Untrusted::mark));
    write(&path, &consents).map_err(|error| {
        Problem::failed(format!("cannot keep what you agreed to: {error}")).at(path.display())
    })
}

/// A URL on another machine: a clone must not choose who gets the user's secret.
fn elsewhere(url: Option<&str>) -> Option<String> {
    let url = url?;
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let here = host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    (!here).then(|| url.to_owned())
}

fn beyond_loopback(listen: &str) -> Option<String> {
    // Text that is no address was refused before it came here; were it not, it is not trusted.
    let loopback = listen.parse().is_ok_and(|listen: Listen| listen.is_loopback());
    (!loopback).then(|| listen.to_owned())
}

/// The path with all links followed, where that leads out of the folder: a clone may hold a link to anything.
fn outside(path: Option<&Path>, folder: &Path) -> Option<String> {
    let path = path?;
    let folder = folder.canonicalize().unwrap_or_else(|_| plain(folder));
    let real = real(path);
    (!real.starts_with(&folder)).then(|| real.display().to_string())
}

/// With links followed as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = plain(path);
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(file)) => real(parent).join(file),
        _ => path,
    }
}

/// Without `.` and `..`, by words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// What the project is called in the file of consents.
fn name(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| plain(folder));
    Paths::project_file(&folder).display().to_string()
}

fn read(path: &Path) -> Result<Consents, Problem> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Consents::new()),
        Err(error) => {
            return Err(Problem::failed(format!("cannot read what you agreed to: {error}"))
                .at(path.display()));
        }
    };
    serde_json::from_str(&text).map_err(|error| {
        Problem::failed(format!("this is not as tyk-tui wrote it: {error}"))
            .at(path.display())
            .help("remove the file; you will be asked again")
    })
}

/// Whole or not at all, for the user alone.
fn write(path: &Path, consents: &Consents) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut file, consents)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
