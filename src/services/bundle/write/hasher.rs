//! Checksum, signed digest and name hash, beside the compression: three digests would cost a quarter of its time.

use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use crate::domain::bundle::{Checksum, Digests, NameHash};

/// Bytes of one piece.
const PIECE: usize = 256 << 10;

/// Pieces under way at most: this bounds memory.
const PIECES: usize = 8;

type Piece = Arc<Vec<u8>>;

enum Job {
    Entry(String, u64),
    Bytes { piece: Piece, length: usize, stored: bool },
}

/// Hashes on a thread of its own.
pub(super) struct Hasher {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<(Digests, NameHash)>>,
    /// Buffers to use again, once the thread has let go of them.
    spare: Vec<Piece>,
}

impl Hasher {
    pub(super) fn start() -> Self {
        let (jobs, receiver) = sync_channel(PIECES);
        let thread = std::thread::spawn(move || {
            let (mut digests, mut name_hash) = (Digests::default(), NameHash::default());
            for job in receiver {
                match job {
                    Job::Entry(name, length) => name_hash.entry(&name, length),
                    Job::Bytes { piece, length, stored } => {
                        digests.update(&piece[..length]);
                        if stored {
                            name_hash.update(&piece[..length]);
                        }
                    }
                }
            }
            (digests, name_hash)
        });
        Self { jobs: Some(jobs), thread: Some(thread), spare: Vec::new() }
    }

    /// Begins an entry of the zip.
    pub(super) fn entry(&mut self, name: &str, length: u64) {
        self.send(Job::Entry(name.to_owned(), length));
    }

    /// A buffer to read into.
    pub(super) fn buffer(&mut self) -> Vec<u8> {
        let free = self.spare.iter().position(|piece| Arc::strong_count(piece) == 1);
        free.and_then(|at| Arc::try_unwrap(self.spare.swap_remove(at)).ok())
            .unwrap_or_else(|| vec![0; PIECE])
    }

    /// Hashes the first bytes of a buffer; `stored` where they are the entry's too.
    pub(super) fn take(&mut self, buffer: Vec<u8>, length: usize, stored: bool) -> Piece {
        let piece = Arc::new(buffer);
        self.send(Job::Bytes { piece: Arc::clone(&piece), length, stored });
        piece
    }

    /// Keeps a buffer for later.
    pub(super) fn give_back(&mut self, piece: Piece) {
        if self.spare.len() <= PIECES {
            self.spare.push(piece);
        }
    }

    /// What the files came to, and the name hash, which still lacks the manifest.
    pub(super) fn finish(mut self) -> (Checksum, NameHash) {
        drop(self.jobs.take());
        let thread = self.thread.take().map(JoinHandle::join);
        // The thread has nothing that panics; were it to, there is no bundle to go on with.
        let (digests, name_hash) = match thread {
            Some(Ok(hashes)) => hashes,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Default::default(),
        };
        (digests.finish(), name_hash)
    }

    fn send(&mut self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // It fails only where the thread has panicked, which `finish` passes on.
            let _ = jobs.send(job);
        }
    }
}
