//! What a project's file may not do before the user has said so once.
//!
//! The file comes with a clone. It may neither open a port beyond loopback, nor name a key or a secret outside the
//! project, nor run a command, nor name a Gateway elsewhere, which would be sent the user's secret, nor have any
//! certificate trusted.
//! The consent is kept in the state directory, by the file's path and exactly the settings agreed to: another value asks
//! again, an unrelated edit does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Component, Path, PathBuf};

use super::load::Sources;
use super::paths::Paths;
use super::settings::Settings;
use crate::domain::address::Listen;
use crate::domain::task::{Kind, Problem};

/// A setting that the project's file asks for and the user has not agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untrusted {
    /// `server.listen`, `project.key`, ….
    pub key: &'static str,
    /// What it asks for: the address, or the key's resolved path.
    pub value: String,
    /// `file:line:column`.
    pub place: String,
}

impl Untrusted {
    /// In words, with what to run.
    pub fn problem(&self) -> Problem {
        let asks = match self.key {
            "project.key" => "names a private key outside the project",
            "gateway.secret_file" | "dashboard.key_file" => {
                "names a file with a secret outside the project"
            }
            "gateway.secret_command" | "dashboard.key_command" => "runs a command",
            "gateway.url" | "dashboard.url" => "sends your secret to another machine",
            "gateway.insecure_tls" | "dashboard.insecure_tls" => {
                "sends your secret to whoever answers, with any certificate"
            }
            _ => "opens a port beyond this machine",
        };
        Problem {
            kind: Kind::Failed,
            what: format!("this project's file {asks}: {} = \"{}\"", self.key, self.value),
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
    found: &[(&'static str, String)],
    sources: &Sources,
) -> Result<Vec<Untrusted>, Problem> {
    let mut asked = Vec::new();
    for (key, place) in found {
        let value = match *key {
            "server.listen" => beyond_loopback(&next.server.listen),
            "host.listen" => beyond_loopback(&next.host.listen),
            "project.key" => {
                next.project.key.as_deref().and_then(|path| outside(path, &sources.folder))
            }
            "gateway.url" => next.gateway.url.as_deref().and_then(elsewhere),
            "dashboard.url" => next.dashboard.url.as_deref().and_then(elsewhere),
            "gateway.secret_file" => {
                let file = next.gateway.secret.file.as_deref();
                file.and_then(|path| outside(path, &sources.folder))
            }
            "dashboard.key_file" => {
                let file = next.dashboard.key.file.as_deref();
                file.and_then(|path| outside(path, &sources.folder))
            }
            "gateway.secret_command" => next.gateway.secret.command.clone(),
            "dashboard.key_command" => next.dashboard.key.command.clone(),
            "gateway.insecure_tls" => next.gateway.insecure_tls.then(|| "true".to_owned()),
            "dashboard.insecure_tls" => next.dashboard.insecure_tls.then(|| "true".to_owned()),
            _ => None,
        };
        if let Some(value) = value {
            asked.push(Untrusted { key, value, place: place.clone() });
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
        match untrusted.key {
            "server.listen" => next.server.listen.clone_from(&before.server.listen),
            "host.listen" => next.host.listen.clone_from(&before.host.listen),
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
            _ => next.project.key.clone_from(&before.project.key),
        }
    }
    Ok(asked)
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
fn elsewhere(url: &str) -> Option<String> {
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
fn outside(path: &Path, folder: &Path) -> Option<String> {
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
