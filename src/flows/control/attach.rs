//! A console's end of the socket: what the server captures, in a capture of its own.

use std::io;
use std::sync::mpsc::sync_channel;

use tokio::io::{AsyncWriteExt as _, BufReader, BufWriter};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::find::{self, Found};
use super::place::Place;
use super::wire::{self, Asked, BODY, Figures, Hello, PROTOCOL, Said};
use crate::capture::{Capture, Recorder};
use crate::domain::task::Problem;

/// Records, and bytes of them, that are handed over before it is waited until they are stored.
const TOGETHER: (usize, usize) = (1_024, 16 << 20);

/// A server that is looked at until this is dropped: then the connection ends, and the server goes on.
#[derive(Debug)]
pub struct Attached {
    /// What it said of itself.
    pub hello: Hello,
    ask: mpsc::UnboundedSender<Asked>,
    _cancel: DropGuard,
}

impl Attached {
    /// Asks the server to end; that it has is told as news.
    pub fn stop(&self) {
        // It may have ended meanwhile.
        drop(self.ask.send(Asked::Stop));
    }
}

/// What comes of a server that is looked at, besides records.
#[derive(Debug)]
pub enum News {
    /// Its figures are others.
    Figures(Box<Figures>),
    /// It has ended, or was killed.
    Ended,
}

/// Looks at a server of the project, if one runs: that at `wanted` rather than another. What it captures is fed to
/// `recorder`, `most` of what it still has first; `told` hears the rest, on a thread of its own.
pub fn attach(
    place: &Place,
    wanted: &str,
    most: u64,
    recorder: Recorder,
    capture: Capture,
    told: impl Fn(News) + Send + 'static,
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
    let cancel = CancellationToken::new();
    let cancelled = cancel.clone();
    std::thread::Builder::new()
        .name("attached".into())
        .spawn(move || {
            runtime.block_on(async {
                let Some(found) = find::running(&place, &wanted).await.into_iter().next() else {
                    return;
                };
                let Found { hello, input, mut output } = found;
                if let Err(problem) = hello.understood() {
                    drop(say.send(Err(problem)));
                    return;
                }
                let attach = Asked::Attach { protocol: PROTOCOL, records: most };
                if put(&mut output, &attach).await.is_err() {
                    return;
                }
                drop(say.send(Ok(hello)));
                tokio::select! {
                    () = cancelled.cancelled() => {}
                    () = asking(output, asked) => {}
                    () = following(input, recorder, capture, &told) => told(News::Ended),
                }
            });
        })
        .map_err(cannot)?;
    match said.recv() {
        Ok(Ok(hello)) => Ok(Some(Attached { hello, ask, _cancel: cancel.drop_guard() })),
        Ok(Err(problem)) => Err(problem),
        Err(_) => Ok(None),
    }
}

async fn put(output: &mut BufWriter<OwnedWriteHalf>, asked: &Asked) -> io::Result<()> {
    wire::write(output, asked, [&[], &[]]).await?;
    output.flush().await
}

/// Never ends: what cannot be asked any more, nobody answers.
async fn asking(mut output: BufWriter<OwnedWriteHalf>, mut asked: mpsc::UnboundedReceiver<Asked>) {
    while let Some(asked) = asked.recv().await {
        if put(&mut output, &asked).await.is_err() {
            break;
        }
    }
    std::future::pending::<()>().await;
}

/// Until the server ends.
async fn following(
    mut input: BufReader<OwnedReadHalf>,
    recorder: Recorder,
    capture: Capture,
    told: &impl Fn(News),
) {
    let mut changes = capture.changes();
    // What was captured here before, of another server, has the numbers below.
    let mut ahead = None;
    let (mut records, mut bytes) = (0, 0);
    loop {
        let (head, body) = match wire::read(&mut input, BODY).await {
            Ok(Some((Said::Record(head), body))) => (head, body),
            Ok(Some((Said::Figures(figures), _))) => {
                recorder.hide(&figures.hidden);
                told(News::Figures(Box::new(figures)));
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
        let ahead = *ahead.get_or_insert_with(|| capture.next_seq().saturating_sub(seq));
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
