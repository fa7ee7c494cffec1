//! Go's `encoding/json`, as far as a manifest shows it.

use std::collections::BTreeMap;

use super::{Config, Definition, Extractor, Manifest, Middleware, Mismatch, Trailing};
use crate::domain::json::{Document, Kind, Value, go_number, quote};

/// What a Gateway or the reference tool reads, and every value whose type does not fit, in the text's order: readers
/// stop at the first.
pub(super) fn decode(document: &Document, trailing: Trailing) -> (Manifest, Vec<Mismatch>) {
    let mut decoder = Decoder { mismatches: Vec::new(), newer_keys: trailing == Trailing::Refused };
    let mut slots = Slots::default();
    let root = document.root();
    if root.kind() == Kind::Null && trailing == Trailing::Refused {
        // The reference tool ends on it; a Gateway reads it as an empty manifest.
        decoder.mismatch(root, "the manifest", "an object");
    } else {
        decoder.manifest(&mut slots, root);
    }
    (slots.into_manifest(), decoder.mismatches)
}

/// A Go slice: what lies beyond its length is still there, and comes back when an equal key makes it longer again.
#[derive(Default)]
struct Slice<T> {
    items: Vec<T>,
    /// `None` is Go's nil.
    length: Option<usize>,
}

impl<T> Slice<T> {
    fn into_list(mut self) -> Option<Vec<T>> {
        self.items.truncate(self.length?);
        Some(self.items)
    }
}

#[derive(Default)]
struct Slots {
    manifest: Manifest,
    file_list: Slice<String>,
    pre: Slice<Definition>,
    post: Slice<Definition>,
    post_key_auth: Slice<Definition>,
    response: Slice<Definition>,
}

impl Slots {
    fn into_manifest(self) -> Manifest {
        let Self { manifest, file_list, pre, post, post_key_auth, response } = self;
        Manifest {
            file_list: file_list.into_list(),
            custom_middleware: Middleware {
                pre: pre.into_list(),
                post: post.into_list(),
                post_key_auth: post_key_auth.into_list(),
                response: response.into_list(),
                ..manifest.custom_middleware
            },
            ..manifest
        }
    }
}

struct Decoder {
    mismatches: Vec<Mismatch>,
    /// Whether `code` and `traffic_logs` are known; a Gateway up to 5.14 passes over them, whatever they are.
    newer_keys: bool,
}

impl Decoder {
    fn mismatch(&mut self, value: Value<'_>, what: &str, expected: &str) {
        let message = format!("{what} is {}, expected {expected}", value.kind().word());
        self.mismatches.push(Mismatch { message, place: value.place() });
    }

    /// Members with their known names; `null` is nothing, another type a mismatch.
    fn fields<'a>(
        &mut self,
        value: Value<'a>,
        what: &str,
        names: &[&'static str],
    ) -> Vec<(&'static str, Value<'a>)> {
        match value.kind() {
            Kind::Object => value
                .children()
                .filter_map(|child| Some((super::names::known(&child.key()?, names)?, child)))
                .collect(),
            Kind::Null => Vec::new(),
            _ => {
                self.mismatch(value, what, "an object");
                Vec::new()
            }
        }
    }

    fn manifest(&mut self, slots: &mut Slots, value: Value<'_>) {
        for (name, value) in self.fields(value, "the manifest", super::names::TOP) {
            match name {
                "file_list" => {
                    let expected = "a list of file names, such as [\"middleware.py\"]";
                    self.list(
                        &mut slots.file_list,
                        value,
                        name,
                        expected,
                        |decoder, slot, value| {
                            decoder.text(slot, value, "a file name");
                        },
                    );
                }
                "custom_middleware" => self.middleware(slots, value),
                "checksum" => self.text(&mut slots.manifest.checksum, value, name),
                _ => self.text(&mut slots.manifest.signature, value, name),
            }
        }
    }

    fn middleware(&mut self, slots: &mut Slots, value: Value<'_>) {
        for (name, value) in self.fields(value, "custom_middleware", super::names::MIDDLEWARE) {
            let middleware = &mut slots.manifest.custom_middleware;
            match name {
                "pre" => self.definitions(&mut slots.pre, value, name),
                "post" => self.definitions(&mut slots.post, value, name),
                "post_key_auth" => self.definitions(&mut slots.post_key_auth, value, name),
                "response" => self.definitions(&mut slots.response, value, name),
                "auth_check" => self.definition(&mut middleware.auth_check, value, name),
                "traffic_logs" if self.newer_keys && value.kind() != Kind::Null => {
                    let slot = middleware.traffic_logs.get_or_insert_default();
                    self.definition(slot, value, name);
                }
                "traffic_logs" => {}
                "driver" => self.text(&mut middleware.driver, value, name),
                _ => self.extractor(&mut middleware.id_extractor, value),
            }
        }
    }

    fn definitions(&mut self, slot: &mut Slice<Definition>, value: Value<'_>, name: &str) {
        let expected = "a list of definitions, such as [{\"name\": \"MyHook\"}]";
        self.list(slot, value, name, expected, |decoder, slot, value| {
            decoder.definition(slot, value, "a definition");
        });
    }

    fn definition(&mut self, slot: &mut Definition, value: Value<'_>, what: &str) {
        for (name, value) in self.fields(value, what, super::names::DEFINITION) {
            match name {
                "disabled" => self.bool(&mut slot.disabled, value, name),
                "name" => self.text(&mut slot.name, value, name),
                "path" => self.text(&mut slot.path, value, name),
                "code" if self.newer_keys => self.text(&mut slot.code, value, name),
                "code" => {}
                "require_session" => self.bool(&mut slot.require_session, value, name),
                _ => self.bool(&mut slot.raw_body_only, value, name),
            }
        }
    }

    fn extractor(&mut self, slot: &mut Extractor, value: Value<'_>) {
        for (name, value) in self.fields(value, "id_extractor", super::names::EXTRACTOR) {
            match name {
                "disabled" => self.bool(&mut slot.disabled, value, name),
                "extract_from" => self.text(&mut slot.extract_from, value, name),
                "extract_with" => self.text(&mut slot.extract_with, value, name),
                _ => match value.kind() {
                    Kind::Null => slot.extractor_config = None,
                    // An equal key adds to the map of the earlier one.
                    Kind::Object => {
                        let map = slot.extractor_config.get_or_insert_default();
                        for child in value.children() {
                            let config = self.config(child);
                            map.insert(child.key().unwrap_or_default(), config);
                        }
                    }
                    _ => self.mismatch(value, name, "an object"),
                },
            }
        }
    }

    fn config(&mut self, value: Value<'_>) -> Config {
        match value.kind() {
            Kind::Null => Config::Null,
            Kind::Bool => Config::Bool(value.bool().unwrap_or_default()),
            Kind::Number => Config::Number(self.number(value)),
            Kind::String => Config::Text(value.string().unwrap_or_default()),
            Kind::Array | Kind::Object => Config::Other(self.nested(value)),
        }
    }

    /// The canonical text of a list or an object: keys sorted, the last of equal ones, without recursion.
    fn nested(&mut self, value: Value<'_>) -> String {
        enum Work<'a> {
            Write(Value<'a>),
            Text(String),
        }
        let mut text = String::new();
        let mut work = vec![Work::Write(value)];
        while let Some(next) = work.pop() {
            let value = match next {
                Work::Text(piece) => {
                    text.push_str(&piece);
                    continue;
                }
                Work::Write(value) => value,
            };
            let mut pieces = Vec::new();
            match value.kind() {
                Kind::Array => {
                    text.push('[');
                    for (at, child) in value.children().enumerate() {
                        pieces.extend((at > 0).then(|| Work::Text(",".into())));
                        pieces.push(Work::Write(child));
                    }
                    pieces.push(Work::Text("]".into()));
                }
                Kind::Object => {
                    text.push('{');
                    let members: BTreeMap<String, Value<'_>> = value
                        .children()
                        .map(|child| (child.key().unwrap_or_default(), child))
                        .collect();
                    for (at, (key, child)) in members.into_iter().enumerate() {
                        let comma = if at > 0 { "," } else { "" };
                        pieces.push(Work::Text(format!("{comma}{}:", quote(&key))));
                        pieces.push(Work::Write(child));
                    }
                    pieces.push(Work::Text("}".into()));
                }
                Kind::String => text.push_str(&quote(&value.string().unwrap_or_default())),
                Kind::Number => text.push_str(&go_number(self.number(value))),
                Kind::Bool | Kind::Null => text.push_str(&String::from_utf8_lossy(value.raw())),
            }
            work.extend(pieces.into_iter().rev());
        }
        text
    }

    fn number(&mut self, value: Value<'_>) -> f64 {
        value.number().unwrap_or_else(|| {
            let message = format!(
                "the number {} is too large: a Gateway reads numbers as doubles",
                String::from_utf8_lossy(&value.raw()[..value.raw().len().min(40)])
            );
            self.mismatches.push(Mismatch { message, place: value.place() });
            0.0
        })
    }

    /// Elements go onto those that an equal key left.
    fn list<'a, T: Default>(
        &mut self,
        slot: &mut Slice<T>,
        value: Value<'a>,
        name: &str,
        expected: &str,
        mut element: impl FnMut(&mut Self, &mut T, Value<'a>),
    ) {
        match value.kind() {
            Kind::Null => *slot = Slice::default(),
            Kind::Array => {
                let mut length = 0;
                for child in value.children() {
                    if length == slot.items.len() {
                        slot.items.push(T::default());
                    }
                    element(self, &mut slot.items[length], child);
                    length += 1;
                }
                if length == 0 {
                    slot.items.clear();
                }
                slot.length = Some(length);
            }
            _ => self.mismatch(value, name, expected),
        }
    }

    fn text(&mut self, slot: &mut String, value: Value<'_>, name: &str) {
        match value.kind() {
            Kind::String => *slot = value.string().unwrap_or_default(),
            Kind::Null => {}
            _ => self.mismatch(value, name, "a string in double quotes"),
        }
    }

    fn bool(&mut self, slot: &mut bool, value: Value<'_>, name: &str) {
        match value.kind() {
            Kind::Bool => *slot = value.bool().unwrap_or_default(),
            Kind::Null => {}
            _ => self.mismatch(value, name, "true or false, without quotes"),
        }
    }
}
