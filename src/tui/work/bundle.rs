//! Builds bundles and looks into them.

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::{Worker, slot};
use crate::domain::gateway_version::{Gateway, State};
use crate::domain::manifest::Manifest;
use crate::domain::task::{Problem, Severity};
use crate::flows::ship::Failure;
use crate::services::bundle::inspect::{Contents, Kind, inspect};
use crate::services::bundle::keys::{KeyError, PublicKey, SigningKey};
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::{Signature, verify};
use crate::services::bundle::write::{self, Order, Signer};
use crate::services::files;
use crate::tui::effect::Signing;
use crate::tui::message::Message;
use crate::tui::pane::bundle::{Entry, Look};

/// The bundle that the pane builds, as the reference tool names it.
pub(crate) const OUTPUT: &str = "bundle.zip";

impl Worker {
    pub(super) fn look(&self, typed: &Path) {
        let path = self.path(typed);
        let public_key = slot(&self.settings).project.public_key.clone();
        let public_key = public_key.map(|key| self.path(&key));
        self.blocking(move || {
            let looked = look(&path, public_key.as_deref());
            Message::Looked(path, looked)
        });
    }

    pub(super) fn build(&self, signing: Signing) {
        let (manifest, output) = (self.manifest_path(), self.folder.join(OUTPUT));
        let signing = match signing {
            Signing::Unsigned => None,
            Signing::Key(key, passphrase) => Some((self.path(&key), passphrase)),
        };
        self.blocking(move || {
            let built = build(&manifest, &output, signing.as_ref());
            Message::Built(output, built)
        });
    }
}

type Key = (std::path::PathBuf, Option<secrecy::SecretString>);

/// Builds; returns what is wrong with the manifest and the key though it was built.
fn build(manifest: &Path, output: &Path, signing: Option<&Key>) -> Result<Vec<String>, Failure> {
    let key = match signing {
        None => None,
        Some((path, passphrase)) => {
            let key = SigningKey::load(path, passphrase.as_ref());
            Some((
                path,
                key.map_err(|error| match error {
                    KeyError::PassphraseNeeded => {
                        Failure::PassphraseNeeded { key: path.clone(), wrong: false }
                    }
                    KeyError::WrongPassphrase => {
                        Failure::PassphraseNeeded { key: path.clone(), wrong: true }
                    }
                    other => other.problem(path).into(),
                })?,
            ))
        }
    };
    let mut warnings: Vec<String> = key.iter().filter_map(|(_, key)| key.warning()).collect();
    let signer = key.as_ref().map(|(path, key)| -> Signer<'_> {
        Box::new(move |digest| key.sign(digest).map_err(|error| error.problem(path)))
    });
    let cancel = CancellationToken::new();
    let order = Order { manifest, output, signer, on_progress: &mut |_| {}, cancel: &cancel };
    let built = write::build(order)?;
    let found = built.findings.iter().filter(|found| found.severity > Severity::Hint);
    warnings.extend(found.map(|found| found.message.clone()));
    Ok(warnings)
}

/// Looks into a bundle and verifies it; `None` where there is none.
fn look(path: &Path, public_key: Option<&Path>) -> Result<Option<Look>, Problem> {
    let unreadable = |error: &std::io::Error| files::problem("cannot read the bundle", path, error);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    if !file.metadata().is_ok_and(|facts| facts.is_file()) {
        return Err(Problem::failed("a bundle must be a regular file").at(path.display()));
    }
    let key = public_key.map(PublicKey::load);
    let again = file.try_clone().map_err(|error| unreadable(&error))?;
    let key = key.as_ref().map(Result::as_ref);
    let verdict = verify(again, key, &Gateway::default(), State::Fresh, Limits::default())
        .map_err(|error| unreadable(&error))?;
    let contents = inspect(file, Limits::default()).ok();
    let mut look = contents.as_ref().map(described).unwrap_or_default();
    look.ok = verdict.ok();
    look.sound = verdict.sound;
    look.stated = verdict.checksum.manifest;
    look.computed = verdict.checksum.computed;
    look.signature = match verdict.signature {
        Signature::Valid => "valid",
        Signature::Invalid => "invalid",
        Signature::Absent => "absent",
        Signature::Unchecked => "unchecked",
    };
    look.problems = verdict
        .refusals
        .iter()
        .map(|refusal| (refusal.message.clone(), refusal.help.clone()))
        .collect();
    Ok(Some(look))
}

fn described(contents: &Contents) -> Look {
    let entry = |item: &crate::services::bundle::inspect::Item| Entry {
        name: item.name.clone(),
        bytes: item.bytes,
        packed: item.compressed,
        covered: match item.kind {
            Kind::Folder | Kind::Manifest => None,
            Kind::File | Kind::Symlink => Some(item.is_covered()),
        },
    };
    let hooks = |manifest: &Manifest| {
        let hook = |(hook, definition): (
            crate::domain::object::Hook,
            &crate::domain::manifest::Definition,
        )| { (hook.word().to_owned(), definition.name.clone()) };
        manifest.hooks().map(hook).collect()
    };
    let manifest = contents.manifest.as_ref().ok();
    Look {
        bytes: contents.bytes,
        entries: contents.entries.iter().map(entry).collect(),
        hooks: manifest.map(hooks).unwrap_or_default(),
        driver: manifest
            .map(|manifest| manifest.custom_middleware.driver.clone())
            .unwrap_or_default(),
        ..Look::default()
    }
}
