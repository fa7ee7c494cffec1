//! A record as filters see it: through the view, so that of a secret there is only its mark.

use std::borrow::Cow;
use std::cell::OnceCell;

use serde_json::Value;

use super::{Kind, Record, line};
use crate::domain::effect::Outcome;
use crate::domain::filter::{Fields, Number, Text};
use crate::domain::object::{Leaf, Message, View, each_leaf};

/// A record and the view that it is looked at through.
pub struct Seen<'a> {
    record: &'a Record,
    view: &'a dyn View,
    /// Knows the secrets of both sides; made when the first text of an Object is asked for.
    knowing: OnceCell<Option<Box<dyn View + 'a>>>,
    json: OnceCell<Value>,
}

impl<'a> Seen<'a> {
    /// The record through this view.
    pub fn new(record: &'a Record, view: &'a dyn View) -> Self {
        Self { record, view, knowing: OnceCell::new(), json: OnceCell::new() }
    }

    fn sides(&self) -> [(Message, Option<&'a [u8]>); 2] {
        line::sides(self.record)
    }

    fn knowing(&self) -> &dyn View {
        let knowing = self.knowing.get_or_init(|| line::knowing(self.sides(), self.view));
        knowing.as_deref().unwrap_or(self.view)
    }

    /// The texts of both sides at the places that `is_meant`, as they are shown.
    fn leaves(
        &self,
        is_meant: impl Fn(&[Cow<'_, str>]) -> bool,
        take: &mut dyn FnMut(&[u8]) -> bool,
    ) -> bool {
        let mut taken = false;
        let [request, reply] = self.sides();
        // An answer that is what came has nothing else to show.
        let same =
            matches!((request.1, reply.1), (Some(one), Some(other)) if std::ptr::eq(one, other));
        for (message, bytes) in [request, reply].into_iter().take(if same { 1 } else { 2 }) {
            let Some(bytes) = bytes else { continue };
            // Bytes that are no such message have no texts.
            let _ = each_leaf(message, bytes, &mut |path, leaf| {
                if taken || !is_meant(path) {
                    return;
                }
                taken = match leaf {
                    Leaf::Text(text) => take(self.knowing().text(path, text).as_bytes()),
                    Leaf::Bytes(bytes) => take(&self.knowing().bytes(path, bytes)),
                };
            });
        }
        taken
    }
}

impl Fields for Seen<'_> {
    fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        let row = &self.record.row;
        let mut text = |text: &str| !text.is_empty() && take(text.as_bytes());
        match field {
            Text::Hook => match row.kind {
                Kind::Dispatch => text(row.hook.word()),
                Kind::Event => text("event"),
                Kind::Dropped { .. } => false,
            },
            Text::Kind => text(match row.kind {
                Kind::Dispatch => "dispatch",
                Kind::Event => "event",
                Kind::Dropped { .. } => "dropped",
            }),
            Text::Name => text(&row.name),
            Text::Api => text(&row.api),
            Text::Method => text(&row.method),
            Text::Path => text(&row.path),
            Text::Outcome => text(row.outcome.map_or("", Outcome::word)),
            Text::Rule => text(row.rule.as_deref().unwrap_or_default()),
            Text::Peer => text(&self.record.exchange.peer),
            Text::Error => {
                let error = self.record.error.as_deref();
                error.is_some_and(|error| text(&self.view.text(&["error".into()], error)))
            }
            // Beside the record ([`crate::domain::filter::Marked`]).
            Text::Mark | Text::Note => false,
            Text::Header(name) => self.leaves(|path| is_header(path, name), take),
            Text::Body => self.leaves(is_body, take),
        }
    }

    fn number(&self, field: Number) -> Option<u64> {
        let row = &self.record.row;
        let is_call = !matches!(row.kind, Kind::Dropped { .. });
        match field {
            Number::Status => row.status.map(u64::from),
            Number::Took => is_call.then(|| line::micros(row.took)),
            Number::Held => is_call.then(|| line::micros(self.record.exchange.held)),
            Number::Size => is_call.then_some(row.size as u64),
            Number::Seq => Some(row.seq),
        }
    }

    fn json(&self) -> Cow<'_, Value> {
        Cow::Borrowed(self.json.get_or_init(|| line::to_json(self.record, self.view)))
    }
}

/// A header of request, response or answer, sent or set.
fn is_header(path: &[Cow<'_, str>], name: &str) -> bool {
    let [.., map, key] = path else { return false };
    (&**map == "headers" || &**map == "setHeaders") && key.eq_ignore_ascii_case(name)
}

/// A body. A text comes twice, as `body` and as `rawBody`: the Gateway reads the latter alone.
fn is_body(path: &[Cow<'_, str>]) -> bool {
    matches!(path, [_, body] if &**body == "rawBody")
        || matches!(path, [.., body] if &**body == "responseBody")
        || matches!(path, [payload] if &**payload == "payload")
}
