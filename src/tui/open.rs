//! Opens the console: settings, theme, keys, servers, terminal; and closes all of it again.

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::{mpsc, watch};

use super::effect::Effect;
use super::holding::Holding;
use super::keymap::Keymap;
use super::model::{Model, User};
use super::overlay::export::Exporting;
use super::overlay::replay::Replaying;
use super::overlay::ship::Ship;
use super::overlay::{Ask, Intent, Overlay, Quoted};
use super::pane::{
    Tab, apis, bundle, doctor, log, manifest, problems, publish, request, server, stream,
};
use super::run::Console as Loop;
use super::terminal::{Real, Tty, restore_on_panic};
use super::theme::{Depth, Theme};
use super::work::control::Gate;
use super::work::publish::Targets;
use super::work::remote::Servers;
use super::work::{Queue, Slot, Worker, slot};
use crate::capture::session::Recording;
use crate::capture::{self, Capture, Judge, Recorder};
use crate::config::{self, Chosen, Loaded, Sources};
use crate::dispatch;
use crate::domain::task::{Problem, Severity};
use crate::flows::control::Breaks;
use crate::flows::{rules, session};
use crate::log::Ring;
use crate::services::host;

/// What the console is opened with.
pub struct Console {
    /// The configuration in force.
    pub loaded: Loaded,
    /// Where it came from, to read it anew after consent; `None` asks for none.
    pub sources: Option<Sources>,
    /// The log that the Log pane shows.
    pub log: Ring,
    /// Whether `tracing` writes into that log.
    pub traced: bool,
    /// What the server hands its records to, and where they are read.
    pub capture: Option<(Recorder, Capture)>,
    /// A session that is looked at instead of a server of our own.
    pub session: Option<session::Opened>,
    /// A plugin server that runs already, with that capture; else one is started from the settings.
    pub server: Option<dispatch::Running>,
    /// A bundle host that runs already; else one is started from the settings.
    pub host: Option<host::Running>,
    /// Problems to be shown at the start.
    pub problems: Vec<Problem>,
    /// The pane to begin with is the Stream.
    pub stream_first: bool,
}

impl Console {
    /// A console of a configuration; server and host are started from it.
    pub fn new(loaded: Loaded, log: Ring) -> Self {
        Self {
            loaded,
            sources: None,
            log,
            traced: false,
            capture: None,
            session: None,
            server: None,
            host: None,
            problems: Vec::new(),
            stream_first: false,
        }
    }
}

/// What is to be said once a console has ended: where its server was left running.
pub type LastWords = Option<String>;

/// Opens the console in the working directory and runs it to its end.
pub fn run(chosen: Chosen<'_>) -> Result<LastWords, Problem> {
    opened(chosen, None)
}

fn opened(chosen: Chosen<'_>, session: Option<session::Opened>) -> Result<LastWords, Problem> {
    // Before anything is started: without a terminal nothing of it is wanted.
    Real::check()?;
    let sources = Sources::here(chosen)?;
    let loaded = config::load_safe(&sources)?;
    let file = sources.paths.as_ref().map(config::Paths::log_file);
    // Held to the end: dropping it writes the last lines to the file.
    let (log, problem) = crate::log::start(file.as_deref());
    let mut console = Console::new(loaded, log.ring.clone());
    console.problems.extend(problem);
    console.sources = Some(sources);
    console.traced = true;
    console.stream_first = session.is_some();
    console.session = session;
    run_on_terminal(console)
}

/// Opens the console on a session, which may be growing, and runs it to its end.
pub fn attach(chosen: Chosen<'_>, session: session::Opened) -> Result<LastWords, Problem> {
    opened(chosen, Some(session))
}

/// Runs a console on the terminal to its end; then server and host are stopped, whatever ended it.
pub fn run_with(console: Console) -> Result<(), Problem> {
    run_on_terminal(console).map(|_| ())
}

fn run_on_terminal(console: Console) -> Result<LastWords, Problem> {
    Real::check()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Problem::failed(format!("cannot start the console: {error}")))?;
    let mouse = console.loaded.settings.ui.mouse;
    let depth = Depth::of_stdout();
    let zone = TimeZone::system();
    restore_on_panic();
    let ended = guarded(&runtime, console, depth, zone, || Real::take(mouse));
    runtime.shutdown_background();
    ended
}

/// Runs a console to its end, on the terminal that `take` gives; then server and host are stopped, whatever ended it. A
/// panic goes on once they are: the server of a console that panicked still answers what is in flight.
pub(super) fn guarded<T: Tty>(
    runtime: &Runtime,
    console: Console,
    depth: Depth,
    zone: TimeZone,
    take: impl FnOnce() -> Result<T, Problem>,
) -> Result<LastWords, Problem> {
    let held = Held::default();
    let to_hold = held.clone();
    let ended = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async move { assemble(console, depth, zone, to_hold, take)?.run().await })
    }));
    stop(runtime.handle(), &held);
    match ended {
        Ok(ended) => ended.map(|()| slot(&held.last_words).take()),
        Err(panic) => resume_unwind(panic),
    }
}

/// What runs beside the console, and is ended after it.
#[derive(Clone, Default)]
struct Held {
    server: Slot<dispatch::Running>,
    gate: Arc<Mutex<Gate>>,
    host: Slot<host::Running>,
    recording: Slot<Recording>,
    /// What is marked in it, too.
    capture: Slot<Capture>,
    last_words: Slot<String>,
}

/// Stops server and host, and waits for what is in flight, and until it is recorded.
fn stop(runtime: &Handle, held: &Held) {
    let running = slot(&held.server).take();
    slot(&held.gate).leave();
    if let Some(running) = running {
        running.stop();
    }
    slot(&held.gate).end();
    let running = slot(&held.host).take();
    if let Some(running) = running {
        runtime.block_on(running.stop());
    }
    let recording = slot(&held.recording).take();
    if let Some(recording) = recording {
        recording.stop(super::work::LAST_RECORDS);
    }
    // Those of the last moment; others that could not be written are tried once more.
    let capture = slot(&held.capture).take();
    if let Some(Err(problem)) = capture.map(|capture| capture.keep_marks()) {
        let said = || format!("marks end with the console: {problem}");
        slot(&held.last_words).get_or_insert_with(said);
    }
}

/// Puts the console together, takes the terminal, and asks for what is to be done first.
fn assemble<T: Tty>(
    console: Console,
    depth: Depth,
    zone: TimeZone,
    held: Held,
    take: impl FnOnce() -> Result<T, Problem>,
) -> Result<Loop<T>, Problem> {
    let Console { loaded, sources, log, traced, capture, session, problems: mut said, .. } =
        console;
    let settings = &loaded.settings;
    let redacted = rules::view(settings, false)?;
    let limits = settings.capture.clone();
    let answer_limit = match &session {
        Some(session) => session.answer_limit(),
        None => settings.server.answer_limit,
    };
    let (recorder, capture) =
        capture.unwrap_or_else(|| Capture::start(&limits, Arc::clone(&redacted), answer_limit));
    *slot(&held.capture) = Some(capture.clone());
    let paths = sources.as_ref().and_then(|sources| sources.paths.as_ref());
    let keeps_unsaved = paths.is_some();
    let (keymap, problems) = Keymap::load(paths.map(config::Paths::keymap).as_deref());
    said.extend(problems);
    let themes = paths.map(config::Paths::themes);
    let theme = Theme::load(&settings.ui.theme, themes.as_deref(), depth);
    let theme = theme.or_else(|problem| {
        said.push(problem);
        Theme::load("ansi", None, depth)
    })?;
    said.extend(loaded.warnings.iter().cloned());
    let bundles = bundles(&loaded, paths);
    let first = if console.stream_first { Tab::Stream } else { Tab::Manifest };
    let holds = console.server.as_ref().map(dispatch::Running::holds).unwrap_or_default();
    let judge = Judge { view: Arc::clone(&redacted), answer_limit };
    // Bounded by what was asked for: each effect is answered once, a ship with a message for each piece of its build.
    let (messages, incoming) = mpsc::unbounded_channel();
    let worker = Worker {
        runtime: Handle::current(),
        messages,
        folder: loaded.folder.clone(),
        settings: Arc::new(Mutex::new(loaded.settings.clone())),
        sources,
        untrusted: loaded.untrusted.clone(),
        bundles: bundles.clone(),
        recorder,
        capture,
        found: watch::Sender::new(0),
        shown: capture::view(&settings.redact, true)?,
        redacted,
        breaks: Breaks::new(holds.clone(), judge),
        holds,
        server: held.server,
        gate: held.gate,
        turn: Arc::default(),
        host: held.host,
        elsewhere: Slot::default(),
        awaited: Mutex::default(),
        last_words: held.last_words,
        recording: held.recording,
        servers: Servers::default(),
        targets: Targets::default(),
        ring: log,
        traced,
        ship: Mutex::default(),
        request: Mutex::default(),
        export: Mutex::default(),
        replay: Mutex::default(),
        watched: Slot::default(),
        followed: Mutex::default(),
        gateway: Mutex::default(),
        typed: Arc::default(),
        changed: Arc::default(),
        files: Queue::start()
            .map_err(|error| Problem::failed(format!("cannot start the console: {error}")))?,
    };
    let mut model = model(&loaded, theme, depth, keymap, zone, first);
    let attached = session.map(|session| worker.attach(session, &limits)).transpose()?;
    model.request =
        request::Pane::default().connected(&loaded.settings, Arc::clone(&worker.redacted));
    model.keeps_unsaved = keeps_unsaved;
    if let Some(attached) = attached {
        model.server.server = server::Life::Attached(attached);
    }
    begin(&mut model, &worker, console.server, console.host, &bundles);
    for problem in &said {
        for effect in model.warn(Severity::Warning, &problem.to_string(), problem.to_string()) {
            worker.run(effect);
        }
    }
    Ok(Loop { tty: take()?, model, worker, messages: incoming })
}

/// The folder that the host serves.
fn bundles(loaded: &Loaded, paths: Option<&config::Paths>) -> PathBuf {
    let settings = &loaded.settings;
    match (&settings.host.dir, paths) {
        (Some(folder), _) => loaded.folder.join(folder),
        (None, Some(paths)) => paths.bundles(),
        (None, None) => loaded.folder.join("bundles"),
    }
}

fn model(
    loaded: &Loaded,
    theme: Theme,
    depth: Depth,
    keymap: Keymap,
    zone: TimeZone,
    first: Tab,
) -> Model {
    let project = &loaded.settings.project;
    let untrusted = loaded
        .untrusted
        .iter()
        .map(|asked| format!("{} = {} ({})", asked.key, asked.value, asked.place))
        .collect();
    Model {
        project: loaded.project_name(),
        folder: loaded.folder.clone(),
        profile: loaded.profile.clone(),
        size: (80, 24),
        now: Timestamp::now(),
        zone,
        theme,
        depth,
        keymap,
        tab: first,
        zoom: false,
        overlays: Vec::new(),
        toast: None,
        manifest: manifest::Pane::new(loaded.folder.join(&project.manifest))
            .with_vim(loaded.settings.ui.vim),
        apis: apis::Pane::default().with_vim(loaded.settings.ui.vim).connected(&loaded.settings),
        bundle: bundle::Pane {
            key: project.key.clone(),
            public_key: project.public_key.clone(),
            ..bundle::Pane::default()
        },
        publish: publish::Pane::of(&loaded.settings),
        server: server::Pane::default(),
        stream: stream::Pane::new().with_columns(&loaded.settings.ui),
        holding: Holding {
            most: loaded.settings.server.hold_limit,
            seconds: loaded.settings.server.hold_seconds,
            vim: loaded.settings.ui.vim,
            ..Holding::default()
        },
        request: request::Pane::default(),
        problems: problems::Pane::default(),
        doctor: doctor::Pane::default(),
        log: log::Pane::new(),
        ship: Ship::default(),
        export: Exporting::default(),
        replay: Replaying::default(),
        untrusted,
        kept: Vec::new(),
        keeps_unsaved: false,
        user: User::There,
        told_not_kept: false,
    }
}

/// What is done first: read the manifest and the last bundle, start server and host where they do not run yet; neither
/// where a session is looked at.
fn begin(
    model: &mut Model,
    worker: &Worker,
    server: Option<dispatch::Running>,
    host: Option<host::Running>,
    bundles: &std::path::Path,
) {
    use super::work::servers::on_host;
    use server::Life;
    worker.run(Effect::ReadManifest);
    worker.run(Effect::ReadApis);
    worker.run(Effect::ReadUnsaved);
    worker.run(Effect::ReadAgainst);
    worker.run(Effect::ReadFilters);
    worker.run(Effect::ReadColumns);
    worker.run(Effect::Look(super::work::bundle::OUTPUT.into()));
    if !model.untrusted.is_empty() {
        model.overlays.push(Overlay::Ask(trust(&model.untrusted)));
    }
    if matches!(model.server.server, Life::Attached(_)) {
        return;
    }
    if let Some(running) = server {
        model.server.server = Life::On(worker.take_server(running));
        if worker.records() {
            worker.run(Effect::Record { project: model.project.clone() });
        }
    } else {
        model.server.server = Life::Starting;
        model.server.to_record = worker.records();
        worker.run(Effect::StartServer { other_port: false });
    }
    if let Some(running) = host {
        model.server.host = Life::On(on_host(&running, bundles));
        *slot(&worker.host) = Some(running);
    } else {
        model.server.host = Life::Starting;
        worker.run(Effect::StartHost { other_port: false });
    }
}

/// Asks whether a project's file may ask for what it asks for.
fn trust(untrusted: &[String]) -> Ask {
    let asked = "This project's tyk-tui.toml asks for what could harm you, and you have not agreed to it yet:";
    let mut reasons = vec![asked.to_owned()];
    reasons.extend_from_slice(untrusted);
    reasons.push("Yes remembers your consent; no goes on without.".to_owned());
    Ask {
        title: "Trust this project?".to_owned(),
        reasons,
        quoted: Quoted::default(),
        intent: Intent::Trust,
    }
}
