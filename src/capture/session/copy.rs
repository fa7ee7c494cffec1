//! A session of records that were captured before, written one by one.

use std::path::Path;

use rusqlite::Connection;

use super::file::{self, Facts};
use super::pack::Packer;
use super::{SessionError, marks, writer};
use crate::capture::Record;

/// Records of one transaction.
const TOGETHER: u64 = 1_000;

/// A session that is being written. It is whole once it was finished.
pub struct Copy {
    connection: Connection,
    packer: Packer,
    /// Records of the transaction under way.
    begun: u64,
}

impl Copy {
    /// Makes the file, which must not be there, for its owner alone.
    pub fn create(path: &Path, facts: &Facts) -> Result<Self, SessionError> {
        Ok(Self { connection: file::create(path, facts)?, packer: Packer::new()?, begun: 0 })
    }

    /// Writes a record, and its note where it is marked; those before it have smaller numbers.
    pub fn add(&mut self, record: &Record, note: Option<&str>) -> Result<(), SessionError> {
        if self.begun == 0 {
            self.connection.execute_batch("BEGIN")?;
        }
        writer::insert(&self.connection, &mut self.packer, record)?;
        if let Some(note) = note {
            marks::write(&self.connection, &[(record.row.seq, Some(note.into()))], false)?;
        }
        self.begun += 1;
        if self.begun == TOGETHER {
            self.commit()?;
        }
        Ok(())
    }

    /// One whole file, with nothing beside it.
    pub fn finish(mut self) -> Result<(), SessionError> {
        self.commit()?;
        self.connection.pragma_update(None, "journal_mode", "DELETE")?;
        self.connection.close().map_err(|(_, error)| error)?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), SessionError> {
        if std::mem::take(&mut self.begun) > 0 {
            self.connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }
}
