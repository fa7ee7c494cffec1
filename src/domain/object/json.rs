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
use super::parsed::Parsed;
use super::schema::Kind;
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
    fn knowing<'v>(&'v self, _messages: &[Parsed<'v>]) -> Option<Box<dyn View + 'v>> {
        None
    }

    /// Hides from now on what stands under these names as well.
    fn learn(&self, _names: &SecretNames) {}
}

/// What JSON is made as: serde's values, or those of who computes with them.
pub trait Form {
    /// A value.
    type Value;
    /// The members of an object that is under way.
    type Members;

    /// A boolean.
    fn bool(&self, value: bool) -> Self::Value;
    /// A whole number.
    fn int(&self, number: i32) -> Self::Value;
    /// A number that is finite.
    fn double(&self, number: f64) -> Self::Value;
    /// A text; one that is borrowed may be a part of the message.
    fn text(&self, text: Cow<'_, str>) -> Self::Value;
    /// An array.
    fn list(&self, items: Vec<Self::Value>) -> Self::Value;
    /// Room for so many members.
    fn members(&self, count: usize) -> Self::Members;
    /// One more of them, which has the name of a field.
    fn field(&self, members: &mut Self::Members, name: &'static str, value: Self::Value);
    /// One more of them; of two with one name, which a view may have made alike, the last counts.
    fn member(&self, members: &mut Self::Members, name: Cow<'_, str>, value: Self::Value);
    /// An object.
    fn object(&self, members: Self::Members) -> Self::Value;
}

/// [`Value`]s.
pub(super) struct Plain;

impl Form for Plain {
    type Value = Value;
    type Members = Map<String, Value>;

    fn bool(&self, value: bool) -> Value {
        value.into()
    }
    fn int(&self, number: i32) -> Value {
        number.into()
    }
    fn double(&self, number: f64) -> Value {
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }
    fn text(&self, text: Cow<'_, str>) -> Value {
        text.into_owned().into()
    }
    fn list(&self, items: Vec<Value>) -> Value {
        items.into()
    }
    fn members(&self, count: usize) -> Self::Members {
        Map::with_capacity(count)
    }
    fn field(&self, members: &mut Self::Members, name: &'static str, value: Value) {
        members.insert(name.to_owned(), value);
    }
    fn member(&self, members: &mut Self::Members, name: Cow<'_, str>, value: Value) {
        members.insert(name.into_owned(), value);
    }
    fn object(&self, members: Self::Members) -> Value {
        members.into()
    }
}

/// The canonical JSON of a message, as Google's `MessageToJson` writes it, maps sorted by key.
pub fn to_json(message: Message, bytes: &[u8], view: &dyn View) -> Result<Value, WireError> {
    Ok(Parsed::read(message, bytes)?.to_json(view))
}

/// The JSON of a message that was read, in a form, through a view that knows the messages it is to know.
pub(super) fn write<F: Form>(tree: &Tree<'_>, form: &F, view: &dyn View) -> F::Value {
    Writer { form, view, path: Vec::new() }.message(tree)
}

struct Writer<'v, 't, F> {
    form: &'v F,
    view: &'v dyn View,
    path: Vec<Cow<'t, str>>,
}

impl<'t, F: Form> Writer<'_, 't, F> {
    fn message(&mut self, tree: &'t Tree<'_>) -> F::Value {
        let mut members = self.form.members(tree.fields.len());
        for (number, node) in &tree.fields {
            let Some(field) = tree.schema.field(*number) else { continue };
            self.path.push(Cow::Borrowed(&field.json));
            let value = self.node(&field.kind, node);
            self.path.pop();
            self.form.field(&mut members, &field.json, value);
        }
        self.form.object(members)
    }

    fn node(&mut self, kind: &Kind, node: &'t Node<'_>) -> F::Value {
        let form = self.form;
        match node {
            Node::Int32(number) => form.int(*number),
            Node::Int64(number) => form.text(number.to_string().into()),
            Node::Double(bits) => double(form, f64::from_bits(*bits)),
            Node::Bool(value) => form.bool(*value),
            Node::Enum(number) => match kind {
                Kind::Enum(names) => match names.get_value(*number) {
                    Some(value) => form.text(value.name().into()),
                    None => form.int(*number),
                },
                _ => form.int(*number),
            },
            Node::Text(text) => form.text(self.view.text(&self.path, text)),
            Node::Bytes(bytes) => {
                form.text(BASE64_STANDARD.encode(self.view.bytes(&self.path, bytes)).into())
            }
            Node::Message(tree) => self.message(tree),
            Node::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    self.path.push(Cow::Owned(at.to_string()));
                    list.push(self.node(kind, item));
                    self.path.pop();
                }
                form.list(list)
            }
            Node::Map(entries) => {
                let mut members = form.members(entries.len());
                for (key, node) in entries {
                    let name = self.view.key(&self.path, key);
                    self.path.push(Cow::Borrowed(*key));
                    let value = self.node(kind, node);
                    self.path.pop();
                    form.member(&mut members, name, value);
                }
                form.object(members)
            }
        }
    }
}

/// JSON has no numbers for these three; protobuf's mapping names them.
fn double<F: Form>(form: &F, value: f64) -> F::Value {
    if value.is_finite() {
        form.double(value)
    } else if value.is_nan() {
        form.text("NaN".into())
    } else if value > 0.0 {
        form.text("Infinity".into())
    } else {
        form.text("-Infinity".into())
    }
}
