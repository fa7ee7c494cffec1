//! The target that a command is about, with the settings that it comes from.

use std::path::PathBuf;

use super::Which;
use crate::cli::output;
use crate::config::{self, Settings, Sources};
use crate::domain::task::Problem;
use crate::flows::prune::Asking;
use crate::flows::target::{Here, Target};

/// What every command here begins with.
pub(super) struct Place {
    pub(super) settings: Settings,
    pub(super) folder: PathBuf,
    here: Here,
}

impl Place {
    pub(super) fn of(chosen: config::Chosen<'_>) -> Result<Self, Problem> {
        let sources = Sources::here(chosen)?;
        let loaded = config::load(&sources)?;
        loaded.warnings.iter().for_each(output::warning);
        let here = Here::of(&sources.folder, &loaded.settings, sources.paths.as_ref());
        Ok(Self { settings: loaded.settings, folder: sources.folder, here })
    }

    /// Who is asked which bundles are in use.
    pub(super) fn asking(&self) -> Asking {
        let (settings, folder) = (self.settings.clone(), self.folder.clone());
        Asking { settings, folder, state: self.here.state.clone() }
    }

    /// The names of all targets.
    pub(super) fn names(&self) -> Vec<String> {
        Target::names(&self.settings)
    }

    /// A target by its name.
    pub(super) fn named(&self, name: &str) -> Result<Target, Problem> {
        Target::of(name, &self.settings, &self.here)
    }

    /// The one that is asked for, and a word where its connection is less safe than it looks.
    pub(super) fn target(&self, which: &Which) -> Result<Target, Problem> {
        let name = which.target.as_deref().unwrap_or(Target::usual(&self.settings));
        let target = self.named(name)?;
        if let Some(caution) = target.caution() {
            output::warning(&Problem::failed(caution).at(target.describe()));
        }
        Ok(target)
    }

    /// The same for what writes there.
    pub(super) fn target_to_change(&self, which: &Which, what: &str) -> Result<Target, Problem> {
        let target = self.target(which)?;
        if target.is_elsewhere() {
            self.settings.writes_outside(what)?;
        }
        Ok(target)
    }
}
