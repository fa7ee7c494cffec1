//! One API that a ship points at its bundle: on a Gateway, on a Dashboard, or a file.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::Servers;
use crate::domain::api::{BundleSetting, Definition};
use crate::domain::json::is_zero;
use crate::domain::task::Problem;
use crate::flows::edit::{Base, Desk, NotSaved};
use crate::flows::remote::{Keeper, Remote, Server, is_same};

/// Keys that a pointed definition may differ in, in lower case: a Gateway shows a bundle's hooks as the definition's.
const OF_PLUGINS: [&str; 13] = [
    "custom",
    "custom_middleware",
    "custom_middleware_bundle",
    "custom_middleware_bundle_disabled",
    "pluginconfig",
    "preplugins",
    "preplugin",
    "postauthenticationplugins",
    "postauthenticationplugin",
    "postplugins",
    "postplugin",
    "responseplugins",
    "responseplugin",
];

/// An API as it was before.
#[derive(Clone)]
pub(in crate::flows::ship) struct Api {
    /// What it is called here: `gateway:orders`, `apis/orders.json`.
    pub(in crate::flows::ship) name: String,
    /// Its id.
    pub(super) id: String,
    pub(super) place: Place,
    before: Vec<u8>,
    definition: Definition,
}

/// Where a definition is.
#[derive(Clone)]
pub(super) enum Place {
    Server(Server),
    File(PathBuf),
}

impl Api {
    /// Reads what there is under the word that a person gave: `gateway:ID`, `dashboard:ID`, a file, or an id, which is the
    /// Dashboard's where the profile has one, else the Gateway's.
    pub(in crate::flows::ship) async fn open(
        word: &str,
        folder: &Path,
        servers: &Servers,
        desk: &Desk,
    ) -> Result<Self, Problem> {
        let remote = match Remote::named(Path::new(word)) {
            Some(remote) => remote,
            None if is_file(word, folder) => return Self::file(word, folder.join(word), desk),
            None => Remote { keeper: servers.keeper(word)?, id: word.to_owned() },
        };
        let server = servers.required(remote.keeper)?;
        let before = server.fetch(&remote.id).await?;
        let place = Place::Server(server.clone());
        Self::new(remote.to_string(), place, before)
    }

    fn file(word: &str, path: PathBuf, desk: &Desk) -> Result<Self, Problem> {
        let opened = desk.open(&path, "the API definition")?;
        let before = opened
            .text
            .ok_or_else(|| Problem::failed("there is no such API definition").at(path.display()))?;
        Self::new(word.to_owned(), Place::File(path), before)
    }

    fn new(name: String, place: Place, before: Vec<u8>) -> Result<Self, Problem> {
        let definition = Definition::open(&before).map_err(|error| {
            Problem::failed(format!("this is no API definition: {error}")).at(&name)
        })?;
        let id = definition.summary().id.text();
        Ok(Self { name, id, place, before, definition })
    }

    /// What it says of its bundle.
    pub(in crate::flows::ship) fn setting(&self) -> BundleSetting {
        self.definition.bundle_setting()
    }

    /// The bundle that it used before; `None` where it names none or turns it off.
    pub(super) fn uses(&self) -> Option<String> {
        let bundle = self.definition.bundle();
        bundle.is_used().then(|| bundle.name.text())
    }

    /// Its text with another bundle.
    pub(in crate::flows::ship) fn pointed_at(&self, bundle: &str) -> Result<Pointed, Problem> {
        self.edited(self.definition.with_bundle(bundle))
    }

    /// Its text as it says this of its bundle.
    pub(in crate::flows::ship) fn pointed_as(
        &self,
        setting: &BundleSetting,
    ) -> Result<Pointed, Problem> {
        self.edited(self.definition.with_bundle_setting(setting))
    }

    fn edited(
        &self,
        edit: Result<crate::domain::json::Edit, crate::domain::json::EditError>,
    ) -> Result<Pointed, Problem> {
        let cannot =
            |why: String| Problem::failed(format!("cannot set the bundle: {why}")).at(&self.name);
        let text = edit.map_err(|error| cannot(error.to_string()))?.apply(&self.before);
        let now = Definition::open(&text).map_err(|error| cannot(error.to_string()))?;
        let (setting, bundle) = (now.bundle_setting(), now.bundle());
        let uses = bundle.is_used().then(|| bundle.name.text());
        Ok(Pointed { text, setting, uses })
    }

    /// Whether it is on a server.
    pub(in crate::flows::ship) fn is_remote(&self) -> bool {
        self.keeper().is_some()
    }

    /// Who has it; `None` where it is a file.
    pub(super) fn keeper(&self) -> Option<Keeper> {
        match &self.place {
            Place::Server(server) => Some(server.keeper()),
            Place::File(_) => None,
        }
    }

    /// What is there now; `None` where it is gone, or a Gateway dropped it.
    pub(super) async fn look(&self, desk: &Desk) -> Result<Option<Vec<u8>>, Problem> {
        match &self.place {
            Place::Server(server) => server.look(&self.id).await,
            Place::File(path) => Ok(desk.open(path, "the API definition")?.text),
        }
    }

    /// Writes over what was there when it was opened, and over nothing else.
    pub(super) async fn write(&self, desk: &Desk, text: &[u8]) -> Result<(), NotSaved> {
        let base = Base::Read(self.before.clone());
        match &self.place {
            Place::Server(server) => server.store(desk, &self.id, text, &base).await.map(|_| ()),
            Place::File(path) => desk.save(path, text, &base, "the API definition").map(|_| ()),
        }
    }

    /// Puts back what was there; `sent` is what we wrote, `after` what was there right after, where that is known. What
    /// somebody else wrote since stays.
    pub(super) async fn put_back(
        &self,
        desk: &Desk,
        sent: &[u8],
        after: Option<&[u8]>,
    ) -> Result<(), Problem> {
        let now = self.look(desk).await?;
        if let Some(now) = &now
            && !self.is_ours(now, sent, after)
        {
            return Err(Problem::no("somebody else changed it since; it stays as it is now")
                .at(&self.name)
                .help(format!("`tyk-tui backups list {}` has what was there before", self.name)));
        }
        match &self.place {
            Place::Server(server) => server.put_back(&self.id, &self.before).await,
            Place::File(path) => desk
                .save(path, &self.before, &Base::Any, "the API definition")
                .map(|_| ())
                .map_err(Problem::from),
        }
    }

    /// Whether what is there is what was there before.
    pub(super) fn is_as_before(&self, now: &[u8]) -> bool {
        is_same(now, &self.before)
    }

    /// Whether what is there now is of before or of us.
    fn is_ours(&self, now: &[u8], sent: &[u8], after: Option<&[u8]>) -> bool {
        if self.is_as_before(now) || is_same(now, after.unwrap_or(sent)) {
            return true;
        }
        // A Gateway shows what it has loaded: the definition of before until it reloads, then ours with the hooks of
        // the bundle's manifest. A Dashboard whose answer was lost may have written it as servers do.
        let may_be_reworded = match self.keeper() {
            Some(Keeper::Gateway) => true,
            Some(Keeper::Dashboard) => after.is_none(),
            None => false,
        };
        may_be_reworded
            && besides_plugins(now).is_some_and(|it| Some(it) == besides_plugins(&self.before))
    }
}

/// A definition's text with another bundle.
pub(in crate::flows::ship) struct Pointed {
    pub(super) text: Vec<u8>,
    pub(in crate::flows::ship) setting: BundleSetting,
    /// The bundle that it uses; `None` where it names none or turns it off.
    pub(in crate::flows::ship) uses: Option<String>,
}

fn is_file(word: &str, folder: &Path) -> bool {
    let path = Path::new(word);
    let is_named_so = path
        .extension()
        .and_then(|it| it.to_str())
        .is_some_and(|it| ["json", "yaml", "yml"].contains(&it.to_ascii_lowercase().as_str()));
    is_named_so || word.contains('/') || folder.join(word).is_file()
}

/// All of a definition but what a bundle decides, and what says nothing: a Gateway writes such members, or leaves them out.
fn besides_plugins(text: &[u8]) -> Option<Json> {
    fn strip(value: Json) -> Json {
        match value {
            Json::Object(members) => {
                let rest = members
                    .into_iter()
                    .filter(|(key, _)| !OF_PLUGINS.contains(&key.to_ascii_lowercase().as_str()))
                    .map(|(key, value)| (key, strip(value)))
                    .filter(|(_, value)| !is_zero(value));
                Json::Object(rest.collect())
            }
            Json::Array(values) => values.into_iter().map(strip).collect(),
            other => other,
        }
    }
    serde_json::from_slice(text).ok().map(strip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bundle_decides_is_no_change_of_somebody_else() {
        let before = br#"{"api_id": "a", "name": "A", "custom_middleware": {"driver": ""}}"#;
        let ours = br#"{"name": "A", "api_id": "a", "custom_middleware_bundle": "b.zip", "custom_middleware": {"driver": "grpc", "pre": [{"name": "P"}]}}"#;
        let other = br#"{"name": "B", "api_id": "a", "custom_middleware_bundle": "b.zip"}"#;
        assert_eq!(besides_plugins(before), besides_plugins(ours));
        assert_ne!(besides_plugins(before), besides_plugins(other));
        let before = br#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"info": {"id": "a"}}}"#;
        let ours = br#"{"openapi": "3.0.3", "x-tyk-api-gateway": {"info": {"id": "a"}, "middleware": {"global": {"pluginConfig": {"bundle": {"enabled": true, "path": "b.zip"}}}}}}"#;
        assert_eq!(besides_plugins(before), besides_plugins(ours));
    }

    #[test]
    fn words_that_are_files() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("orders"), "{}").unwrap();
        for file in ["a.json", "apis/orders", "A.YML", "orders"] {
            assert!(is_file(file, folder.path()), "{file}");
        }
        for id in ["users", "5f1c", "a.b"] {
            assert!(!is_file(id, folder.path()), "{id}");
        }
    }
}
