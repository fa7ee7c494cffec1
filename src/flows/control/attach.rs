//! A console's end of the socket: what the server captures, in a capture of its own.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use bytes::Bytes;

use tokio::io::{AsyncWriteExt as _, BufReader, BufWriter};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::find::{self, Found};
use super::place::Place;
use super::wire::{self, Asked, BODY, Figures, Head, Hello, PROTOCOL, Said};
use crate::capture::{Capture, Judge, Recorder};
use crate::dispatch::{Breakpoint, Holds};
use crate::domain::task::Problem;

/// Records, and bytes of them, that are handed over before it is waited until they are stored.
const TOGETHER: (usize, usize) = (1_024, 16 << 20);

/// A server that is looked at until this is dropped: then the connection ends, and the server goes on.
#[derive(Debug)]
pub struct Attached {
    /// What it said of itself.
    pub hello: Hello,
    ask: mpsc::UnboundedSender<(Asked, Bytes)>,
    _cancel: DropGuard,
}

impl Attached {
    /// Asks the server to end; that it has is told as news.
    pub fn stop(&self) {
        self.ask(Asked::Stop);
    }

    /// Has the server hold for these breakpoints, instead of those that this console set before.
    pub fn break_at(&self, breakpoints: &[Breakpoint]) {
        let breakpoints = breakpoints.iter().map(Breakpoint::to_string).collect();
        self.ask(Asked::Break { breakpoints });
    }

    /// Has the server hold one as long again.
    pub fn hold_on(&self, id: u64) {
        self.ask(Asked::HoldOn { id });
    }

    fn ask(&self, asked: Asked) {
        // It may have ended meanwhile.
        drop(self.ask.send((asked, Bytes::new())));
    }
}

/// What comes of a server that is looked at, besides records.
#[derive(Debug)]
pub enum News {
    /// Its figures are others.
    Figures(Box<Figures>),
    /// What was to be let go, or held on, was not held any more.
    Late,
    /// The breakpoints that were asked for so many times are in force.
    InForce(u64),
    /// Somebody else has marked something in its session.
    Marked,
    /// It has ended, or was killed.
    Ended,
}

/// Where a console takes in what it sees.
pub struct Onlooker {
    /// Takes what the server captured.
    pub recorder: Recorder,
    /// Where that is stored.
    pub capture: Capture,
    /// Where those are shown that the server holds, and let go.
    pub holds: Holds,
    /// How rows of theirs are made.
    pub judge: Judge,
}

/// Looks at a server of the project, if one runs: that at `wanted` rather than another, and a console's own only where it
/// listens there, as one that listens elsewhere is in nobody's way. What it captures is fed to the onlooker, `most` of what
/// it still has first; `told` hears the rest, on a thread of its own.
pub fn attach(
    place: &Place,
    wanted: &str,
    most: u64,
    onlooker: Onlooker,
    told: impl Fn(News) + Send + Sync + 'static,
) -> Result<Option<Attached>, Problem> {
    // Most projects have none: no thread for them.
    if place.sockets().is_empty() {
        return Ok(None);
    }
    let cannot =
        |error: io::Error| Problem::failed(format!("cannot attach to the server: {error}"));
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
    let (place, wanted) = (place.clone(), wanted.to_owned());
    let (say, said) = sync_channel(1);
    let (ask, asked) = mpsc::unbounded_channel();
    let sender = ask.downgrade();
    let cancel = CancellationToken::new();
    let cancelled = cancel.clone();
    std::thread::Builder::new()
        .name("attached".into())
        .spawn(move || {
            runtime.block_on(async {
                let Some(found) = find::meant(&place, &wanted).await else { return };
                let Found { hello, input, mut output } = found;
                if let Err(problem) = hello.understood() {
                    drop(say.send(Err(problem)));
                    return;
                }
                let attach = Asked::Attach { protocol: PROTOCOL, records: most };
                if put(&mut output, &attach, &[]).await.is_err() {
                    return;
                }
                let session = hello.session.clone();
                drop(say.send(Ok(hello)));
                let told = Arc::new(told);
                let mut shown = Shown { ids: HashSet::new(), ask: sender };
                tokio::select! {
                    () = cancelled.cancelled() => {}
                    () = asking(output, asked) => {}
                    () = following(input, &onlooker, session.as_deref(), &mut shown, &told) => told(News::Ended),
                }
                shown.forget(&onlooker.holds);
            });
        })
        .map_err(cannot)?;
    match said.recv() {
        Ok(Ok(hello)) => Ok(Some(Attached { hello, ask, _cancel: cancel.drop_guard() })),
        Ok(Err(problem)) => Err(problem),
        Err(_) => Ok(None),
    }
}

async fn put(output: &mut BufWriter<OwnedWriteHalf>, asked: &Asked, body: &[u8]) -> io::Result<()> {
    wire::write(output, asked, [body, &[]]).await?;
    output.flush().await
}

/// Never ends: what cannot be asked any more, nobody answers.
async fn asking(
    mut output: BufWriter<OwnedWriteHalf>,
    mut asked: mpsc::UnboundedReceiver<(Asked, Bytes)>,
) {
    while let Some((asked, body)) = asked.recv().await {
        if put(&mut output, &asked, &body).await.is_err() {
            break;
        }
    }
    std::future::pending::<()>().await;
}

/// Those that the server holds, as this console shows them.
struct Shown {
    ids: HashSet<u64>,
    ask: mpsc::WeakUnboundedSender<(Asked, Bytes)>,
}

impl Shown {
    /// Shows one; what it is let go with here goes to the server.
    fn show(&mut self, id: u64, by: String, left: u64, record: Head, body: &Bytes, to: &Onlooker) {
        let exchange = match record.exchange(body) {
            Ok((_, exchange)) => exchange,
            Err(error) => return tracing::error!(%error, "the server holds what is no record"),
        };
        let record = to.judge.record(0, exchange);
        let verdict = to.holds.show(id, by, record, Duration::from_micros(left));
        self.ids.insert(id);
        let ask = self.ask.clone();
        tokio::spawn(async move {
            let Ok(answer) = verdict.await else { return };
            let asked = Asked::LetGo { id, changed: answer.is_some() };
            if let Some(ask) = ask.upgrade() {
                // A server that has ended has let it go.
                drop(ask.send((asked, answer.unwrap_or_default())));
            }
        });
    }

    /// Takes one away that is not held any more.
    fn gone(&mut self, id: u64, holds: &Holds) {
        if self.ids.remove(&id) {
            holds.forget(id);
        }
    }

    /// Takes all of them away.
    fn forget(self, holds: &Holds) {
        self.ids.into_iter().for_each(|id| holds.forget(id));
        holds.told_faults(None);
    }
}

/// Until the server ends.
async fn following(
    mut input: BufReader<OwnedReadHalf>,
    to: &Onlooker,
    session: Option<&Path>,
    shown: &mut Shown,
    told: &Arc<impl Fn(News) + Send + Sync + 'static>,
) {
    let Onlooker { recorder, capture, holds, .. } = to;
    let mut changes = capture.changes();
    // What was captured here before, of another server, has the numbers below.
    let mut ahead = None;
    let mut _watched = None;
    let (mut records, mut bytes) = (0, 0);
    loop {
        let (head, body) = match wire::read(&mut input, BODY).await {
            Ok(Some((Said::Record(head), body))) => (head, body),
            Ok(Some((Said::Figures(figures), _))) => {
                recorder.hide(&figures.hidden);
                holds.told_let_through(figures.let_through);
                holds.told_faults(Some(&figures.faults));
                told(News::Figures(Box::new(figures)));
                continue;
            }
            Ok(Some((Said::Held { id, by, left, record }, body))) => {
                shown.show(id, by, left, record, &body, to);
                continue;
            }
            Ok(Some((Said::Longer { id, left }, _))) => {
                holds.prolong(id, Duration::from_micros(left));
                continue;
            }
            Ok(Some((Said::Gone { id }, _))) => {
                shown.gone(id, holds);
                continue;
            }
            Ok(Some((Said::Late, _))) => {
                told(News::Late);
                continue;
            }
            Ok(Some((Said::InForce { asked }, _))) => {
                told(News::InForce(asked));
                continue;
            }
            Ok(Some((Said::Hello(_), _))) => continue,
            Ok(Some((Said::Ending, _)) | None) => return,
            Err(error) => {
                // A server that is killed in the middle of a frame is no news of its own.
                tracing::debug!(%error, "the server's socket ended");
                return;
            }
        };
        let (seq, exchange) = match head.exchange(&body) {
            Ok(record) => record,
            Err(error) => {
                tracing::error!(%error, "the server sent what is no record");
                return;
            }
        };
        let ahead = *ahead.get_or_insert_with(|| {
            let ahead = capture.next_seq().saturating_sub(seq);
            if let Some(session) = session {
                capture.share_marks(session, seq, ahead);
                let told = Arc::clone(told);
                _watched = capture.watch_marks(seq, move || told(News::Marked));
            }
            ahead
        });
        let seq = seq.saturating_add(ahead);
        let next = seq.saturating_add(exchange.covers());
        records += 1;
        bytes += body.len();
        if !recorder.feed(seq, exchange).await {
            return;
        }
        if records >= TOGETHER.0 || bytes >= TOGETHER.1 {
            while capture.next_seq() < next {
                if changes.changed().await.is_err() {
                    return;
                }
            }
            (records, bytes) = (0, 0);
        }
    }
}
