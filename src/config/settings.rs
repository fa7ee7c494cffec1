//! The values in force, typed, with their defaults.
//!
//! A path that a file names is joined to that file's folder by the loader (`~/` is the home folder), one from the
//! environment or a flag to the project's; `project.manifest` is absolute too once loaded.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::columns::Column;
use super::globs::Globs;
use super::sample::Sample;
use super::target::Target;
use crate::domain::task::Problem;

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
    /// `[use.NAME]`: the profile in force itself.
    pub profile: Profile,
    /// `[use.NAME.target.NAME]` of the profile in force, by name.
    pub targets: BTreeMap<String, Target>,
    /// `[use.NAME.gateway]` of the profile in force; none is connected where it has no URL.
    pub gateway: Gateway,
    /// `[use.NAME.dashboard]` of the profile in force.
    pub dashboard: Dashboard,
    /// `rules`: what the plugin server answers.
    pub rules: Globs,
    /// `apis`: the project's API definitions.
    pub apis: Apis,
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
    /// The `tyk.conf` of the Gateway that runs the plugin, for lint and doctor.
    pub tyk_conf: Option<PathBuf>,
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
    /// How long a Dispatch is held at a breakpoint before it is let go unchanged, in seconds.
    pub hold_seconds: usize,
    /// Dispatches that are held at once, at most.
    pub hold_limit: usize,
    /// The address that a Gateway elsewhere is given for it, where that is another: `host.docker.internal:50051`.
    pub advertise: Option<String>,
    /// Servers beyond this machine that rules may forward to, as `HOST:PORT`.
    pub forward: Vec<String>,
    /// The file of the secret that sessions' tokens are made with: in the state directory, and no key of the
    /// configuration. Without one a secret is made for each process.
    pub token_secret: Option<PathBuf>,
}

/// `[host]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// `HOST:PORT`.
    pub listen: String,
    /// The folder that is served and published to; a folder of ours in the data directory where it is not set.
    pub dir: Option<PathBuf>,
    /// The address that a Gateway elsewhere is given for it, where that is another.
    pub advertise: Option<String>,
}

/// `[capture]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Most records in the ring.
    pub max_records: usize,
    /// Most bytes of both sides in the ring.
    pub max_bytes: usize,
    /// Most rows of the list, where a session's file has what the ring forgot.
    pub max_rows: usize,
    /// Of Dispatches and events, the share that is kept; the others are answered and counted alone.
    pub sample: Sample,
    /// A filter: what it means is kept whatever the share is.
    pub keep: Option<String>,
    /// A session is written to the disk, without being asked for.
    pub record: bool,
    /// Most records of a session.
    pub session_records: usize,
    /// Most bytes of a session, and of those before it together.
    pub session_bytes: usize,
    /// Days after which a record, or a session, is deleted.
    pub session_days: usize,
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
    /// The editor has vim's keys.
    pub vim: bool,
    /// The columns of the list of Dispatches; none: those that its width has room for.
    pub columns: Vec<Column>,
    /// The list of Dispatches has the calls of each HTTP request together.
    pub by_request: bool,
}

/// `[use.NAME]`: what holds for a profile as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Ship shows its plan and wants the profile's name typed.
    pub production: bool,
    /// Nothing is written outside this machine.
    pub read_only: bool,
    /// The private key that is signed with, over that of the project.
    pub key: Option<PathBuf>,
    /// The public key that bundles are verified with, over that of the project.
    pub public_key: Option<PathBuf>,
    /// The target that ship pushes to where none is asked for.
    pub ship_target: Option<String>,
    /// The APIs that ship points at the bundle where none is asked for.
    pub ship_apis: Vec<String>,
}

/// `[use.NAME.gateway]`: a Gateway's control API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gateway {
    /// `http://HOST:PORT`.
    pub url: Option<String>,
    /// Where its secret is; `TYK_GW_SECRET` where nothing is set.
    pub secret: SecretSource,
    /// Its version, where `/hello` does not say it.
    pub version: Option<String>,
    /// Any certificate of it is trusted.
    pub insecure_tls: bool,
}

/// `[use.NAME.dashboard]`: a Dashboard's API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dashboard {
    /// `http://HOST:PORT`.
    pub url: Option<String>,
    /// Where the user's API key is; `TYK_DB_KEY` where nothing is set.
    pub key: SecretSource,
    /// Any certificate of it is trusted.
    pub insecure_tls: bool,
}

/// Where a secret is kept: never in the configuration itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretSource {
    /// The name of a variable.
    pub env: Option<String>,
    /// A file that its owner alone may read.
    pub file: Option<PathBuf>,
    /// A command that prints it.
    pub command: Option<String>,
}

/// The project's API definitions: files and globs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apis(pub Globs);

impl Default for Apis {
    fn default() -> Self {
        let patterns = ["apis/*.{json,yaml,yml}", "api.{json,yaml,yml}"].map(str::to_owned);
        Self(Globs { patterns: patterns.into(), folder: PathBuf::new() })
    }
}

impl Settings {
    /// Refuses what would write outside this machine where the profile or `--read-only` forbids it; `what` is that: "push
    /// a bundle".
    pub fn writes_outside(&self, what: &str) -> Result<(), Problem> {
        if !self.profile.read_only {
            return Ok(());
        }
        Err(Problem::failed(format!("read-only: will not {what}"))
            .help("take away --read-only, or `read_only` of the profile"))
    }
}

impl Project {
    /// The bundle's name before its hash: the one that is set, else that of the project's folder; `None` where that has
    /// none, as the root.
    pub fn bundle_name(&self, folder: &Path) -> Option<String> {
        if let Some(name) = &self.name {
            return Some(name.clone());
        }
        // `.` has a name too.
        let folder = std::path::absolute(folder).ok()?;
        Some(folder.file_name()?.to_str()?.to_owned())
    }
}

impl Default for Project {
    fn default() -> Self {
        Self {
            name: None,
            manifest: "manifest.json".into(),
            key: None,
            public_key: None,
            tyk_conf: None,
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:50051".into(),
            receive_limit: 64 << 20,
            answer_limit: 4 << 20,
            in_flight_limit: 256 << 20,
            hold_seconds: 30,
            hold_limit: 100,
            advertise: None,
            forward: Vec::new(),
            token_secret: None,
        }
    }
}

impl Default for Host {
    fn default() -> Self {
        Self { listen: "127.0.0.1:8000".into(), dir: None, advertise: None }
    }
}

impl Default for Capture {
    fn default() -> Self {
        Self {
            max_records: 20_000,
            max_bytes: 256 << 20,
            max_rows: 1_000_000,
            sample: Sample::default(),
            keep: None,
            record: false,
            session_records: 1_000_000,
            session_bytes: 1 << 30,
            session_days: 30,
        }
    }
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            theme: "ansi".into(),
            mouse: true,
            vim: false,
            columns: Vec::new(),
            by_request: false,
        }
    }
}
