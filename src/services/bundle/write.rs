//! Building a bundle: one pass over the files makes the zip, the checksum and the digest that is signed.

use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;

use crate::domain::manifest::Manifest;
use crate::domain::task::{Finding, Problem, Progress};

/// Signs a SHA-256 digest of the files' bytes: base64 of RSASSA-PKCS1-v1_5.
pub type Signer<'a> = Box<dyn FnOnce([u8; 32]) -> Result<String, Problem> + Send + 'a>;

/// What to build.
pub struct Order<'a> {
    /// The manifest; its files are looked for in its folder.
    pub manifest: &'a Path,
    /// Where the bundle goes; what is there is replaced once the new one is whole.
    pub output: &'a Path,
    /// Signs it; `None` leaves it unsigned.
    pub signer: Option<Signer<'a>>,
    /// Called now and then with the bytes read.
    pub on_progress: &'a mut (dyn FnMut(Progress) + Send),
    /// Stops the build; nothing stays behind.
    pub cancel: &'a CancellationToken,
}

/// A bundle that was built.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// Where it is.
    pub bundle: PathBuf,
    /// The manifest inside, with checksum and signature.
    pub manifest: Manifest,
    /// The files stored, in the zip's order, without the manifest and without folders.
    pub files: Vec<String>,
    /// The size of the zip.
    pub bytes: u64,
    /// The hash in the name that it would be published under; see
    /// [`published_name`](crate::domain::bundle::published_name).
    pub hash8: String,
    /// What is wrong with the manifest, though it builds.
    pub findings: Vec<Finding>,
}

/// Builds a bundle as the reference tool does, where that is right. Memory stays the same for files of any size. The
/// same input gives the same bytes.
pub fn build(_order: Order<'_>) -> Result<Built, Problem> {
    Err(Problem::failed("not built yet"))
}
