//! Reads a zip as a Gateway does: every entry of the central directory in its order, doubles included.
//!
//! A reader of our own, because what a Gateway accepts hangs on details in which libraries differ: which end record
//! counts, what may stand before and behind the archive, entries of one name (the crate `zip` keeps one of them),
//! when a checksum is looked at. It follows Go's `archive/zip` (Go 1.26), function by function; inflating is
//! `flate2`'s. Nothing is unpacked to disk, and memory and time are bounded by [`Limits`].

mod content;
mod directory;
mod entry;
mod error;

use std::io::{Read, Seek, SeekFrom};

pub use content::Budget;
pub use entry::{Entry, Method};
pub use error::{Fault, ZipError};

/// What a bundle may cost. A Gateway has no such limits but its memory and disk, and five seconds for the download;
/// these are far above any bundle that loads within them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries of the central directory.
    pub entries: usize,
    /// Bytes of all names together.
    pub names: usize,
    /// Bytes that come out of all entries together.
    pub unpacked: u64,
    /// Bytes of the manifest.
    pub manifest: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 250_000, names: 16 << 20, unpacked: 4 << 30, manifest: 16 << 20 }
    }
}

/// A zip whose central directory was read.
pub struct Archive<R> {
    source: Source<R>,
    entries: Vec<Entry>,
    /// The names of all entries, one after the other: one allocation instead of one a name.
    names: Vec<u8>,
    limits: Limits,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the central directory of a zip.
    pub fn open(reader: R, limits: Limits) -> Result<Self, Fault> {
        let mut source = Source::new(reader)?;
        let (entries, names) = directory::read(&mut source, &limits)?;
        Ok(Self { source, entries, names, limits })
    }

    /// The entries in the order of the central directory.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The name of an entry of this archive, as it stands there: any bytes.
    pub fn name(&self, entry: &Entry) -> &[u8] {
        self.names.get(entry.name.clone()).unwrap_or_default()
    }

    /// The size of the file that holds the zip.
    pub fn size(&self) -> u64 {
        self.source.size
    }

    /// What this archive may cost.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// The file of a zip, read at offsets.
struct Source<R> {
    reader: R,
    size: u64,
}

impl<R: Read + Seek> Source<R> {
    fn new(mut reader: R) -> std::io::Result<Self> {
        let size = reader.seek(SeekFrom::End(0))?;
        Ok(Self { reader, size })
    }

    /// Reads at an offset until the buffer is full or the file ends; says how many bytes that were.
    ///
    /// Offsets are Go's signed ones: a hostile directory makes negative ones of them.
    fn read_at(&mut self, offset: i64, buffer: &mut [u8]) -> Result<usize, Fault> {
        let offset = u64::try_from(offset).map_err(|_| ZipError::NegativeOffset)?;
        if offset >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        self.reader.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while filled < buffer.len() {
            match self.reader.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(filled)
    }

    /// As [`Source::read_at`], but a file that ends before the buffer is full is Go's `EOF`.
    fn fill_at(&mut self, offset: i64, buffer: &mut [u8]) -> Result<(), Fault> {
        if self.read_at(offset, buffer)? < buffer.len() {
            return Err(ZipError::Eof.into());
        }
        Ok(())
    }
}

/// A little-endian number at a place in a record; 0 beyond its end.
fn u16_at(record: &[u8], at: usize) -> u16 {
    record.get(at..at + 2).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// See [`u16_at`].
fn u32_at(record: &[u8], at: usize) -> u32 {
    record.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// See [`u16_at`].
fn u64_at(record: &[u8], at: usize) -> u64 {
    record.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
}
