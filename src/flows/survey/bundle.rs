//! Built bundles, and the one that would be built.

use std::fs::File;
use std::io;
use std::path::Path;

use super::Survey;
use crate::config::Settings;
use crate::domain::bundle::{published_name, published_parts};
use crate::domain::gateway_version::{Gateway, State};
use crate::domain::lint::{BundleFile, Unusable, WouldBe};
use crate::domain::manifest::FILE_NAME;
use crate::domain::task::Problem;
use crate::services::bundle::inspect::{InspectError, Item, Kind, hash8, inspect};
use crate::services::bundle::keys::SigningKey;
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::verify;
use crate::services::bundle::write;
use crate::services::files;

impl Survey<'_> {
    /// Looks at a bundle, verified with the public key that was found before it, as the newest Gateway would.
    pub(super) fn bundle(&mut self, path: &Path) -> Result<(), Problem> {
        let bundle = self
            .look_into(path)
            .map_err(|error| files::problem("cannot read the bundle", path, &error))?;
        self.facts.bundles.push(bundle);
        Ok(())
    }

    fn look_into(&self, path: &Path) -> io::Result<BundleFile> {
        let key = self.public_key.as_ref().map(Ok);
        let gateway = fresh(self.facts.gateway.clone().unwrap_or_default());
        let verdict = verify(File::open(path)?, key, &gateway, State::Fresh, Limits::default())?;
        let mut bundle = BundleFile {
            file: self.shown(path),
            refusals: verdict
                .refusals
                .iter()
                .map(|it| Unusable { found: it.message.clone(), help: it.help.clone() })
                .collect(),
            ..BundleFile::default()
        };
        // What is no zip was refused above.
        let Some(contents) = readable(inspect(File::open(path)?, Limits::default()))? else {
            return Ok(bundle);
        };
        let entries = &contents.entries;
        let names = |those: &dyn Fn(&&Item) -> bool| {
            entries.iter().filter(those).map(|entry| entry.name.clone()).collect()
        };
        bundle.uncovered = names(&|entry| entry.is_uncovered() && entry.kind != Kind::Manifest);
        bundle.replaced = names(&|entry| entry.replaced);
        bundle.links = names(&|entry| entry.kind == Kind::Symlink);
        bundle.manifest_is_last = entries.last().is_some_and(|last| last.name == FILE_NAME);
        bundle.manifest = contents.manifest.ok();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if published_parts(&name).is_some() {
            bundle.hash8 = readable(hash8(File::open(path)?, Limits::default()))?.flatten();
        }
        Ok(bundle)
    }

    /// Says of the one manifest what a bundle of it would be, where something is there to be compared with it: reading
    /// all files takes its time.
    pub(super) fn would_be(&mut self, settings: Option<&Settings>) {
        let name = settings.and_then(|settings| settings.project.bundle_name(self.folder));
        let is_named = name.as_ref().is_some_and(|name| {
            self.facts.apis.iter().any(|api| {
                let bundle = api.definition.bundle().name.text();
                let file = bundle.rsplit('/').next().unwrap_or_default();
                is_of(file, name)
            })
        });
        if !is_named && self.facts.bundles.is_empty() {
            return;
        }
        let [manifest] = self.facts.manifests.as_mut_slice() else { return };
        let path = self.folder.join(&manifest.file);
        // What is not saved cannot be built.
        if self.unsaved.contains_key(&path) {
            return;
        }
        let key_file = settings.and_then(|settings| settings.project.key.as_deref());
        let key = key_file.map(|file| SigningKey::load(&self.folder.join(file), None));
        let signs = key.as_ref().is_none_or(Result::is_ok);
        let key = key.and_then(Result::ok);
        // What cannot be built has errors of its own.
        let Ok(hashed) = write::hash(&path, key.as_ref()) else { return };
        let names = match name {
            Some(name) if signs => {
                hashed.hash8s.iter().map(|hash8| published_name(&name, hash8)).collect()
            }
            _ => Vec::new(),
        };
        manifest.bundle = Some(WouldBe { checksum: hashed.checksum, names });
    }
}

/// Whether a file's name is one that a project of this name publishes.
fn is_of(file: &str, project: &str) -> bool {
    let Some((name, hash8)) = published_parts(file) else { return false };
    published_name(project, hash8) == format!("{name}-{hash8}.zip")
}

/// What was read; `None` where it is no zip that can be.
fn readable<T>(read: Result<T, InspectError>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(InspectError::Io(error)) => Err(error),
        Err(InspectError::Zip(_)) => Ok(None),
    }
}

/// A Gateway that may be any is taken for the newest: a right bundle loads in all of them.
fn fresh(gateway: Gateway) -> Gateway {
    if gateway.number.is_some() { gateway } else { Gateway::default() }
}
