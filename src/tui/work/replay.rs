//! Sends what was captured again, off the console's thread.

use std::io::Write as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use bytes::Bytes;
use tempfile::TempPath;
use tokio_util::sync::CancellationToken;

use super::export::TELLS;
use super::{Worker, slot};
use crate::capture::{Capture, Kind, Noted, Record, SharedView};
use crate::config::{Paths, Settings};
use crate::domain::effect;
use crate::domain::object::{self, Message as Proto};
use crate::domain::redact::Shown;
use crate::domain::replay::{Difference, Ignore, compare, editable, taken};
use crate::domain::task::Problem;
use crate::flows::export::Ring;
use crate::flows::replay::{Remembered, Replayed, Target, replay, replayable};
use crate::services::files;
use crate::tui::message::Message;
use crate::tui::overlay::replay::{Against, News, Wish};
use crate::tui::overlay::{Call, Outcome};
use crate::tui::pane::stream::Scope;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Calls that are told of; the others are counted.
const MOST: usize = 500;
/// The largest text that is taken from an editor.
const LARGEST: u64 = 256 << 20;

impl Worker {
    pub(super) fn replay(&self, wish: Wish) {
        let cancel = CancellationToken::new();
        *slot(&self.replay) = cancel.clone();
        let records = self.meant(&wish.meant.scope);
        let facts = self.facts();
        let settings = slot(&self.settings).clone();
        let view = std::sync::Arc::clone(if wish.shown { &self.shown } else { &self.redacted });
        let messages = self.messages.clone();
        self.runtime.spawn(async move {
            let mut told: Option<Instant> = None;
            let mut tell = |done: u64| {
                if told.is_none_or(|told| told.elapsed() > TELLS) {
                    told = Some(Instant::now());
                    let _ = messages.send(Message::Replay(Box::new(News::Progress(done))));
                }
            };
            let ended = match replayable(&facts) {
                Err(problem) => Err(problem),
                Ok(()) => run(wish, records, &settings, &view, &cancel, &mut tell).await,
            };
            let _ = messages.send(Message::Replay(Box::new(News::Ended(ended.map(Box::new)))));
        });
    }

    /// Writes a request into a file, for an editor.
    pub(super) fn edit_request(
        &self,
        seq: u64,
        shown: bool,
        text: Option<String>,
        line: Option<usize>,
    ) {
        let capture = self.capture.clone();
        let view = std::sync::Arc::clone(if shown { &self.shown } else { &self.redacted });
        self.blocking(move || {
            let path = request_of(&capture, seq).and_then(|(message, request)| {
                let text = match text {
                    Some(text) => text,
                    None => editable(message, &request, &*view)
                        .map_err(|error| Problem::failed(error.to_string()))?,
                };
                to_be_edited(&text)
            });
            Message::Replay(Box::new(News::ToEdit(path.map(|path| (path, line)))))
        });
    }

    /// Takes it from there.
    pub(super) fn take_request(&self, seq: u64, shown: bool, path: TempPath) {
        let capture = self.capture.clone();
        let view = std::sync::Arc::clone(if shown { &self.shown } else { &self.redacted });
        self.blocking(move || {
            let read = request_of(&capture, seq).and_then(|record| {
                let bytes = files::read(&path, LARGEST, "cannot read the edited request")?;
                let text = String::from_utf8(bytes).map_err(|_| {
                    Problem::failed("the edited request is not UTF-8").at(path.display())
                })?;
                Ok((record, text))
            });
            Message::Replay(Box::new(match read {
                Err(problem) => News::NotTaken(problem),
                Ok(((message, original), text)) => {
                    let request = taken(&text, message, &original, &*view);
                    let request = request.map(Bytes::from).map_err(|it| (it.what, it.place));
                    News::Taken { text, request }
                }
            }))
        });
    }

    pub(super) fn remember_against(&self, address: String) {
        let Some(remembered) = self.remembered() else { return };
        // Who cannot keep it types it again.
        self.files.give(move || drop(remembered.write(&address)));
    }

    pub(super) fn read_against(&self) {
        let Some(remembered) = self.remembered() else { return };
        let messages = self.messages.clone();
        self.files.give(move || {
            if let Some(address) = remembered.read() {
                let _ = messages.send(Message::Replay(Box::new(News::Remembered(address))));
            }
        });
    }

    fn remembered(&self) -> Option<Remembered> {
        let paths = self.sources.as_ref().and_then(|sources| sources.paths.as_ref());
        paths.map(|paths: &Paths| Remembered::of(paths.state()))
    }
}

fn request_of(capture: &Capture, seq: u64) -> Result<(Proto, Bytes), Problem> {
    let record = capture.recall(seq)?;
    let message = if record.row.kind == Kind::Event { Proto::Event } else { Proto::Object };
    let request = record.exchange.request.clone();
    let request =
        request.ok_or_else(|| Problem::failed(format!("record {seq} was never received whole")))?;
    Ok((message, request))
}

fn to_be_edited(text: &str) -> Result<TempPath, Problem> {
    let folder = std::env::temp_dir();
    let cannot = |error: &std::io::Error| {
        files::problem("cannot write the request for the editor", &folder, error)
    };
    let mut file = tempfile::Builder::new()
        .prefix("tyk-tui-request-")
        .suffix(".json")
        .tempfile()
        .map_err(|error| cannot(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| cannot(&error))?;
    Ok(file.into_temp_path())
}

async fn run(
    wish: Wish,
    records: Ring,
    settings: &Settings,
    view: &SharedView,
    cancel: &CancellationToken,
    tell: &mut (dyn FnMut(u64) + Send),
) -> Result<Outcome, Problem> {
    let target = match &wish.against {
        Against::Ours => Target::ours(settings, None, PATIENCE).await?,
        Against::At(address) => Target::at(address, PATIENCE).await?,
    };
    let single = matches!(wish.meant.scope, Scope::Row(_));
    let edited = wish.edited.clone();
    let original = Mutex::new(None);
    let records = records.map(|record| {
        record.map(|Noted { mut record, .. }| {
            if let Some(edited) = &edited {
                let request = &mut record.exchange.request;
                *slot(&original) = request.replace(edited.clone());
            }
            record
        })
    });
    let limit = settings.server.answer_limit;
    let (mut calls, mut done) = (Vec::new(), 0);
    let each = |replayed: &Replayed| {
        done += 1;
        tell(done);
        let differs = !replayed.compared.differences.is_empty();
        if single || differs && calls.len() < MOST {
            let original = slot(&original).take();
            calls.push(call(replayed, original.as_deref(), view, limit, single));
        }
        Ok(())
    };
    let total = replay(records, &target, wish.pace, &Ignore::new(&[]), cancel, each).await;
    // It waits for what is in flight.
    let _ = tokio::task::spawn_blocking(move || target.stop()).await;
    let total = total?;
    if total.replayed == 0 {
        return Err(Problem::failed("there was nothing that could be sent again"));
    }
    let against = wish.against.words();
    Ok(Outcome { total, against, edited: edited.is_some(), single, calls })
}

fn call(
    replayed: &Replayed,
    original: Option<&[u8]>,
    view: &SharedView,
    limit: usize,
    single: bool,
) -> Call {
    let record: &Record = &replayed.record;
    let request = record.exchange.request.as_deref().unwrap_or_default();
    let is_dispatch = record.row.kind == Kind::Dispatch;
    let words = |outcome: Option<effect::Outcome>, status: Option<u16>| {
        let status = status.map(|status| format!(" {status}")).unwrap_or_default();
        outcome.map(|outcome| format!("{}{status}", outcome.word()))
    };
    let answer = replayed.answer.as_ref().map(|answer| &**answer).map_err(String::as_str);
    let now = effect::judge(request, answer, record.exchange.trimmed, limit).ok();
    let failed = now.as_ref().is_some_and(|it| it.outcome == effect::Outcome::Failed);
    let now = now.and_then(|verdict| words(Some(verdict.outcome), verdict.status));
    let ended = words(record.row.outcome, record.row.status).zip(now).filter(|_| is_dispatch);
    let edits = match (answer, single && is_dispatch) {
        (Ok(answer), true) => {
            let sides = [(Proto::Object, request), (Proto::Object, answer)];
            let knowing = view.knowing(&object::Parsed::those(&sides));
            let view: &dyn object::View = match &knowing {
                Some(knowing) => &**knowing,
                None => &**view,
            };
            let sides = sides.map(|(message, bytes)| object::to_json(message, bytes, view));
            match &sides {
                [Ok(request), Ok(answer)] => {
                    let edits = effect::fates(request, answer, record.exchange.trimmed);
                    if failed { effect::of_failed(edits) } else { edits }
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    // An answer that says back what came has what was edited, too.
    let edits_of_request = original.map(|original| edits_of(original, request));
    let is_edit = |difference: &&Difference| {
        edits_of_request.as_ref().is_some_and(|edits| edits.contains(*difference))
    };
    let as_edited: Vec<String> = replayed
        .compared
        .differences
        .iter()
        .filter(is_edit)
        .map(|difference| difference.path.to_string())
        .collect();
    let mut differing = replayed.differences(&**view);
    differing.retain(|it| !as_edited.contains(&it.path));
    Call {
        seq: record.row.seq,
        title: replayed.title(&**view),
        error: replayed.answer.as_ref().err().cloned(),
        ended,
        differing,
        as_edited: as_edited.len(),
        ignored: replayed.compared.ignored,
        edits,
    }
}

/// What was edited in a request.
fn edits_of(original: &[u8], edited: &[u8]) -> Vec<Difference> {
    let [original, edited] =
        [original, edited].map(|bytes| object::to_json(Proto::Object, bytes, &Shown));
    match (original, edited) {
        (Ok(original), Ok(edited)) => {
            compare(&original, &edited, &Ignore::nothing(), None).differences
        }
        _ => Vec::new(),
    }
}
