//! Which names canonical JSON may have at a place, for whoever writes a path into it.

use std::sync::LazyLock;

use super::hook::Message;
use super::schema::{Kind, Place, Schema, Shape};

/// A place in the canonical JSON of a message, and what may stand there.
#[derive(Clone, Copy, Debug)]
pub struct Canonical {
    shape: Shape,
    kind: &'static Kind,
}

/// The message as a kind.
static OBJECT: LazyLock<Kind> = LazyLock::new(|| Kind::Message(Place::of(Message::Object)));

impl Canonical {
    /// The whole of a Dispatch's request or answer.
    pub fn object() -> Self {
        Self { shape: Shape::Single, kind: &OBJECT }
    }

    /// The members that it may have, in the order in which they are written, each with what it is in a few words. A map's
    /// are not known.
    pub fn members(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let fields = self.schema().into_iter().flat_map(Schema::fields);
        fields.map(|field| (&*field.json, words(field.shape, &field.kind)))
    }

    /// A member of a message or a map.
    pub fn member(self, name: &str) -> Option<Self> {
        if self.shape == Shape::Map {
            return self.item();
        }
        let field = self.schema()?.fields().find(|field| field.json == name)?;
        Some(Self { shape: field.shape, kind: &field.kind })
    }

    /// What a list's items or a map's values are.
    pub fn item(self) -> Option<Self> {
        (self.shape != Shape::Single).then_some(Self { shape: Shape::Single, ..self })
    }

    fn schema(self) -> Option<&'static Schema> {
        match self.kind {
            Kind::Message(place) if self.shape == Shape::Single => Some(Schema::at(*place)),
            _ => None,
        }
    }
}

/// What stands there; fields that have their default are left out.
fn words(shape: Shape, kind: &Kind) -> &'static str {
    match (shape, kind) {
        (Shape::List, _) => "a list",
        (Shape::Map, _) => "by name",
        (Shape::Single, Kind::Int32 | Kind::Double) => "a number",
        (Shape::Single, Kind::Int64) => "a whole number, as text",
        (Shape::Single, Kind::Bool) => "true where it is so",
        (Shape::Single, Kind::Text) => "a text",
        (Shape::Single, Kind::Bytes) => "bytes, in base64",
        (Shape::Single, Kind::Enum(_)) => "a word",
        (Shape::Single, Kind::Message(_)) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &[&str]) -> Option<Canonical> {
        path.iter().try_fold(Canonical::object(), |at, name| match *name {
            "[]" => at.item(),
            name => at.member(name),
        })
    }

    #[test]
    fn names_lead_as_deep_as_the_messages_do() {
        let names = |path: &[&str]| -> Vec<&str> {
            at(path).unwrap().members().map(|(name, _)| name).collect()
        };
        assert_eq!(names(&[])[..4], ["hookType", "hookName", "request", "session"]);
        assert!(names(&["request"]).contains(&"setHeaders"));
        assert!(names(&["request", "returnOverrides"]).contains(&"responseCode"));
        assert_eq!(names(&["response", "multivalueHeaders", "[]"]), ["key", "values"]);
        assert!(names(&["session", "accessRights", "orders"]).contains(&"apiId"));
        // A list has none itself, nor have texts.
        assert_eq!(names(&["response", "multivalueHeaders"]), [""; 0]);
        assert_eq!(names(&["request", "url"]), [""; 0]);
        assert!(at(&["request", "nothing"]).is_none() && at(&["request", "[]"]).is_none());
        let is =
            |name: &str| at(&["session"]).unwrap().members().find(|it| it.0 == name).unwrap().1;
        assert_eq!((is("expires"), is("tags")), ("a whole number, as text", "a list"));
    }
}
