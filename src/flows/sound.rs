//! Whether a bundle is what it says it is: looked at before it is pushed anywhere, and after it was fetched from there.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::domain::gateway_version::{Gateway, State};
use crate::domain::task::Problem;
use crate::services::bundle::keys::PublicKey;
use crate::services::bundle::read::Limits;
use crate::services::bundle::verify::verify;

/// A bundle whose checksum holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The file.
    pub file: PathBuf,
    /// Lower-case hex MD5 over the listed files.
    pub checksum: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of the whole zip, for comparisons.
    digest: [u8; 32],
    /// What a Gateway would say to it all the same.
    pub warnings: Vec<Problem>,
}

/// Looks at a bundle; one that is not sound is refused. It reads the whole file: call it where that may block.
pub fn check(path: &Path) -> Result<Bundle, Problem> {
    check_signed(path, None)
}

/// The same; with a key also one that is not signed by it.
pub fn check_signed(path: &Path, key: Option<&PublicKey>) -> Result<Bundle, Problem> {
    let unreadable = |error: &io::Error| {
        Problem::failed(format!("cannot read the bundle: {error}")).at(path.display())
    };
    let facts = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    // Before it is opened: opening a named pipe waits for its writer, for ever.
    if !facts.is_file() {
        let what = if facts.is_dir() { "a folder" } else { "no regular file" };
        return Err(Problem::failed(format!("this is {what}, not a bundle"))
            .at(path.display())
            .help("build a bundle with tyk-tui build, and push that file"));
    }
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    check_signed_file(path, &mut file, key)
}

/// [`check`] of a file that is open.
pub fn check_file(path: &Path, file: &mut (impl Read + Seek)) -> Result<Bundle, Problem> {
    check_signed_file(path, file, None)
}

/// [`check_signed`] of a file that is open.
pub fn check_signed_file(
    path: &Path,
    file: &mut (impl Read + Seek),
    key: Option<&PublicKey>,
) -> Result<Bundle, Problem> {
    let unreadable = |error: io::Error| {
        Problem::failed(format!("cannot read the bundle: {error}")).at(path.display())
    };
    let gateway = Gateway::default();
    let verdict = verify(&mut *file, key.map(Ok), &gateway, State::Fresh, Limits::default())
        .map_err(unreadable)?;
    let refusal = verdict.refusals.first();
    let Some(checksum) = verdict.checksum.computed.filter(|_| verdict.sound) else {
        let problem = match refusal {
            Some(refusal) => Problem::no(format!("the bundle is not sound: {}", refusal.message))
                .help(refusal.help.clone()),
            None => Problem::no("the bundle is not sound").help("look at it with tyk-tui verify"),
        };
        return Err(problem.at(path.display()));
    };
    let warnings = verdict.refusals.iter().map(|refusal| {
        let what = format!("Gateway {} would refuse the bundle: {}", gateway.name, refusal.message);
        Problem::no(what).at(path.display()).help(refusal.help.clone())
    });
    let warnings = warnings.collect();
    let (digest, bytes) = digest(file).map_err(unreadable)?;
    Ok(Bundle { file: path.to_owned(), checksum, bytes, digest, warnings })
}

/// SHA-256 and size of a whole file.
fn digest(file: &mut (impl Read + Seek)) -> io::Result<([u8; 32], u64)> {
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let bytes = io::copy(file, &mut hash)?;
    Ok((hash.finalize().into(), bytes))
}

impl Bundle {
    /// Whether this file holds the very same bytes; one that cannot be read does not.
    pub fn is_in(&self, file: &mut (impl Read + Seek)) -> bool {
        digest(file).is_ok_and(|(digest, _)| digest == self.digest)
    }
}
