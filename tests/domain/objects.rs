//! Every recording as canonical JSON, and as equal or not.

use bytes::Bytes;
use tyk_tui::domain::object::{
    Edit, Message, complete, from_json, same, same_when_trimmed, to_json, trim,
};
use tyk_tui::domain::redact::Shown;

use crate::recordings::sides;

#[test]
fn json_of_every_recording_is_what_messagetojson_wrote() {
    for side in sides() {
        let json = to_json(side.message, &side.bytes, &Shown).unwrap();
        assert_eq!(json, side.json, "{}", side.name);
    }
}

#[test]
fn every_recording_is_read_back_from_its_json() {
    for side in sides() {
        let read = from_json(side.message, &side.json).unwrap();
        assert!(same(side.message, &side.bytes, &read), "{}", side.name);
    }
}

#[test]
fn an_object_that_no_rule_touches_goes_back_as_the_bytes_that_came() {
    for side in sides() {
        if side.message != Message::Object || !side.name.ends_with("request.pb") {
            continue;
        }
        let object = Bytes::from(side.bytes);
        assert_eq!(complete(&object).unwrap(), object, "{}", side.name);
        assert_eq!(Edit::default().apply(&object).unwrap(), object, "{}", side.name);
        let trimmed = trim(&object).unwrap();
        assert!(same_when_trimmed(&object, &trimmed).unwrap(), "{}", side.name);
        assert_eq!(
            same(Message::Object, &object, &trimmed),
            object.len() == trimmed.len(),
            "{}",
            side.name
        );
    }
}

/// Fields in another order, numbers written long, a sub-message in two parts.
#[test]
fn another_encoding_of_the_same_recording_is_equal() {
    for side in sides() {
        if side.message != Message::Object {
            continue;
        }
        let mut turned = Vec::new();
        let fields = top_level(&side.bytes);
        // Singular and map fields only, so their order does not matter at this level.
        for field in fields.iter().rev() {
            turned.extend_from_slice(field);
        }
        // An empty second part of a message that is there merges into it.
        if fields.iter().any(|field| field[0] == 0x1a) {
            turned.extend([0x1a, 0x80, 0x00]);
        }
        assert!(same(Message::Object, &side.bytes, &turned), "{}", side.name);
        turned.extend([0x98, 0x06, 0x01]);
        assert!(!same(Message::Object, &side.bytes, &turned), "{}", side.name);
    }
}

/// Tag and value of each field of an Object, whose fields are all varints below 128 or length-delimited.
fn top_level(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut fields = Vec::new();
    while let Some(&tag) = bytes.first() {
        let length = if tag.trailing_zeros() >= 3 {
            2
        } else {
            let digits = 1 + bytes[1..].iter().position(|&byte| byte < 0x80).unwrap();
            let length =
                bytes[1..=digits].iter().rev().fold(0, |n, &b| n << 7 | usize::from(b & 0x7f));
            1 + digits + length
        };
        let (field, rest) = bytes.split_at(length);
        fields.push(field);
        bytes = rest;
    }
    fields
}
