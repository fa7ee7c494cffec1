//! Which place of a message is what, and the view that a message is written through.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::domain::object::{Leaf, Parsed, SecretNames, View};

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
    /// Messages without a secret: what lies in one of them is shown as it stands. Most are so, and each text is asked for
    /// once more when a filter looks at it or JSON is made.
    clean: Vec<&'r [u8]>,
}

impl<'r> Knowing<'r> {
    /// Looks at all of the messages.
    pub(super) fn of(redacted: &'r Redacted, messages: &[Parsed<'r>]) -> Self {
        let mut seen = Seen::default();
        for message in messages {
            message.each(&mut |path, leaf| seen.see(path, leaf));
        }
        let names = redacted.names();
        let pen = Pen::new(Arc::clone(&names), &redacted.key);
        let mut clean = Vec::new();
        for message in messages {
            let mut is_clean = true;
            let mut body: &[u8] = &[];
            message.each(&mut |path, leaf| match leaf {
                Leaf::Text(value) => {
                    is_clean &= seen.text(&pen, path, value) == value;
                    if let [_, last] = path
                        && &**last == "body"
                    {
                        body = value.as_bytes();
                    }
                }
                // A body that is text comes twice, and says nothing new the second time.
                Leaf::Bytes(value) if value == body => {}
                Leaf::Bytes(value) => is_clean &= seen.bytes(&pen, path, value) == value,
            });
            if is_clean {
                clean.push(message.bytes());
            }
        }
        let met = pen.met.borrow();
        // A secret of one message may stand in the other.
        if !met.is_empty() {
            clean.clear();
        }
        let known = Known::of(&met, redacted.key);
        drop(met);
        Self { redacted, names, seen, known, clean }
    }

    fn pen(&self) -> Pen<'_> {
        Pen::new(Arc::clone(&self.names), &self.redacted.key).knowing(&self.known)
    }

    /// The same, without knowing of any message that it has none.
    #[cfg(test)]
    pub(super) fn doubting(mut self) -> Self {
        self.clean.clear();
        self
    }

    /// How many messages have no secret.
    #[cfg(test)]
    pub(super) fn clean(&self) -> usize {
        self.clean.len()
    }

    /// Whether this is part of a message that has no secret.
    fn is_clean(&self, value: &[u8]) -> bool {
        self.clean.iter().any(|message| message.as_ptr_range().contains(&value.as_ptr()))
    }
}

impl View for Knowing<'_> {
    fn text<'a>(&self, path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str> {
        if self.is_clean(value.as_bytes()) {
            return Cow::Borrowed(value);
        }
        let pen = self.pen();
        let shown = self.seen.text(&pen, path, value);
        match self.known.hide(&shown) {
            Cow::Owned(hidden) => Cow::Owned(hidden),
            Cow::Borrowed(_) => shown,
        }
    }

    fn bytes<'a>(&self, path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]> {
        if self.is_clean(value) {
            return Cow::Borrowed(value);
        }
        let pen = self.pen();
        let shown = self.seen.bytes(&pen, path, value);
        self.known.hide_bytes(&shown).map_or(shown, Cow::Owned)
    }

    fn key<'a>(&self, _path: &[Cow<'_, str>], key: &'a str) -> Cow<'a, str> {
        self.known.hide(key)
    }
}

impl View for Redacted {
    fn text<'a>(&self, path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str> {
        Seen::default().text(&self.pen(), path, value)
    }

    fn bytes<'a>(&self, path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]> {
        Seen::default().bytes(&self.pen(), path, value)
    }

    fn knowing<'v>(&'v self, messages: &[Parsed<'v>]) -> Option<Box<dyn View + 'v>> {
        Some(Box::new(Knowing::of(self, messages)))
    }

    fn learn(&self, names: &SecretNames) {
        self.add(names);
    }
}

impl Seen {
    fn see(&mut self, path: &[Cow<'_, str>], leaf: Leaf<'_>) {
        let Leaf::Text(value) = leaf else { return };
        with_strs(path, |path| match path {
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
        });
    }

    fn text<'v>(&self, pen: &Pen<'_>, path: &[Cow<'_, str>], value: &'v str) -> Cow<'v, str> {
        if value.is_empty() {
            return Cow::Borrowed(value);
        }
        with_strs(path, |path| match path {
            ["request", "headers" | "setHeaders", name]
            | ["request", "returnOverrides", "headers", name]
            | ["response", "headers", name] => pen.header(name, value),
            ["response", "multivalueHeaders", at, "values", _] => match self.multivalue.get(*at) {
                Some(names) => {
                    let secret = names.iter().find(|name| pen.names.header(name));
                    let name = secret.or(names.iter().next());
                    pen.header(name.map_or("", String::as_str), value)
                }
                None => Cow::Owned(pen.hide(value)),
            },
            ["request", "params" | "addParams" | "extendedParams", name] => {
                if pen.names.param(name) {
                    Cow::Owned(pen.hide(value))
                } else {
                    text::redact(pen, value)
                }
            }
            ["request" | "response", "body"] | ["request", "returnOverrides", "responseBody"] => {
                body::redact(pen, value)
            }
            ["spec", "config_data"] => body::redact(pen, value),
            ["payload"] => Cow::Owned(json::redact(pen, value, json::Kind::Event)),
            ["session", "hmacSecret" | "keyId" | "certificate"]
            | ["session", "jwtData", "secret"]
            | ["session", "basicAuthData", "password" | "hash"]
            | ["session", "oauthKeys", _] => Cow::Owned(pen.hide(value)),
            ["metadata" | "spec", name] | ["session", "metadata", name] => {
                if pen.names.member(name) {
                    Cow::Owned(pen.hide(value))
                } else {
                    body::redact(pen, value)
                }
            }
            _ => text::redact(pen, value),
        })
    }

    fn bytes<'v>(&self, pen: &Pen<'_>, path: &[Cow<'_, str>], value: &'v [u8]) -> Cow<'v, [u8]> {
        let encoded = path.first().is_some_and(|part| self.encoded.contains(&**part));
        body::redact_bytes(pen, value, encoded)
    }
}

/// The parts of a path; no place that is looked at has more of them.
const PARTS: usize = 6;

/// A path as words to compare; what lies deeper than any place that has a name is cut.
fn with_strs<R>(path: &[Cow<'_, str>], look: impl FnOnce(&[&str]) -> R) -> R {
    let mut parts = [""; PARTS];
    for (part, word) in parts.iter_mut().zip(path) {
        *part = word;
    }
    look(&parts[..path.len().min(PARTS)])
}
