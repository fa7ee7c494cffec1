//! The server's end of the socket, on a thread of its own.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use tokio::io::{BufReader, BufWriter};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::breaks::{Breaks, Seat, Told};
use super::place::Place;
use super::wire::{self, Asked, BODY, Figures, Head, Hello, PROTOCOL, Said};
use crate::capture::Capture;
use crate::config;
use crate::dispatch::{Breakpoint, Gauges, Holds, Reloaded};
use crate::domain::task::Problem;
use crate::{net, services::files};

/// Consoles at once.
const CONSOLES: usize = 16;

/// Records that are taken from the ring at once.
const PIECE: usize = 64;

/// Figures are told no more often.
const APART: Duration = Duration::from_millis(250);

/// How long a console may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open socket; it is closed, and its file taken away, when this is dropped.
#[derive(Debug)]
pub struct Control {
    /// Its file, until it is taken away: one that is there later is that of another server.
    path: Mutex<Option<PathBuf>>,
    end: CancellationToken,
    stop: CancellationToken,
    onlookers: watch::Receiver<usize>,
}

impl Control {
    /// Lets nobody find it any more; who looks at the server goes on until the end. To be done before the server gives
    /// its address up: the next one that listens there opens its own socket in the same place.
    pub fn leave(&self) {
        if let Some(path) = self.path.lock().unwrap_or_else(PoisonError::into_inner).take() {
            drop(std::fs::remove_file(path));
        }
    }

    /// How many look at the server: consoles, and commands that wait.
    pub fn onlookers(&self) -> watch::Receiver<usize> {
        self.onlookers.clone()
    }

    /// Waits until somebody asks the server to end; false where the socket is closed before.
    pub fn stopped(&self) -> impl Future<Output = bool> + use<> {
        let (stop, end) = (self.stop.clone(), self.end.clone());
        async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => true,
                () = end.cancelled() => false,
            }
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.leave();
        self.end.cancel();
    }
}

impl Hello {
    /// What this process says of its server.
    pub fn of_this_process(
        project: &str,
        folder: PathBuf,
        address: String,
        since: jiff::Timestamp,
        console: bool,
        settings: &config::Server,
    ) -> Self {
        Self {
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: std::process::id(),
            project: project.to_owned(),
            folder,
            address,
            since,
            session: None,
            console,
            answer_limit: settings.answer_limit,
            hold_seconds: settings.hold_seconds,
            hold_limit: settings.hold_limit,
        }
    }
}

/// Says which session is written, where one is.
pub type Session = Arc<dyn Fn() -> Option<PathBuf> + Send + Sync>;

/// What consoles see of a server.
pub struct Served {
    /// What it shows of itself.
    pub gauges: Gauges,
    /// What it captures.
    pub capture: Capture,
    /// The session that it writes, asked for anew for each console.
    pub session: Session,
    /// Whom it holds, and for which breakpoints.
    pub breaks: Breaks,
}

/// What every connection has.
#[derive(Clone)]
struct Shown {
    hello: Hello,
    gauges: Gauges,
    capture: Capture,
    session: Session,
    breaks: Breaks,
    stop: CancellationToken,
    onlookers: watch::Sender<usize>,
}

/// Counts one until it is dropped.
struct Looks<'s>(&'s watch::Sender<usize>);

impl<'s> Looks<'s> {
    fn at(onlookers: &'s watch::Sender<usize>) -> Self {
        onlookers.send_modify(|count| *count += 1);
        Self(onlookers)
    }
}

impl Drop for Looks<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Opens the socket of a server that runs. One that a dead server left behind is replaced.
pub fn open(place: &Place, hello: Hello, served: Served) -> Result<Control, Problem> {
    let folder = place.folder();
    place.make().map_err(|error| files::problem("cannot make", folder, &error))?;
    let path = place.socket(&hello.address);
    let cannot = |error: io::Error| {
        Problem::failed(format!("cannot open the console's socket: {error}")).at(path.display())
    };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
    let (end, stop) = (CancellationToken::new(), CancellationToken::new());
    let Served { gauges, capture, session, breaks } = served;
    let (onlookers, looking) = watch::channel(0);
    let shown = Shown { hello, gauges, capture, session, breaks, stop: stop.clone(), onlookers };
    let (bound, is_bound) = mpsc::channel();
    let (ended, socket) = (end.clone(), path.clone());
    std::thread::Builder::new()
        .name("control".into())
        .spawn(move || {
            runtime.block_on(async {
                let listener = match net::unix(&socket).await {
                    Ok(listener) => listener,
                    Err(problem) => return drop(bound.send(Err(problem))),
                };
                drop(bound.send(Ok(())));
                tokio::select! {
                    () = ended.cancelled() => {}
                    () = accept(&listener, &shown) => {}
                }
            });
            // What consoles have not read yet is theirs to lose.
            runtime.shutdown_timeout(Duration::from_millis(200));
        })
        .map_err(cannot)?;
    is_bound
        .recv()
        .unwrap_or_else(|_| Err(Problem::failed("the socket's thread ended at once")))?;
    // The folder lets nobody else in; this is the second lock.
    let only_owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&path, only_owner).map_err(cannot)?;
    Ok(Control { path: Mutex::new(Some(path)), end, stop, onlookers: looking })
}

async fn accept(listener: &UnixListener, shown: &Shown) {
    let seats = Arc::new(Semaphore::new(CONSOLES));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a console could not attach");
                // Out of file descriptors, most likely: not to be asked again at once.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(seat) = Arc::clone(&seats).try_acquire_owned() else {
            tracing::warn!("{CONSOLES} consoles are attached: no more of them");
            continue;
        };
        if !is_ours(&stream) {
            tracing::warn!("another user tried to attach");
            continue;
        }
        let shown = shown.clone();
        tokio::spawn(async move {
            if let Err(error) = attend(stream, shown).await
                && error.kind() == io::ErrorKind::InvalidData
            {
                tracing::warn!(%error, "a console that speaks another language was sent away");
            }
            drop(seat);
        });
    }
}

/// Whether the same user is on the other side.
fn is_ours(stream: &UnixStream) -> bool {
    let ours = rustix::process::geteuid().as_raw();
    stream.peer_cred().is_ok_and(|peer| peer.uid() == ours)
}

async fn attend(stream: UnixStream, shown: Shown) -> io::Result<()> {
    let (input, output) = stream.into_split();
    let mut input = BufReader::new(input);
    let mut output = BufWriter::with_capacity(64 << 10, output);
    let hello = Hello { session: (shown.session)(), ..shown.hello.clone() };
    wire::write(&mut output, &Said::Hello(hello), [&[], &[]]).await?;
    tokio::io::AsyncWriteExt::flush(&mut output).await?;
    let asked = timeout(PATIENCE, wire::read::<_, Asked>(&mut input, 0)).await??;
    match asked {
        // Who only wanted to know who is here.
        None => Ok(()),
        Some((Asked::Stop, _)) => {
            shown.stop.cancel();
            // The end of the connection tells that of the server: it comes once the socket's file is gone.
            std::future::pending().await
        }
        Some((Asked::Attach { records, .. }, _)) => {
            let (stop, seat) = (shown.stop.clone(), shown.breaks.seat());
            let onlookers = shown.onlookers.clone();
            let _looks = Looks::at(&onlookers);
            let holds = shown.breaks.holds().clone();
            let (heeded, done) = watch::channel(Heeded::default());
            tokio::select! {
                ended = heed(input, &stop, &holds, &seat, &heeded) => ended,
                ended = tell(output, shown, records, done) => ended,
            }
        }
        Some(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "it asks before it attaches")),
    }
}

/// How often a console was told what became of what it asked for, or is to be.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Heeded {
    /// It came too late.
    late: u64,
    /// Breakpoints that were asked for are in force.
    in_force: u64,
}

/// Until the console is gone.
async fn heed(
    mut input: BufReader<OwnedReadHalf>,
    stop: &CancellationToken,
    holds: &Holds,
    seat: &Seat,
    heeded: &watch::Sender<Heeded>,
) -> io::Result<()> {
    while let Some((asked, body)) = wire::read::<_, Asked>(&mut input, BODY).await? {
        let is_late = match asked {
            Asked::Attach { .. } => false,
            Asked::Break { breakpoints } => {
                let read = breakpoints.iter().map(|written| written.parse::<Breakpoint>());
                let wrong = |what| io::Error::new(io::ErrorKind::InvalidData, what);
                seat.set(read.collect::<Result<_, String>>().map_err(wrong)?);
                heeded.send_modify(|heeded| heeded.in_force += 1);
                false
            }
            Asked::LetGo { id, changed } => !holds.let_go(id, changed.then_some(body)),
            Asked::HoldOn { id } => !holds.hold_on(id),
            Asked::Stop => {
                stop.cancel();
                false
            }
        };
        if is_late {
            heeded.send_modify(|heeded| heeded.late += 1);
        }
    }
    Ok(())
}

/// Until the server ends.
async fn tell(
    mut output: BufWriter<OwnedWriteHalf>,
    shown: Shown,
    records: u64,
    mut heeded: watch::Receiver<Heeded>,
) -> io::Result<()> {
    let Shown { gauges, capture, breaks, .. } = shown;
    let holds = breaks.holds();
    let (mut waiting, mut holding) = (Told::default(), holds.changes());
    let mut changes = capture.changes();
    let mut news = gauges.reloaded();
    let first = capture.next_seq().saturating_sub(records).max(1);
    // Before that nothing is missed.
    let mut next = None;
    let mut told: Option<(Instant, Figures)> = None;
    let mut answered = Heeded::default();
    let mut open = true;
    loop {
        loop {
            let piece = capture.since(next.unwrap_or(first), PIECE);
            // Told before the records whose secrets it hides.
            if told.as_ref().is_none_or(|(_, before)| before.hidden != capture.hidden()) {
                let now = figures(&gauges, &capture, holds);
                wire::write(&mut output, &Said::Figures(now.clone()), [&[], &[]]).await?;
                told = Some((Instant::now(), now));
            }
            for record in &piece {
                let seq = record.row.seq;
                if let Some(next) = next.filter(|next| seq > *next) {
                    let gap = Said::Record(Head::gap(next, seq - next));
                    wire::write(&mut output, &gap, [&[], &[]]).await?;
                }
                let (head, sides) = Head::of(record);
                wire::write(&mut output, &Said::Record(head), sides).await?;
                next = Some(record.next_seq());
            }
            if piece.len() < PIECE {
                break;
            }
        }
        next = next.or(Some(first));
        holding.mark_unchanged();
        waiting.tell(&mut output, holds).await?;
        let now = *heeded.borrow_and_update();
        if now.in_force > answered.in_force {
            wire::write(&mut output, &Said::InForce { asked: now.in_force }, [&[], &[]]).await?;
        }
        if now.late > answered.late {
            wire::write(&mut output, &Said::Late, [&[], &[]]).await?;
        }
        answered = now;
        let due = told.as_ref().map_or_else(Instant::now, |(at, _)| *at + APART);
        let early = open && Instant::now() < due;
        if !early {
            let now = figures(&gauges, &capture, holds);
            if told.as_ref().is_none_or(|(_, before)| *before != now) {
                wire::write(&mut output, &Said::Figures(now.clone()), [&[], &[]]).await?;
            }
            told = Some((Instant::now(), now));
        }
        if !open {
            wire::write(&mut output, &Said::Ending, [&[], &[]]).await?;
            return tokio::io::AsyncWriteExt::shutdown(&mut output).await;
        }
        tokio::io::AsyncWriteExt::flush(&mut output).await?;
        tokio::select! {
            more = changes.changed() => open = more.is_ok(),
            () = reloaded(&mut news) => told = None,
            _ = holding.changed() => {}
            _ = heeded.changed() => heeded.mark_changed(),
            () = sleep_until(due), if early => {}
        }
    }
}

fn figures(gauges: &Gauges, capture: &Capture, holds: &Holds) -> Figures {
    Figures {
        rules: gauges.rules(),
        unanswered: gauges.unanswered(),
        notices: gauges.notices(),
        wrong_rules: gauges.wrong_rules().map(Into::into),
        in_flight: gauges.in_flight(),
        sampled_out: capture.stats().sampled_out,
        hidden: capture.hidden(),
        let_through: holds.let_through(),
        faults: holds.faults(),
    }
}

/// Waits until the rules' files have changed.
async fn reloaded(news: &mut Option<watch::Receiver<Reloaded>>) {
    let changed = match news {
        Some(receiver) => receiver.changed().await.is_ok(),
        None => false,
    };
    if !changed {
        *news = None;
        std::future::pending::<()>().await;
    }
}
