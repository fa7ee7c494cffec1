//! Step 4: what the connected Gateway would do with the bundle, before anybody can download it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use tokio_util::sync::CancellationToken;

use crate::domain::gateway_version::{Gateway, State};
use crate::domain::task::Problem;
use crate::services::bundle::keys::{PublicKey, SigningKey};
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::{Signature, verify as examine};

/// Verifies with the public key that is set, else with the signing key's own half; returns what to show.
pub(super) fn verify(
    bundle: &Path,
    public_key: Option<&Path>,
    signing_key: Option<&SigningKey>,
    gateway: &Gateway,
    cancel: &CancellationToken,
) -> Result<String, Problem> {
    let key = match (public_key, signing_key) {
        (Some(path), _) => Some(PublicKey::load(path).map_err(|error| error.problem(path))?),
        (None, key) => key.map(SigningKey::public),
    };
    let unreadable =
        |error: io::Error| Problem::failed(format!("cannot read the new bundle: {error}"));
    let file = Stoppable { file: File::open(bundle).map_err(unreadable)?, cancel };
    let verdict = examine(file, key.as_ref().map(Ok), gateway, State::Fresh, Limits::default())
        .map_err(unreadable)?;
    if let Some(refusal) = verdict.refusals.first() {
        let problem = Problem::no(format!(
            "Gateway {} would refuse the bundle: {}",
            gateway.name, refusal.message
        ));
        // Of all refusals, these two come from the settings rather than from the files.
        return Err(match (public_key, verdict.signature) {
            (Some(path), Signature::Absent) => problem.at(path.display()).help(
                "a public key is set and no key to sign with: set `key` in [project] of tyk-tui.toml",
            ),
            (Some(path), Signature::Invalid) => problem
                .at(path.display())
                .help("the public key is not the signing key's: set `public_key` to its other half"),
            _ => problem.help(refusal.help.clone()),
        });
    }
    if !verdict.sound {
        return Err(Problem::no("the bundle's checksum or signature does not hold")
            .help("a file changed after it was read, or the disk is failing: ship again"));
    }
    let signature = match verdict.signature {
        Signature::Valid => "signature valid",
        _ => "unsigned",
    };
    Ok(format!("as Gateway {} · {signature}", gateway.name))
}

/// A file whose reading ends when the user cancels.
struct Stoppable<'a> {
    file: File,
    cancel: &'a CancellationToken,
}

impl Read for Stoppable<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        self.file.read(buffer)
    }
}

impl Seek for Stoppable<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
