//! What can be wrong with a zip, in the words of Go's `archive/zip`, which stand in the Gateway's log.

/// Why a zip cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZipError {
    /// No end record, a header where none is, sizes that contradict.
    #[error("zip: not a valid zip file")]
    Format,
    /// Another compression than Stored and Deflate.
    #[error("zip: unsupported compression algorithm")]
    Algorithm,
    /// The bytes are not those that the CRC-32 was made of.
    #[error("zip: checksum error")]
    Checksum,
    /// The comment of the end record goes beyond the file.
    #[error("zip: invalid comment length")]
    CommentLength,
    /// The bytes end too early.
    #[error("unexpected EOF")]
    UnexpectedEof,
    /// There are no bytes where a record should be.
    #[error("EOF")]
    Eof,
    /// An offset before the file's beginning.
    #[error("bytes.Reader.ReadAt: negative offset")]
    NegativeOffset,
    /// Deflate data that do not inflate; the offset is near where it shows.
    #[error("flate: corrupt input before offset {0}")]
    Corrupt(u64),
    /// A limit of ours: more entries than we look at.
    #[error("more than {0} entries: this is more than tyk-tui looks at")]
    TooManyEntries(usize),
    /// A limit of ours: longer names than we keep.
    #[error("more than {0} bytes of names: this is more than tyk-tui looks at")]
    NamesTooLong(usize),
    /// A limit of ours: more bytes than we unpack.
    #[error("unpacks to more than {0} bytes: this is more than tyk-tui looks at")]
    TooLarge(u64),
}

impl ZipError {
    /// Whether this is a limit of ours, and nothing that a Gateway says.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::TooManyEntries(_) | Self::NamesTooLong(_) | Self::TooLarge(_))
    }
}

/// Why reading a bundle ended: the bundle itself, or the disk that it lies on.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file could not be read: nothing is known of the bundle.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The bundle is at fault.
    #[error(transparent)]
    Zip(#[from] ZipError),
}
