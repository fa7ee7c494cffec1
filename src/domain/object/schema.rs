//! The messages' fields, from the committed descriptors: what `tree` needs to read them and `json` to name them.

use std::collections::HashMap;
use std::sync::LazyLock;

use prost_reflect::{
    DescriptorPool, EnumDescriptor, FieldDescriptor, Kind as Reflected, MessageDescriptor,
};

use super::hook::Message;

/// The `FileDescriptorSet` of `proto/`, as protoc writes it: for reflection, and for programs that read our messages.
pub const DESCRIPTORS: &[u8] = include_bytes!("../../../proto/coprocess.bin");

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::load);

/// The fields of one message by number.
pub(super) struct Schema {
    /// The message's name, without package.
    pub(super) name: &'static str,
    fields: Vec<FieldSchema>,
}

/// One field.
pub(super) struct FieldSchema {
    pub(super) number: u32,
    /// Its lowerCamelCase name.
    pub(super) json: String,
    pub(super) shape: Shape,
    pub(super) kind: Kind,
}

/// How often a field may come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    Single,
    List,
    /// From string keys, the only ones that these messages have.
    Map,
}

/// The type of a field's values.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Int32,
    Int64,
    Double,
    Bool,
    Text,
    Bytes,
    Enum(EnumDescriptor),
    Message(Place),
}

/// Which of the messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(usize);

impl Place {
    /// Of one of the three messages that travel.
    pub(super) fn of(message: Message) -> Self {
        match message {
            Message::Object => SCHEMAS.object,
            Message::Event => SCHEMAS.event,
            Message::EventReply => SCHEMAS.event_reply,
        }
    }
}

struct Schemas {
    all: Vec<Schema>,
    /// Those that travel.
    object: Place,
    event: Place,
    event_reply: Place,
}

impl Schemas {
    fn load() -> Self {
        let pool = DescriptorPool::decode(DESCRIPTORS)
            .expect("the committed descriptors are those that a test makes anew");
        let messages: Vec<_> =
            pool.all_messages().filter(|message| !message.is_map_entry()).collect();
        let names = messages.iter().map(|message| message.full_name().to_owned());
        let places: HashMap<String, Place> =
            names.enumerate().map(|(at, name)| (name, Place(at))).collect();
        let schema = |message: &MessageDescriptor| {
            let fields = message.fields();
            let mut fields: Vec<_> =
                fields.filter_map(|field| FieldSchema::of(&field, &places)).collect();
            fields.sort_by_key(|field| field.number);
            // Once for the life of the process.
            let name: &'static str = Box::leak(message.name().to_owned().into_boxed_str());
            Schema { name, fields }
        };
        Self {
            all: messages.iter().map(schema).collect(),
            object: places["coprocess.Object"],
            event: places["coprocess.Event"],
            event_reply: places["coprocess.EventReply"],
        }
    }
}

impl Schema {
    /// Of one of the three messages that travel.
    pub(super) fn of(message: Message) -> &'static Self {
        Self::at(Place::of(message))
    }

    /// Of the message that a field holds.
    pub(super) fn at(place: Place) -> &'static Self {
        &SCHEMAS.all[place.0]
    }

    /// All fields, by their numbers.
    pub(super) fn fields(&'static self) -> impl Iterator<Item = &'static FieldSchema> {
        self.fields.iter()
    }

    /// A field by its number.
    pub(super) fn field(&'static self, number: u32) -> Option<&'static FieldSchema> {
        let at = self.fields.binary_search_by_key(&number, |field| field.number).ok()?;
        Some(&self.fields[at])
    }
}

impl FieldSchema {
    /// `None` for types that these messages do not have.
    fn of(field: &FieldDescriptor, places: &HashMap<String, Place>) -> Option<Self> {
        let (shape, kind) = match field.kind() {
            Reflected::Message(entry) if field.is_map() => {
                (Shape::Map, Kind::of(&entry.map_entry_value_field(), places)?)
            }
            _ if field.is_list() => (Shape::List, Kind::of(field, places)?),
            _ => (Shape::Single, Kind::of(field, places)?),
        };
        Some(Self { number: field.number(), json: field.json_name().to_owned(), shape, kind })
    }
}

impl Kind {
    fn of(field: &FieldDescriptor, places: &HashMap<String, Place>) -> Option<Self> {
        Some(match field.kind() {
            Reflected::Int32 => Self::Int32,
            Reflected::Int64 => Self::Int64,
            Reflected::Double => Self::Double,
            Reflected::Bool => Self::Bool,
            Reflected::String => Self::Text,
            Reflected::Bytes => Self::Bytes,
            Reflected::Enum(names) => Self::Enum(names),
            Reflected::Message(message) => Self::Message(*places.get(message.full_name())?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_descriptors_has_its_place() {
        let pool = DescriptorPool::decode(DESCRIPTORS).unwrap();
        let mut seen = 0;
        let messages = pool.all_messages().filter(|message| !message.is_map_entry());
        for (at, message) in messages.enumerate() {
            let schema = Schema::at(Place(at));
            assert_eq!(schema.name, message.name());
            for field in message.fields() {
                let ours = schema.field(field.number());
                let ours = ours.unwrap_or_else(|| panic!("{}", field.full_name()));
                assert_eq!(ours.json, field.json_name());
                seen += 1;
            }
            assert!(schema.field(999).is_none());
        }
        assert_eq!(seen, 79);
    }
}
