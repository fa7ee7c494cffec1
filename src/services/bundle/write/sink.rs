//! Where the zip writer writes to.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use crate::services::files::Atomic;

/// A file being written that plays dead after its first failure: the zip writer completes its archive when it is
/// dropped, and would print on standard error what has been reported already.
pub(super) struct Sink {
    file: BufWriter<Atomic>,
    position: u64,
    end: u64,
    dead: bool,
}

impl Sink {
    pub(super) fn new(file: Atomic) -> Self {
        Self { file: BufWriter::with_capacity(256 << 10, file), position: 0, end: 0, dead: false }
    }

    /// The file, all of it handed to the system, and its length.
    pub(super) fn into_inner(self) -> io::Result<(Atomic, u64)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, self.end))
    }

    fn alive<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        self.dead |= result.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        result
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.dead { Ok(bytes.len()) } else { self.file.write(bytes) };
        let written = self.alive(written)?;
        self.position += written as u64;
        self.end = self.end.max(self.position);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = if self.dead { Ok(()) } else { self.file.flush() };
        self.alive(flushed)
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
        };
        let target = target.ok_or(io::ErrorKind::InvalidInput)?;
        if !self.dead && target != self.position {
            let sought = self.file.seek(SeekFrom::Start(target)).map(drop);
            self.alive(sought)?;
        }
        self.position = target;
        Ok(target)
    }
}
