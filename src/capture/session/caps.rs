//! What a session may hold: oldest out first.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use super::{SessionError, marks};

/// Most of what a session holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Records.
    pub records: u64,
    /// Bytes on the disk.
    pub bytes: u64,
    /// How old a record gets.
    pub age: Duration,
}

/// Deletes what is beyond the caps; `count` is how many records there are, and is kept true.
pub(super) fn heed(
    connection: &Connection,
    caps: &Caps,
    count: &mut u64,
) -> Result<(), SessionError> {
    let before = *count;
    let delete = |most: u64| -> Result<u64, SessionError> {
        let mut delete = connection.prepare_cached(
            "DELETE FROM record WHERE seq IN (SELECT seq FROM record ORDER BY seq LIMIT ?1)",
        )?;
        Ok(delete.execute([most])? as u64)
    };
    if *count > caps.records {
        *count -= delete(*count - caps.records)?;
    }
    if let Ok(age) = jiff::SignedDuration::try_from(caps.age)
        && let Ok(oldest) = Timestamp::now().checked_sub(age)
    {
        // Their times rise with their numbers, near enough: the search ends at the first that is young.
        let mut delete = connection.prepare_cached(
            "DELETE FROM record WHERE seq < coalesce( \
             (SELECT seq FROM record WHERE at >= ?1 ORDER BY seq LIMIT 1), 9223372036854775807)",
        )?;
        *count -= delete.execute([oldest.as_microsecond()])? as u64;
    }
    // Deleted pages are used again, so that the file does not grow; a twentieth at a time makes room for a while.
    while *count > 0 && used(connection)? > caps.bytes {
        *count -= delete(count.div_ceil(20))?;
    }
    if *count < before { marks::heed(connection) } else { Ok(()) }
}

/// The number of the oldest record that is left.
pub(super) fn first(connection: &Connection) -> Result<Option<u64>, SessionError> {
    Ok(connection.query_row("SELECT min(seq) FROM record", [], |row| row.get(0))?)
}

/// Bytes of the pages that hold something.
pub(super) fn used(connection: &Connection) -> Result<u64, SessionError> {
    let pragma = |name: &str| -> Result<u64, SessionError> {
        Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
    };
    Ok((pragma("page_count")? - pragma("freelist_count")?) * pragma("page_size")?)
}
