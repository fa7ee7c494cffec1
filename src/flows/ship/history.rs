//! What was shipped from a project under a profile, kept in the state directory.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::api::BundleSetting;
use crate::domain::task::Problem;
use crate::services::files::{self, LARGEST, Mode};

/// Where the histories are, in the state directory.
const FOLDER: &str = "ships";

/// So many ships of a project are remembered under a profile.
const MOST: usize = 100;

/// One ship.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When it ended.
    pub at: Timestamp,
    /// The target's name.
    pub target: String,
    /// What definitions call the bundle.
    pub bundle: String,
    /// The name that it was pushed under.
    pub name: String,
    /// The hooks of its manifest: `pre MyPre`.
    pub hooks: Vec<String>,
    /// The APIs that were pointed at it.
    pub apis: Vec<Moved>,
    /// A rollback took it back.
    #[serde(default)]
    pub rolled_back: bool,
}

/// An API, and what it said of its bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// `gateway:orders`, `apis/orders.json`.
    pub api: String,
    /// Before.
    pub before: BundleSetting,
    /// Since.
    pub after: BundleSetting,
}

/// The ships of one project under one profile.
pub struct History {
    path: PathBuf,
}

impl History {
    /// In this state directory.
    pub fn new(state: &Path, project: &Path, profile: Option<&str>) -> Self {
        let project = project.canonicalize().unwrap_or_else(|_| project.to_owned());
        let mut hash = Sha256::new();
        hash.update(project.as_os_str().as_encoded_bytes());
        hash.update([0]);
        hash.update(profile.unwrap_or_default());
        let mut key = format!("{:x}", hash.finalize());
        key.truncate(16);
        Self { path: state.join(FOLDER).join(format!("{key}.json")) }
    }

    /// All of them, the oldest first.
    pub fn records(&self) -> Result<Vec<Record>, Problem> {
        let text = files::read_if_there(&self.path, LARGEST, "cannot read the history of ships")?;
        let Some(text) = text else { return Ok(Vec::new()) };
        serde_json::from_slice(&text).map_err(|error| {
            Problem::failed(format!("the history of ships cannot be read: {error}"))
                .at(self.path.display())
                .help("remove the file to begin a new one")
        })
    }

    /// One more.
    pub(super) fn add(&self, record: Record) -> Result<(), Problem> {
        let mut records = self.records()?;
        records.push(record);
        let spare = records.len().saturating_sub(MOST);
        records.drain(..spare);
        self.write(&records)
    }

    /// The one of that moment was taken back.
    pub(super) fn roll_back(&self, at: Timestamp) -> Result<(), Problem> {
        let mut records = self.records()?;
        for record in records.iter_mut().filter(|record| record.at == at) {
            record.rolled_back = true;
        }
        self.write(&records)
    }

    fn write(&self, records: &[Record]) -> Result<(), Problem> {
        let folder = files::folder_of(&self.path);
        std::fs::create_dir_all(folder)
            .map_err(|error| files::problem("cannot make the folder", folder, &error))?;
        let text = serde_json::to_vec_pretty(records)
            .map_err(|error| Problem::failed(format!("cannot write the history: {error}")))?;
        files::write(&self.path, &text, Mode::Private, "the history of ships")
    }
}

/// The bundles that rollbacks would point APIs back at, of all projects and profiles of this state directory.
pub fn needed(state: &Path) -> Result<BTreeSet<String>, Problem> {
    let folder = state.join(FOLDER);
    let files = match std::fs::read_dir(&folder) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(files::problem("cannot read the folder", &folder, &error)),
    };
    let mut names = BTreeSet::new();
    let is_one = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
    for path in files.flatten().map(|file| file.path()).filter(is_one) {
        let records = History { path }.records()?;
        let moved = last(&records).into_iter().flat_map(|record| &record.apis);
        names.extend(moved.filter_map(|moved| moved.before.name.clone()));
    }
    Ok(names)
}

/// What a rollback takes back: the last ship that pointed an API at its bundle and was not taken back yet.
pub(super) fn last(records: &[Record]) -> Option<&Record> {
    records.iter().rev().find(|record| !record.rolled_back && !record.apis.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(second: i64) -> Record {
        let setting =
            |name: &str| BundleSetting { name: Some(name.into()), ..BundleSetting::default() };
        let (before, after) = (setting("old.zip"), setting("new.zip"));
        Record {
            at: Timestamp::from_second(second).unwrap(),
            target: "host".into(),
            bundle: "new.zip".into(),
            name: "new.zip".into(),
            hooks: vec!["pre P".into()],
            apis: vec![Moved { api: "gateway:orders".into(), before, after }],
            rolled_back: false,
        }
    }

    #[test]
    fn each_project_and_profile_has_its_own_and_the_oldest_are_forgotten() {
        let state = tempfile::tempdir().unwrap();
        let history = |profile| History::new(state.path(), Path::new("/p"), profile);
        for second in 0..110 {
            history(None).add(record(second)).unwrap();
        }
        let records = history(None).records().unwrap();
        assert_eq!((records.len(), records[0].at.as_second()), (MOST, 10));
        assert_eq!(history(Some("staging")).records(), Ok(Vec::new()));
    }

    #[test]
    fn one_that_was_taken_back_is_not_taken_back_again() {
        let state = tempfile::tempdir().unwrap();
        let history = History::new(state.path(), Path::new("/p"), None);
        history.add(record(1)).unwrap();
        history.add(record(2)).unwrap();
        history.add(Record { apis: Vec::new(), ..record(3) }).unwrap();
        history.roll_back(record(2).at).unwrap();
        assert_eq!(last(&history.records().unwrap()), Some(&record(1)));
    }

    #[test]
    fn a_broken_one_says_where_it_is() {
        let state = tempfile::tempdir().unwrap();
        let history = History::new(state.path(), Path::new("/p"), None);
        history.add(record(1)).unwrap();
        std::fs::write(&history.path, "[{").unwrap();
        let problem = history.add(record(2)).unwrap_err();
        assert!(problem.place.unwrap().contains("ships"));
    }
}
