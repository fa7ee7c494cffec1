//! Where the demo plays: a sample project, a folder of bundles and settings of its own, all in a temporary folder.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::config::{self, Loaded, Settings, Sources};
use crate::domain::task::Problem;
use crate::flows::target::Here;
use crate::services::bundle::keys::{GOOD_BITS, SigningKey};
use crate::services::files::{self, Mode};

/// The project's folder: its name is the bundle's.
const NAME: &str = "orders-auth";

/// The sample project's files, besides its keys.
const FILES: [(&str, &str); 5] = [
    ("README.md", include_str!("../../../assets/demo/project/README.md")),
    ("manifest.json", include_str!("../../../assets/demo/project/manifest.json")),
    ("tyk-tui.toml", include_str!("../../../assets/demo/project/tyk-tui.toml")),
    ("rules/demo.toml", include_str!("../../../assets/demo/project/rules/demo.toml")),
    ("rules/keys.txt", include_str!("../../../assets/demo/project/rules/keys.txt")),
];

/// Ports that are tried from the usual one on, before any free one is taken.
const STEPS: u16 = 64;

/// The sample project and its settings. The folder goes when this is dropped.
#[derive(Debug)]
pub struct Stage {
    root: TempDir,
    folder: PathBuf,
    loaded: Loaded,
}

impl Stage {
    /// Makes the project, with a signing key of its own, and finds free ports.
    pub fn set() -> Result<Self, Problem> {
        let temporary = std::env::temp_dir();
        let cannot = |error: &std::io::Error| {
            files::problem("cannot make the sample project", &temporary, error)
        };
        let root =
            tempfile::Builder::new().prefix("tyk-tui-demo-").tempdir().map_err(|e| cannot(&e))?;
        let folder = root.path().join(NAME);
        let bundles = root.path().join("bundles");
        for made in [&folder.join("rules"), &bundles] {
            std::fs::create_dir_all(made).map_err(|error| cannot(&error))?;
        }
        for (name, text) in FILES {
            files::write(&folder.join(name), text.as_bytes(), Mode::Shared, "the sample project")?;
        }
        keys(&folder)?;
        let usual = Settings::default();
        let server = free(&usual.server.listen);
        let host = free(&usual.host.listen);
        let sources = Sources::only(&folder)
            .flag("server.listen", "demo", Some(&server))
            .flag("host.listen", "demo", Some(&host))
            .flag("host.dir", "demo", bundles.to_str());
        let loaded = config::load(&sources)?;
        Ok(Self { root, folder, loaded })
    }

    /// The project's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder that the host serves.
    pub fn bundles(&self) -> PathBuf {
        self.root.path().join("bundles")
    }

    /// What a target of it needs; it keeps no state.
    pub fn here(&self) -> Here {
        Here { bundles: self.bundles(), state: None, public_key: None }
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.loaded.settings
    }

    /// The configuration in force, for a console.
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// What to say of ports that were stepped over: one line each.
    pub fn stepped_over(&self) -> Vec<String> {
        let (usual, ours) = (Settings::default(), self.settings());
        [
            ("the plugin server", usual.server.listen, &ours.server.listen),
            ("the bundle host", usual.host.listen, &ours.host.listen),
        ]
        .into_iter()
        .filter(|(_, usual, ours)| usual != *ours)
        .map(|(who, usual, ours)| format!("{usual} is taken: {who} listens on {ours}"))
        .collect()
    }

    /// Takes other ports, where those that were found are taken by now.
    pub fn step_over(&mut self) {
        let settings = &mut self.loaded.settings;
        settings.server.listen = free(&settings.server.listen);
        settings.host.listen = free(&settings.host.listen);
    }
}

/// The pair that bundles are signed and verified with, made for this run.
fn keys(folder: &Path) -> Result<(), Problem> {
    let private = folder.join("signing-key.pem");
    let failed = |error: crate::services::bundle::keys::KeyError| error.problem(&private);
    let key = SigningKey::generate(GOOD_BITS, "demo").map_err(failed)?;
    files::write(&private, key.to_pem().map_err(failed)?.as_bytes(), Mode::Private, "the key")?;
    let public = key.public().to_pem().map_err(failed)?;
    files::write(&folder.join("signing-key.pub.pem"), public.as_bytes(), Mode::Shared, "the key")
}

/// This address if its port is free, else the same with the next free port.
fn free(usual: &str) -> String {
    let first = usual.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(0_u16);
    let next = (0..STEPS).map(|step| first.saturating_add(step)).find(|&port| is_free(port));
    // Any port, where all of those are taken.
    let port = next.or_else(|| {
        let any = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
        Some(any.local_addr().ok()?.port())
    });
    format!("{}:{}", Ipv4Addr::LOCALHOST, port.unwrap_or(first))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_taken_are_stepped_over() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let usual = taken.local_addr().unwrap();
        let found: std::net::SocketAddr = free(&usual.to_string()).parse().unwrap();
        assert_ne!(found, usual);
        assert!(is_free(found.port()));
    }

    #[test]
    fn the_stage_is_whole_and_goes_with_everything_on_it() {
        let stage = Stage::set().unwrap();
        let folder = stage.folder().to_owned();
        let settings = stage.settings();
        assert_eq!(settings.project.name.as_deref(), Some("orders-auth"));
        assert_eq!(settings.project.key, Some(folder.join("signing-key.pem")));
        assert_eq!(settings.host.dir, Some(stage.bundles()));
        let rules = crate::dispatch::Rules::configured(settings).unwrap();
        assert!(rules.stats().iter().any(|rule| rule.name == "static-key"));
        drop(stage);
        assert!(!folder.exists());
    }
}
