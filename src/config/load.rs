//! Laying the layers over each other.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::environment;
use super::file::ConfigFile;
use super::keys::Key;
use super::origin::{Layer, Origin, Origins};
use super::paths::Paths;
use super::settings::Settings;
use super::table::{self, KEYS, TARGET_KEYS};
use super::target::TargetKind;
use super::trust::{self, Untrusted};
use crate::domain::task::{Kind, Problem};

/// Where configuration is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The project's folder.
    pub folder: PathBuf,
    /// The user's folders; none where the home folder is unknown.
    pub paths: Option<Paths>,
    /// Variables, of which those of ours are looked at.
    pub environment: Vec<(String, String)>,
    /// The profile asked for by `--use`.
    pub profile: Option<String>,
    /// Flags: key, value, and the flag's name.
    pub flags: Vec<(&'static str, String, &'static str)>,
}

/// What the flags that every command takes say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'a> {
    /// `--use NAME`.
    pub profile: Option<&'a str>,
    /// `--read-only`.
    pub read_only: bool,
}

impl Sources {
    /// Those of this process: the working directory is the project's folder.
    pub fn here(chosen: Chosen<'_>) -> Result<Self, Problem> {
        let folder = std::env::current_dir().map_err(|error| {
            Problem::failed(format!("cannot tell the working directory: {error}"))
        })?;
        // A value that is no UTF-8 is taken with replacement characters, which no setting of ours survives unnoticed.
        let environment = std::env::vars_os()
            .map(|(name, value)| {
                (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
            })
            .filter(|(name, _)| name.starts_with(environment::PREFIX))
            // The passphrase is no setting, and is kept out of structures that have `Debug`.
            .filter(|(name, _)| name != "TYK_TUI_KEY_PASSPHRASE")
            .collect();
        Ok(Self {
            folder,
            paths: Paths::of_user().ok(),
            environment,
            profile: chosen.profile.filter(|name| !name.is_empty()).map(str::to_owned),
            flags: Vec::new(),
        }
        .flag("profile.read_only", "--read-only", chosen.read_only.then_some("true")))
    }

    /// Those of a folder alone, with nothing of the user's and no environment: for tests and the demo.
    pub fn only(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            paths: None,
            environment: Vec::new(),
            profile: None,
            flags: Vec::new(),
        }
    }

    /// With a flag's value for `section.key`, where the flag was given: `.flag("host.listen", "--listen", listen)`.
    #[must_use]
    pub fn flag(mut self, key: &'static str, flag: &'static str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.flags.push((key, value.to_owned(), flag));
        }
        self
    }
}

/// The configuration in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The values.
    pub settings: Settings,
    /// Where each comes from.
    pub origins: Origins,
    /// Unknown keys and variables, to be shown once.
    pub warnings: Vec<Problem>,
    /// What the project's file asks for and the user has not agreed to; `settings` does not have it.
    pub untrusted: Vec<Untrusted>,
    /// The profile in force, one of `profiles`.
    pub profile: Option<String>,
    /// Names under `[use]`.
    pub profiles: Vec<String>,
    /// The project's folder.
    pub folder: PathBuf,
}

/// A key with its value, as `config show` prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// `section.key`, `rules`, or `target.NAME.key`.
    pub key: String,
    /// Null where it is not set.
    pub value: Json,
    /// Where it comes from.
    pub origin: Origin,
}

impl Loaded {
    /// Every key with its value and origin, in the order of the documentation.
    pub fn entries(&self) -> Vec<Entry> {
        let entry = |key: String, value| {
            let origin = self.origins.of(&key);
            Entry { key, value, origin }
        };
        let keys = KEYS.iter().map(|key| entry(key.name.to_owned(), key.value(&self.settings)));
        let targets = self.settings.targets.iter().flat_map(|(name, target)| {
            let keys = TARGET_KEYS.iter();
            keys.map(move |key| entry(of_target(name, key.name), key.value(target)))
        });
        keys.chain(targets).collect()
    }

    /// The bundle's name before the hash: `[project] name`, else the folder's.
    pub fn project_name(&self) -> String {
        self.settings.project.bundle_name(&self.folder).unwrap_or_else(|| "bundle".into())
    }
}

/// Loads the configuration; what the project asks for without the user's consent is an error that says what to run.
pub fn load(sources: &Sources) -> Result<Loaded, Problem> {
    let loaded = load_safe(sources)?;
    match loaded.untrusted.first() {
        Some(untrusted) => Err(untrusted.problem()),
        None => Ok(loaded),
    }
}

/// Loads the configuration; what the project asks for without the user's consent is left out, and listed in
/// [`Loaded::untrusted`] for whoever can ask.
pub fn load_safe(sources: &Sources) -> Result<Loaded, Problem> {
    let mut loaded = Loaded {
        settings: Settings::default(),
        origins: Origins::default(),
        warnings: Vec::new(),
        untrusted: Vec::new(),
        profile: None,
        profiles: Vec::new(),
        folder: sources.folder.clone(),
    };
    loaded.settings.project.manifest = sources.folder.join(&loaded.settings.project.manifest);
    loaded.settings.rules.folder.clone_from(&sources.folder);
    loaded.settings.apis.0.folder.clone_from(&sources.folder);
    if let Some(paths) = &sources.paths {
        loaded.settings.host.dir = Some(paths.bundles());
        loaded.settings.server.token_secret = Some(paths.token_secret());
        loaded.file(&paths.config_file(), Layer::User, sources)?;
    }
    loaded.file(&Paths::project_file(&sources.folder), Layer::Project, sources)?;
    loaded.environment(sources)?;
    loaded.flags(sources)?;
    loaded.profile(sources.profile.as_deref())?;
    loaded.settle()?;
    Ok(loaded)
}

/// `target.eu.url` of the target `eu` and the key `target.url`.
fn of_target(name: &str, key: &str) -> String {
    let key = key.strip_prefix("target.").unwrap_or(key);
    format!("target.{name}.{key}")
}

impl Loaded {
    fn file(&mut self, path: &Path, layer: Layer, sources: &Sources) -> Result<(), Problem> {
        let Some(file) = ConfigFile::read(path)? else { return Ok(()) };
        let table = file.parse()?;
        let contents = file.contents(table.get_ref(), sources.profile.as_deref())?;
        let mut next = self.settings.clone();
        let mut found = Vec::new();
        for it in &contents.values {
            let place = file.place(it.value.span().start);
            it.key
                .put_toml(&mut next, it.value.get_ref(), file.folder())
                .map_err(|what| Problem::failed(what).at(&place))?;
            found.push((it.key.name.to_owned(), place));
        }
        for (name, it) in &contents.targets {
            let place = file.place(it.value.span().start);
            let target = next.targets.entry(name.clone()).or_default();
            it.key
                .put_toml(target, it.value.get_ref(), file.folder())
                .map_err(|what| Problem::failed(what).at(&place))?;
            found.push((of_target(name, it.key.name), place));
        }
        if layer == Layer::Project {
            self.untrusted = trust::check(&self.settings, &mut next, &found, sources)?;
        }
        self.settings = next;
        for (key, place) in found {
            if self.untrusted.iter().all(|untrusted| untrusted.key != key) {
                self.origins.set(key, Origin { layer, place: Some(place) });
            }
        }
        self.warnings.extend(contents.warnings);
        for profile in contents.profiles {
            if !self.profiles.contains(&profile) {
                self.profiles.push(profile);
            }
        }
        Ok(())
    }

    fn environment(&mut self, sources: &Sources) -> Result<(), Problem> {
        for (name, value) in &sources.environment {
            if !name.starts_with(environment::PREFIX) {
                continue;
            }
            match environment::key(name) {
                // An empty variable is one that was unset the only way some shells and unit files can.
                Ok(Some(key)) if !value.is_empty() => {
                    self.text(key, value, Layer::Environment, name, &sources.folder)?;
                }
                Ok(_) => {}
                Err(warning) => self.warnings.push(warning),
            }
        }
        Ok(())
    }

    fn flags(&mut self, sources: &Sources) -> Result<(), Problem> {
        for (key, value, flag) in &sources.flags {
            let key = table::find(key)
                .ok_or_else(|| Problem::usage(format!("no setting is called `{key}`")).at(flag))?;
            self.text(key, value, Layer::Flag, flag, &sources.folder)?;
        }
        Ok(())
    }

    fn text(
        &mut self,
        key: &'static Key<Settings>,
        value: &str,
        layer: Layer,
        place: &str,
        folder: &Path,
    ) -> Result<(), Problem> {
        key.put_text(&mut self.settings, value, folder)
            .map_err(|what| Problem { kind: Kind::Usage, ..Problem::failed(what).at(place) })?;
        self.origins.set(key.name, Origin { layer, place: Some(place.to_owned()) });
        // Whatever the project asked for here no longer counts.
        self.untrusted.retain(|untrusted| untrusted.key != key.name);
        Ok(())
    }

    /// What follows from all layers together.
    fn settle(&mut self) -> Result<(), Problem> {
        for name in self.settings.targets.keys() {
            if self.origins.of(&of_target(name, "kind")).layer == Layer::Default {
                let kinds = TargetKind::ALL.map(|kind| format!("\"{}\"", kind.word()));
                return Err(Problem::failed(format!("the target `{name}` has no kind"))
                    .at(format!("[use.NAME.target.{name}]"))
                    .help(format!("write `kind = ` and one of {}", kinds.join(", "))));
            }
        }
        // A profile's key is meant for what is signed under it, whatever the project signs with elsewhere.
        let settings = &mut self.settings;
        for (of_profile, of_project, keys) in [
            (&settings.profile.key, &mut settings.project.key, ("profile.key", "project.key")),
            (
                &settings.profile.public_key,
                &mut settings.project.public_key,
                ("profile.public_key", "project.public_key"),
            ),
        ] {
            let (from, to) = (self.origins.of(keys.0), self.origins.of(keys.1));
            if of_profile.is_some() && to.layer < Layer::Environment {
                of_project.clone_from(of_profile);
                self.origins.set(keys.1, from);
            }
        }
        Ok(())
    }

    fn profile(&mut self, wanted: Option<&str>) -> Result<(), Problem> {
        let Some(wanted) = wanted else { return Ok(()) };
        if !self.profiles.iter().any(|name| name == wanted) {
            let problem = Problem::usage(format!("there is no profile `{wanted}`")).at("--use");
            return Err(if self.profiles.is_empty() {
                problem.help(format!(
                    "no profile is configured: write [use.{wanted}.gateway] in tyk-tui.toml"
                ))
            } else {
                problem.help(format!("known: {}", self.profiles.join(", ")))
            });
        }
        self.profile = Some(wanted.to_owned());
        Ok(())
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
