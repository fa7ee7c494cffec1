//! Equality as messages: order and encoding apart, unknown fields included.

use super::hook::{Hook, Message};
use super::schema::Schema;
use super::tree::{Node, Tree, well_formed};
use super::wire::WireError;

/// Whether two wire forms are equal as messages: maps unordered, defaults as good as absent, an empty sub-message other
/// than none, unknown fields included. Bytes that are no such message equal nothing but themselves.
pub fn same(message: Message, a: &[u8], b: &[u8]) -> bool {
    if a == b {
        return true;
    }
    let schema = Schema::of(message);
    matches!((Tree::read(schema, a), Tree::read(schema, b)), (Ok(a), Ok(b)) if a == b)
}

/// Whether an answer equals its Object but for what it leaves out as [`trim`](super::trim) does. An error where one of
/// them is no Object.
pub fn same_when_trimmed(object: &[u8], answer: &[u8]) -> Result<bool, WireError> {
    let schema = Schema::of(Message::Object);
    let mut object = Tree::read(schema, object)?;
    let answer = Tree::read(schema, answer)?;
    let hook = match object.get(1) {
        Some(Node::Enum(number)) => Hook::from_number(*number),
        _ => Hook::Unknown,
    };
    if hook.is_request_hook() {
        leave_out(&mut object, &answer, 3, 4);
    } else {
        if answer.message(3).is_none() {
            object.remove(3);
        }
        leave_out(&mut object, &answer, 7, 3);
    }
    Ok(object == answer)
}

/// Removes a text of a sub-message that the answer does not have.
fn leave_out(object: &mut Tree<'_>, answer: &Tree<'_>, message: u32, text: u32) {
    let absent = answer.message(message).is_some_and(|part| part.get(text).is_none());
    if let (true, Some(part)) = (absent, object.message_mut(message)) {
        part.remove(text);
    }
}

/// An error where bytes are no such message: malformed, or with text that is not UTF-8, in any of its fields.
pub fn check(message: Message, bytes: &[u8]) -> Result<(), WireError> {
    well_formed(Schema::of(message), bytes, 0)
}
