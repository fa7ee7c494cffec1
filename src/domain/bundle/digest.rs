//! The digests of a bundle: its checksum, the digest that is signed, and the hash in its published name.

use std::fmt::Write as _;

use md5::{Digest as _, Md5};
use sha2::Sha256;

/// Checksum and signed digest over the same bytes: the files, concatenated in `file_list` order, no names, no
/// separators, not the manifest.
#[derive(Clone, Default)]
pub struct Digests {
    md5: Md5,
    sha256: Sha256,
}

/// What [`Digests`] came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// Lower-case hex MD5: the manifest's `checksum`.
    pub md5: String,
    /// SHA-256, over which the signature is RSASSA-PKCS1-v1_5.
    pub sha256: [u8; 32],
}

impl Digests {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.md5.update(bytes);
        self.sha256.update(bytes);
    }

    /// The result.
    pub fn finish(self) -> Checksum {
        Checksum { md5: hex(&self.md5.finalize()), sha256: self.sha256.finalize().into() }
    }
}

/// The hash in a published bundle's name: SHA-256 over name, length and bytes of each entry in order, the inner
/// manifest last; a name ends with a NUL, a length is eight bytes, the highest first. It stands for content, not for
/// compression. The checksum would not do: it does not cover the manifest.
#[derive(Clone, Default)]
pub struct NameHash(Sha256);

impl NameHash {
    /// Begins the next entry.
    pub fn entry(&mut self, name: &str, length: u64) {
        self.0.update(name.as_bytes());
        self.0.update([0]);
        self.0.update(length.to_be_bytes());
    }

    /// Takes the next bytes of the entry.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The first eight hex digits.
    pub fn finish(self) -> String {
        hex(&self.0.finalize()[..4])
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_nothing() {
        let checksum = Digests::default().finish();
        assert_eq!(checksum.md5, "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(hex(&checksum.sha256[..4]), "e3b0c442");
    }

    #[test]
    fn of_files_in_pieces() {
        let mut digests = Digests::default();
        for piece in [&b"print("[..], b"'hello')\n"] {
            digests.update(piece);
        }
        assert_eq!(digests.finish().md5, "100e360cc768f15a35ed9ddf05e354ce");
    }

    #[test]
    fn a_names_hash_tells_entries_apart() {
        let hash = |entries: &[(&str, &[u8])]| {
            let mut hash = NameHash::default();
            for (name, bytes) in entries {
                hash.entry(name, bytes.len() as u64);
                hash.update(bytes);
            }
            hash.finish()
        };
        let first = hash(&[("a", b"xy"), ("b", b"")]);
        assert_eq!(first.len(), 8);
        assert_ne!(first, hash(&[("a", b"x"), ("b", b"y")]));
        assert_ne!(first, hash(&[("ax", b"y"), ("b", b"")]));
    }
}
