//! Exports what was captured, off the console's thread.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::{Worker, slot};
use crate::capture::session::Facts;
use crate::domain::address::Listen;
use crate::domain::export::Exported;
use crate::domain::task::Problem;
use crate::flows::export::{Heard, Job, Ring, to_file, to_stream};
use crate::tui::message::Message;
use crate::tui::overlay::export::{News, To, Wish};
use crate::tui::pane::stream::Scope;

/// So often is told how far it is.
pub(super) const TELLS: Duration = Duration::from_millis(100);

/// What a clipboard is given, at most, in bytes: terminals stop far below.
const CLIPBOARD: usize = 8 << 20;

impl Worker {
    pub(super) fn export(&self, mut wish: Box<Wish>) {
        let cancel = CancellationToken::new();
        *slot(&self.export) = cancel.clone();
        let (records, job) = (self.meant(&wish.meant.scope), self.job(&wish));
        let path = match &wish.to {
            To::File { path, .. } => Some(self.path(path)),
            To::Clipboard => None,
        };
        if let (To::File { path: typed, .. }, Some(path)) = (&mut wish.to, &path) {
            typed.clone_from(path);
        }
        let messages = self.messages.clone();
        self.blocking(move || {
            let mut told: Option<Instant> = None;
            let mut tell = |done: u64| {
                if told.is_none_or(|told| told.elapsed() > TELLS) {
                    told = Some(Instant::now());
                    let _ = messages.send(Message::Export(Box::new(News::Progress(done))));
                }
            };
            let mut heard = Heard { cancel: &cancel, told: &mut tell };
            let ended = match &wish.to {
                To::File { path, replace: false } if path.symlink_metadata().is_ok() => {
                    return Message::Export(Box::new(News::Exists(wish)));
                }
                To::File { path, replace } => {
                    to_file(records, &job, path, *replace, &mut heard).map(|it| (it, None))
                }
                To::Clipboard => to_text(records, &job, &mut heard),
            };
            Message::Export(Box::new(News::Ended(wish, ended)))
        });
    }

    /// The records that are meant, as they are now.
    pub(super) fn meant(&self, scope: &Scope) -> Ring {
        let last = self.capture.next_seq().saturating_sub(1);
        let (span, filter) = match scope {
            Scope::Row(seq) => ((*seq, *seq), None),
            Scope::Listed { filter, until } => {
                let filter = filter.as_ref().map(|filter| (**filter).clone());
                ((0, until.map_or(last, |until| until.min(last))), filter)
            }
            Scope::Marked => {
                let seqs = self.capture.marks().iter().map(|(seq, _)| seq).collect();
                return Ring::of(self.capture.clone(), seqs, Arc::clone(&self.redacted));
            }
            Scope::All => ((0, last), None),
        };
        Ring::new(self.capture.clone(), span, filter, Arc::clone(&self.redacted))
    }

    fn job(&self, wish: &Wish) -> Job {
        let facts = self.facts();
        let fallback = Listen::Tcp { host: "127.0.0.1".to_owned(), port: 50051 };
        Job {
            format: wish.format,
            view: Arc::clone(if wish.secrets { &self.shown } else { &self.redacted }),
            shows_secrets: wish.secrets,
            server: facts.server.parse().unwrap_or(fallback),
            alone: wish.is_row(),
            facts,
        }
    }

    /// What a session of what was captured says of itself.
    pub(super) fn facts(&self) -> Facts {
        if let Some(followed) = &*slot(&self.followed) {
            return Facts { hidden: self.capture.hidden(), ..followed.facts.clone() };
        }
        let settings = slot(&self.settings).server.clone();
        let running = slot(&self.server).as_ref().map(|running| running.address().to_string());
        Facts {
            began: jiff::Timestamp::now(),
            by: env!("CARGO_PKG_VERSION").to_owned(),
            server: running.unwrap_or(settings.listen),
            answer_limit: settings.answer_limit,
            redacted: false,
            hidden: self.capture.hidden(),
        }
    }
}

fn to_text(
    records: Ring,
    job: &Job,
    heard: &mut Heard<'_>,
) -> Result<(Exported, Option<String>), Problem> {
    let mut text = Bounded(Vec::new());
    let cannot = |_: &io::Error| {
        Problem::failed("more than 8 MiB: no clipboard takes that").help("export into a file")
    };
    let exported = to_stream(records, job.exporter(), &*job.view, &mut text, &cannot, heard)?;
    Ok((exported, Some(String::from_utf8_lossy(&text.0).into_owned())))
}

/// A text that grows so far.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > CLIPBOARD {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
