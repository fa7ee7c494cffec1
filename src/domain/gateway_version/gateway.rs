//! A Gateway by the name of its version, as people and `/hello` write it.

use std::str::FromStr;

use super::loading::{ALL, Loading, SIGNED_ON_DISK};
use super::releases::{self, NEWEST, NEWEST_NUMBER, Number};

/// The Gateway, or the Gateways, that the name of a version stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// The release that it is taken for: `5.3.13`, `5.15.0-alpha8`; `any release` where the name says too little.
    pub name: String,
    /// Its number; `None` where it may be any.
    pub number: Option<Number>,
    /// What it does with a bundle; every behaviour, the newest first, where it may be any.
    pub loadings: &'static [Loading],
    /// What the name left open, and how it was taken.
    pub hint: Option<String>,
}

/// A name that is no release of a Gateway that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersionError {
    /// No version at all.
    #[error(
        "{0:?} is no version of a Gateway; known are {known}, and `-dev` for any of them",
        known = releases::known()
    )]
    Malformed(String),
    /// A release of which nothing is known.
    #[error("nothing is known of Gateway {0}; known are {known}", known = releases::known())]
    TooOld(String),
}

/// The newest release that is no pre-release.
impl Default for Gateway {
    fn default() -> Self {
        let line = releases::newest_stable();
        Self::release(line.newest, line.loading(line.newest.patch))
    }
}

impl Gateway {
    /// One that may be any release: its answer must hold for all.
    pub fn any(hint: Option<String>) -> Self {
        Self { name: "any release".to_owned(), number: None, loadings: ALL, hint }
    }

    /// Whether it is surely this release or a later one.
    pub fn is_since(&self, number: Number) -> bool {
        self.number.is_some_and(|own| own >= number)
    }

    fn release(number: Number, loading: &'static Loading) -> Self {
        Self {
            name: number.to_string(),
            number: Some(number),
            loadings: std::slice::from_ref(loading),
            hint: None,
        }
    }

    /// The newest that is known, for one that is newer.
    fn newest(hint: Option<String>) -> Self {
        Self { name: NEWEST.to_owned(), hint, ..Self::release(NEWEST_NUMBER, &SIGNED_ON_DISK) }
    }
}

/// Without a patch the newest one is meant, a leading `v` says nothing, a newer release than is known is taken for the
/// newest. What ends in `-dev` is what builds print that were given no version, whatever they were built from.
impl FromStr for Gateway {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let name = text.trim();
        let any =
            || Self::any(Some(format!("{name} may be any release: the answer holds for all")));
        if matches!(name, "-dev" | "dev" | "unknown") {
            return Ok(any());
        }
        let malformed = || VersionError::Malformed(text.to_owned());
        let (numbers, suffix) = split(name);
        let numbers = numbers.split('.').map(number).collect::<Option<Vec<u16>>>();
        if numbers.is_some() && suffix.starts_with("dev") {
            return Ok(any());
        }
        let (major, minor, patch) = match numbers.as_deref() {
            Some(&[major, minor]) => (major, minor, None),
            Some(&[major, minor, patch]) => (major, minor, Some(patch)),
            _ => return Err(malformed()),
        };
        if (major, minor) < (5, 0) {
            return Err(VersionError::TooOld(name.to_owned()));
        }
        let Some(line) = releases::of(major, minor) else {
            let hint =
                || format!("Gateway {name} is newer than {NEWEST}, the newest that is known");
            let is_newest = name.trim_start_matches('v') == NEWEST;
            return Ok(Self::newest((!is_newest).then(hint)));
        };
        let newest = line.newest;
        let number = Number::new(major, minor, patch.unwrap_or(newest.patch).min(newest.patch));
        let mut gateway = Self::release(number, line.loading(number.patch));
        if patch.is_some_and(|patch| patch > newest.patch) {
            gateway.hint = Some(format!(
                "Gateway {name} is newer than {newest}, the newest {major}.{minor} that is known"
            ));
        } else if !suffix.is_empty() {
            gateway.hint = Some(format!("Gateway {name} is taken for the release {number}"));
        }
        Ok(gateway)
    }
}

/// The numbers of a version, and what follows them after a hyphen or a plus sign.
fn split(name: &str) -> (&str, &str) {
    let name = name.strip_prefix(['v', 'V']).unwrap_or(name);
    name.split_once(['-', '+']).unwrap_or((name, ""))
}

/// A part of a version's number: digits alone, as `u16` would take a sign too.
fn number(part: &str) -> Option<u16> {
    if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None }
}
