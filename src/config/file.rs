//! A configuration file: TOML with the place of each value.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::Key;
use super::settings::Settings;
use super::table::{self, HOST, KEYS, OF_PROFILES, PROFILE, REFUSED, TARGET_KEYS};
use super::target::Target;
use crate::domain::nearest::nearest;
use crate::domain::task::Problem;

/// Far more than anyone writes by hand.
const LARGEST: u64 = 1 << 20;

/// The text of a configuration file.
pub(super) struct ConfigFile {
    path: PathBuf,
    text: String,
}

/// A value of a known key, and where it stands.
pub(super) struct Found<'a, T: 'static = Settings> {
    pub(super) key: &'static Key<T>,
    pub(super) value: &'a Spanned<DeValue<'a>>,
}

/// What a file says.
#[derive(Default)]
pub(super) struct Contents<'a> {
    pub(super) values: Vec<Found<'a>>,
    /// Of targets, with the target's name.
    pub(super) targets: Vec<(String, Found<'a, Target>)>,
    /// Names under `[use]`.
    pub(super) profiles: Vec<String>,
    /// Keys that nobody knows.
    pub(super) warnings: Vec<Problem>,
}

impl ConfigFile {
    /// Reads it; `None` where there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Problem> {
        let failed = |error: &dyn std::fmt::Display| {
            Problem::failed(format!("cannot read the configuration: {error}")).at(path.display())
        };
        // Asked before it is opened: opening a FIFO waits for its writer.
        match std::fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&error)),
            Ok(facts) if !facts.is_file() => return Err(failed(&"it is no regular file")),
            Ok(facts) if facts.len() > LARGEST => return Err(failed(&"it is larger than 1 MiB")),
            Ok(_) => {}
        }
        let mut text = String::new();
        File::open(path)
            .and_then(|file| file.take(LARGEST).read_to_string(&mut text))
            .map_err(|error| failed(&error))?;
        Ok(Some(Self { path: path.to_owned(), text }))
    }

    /// The folder that relative paths in it belong to.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// `file:line:column` of a byte offset; columns count characters.
    pub(super) fn place(&self, offset: usize) -> String {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.path.display())
    }

    /// Its TOML; a syntax error is a problem with its place.
    pub(super) fn parse(&self) -> Result<Spanned<DeTable<'_>>, Problem> {
        DeTable::parse(&self.text).map_err(|error| {
            // toml's message may go on with hints on further lines.
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let offset = error.span().map_or(0, |span| span.start);
            Problem::failed(format!("this is no TOML: {message}")).at(self.place(offset))
        })
    }

    /// Sorts what stands in it into known values, profiles and warnings; of profiles the values of the one asked for.
    pub(super) fn contents<'a>(
        &self,
        table: &'a DeTable<'a>,
        profile: Option<&str>,
    ) -> Result<Contents<'a>, Problem> {
        let mut contents = Contents::default();
        for (name, value) in table {
            let section = name.get_ref().as_ref();
            let at = name.span().start;
            if section == "use" {
                self.profiles(value, profile, &mut contents)?;
            } else if let Some(key) = table::find(section) {
                contents.values.push(Found { key, value });
            } else if sections().any(|known| known == section) {
                let members = self.table(section, value, at)?;
                self.section(section, members, true, &mut contents)?;
            } else {
                let known = sections().chain(["use", "rules", "apis"]);
                contents.warnings.push(self.unknown(section, at, known));
            }
        }
        Ok(contents)
    }

    /// The keys of a section; their values are wanted or only looked at.
    fn section<'a>(
        &self,
        section: &str,
        members: &'a DeTable<'a>,
        wanted: bool,
        contents: &mut Contents<'a>,
    ) -> Result<(), Problem> {
        for (name, value) in members {
            let full = format!("{section}.{}", name.get_ref());
            let at = name.span().start;
            self.not_refused(&full, at)?;
            match table::find(&full) {
                Some(key) if wanted => contents.values.push(Found { key, value }),
                Some(_) => {}
                None => {
                    let known = KEYS.iter().map(|key| key.name);
                    contents.warnings.push(self.unknown(&full, at, known));
                }
            }
        }
        Ok(())
    }

    /// `[use.NAME]`, with its sections `gateway`, `dashboard` and `target.NAME`.
    fn profiles<'a>(
        &self,
        value: &'a Spanned<DeValue<'a>>,
        wanted: Option<&str>,
        contents: &mut Contents<'a>,
    ) -> Result<(), Problem> {
        let profiles = self.table("use.NAME.gateway", value, value.span().start)?;
        for (name, profile) in profiles {
            let full = format!("use.{}", name.get_ref());
            let example = format!("{full}.gateway");
            let parts = self.table(&example, profile, name.span().start)?;
            let wanted = wanted == Some(name.get_ref().as_ref());
            for (part, value) in parts {
                let (part, at) = (part.get_ref().as_ref(), part.span().start);
                if OF_PROFILES.contains(&part) {
                    let members = self.table(&format!("{full}.{part}"), value, at)?;
                    self.section(part, members, wanted, contents)?;
                } else if part == "target" {
                    let targets = self.table(&format!("{full}.target.NAME"), value, at)?;
                    self.targets(&full, targets, wanted, contents)?;
                } else if let Some(key) = table::find(&format!("{PROFILE}.{part}")) {
                    if wanted {
                        contents.values.push(Found { key, value });
                    }
                } else {
                    let own = KEYS.iter().filter_map(|key| key.name.strip_prefix("profile."));
                    let known = OF_PROFILES.into_iter().chain(["target"]).chain(own);
                    let known: Vec<_> = known.map(|known| format!("{full}.{known}")).collect();
                    let known = known.iter().map(String::as_str);
                    contents.warnings.push(self.unknown(&format!("{full}.{part}"), at, known));
                }
            }
            contents.profiles.push(name.get_ref().clone().into_owned());
        }
        Ok(())
    }

    /// `[use.NAME.target.NAME]`; `profile` is `use.NAME`.
    fn targets<'a>(
        &self,
        profile: &str,
        targets: &'a DeTable<'a>,
        wanted: bool,
        contents: &mut Contents<'a>,
    ) -> Result<(), Problem> {
        for (name, target) in targets {
            let (name, at) = (name.get_ref().as_ref(), name.span().start);
            let members = self.table(&format!("{profile}.target.{name}"), target, at)?;
            if name == HOST {
                let what = "`host` is the folder that the bundle host serves";
                let help = "call the target otherwise; [host] says which folder that is";
                return Err(Problem::failed(what).at(self.place(at)).help(help));
            }
            for (key, value) in members {
                let (full, at) = (format!("target.{}", key.get_ref()), key.span().start);
                self.not_refused(&full, at)?;
                match table::find_of_target(&full) {
                    Some(key) if wanted => {
                        contents.targets.push((name.to_owned(), Found { key, value }));
                    }
                    Some(_) => {}
                    None => {
                        let known = TARGET_KEYS.iter().map(|key| key.name);
                        contents.warnings.push(self.unknown(&full, at, known));
                    }
                }
            }
        }
        Ok(())
    }

    /// What has to be a section of this name.
    fn table<'a>(
        &self,
        section: &str,
        value: &'a Spanned<DeValue<'a>>,
        at: usize,
    ) -> Result<&'a DeTable<'a>, Problem> {
        value.get_ref().as_table().ok_or_else(|| {
            let name = section.rsplit_once(".NAME").map_or(section, |(name, _)| name);
            Problem::failed(format!("`{name}` is a section: write [{section}]")).at(self.place(at))
        })
    }

    /// An error where a key is one that the configuration does not take.
    fn not_refused(&self, name: &str, at: usize) -> Result<(), Problem> {
        match REFUSED.iter().find(|(refused, _)| *refused == name) {
            Some((_, why)) => Err(Problem::failed(*why).at(self.place(at))),
            None => Ok(()),
        }
    }

    fn unknown<'a>(
        &self,
        name: &str,
        offset: usize,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Problem {
        let problem = Problem::failed(format!("`{name}` is no setting")).at(self.place(offset));
        match nearest(name, known).or_else(|| elsewhere(name)) {
            Some(meant) => problem.help(format!("did you mean `{meant}`?")),
            None => problem.help("`tyk-tui config show` lists all settings"),
        }
    }
}

/// The setting of this name in another section, or in none.
fn elsewhere(name: &str) -> Option<&'static str> {
    let (_, last) = name.rsplit_once('.').unwrap_or(("", name));
    let is_it = |known: &&str| known.rsplit('.').next() == Some(last);
    KEYS.iter().map(|key| key.name).find(is_it)
}

/// The sections of the table of keys that stand at the top of a file.
fn sections() -> impl Iterator<Item = &'static str> {
    KEYS.iter()
        .filter_map(|key| key.name.split_once('.'))
        .map(|(section, _)| section)
        .filter(|section| !OF_PROFILES.contains(section) && *section != PROFILE)
}
