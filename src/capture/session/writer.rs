//! Writes what is captured into a session, on a thread of its own, some transactions a second.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::file::{self, Facts, Writing};
use super::pack::Packer;
use super::{Caps, SessionError, caps, marks};
use crate::capture::look::give_way;
use crate::capture::{Archive, Capture, Keeper, Kind, Record};
use crate::domain::object::SecretNames;
use crate::domain::trail::TraceId;

/// What comes within this time is one transaction, and one takes no longer where there is more to write: a process that is
/// killed loses what came in some of these. More would come at once then, and take a core from the answers for as long.
const TOGETHER: Duration = Duration::from_millis(60);
/// Records that are taken from the ring at once.
const PIECE: usize = 256;

/// A session under way. It ends with the server; [`Recording::finish`] waits for that.
#[derive(Debug)]
pub struct Recording {
    path: PathBuf,
    spilled: watch::Receiver<Spilled>,
    end: CancellationToken,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spilled {
    /// Records that were written, those that made room for others since included.
    pub written: u64,
    /// Records that the ring forgot before the disk took them.
    pub lost: u64,
    /// Bytes that the file has in use.
    pub bytes: u64,
    /// Why nothing more is written: the disk is full, or the like.
    pub stopped: Option<String>,
}

impl Recording {
    /// Makes the file, which must not be there, and writes into it whatever is captured from now on, and what the ring
    /// still has.
    pub fn start(
        path: &Path,
        facts: &Facts,
        caps: Caps,
        capture: Capture,
    ) -> Result<Self, SessionError> {
        Self::on(file::create(path, facts)?, path, caps, capture)
    }

    /// Writes into a session that was just made.
    pub(super) fn on(
        connection: Connection,
        path: &Path,
        caps: Caps,
        capture: Capture,
    ) -> Result<Self, SessionError> {
        let writing = Writing::begin(path)?;
        let archive = capture.look_back(path);
        let keeper = capture.keep_marks_in(path);
        keeper.recorded(true);
        let (said, spilled) = watch::channel(Spilled::default());
        let end = CancellationToken::new();
        let writer = Writer {
            connection,
            packer: Packer::new()?,
            caps,
            capture,
            archive,
            keeper,
            path: path.to_owned(),
            next: 1,
            count: 0,
            hidden: SecretNames::default(),
            writing,
            end: end.clone(),
            said,
        };
        std::thread::Builder::new().name("session".into()).spawn(move || writer.run())?;
        Ok(Self { path: path.to_owned(), spilled, end })
    }

    /// Where the session is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How far it is, and whether it stopped.
    pub fn spilled(&self) -> watch::Receiver<Spilled> {
        self.spilled.clone()
    }

    /// Ends it, though its server may go on: what was captured until now is written. Waits for that, at most so long.
    pub fn stop(self, most: Duration) -> Spilled {
        self.end.cancel();
        self.finish(most)
    }

    /// Waits until all is written that a server captured, which has ended; at most so long.
    pub fn finish(mut self, most: Duration) -> Spilled {
        if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_time().build() {
            runtime.block_on(async {
                let ended = async { while self.spilled.changed().await.is_ok() {} };
                drop(tokio::time::timeout(most, ended).await);
            });
        }
        self.spilled.borrow().clone()
    }
}

struct Writer {
    connection: Connection,
    packer: Packer,
    caps: Caps,
    capture: Capture,
    /// The same file, for those who read it.
    archive: Arc<Archive>,
    /// What people mark meanwhile.
    keeper: Arc<Keeper>,
    path: PathBuf,
    /// The next record's `seq`.
    next: u64,
    /// Rows in the file.
    count: u64,
    /// Names that the file has.
    hidden: SecretNames,
    writing: Writing,
    end: CancellationToken,
    /// Goes last: then the file is whole.
    said: watch::Sender<Spilled>,
}

impl Writer {
    fn run(mut self) {
        give_way();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let Ok(runtime) = runtime else { return };
        let mut changes = self.capture.changes();
        changes.mark_changed();
        let mut open = true;
        while open {
            open = runtime.block_on(async {
                let more = async {
                    if changes.changed().await.is_err() {
                        return false;
                    }
                    let ended = async { while changes.changed().await.is_ok() {} };
                    tokio::time::timeout(TOGETHER, ended).await.is_err()
                };
                tokio::select! {
                    biased;
                    () = self.end.cancelled() => false,
                    open = more => open,
                    () = self.keeper.more() => true,
                }
            });
            if let Err(error) = self.write() {
                tracing::error!(
                    "the session {} ends here, the server goes on: {error}",
                    self.path.display()
                );
                self.said.send_modify(|said| said.stopped = Some(error.to_string()));
                break;
            }
        }
        // One file that can be taken elsewhere; where that fails its journal lies beside it, and is read with it. SQLite
        // does so only while nobody reads.
        let alone = || self.connection.pragma_update(None, "journal_mode", "DELETE");
        self.keeper.left(|| drop(self.archive.closed(alone)));
    }

    /// Writes what has come until now.
    fn write(&mut self) -> Result<(), SessionError> {
        let until = self.capture.next_seq();
        while self.transaction()? && self.next < until {}
        Ok(())
    }

    /// One transaction: all or nothing of it is in the file. Whether there is more.
    fn transaction(&mut self) -> Result<bool, SessionError> {
        let begun = Instant::now();
        let mut said = self.said.borrow().clone();
        // At once, as a console may be writing marks.
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let more = loop {
            let records = self.capture.since(self.next, PIECE);
            // After the records were taken: what hides their secrets was learned before they came.
            let hidden = self.capture.hidden();
            if hidden != self.hidden {
                file::hide(&self.connection, &hidden)?;
                self.hidden = hidden;
            }
            for record in &records {
                if record.row.seq > self.next {
                    let lost = record.row.seq - self.next;
                    gap(&self.connection, self.next, lost, record)?;
                    self.count += 1;
                    said.lost += lost;
                }
                insert(&self.connection, &mut self.packer, record)?;
                self.count += 1;
                said.written += 1;
                self.next = record.next_seq();
            }
            if records.len() < PIECE {
                break false;
            }
            if begun.elapsed() >= TOGETHER {
                break true;
            }
        };
        // Of the records that are there: others may come yet.
        let marks = self.keeper.waiting(self.next);
        marks::write(&self.connection, &marks, false)?;
        let before = self.count;
        caps::heed(&self.connection, &self.caps, &mut self.count)?;
        transaction.commit()?;
        self.keeper.written(&marks);
        if self.count < before {
            self.capture
                .forget_before(&self.archive, caps::first(&self.connection)?.unwrap_or(self.next));
        }
        self.writing.tell();
        if !marks.is_empty() {
            // Who looks at the marks alone is told so.
            file::touch(&self.path);
        }
        said.bytes = caps::used(&self.connection)?;
        self.said.send_replace(said);
        Ok(more)
    }
}

const INSERT: &str = "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";

pub(super) fn insert(
    connection: &Connection,
    packer: &mut Packer,
    record: &Record,
) -> Result<(), SessionError> {
    let exchange = &record.exchange;
    let (kind, lost) = match exchange.kind {
        Kind::Dispatch => (0, 0),
        Kind::Event => (1, 0),
        Kind::Dropped { count } => (2, count),
    };
    let request = exchange.request.as_deref();
    let reply = exchange.reply.as_deref().ok();
    let same = request.is_some() && request == reply;
    let apart = if same { None } else { reply };
    let sides = [request.unwrap_or_default(), apart.unwrap_or_default()].concat();
    let (bytes, with_dictionary) = packer.pack(&sides, |dictionary| {
        connection.execute("INSERT INTO dictionary VALUES (1, ?1)", [dictionary])?;
        Ok(())
    })?;
    let micros = |duration: Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    connection.prepare_cached(INSERT)?.execute(params![
        record.row.seq,
        kind,
        lost,
        exchange.at.as_microsecond(),
        micros(exchange.took),
        micros(exchange.held),
        &*exchange.peer,
        exchange.rule.as_deref(),
        exchange.trimmed,
        request.map(<[u8]>::len),
        reply.map(<[u8]>::len),
        same,
        exchange.reply.as_ref().err().map(String::as_str).or(exchange.why.as_deref()),
        with_dictionary,
        bytes,
        exchange.trace.map(TraceId::bytes),
    ])?;
    Ok(())
}

/// What stands for records that the ring forgot first.
fn gap(connection: &Connection, seq: u64, lost: u64, before: &Record) -> Result<(), SessionError> {
    let at = before.exchange.at.as_microsecond();
    connection.prepare_cached(INSERT)?.execute(params![
        seq,
        2,
        lost,
        at,
        0,
        0,
        "",
        None::<&str>,
        false,
        None::<u64>,
        None::<u64>,
        false,
        None::<&str>,
        false,
        &[0u8; 0][..],
        None::<&[u8]>,
    ])?;
    Ok(())
}
