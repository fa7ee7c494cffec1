//! One entry of the central directory.

use std::ops::Range;

/// How an entry's bytes are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As they are.
    Stored,
    /// Deflate.
    Deflate,
    /// Something that Gateways do not read, by its number.
    Other(u16),
}

impl Method {
    pub(super) fn of(number: u16) -> Self {
        match number {
            0 => Self::Stored,
            8 => Self::Deflate,
            other => Self::Other(other),
        }
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stored => f.write_str("stored"),
            Self::Deflate => f.write_str("deflate"),
            Self::Other(1) => f.write_str("shrink"),
            Self::Other(6) => f.write_str("implode"),
            Self::Other(9) => f.write_str("deflate64"),
            Self::Other(12) => f.write_str("bzip2"),
            Self::Other(14) => f.write_str("lzma"),
            Self::Other(93) => f.write_str("zstd"),
            Self::Other(95) => f.write_str("xz"),
            Self::Other(99) => f.write_str("aes"),
            Self::Other(number) => write!(f, "method {number}"),
        }
    }
}

/// One entry, as the central directory describes it; a Gateway looks at nothing else but the lengths in the local
/// header.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where its name lies among the archive's names.
    pub(super) name: Range<usize>,
    /// How it is stored.
    pub method: Method,
    /// Bytes in the archive.
    pub compressed: u64,
    /// Bytes when unpacked, as the directory claims.
    pub uncompressed: u64,
    /// CRC-32 of the unpacked bytes, as the directory claims.
    pub crc32: u32,
    pub(super) flags: u16,
    pub(super) creator: u16,
    pub(super) attributes: u32,
    pub(super) ends_in_slash: bool,
    /// Where its local header begins.
    pub(super) offset: i64,
}

impl Entry {
    /// A directory: by its name, or by its mode or attributes where these are of a known system.
    pub fn is_directory(&self) -> bool {
        self.ends_in_slash || self.unix_kind() == Some(0o040_000) || self.dos_directory()
    }

    /// A symbolic link: it becomes a plain file that holds the target's name.
    pub fn is_symlink(&self) -> bool {
        !self.is_directory() && self.unix_kind() == Some(0o120_000)
    }

    pub(super) fn has_descriptor(&self) -> bool {
        self.flags & 8 != 0
    }

    /// The kind of file in the mode that a system of the Unix family wrote.
    fn unix_kind(&self) -> Option<u32> {
        let unix = matches!(self.creator >> 8, 3 | 19);
        unix.then_some((self.attributes >> 16) & 0o170_000)
    }

    fn dos_directory(&self) -> bool {
        let dos = matches!(self.creator >> 8, 0 | 11 | 14);
        dos && self.attributes & 0x10 != 0
    }
}
