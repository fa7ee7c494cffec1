//! The bytes of an entry, streamed and checked as Go's `checksumReader` does.

use std::io::{Read, Seek};

use flate2::{Decompress, FlushDecompress, Status};

use super::{Archive, Entry, Fault, Method, Source, ZipError, u16_at, u32_at};

const CHUNK: usize = 64 * 1024;
const LOCAL_HEADER_LENGTH: u16 = 30;
const LOCAL_HEADER: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;

/// What a run over entries may still unpack.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    left: u64,
    whole: u64,
}

impl Budget {
    /// A budget of this many bytes.
    pub fn new(bytes: u64) -> Self {
        Self { left: bytes, whole: bytes }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), ZipError> {
        self.left = self.left.checked_sub(bytes as u64).ok_or(ZipError::TooLarge(self.whole))?;
        Ok(())
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Finds where an entry's bytes begin, and whether their method is known: what a Gateway does before it creates the
    /// file.
    pub fn locate(&mut self, index: usize) -> Result<(), Fault> {
        let entry = &self.entries[index];
        body_offset(&mut self.source, entry)?;
        match entry.method {
            Method::Other(_) => Err(ZipError::Algorithm.into()),
            Method::Stored | Method::Deflate => Ok(()),
        }
    }

    /// Streams an entry's bytes into `sink`, checks their size and CRC-32, and says how many they were.
    pub fn stream(
        &mut self,
        index: usize,
        budget: &mut Budget,
        sink: &mut dyn FnMut(&[u8]),
    ) -> Result<u64, Fault> {
        let entry = self.entries[index].clone();
        let source = &mut self.source;
        let body = entry.offset.wrapping_add(body_offset(source, &entry)?);
        // Go keeps sizes signed: a negative one is a section without bytes.
        let length = entry.compressed.cast_signed();
        let mut section = Section { next: body, left: length.max(0).cast_unsigned() };
        let mut checked =
            Checked { entry: &entry, crc: crc32fast::Hasher::new(), read: 0, budget, sink };
        match entry.method {
            Method::Stored => stored(source, &mut section, &mut checked)?,
            Method::Deflate => inflate(source, &mut section, &mut checked)?,
            Method::Other(_) => return Err(ZipError::Algorithm.into()),
        }
        checked.finish(source, body.wrapping_add(length))
    }
}

/// The length of the local header, whose name and extra field may differ from the directory's.
fn body_offset<R: Read + Seek>(source: &mut Source<R>, entry: &Entry) -> Result<i64, Fault> {
    let mut header = [0; LOCAL_HEADER_LENGTH as usize];
    source.fill_at(entry.offset, &mut header)?;
    if u32_at(&header, 0) != LOCAL_HEADER {
        return Err(ZipError::Format.into());
    }
    Ok(i64::from(LOCAL_HEADER_LENGTH)
        + i64::from(u16_at(&header, 26))
        + i64::from(u16_at(&header, 28)))
}

/// The compressed bytes of one entry.
struct Section {
    next: i64,
    left: u64,
}

impl Section {
    fn read<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        buffer: &mut [u8],
    ) -> Result<usize, Fault> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let count = source.read_at(self.next, &mut buffer[..wanted])?;
        self.next = self.next.wrapping_add_unsigned(count as u64);
        self.left -= count as u64;
        Ok(count)
    }
}

/// Counts and checks the bytes that come out.
struct Checked<'a> {
    entry: &'a Entry,
    crc: crc32fast::Hasher,
    read: u64,
    budget: &'a mut Budget,
    sink: &'a mut dyn FnMut(&[u8]),
}

impl Checked<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<(), ZipError> {
        self.read += bytes.len() as u64;
        if self.read > self.entry.uncompressed {
            return Err(ZipError::Format);
        }
        self.budget.spend(bytes.len())?;
        self.crc.update(bytes);
        (self.sink)(bytes);
        Ok(())
    }

    /// At the end of the bytes: their count, the data descriptor's CRC-32 where the entry has one, the CRC-32.
    fn finish<R: Read + Seek>(self, source: &mut Source<R>, end: i64) -> Result<u64, Fault> {
        if self.read != self.entry.uncompressed {
            return Err(ZipError::UnexpectedEof.into());
        }
        let crc32 = self.crc.finalize();
        // Without a descriptor a CRC-32 of 0 counts as not set.
        let looked_at = if self.entry.has_descriptor() {
            check_descriptor(source, end, self.entry.crc32)?;
            true
        } else {
            self.entry.crc32 != 0
        };
        if looked_at && crc32 != self.entry.crc32 {
            return Err(ZipError::Checksum.into());
        }
        Ok(self.read)
    }
}

/// The descriptor behind the bytes, with its signature or without; its sizes are not looked at.
fn check_descriptor<R: Read + Seek>(
    source: &mut Source<R>,
    at: i64,
    crc32: u32,
) -> Result<(), Fault> {
    let mut record = [0; 16];
    let filled = source.read_at(at, &mut record)?;
    let skip = if filled >= 4 && u32_at(&record, 0) == DESCRIPTOR { 4 } else { 0 };
    if filled < skip + 12 {
        return Err(ZipError::UnexpectedEof.into());
    }
    if u32_at(&record, skip) == crc32 { Ok(()) } else { Err(ZipError::Checksum.into()) }
}

fn stored<R: Read + Seek>(
    source: &mut Source<R>,
    section: &mut Section,
    checked: &mut Checked<'_>,
) -> Result<(), Fault> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = section.read(source, &mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        checked.write(&buffer[..count])?;
    }
}

fn inflate<R: Read + Seek>(
    source: &mut Source<R>,
    section: &mut Section,
    checked: &mut Checked<'_>,
) -> Result<(), Fault> {
    let mut inflater = Decompress::new(false);
    let (mut compressed, mut plain) = (vec![0; CHUNK], vec![0; CHUNK]);
    let (mut at, mut filled) = (0, 0);
    loop {
        if at == filled {
            filled = section.read(source, &mut compressed)?;
            at = 0;
        }
        let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
        let status = inflater
            .decompress(&compressed[at..filled], &mut plain, FlushDecompress::None)
            .map_err(|_| ZipError::Corrupt(inflater.total_in()))?;
        let consumed = usize::try_from(inflater.total_in() - before_in).unwrap_or(0);
        let produced = usize::try_from(inflater.total_out() - before_out).unwrap_or(0);
        at += consumed;
        checked.write(&plain[..produced])?;
        match status {
            Status::StreamEnd => return Ok(()),
            _ if consumed == 0 && produced == 0 && filled == 0 => {
                return Err(ZipError::UnexpectedEof.into());
            }
            Status::Ok | Status::BufError => {}
        }
    }
}
