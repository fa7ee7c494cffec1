//! Canonical JSON, as Google's `MessageToJson` writes it and as users know it from the reference server.
//!
//! lowerCamelCase names in order of field numbers, defaults left out, enums by name (numbers where there is none),
//! 64-bit integers as strings, bytes as base64, present sub-messages shown even when empty, `NaN` and `Infinity` as
//! strings, unknown fields left out, maps sorted by key. It is written only through a [`View`].

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Number, Value};

use super::hook::Message;
use super::schema::{Kind, Schema};
use super::secret_names::SecretNames;
use super::tree::{Node, Tree};
use super::wire::WireError;

/// How secrets of a message are written; implemented by `redact`.
///
/// There is no function from a message to text without one.
pub trait View {
    /// The text to show for a string at this place; `path` are the canonical JSON names, map keys and list indices
    /// that lead there.
    fn text<'a>(&self, path: &[Cow<'_, str>], value: &'a str) -> Cow<'a, str>;

    /// The bytes to show for a bytes field at this place; they become base64.
    fn bytes<'a>(&self, path: &[Cow<'_, str>], value: &'a [u8]) -> Cow<'a, [u8]>;

    /// The text to show for the key of a map's entry; `path` leads to the map.
    fn key<'a>(&self, _path: &[Cow<'_, str>], key: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(key)
    }

    /// A view for writing these messages and what belongs to them, which has looked at all of them before any is
    /// written: a secret that is known as one in one place may stand in another, of an answer too. `None` where this
    /// view needs no such look.
    fn knowing<'v>(&'v self, _messages: &[(Message, &'v [u8])]) -> Option<Box<dyn View + 'v>> {
        None
    }

    /// Hides from now on what stands under these names as well.
    fn learn(&self, _names: &SecretNames) {}
}

/// What a leaf of a message holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Leaf<'a> {
    /// A string.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// The strings and bytes of a message with their places, to be looked at more than once.
pub(crate) struct Leaves<'a>(Tree<'a>);

impl<'a> Leaves<'a> {
    /// Of a message that is read whole.
    pub(crate) fn read(message: Message, bytes: &'a [u8]) -> Result<Self, WireError> {
        Tree::read(Schema::of(message), bytes).map(Self)
    }

    /// Shows them one after the other.
    pub(crate) fn each(&self, see: &mut dyn FnMut(&[Cow<'_, str>], Leaf<'a>)) {
        look(&self.0, &mut Vec::new(), see);
    }
}

/// Shows the strings and bytes of a message with their places.
pub(crate) fn each_leaf<'a>(
    message: Message,
    bytes: &'a [u8],
    see: &mut dyn FnMut(&[Cow<'_, str>], Leaf<'a>),
) -> Result<(), WireError> {
    Leaves::read(message, bytes)?.each(see);
    Ok(())
}

fn look<'t, 'a>(
    tree: &'t Tree<'a>,
    path: &mut Vec<Cow<'t, str>>,
    see: &mut dyn FnMut(&[Cow<'_, str>], Leaf<'a>),
) {
    for (number, node) in &tree.fields {
        if let Some(field) = tree.schema.field(*number) {
            path.push(Cow::Borrowed(&field.json));
            look_at(node, path, see);
            path.pop();
        }
    }
}

fn look_at<'t, 'a>(
    node: &'t Node<'a>,
    path: &mut Vec<Cow<'t, str>>,
    see: &mut dyn FnMut(&[Cow<'_, str>], Leaf<'a>),
) {
    match node {
        Node::Text(text) => see(path, Leaf::Text(text)),
        Node::Bytes(bytes) => see(path, Leaf::Bytes(bytes)),
        Node::Message(tree) => look(tree, path, see),
        Node::List(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Cow::Owned(at.to_string()));
                look_at(item, path, see);
                path.pop();
            }
        }
        Node::Map(entries) => {
            for (key, value) in entries {
                path.push(Cow::Borrowed(*key));
                look_at(value, path, see);
                path.pop();
            }
        }
        Node::Int32(_) | Node::Int64(_) | Node::Double(_) | Node::Bool(_) | Node::Enum(_) => {}
    }
}

/// The canonical JSON of a message, as Google's `MessageToJson` writes it, maps sorted by key.
pub fn to_json(message: Message, bytes: &[u8], view: &dyn View) -> Result<Value, WireError> {
    let tree = Tree::read(Schema::of(message), bytes)?;
    let knowing = view.knowing(&[(message, bytes)]);
    let view = knowing.as_deref().unwrap_or(view);
    Ok(Writer { view, path: Vec::new() }.message(&tree))
}

struct Writer<'v, 't> {
    view: &'v dyn View,
    path: Vec<Cow<'t, str>>,
}

impl<'t> Writer<'_, 't> {
    fn message(&mut self, tree: &'t Tree<'_>) -> Value {
        let mut members = Map::with_capacity(tree.fields.len());
        for (number, node) in &tree.fields {
            let Some(field) = tree.schema.field(*number) else { continue };
            self.path.push(Cow::Borrowed(&field.json));
            let value = self.node(&field.kind, node);
            self.path.pop();
            members.insert(field.json.clone(), value);
        }
        Value::Object(members)
    }

    fn node(&mut self, kind: &Kind, node: &'t Node<'_>) -> Value {
        match node {
            Node::Int32(number) => (*number).into(),
            Node::Int64(number) => number.to_string().into(),
            Node::Double(bits) => double(f64::from_bits(*bits)),
            Node::Bool(value) => (*value).into(),
            Node::Enum(number) => match kind {
                Kind::Enum(names) => match names.get_value(*number) {
                    Some(value) => value.name().into(),
                    None => (*number).into(),
                },
                _ => (*number).into(),
            },
            Node::Text(text) => self.view.text(&self.path, text).into_owned().into(),
            Node::Bytes(bytes) => BASE64_STANDARD.encode(self.view.bytes(&self.path, bytes)).into(),
            Node::Message(tree) => self.message(tree),
            Node::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    self.path.push(Cow::Owned(at.to_string()));
                    list.push(self.node(kind, item));
                    self.path.pop();
                }
                list.into()
            }
            Node::Map(entries) => {
                let mut members = Map::with_capacity(entries.len());
                for (key, node) in entries {
                    let name = self.view.key(&self.path, key).into_owned();
                    self.path.push(Cow::Borrowed(*key));
                    let value = self.node(kind, node);
                    self.path.pop();
                    members.insert(name, value);
                }
                members.into()
            }
        }
    }
}

/// JSON has no numbers for these three; protobuf's mapping names them.
fn double(value: f64) -> Value {
    match Number::from_f64(value) {
        Some(number) => Value::Number(number),
        None if value.is_nan() => "NaN".into(),
        None if value > 0.0 => "Infinity".into(),
        None => "-Infinity".into(),
    }
}
