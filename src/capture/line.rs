//! A record as one JSON object, in the shape that every command shares (`--json`, the console's detail, copies).
//!
//! Every key is there on every line, in this order, null where nothing applies; but `note`, which only those have that somebody
//! marked.

use serde_json::{Value, json};

use super::{Kind, Record, Row};
use crate::domain::effect::Outcome;
use crate::domain::object::{self, Head, Message, View};
use crate::domain::task::Problem;

/// The object for a record; its text goes through the view.
pub fn to_json(record: &Record, view: &dyn View) -> Value {
    noted(record, None, view)
}

/// The same for one that may be marked: then it has its note as well, which is empty where nothing was noted. No other
/// line has that key, as most are of nobody's console.
pub fn noted(record: &Record, note: Option<&str>, view: &dyn View) -> Value {
    let row = &record.row;
    let exchange = &record.exchange;
    if let Kind::Dropped { count } = row.kind {
        let mut line = dropped(row.seq, count);
        if let Some(note) = note {
            line["note"] = json!(view.text(&["note".into()], note));
        }
        return line;
    }
    let known = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    let sides = sides(record);
    let knowing = knowing(sides, view);
    let view = knowing.as_deref().unwrap_or(view);
    // Bytes that are no such message have no JSON; `error` says so.
    let written = |(message, bytes): (Message, Option<&[u8]>)| {
        bytes.and_then(|bytes| object::to_json(message, bytes, view).ok())
    };
    let request = written(sides[0]);
    // An answer is most often what came: it is not written twice.
    let reply = if same(sides) { request.clone() } else { written(sides[1]) };
    // An Object that was read has both names, empty or not; one that was not has none.
    let read = request.is_some() && row.kind == Kind::Dispatch;
    let hook = match row.kind {
        Kind::Event => json!("event"),
        _ if !read => Value::Null,
        _ => json!(row.hook.word()),
    };
    let name = if read { json!(&*row.name) } else { known(&row.name) };
    let api = if read { json!(&*row.api) } else { known(&row.api) };
    let mut line = json!({
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
        "request": null,
        "reply": null,
        "error": record.error.as_deref().map(|error| view.text(&["error".into()], error)),
        "count": null,
    });
    // Not within the macro, which would copy each of them whole.
    line["request"] = request.unwrap_or_default();
    line["reply"] = reply.unwrap_or_default();
    if let Some(note) = note {
        line["note"] = json!(view.text(&["note".into()], note));
    }
    line
}

/// The object for a record that cannot be read: what its row has, and why in `error`.
pub fn unread(seq: u64, row: Option<&Row>, why: &Problem) -> Value {
    let mut line = dropped(seq, 0);
    let mut set = |key: &str, value: Value| line[key] = value;
    set("kind", Value::Null);
    set("count", Value::Null);
    // What first, as a line has room for its beginning.
    let place = why.place.iter().map(|place| format!(" ({place})"));
    let help = why.help.iter().map(|help| format!(": {help}"));
    set("error", json!(format!("{}{}", why.what, place.chain(help).collect::<String>())));
    let Some(row) = row else { return line };
    let known = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    set("at", json!(format!("{:.6}", row.at)));
    set("took_us", json!(micros(row.took)));
    set("kind", json!(if row.kind == Kind::Event { "event" } else { "dispatch" }));
    set("hook", json!(if row.kind == Kind::Event { "event" } else { row.hook.word() }));
    set("name", known(&row.name));
    set("api", known(&row.api));
    set("outcome", json!(row.outcome.map(Outcome::word)));
    set("status", json!(row.status));
    set("rule", json!(row.rule.as_deref()));
    line
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

/// Whether the answer is the very message that came.
pub(super) fn same(sides: [(Message, Option<&[u8]>); 2]) -> bool {
    let [(asked, Some(request)), (answered, Some(reply))] = sides else { return false };
    asked == answered && std::ptr::eq(request, reply)
}

/// The view that knows the secrets of both sides, so that an answer shows none that the request gives away.
pub(super) fn knowing<'v>(
    sides: [(Message, Option<&'v [u8]>); 2],
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
