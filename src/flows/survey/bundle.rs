//! Built bundles.

use std::fs::File;
use std::path::Path;

use super::Survey;
use crate::domain::gateway_version::{Gateway, State};
use crate::domain::lint::{BundleFile, Unusable};
use crate::domain::manifest::FILE_NAME;
use crate::domain::task::Problem;
use crate::services::bundle::inspect::{InspectError, Item, inspect};
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::{Signature, verify};
use crate::services::files;

impl Survey<'_> {
    /// Looks at a bundle, verified with the public key that was found before it, as the newest Gateway would.
    pub(super) fn bundle(&mut self, path: &Path) -> Result<(), Problem> {
        let failed = |error: &std::io::Error| files::problem("cannot read the bundle", path, error);
        let open = || File::open(path).map_err(|error| failed(&error));
        let key = self.public_key.as_ref().map(Ok);
        let gateway = self.facts.gateway.clone().unwrap_or_default();
        let verdict = verify(open()?, key, &fresh(gateway), State::Fresh, Limits::default())
            .map_err(|error| failed(&error))?;
        let mut bundle = BundleFile {
            file: self.shown(path),
            refusals: verdict
                .refusals
                .iter()
                .map(|it| Unusable { found: it.message.clone(), help: it.help.clone() })
                .collect(),
            is_signed: verdict.signature != Signature::Absent,
            ..BundleFile::default()
        };
        match inspect(open()?, Limits::default()) {
            Ok(contents) => {
                let uncovered = contents.entries.iter().filter(|entry| entry.is_uncovered());
                bundle.uncovered = uncovered
                    .filter(|entry| entry.name != FILE_NAME)
                    .map(|entry| entry.name.clone())
                    .collect();
                let last = contents.entries.last();
                bundle.manifest_is_last = last.is_some_and(|entry: &Item| entry.name == FILE_NAME);
                bundle.has_files = contents.manifest.is_ok_and(|it| !it.files().is_empty());
            }
            Err(InspectError::Io(error)) => return Err(failed(&error)),
            // What is no zip was refused above.
            Err(InspectError::Zip(_)) => {}
        }
        self.facts.bundles.push(bundle);
        Ok(())
    }
}

/// A Gateway that may be any is taken for the newest: a right bundle loads in all of them.
fn fresh(gateway: Gateway) -> Gateway {
    if gateway.number.is_some() { gateway } else { Gateway::default() }
}
