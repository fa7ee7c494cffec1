//! `tyk-tui wait`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::session::named;
use super::{Answer, output, runtime, seconds, serve};
use crate::capture::{Noted, Record, Seen, SharedView};
use crate::config::{Chosen, Sources};
use crate::domain::effect::Outcome;
use crate::domain::filter::{Filter, FilterError};
use crate::domain::object::Hook;
use crate::domain::task::{Kind, Problem};
use crate::flows::control::{Hello, Place, Watch};
use crate::flows::serve::Entry;
use crate::flows::session::{self, Wish};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which Dispatches: a filter as in the console's list, such as `hook:auth_check & status:403`; `outcome:held` means those
    /// that a running server holds, as soon as it does.
    #[arg(value_name = "FILTER")]
    filter: String,
    /// The session of a server, by name, or a file [default: what the project's server that runs captures, else the newest].
    session: Option<PathBuf>,
    /// The server that listens there, where more than one of the project run.
    #[arg(long, value_name = "ADDR", conflicts_with = "session")]
    listen: Option<String>,
    /// How many of them.
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u64).range(1..))]
    count: u64,
    /// Seconds to wait.
    #[arg(long, value_name = "S", default_value = "60", value_parser = seconds)]
    timeout: Duration,
    /// Those that came before do not count.
    #[arg(long)]
    only_new: bool,
    /// Print each as one JSON object a line, as `serve --json` does.
    #[arg(long)]
    pub(super) json: bool,
    /// Print secrets as they are.
    #[arg(long)]
    show_secrets: bool,
}

pub(super) fn run(args: &Args, chosen: Chosen<'_>) -> Result<Answer, Problem> {
    let since = Timestamp::now();
    let wrong = |error: FilterError| error.problem(&args.filter);
    let filter = Filter::parse(&args.filter).map(output::telling).map_err(wrong)?;
    let wish = Wish { filter, only_new: args.only_new };
    let sources = Sources::here(chosen)?;
    let settings = crate::config::load(&sources)?.settings;
    let view = crate::flows::rules::view(&settings, args.show_secrets)?;
    let colour = std::io::stdout().is_terminal()
        && supports_color::on(supports_color::Stream::Stdout).is_some();
    let asks_held = wish.filter.asks_held();
    let place = sources.paths.as_ref().filter(|_| args.session.is_none());
    let place = place.map(|paths| Place::of(paths.state(), &sources.folder));
    let tally = RefCell::default();
    let waits = Waits { args, wish, asks_held, place, since, view, colour, tally };
    let ended = runtime::block_on(async {
        let cancel = runtime::cancelled_by_signal()?;
        let waiting = async {
            let server = match &waits.place {
                Some(place) => Watch::find(place, args.listen.as_deref()).await?,
                None => None,
            };
            waits.until(server).await
        };
        tokio::select! {
            () = cancel.cancelled() => {
                Err(Problem { kind: Kind::Interrupted, ..Problem::failed("cancelled") })
            }
            waited = tokio::time::timeout(args.timeout, waiting) => waited.unwrap_or(Ok("in time")),
        }
    })??;
    if waits.is_enough() {
        return Ok(Answer::Yes);
    }
    output::notice(format_args!("{} of {} came {ended}", waits.tally.borrow().came, args.count));
    Ok(Answer::No)
}

/// What is waited for, and what came of it.
struct Waits<'a> {
    args: &'a Args,
    wish: Wish,
    /// What is held counts, too.
    asks_held: bool,
    /// Where servers are found; none where a session is named.
    place: Option<Place>,
    since: Timestamp,
    view: SharedView,
    colour: bool,
    tally: RefCell<Tally>,
}

#[derive(Default)]
struct Tally {
    came: u64,
    /// The last that was taken from a session.
    last: Option<u64>,
    /// The session of a server that runs has ended.
    had_session: bool,
    /// Where what is held counts: how often a call was meant while it was held, and once it had ended.
    calls: HashMap<Call, [u64; 2]>,
}

/// What a call has while it is held, and still has once it has ended: when it came, from whom, hook and name.
type Call = (Timestamp, Arc<str>, Hook, Arc<str>);

impl Waits<'_> {
    /// Until there were enough; else what ended first. Without a session by name, the project's server that runs is meant:
    /// its session, which has all from its beginning, or, where it writes none, or no more, what it has in memory and what
    /// comes; and what it holds, which no session has.
    async fn until(&self, server: Option<Watch>) -> Result<&'static str, Problem> {
        let (args, of_session) = (self.args, "before the session ended");
        let Some(server) = server else {
            Filter::parse_ended(&args.filter).map_err(|error| error.problem(&args.filter))?;
            let path = named(args.session.as_deref()).map_err(|problem| match args.session {
                None => problem.help(
                    "no server of this project runs, either: start one, `tyk-tui serve` or a console",
                ),
                Some(_) => problem,
            })?;
            return self.of_session(&path).await.map(|()| of_session);
        };
        let needs_held = self.wish.filter.needs_held();
        if let Some(path) = server.hello().session.clone().filter(|_| !needs_held) {
            let Hello { address, pid, .. } = server.hello().clone();
            let held = async {
                if self.asks_held {
                    self.of_server(server, true).await?;
                }
                if self.is_enough() { Ok(()) } else { std::future::pending().await }
            };
            let ended: Result<(), Problem> = tokio::select! {
                ended = self.of_session(&path) => ended,
                enough = held => enough,
            };
            ended?;
            // Marks end with the session, and so does it where its server has ended; a full disk ends it alone.
            if self.is_enough() || self.wish.filter.asks_marks() {
                return Ok(of_session);
            }
            let Some(server) = self.again(&address, pid).await else { return Ok(of_session) };
            self.tally.borrow_mut().had_session = true;
            return self.of_server(server, false).await.map(|()| "before the server ended");
        }
        // What nobody keeps is marked in consoles alone.
        Filter::parse_live(&args.filter).map_err(|error| error.problem(&args.filter))?;
        self.of_server(server, needs_held).await.map(|()| "before the server ended")
    }

    async fn of_session(&self, path: &Path) -> Result<(), Problem> {
        let each = |noted: &Noted| {
            self.tally.borrow_mut().last = Some(noted.record.row.seq);
            self.take(noted)
        };
        session::wait(path, &self.wish, Arc::clone(&self.view), each).await
    }

    /// The same server once more, where it still runs.
    async fn again(&self, address: &str, pid: u32) -> Option<Watch> {
        let server = Watch::find(self.place.as_ref()?, Some(address)).await.ok()??;
        Some(server).filter(|server| server.hello().pid == pid)
    }

    /// Those that a server tells of, or what it holds alone.
    async fn of_server(&self, server: Watch, held_alone: bool) -> Result<(), Problem> {
        let Tally { last, had_session, .. } = *self.tally.borrow();
        // What came between the end of its session and now is in its memory alone.
        let most = if held_alone || self.wish.only_new && !had_session { 0 } else { u64::MAX };
        let each = |record: &Record| {
            let counts = if is_held(record) {
                let was_told = had_session && self.tally.borrow().was_told(record);
                self.asks_held && !was_told && !(self.wish.only_new && record.row.at < self.since)
            } else {
                let is_new = !self.wish.only_new || ended(record) >= self.since;
                !held_alone && is_new && last.is_none_or(|last| record.row.seq > last)
            };
            if !counts || !self.wish.filter.matches(&Seen::new(record, &*self.view)) {
                return Ok(ControlFlow::Continue(()));
            }
            self.take(&Noted { record: record.clone(), note: None })
        };
        server.records(most, Arc::clone(&self.view), each).await
    }

    /// Counts and prints one that is meant, unless it was counted while it was held.
    fn take(&self, noted: &Noted) -> Result<ControlFlow<()>, Problem> {
        let record = &noted.record;
        if self.asks_held && !self.tally.borrow_mut().is_new(record) {
            return Ok(ControlFlow::Continue(()));
        }
        self.tally.borrow_mut().came += 1;
        output::line(if self.args.json {
            let mut line = noted.to_json(&*self.view);
            // It gets a number once it has ended.
            if is_held(record) {
                line["seq"] = Value::Null;
            }
            line.to_string()
        } else {
            serve::pretty(&Entry::Record(record), &*self.view, self.colour)
        })?;
        Ok(if self.is_enough() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn is_enough(&self) -> bool {
        self.tally.borrow().came >= self.args.count
    }
}

impl Tally {
    fn call(record: &Record) -> Call {
        let (row, peer) = (&record.row, &record.exchange.peer);
        (row.at, Arc::clone(peer), row.hook, Arc::clone(&row.name))
    }

    /// Whether it was counted while it was held.
    fn was_told(&self, record: &Record) -> bool {
        self.calls.get(&Self::call(record)).is_some_and(|times| times[0] > 0)
    }

    fn is_new(&mut self, record: &Record) -> bool {
        let times = self.calls.entry(Self::call(record)).or_default();
        let stage = usize::from(is_held(record));
        times[stage] += 1;
        times[stage] > times[1 - stage]
    }
}

/// When its answer went out.
fn ended(record: &Record) -> Timestamp {
    record.row.at.saturating_add(record.row.took).unwrap_or(Timestamp::MAX)
}

fn is_held(record: &Record) -> bool {
    record.row.outcome == Some(Outcome::Held)
}
