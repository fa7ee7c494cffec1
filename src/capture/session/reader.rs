//! Reads a session, whole or as it grows, in pieces: it may be larger than the memory.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::file::{self, Facts};
use super::pack::Unpacker;
use super::{SessionError, caps, marks};
use crate::capture::{Exchange, Kind};
use crate::domain::trail::TraceId;

/// What is read of a record.
const SELECT: &str = "SELECT seq, kind, lost, at, took, held, peer, rule, trimmed, request, reply, same, error, packed, \
     sides, trace FROM record";
/// The same of a session without traces.
const UNTRACED: &str = "SELECT seq, kind, lost, at, took, held, peer, rule, trimmed, request, reply, same, error, \
     packed, sides, NULL FROM record";

/// Neighbours are read in one go: to look for the next one anew costs as much as to step over two.
const STEPS: u64 = 3;

/// A session that is open to be read.
pub struct Reader {
    connection: Connection,
    unpacker: Unpacker,
    path: PathBuf,
    /// What is asked of a record.
    select: &'static str,
    /// The last record before damage that was met.
    whole_until: Option<u64>,
}

/// A record as the session has it: nothing is judged.
#[derive(Debug)]
pub struct Kept {
    /// Its number when it was captured.
    pub seq: u64,
    /// Both sides and their times.
    pub exchange: Exchange,
}

impl Reader {
    /// Opens a session, which may be growing.
    pub fn open(path: &Path) -> Result<Self, SessionError> {
        let connection = file::open(path)?;
        // Older sessions have no traces.
        let select = if connection.prepare(SELECT).is_ok() { SELECT } else { UNTRACED };
        let path = path.to_owned();
        let reader =
            Self { connection, unpacker: Unpacker::new()?, path, select, whole_until: None };
        reader.facts()?;
        Ok(reader)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    pub fn facts(&self) -> Result<Facts, SessionError> {
        file::facts(&self.connection)
    }

    /// How many records there are, gaps not counted.
    pub fn count(&self) -> Result<u64, SessionError> {
        let count = "SELECT count(*) FROM record WHERE kind < 2";
        Ok(self.connection.query_row(count, [], |row| row.get(0))?)
    }

    /// Times of the first and the last record, where there is one.
    pub fn span(&self) -> Result<Option<(Timestamp, Timestamp)>, SessionError> {
        let span = "SELECT min(at), max(at) FROM record";
        let (first, last): (Option<i64>, Option<i64>) =
            self.connection.query_row(span, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(first.zip(last).map(|(first, last)| (instant(first), instant(last))))
    }

    /// Bytes on the disk that hold something.
    pub fn bytes(&self) -> Result<u64, SessionError> {
        caps::used(&self.connection)
    }

    /// The `seq` of the record that has at most `most` after it: where one begins who wants the last ones alone.
    pub fn last(&self, most: u64) -> Result<u64, SessionError> {
        let last =
            "SELECT coalesce(min(seq), 0) FROM (SELECT seq FROM record ORDER BY seq DESC LIMIT ?1)";
        Ok(self.connection.query_row(last, [most], |row| row.get(0))?)
    }

    /// Whether it has this record.
    pub fn has(&self, seq: u64) -> Result<bool, SessionError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM record WHERE seq = ?1)")?;
        Ok(select.query_row([i64::try_from(seq).unwrap_or(i64::MAX)], |row| row.get(0))?)
    }

    /// What is marked of these records, at most so many, the last ones: numbers and notes.
    pub fn marks(
        &self,
        records: &RangeInclusive<u64>,
        most: usize,
    ) -> Result<Vec<(u64, Arc<str>)>, SessionError> {
        marks::read(&self.connection, records, most)
    }

    /// At most `most` records from `seq` on, oldest first; fewer where they are large.
    pub fn since(&mut self, seq: u64, most: usize) -> Result<Vec<Kept>, SessionError> {
        const BYTES: usize = 16 << 20;
        // Of a page that is there in part some records may be found behind those that are lost.
        if let Some(after) = self.whole_until.filter(|after| *after < seq) {
            return Err(SessionError::Damaged { after: Some(after) });
        }
        if !self.unpacker.knows_dictionary() {
            self.learn()?;
        }
        let mut select = self
            .connection
            .prepare_cached(&format!("{} WHERE seq >= ?1 ORDER BY seq LIMIT ?2", self.select))?;
        let mut rows = select.query([seq, most as u64])?;
        let mut kept: Vec<Kept> = Vec::new();
        let mut bytes = 0;
        let damaged = |kept: &[Kept]| {
            let after =
                kept.last().map(|kept| kept.seq).or(seq.checked_sub(1).filter(|&seq| seq > 0));
            SessionError::Damaged { after }
        };
        while bytes < BYTES {
            let row = match rows.next().map_err(SessionError::from) {
                Ok(Some(row)) => row,
                Ok(None) => break,
                // What could be read is given out; the next call begins at the damage.
                Err(SessionError::Damaged { .. }) if !kept.is_empty() => {
                    self.whole_until = kept.last().map(|kept| kept.seq);
                    break;
                }
                Err(SessionError::Damaged { .. }) => return Err(damaged(&kept)),
                Err(error) => return Err(error),
            };
            match read(row, &mut self.unpacker) {
                Ok(record) => {
                    bytes += record.exchange.size();
                    kept.push(record);
                }
                Err(_) if !kept.is_empty() => {
                    // One that came meanwhile may need the dictionary, which then came with it.
                    if self.unpacker.knows_dictionary() || !row.get(13).unwrap_or(false) {
                        self.whole_until = kept.last().map(|kept| kept.seq);
                    }
                    break;
                }
                Err(_) => return Err(damaged(&kept)),
            }
        }
        Ok(kept)
    }

    /// The records with these numbers, which rise, where the session has them.
    pub fn these(&mut self, seqs: &[u64]) -> Result<Vec<Option<Kept>>, SessionError> {
        if !self.unpacker.knows_dictionary() {
            self.learn()?;
        }
        let (Some(&first), Some(&last)) = (seqs.first(), seqs.last()) else {
            return Ok(Vec::new());
        };
        let span = last.saturating_sub(first);
        if span > seqs.len() as u64 * STEPS {
            return seqs.iter().map(|&seq| self.one(seq)).collect();
        }
        let mut select = self
            .connection
            .prepare_cached(&format!("{} WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq", self.select))?;
        let mut rows = select.query([first, last])?;
        let mut kept: Vec<Option<Kept>> = Vec::with_capacity(seqs.len());
        while kept.len() < seqs.len()
            && let Some(row) = rows.next()?
        {
            let seq: u64 = row.get(0)?;
            let gone = seqs[kept.len()..].iter().take_while(|&&wanted| wanted < seq).count();
            kept.resize_with(kept.len() + gone, || None);
            if seqs.get(kept.len()) == Some(&seq) {
                kept.push(Some(read(row, &mut self.unpacker)?));
            }
        }
        kept.resize_with(seqs.len(), || None);
        Ok(kept)
    }

    /// The record with this number.
    fn one(&mut self, seq: u64) -> Result<Option<Kept>, SessionError> {
        let mut select =
            self.connection.prepare_cached(&format!("{} WHERE seq = ?1", self.select))?;
        let mut rows = select.query([seq])?;
        rows.next()?.map(|row| read(row, &mut self.unpacker)).transpose()
    }

    /// The dictionary is there once enough records were.
    fn learn(&mut self) -> Result<(), SessionError> {
        let mut select = self.connection.prepare_cached("SELECT bytes FROM dictionary")?;
        let mut rows = select.query([])?;
        if let Some(row) = rows.next()? {
            self.unpacker.learn(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
        }
        Ok(())
    }
}

fn read(row: &Row<'_>, unpacker: &mut Unpacker) -> Result<Kept, SessionError> {
    let kind = match row.get(1)? {
        0 => Kind::Dispatch,
        1 => Kind::Event,
        2 => Kind::Dropped { count: row.get(2)? },
        _ => return Err(SessionError::Damaged { after: None }),
    };
    let request: Option<usize> = row.get(9)?;
    let reply: Option<usize> = row.get(10)?;
    let same: bool = row.get(11)?;
    let apart = if same { 0 } else { reply.unwrap_or(0) };
    let length = request.unwrap_or(0).saturating_add(apart);
    let packed = row.get_ref(14)?.as_blob().map_err(rusqlite::Error::from)?;
    let sides =
        if length == 0 { Bytes::new() } else { unpacker.unpack(packed, length, row.get(13)?)? };
    let first = sides.slice(..request.unwrap_or(0));
    let error: Option<String> = row.get(12)?;
    // Beside an answer it says why that is as it is.
    let (reply, why) = match reply {
        Some(_) if same => (Ok(first.clone()), error),
        Some(_) => (Ok(sides.slice(first.len()..)), error),
        None => (Err(error.unwrap_or_default()), None),
    };
    let micros = |column: usize| -> Result<Duration, SessionError> {
        Ok(Duration::from_micros(row.get(column)?))
    };
    let trace: Option<Vec<u8>> = row.get(15)?;
    let exchange = Exchange {
        kind,
        at: instant(row.get(3)?),
        took: micros(4)?,
        held: micros(5)?,
        peer: row.get::<_, String>(6)?.into(),
        request: request.map(|_| first),
        reply,
        rule: row.get::<_, Option<String>>(7)?.map(Into::into),
        why: why.map(Into::into),
        trimmed: row.get(8)?,
        trace: trace.as_deref().and_then(TraceId::from_bytes),
    };
    Ok(Kept { seq: row.get(0)?, exchange })
}

/// Microseconds since 1970; what no clock shows is the beginning.
fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or_default()
}
