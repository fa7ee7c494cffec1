//! A message that was read whole, to be looked at more than once: by a view that learns its secrets, and then to be shown.

use std::borrow::Cow;

use serde_json::Value;

use super::hook::Message;
use super::json::{Form, Plain, View, write};
use super::schema::Schema;
use super::tree::{Node, Tree};
use super::wire::WireError;

/// A message that was read.
pub struct Parsed<'a> {
    bytes: &'a [u8],
    tree: Tree<'a>,
}

/// What a leaf of a message holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Leaf<'a> {
    /// A string.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl<'a> Parsed<'a> {
    /// Reads a message whole.
    pub fn read(message: Message, bytes: &'a [u8]) -> Result<Self, WireError> {
        Ok(Self { bytes, tree: Tree::read(Schema::of(message), bytes)? })
    }

    /// Those that can be read of some: what is no such message is not shown either.
    pub fn those(messages: &[(Message, &'a [u8])]) -> Vec<Self> {
        let read = |&(message, bytes): &(Message, &'a [u8])| Self::read(message, bytes).ok();
        messages.iter().filter_map(read).collect()
    }

    /// What it was read from.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its canonical JSON ([`super::to_json`]).
    pub fn to_json(&self, view: &dyn View) -> Value {
        self.formed(&Plain, view)
    }

    /// The same in another form.
    pub fn formed<F: Form>(&self, form: &F, view: &dyn View) -> F::Value {
        let knowing = view.knowing(std::slice::from_ref(self));
        write(&self.tree, form, knowing.as_deref().unwrap_or(view))
    }

    /// Shows its strings and bytes with their places: canonical JSON names, map keys and list indices.
    pub(crate) fn each(&self, see: &mut dyn FnMut(&[Cow<'_, str>], Leaf<'a>)) {
        look(&self.tree, &mut Vec::new(), see);
    }
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
