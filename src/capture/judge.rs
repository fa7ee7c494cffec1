//! What a record says of both sides: which hook, of which API, and how it ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use bytes::Bytes;

use super::{Exchange, Kind, Record, Row, SharedView};
use crate::domain::effect::{self, Outcome};
use crate::domain::object::{self, Head, Hook, Message, WireError};
use crate::domain::redact::Shown;

/// Makes records of exchanges.
#[derive(Clone)]
pub struct Judge {
    /// How a row's path is shown.
    pub view: SharedView,
    /// What a Gateway takes, in bytes of the encoded answer.
    pub answer_limit: usize,
}

impl Judge {
    /// The record of an exchange.
    pub fn record(&self, seq: u64, exchange: Exchange) -> Record {
        let mut row = row(seq, &exchange);
        // What a peer sent must not end the capture of all that comes after it, whatever is wrong with us.
        let error = catch_unwind(AssertUnwindSafe(|| match exchange.kind {
            Kind::Event => self.event(&mut row, &exchange),
            Kind::Dispatch => self.dispatch(&mut row, &exchange),
            Kind::Dropped { .. } => None,
        }))
        .unwrap_or_else(|_| {
            tracing::error!(seq, "a defect: this Dispatch could not be judged");
            row.outcome = Some(Outcome::Failed);
            Some("a defect of tyk-tui: this could not be judged, though it was answered".to_owned())
        });
        Record { row, exchange, error }
    }

    /// A record of which nothing was looked at: its row has what is known without.
    pub(super) fn unjudged(seq: u64, exchange: Exchange) -> Record {
        Record { row: row(seq, &exchange), exchange, error: None }
    }

    /// Fills the row of a Dispatch; returns what went wrong.
    fn dispatch(&self, row: &mut Row, exchange: &Exchange) -> Option<String> {
        let Some(request) = &exchange.request else {
            row.outcome = Some(Outcome::Failed);
            return exchange.reply.as_ref().err().cloned();
        };
        let head = match Head::read(request) {
            Ok(head) => {
                row.hook = head.hook;
                row.name = head.hook_name.into();
                row.api = head.api_id.into();
                row.method = head.method.into();
                row.path = self.view.text(&["request".into(), "url".into()], head.url).into();
                head
            }
            Err(error) => {
                row.outcome = Some(Outcome::Failed);
                return Some(error.to_string());
            }
        };
        let reply = exchange.reply.as_ref().map(|reply| &**reply).map_err(String::as_str);
        match effect::judge_read(&head, reply, exchange.trimmed, self.answer_limit) {
            Ok(verdict) => {
                row.outcome = Some(verdict.outcome);
                row.status = verdict.status;
                let goes_on = matches!(verdict.outcome, Outcome::Passed | Outcome::Changed);
                row.let_go = goes_on && exchange.was_let_go();
                verdict.error.or_else(|| exchange.why.as_deref().map(str::to_owned))
            }
            Err(error) => {
                row.outcome = Some(Outcome::Failed);
                Some(error.to_string())
            }
        }
    }

    /// Fills the row of an event: its handler's name, the API of its `spec`, and as its path what happened and where. Source:
    /// the Gateway's event payload.
    fn event(&self, row: &mut Row, exchange: &Exchange) -> Option<String> {
        let Some(request) = &exchange.request else {
            return exchange.reply.as_ref().err().cloned();
        };
        // Only names leave this function, and a path as it is shown of any request, so that nothing secret is shown.
        match payload(request) {
            Ok(Some(payload)) => {
                let text = |at: &str| payload.pointer(at).and_then(|value| value.as_str());
                row.name = text("/handler_name").unwrap_or_default().into();
                row.api = text("/spec/APIID").unwrap_or_default().into();
                let path = text("/message/Meta/Path").unwrap_or_default();
                let path = self.view.text(&["request".into(), "url".into()], path);
                let what = text("/message/Type").unwrap_or_default();
                row.path = format!("{what} {path}").trim().into();
            }
            Ok(None) => {}
            Err(error) => return Some(error.to_string()),
        }
        exchange.reply.as_ref().err().cloned()
    }
}

/// What an event says, as it stands, secrets and all; `None` where it is no JSON.
pub(super) fn payload(event: &[u8]) -> Result<Option<serde_json::Value>, WireError> {
    let event = object::to_json(Message::Event, event, &Shown)?;
    let payload = event.get("payload").and_then(|payload| payload.as_str()).unwrap_or_default();
    Ok(serde_json::from_str(payload).ok())
}

impl Record {
    /// The record that stands for those that were lost.
    pub(super) fn dropped(seq: u64, count: u64) -> Self {
        let exchange = Exchange {
            kind: Kind::Dropped { count },
            request: None,
            ..Exchange::answered(Bytes::new(), Bytes::new())
        };
        Self { row: row(seq, &exchange), exchange, error: None }
    }
}

/// The row of an exchange, as far as it is known before anything is decoded.
fn row(seq: u64, exchange: &Exchange) -> Row {
    Row {
        seq,
        kind: exchange.kind,
        at: exchange.at,
        took: exchange.took,
        hook: Hook::Unknown,
        name: empty(),
        api: empty(),
        method: empty(),
        path: empty(),
        outcome: None,
        let_go: false,
        status: None,
        rule: exchange.rule.clone(),
        size: exchange.request.as_ref().map_or(0, Bytes::len)
            + exchange.reply.as_ref().map_or(0, Bytes::len),
    }
}

fn empty() -> Arc<str> {
    static EMPTY: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from(""));
    Arc::clone(&EMPTY)
}
