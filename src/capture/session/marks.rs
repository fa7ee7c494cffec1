//! What people marked, beside the records: a session that nobody has marked in may have no table for it.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{SessionError, file};
use crate::capture::marks::{Change, note};

/// Notes by record; the note of one that is only marked is empty. The first sessions did not have it.
pub(super) const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS mark (seq INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;";

/// Bytes of a note that are read at most: what is longer nobody noted here, and it is left out.
const LONGEST: usize = 64 << 10;

/// Writes changes into a session that others may be writing, too; those of records that it has not, and will not get, are
/// left out.
pub(in crate::capture) fn keep(path: &Path, changes: &[Change]) -> Result<(), SessionError> {
    let (connection, at) = file::open_to_write(path)?;
    // Asked first: who wrote records until now has written them all.
    let grows = file::is_growing(path);
    // Whoever writes records has the lock for as long as a transaction of theirs takes.
    let transaction = Transaction::new_unchecked(&connection, TransactionBehavior::Immediate)?;
    transaction.execute_batch(TABLE)?;
    write(&transaction, changes, grows)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;
    file::set_modified(path, at);
    Ok(())
}

/// The same, as part of a transaction. Where the session `grows`, records are seen elsewhere before they are in it.
pub(super) fn write(
    connection: &Connection,
    changes: &[Change],
    grows: bool,
) -> Result<(), SessionError> {
    for (seq, note) in changes {
        match note {
            Some(note) => connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO mark (seq, note) \
                     SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM record WHERE seq = ?1) \
                     OR ?3 AND ?1 > coalesce((SELECT max(seq) FROM record), 0)",
                )?
                .execute(params![seq, note, grows])?,
            None => connection.prepare_cached("DELETE FROM mark WHERE seq = ?1")?.execute([seq])?,
        };
    }
    Ok(())
}

/// Takes the marks of records away that made room.
pub(super) fn heed(connection: &Connection) -> Result<(), SessionError> {
    connection
        .prepare_cached(
            "DELETE FROM mark WHERE seq < \
             coalesce((SELECT min(seq) FROM record), 9223372036854775807)",
        )?
        .execute([])?;
    Ok(())
}

/// Those of these records, at most so many: the last ones. What somebody else wrote into the file becomes notes as we
/// make them.
pub(super) fn read(
    connection: &Connection,
    records: &RangeInclusive<u64>,
    most: usize,
) -> Result<Vec<(u64, Arc<str>)>, SessionError> {
    // Somebody may mark the first record while it is read.
    let there = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'mark'";
    if connection.query_row(there, [], |row| row.get::<_, u64>(0))? == 0 {
        return Ok(Vec::new());
    }
    let mut select = connection.prepare_cached(
        "SELECT seq, CASE WHEN octet_length(note) <= ?4 THEN note END FROM mark \
         WHERE seq BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM record WHERE record.seq = mark.seq) \
         ORDER BY seq DESC LIMIT ?3",
    )?;
    let signed = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
    let (first, last) = (signed(*records.start()), signed(*records.end()));
    let mut rows = select.query(params![first, last, most, LONGEST])?;
    let mut marks = Vec::new();
    while let Some(row) = rows.next()? {
        // A table of somebody else may hold anything.
        let Ok(seq) = row.get(0) else { continue };
        let text = row.get_ref(1)?.as_bytes_or_null().ok().flatten().unwrap_or_default();
        marks.push((seq, note(&String::from_utf8_lossy(text))));
    }
    marks.reverse();
    Ok(marks)
}
