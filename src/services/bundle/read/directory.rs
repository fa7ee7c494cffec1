//! The end record and the central directory, as Go's `archive/zip` reads them.

use std::io::{Read, Seek};

use super::entry::{Entry, Method};
use super::{Fault, Limits, Source, ZipError, u16_at, u32_at, u64_at};

const HEADER_LENGTH: usize = 46;
const END_LENGTH: usize = 22;
const LOCATOR64_LENGTH: i64 = 20;
const END64_LENGTH: usize = 56;
const HEADER: u32 = 0x0201_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
const END64: u32 = 0x0606_4b50;

/// Where the central directory is, and what its end record says of it.
struct End {
    records: u64,
    size: u64,
    offset: u64,
    /// Bytes before the archive proper: some zips begin with a script.
    base: i64,
}

/// Reads all entries, and their names one after the other.
pub(super) fn read<R: Read + Seek>(
    source: &mut Source<R>,
    limits: &Limits,
) -> Result<(Vec<Entry>, Vec<u8>), Fault> {
    let end = end(source)?;
    let mut headers = Headers::new(end.base.wrapping_add(end.offset.cast_signed()));
    let (mut entries, mut names) = (Vec::new(), Vec::new());
    // The count is not trusted, as it is kept in 16 bits: headers are read until something else comes.
    let last = loop {
        let mut entry = match headers.next(source, &mut names) {
            Ok(entry) => entry,
            Err(Fault::Zip(error @ (ZipError::Format | ZipError::UnexpectedEof))) => break error,
            Err(other) => return Err(other),
        };
        entry.offset = entry.offset.wrapping_add(end.base);
        entries.push(entry);
        if entries.len() > limits.entries {
            return Err(ZipError::TooManyEntries(limits.entries).into());
        }
        if names.len() > limits.names {
            return Err(ZipError::NamesTooLong(limits.names).into());
        }
    };
    if entries.len() as u64 & 0xFFFF == end.records & 0xFFFF {
        Ok((entries, names))
    } else {
        Err(last.into())
    }
}

/// Finds and reads the end record: in the last KiB, else in the last 65.
fn end<R: Read + Seek>(source: &mut Source<R>) -> Result<End, Fault> {
    let (record, at) = find_end(source)?;
    if usize::from(u16_at(&record, 20)) > record.len() - END_LENGTH {
        return Err(ZipError::CommentLength.into());
    }
    let mut end = End {
        records: u64::from(u16_at(&record, 10)),
        size: u64::from(u32_at(&record, 12)),
        offset: u64::from(u32_at(&record, 16)),
        base: 0,
    };
    let mut at = at.cast_signed();
    // 0xFFFF for the size is Go's slip, and so decides what a Gateway takes.
    if (end.records == 0xFFFF || end.size == 0xFFFF || end.offset == 0xFFFF_FFFF)
        && let Some(at64) = find_end64(source, at)?
    {
        at = at64;
        read_end64(source, at64, &mut end)?;
    }
    if end.size.cast_signed() < 0 || end.offset.cast_signed() < 0 {
        return Err(ZipError::Format.into());
    }
    let (size, offset) = (end.size.cast_signed(), end.offset.cast_signed());
    end.base = at.wrapping_sub(size).wrapping_sub(offset);
    let first = end.base.wrapping_add(offset);
    if first < 0 || first.cast_unsigned() >= source.size {
        return Err(ZipError::Format.into());
    }
    // A base is only believed where there is no header without it.
    if end.base > 0 && Headers::new(offset).next(source, &mut Vec::new()).is_ok() {
        end.base = 0;
    }
    Ok(end)
}

/// The end record with all that follows it, and its offset.
fn find_end<R: Read + Seek>(source: &mut Source<R>) -> Result<(Vec<u8>, u64), Fault> {
    for length in [1024, 65 * 1024_u64] {
        let length = length.min(source.size);
        let from = source.size - length;
        let mut block = vec![0; usize::try_from(length).unwrap_or(0)];
        let filled = source.read_at(from.cast_signed(), &mut block)?;
        block.truncate(filled);
        if let Some(at) = signature_in(&block) {
            return Ok((block.split_off(at), from + at as u64));
        }
        if length == source.size {
            break;
        }
    }
    Err(ZipError::Format.into())
}

/// The last end record of a block, unless its comment is cut off.
fn signature_in(block: &[u8]) -> Option<usize> {
    let at = block.windows(END_LENGTH).rposition(|window| window.starts_with(b"PK\x05\x06"))?;
    let comment = usize::from(u16_at(block, at + 20));
    (at + END_LENGTH + comment <= block.len()).then_some(at)
}

/// The offset of the zip64 end record, where a locator before the end record names one.
fn find_end64<R: Read + Seek>(source: &mut Source<R>, end: i64) -> Result<Option<i64>, Fault> {
    let at = end - LOCATOR64_LENGTH;
    if at < 0 {
        return Ok(None);
    }
    let mut locator = [0; 20];
    source.fill_at(at, &mut locator)?;
    let whole =
        u32_at(&locator, 0) == LOCATOR64 && u32_at(&locator, 4) == 0 && u32_at(&locator, 16) == 1;
    let offset = u64_at(&locator, 8).cast_signed();
    Ok((whole && offset >= 0).then_some(offset))
}

fn read_end64<R: Read + Seek>(source: &mut Source<R>, at: i64, end: &mut End) -> Result<(), Fault> {
    let mut record = [0; END64_LENGTH];
    source.fill_at(at, &mut record)?;
    if u32_at(&record, 0) != END64 {
        return Err(ZipError::Format.into());
    }
    end.records = u64_at(&record, 32);
    end.size = u64_at(&record, 40);
    end.offset = u64_at(&record, 48);
    Ok(())
}

/// Headers of the central directory, read through a buffer.
struct Headers {
    /// Where the buffer goes on in the file.
    next: i64,
    buffer: Vec<u8>,
    at: usize,
}

impl Headers {
    fn new(offset: i64) -> Self {
        Self { next: offset, buffer: Vec::new(), at: 0 }
    }

    /// The next `length` bytes; Go's `EOF` where there is none at all, `unexpected EOF` where they end within.
    fn take<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        length: usize,
    ) -> Result<&[u8], Fault> {
        if self.buffer.len() - self.at < length {
            self.buffer.drain(..self.at);
            self.at = 0;
            let kept = self.buffer.len();
            self.buffer.resize(kept.max(length) + 64 * 1024, 0);
            let filled = source.read_at(self.next, &mut self.buffer[kept..])?;
            self.buffer.truncate(kept + filled);
            self.next = self.next.wrapping_add_unsigned(filled as u64);
        }
        match self.buffer.len() - self.at {
            0 if length > 0 => Err(ZipError::Eof.into()),
            left if left < length => Err(ZipError::UnexpectedEof.into()),
            _ => {
                let taken = &self.buffer[self.at..self.at + length];
                self.at += length;
                Ok(taken)
            }
        }
    }

    /// The next header; its name is added to `names`.
    fn next<R: Read + Seek>(
        &mut self,
        source: &mut Source<R>,
        names: &mut Vec<u8>,
    ) -> Result<Entry, Fault> {
        let header: [u8; HEADER_LENGTH] =
            self.take(source, HEADER_LENGTH)?.try_into().map_err(|_| ZipError::Format)?;
        if u32_at(&header, 0) != HEADER {
            return Err(ZipError::Format.into());
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_at(&header, at)));
        let variable = self.take(source, name + extra + comment)?;
        let mut entry = Entry {
            name: names.len()..names.len() + name,
            method: Method::of(u16_at(&header, 10)),
            compressed: u64::from(u32_at(&header, 20)),
            uncompressed: u64::from(u32_at(&header, 24)),
            crc32: u32_at(&header, 16),
            flags: u16_at(&header, 8),
            creator: u16_at(&header, 4),
            attributes: u32_at(&header, 38),
            ends_in_slash: variable[..name].ends_with(b"/"),
            offset: i64::from(u32_at(&header, 42)),
        };
        zip64(&mut entry, &variable[name..name + extra])?;
        names.extend_from_slice(&variable[..name]);
        Ok(entry)
    }
}

/// Takes sizes and offset from the zip64 extra field, each only where the header has it at its maximum.
fn zip64(entry: &mut Entry, mut extra: &[u8]) -> Result<(), ZipError> {
    const MAX: u64 = 0xFFFF_FFFF;
    let mut needs_uncompressed = entry.uncompressed == MAX;
    let mut needs_compressed = entry.compressed == MAX;
    let mut needs_offset = entry.offset == MAX.cast_signed();
    while extra.len() >= 4 {
        let (tag, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let Some(mut field) = extra.get(4..4 + length) else { break };
        extra = &extra[4 + length..];
        if tag != 1 {
            continue;
        }
        let mut number = || {
            let (first, rest) = field.split_first_chunk::<8>().ok_or(ZipError::Format)?;
            field = rest;
            Ok(u64::from_le_bytes(*first))
        };
        if std::mem::take(&mut needs_uncompressed) {
            entry.uncompressed = number()?;
        }
        if std::mem::take(&mut needs_compressed) {
            entry.compressed = number()?;
        }
        if std::mem::take(&mut needs_offset) {
            entry.offset = number()?.cast_signed();
        }
    }
    // An uncompressed size of 2³²-1 may be meant so; the others may not.
    if needs_compressed || needs_offset { Err(ZipError::Format) } else { Ok(()) }
}
