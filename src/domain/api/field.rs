//! What a Gateway looks for in a definition, whether it is there or not.

use crate::domain::json::{Kind, Path, Value};

/// A named place in a definition: where it is or would be set, and what is there. A Gateway finds keys in any case, so
/// the path has the document's spelling.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// From the document's root, the Dashboard's wrapper included.
    pub path: Path,
    /// `None` where it is absent.
    pub value: Option<Value<'a>>,
}

impl<'a> Field<'a> {
    /// A member of it.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        let value = self.value.and_then(|value| value.field(name));
        let key = value.and_then(Value::key).unwrap_or_else(|| name.to_owned());
        Self { path: self.path.key(key), value }
    }

    /// Its elements; none where it is no list.
    pub fn elements(&self) -> impl Iterator<Item = Self> + use<'a> {
        let path = self.path.clone();
        let list = self.value.filter(|value| value.kind() == Kind::Array);
        let elements = list.into_iter().flat_map(Value::children).enumerate();
        elements.map(move |(at, value)| Self { path: path.index(at), value: Some(value) })
    }

    /// Its members with their keys, those that Go reads into a map: doubles included; none where it is no object.
    pub fn members(&self) -> impl Iterator<Item = (String, Self)> + use<'a> {
        let path = self.path.clone();
        let members = self.value.into_iter().flat_map(Value::children);
        members.filter_map(move |value| {
            let key = value.key()?;
            Some((key.clone(), Self { path: path.key(key), value: Some(value) }))
        })
    }

    /// The text of it; empty where it is absent, null or no string.
    pub fn text(&self) -> String {
        self.value.and_then(Value::string).unwrap_or_default()
    }

    /// True where it is `true`.
    pub fn is_true(&self) -> bool {
        self.value.and_then(Value::bool) == Some(true)
    }

    /// True where it is absent, null or an empty string: Go's zero value.
    pub fn is_blank(&self) -> bool {
        self.value.is_none_or(|value| match value.kind() {
            Kind::Null => true,
            Kind::String => value.string().is_some_and(|text| text.is_empty()),
            _ => false,
        })
    }
}

/// A boolean that turns something on or off: classic definitions say `disabled`, Tyk OAS says `enabled`.
#[derive(Clone, Debug)]
pub struct Switch<'a> {
    /// The boolean.
    pub field: Field<'a>,
    /// True where `true` turns off.
    inverted: bool,
}

impl<'a> Switch<'a> {
    /// Where `true` turns on; absent, it is off.
    pub(super) fn on(field: Field<'a>) -> Self {
        Self { field, inverted: false }
    }

    /// Where `true` turns off; absent, it is on.
    pub(super) fn off(field: Field<'a>) -> Self {
        Self { field, inverted: true }
    }

    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        self.field.is_true() != self.inverted
    }

    /// The boolean that turns it on, or off: to be set at its field's path.
    pub fn value_for(&self, on: bool) -> bool {
        on != self.inverted
    }
}
