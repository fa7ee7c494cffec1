//! What to ship, with which keys, and where to.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::config::Settings;
use crate::domain::task::Problem;

/// What one press of the key will do, decided before anything is done.
#[derive(Clone)]
pub struct Plan {
    pub(super) folder: PathBuf,
    pub(super) settings: Settings,
    pub(super) manifest: PathBuf,
    pub(super) name: String,
    pub(super) key: Option<PathBuf>,
    pub(super) public_key: Option<PathBuf>,
    pub(super) passphrase: Option<SecretString>,
    pub(super) dir: PathBuf,
    pub(super) host: Option<SocketAddr>,
}

impl Plan {
    /// Of the project in this folder, as the settings have it: manifest, name and keys of `[project]`, relative to the
    /// folder; published into `dir`, the folder that the host serves.
    pub fn for_project(folder: &Path, settings: &Settings, dir: &Path) -> Result<Self, Problem> {
        let project = &settings.project;
        let name = project.bundle_name(folder).ok_or_else(|| {
            Problem::failed("the folder has no name to call the bundle by")
                .at(folder.display())
                .help("set `name` in [project] of tyk-tui.toml")
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            settings: settings.clone(),
            manifest: folder.join(&project.manifest),
            name,
            key: project.key.as_ref().map(|key| folder.join(key)),
            public_key: project.public_key.as_ref().map(|key| folder.join(key)),
            passphrase: None,
            dir: dir.to_owned(),
            host: None,
        })
    }

    /// The bundle's name before its hash.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The private key's file, where one is set.
    pub fn key(&self) -> Option<&Path> {
        self.key.as_deref()
    }

    /// The same, with the passphrase of the key.
    #[must_use]
    pub fn with_passphrase(mut self, passphrase: SecretString) -> Self {
        self.passphrase = Some(passphrase);
        self
    }

    /// The same, confirmed by a download from the host that listens here and serves the folder.
    #[must_use]
    pub fn confirmed_at(mut self, host: SocketAddr) -> Self {
        self.host = Some(host);
        self
    }
}
