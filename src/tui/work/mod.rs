//! Does effects: off the console's thread, each result comes back as a message.

pub(crate) mod bundle;
mod columns;
pub(crate) mod control;
mod doctor;
mod documents;
mod export;
mod filters;
mod gateway;
mod hold;
mod manifest;
mod marks;
mod problems;
mod project;
pub(crate) mod publish;
mod queue;
pub(crate) mod remote;
mod replay;
mod request;
pub(crate) mod servers;
mod session;
pub(crate) mod ship;
mod unsaved;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

pub(crate) use queue::Queue;
pub(crate) use session::LAST_RECORDS;

use super::effect::Effect;
use super::location::Location;
use super::message::Message;
use super::pane::stream::Decoded;
use crate::capture::session::Recording;
use crate::capture::{self, Capture, Kind, Order, Record, Recorder, SharedView, Watched};
use crate::config::{self, Paths, Settings, Sources, Untrusted};
use crate::dispatch;
use crate::domain::effect;
use crate::domain::filter::Filter;
use crate::domain::task::Severity;
use crate::flows::control::{Attached, Awaited, Breaks};
use crate::flows::edit::Desk;
use crate::flows::session::Followed;
use crate::log::Ring;
use crate::services::host;

/// Who types does not wait so long between two keys.
const PAUSE: Duration = Duration::from_millis(250);

/// What the work is done with.
pub(crate) struct Worker {
    pub(super) runtime: Handle,
    pub(super) messages: mpsc::UnboundedSender<Message>,
    pub(super) folder: PathBuf,
    pub(super) settings: Arc<Mutex<Settings>>,
    pub(super) sources: Option<Sources>,
    pub(super) untrusted: Vec<Untrusted>,
    pub(super) bundles: PathBuf,
    pub(super) recorder: Recorder,
    pub(super) capture: Capture,
    /// Moves when a search has found more.
    pub(super) found: watch::Sender<u64>,
    pub(super) redacted: SharedView,
    pub(super) shown: SharedView,
    pub(super) server: Slot<dispatch::Running>,
    /// The socket at which other consoles find it.
    pub(super) gate: Arc<Mutex<control::Gate>>,
    /// Servers are started, stopped and left one after the other.
    pub(super) turn: Arc<Mutex<()>>,
    /// The server of another process, which is looked at.
    pub(super) elsewhere: Slot<Attached>,
    /// Waits for the next one.
    pub(super) awaited: Mutex<Option<Awaited>>,
    /// What is said once the terminal is the shell's again.
    pub(super) last_words: Slot<String>,
    /// Breakpoints; they outlive a server that is started anew.
    pub(super) holds: dispatch::Holds,
    /// Breakpoints of this console, and of those that look at its server.
    pub(super) breaks: Breaks,
    pub(super) host: Slot<host::Running>,
    /// The Gateway and the Dashboard, once they were asked.
    pub(super) servers: remote::Servers,
    pub(super) targets: publish::Targets,
    /// Gives up what the Gateway is doing.
    pub(super) gateway: Mutex<CancellationToken>,
    pub(super) ring: Ring,
    /// Whether lines go through `tracing`, which feeds the ring and the file.
    pub(super) traced: bool,
    pub(super) ship: Mutex<ship::Helm>,
    pub(super) request: Mutex<CancellationToken>,
    pub(super) export: Mutex<CancellationToken>,
    pub(super) replay: Mutex<CancellationToken>,
    /// The session that is written.
    pub(super) recording: Slot<Recording>,
    /// What others mark in it.
    pub(super) watched: Slot<Watched>,
    /// The session that is looked at.
    pub(super) followed: Mutex<Option<Followed>>,
    /// The version of the text that was typed last.
    pub(super) typed: Arc<AtomicU64>,
    /// How often something changed that lint looks at.
    pub(super) changed: Arc<AtomicU64>,
    /// What is written, in the order in which it was asked for.
    pub(super) files: Queue,
}

/// A place for something that may be there, shared with whoever stops it in the end.
pub(crate) type Slot<T> = Arc<Mutex<Option<T>>>;

/// Looks into a slot; a panic elsewhere leaves nothing half done in it.
pub(crate) fn slot<T>(slot: &Mutex<T>) -> MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Worker {
    /// Where what outlives a console is kept; none where nothing may be.
    fn state(&self) -> Option<PathBuf> {
        let paths = self.sources.as_ref()?.paths.as_ref()?;
        Some(paths.state().to_owned())
    }

    /// Does one effect. Those of the terminal are the loop's own.
    pub(crate) fn run(&self, effect: Effect) {
        match effect {
            Effect::ReadManifest => self.read_manifest(),
            Effect::ReadApis => self.read_apis(),
            Effect::Save { location: Location::File(path), what, bytes, base } => {
                self.save(path, what, bytes, base);
            }
            Effect::Save { location: Location::Remote(remote), bytes, base, .. } => {
                self.put(remote, bytes, base);
            }
            Effect::ListRemote(keeper) => self.list_remote(keeper),
            Effect::Gateway(wish) => self.gateway(wish),
            Effect::AskSchemas => self.ask_schemas(),
            Effect::Fetch(remote) => self.fetch(remote),
            Effect::NewApi(kind, draft) => self.new_api(kind, &draft),
            Effect::Create { path, what, text } => self.create(path, what, text),
            Effect::Measure(files) => self.measure(files),
            Effect::Offer { listed, whole } => self.offer(listed, whole),
            Effect::ReadCode(manifest) => self.read_code(*manifest),
            Effect::First => self.first(),
            Effect::Project { kind, pip } => self.project(kind, pip),
            Effect::Pause(version) => self.pause(version),
            Effect::LintSoon => self.lint_soon(),
            Effect::Lint(texts) => self.lint(texts),
            Effect::Mend { finding, texts } => self.mend(*finding, texts),
            Effect::Keep { path, base, text } => self.keep(path, base, text),
            Effect::Forget(path) => self.forget(path),
            Effect::Shelve(path, text) => self.shelve(path, text),
            Effect::ReadUnsaved => self.read_unsaved(),
            Effect::StartServer { other_port } => self.start_server(other_port),
            Effect::AttachServer => self.attach_server(),
            Effect::AwaitServer => self.await_server(),
            Effect::StopServer => self.stop_server(),
            Effect::Leave => self.leave(),
            Effect::Record { project } => self.record(project),
            Effect::StartHost { other_port } => self.start_host(other_port),
            Effect::StopHost => self.stop_host(),
            Effect::Breakpoints(breakpoints) => self.set_breakpoints(breakpoints),
            Effect::DecodeHeld { id, shown } => self.decode_held(id, shown),
            Effect::EditHeld { id, shown } => self.edit_held(id, shown),
            Effect::AnswerHeld(id, answer) => self.answer_held(id, answer),
            Effect::HoldOn(id) => self.hold_on(id),
            Effect::FilterHeld(filter, ids) => self.filter_held(filter, &ids),
            Effect::LetAllGo => self.let_all_go(),
            Effect::Search(filter, order) => self.search(*filter, order),
            Effect::KeepColumns(columns) => self.keep_columns(columns),
            Effect::ReadColumns => self.read_columns(),
            Effect::Mark(changes) => self.mark(&changes),
            Effect::MarkAll { scope, on } => self.mark_all(*scope, on),
            Effect::KeepFilter(filter) => self.keep_filter(filter),
            Effect::ReadFilters => self.read_filters(),
            Effect::Decode { seq, shown, bodies } => self.decode(seq, shown, bodies),
            Effect::ReadRows(seqs) => self.read_rows(seqs),
            Effect::CopyRecord { seq, shown } => self.copy_record(seq, shown),
            Effect::Export(wish) => self.export(wish),
            Effect::CancelExport => slot(&self.export).cancel(),
            Effect::Replay(wish) => self.replay(*wish),
            Effect::CancelReplay => slot(&self.replay).cancel(),
            Effect::EditRequest { seq, shown, text, line } => {
                self.edit_request(seq, shown, text, line);
            }
            Effect::TakeRequest { seq, shown, path } => self.take_request(seq, shown, path),
            Effect::RememberAgainst(address) => self.remember_against(address),
            Effect::ReadAgainst => self.read_against(),
            Effect::Trail(seq) => self.trail(seq),
            Effect::Look(path) => self.look(&path),
            Effect::Build(signing) => self.build(signing),
            Effect::Ship { passphrase, probe } => self.ship(passphrase, probe),
            Effect::RollBack => self.roll_back(),
            Effect::GoOn => self.go_on(),
            Effect::CancelShip => self.cancel_ship(),
            Effect::Publish(wish) => self.publish(wish),
            Effect::Examine { probe } => self.examine(probe),
            Effect::Send(draft) => self.send(*draft),
            Effect::CancelRequest => slot(&self.request).cancel(),
            Effect::CopyCurl(draft, secrets) => self.copy_curl(*draft, secrets),
            Effect::ReadRequests => self.read_requests(),
            Effect::Trust => self.trust(),
            Effect::Log(severity, line) => self.log(severity, &line),
            Effect::Quit
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Edit(..)
            | Effect::Copy(..) => {}
        }
    }

    fn pause(&self, version: u64) {
        self.typed.store(version, Ordering::Relaxed);
        let (messages, typed) = (self.messages.clone(), Arc::clone(&self.typed));
        self.runtime.spawn(async move {
            tokio::time::sleep(PAUSE).await;
            // Who went on typing has not paused: no frame for him.
            if typed.load(Ordering::Relaxed) == version {
                let _ = messages.send(Message::Paused(version));
            }
        });
    }

    /// Runs `work` on a thread that may wait for disks, and sends what it returns.
    fn blocking(&self, work: impl FnOnce() -> Message + Send + 'static) {
        let messages = self.messages.clone();
        self.runtime.spawn_blocking(move || {
            // The console that asked may be gone.
            let _ = messages.send(work());
        });
    }

    pub(super) fn manifest_path(&self) -> PathBuf {
        self.folder.join(&slot(&self.settings).project.manifest)
    }

    /// How files are edited: previous versions and unsaved edits are kept in the user's state directory.
    pub(super) fn desk(&self) -> Desk {
        let paths = self.sources.as_ref().and_then(|sources| sources.paths.as_ref());
        Desk::new(paths.map(Paths::state))
    }

    /// A path as a person types it: relative to the project's folder.
    pub(super) fn path(&self, typed: &Path) -> PathBuf {
        self.folder.join(typed)
    }

    /// A record's JSON as text, for a copy.
    fn copy_record(&self, seq: u64, shown: bool) {
        let capture = self.capture.clone();
        let view = Arc::clone(if shown { &self.shown } else { &self.redacted });
        self.blocking(move || {
            let record = capture.recall(seq);
            let marks = capture.marks();
            let json = |record: &Record| capture::line::noted(record, marks.note(seq), &*view);
            let text = record.map(|record| format!("{:#}", json(&record)));
            Message::ToCopy("record as JSON", text)
        });
    }

    fn read_rows(&self, seqs: Vec<u64>) {
        let (capture, found) = (self.capture.clone(), self.found.clone());
        self.runtime.spawn_blocking(move || {
            capture.read_rows(&seqs);
            found.send_modify(|version| *version += 1);
        });
    }

    fn search(&self, filter: Filter, order: Option<Order>) {
        let found = self.found.clone();
        let tell = move || found.send_modify(|version| *version += 1);
        let search = self.capture.find(filter.clone(), order, Arc::clone(&self.redacted), tell);
        let _ = self.messages.send(Message::Searching(Box::new(filter), order, search));
    }

    fn decode(&self, seq: u64, shown: bool, bodies: bool) {
        let capture = self.capture.clone();
        let view = Arc::clone(if shown { &self.shown } else { &self.redacted });
        self.blocking(move || {
            let noted = capture.marks().get(seq);
            let record = match capture.recall(seq) {
                Ok(record) => record,
                Err(problem) => {
                    let row = capture.row(seq);
                    let mut document = capture::line::unread(seq, row.as_ref(), &problem);
                    if let Some(note) = &noted {
                        document["note"] = view.text(&["note".into()], note).into();
                    }
                    let decoded = Decoded::of(Arc::new(document), noted);
                    return Message::Decoded { seq, shown, decoded };
                }
            };
            let document = Arc::new(capture::line::noted(&record, noted.as_deref(), &*view));
            let part = |name: &str| document.get(name).filter(|part| part.is_object());
            let edits = match (&record.row.kind, part("request"), part("reply")) {
                (Kind::Dispatch, Some(request), Some(reply)) => {
                    let edits = effect::fates(request, reply, record.exchange.trimmed);
                    if record.row.outcome == Some(effect::Outcome::Failed) {
                        effect::of_failed(edits)
                    } else {
                        edits
                    }
                }
                _ => Vec::new(),
            };
            let unpacked = bodies.then(|| capture::unpacked(&record, &*view)).flatten();
            let packed = !bodies && capture::is_packed(&record);
            let decoded = Decoded { edits, unpacked, packed, ..Decoded::of(document, noted) };
            Message::Decoded { seq, shown, decoded }
        });
    }

    fn trail(&self, seq: u64) {
        let capture = self.capture.clone();
        self.blocking(move || {
            let next = capture.next_seq();
            Message::Trail { seq, found: capture.trail(seq).map(Box::new), next }
        });
    }

    fn trust(&self) {
        let Some(sources) = self.sources.clone() else { return };
        let (folder, untrusted) = (self.folder.clone(), self.untrusted.clone());
        let settings = Arc::clone(&self.settings);
        self.blocking(move || {
            let loaded = match &sources.paths {
                Some(paths) => config::consent(paths, &folder, &untrusted)
                    .and_then(|()| config::load_safe(&sources)),
                None => config::load_safe(&sources),
            };
            if let Ok(loaded) = &loaded {
                slot(&settings).clone_from(&loaded.settings);
            }
            Message::Configured(Box::new(loaded))
        });
    }

    /// Writes a line of the log.
    pub(crate) fn log(&self, severity: Severity, line: &str) {
        match (self.traced, severity) {
            (true, Severity::Error) => tracing::error!("{line}"),
            (true, Severity::Warning) => tracing::warn!("{line}"),
            (true, Severity::Hint) => tracing::info!("{line}"),
            (false, severity) => {
                let level = match severity {
                    Severity::Error => tracing::Level::ERROR,
                    Severity::Warning => tracing::Level::WARN,
                    Severity::Hint => tracing::Level::INFO,
                };
                self.ring.write(level, "tyk_tui::tui", line);
            }
        }
    }
}
