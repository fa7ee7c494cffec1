//! The demo without a console: the same lines as `serve --json`, made by recorded traffic.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Pace, Player, Stage, play, ship_once};
use crate::capture::{Capture, SharedView};
use crate::dispatch::{Rules, Running, Server};
use crate::domain::task::Problem;
use crate::flows::serve::{self, Entry, Unread};
use crate::services::host::{self, Host};

/// How often ports are looked for anew, where somebody was faster.
const TRIES: u32 = 5;

/// Plays for so long (`None`: until a signal comes or the reader of `out` goes away). `line` words an entry, `notice` is
/// told what is served where.
pub fn headless<W, L, N>(
    time: Option<Duration>,
    view: SharedView,
    out: W,
    line: L,
    notice: N,
) -> Result<(), Problem>
where
    W: Write + Send + 'static,
    L: Fn(&Entry<'_>) -> String + Send + 'static,
    N: Fn(&str) + Send + Sync + 'static,
{
    let mut stage = Stage::set()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("demo")
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("cannot start threads: {error}")))?;
    let settings = stage.settings();
    let (recorder, capture) = Capture::start(&settings.capture, view, settings.server.answer_limit);
    let started = (1..).find_map(|tried| {
        let started = start(&stage, &runtime, &recorder);
        if started.is_err() && tried < TRIES {
            stage.step_over();
            return None;
        }
        Some(started)
    });
    // The ring ends when the server does, and not later.
    drop(recorder);
    let Some(started) = started else { return Ok(()) };
    let (server, host) = started?;
    stage.stepped_over().iter().for_each(|text| notice(text));

    let player = {
        let _context = runtime.enter();
        Player::new(&server.address().to_string())?
    };
    let cancel = CancellationToken::new();
    let notice = Arc::new(notice);
    let told = Arc::clone(&notice);
    let playing = cancel.clone();
    runtime.spawn(async move {
        match ship_once(&stage, Some(host.address())).await {
            Ok(shipped) => told(&format!("serving {}", shipped.url.unwrap_or(shipped.name))),
            Err(failure) => told(&format!("not shipped: {}", Problem::from(failure))),
        }
        // Both stay as long as there is traffic.
        playing.cancelled().await;
        host.stop().await;
        drop(stage);
    });
    let playing = cancel.clone();
    runtime.spawn(async move { play(&player, &Pace::BRISK, &playing).await });

    let last = cancel.clone();
    let enough = async move {
        match time {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
        last.cancel();
    };
    let notice = move |text: &str| notice(text);
    let line = move |entry: &Entry<'_>| Some(line(entry));
    let ended = serve::attend(server, capture, out, line, notice, Unread::End, enough);
    cancel.cancel();
    ended
}

/// Starts both servers, or none.
fn start(
    stage: &Stage,
    runtime: &tokio::runtime::Runtime,
    recorder: &crate::capture::Recorder,
) -> Result<(Running, host::Running), Problem> {
    let settings = stage.settings();
    let rules = Rules::configured(settings)?;
    let server = Server::start(&settings.server, rules, Some(recorder.clone()))?;
    let host = runtime.block_on(Host::start(&stage.bundles(), &settings.host.listen))?;
    Ok((server, host))
}
