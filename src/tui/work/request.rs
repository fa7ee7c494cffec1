//! Sends requests, and keeps them in the history.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{Worker, slot};
use crate::capture::SharedView;
use crate::config::{Paths, Settings};
use crate::domain::request::{Auth, Body, KeySource, Request, Saved, curl};
use crate::domain::task::Problem;
use crate::flows::request::{Entry, Exchange, History, Options, Prepared, Trace, mark, prepare};
use crate::tui::message::Message;
use crate::tui::pane::request::{Answered, Draft};

impl Worker {
    fn history(&self) -> Option<History> {
        let paths = self.sources.as_ref().and_then(|sources| sources.paths.as_ref());
        paths.map(|paths: &Paths| History::of(paths.state()))
    }

    /// What is ready to be sent; it reads files and may wait for them.
    fn ready(&self, draft: Draft) -> impl FnOnce() -> Result<(Request, Prepared), Problem> + use<> {
        let settings: Settings = slot(&self.settings).clone();
        let folder = self.folder.clone();
        move || {
            let Draft { request, insecure, limit, mark: marks, output } = draft;
            let request = placed(request, &folder);
            let mark = if marks { Some(mark()?) } else { None };
            let output = (!output.is_empty()).then(|| folder.join(output));
            let limit = Duration::from_secs(limit);
            let options = Options { insecure, limit, output, mark, ..Options::default() };
            let prepared = prepare(&request, &settings, options, SystemTime::now())?;
            Ok((request, prepared))
        }
    }

    pub(super) fn send(&self, draft: Draft) {
        let cancel = CancellationToken::new();
        *slot(&self.request) = cancel.clone();
        let ready = self.ready(draft);
        let (redacted, shown) = (Arc::clone(&self.redacted), Arc::clone(&self.shown));
        let (capture, history) = (self.capture.clone(), self.history());
        let messages = self.messages.clone();
        self.runtime.spawn(async move {
            let since = Trace::now(&capture);
            let mut kept = None;
            let outcome = match blocking(ready).await {
                Err(problem) => Err(problem),
                Ok((request, prepared)) => {
                    let saved = Saved::of(&request, &prepared.shown(&*redacted));
                    let sent = prepared.send(&*redacted, &cancel).await;
                    let entry = entry(saved, sent.as_ref().ok());
                    kept = match history {
                        Some(history) => blocking(move || history.add(entry)).await.err(),
                        None => None,
                    };
                    sent.map(|exchange| Box::new(answered(exchange, since, &redacted, &shown)))
                }
            };
            let _ = messages.send(Message::Answered { outcome, kept });
        });
    }

    pub(super) fn copy_curl(&self, draft: Draft, secrets: bool) {
        let ready = self.ready(draft);
        let redacted = Arc::clone(&self.redacted);
        self.blocking(move || {
            let line = ready()
                .map(|(_, prepared)| curl(prepared.sent(), &prepared.shown(&*redacted), secrets));
            Message::Curl(line)
        });
    }

    pub(super) fn read_requests(&self) {
        let history = self.history();
        self.blocking(move || {
            Message::Requests(history.map_or_else(|| Ok(Vec::new()), |history| history.list()))
        });
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Problem::failed(format!("it was not done: {error}"))))
}

/// Files are relative to the project's folder; the history is read in others, too.
fn placed(mut request: Request, folder: &std::path::Path) -> Request {
    let place = |path: &mut PathBuf| *path = folder.join(&path);
    match &mut request.auth {
        Auth::Key { key: KeySource::File(path), .. }
        | Auth::Jwt { key: KeySource::File(path), .. }
        | Auth::Hmac { secret: KeySource::File(path), .. }
        | Auth::Basic { password: KeySource::File(path), .. } => place(path),
        _ => {}
    }
    if let Body::File(path) = &mut request.body {
        place(path);
    }
    request
}

fn entry(request: Saved, exchange: Option<&Exchange>) -> Entry {
    let at = exchange.map_or_else(Timestamp::now, |exchange| exchange.at);
    let took = exchange.map(|exchange| exchange.answer.timing.total.as_micros());
    Entry {
        at: format!("{at:.6}"),
        request,
        status: exchange.map(|exchange| exchange.answer.status),
        took_us: took.map(|took| u64::try_from(took).unwrap_or(u64::MAX)),
    }
}

fn answered(exchange: Exchange, since: u64, redacted: &SharedView, shown: &SharedView) -> Answered {
    let shown = [exchange.shown(&**redacted), exchange.shown(&**shown)];
    let broken = exchange.broken(&shown[0].url);
    let trace = Trace::of(&exchange, since);
    Answered { exchange, broken, shown, trace }
}
