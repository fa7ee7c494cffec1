//! A record as one JSON object, in the shape that every command shares (`--json`, the console's detail, copies).
//!
//! Every key is there on every line, in this order, null where nothing applies; but `note`, which only those have that somebody
//! marked.

use bytes::Bytes;
use serde_json::{Value, json};

use super::sides::Sides;
use super::{Kind, Record, Row};
use crate::domain::effect::Outcome;
use crate::domain::filter::Json;
use crate::domain::object::{Head, Parsed, View};
use crate::domain::task::Problem;

/// The object for a record; its text goes through the view.
pub fn to_json(record: &Record, view: &dyn View) -> Value {
    noted(record, None, view)
}

/// The same for one that may be marked: then it has its note as well, which is empty where nothing was noted. No other
/// line has that key, as most are of nobody's console.
pub fn noted(record: &Record, note: Option<&str>, view: &dyn View) -> Value {
    let sides = Sides::read(record);
    let knowing = sides.knowing(view);
    let view = knowing.as_deref().unwrap_or(view);
    let mut line = without_sides(record, sides.request().is_some(), view);
    let [request, reply] = [sides.request(), sides.reply()].map(|it| it.map(|it| it.to_json(view)));
    line["reply"] = if sides.same() { request.clone() } else { reply }.unwrap_or_default();
    line["request"] = request.unwrap_or_default();
    if let Some(note) = note {
        line["note"] = json!(view.text(&["note".into()], note));
    }
    line
}

/// The same as jq computes with it. `sides` are the record's, and the view knows their secrets.
pub(super) fn computed(record: &Record, sides: &Sides<'_>, view: &dyn View) -> Json {
    let mut line = Json::of(&without_sides(record, sides.request().is_some(), view));
    let form = |(side, bytes): (&Parsed<'_>, &Bytes)| Json::form(side, bytes, view);
    let exchange = &record.exchange;
    let request = sides.request().zip(exchange.request.as_ref()).map(form);
    let reply = sides.reply().zip(exchange.reply.as_ref().ok()).map(form);
    let reply = if sides.same() { request.clone() } else { reply };
    line.set("request", request);
    line.set("reply", reply);
    line
}

/// The line but for both sides. `is_read`: what came is a message.
fn without_sides(record: &Record, is_read: bool, view: &dyn View) -> Value {
    let row = &record.row;
    let exchange = &record.exchange;
    if let Kind::Dropped { count } = row.kind {
        return dropped(row.seq, count);
    }
    let known = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    // An Object that was read has both names, empty or not; one that was not has none.
    let read = is_read && row.kind == Kind::Dispatch;
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
        "request": null,
        "reply": null,
        "error": record.error.as_deref().map(|error| view.text(&["error".into()], error)),
        "count": null,
    })
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
    let knowing = Sides::read(record).knowing(view);
    let view = knowing.as_deref().unwrap_or(view);
    view.text(&["request".into(), "url".into()], head.url).into_owned()
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

#[cfg(test)]
mod tests {
    use crate::domain::filter::LINE;

    #[test]
    fn completion_knows_every_key_of_a_line() {
        let line = super::dropped(1, 1);
        let keys = line.as_object().unwrap().keys().map(String::as_str).chain(["note"]);
        assert_eq!(keys.collect::<Vec<_>>(), LINE.map(|(name, _)| name));
    }
}
