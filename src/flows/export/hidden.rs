//! A record without its secrets: each message as its view shows it, as a message again.

use bytes::Bytes;
use serde_json::Value;

use crate::capture::{Exchange, Judge, Kind, Record};
use crate::domain::object::{self, Message};

/// What a view shows of a record, which is its line, as a record. Fields that no schema knows are not shown, and so not in
/// it; bytes that are no message are not, either.
pub(super) fn hidden(record: &Record, line: &Value, judge: &Judge) -> Record {
    let (request, reply) = match record.row.kind {
        Kind::Event => (Message::Event, Message::EventReply),
        Kind::Dispatch | Kind::Dropped { .. } => (Message::Object, Message::Object),
    };
    let of = |message: Message, name: &str| -> Option<Bytes> {
        let shown = line.get(name).filter(|it| it.is_object())?;
        object::from_json(message, shown).ok().map(Bytes::from)
    };
    let exchange = &record.exchange;
    let error = line.get("error").and_then(Value::as_str);
    let exchange = Exchange {
        request: exchange.request.as_ref().and_then(|_| of(request, "request")),
        reply: match &exchange.reply {
            Ok(_) => of(reply, "reply").ok_or_else(|| "it was no message".to_owned()),
            Err(_) => Err(error.unwrap_or_default().to_owned()),
        },
        why: exchange.why.as_ref().and(error).map(Into::into),
        ..exchange.clone()
    };
    judge.record(record.row.seq, exchange)
}
