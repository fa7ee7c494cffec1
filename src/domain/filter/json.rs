//! A record's JSON as jq computes with it. A filter makes it of a million records, so texts that are shown as they stand are
//! parts of the record's bytes, and are not copied.

use std::borrow::Cow;
use std::rc::Rc;

use bytes::Bytes;
use jaq_json::{Map, Val};
use serde_json::Value;

use crate::domain::object::{Form, Parsed, View};

/// JSON for jq; a cheap clone.
#[derive(Clone, Default)]
pub struct Json(Val);

impl Json {
    /// The same as a value has it.
    pub fn of(json: &Value) -> Self {
        Self(value(json))
    }

    /// The canonical JSON of a message that was read from these bytes, through a view.
    pub fn form(message: &Parsed<'_>, bytes: &Bytes, view: &dyn View) -> Self {
        Self(message.formed(&Shared(bytes), view))
    }

    /// Sets a member of an object; what is none becomes null.
    pub fn set(&mut self, name: &'static str, member: Option<Self>) {
        if let Val::Obj(members) = &mut self.0 {
            let name = Val::utf8_str(Bytes::from_static(name.as_bytes()));
            Rc::make_mut(members).insert(name, member.unwrap_or_default().0);
        }
    }

    pub(super) fn value(self) -> Val {
        self.0
    }
}

/// A value as jq has it.
pub(super) fn value(json: &Value) -> Val {
    match json {
        Value::Null => Val::Null,
        Value::Bool(value) => Val::Bool(*value),
        Value::Number(number) => {
            match number.as_i64().and_then(|number| isize::try_from(number).ok()) {
                Some(number) => Val::from(number),
                None => Val::from(number.as_f64().unwrap_or(f64::NAN)),
            }
        }
        Value::String(text) => Val::from(text.clone()),
        Value::Array(items) => items.iter().map(value).collect(),
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, member)| (Val::from(name.clone()), value(member)));
            Val::obj(members.collect::<Map>())
        }
    }
}

/// Values that share a message's bytes.
struct Shared<'b>(&'b Bytes);

impl Form for Shared<'_> {
    type Value = Val;
    type Members = Map;

    fn bool(&self, value: bool) -> Val {
        Val::Bool(value)
    }

    fn int(&self, number: i32) -> Val {
        number.try_into().map_or(Val::Null, |number: isize| Val::from(number))
    }

    fn double(&self, number: f64) -> Val {
        Val::from(number)
    }

    fn text(&self, text: Cow<'_, str>) -> Val {
        let text = match text {
            Cow::Borrowed(text) if self.0.as_ptr_range().contains(&text.as_ptr()) => {
                self.0.slice_ref(text.as_bytes())
            }
            Cow::Borrowed(text) => Bytes::copy_from_slice(text.as_bytes()),
            Cow::Owned(text) => text.into(),
        };
        Val::utf8_str(text)
    }

    fn list(&self, items: Vec<Val>) -> Val {
        items.into_iter().collect()
    }

    fn members(&self, count: usize) -> Map {
        let mut members = Map::default();
        members.reserve(count);
        members
    }

    fn field(&self, members: &mut Map, name: &'static str, value: Val) {
        members.insert(Val::utf8_str(Bytes::from_static(name.as_bytes())), value);
    }

    fn member(&self, members: &mut Map, name: Cow<'_, str>, value: Val) {
        members.insert(self.text(name), value);
    }

    fn object(&self, members: Map) -> Val {
        Val::obj(members)
    }
}
