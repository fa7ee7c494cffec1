//! The file: how it is made, and how it is opened where its writer is another program, or nobody to be trusted.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use rustix::fs::{Access, AtFlags, CWD, Timespec, Timestamps, UTIME_OMIT, utimensat};

use super::{SessionError, marks};
use crate::domain::object::SecretNames;

/// What a session's name ends in, after the dot.
pub const EXTENSION: &str = "tyks";

/// `tyks`, where SQLite keeps what kind of file it is.
const APPLICATION: i32 = 0x7479_6b73;
/// The format; one more whenever an older reader would be wrong.
const FORMAT: i32 = 1;
/// How long one waits for the other side's lock.
const BUSY: Duration = Duration::from_secs(5);

const SCHEMA: &str = "
    CREATE TABLE session (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE dictionary (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    -- kind: 0 Dispatch, 1 event, 2 lost. Times in microseconds, `at` since 1970. `sides` is request and reply one after
    -- the other, zstd, packed 0 without and 1 with the dictionary. A reply that is the request is not kept twice (same);
    -- where there is none, error is the status that was answered instead. `trace` is an id of 16 bytes; the first
    -- sessions did not have that column.
    CREATE TABLE record (
        seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, lost INTEGER NOT NULL, at INTEGER NOT NULL,
        took INTEGER NOT NULL, held INTEGER NOT NULL, peer TEXT NOT NULL, rule TEXT, trimmed INTEGER NOT NULL,
        request INTEGER, reply INTEGER, same INTEGER NOT NULL, error TEXT, packed INTEGER NOT NULL, sides BLOB NOT NULL,
        trace BLOB
    ) STRICT;
";

/// What a session says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// When it was begun.
    pub began: Timestamp,
    /// The version of tyk-tui that wrote it.
    pub by: String,
    /// Where the server listened.
    pub server: String,
    /// What the Gateway took as an answer at most, in bytes: what was judged hangs on it.
    pub answer_limit: usize,
    /// Its secrets were taken out of it: marks stand for them.
    pub redacted: bool,
    /// Names under which its records have secrets, besides the usual ones: rules took credentials from there.
    pub hidden: SecretNames,
}

/// Makes the file, which must not be there, for its owner alone.
pub(super) fn create(path: &Path, facts: &Facts) -> Result<Connection, SessionError> {
    // SQLite gives its journal the mode of the file.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            SessionError::Taken
        } else {
            error.into()
        }
    })?;
    begun(path, facts).inspect_err(|_| {
        // Nothing of it is of use, and its name would be taken once there is room.
        for beside in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(beside);
            drop(std::fs::remove_file(name));
        }
    })
}

/// What is in each session from its beginning.
fn begun(path: &Path, facts: &Facts) -> Result<Connection, SessionError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", FORMAT)?;
    // What was committed outlives the process in either; NORMAL waits for the disk at checkpoints alone.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.execute_batch(SCHEMA)?;
    connection.execute_batch(marks::TABLE)?;
    let Facts { began, by, server, answer_limit, redacted, hidden } = facts;
    let entries = [
        ("began", began.to_string()),
        ("by", by.clone()),
        ("server", server.clone()),
        ("answer_limit", answer_limit.to_string()),
        ("redacted", redacted.to_string()),
    ];
    for (name, value) in entries {
        connection.execute("INSERT INTO session VALUES (?1, ?2)", [name, &value])?;
    }
    hide(&connection, hidden)?;
    Ok(connection)
}

/// Notes the names that hide secrets in what is written from now on. Readers that do not know this leave it out.
pub(super) fn hide(connection: &Connection, names: &SecretNames) -> Result<(), SessionError> {
    if names.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_string(names).unwrap_or_default();
    connection.execute("INSERT OR REPLACE INTO session VALUES ('hidden', ?1)", [json])?;
    Ok(())
}

/// Opens a session to read it; it may be growing.
pub(super) fn open(path: &Path) -> Result<Connection, SessionError> {
    readable(path)?;
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // With this alone a file that was cut short is not refused as a whole, whose beginning can be read. Nothing can be
    // written over this connection.
    connection.pragma_update(None, "writable_schema", true)?;
    checked(connection)
}

/// Opens a session to write marks into it, which another program may be writing or reading; and when it was written
/// last.
pub(super) fn open_to_write(path: &Path) -> Result<(Connection, SystemTime), SessionError> {
    let facts = readable(path)?;
    // Whoever may do anything heeds the owner's word, too. SQLite has files beside it.
    let is_shut = |path| rustix::fs::access(path, Access::WRITE_OK).is_err();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if facts.permissions().readonly() || is_shut(path) || is_shut(folder.unwrap_or(Path::new(".")))
    {
        return Err(SessionError::ReadOnly);
    }
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    Ok((checked(connection)?, facts.modified()?))
}

/// That it is a file, and may be read. SQLite says of whatever it cannot open the same; the system says why. Not by
/// opening it: to close it again would give up the locks of a connection that this process has.
fn readable(path: &Path) -> Result<Metadata, SessionError> {
    let facts = std::fs::metadata(path)?;
    if !facts.is_file() {
        return Err(SessionError::NoSession);
    }
    rustix::fs::access(path, Access::READ_OK).map_err(std::io::Error::from)?;
    Ok(facts)
}

/// A connection over which nothing runs that whoever made the file put into its schema.
fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, SessionError> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}

/// That it is a session, of a format that is known here.
fn checked(connection: Connection) -> Result<Connection, SessionError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get(0));
    if pragma("application_id")? != APPLICATION {
        return Err(SessionError::NoSession);
    }
    match pragma("user_version")? {
        FORMAT => Ok(connection),
        found if found > FORMAT => Err(SessionError::Newer { found, known: FORMAT }),
        _ => Err(SessionError::NoSession),
    }
}

/// Says that it was written last at this time: which session is the newest hangs on its records, not on marks. It also
/// wakes those who watch the file, once there is something to read.
pub(super) fn set_modified(path: &Path, at: SystemTime) {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let at = Timespec {
        tv_sec: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: since.subsec_nanos().into(),
    };
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT };
    let times = Timestamps { last_access: now, last_modification: at };
    // A file of somebody else's keeps the time of the mark.
    let _ = utimensat(CWD, path, &times, AtFlags::empty());
}

/// Tells who watches the file that something in it has changed; it keeps its time.
pub(super) fn touch(path: &Path) {
    if let Ok(at) = std::fs::metadata(path).and_then(|facts| facts.modified()) {
        set_modified(path, at);
    }
}

/// What the session says of itself; what it does not say is empty.
pub(super) fn facts(connection: &Connection) -> Result<Facts, SessionError> {
    let value = |name: &str| -> Result<String, SessionError> {
        let mut select = connection.prepare_cached("SELECT value FROM session WHERE name = ?1")?;
        Ok(select.query_row([name], |row| row.get(0)).optional()?.unwrap_or_default())
    };
    Ok(Facts {
        began: value("began")?.parse().unwrap_or_default(),
        by: value("by")?,
        server: value("server")?,
        answer_limit: value("answer_limit")?.parse().unwrap_or(4 << 20),
        redacted: value("redacted")? == "true",
        hidden: serde_json::from_str(&value("hidden")?).unwrap_or_default(),
    })
}

/// Held by the writer as long as it writes; a killed one holds it no more. Beside the session, as SQLite has locks of its
/// own on that.
pub(super) struct Writing {
    path: PathBuf,
    lock: File,
}

impl Writing {
    pub(super) fn begin(session: &Path) -> io::Result<Self> {
        let path = lock_of(session);
        let lock =
            OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path)?;
        lock.lock()?;
        Ok(Self { path, lock })
    }

    /// Tells those who watch the session's files that there is more to read. That SQLite writes them does not: it does so
    /// before a reader sees what was written.
    pub(super) fn tell(&self) {
        // Who does not hear of this hears of the next.
        drop(self.lock.set_modified(SystemTime::now()));
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Left behind it says nothing: nobody holds it.
        drop(std::fs::remove_file(&self.path));
    }
}

/// Whether a server writes into this session just now.
pub fn is_growing(session: &Path) -> bool {
    File::open(lock_of(session))
        .is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Waits until no server writes into this session any more, be it that it was killed.
pub fn wait_for_end(session: &Path) {
    if let Ok(lock) = File::open(lock_of(session)) {
        // It is had once the writer's is gone, and goes with this.
        drop(lock.lock_shared());
    }
}

fn lock_of(session: &Path) -> PathBuf {
    let mut name = session.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
