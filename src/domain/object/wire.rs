//! The wire form: fields read one after the other without allocation, and the few primitives that write them.
//!
//! Input is hostile: every length is checked, groups are skipped with a stack of bounded depth, nothing recurses.
//! Source: the protobuf encoding guide (`protobuf.dev/programming-guides/encoding`).

/// Bytes that are no protobuf message of the expected type, or text that is not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a protobuf {message}: {detail} at byte {offset}")]
pub struct WireError {
    /// Which message was expected.
    pub message: &'static str,
    /// What was found.
    pub detail: String,
    /// Where, in bytes from the start.
    pub offset: usize,
}

/// How deep groups may nest: protobuf's own limit for messages.
const GROUP_DEPTH: usize = 100;

/// The value of one field, by wire type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 1, little endian.
    Fixed64(u64),
    /// Wire type 2: a string, bytes, a message, or packed numbers.
    Bytes(&'a [u8]),
    /// Wire types 3 and 4: what lies between them. No field of ours is one.
    Group(&'a [u8]),
    /// Wire type 5, little endian.
    Fixed32(u32),
}

/// One field as it was met.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its number.
    pub(crate) number: u32,
    /// Its value.
    pub(crate) value: Value<'a>,
    /// Tag and value as they were.
    pub(crate) raw: &'a [u8],
    /// Where its value ends less the value's own length: the first byte of a string or sub-message.
    pub(crate) offset: usize,
}

impl<'a> Field<'a> {
    /// The bytes of a length-delimited field; `None` for another wire type, which makes a field an unknown one.
    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        match self.value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// The fields of a message in wire order.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'a> {
    message: &'static str,
    bytes: &'a [u8],
    at: usize,
    /// Where `bytes` begins in the outermost message.
    base: usize,
}

impl<'a> Fields<'a> {
    /// Of an outermost message.
    pub(crate) fn new(message: &'static str, bytes: &'a [u8]) -> Self {
        Self { message, bytes, at: 0, base: 0 }
    }

    /// Of a sub-message that begins at `base`.
    pub(crate) fn inside(message: &'static str, bytes: &'a [u8], base: usize) -> Self {
        Self { message, bytes, at: 0, base }
    }

    #[cold]
    fn error(&self, detail: impl Into<String>, at: usize) -> WireError {
        WireError { message: self.message, detail: detail.into(), offset: self.base + at }
    }

    /// The text of a string field.
    pub(crate) fn text(&self, field: &Field<'a>, bytes: &'a [u8]) -> Result<&'a str, WireError> {
        std::str::from_utf8(bytes).map_err(|error| WireError {
            message: self.message,
            detail: format!("text of field {} that is not UTF-8", field.number),
            offset: field.offset + error.valid_up_to(),
        })
    }

    /// Nearly all numbers are of one byte: tags, and lengths of names.
    #[inline]
    fn varint(&mut self) -> Result<u64, WireError> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte < 0x80 => {
                self.at += 1;
                Ok(byte.into())
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, WireError> {
        let start = self.at;
        let mut value = 0_u64;
        for shift in 0..10_u32 {
            let Some(&byte) = self.bytes.get(self.at) else {
                return Err(self.error("the end inside a number", self.bytes.len()));
            };
            self.at += 1;
            if shift == 9 && byte > 1 {
                return Err(self.error("a number of more than 64 bits", start));
            }
            value |= u64::from(byte & 0x7f) << (shift * 7);
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.error("a number of more than 64 bits", start))
    }

    /// Field number and wire type.
    #[inline]
    fn tag(&mut self) -> Result<(u32, u8), WireError> {
        let start = self.at;
        let tag = u32::try_from(self.varint()?)
            .map_err(|_| self.error("a field number out of range", start))?;
        if tag >> 3 == 0 {
            return Err(self.error("field number 0", start));
        }
        Ok((tag >> 3, tag.to_le_bytes()[0] & 7))
    }

    #[inline]
    fn take(&mut self, length: u64) -> Result<&'a [u8], WireError> {
        let rest = &self.bytes[self.at..];
        match usize::try_from(length).ok().filter(|&length| length <= rest.len()) {
            Some(length) => {
                self.at += length;
                Ok(&rest[..length])
            }
            None => Err(self.error(
                format!("a length of {length} where {} bytes are left", rest.len()),
                self.at,
            )),
        }
    }

    #[inline]
    fn scalar(&mut self, wire_type: u8, start: usize) -> Result<Value<'a>, WireError> {
        Ok(match wire_type {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(little_endian(self.take(8)?)),
            2 => {
                let length = self.varint()?;
                Value::Bytes(self.take(length)?)
            }
            5 => {
                let bytes = self.take(4)?;
                Value::Fixed32(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
            }
            4 => return Err(self.error("the end of a group that never began", start)),
            other => return Err(self.error(format!("wire type {other}"), start)),
        })
    }

    /// What lies between a group's begin and its end, groups in it included.
    fn group(&mut self, number: u32) -> Result<&'a [u8], WireError> {
        let inside = self.at;
        let mut open = vec![number];
        loop {
            let start = self.at;
            let (number, wire_type) = self.tag()?;
            match wire_type {
                3 if open.len() == GROUP_DEPTH => {
                    return Err(self.error("groups nested too deep", start));
                }
                3 => open.push(number),
                4 if open.pop() != Some(number) => {
                    return Err(self.error("the end of another group", start));
                }
                4 if open.is_empty() => return Ok(&self.bytes[inside..start]),
                4 => {}
                other => {
                    self.scalar(other, start)?;
                }
            }
        }
    }

    #[inline]
    fn field(&mut self) -> Result<Field<'a>, WireError> {
        let start = self.at;
        let (number, wire_type) = self.tag()?;
        let value = match wire_type {
            3 => Value::Group(self.group(number)?),
            other => self.scalar(other, start)?,
        };
        let length = match value {
            Value::Bytes(bytes) => bytes.len(),
            _ => 0,
        };
        let raw = &self.bytes[start..self.at];
        Ok(Field { number, value, raw, offset: self.base + self.at - length })
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, WireError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.at = self.bytes.len();
        }
        Some(field)
    }
}

/// The low 32 bits, as protobuf reads an int32 or an enum.
#[expect(clippy::cast_possible_truncation, reason = "the upper bits are dropped by the format")]
pub(crate) fn int32(number: u64) -> i32 {
    number as i32
}

fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte))
}

/// The key and the value of an entry of a `map<string, …>`: the last of each, as protobuf demands, empty if absent.
/// The number is where the value begins.
pub(crate) fn entry<'a>(
    message: &'static str,
    field: &Field<'a>,
    bytes: &'a [u8],
) -> Result<(&'a str, &'a [u8], usize), WireError> {
    if let Some((key, value)) = usual_entry(bytes)
        && let Ok(key) = std::str::from_utf8(key)
    {
        return Ok((key, value, field.offset + bytes.len() - value.len()));
    }
    any_entry(message, field, bytes)
}

fn any_entry<'a>(
    message: &'static str,
    field: &Field<'a>,
    bytes: &'a [u8],
) -> Result<(&'a str, &'a [u8], usize), WireError> {
    let fields = Fields::inside(message, bytes, field.offset);
    let (mut key, mut value, mut at) = ("", &bytes[..0], field.offset);
    for part in fields.clone() {
        let part = part?;
        match (part.number, part.bytes()) {
            (1, Some(bytes)) => key = fields.text(&part, bytes)?,
            (2, Some(bytes)) => (value, at) = (bytes, part.offset),
            _ => {}
        }
    }
    Ok((key, value, at))
}

/// Key and value of an entry that is written as all writers do: a short key, a value, and nothing else.
pub(crate) fn usual_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let [0x0a, length @ ..0x80, rest @ ..] = bytes else { return None };
    let (key, rest) = rest.split_at_checked(usize::from(*length))?;
    let (length, value) = match rest {
        [0x12, length @ ..0x80, value @ ..] => (usize::from(*length), value),
        [0x12, low, high @ ..0x80, value @ ..] => {
            (usize::from(low & 0x7f) | usize::from(*high) << 7, value)
        }
        _ => return None,
    };
    (value.len() == length).then_some((key, value))
}

/// The same of a `map<string, string>`.
pub(crate) fn text_entry<'a>(
    message: &'static str,
    field: &Field<'a>,
    bytes: &'a [u8],
) -> Result<(&'a str, &'a str), WireError> {
    let (key, value, at) = entry(message, field, bytes)?;
    let value = std::str::from_utf8(value).map_err(|error| WireError {
        message,
        detail: format!("text of field {} that is not UTF-8", field.number),
        offset: at + error.valid_up_to(),
    })?;
    Ok((key, value))
}

/// Appends a varint.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Appends a length-delimited field.
pub(crate) fn put_bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    put_varint(out, u64::from(number << 3 | 2));
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends a string field, unless it is empty: the default is left out.
pub(crate) fn put_text(out: &mut Vec<u8>, number: u32, text: &str) {
    if !text.is_empty() {
        put_bytes(out, number, text.as_bytes());
    }
}

/// Appends an entry of a `map<string, string>`, key and value always written, as Go does.
pub(crate) fn put_entry(out: &mut Vec<u8>, number: u32, key: &str, value: &str) {
    let mut entry = Vec::with_capacity(key.len() + value.len() + 8);
    put_bytes(&mut entry, 1, key.as_bytes());
    put_bytes(&mut entry, 2, value.as_bytes());
    put_bytes(out, number, &entry);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_usual_entry_is_what_any_entry_is(
            key in "[a-c]{0,3}",
            length in prop_oneof![0..4_usize, 120..140_usize],
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        ) {
            let mut bytes = Vec::new();
            put_text(&mut bytes, 1, &key);
            put_bytes(&mut bytes, 2, &vec![b'v'; length]);
            for (at, byte) in changes {
                let at = at.index(bytes.len().max(1));
                bytes[at..].iter_mut().take(1).for_each(|old| *old = byte);
            }
            let field = Field { number: 1, value: Value::Bytes(&bytes), raw: &bytes, offset: 7 };
            prop_assert_eq!(entry("Object", &field, &bytes), any_entry("Object", &field, &bytes));
            let parts: Vec<_> = Fields::new("Object", &bytes).collect();
            if usual_entry(&bytes).is_some() {
                prop_assert_eq!(parts.len(), 2);
            }
        }
    }

    fn read(bytes: &[u8]) -> Result<Vec<(u32, Value<'_>)>, WireError> {
        Fields::new("Object", bytes).map(|field| field.map(|f| (f.number, f.value))).collect()
    }

    #[test]
    fn every_wire_type_is_read() {
        let bytes = [
            0x08, 0x96, 0x01, // 1: 150
            0x11, 1, 0, 0, 0, 0, 0, 0, 0x80, // 2: fixed64
            0x1a, 0x02, b'h', b'i', // 3: "hi"
            0x23, 0x08, 0x01, 0x24, // 4: a group with 1: 1
            0x2d, 1, 2, 0, 0, // 5: fixed32
        ];
        let fields = read(&bytes).unwrap();
        assert_eq!(
            fields,
            vec![
                (1, Value::Varint(150)),
                (2, Value::Fixed64(0x8000_0000_0000_0001)),
                (3, Value::Bytes(b"hi")),
                (4, Value::Group(&[0x08, 0x01])),
                (5, Value::Fixed32(0x0201)),
            ]
        );
    }

    #[test]
    fn hostile_bytes_are_errors_that_say_where() {
        let cases: [(&[u8], &str, usize); 12] = [
            (&[0x08], "end inside a number", 1),
            (&[0x80], "end inside a number", 1),
            (&[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], "64 bits", 1),
            (&[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "64 bits", 1),
            (&[0x00, 0x01], "field number 0", 0),
            (&[0xff, 0xff, 0xff, 0xff, 0x7f, 0x01], "out of range", 0),
            (&[0x1a, 0x05, b'a'], "a length of 5 where 1", 2),
            (
                &[0x1a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
                "where 0 bytes",
                11,
            ),
            (&[0x11, 1, 2], "a length of 8 where 2", 1),
            (&[0x0e], "wire type 6", 0),
            (&[0x24], "never began", 0),
            (&[0x23, 0x2c], "another group", 1),
        ];
        for (bytes, detail, offset) in cases {
            let error = read(bytes).unwrap_err();
            assert!(error.detail.contains(detail), "{bytes:02x?}: {error}");
            assert_eq!(error.offset, offset, "{bytes:02x?}: {error}");
        }
    }

    #[test]
    fn overlong_numbers_are_taken_and_deep_groups_are_not() {
        assert_eq!(read(&[0x88, 0x00, 0x81, 0x00]).unwrap(), vec![(1, Value::Varint(1))]);
        let deep = vec![0x23; 1 << 20];
        assert!(read(&deep).unwrap_err().detail.contains("too deep"));
        assert!(read(&[0x23, 0x23]).unwrap_err().detail.contains("the end inside"));
    }

    #[test]
    fn an_entry_takes_the_last_key_and_value_and_defaults_what_is_absent() {
        let whole = [0x0a, 1, b'a', 0x0a, 1, b'b', 0x12, 1, b'v', 0x18, 1];
        let mut field = Vec::new();
        put_bytes(&mut field, 5, &whole);
        let met = Fields::new("Object", &field).next().unwrap().unwrap();
        assert_eq!(text_entry("Object", &met, met.bytes().unwrap()).unwrap(), ("b", "v"));
        let mut field = Vec::new();
        put_bytes(&mut field, 5, &[]);
        let met = Fields::new("Object", &field).next().unwrap().unwrap();
        assert_eq!(text_entry("Object", &met, met.bytes().unwrap()).unwrap(), ("", ""));
    }

    #[test]
    fn text_that_is_not_utf8_is_an_error_with_its_place() {
        let mut field = Vec::new();
        put_bytes(&mut field, 5, &[0x0a, 1, b'a', 0x12, 2, b'v', 0xff]);
        let met = Fields::new("Object", &field).next().unwrap().unwrap();
        let error = text_entry("Object", &met, met.bytes().unwrap()).unwrap_err();
        assert_eq!(error.offset, 8);
    }
}
