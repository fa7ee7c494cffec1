//! A record as filters see it: through the view, so that of a secret there is only its mark.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::sides::{self, Sides};
use super::{Kind, Record, line};
use crate::domain::effect::Outcome;
use crate::domain::filter::{Fields, Json, Number, Text};
use crate::domain::object::{Leaf, View};

/// A record and the view that it is looked at through.
pub struct Seen<'a> {
    record: &'a Record,
    view: &'a dyn View,
    /// Read when the first text of an Object is asked for.
    sides: OnceCell<Sides<'a>>,
    /// Knows the secrets of both.
    knowing: OnceCell<Option<Box<dyn View + 'a>>>,
}

impl<'a> Seen<'a> {
    /// The record through this view.
    pub fn new(record: &'a Record, view: &'a dyn View) -> Self {
        Self { record, view, sides: OnceCell::new(), knowing: OnceCell::new() }
    }

    pub(super) fn sides(&self) -> &Sides<'a> {
        self.sides.get_or_init(|| Sides::read(self.record))
    }

    pub(super) fn knowing(&self) -> &dyn View {
        let knowing = self.knowing.get_or_init(|| self.sides().knowing(self.view));
        knowing.as_deref().unwrap_or(self.view)
    }

    /// The texts of both sides at the places that `is_meant`, as they are shown.
    fn leaves(
        &self,
        is_meant: impl Fn(&[Cow<'_, str>]) -> bool,
        take: &mut dyn FnMut(&[u8]) -> bool,
    ) -> bool {
        let mut taken = false;
        for side in self.sides().each() {
            side.each(&mut |path, leaf| {
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

    fn raw(&self, field: &Text) -> Option<[&[u8]; 2]> {
        // An event's payload holds more in base64, and where there is an escape, JSON may be written anew without it.
        let is_open = matches!(field, Text::Body | Text::Header(_));
        if !is_open || self.record.row.kind != Kind::Dispatch {
            return None;
        }
        let [request, reply] =
            sides::bytes(self.record).map(|(_, bytes)| bytes.unwrap_or_default());
        let is_plain = !request.contains(&b'\\') && !reply.contains(&b'\\');
        is_plain.then_some([request, reply])
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

    fn json(&self) -> Json {
        line::computed(self.record, self.sides(), self.knowing())
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;

    use super::*;
    use crate::capture::{Exchange, Judge};
    use crate::domain::filter::Filter;
    use crate::domain::object::wire::{put_bytes, put_entry, put_text};
    use crate::domain::redact::{Policy, Redacted};

    /// A record of which nothing is told before the view.
    struct Viewed<'a>(Seen<'a>);

    impl Fields for Viewed<'_> {
        fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
            self.0.any(field, take)
        }
        fn number(&self, field: Number) -> Option<u64> {
            self.0.number(field)
        }
        fn json(&self) -> Json {
            self.0.json()
        }
    }

    fn object(header: &str, body: &str) -> Bytes {
        let mut request = Vec::new();
        put_entry(&mut request, 1, "Authorization", header);
        put_entry(&mut request, 1, "X-Trace", "north wind, of hunter2hunter2");
        put_text(&mut request, 4, body);
        put_bytes(&mut request, 14, body.as_bytes());
        let mut object = vec![0x08, 1];
        put_bytes(&mut object, 3, &request);
        object.into()
    }

    #[test]
    fn what_the_raw_bytes_rule_out_no_view_shows() {
        let view = Arc::new(Redacted::new(Policy::default(), [7; 32]));
        let judge = Judge { view: Arc::clone(&view) as _, answer_limit: 4 << 20 };
        let bodies = [
            r#"{"order": 12, "token": "hunter2hunter2", "kind": "north"}"#,
            r#"{"order": 13, "note": "n\u006frth", "token": "hunter2hunter2"}"#,
            r#"{"order": 14, "note": "say \"north\" and hunter2hunter2"}"#,
            "grant=north&password=hunter2hunter2&x=order",
            "password=++&grant=north",
            "<a><secret> hunter2hunter2 </secret><b>north</b></a>",
            "\u{1f}\u{8b}",
            "an order to the north, Bearer hunter2hunter2hunter2 of the wind",
        ];
        let filters = [
            "body:north",
            "body~north",
            "body~\"n.rth\"",
            "body~\"^.order\"",
            "body:redacted",
            "body~\"redacted [0-9a-f]{6}.\"",
            "body:hunter2",
            "body~\"hunter2+\"",
            "body:\"say \\\"north\"",
            "body~\"(north|x)\"",
            "body~\"(?i)NORTH\"",
            "body:NORTH",
            "body~\"xyz|north\"",
            "body:xyzzy",
            "body~\"order.*wind\"",
            "body~\"(order|north).*of\"",
            "body~\"wind$\"",
            "body:compressed",
            "header.x-trace:NORTH",
            "header.x-trace:hunter2",
            "header.x-trace~\"wind, of .redacted\"",
            "header.authorization:hunter",
            "header.authorization:redacted",
            "!body:north",
            "body:north || header.x-trace:wind",
            "body~\"\"",
            "body:\"of the w\"",
        ];
        let mut ruled_out = 0;
        let mut number = 0;
        for body in bodies {
            for answer in bodies {
                let [request, reply] = [object("Bearer hunter2hunter2", body), object("", answer)];
                for reply in [request.clone(), reply] {
                    number += 1;
                    let exchange = Exchange {
                        at: jiff::Timestamp::UNIX_EPOCH,
                        ..Exchange::answered(request.clone(), reply)
                    };
                    let record = judge.record(number, exchange);
                    for text in filters {
                        let filter = Filter::parse(text).unwrap();
                        let seen = filter.matches(&Seen::new(&record, &*view));
                        let viewed = filter.matches(&Viewed(Seen::new(&record, &*view)));
                        assert_eq!(seen, viewed, "{text} of {body} and {answer}");
                        ruled_out += usize::from(!seen);
                    }
                }
            }
        }
        assert!(ruled_out > 1_000);
    }
}
