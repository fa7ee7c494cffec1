//! From a JSON value to rows.

use serde_json::Value;

use super::{Name, Node, Shape};

/// No screen shows more of one value; copies take the whole.
const LONGEST: usize = 4096;

pub(super) fn flatten(document: &Value) -> Vec<Node> {
    let mut nodes = Vec::new();
    push(&mut nodes, document, Name::Root, 0, 0);
    nodes
}

/// Depth is bounded by the protobuf decoder and `serde_json`'s own limit of 128.
fn push(nodes: &mut Vec<Node>, value: &Value, name: Name, depth: u16, parent: u32) {
    let index = nodes.len();
    let here = number(index);
    let shape = match value {
        Value::Null => Shape::Literal("null"),
        Value::Bool(true) => Shape::Literal("true"),
        Value::Bool(false) => Shape::Literal("false"),
        Value::Number(digits) => Shape::Number(digits.to_string().into()),
        Value::String(text) => Shape::Text(written(text)),
        Value::Array(items) => Shape::Array(number(items.len())),
        Value::Object(members) => Shape::Object(number(members.len())),
    };
    nodes.push(Node { depth, parent, end: 0, folded: false, name, shape });
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                push(nodes, item, Name::Index(number(at)), depth + 1, here);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                push(nodes, member, Name::Member(name.as_str().into()), depth + 1, here);
            }
        }
        _ => {}
    }
    nodes[index].end = number(nodes.len());
}

/// A string as JSON writes it, so that a line break is seen as what it is.
fn written(text: &str) -> Box<str> {
    let cut = match text.char_indices().nth(LONGEST) {
        Some((at, _)) => &text[..at],
        None => text,
    };
    let mut written = Value::from(cut).to_string();
    if cut.len() < text.len() {
        written.pop();
        written.push('…');
    }
    written.into()
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
