//! What to ship, with which keys, where to, and which APIs are to run it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::Probe;
use crate::config::Settings;
use crate::domain::task::Problem;
use crate::flows::target::{HOST, Here};

/// What one press of the key will do, decided before anything is done.
#[derive(Clone)]
pub struct Plan {
    pub(super) folder: PathBuf,
    pub(super) settings: Settings,
    pub(super) here: Here,
    pub(super) manifest: PathBuf,
    pub(super) name: String,
    pub(super) key: Option<PathBuf>,
    pub(super) public_key: Option<PathBuf>,
    pub(super) passphrase: Option<SecretString>,
    pub(super) profile: Option<String>,
    pub(super) target: String,
    pub(super) apis: Vec<String>,
    pub(super) host: Option<SocketAddr>,
    pub(super) deny_warnings: bool,
    pub(super) probe: Option<Probe>,
}

impl Plan {
    /// Of the project in this folder, as the settings have it: manifest, name and keys of `[project]`, relative to the
    /// folder; target and APIs of the profile in force.
    pub fn for_project(folder: &Path, settings: &Settings, here: &Here) -> Result<Self, Problem> {
        let project = &settings.project;
        let name = project.bundle_name(folder).ok_or_else(|| {
            Problem::failed("the folder has no name to call the bundle by")
                .at(folder.display())
                .help("set `name` in [project] of tyk-tui.toml")
        })?;
        let profile = &settings.profile;
        Ok(Self {
            folder: folder.to_owned(),
            settings: settings.clone(),
            here: here.clone(),
            manifest: folder.join(&project.manifest),
            name,
            key: project.key.as_ref().map(|key| folder.join(key)),
            public_key: project.public_key.as_ref().map(|key| folder.join(key)),
            passphrase: None,
            profile: None,
            target: profile.ship_target.clone().unwrap_or_else(|| HOST.to_owned()),
            apis: profile.ship_apis.clone(),
            host: None,
            deny_warnings: false,
            probe: None,
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

    /// The name of the profile that has to be typed before anything leaves this machine; `None` where it is none that is
    /// marked as `production`.
    pub fn production(&self) -> Option<&str> {
        self.profile.as_deref().filter(|_| self.settings.profile.production)
    }

    /// The same, with the passphrase of the key.
    #[must_use]
    pub fn with_passphrase(mut self, passphrase: SecretString) -> Self {
        self.passphrase = Some(passphrase);
        self
    }

    /// The same under the profile of this name, whose settings it has.
    #[must_use]
    pub fn under(mut self, profile: Option<&str>) -> Self {
        self.profile = profile.map(str::to_owned);
        self
    }

    /// The same, pushed to the target of this name.
    #[must_use]
    pub fn to(mut self, target: &str) -> Self {
        target.clone_into(&mut self.target);
        self
    }

    /// The same for these APIs: ids, `gateway:ID`, `dashboard:ID`, files.
    #[must_use]
    pub fn pointing(mut self, apis: Vec<String>) -> Self {
        self.apis = apis;
        self
    }

    /// The same, where a warning of lint stops it too.
    #[must_use]
    pub fn denying_warnings(mut self) -> Self {
        self.deny_warnings = true;
        self
    }

    /// The same, proved by a request in the end.
    #[must_use]
    pub fn probing(mut self, probe: Probe) -> Self {
        self.probe = Some(probe);
        self
    }

    /// The same; what is published to the host's folder is downloaded from the host that listens here.
    #[must_use]
    pub fn confirmed_at(mut self, host: SocketAddr) -> Self {
        self.host = Some(host);
        self
    }
}
