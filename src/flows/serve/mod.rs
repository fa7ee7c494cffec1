//! The plugin server without a console: starts it, writes a line for each Dispatch, ends on a signal.
//!
//! Lines are read from the ring of the capture, so that a reader that stalls costs no memory and no answer: what the
//! ring has forgotten when it reads again is one line that says how much was lost. A reader that goes away is told of on
//! stderr, and the server goes on: a Gateway that waits for its plugins does not care who reads their lines.

mod metrics;
mod printer;
mod signals;

use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};

use crate::capture::session::Spilled;
use crate::capture::{Capture, Judge, Record, SharedView};
use crate::config::Settings;
use crate::dispatch::{Reloaded, Rules, Running, Server};
use crate::domain::address::Listen;
use crate::domain::task::Problem;
use crate::flows::control::{self, Breaks, Control, Hello, Place, Served};
use crate::flows::session;
use crate::services::files;
use printer::Printer;

pub use signals::Stop;

/// How long the last lines may take to be read once the server has ended.
const LAST_LINES: Duration = Duration::from_secs(2);

/// What follows where the reader of the lines goes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The server goes on without lines: a Gateway needs it.
    GoOn,
    /// The server ends as if a signal had come: it ran for the reader alone.
    End,
    /// There never was one, nor a terminal: SIGHUP does not end the server.
    Nobody,
}

/// What to serve.
pub struct Plan {
    /// The configuration in force.
    pub settings: Settings,
    /// A rules file instead of the configured ones.
    pub rules: Option<PathBuf>,
    /// How secrets are shown.
    pub view: SharedView,
    /// A session is written.
    pub record: Option<Session>,
    /// Figures for Prometheus are served here.
    pub metrics: Option<Listen>,
    /// The project that consoles look for it by; none can where it has no place to be found at.
    pub project: Project,
    /// A socket that listens there already, of the process that leaves the server.
    pub socket: Option<OwnedFd>,
}

/// Which project a server is of.
pub struct Project {
    /// What it is called.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Where its servers have their sockets.
    pub place: Option<Place>,
}

/// Where a session goes.
pub struct Session {
    /// A file that must not be there; else a new one in the folder.
    pub file: Option<PathBuf>,
    /// The sessions' folder.
    pub folder: PathBuf,
    /// The project, which names it.
    pub project: String,
}

/// What a line is about.
#[derive(Debug)]
pub enum Entry<'a> {
    /// A Dispatch or an event.
    Record(&'a Record),
    /// Records that were lost: the first one's `seq`, and how many.
    Dropped {
        /// The first that was lost.
        seq: u64,
        /// How many.
        count: u64,
    },
}

/// Serves until SIGTERM, SIGINT or SIGHUP comes; then health says `NOT_SERVING`, and what is in flight is answered. `line` words an entry (without the line's end), or has none for it; `notice` is told what the user should know,
/// first of all `listening on ADDRESS`, as bound.
pub fn run<W, L, N>(plan: Plan, out: W, line: L, notice: N) -> Result<(), Problem>
where
    W: Write + Send + 'static,
    L: Fn(&Entry<'_>) -> Option<String> + Send + 'static,
    N: Fn(&str) + Send + Sync + 'static,
{
    let rules = match &plan.rules {
        Some(file) => Rules::load(std::slice::from_ref(file), &plan.settings.server)?,
        None => Rules::configured(&plan.settings)?,
    };
    let settings = &plan.settings;
    let (recorder, capture) =
        Capture::start(&settings.capture, Arc::clone(&plan.view), settings.server.answer_limit);
    let judge = Judge { view: plan.view, answer_limit: settings.server.answer_limit };
    let is_left = plan.socket.is_some();
    let running = Server::start_on(&settings.server, rules, Some(recorder), plan.socket)?;
    let notice = Arc::new(notice);
    if let Some(listen) = &plan.metrics {
        let metrics = metrics::start(listen.clone(), capture.clone(), running.waiting());
        let address = running.address().to_string();
        let metrics = metrics.map_err(|problem| metrics::elsewhere(problem, &address))?;
        notice(&format!("figures at http://{}/metrics", metrics.address));
        if !metrics.loopback {
            notice("anyone who reaches this machine can read the figures");
        }
    }
    let recording = match &plan.record {
        None => None,
        Some(Session { file, folder, project }) => {
            let server = running.address().to_string();
            let capture = capture.clone();
            Some(session::begin(file.as_deref(), folder, project, &server, settings, capture)?)
        }
    };
    if let Some(recording) = &recording {
        notice(&format!("recording to {}", recording.path().display()));
    }
    let said = Arc::clone(&notice);
    let told = move |text: &str| said(text);
    if !settings.capture.sample.is_all() {
        let share = &settings.capture.sample;
        notice(&format!(
            "capture.sample: of all calls {share} is kept, the others are counted alone"
        ));
    }
    let session = recording.as_ref().and_then(|it| std::path::absolute(it.path()).ok());
    let served = Served {
        gauges: running.gauges(),
        capture: capture.clone(),
        session: Arc::new(move || session.clone()),
        breaks: Breaks::new(running.holds(), judge),
    };
    let control = open(&running, &plan.project, settings, served);
    if let Some(Err(problem)) = &control {
        notice(&format!("no console can attach: {problem}"));
    }
    let control = control.and_then(Result::ok);
    let stopped = control.as_ref().map(Control::stopped);
    let leaves = Leaves(control.as_ref());
    let enough = async move {
        let _leaves = leaves;
        match stopped {
            Some(stopped) => drop(stopped.await),
            None => std::future::pending().await,
        }
    };
    // Who is left running has no terminal, whose end would come as a signal: it may come from elsewhere.
    let unread = if is_left { Unread::Nobody } else { Unread::GoOn };
    let counted = capture.clone();
    let ended = attend(running, capture, out, line, told, unread, enough);
    let left_out = counted.stats().sampled_out;
    if left_out > 0 {
        notice(&format!("capture.sample left {left_out} out"));
    }
    if let Some(recording) = recording {
        let path = recording.path().display().to_string();
        let spilled = recording.finish(LAST_LINES);
        notice(&format!("recorded {} to {path}{}", spilled.written, not_whole(&spilled)));
    }
    // Who asked for the end waits for this: all is written by now.
    drop(control);
    ended
}

/// Opens the socket that consoles attach to.
fn open(
    running: &Running,
    project: &Project,
    settings: &Settings,
    served: Served,
) -> Option<Result<Control, Problem>> {
    let place = project.place.as_ref()?;
    let hello = Hello::of_this_process(
        &project.name,
        project.folder.clone(),
        running.address().to_string(),
        running.since(),
        false,
        &settings.server,
    );
    Some(control::open(place, hello, served))
}

/// Takes the name of the socket away when it is dropped.
struct Leaves<'c>(Option<&'c Control>);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        if let Some(control) = self.0 {
            control.leave();
        }
    }
}

/// What a session does not have.
fn not_whole(spilled: &Spilled) -> String {
    match (&spilled.stopped, spilled.lost) {
        (Some(why), _) => format!(", and no more: {why}"),
        (None, 0) => String::new(),
        (None, lost) => format!("; {lost} were lost, as the disk was too slow"),
    }
}

/// What [`run`] does once the server runs, for a caller who started it; ends when `enough` does, too. That is dropped
/// in any case before the server gives its address up.
pub fn attend<W, L, N>(
    running: Running,
    capture: Capture,
    out: W,
    line: L,
    notice: N,
    unread: Unread,
    enough: impl Future<Output = ()>,
) -> Result<(), Problem>
where
    W: Write + Send + 'static,
    L: Fn(&Entry<'_>) -> Option<String> + Send + 'static,
    N: Fn(&str) + Send + Sync + 'static,
{
    let cannot = |error: io::Error| Problem::failed(format!("cannot wait for signals: {error}"));
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
    // Before the address is told: whoever reads it may send the signal at once.
    let mut stop = {
        let _context = runtime.enter();
        // A session that may not grow ends, and nothing else.
        files::heed_limits();
        let nobody = unread == Unread::Nobody;
        if nobody { Stop::deaf_to_hang_up() } else { Stop::listen() }?
    };
    notice(&format!("listening on {}", running.address()));
    for text in running.notices() {
        notice(&text);
    }

    let notice = Arc::new(notice);
    let printer = Printer::new(out, line, capture, Arc::clone(&notice));
    let (ended, mut end) = oneshot::channel();
    std::thread::Builder::new()
        .name("lines".into())
        .spawn(move || {
            printer.run();
            let _ = ended.send(());
        })
        .map_err(|error| Problem::failed(format!("cannot start a thread: {error}")))?;

    let mut reloaded = running.reloaded();
    let gone = runtime.block_on(async {
        tokio::pin!(enough);
        let mut gone = false;
        loop {
            tokio::select! {
                () = stop.asked() => return gone,
                () = &mut enough => return gone,
                _ = &mut end, if !gone => gone = true,
                news = news(&mut reloaded) => {
                    for line in &news {
                        notice(line);
                    }
                    continue;
                }
            }
            if unread == Unread::Nobody {
                continue;
            }
            if unread == Unread::End {
                notice("standard output was closed: the server ends");
                return gone;
            }
            notice("standard output was closed: the server goes on without lines, until ctrl-c or SIGTERM");
        }
    });
    let (stopped, has_stopped) = oneshot::channel();
    std::thread::spawn(move || {
        running.stop();
        let _ = stopped.send(());
    });
    runtime.block_on(async {
        tokio::select! {
            _ = has_stopped => {}
            // Who asks twice does not want to wait.
            () = stop.asked() => return,
        }
        if !gone && tokio::time::timeout(LAST_LINES, end).await.is_err() {
            notice("the last lines were lost: standard output does not take them in time");
        }
    });
    Ok(())
}

/// What came of the next change of the rules, in lines for people.
async fn news(reloaded: &mut Option<watch::Receiver<Reloaded>>) -> Vec<String> {
    let Some(receiver) = reloaded else { return std::future::pending().await };
    if receiver.changed().await.is_err() {
        *reloaded = None;
        return Vec::new();
    }
    receiver.borrow_and_update().lines()
}

#[cfg(test)]
mod tests;
