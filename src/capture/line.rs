//! A record as one JSON object, in the shape that every command shares (`--json`, the console's detail, copies).
//!
//! Every key is there on every line, in this order, null where nothing applies.

use serde_json::{Value, json};

use super::{Kind, Record};
use crate::domain::effect::Outcome;
use crate::domain::object::{self, Head, Message, View};

/// The object for a record; its text goes through the view.
pub fn to_json(record: &Record, view: &dyn View) -> Value {
    let row = &record.row;
    let exchange = &record.exchange;
    if let Kind::Dropped { count } = row.kind {
        return dropped(row.seq, count);
    }
    let known = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    let sides = sides(record);
    let knowing = knowing(sides, view);
    let view = knowing.as_deref().unwrap_or(view);
    // Bytes that are no such message have no JSON; `error` says so.
    let [request, reply] = sides
        .map(|(message, bytes)| bytes.and_then(|bytes| object::to_json(message, bytes, view).ok()));
    // An Object that was read has both names, empty or not; one that was not has none.
    let read = request.is_some() && row.kind == Kind::Dispatch;
    let hook = match row.kind {
        Kind::Event => json!("event"),
        _ if !read => Value::Null,
        _ => json!(row.hook.word()),
    };
    let name = if read { json!(&*row.name) } else { known(&row.name) };
    let api = if read { json!(&*row.api) } else { known(&row.api) };
    json!({
        "seq": row.seq,
        "at": format!("{:.6}", row.at),
        "took_us": micros(exchange.took),
        "held_us": micros(exchange.held),
        "kind": if row.kind == Kind::Event { "event" } else { "dispatch" },
        "peer": known(&exchange.peer),
        "hook": hook,
        "name": name,
        "api": api,
        "outcome": row.outcome.map(Outcome::word),
        "status": row.status,
        "rule": exchange.rule.as_deref(),
        "trimmed": exchange.trimmed,
        "request": request,
        "reply": reply,
        "error": record.error.as_deref().map(|error| view.text(&["error".into()], error)),
        "count": null,
    })
}

/// The request's path and query of a Dispatch, for a line that has no JSON: what either side shows to be secret is
/// hidden in it too.
pub fn path(record: &Record, view: &dyn View) -> String {
    let request = record.exchange.request.as_deref();
    let Some(head) = request.and_then(|request| Head::read(request).ok()) else {
        return record.row.path.to_string();
    };
    let knowing = knowing(sides(record), view);
    let view = knowing.as_deref().unwrap_or(view);
    view.text(&["request".into(), "url".into()], head.url).into_owned()
}

/// What came and what was answered, each with what it is.
pub(super) fn sides(record: &Record) -> [(Message, Option<&[u8]>); 2] {
    let (message, answer) = match record.row.kind {
        Kind::Event => (Message::Event, Message::EventReply),
        Kind::Dispatch | Kind::Dropped { .. } => (Message::Object, Message::Object),
    };
    let exchange = &record.exchange;
    [(message, exchange.request.as_deref()), (answer, exchange.reply.as_deref().ok())]
}

/// The view that knows the secrets of both sides, so that an answer shows none that the request gives away.
pub(super) fn knowing<'v>(
    sides: [(Message, Option<&[u8]>); 2],
    view: &'v dyn View,
) -> Option<Box<dyn View + 'v>> {
    let there: Vec<(Message, &[u8])> =
        sides.into_iter().filter_map(|(message, bytes)| Some((message, bytes?))).collect();
    view.knowing(&there)
}

/// The line for records that were lost: the first one's `seq`, and how many.
pub fn dropped(seq: u64, count: u64) -> Value {
    json!({
        "seq": seq,
        "at": null,
        "took_us": null,
        "held_us": null,
        "kind": "dropped",
        "peer": null,
        "hook": null,
        "name": null,
        "api": null,
        "outcome": null,
        "status": null,
        "rule": null,
        "trimmed": null,
        "request": null,
        "reply": null,
        "error": null,
        "count": count,
    })
}

pub(super) fn micros(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
