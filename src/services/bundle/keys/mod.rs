//! The keys that sign bundles and that Gateways verify them with: RSA only, PKCS#1 v1.5 over SHA-256.
//!
//! Everything here is done locally and offline. Signing blinds the private operation, because the crate `rsa` is not
//! constant in time (RUSTSEC-2023-0071).

mod der;
mod error;
mod found;
mod kind;
mod pem;
mod public;
mod signing;

use std::io::Read as _;
use std::path::Path;

use secrecy::zeroize::Zeroizing;

pub use error::KeyError;
pub use kind::{KeyFile, KeyKind, openssh_as_pkcs8};
pub use public::PublicKey;
pub use signing::SigningKey;

/// Bits below which an RSA key is refused: the reference tool's limit, and Go's.
pub const MIN_BITS: usize = 1024;

/// Bits below which an RSA key is used with a warning, and not made.
pub const GOOD_BITS: usize = 2048;

/// Bits above which a key is refused, so that a hostile file cannot keep us computing.
pub const MAX_BITS: usize = 16_384;

/// How to make a key that works.
const CREATE: &str = "make one with `tyk-tui keygen`, or with \
    `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem`";

/// The bytes of a key file, wiped when dropped; a key is a few kilobytes, so no more than 64 KiB are taken.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    const LIMIT: u64 = 64 << 10;
    let file = std::fs::File::open(path).map_err(KeyError::Unreadable)?;
    // Room for all of it at once: a buffer that grows leaves copies behind.
    let size = file.metadata().map_err(KeyError::Unreadable)?.len().min(LIMIT);
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 8192));
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(KeyError::Unreadable)?;
    if bytes.len() as u64 > LIMIT {
        return Err(KeyError::Unusable {
            found: "this file is larger than 64 KiB and no key".into(),
            help: CREATE.into(),
        });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
