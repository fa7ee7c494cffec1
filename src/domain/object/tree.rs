//! A message read whole, as protobuf merges it: the last of a singular scalar counts, sub-messages merge, map entries
//! replace each other, defaults are as good as absent, what is unknown is kept.
//!
//! Texts and bytes are borrowed. Depth is that of the messages themselves, which do not nest in one another.

use super::schema::{FieldSchema, Kind, Schema, Shape};
use super::wire::{Field, Fields, Value, WireError, entry, int32, text_entry, usual_entry};

/// A message.
pub(super) struct Tree<'a> {
    pub(super) schema: &'static Schema,
    /// In the order of their numbers.
    pub(super) fields: Vec<(u32, Node<'a>)>,
    /// By number, in wire order within one number.
    pub(super) unknown: Vec<(u32, Value<'a>)>,
}

/// The value of a field.
#[derive(PartialEq)]
pub(super) enum Node<'a> {
    Int32(i32),
    Int64(i64),
    /// The bits, so that a NaN equals itself and -0 is not the default.
    Double(u64),
    Bool(bool),
    Enum(i32),
    Text(&'a str),
    Bytes(&'a [u8]),
    Message(Tree<'a>),
    List(Vec<Node<'a>>),
    /// In the order of their keys, each once.
    Map(Vec<(&'a str, Node<'a>)>),
}

impl PartialEq for Tree<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields && self.unknown == other.unknown
    }
}

impl<'a> Tree<'a> {
    /// Reads a whole message.
    pub(super) fn read(schema: &'static Schema, bytes: &'a [u8]) -> Result<Self, WireError> {
        let mut tree = Self::empty(schema);
        tree.merge(bytes, 0)?;
        tree.settle();
        Ok(tree)
    }

    fn empty(schema: &'static Schema) -> Self {
        Self { schema, fields: Vec::new(), unknown: Vec::new() }
    }

    /// Puts maps in order, once all entries have come: of those with one key the last counts.
    fn settle(&mut self) {
        for (_, node) in &mut self.fields {
            node.settle();
        }
    }

    /// The value of a field, where it is present.
    pub(super) fn get(&self, number: u32) -> Option<&Node<'a>> {
        let at = self.place(number).ok()?;
        Some(&self.fields[at].1)
    }

    /// Takes a field out.
    pub(super) fn remove(&mut self, number: u32) {
        if let Ok(at) = self.place(number) {
            self.fields.remove(at);
        }
    }

    /// The value of a field, which is put there where it was not.
    fn get_or_put(&mut self, number: u32, new: impl FnOnce() -> Node<'a>) -> &mut Node<'a> {
        let at = self.place(number).unwrap_or_else(|at| {
            self.fields.insert(at, (number, new()));
            at
        });
        &mut self.fields[at].1
    }

    /// Where a field is, or belongs: most come in order.
    fn place(&self, number: u32) -> Result<usize, usize> {
        match self.fields.last() {
            Some((last, _)) if *last < number => Err(self.fields.len()),
            _ => self.fields.binary_search_by_key(&number, |(number, _)| *number),
        }
    }

    /// The sub-message of a field, where it is present.
    pub(super) fn message(&self, number: u32) -> Option<&Self> {
        match self.get(number) {
            Some(Node::Message(tree)) => Some(tree),
            _ => None,
        }
    }

    /// The sub-message of a field, to change it.
    pub(super) fn message_mut(&mut self, number: u32) -> Option<&mut Self> {
        let at = self.place(number).ok()?;
        match &mut self.fields[at].1 {
            Node::Message(tree) => Some(tree),
            _ => None,
        }
    }

    fn merge(&mut self, bytes: &'a [u8], base: usize) -> Result<(), WireError> {
        let fields = Fields::inside(self.schema.name, bytes, base);
        for field in fields.clone() {
            let field = field?;
            let known = match self.schema.field(field.number) {
                Some(schema) => self.put(schema, &fields, &field)?,
                None => false,
            };
            if !known {
                self.unknown.push((field.number, field.value));
            }
        }
        self.unknown.sort_by_key(|(number, _)| *number);
        Ok(())
    }

    /// False where the wire type is not the field's, which makes it unknown.
    fn put(
        &mut self,
        schema: &'static FieldSchema,
        fields: &Fields<'a>,
        field: &Field<'a>,
    ) -> Result<bool, WireError> {
        match schema.shape {
            Shape::Map => {
                let Some(bytes) = field.bytes() else { return Ok(false) };
                self.put_entry(schema, field, bytes)
            }
            Shape::List => self.put_item(schema, fields, field),
            Shape::Single => self.put_single(schema, fields, field),
        }
    }

    fn put_single(
        &mut self,
        schema: &'static FieldSchema,
        fields: &Fields<'a>,
        field: &Field<'a>,
    ) -> Result<bool, WireError> {
        if let (Kind::Message(place), Some(bytes)) = (&schema.kind, field.bytes()) {
            let empty = || Node::Message(Self::empty(Schema::at(*place)));
            let node = self.get_or_put(field.number, empty);
            if let Node::Message(tree) = node {
                tree.merge(bytes, field.offset)?;
            }
            return Ok(true);
        }
        let Some(node) = scalar(&schema.kind, fields, field)? else { return Ok(false) };
        if node.is_default() {
            self.remove(field.number);
        } else {
            match self.place(field.number) {
                Ok(at) => self.fields[at].1 = node,
                Err(at) => self.fields.insert(at, (field.number, node)),
            }
        }
        Ok(true)
    }

    fn put_item(
        &mut self,
        schema: &'static FieldSchema,
        fields: &Fields<'a>,
        field: &Field<'a>,
    ) -> Result<bool, WireError> {
        let mut items = Vec::new();
        match (&schema.kind, field.bytes()) {
            (Kind::Message(place), Some(bytes)) => {
                let mut tree = Self::empty(Schema::at(*place));
                tree.merge(bytes, field.offset)?;
                items.push(Node::Message(tree));
            }
            // Numbers come packed or one by one; a parser takes both.
            (Kind::Double, Some(bytes)) => {
                let chunks = packed(self.schema, field, bytes)?;
                items.extend(chunks.iter().map(|chunk| Node::Double(u64::from_le_bytes(*chunk))));
            }
            (kind, _) => match scalar(kind, fields, field)? {
                Some(node) => items.push(node),
                None => return Ok(false),
            },
        }
        if !items.is_empty() {
            let node = self.get_or_put(field.number, || Node::List(Vec::new()));
            if let Node::List(list) = node {
                list.append(&mut items);
            }
        }
        Ok(true)
    }

    fn put_entry(
        &mut self,
        schema: &'static FieldSchema,
        field: &Field<'a>,
        bytes: &'a [u8],
    ) -> Result<bool, WireError> {
        let (key, value, at) = entry(self.schema.name, field, bytes)?;
        let node = match &schema.kind {
            Kind::Message(place) => {
                // The value may come in parts, which merge.
                let mut tree = Self::empty(Schema::at(*place));
                for part in Fields::inside(self.schema.name, bytes, field.offset) {
                    let part = part?;
                    if let (2, Some(bytes)) = (part.number, part.bytes()) {
                        tree.merge(bytes, part.offset)?;
                    }
                }
                Node::Message(tree)
            }
            _ => Node::Text(std::str::from_utf8(value).map_err(|error| WireError {
                message: self.schema.name,
                detail: format!("text of field {} that is not UTF-8", field.number),
                offset: at + error.valid_up_to(),
            })?),
        };
        // An entry with a part beside key and value is an unknown field to Google's parsers, and not in their JSON.
        if usual_entry(bytes).is_none() {
            for part in Fields::inside(self.schema.name, bytes, field.offset) {
                let part = part?;
                if !matches!((part.number, part.bytes()), (1 | 2, Some(_))) {
                    return Ok(false);
                }
            }
        }
        let map = self.get_or_put(field.number, || Node::Map(Vec::new()));
        if let Node::Map(map) = map {
            map.push((key, node));
        }
        Ok(true)
    }
}

/// Reads a whole message as [`Tree::read`] does, and keeps nothing: what it refuses, this refuses. Every captured answer
/// is looked at so, on cores that the Gateway's calls need too.
pub(super) fn well_formed(
    schema: &'static Schema,
    bytes: &[u8],
    base: usize,
) -> Result<(), WireError> {
    let fields = Fields::inside(schema.name, bytes, base);
    for field in fields.clone() {
        let field = field?;
        let (Some(known), Some(bytes)) = (schema.field(field.number), field.bytes()) else {
            continue;
        };
        match (&known.shape, &known.kind) {
            (Shape::Map, Kind::Message(place)) => {
                entry(schema.name, &field, bytes)?;
                for part in Fields::inside(schema.name, bytes, field.offset) {
                    let part = part?;
                    if let (2, Some(bytes)) = (part.number, part.bytes()) {
                        well_formed(Schema::at(*place), bytes, part.offset)?;
                    }
                }
            }
            (Shape::Map, _) => {
                text_entry(schema.name, &field, bytes)?;
            }
            (_, Kind::Message(place)) => well_formed(Schema::at(*place), bytes, field.offset)?,
            (_, Kind::Text) => {
                fields.text(&field, bytes)?;
            }
            (Shape::List, Kind::Double) => {
                packed(schema, &field, bytes)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The doubles of a packed list, eight bytes each.
fn packed<'a>(
    schema: &Schema,
    field: &Field<'a>,
    bytes: &'a [u8],
) -> Result<&'a [[u8; 8]], WireError> {
    let (chunks, rest) = bytes.as_chunks::<8>();
    if rest.is_empty() {
        return Ok(chunks);
    }
    Err(WireError {
        message: schema.name,
        detail: format!("{} bytes of packed doubles", bytes.len()),
        offset: field.offset,
    })
}

impl Node<'_> {
    fn settle(&mut self) {
        match self {
            Self::Message(tree) => tree.settle(),
            Self::List(items) => items.iter_mut().for_each(Self::settle),
            Self::Map(entries) => {
                if !entries.is_sorted_by(|(a, _), (b, _)| a < b) {
                    // The last of a key comes first, and is kept.
                    entries.reverse();
                    entries.sort_by_key(|(key, _)| *key);
                    entries.dedup_by_key(|(key, _)| *key);
                }
                for (_, node) in entries {
                    node.settle();
                }
            }
            _ => {}
        }
    }

    fn is_default(&self) -> bool {
        match self {
            Self::Int32(number) | Self::Enum(number) => *number == 0,
            Self::Int64(number) => *number == 0,
            Self::Double(bits) => *bits == 0,
            Self::Bool(value) => !value,
            Self::Text(text) => text.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Message(_) | Self::List(_) | Self::Map(_) => false,
        }
    }
}

/// A scalar of a kind; `None` where the wire type is not the kind's.
fn scalar<'a>(
    kind: &Kind,
    fields: &Fields<'a>,
    field: &Field<'a>,
) -> Result<Option<Node<'a>>, WireError> {
    Ok(Some(match (kind, field.value) {
        (Kind::Int32, Value::Varint(number)) => Node::Int32(int32(number)),
        (Kind::Int64, Value::Varint(number)) => Node::Int64(number.cast_signed()),
        (Kind::Enum(_), Value::Varint(number)) => Node::Enum(int32(number)),
        (Kind::Bool, Value::Varint(number)) => Node::Bool(number != 0),
        (Kind::Double, Value::Fixed64(bits)) => Node::Double(bits),
        (Kind::Text, Value::Bytes(bytes)) => Node::Text(fields.text(field, bytes)?),
        (Kind::Bytes, Value::Bytes(bytes)) => Node::Bytes(bytes),
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::hook::Message;
    use super::super::wire::{put_bytes, put_entry, put_text};
    use super::*;

    /// An Object with a field of each shape.
    fn object() -> Vec<u8> {
        let mut request = Vec::new();
        put_entry(&mut request, 1, "Host", "api.example.org");
        put_text(&mut request, 5, "/orders/1?full=ä");
        put_bytes(&mut request, 14, b"\xff\x00");
        let mut rights = Vec::new();
        put_text(&mut rights, 1, "orders");
        put_text(&mut rights, 3, "Default");
        let mut right = Vec::new();
        put_text(&mut right, 1, "orders");
        put_bytes(&mut right, 2, &rights);
        let mut monitor = Vec::new();
        put_bytes(&mut monitor, 1, &1.5_f64.to_le_bytes());
        let mut session = Vec::new();
        put_bytes(&mut session, 10, &right);
        put_bytes(&mut session, 21, &monitor);
        let mut object = vec![0x08, 4];
        put_bytes(&mut object, 3, &request);
        put_bytes(&mut object, 4, &session);
        put_entry(&mut object, 5, "token", "t");
        object
    }

    proptest! {
        #[test]
        fn what_a_tree_refuses_is_not_well_formed(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        ) {
            let mut object = object();
            for (at, byte) in changes {
                let at = at.index(object.len());
                object[at] = byte;
            }
            let schema = Schema::of(Message::Object);
            let read = Tree::read(schema, &object).map(drop);
            prop_assert_eq!(well_formed(schema, &object, 0), read);
        }
    }
}
