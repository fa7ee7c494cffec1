//! Where tyk-tui keeps what it keeps: the XDG base directories, on macOS too.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::domain::task::Problem;

/// The user's folders of ours. Nothing is made here: whoever writes makes what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    data: PathBuf,
    state: PathBuf,
}

impl Paths {
    /// As the environment and the user's home folder have it (`XDG_CONFIG_HOME`, …).
    pub fn of_user() -> Result<Self, Problem> {
        let base = etcetera::base_strategy::Xdg::new().map_err(|error| {
            Problem::failed(format!("cannot tell your home folder: {error}")).help("set HOME")
        })?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Ok(Self {
            config: base.config_dir().join("tyk-tui"),
            data: base.data_dir().join("tyk-tui"),
            state: state.join("tyk-tui"),
        })
    }

    /// All three under one folder: for tests and the demo, which touch nothing of the user's.
    pub fn under(folder: &Path) -> Self {
        Self {
            config: folder.join("config"),
            data: folder.join("data"),
            state: folder.join("state"),
        }
    }

    /// The user's configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The user's keymap, laid over the built-in one.
    pub fn keymap(&self) -> PathBuf {
        self.config.join("keymap.toml")
    }

    /// The folder of the user's themes.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// What must outlive the process and nobody edits.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// The log file.
    pub fn log_file(&self) -> PathBuf {
        self.state.join("tyk-tui.log")
    }

    /// The secret that sessions' tokens are made with.
    pub fn token_secret(&self) -> PathBuf {
        self.state.join("token-secret")
    }

    /// Which settings of which projects the user trusts.
    pub fn trust_file(&self) -> PathBuf {
        self.state.join("trust.json")
    }

    /// Where bundles are published where `[host] dir` is not set.
    pub fn bundles(&self) -> PathBuf {
        self.data.join("bundles")
    }

    /// The sessions that were recorded.
    pub fn sessions(&self) -> PathBuf {
        self.state.join("sessions")
    }

    /// The project's configuration file.
    pub fn project_file(folder: &Path) -> PathBuf {
        folder.join("tyk-tui.toml")
    }
}
