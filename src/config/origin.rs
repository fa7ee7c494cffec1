//! Where a value comes from.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// The layers, from the lowest: each one is laid over those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Built in.
    Default,
    /// `config.toml` in the user's config folder.
    User,
    /// `tyk-tui.toml` in the project.
    Project,
    /// `TYK_TUI_<SECTION>_<KEY>`.
    Environment,
    /// A flag of the command.
    Flag,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::User => "user",
            Self::Project => "project",
            Self::Environment => "environment",
            Self::Flag => "flag",
        })
    }
}

/// The layer of a value, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The layer.
    pub layer: Layer,
    /// `file:line:column`, the variable or the flag; none for a default.
    pub place: Option<String>,
}

/// The origin of every value that is not a default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(BTreeMap<String, Origin>);

impl Origins {
    /// Where the value of `section.key` (or `rules`) comes from.
    pub fn of(&self, key: &str) -> Origin {
        self.0.get(key).cloned().unwrap_or(Origin { layer: Layer::Default, place: None })
    }

    pub(super) fn set(&mut self, key: impl Into<String>, origin: Origin) {
        self.0.insert(key.into(), origin);
    }
}
