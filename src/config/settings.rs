//! The values in force, typed, with their defaults.
//!
//! A path that a file names is joined to that file's folder by the loader (`~/` is the home folder), one from the
//! environment or a flag to the project's; `project.manifest` is absolute too once loaded.

use std::path::PathBuf;

/// All sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `[project]`.
    pub project: Project,
    /// `[server]`.
    pub server: Server,
    /// `[host]`.
    pub host: Host,
    /// `[capture]`.
    pub capture: Capture,
    /// `[redact]`.
    pub redact: Redact,
    /// `[ui]`.
    pub ui: Ui,
    /// `rules`: files and globs, relative to `rules_folder`.
    pub rules: Vec<String>,
    /// The folder of the file that names `rules`.
    pub rules_folder: PathBuf,
}

/// `[project]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// The bundle's name before the hash; the folder's where it is not set.
    pub name: Option<String>,
    /// The manifest, relative to the project's folder.
    pub manifest: PathBuf,
    /// The private key that the console signs with (`build` does not use it).
    pub key: Option<PathBuf>,
    /// The public key that bundles are verified with.
    pub public_key: Option<PathBuf>,
}

/// `[server]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// `HOST:PORT` or `unix:PATH`.
    pub listen: String,
    /// Largest Object that is taken, in bytes.
    pub receive_limit: usize,
    /// Largest answer that a Gateway takes, in bytes of the encoded Object (its own limit is 4 MiB).
    pub answer_limit: usize,
    /// Objects in flight, in bytes.
    pub in_flight_limit: usize,
}

/// `[host]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// `HOST:PORT`.
    pub listen: String,
    /// The folder that is served and published to; a folder of ours in the data directory where it is not set.
    pub dir: Option<PathBuf>,
}

/// `[capture]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Most records in the ring.
    pub max_records: usize,
    /// Most bytes of both sides in the ring.
    pub max_bytes: usize,
}

/// `[redact]`: names that are secret besides the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redact {
    /// Header names.
    pub headers: Vec<String>,
    /// Query and form names.
    pub params: Vec<String>,
    /// JSON member names.
    pub members: Vec<String>,
}

/// `[ui]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ui {
    /// A theme's name: a file of the user's `themes/` folder, else an embedded one.
    pub theme: String,
    /// Mouse on.
    pub mouse: bool,
    /// Texts are edited with the keys of vim.
    pub vim: bool,
}

impl Default for Project {
    fn default() -> Self {
        Self { name: None, manifest: "manifest.json".into(), key: None, public_key: None }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:50051".into(),
            receive_limit: 64 << 20,
            answer_limit: 4 << 20,
            in_flight_limit: 256 << 20,
        }
    }
}

impl Default for Host {
    fn default() -> Self {
        Self { listen: "127.0.0.1:8000".into(), dir: None }
    }
}

impl Default for Capture {
    fn default() -> Self {
        Self { max_records: 20_000, max_bytes: 256 << 20 }
    }
}

impl Default for Ui {
    fn default() -> Self {
        Self { theme: "ansi".into(), mouse: true, vim: false }
    }
}
