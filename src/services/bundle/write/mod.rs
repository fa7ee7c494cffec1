//! Building a bundle: one pass over the files makes the zip, the checksum and the digest that is signed.

mod files;
mod hash;
mod hasher;
mod load;
mod sink;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::domain::bundle::{Entry, NameHash};
use crate::domain::lint::Finding;
use crate::domain::manifest::{FILE_NAME, Manifest, canonical};
use crate::domain::task::{Kind, Problem, Progress};
use crate::services::files::{Atomic, Mode, problem};
use files::Listed;
pub use hash::{Hashed, hash};
use hasher::Hasher;
use sink::Sink;

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

/// Files from this size on get zip64 fields: below, deflate cannot make 4 GiB of them.
const LARGE: u64 = 4_000_000_000;

/// Builds a bundle as the reference tool does, where that is right. Memory stays the same for files of any size. The
/// same input gives the same bytes: fixed times, modes and level, entries in the list's order.
pub fn build(order: Order<'_>) -> Result<Built, Problem> {
    let Order { manifest: path, output, signer, on_progress, cancel } = order;
    let mut source = load::load(path)?;
    files::spare(output, path, &source.files)?;
    let file = Atomic::create(output, Mode::Shared, "the bundle")?;
    let mut writer = Writer {
        zip: ZipWriter::new(Sink::new(file)),
        hasher: Hasher::start(),
        output,
        cancel,
        on_progress,
        progress: Progress { done: 0, total: Some(source.files.iter().map(Listed::length).sum()) },
    };
    let mut stored = Vec::new();
    for entry in &source.entries {
        match entry {
            Entry::Folder(name) => writer.folder(name)?,
            Entry::File { name, listed } => {
                writer.file(name, &source.files[*listed])?;
                stored.push(name.clone());
            }
            Entry::Again { listed } => writer.hash_again(&source.files[*listed])?,
        }
    }
    let (checksum, name_hash) = writer.hasher.finish();
    source.manifest.checksum = checksum.md5;
    source.manifest.signature = match signer {
        Some(sign) => sign(checksum.sha256)?,
        None => String::new(),
    };
    let (inner, hash8) = with_manifest(name_hash, &source.manifest);
    let failed = |error: &std::io::Error| problem("cannot write the bundle", output, error);
    let mut zip = writer.zip;
    zip.start_file(FILE_NAME, options(inner.len() as u64))
        .map_err(|error| failed(&error.into()))?;
    zip.write_all(inner.as_bytes()).map_err(|error| failed(&error))?;
    let sink = zip.finish().map_err(|error| failed(&error.into()))?;
    if cancel.is_cancelled() {
        return Err(interrupted());
    }
    let (file, bytes) = sink.into_inner().map_err(|error| failed(&error))?;
    file.commit()?;
    Ok(Built {
        bundle: output.to_owned(),
        manifest: source.manifest,
        files: stored,
        bytes,
        hash8,
        findings: source.findings,
    })
}

/// The last entry's text, the manifest's, and what the hash in the bundle's name comes to with it.
fn with_manifest(mut name_hash: NameHash, manifest: &Manifest) -> (String, String) {
    let inner = canonical(manifest);
    name_hash.entry(FILE_NAME, inner.len() as u64);
    name_hash.update(inner.as_bytes());
    (inner, name_hash.finish())
}

fn interrupted() -> Problem {
    Problem { kind: Kind::Interrupted, ..Problem::failed("interrupted; no bundle was written") }
}

fn options(length: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .large_file(length >= LARGE)
}

struct Writer<'a> {
    zip: ZipWriter<Sink>,
    hasher: Hasher,
    output: &'a Path,
    cancel: &'a CancellationToken,
    on_progress: &'a mut (dyn FnMut(Progress) + Send),
    progress: Progress,
}

impl Writer<'_> {
    fn folder(&mut self, name: &str) -> Result<(), Problem> {
        let options = options(0).unix_permissions(0o755);
        self.zip.add_directory(name, options).map_err(|error| self.failed(&error.into()))?;
        self.hasher.entry(name, 0);
        Ok(())
    }

    fn file(&mut self, name: &str, listed: &Listed) -> Result<(), Problem> {
        let options = options(listed.length());
        self.zip.start_file(name, options).map_err(|error| self.failed(&error.into()))?;
        self.hasher.entry(name, listed.length());
        self.copy(listed, true)
    }

    fn hash_again(&mut self, listed: &Listed) -> Result<(), Problem> {
        self.copy(listed, false)
    }

    fn copy(&mut self, listed: &Listed, store: bool) -> Result<(), Problem> {
        let mut reading = listed.open()?;
        loop {
            if self.cancel.is_cancelled() {
                return Err(interrupted());
            }
            let mut piece = self.hasher.buffer();
            let length = reading.read(&mut piece)?;
            if length == 0 {
                return reading.finish();
            }
            let piece = self.hasher.take(piece, length, store);
            if store {
                self.zip.write_all(&piece[..length]).map_err(|error| self.failed(&error))?;
            }
            self.hasher.give_back(piece);
            self.progress.done += length as u64;
            (self.on_progress)(self.progress);
        }
    }

    fn failed(&self, error: &std::io::Error) -> Problem {
        problem("cannot write the bundle", self.output, error)
    }
}

#[cfg(test)]
mod tests;
