//! Which place of a message is what, and the view that a message is written through.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::domain::object::{Leaf, Message, SecretNames, View, each_leaf};

use super::known::Known;
use super::names::Names;
use super::pen::Pen;
use super::{Redacted, body, json, text};

/// What was seen of some messages before they are written.
#[derive(Default)]
struct Seen {
    /// The name of a multivalue header at its index; two of one index where messages differ.
    multivalue: BTreeMap<String, HashSet<String>>,
    /// The parts (`request`, `response`) whose headers name a Content-Encoding.
    encoded: HashSet<String>,
}

/// The view of some messages, whose secrets it knows.
pub(super) struct Knowing<'r> {
    redacted: &'r Redacted,
    /// As they were when it looked.
    names: Arc<Names>,
    seen: Seen,
    known: Known,
}

impl<'r> Knowing<'r> {
    /// Looks at all of the messages; one that cannot be read gives away what could.
    pub(super) fn of(redacted: &'r Redacted, messages: &[(Message, &[u8])]) -> Self {
        let mut seen = Seen::default();
        for (message, bytes) in messages {
            // What is no such message is not written either.
            let _ = each_leaf(*message, bytes, &mut |path, leaf| seen.see(path, leaf));
        }
        let names = redacted.names();
        let pen = Pen::new(Arc::clone(&names), &redacted.key);
        for (message, bytes) in messages {
            let _ = each_leaf(*message, bytes, &mut |path, leaf| match leaf {
                Leaf::Text(value) => drop(seen.text(&pen, path, value)),
                Leaf::Bytes(value) => drop(seen.bytes(&pen, path, value)),
            });
        }
        let known = Known::of(&pen.met.borrow(), redacted.key);
        Self { redacted, names, seen, known }
    }

    fn pen(&self) -> Pen<'_> {
        Pen::new(Arc::clone(&self.names), &self.redacted.key).knowing(&self.known)
    }
}

impl View for Knowing<'_> {
    fn text<'a>(&self, path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str> {
        let pen = self.pen();
        let shown = self.seen.text(&pen, path, value);
        match self.known.hide(&shown) {
            Cow::Owned(hidden) => Cow::Owned(hidden),
            Cow::Borrowed(_) if shown == value => Cow::Borrowed(value),
            Cow::Borrowed(_) => Cow::Owned(shown),
        }
    }

    fn bytes<'a>(&self, path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]> {
        let pen = self.pen();
        let shown = self.seen.bytes(&pen, path, value);
        Cow::Owned(self.known.hide_bytes(&shown).unwrap_or(shown))
    }

    fn key<'a>(&self, _path: &[Cow<'_, str>], key: &'a str) -> Cow<'a, str> {
        self.known.hide(key)
    }
}

impl View for Redacted {
    fn text<'a>(&self, path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str> {
        Cow::Owned(Seen::default().text(&self.pen(), path, value))
    }

    fn bytes<'a>(&self, path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]> {
        Cow::Owned(Seen::default().bytes(&self.pen(), path, value))
    }

    fn knowing(&self, messages: &[(Message, &[u8])]) -> Option<Box<dyn View + '_>> {
        Some(Box::new(Knowing::of(self, messages)))
    }

    fn learn(&self, names: &SecretNames) {
        self.add(names);
    }
}

impl Seen {
    fn see(&mut self, path: &[Cow<'_, str>], leaf: Leaf<'_>) {
        let Leaf::Text(value) = leaf else { return };
        match strs(path).as_slice() {
            ["response", "multivalueHeaders", at, "key"] => {
                self.multivalue.entry((*at).to_owned()).or_default().insert(value.to_owned());
            }
            [part, "headers", name]
                if name.eq_ignore_ascii_case("content-encoding")
                    && !value.eq_ignore_ascii_case("identity") =>
            {
                self.encoded.insert((*part).to_owned());
            }
            _ => {}
        }
    }

    fn text(&self, pen: &Pen<'_>, path: &[Cow<'_, str>], value: &str) -> String {
        if value.is_empty() {
            return String::new();
        }
        match strs(path).as_slice() {
            ["request", "headers" | "setHeaders", name]
            | ["request", "returnOverrides", "headers", name]
            | ["response", "headers", name] => pen.header(name, value),
            ["response", "multivalueHeaders", at, "values", _] => match self.multivalue.get(*at) {
                Some(names) => {
                    let secret = names.iter().find(|name| pen.names.header(name));
                    let name = secret.or(names.iter().next());
                    pen.header(name.map_or("", String::as_str), value)
                }
                None => pen.hide(value),
            },
            ["request", "params" | "addParams" | "extendedParams", name] => {
                if pen.names.param(name) { pen.hide(value) } else { text::redact(pen, value) }
            }
            ["request" | "response", "body"] | ["request", "returnOverrides", "responseBody"] => {
                body::redact(pen, value)
            }
            ["spec", "config_data"] => body::redact(pen, value),
            ["payload"] => json::redact(pen, value, json::Kind::Event),
            ["session", "hmacSecret" | "keyId" | "certificate"]
            | ["session", "jwtData", "secret"]
            | ["session", "basicAuthData", "password" | "hash"]
            | ["session", "oauthKeys", _] => pen.hide(value),
            ["metadata" | "spec", name] | ["session", "metadata", name] => {
                if pen.names.member(name) { pen.hide(value) } else { body::redact(pen, value) }
            }
            _ => text::redact(pen, value),
        }
    }

    fn bytes(&self, pen: &Pen<'_>, path: &[Cow<'_, str>], value: &[u8]) -> Vec<u8> {
        let encoded = path.first().is_some_and(|part| self.encoded.contains(&**part));
        body::redact_bytes(pen, value, encoded)
    }
}

fn strs<'p>(path: &'p [Cow<'_, str>]) -> Vec<&'p str> {
    path.iter().map(|part| &**part).collect()
}
