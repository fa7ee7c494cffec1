//! What a bundle would be of the files as they are now; nothing is written.

use std::path::Path;

use super::files::Listed;
use super::{load, with_manifest};
use crate::domain::bundle::{Digests, Entry, NameHash};
use crate::domain::task::Problem;
use crate::services::bundle::keys::SigningKey;

/// Bytes that are read at once.
const PIECE: usize = 256 << 10;

/// What a bundle would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hashed {
    /// Lower-case hex MD5 of the listed files.
    pub checksum: String,
    /// The hash in its published name, unsigned; with a key also signed.
    pub hash8s: Vec<String>,
}

/// Hashes what [`build`](super::build) would build of this manifest, unsigned and signed by this key.
pub fn hash(manifest: &Path, key: Option<&SigningKey>) -> Result<Hashed, Problem> {
    let load::Source { mut manifest, entries, files, .. } = load::load(manifest)?;
    let (mut digests, mut name_hash) = (Digests::default(), NameHash::default());
    for entry in &entries {
        match entry {
            Entry::Folder(name) => name_hash.entry(name, 0),
            Entry::File { name, listed } => {
                name_hash.entry(name, files[*listed].length());
                each_piece(&files[*listed], |piece| {
                    digests.update(piece);
                    name_hash.update(piece);
                })?;
            }
            Entry::Again { listed } => {
                each_piece(&files[*listed], |piece| digests.update(piece))?;
            }
        }
    }
    let checksum = digests.finish();
    manifest.checksum.clone_from(&checksum.md5);
    manifest.signature.clear();
    let mut hash8s = vec![with_manifest(name_hash.clone(), &manifest).1];
    if let Some(key) = key {
        manifest.signature = key
            .sign(checksum.sha256)
            .map_err(|error| Problem::failed(format!("the key does not sign: {error}")))?;
        hash8s.push(with_manifest(name_hash, &manifest).1);
    }
    Ok(Hashed { checksum: checksum.md5, hash8s })
}

fn each_piece(file: &Listed, mut take: impl FnMut(&[u8])) -> Result<(), Problem> {
    let mut reading = file.open()?;
    let mut buffer = vec![0; PIECE];
    loop {
        match reading.read(&mut buffer)? {
            0 => return reading.finish(),
            length => take(&buffer[..length]),
        }
    }
}
