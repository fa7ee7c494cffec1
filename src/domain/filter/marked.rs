//! A record's fields with what somebody marked of it, which no record has in itself.

use super::{Fields, Json, Number, Text};

/// A record's fields, and its mark.
pub struct Marked<'a> {
    /// What the record has.
    pub fields: &'a dyn Fields,
    /// The note of its mark, which may be empty; `None` where it is not marked.
    pub note: Option<&'a str>,
}

impl Fields for Marked<'_> {
    fn any(&self, field: &Text, take: &mut dyn FnMut(&[u8]) -> bool) -> bool {
        match (field, self.note) {
            (Text::Mark | Text::Note, None) | (Text::Note, Some("")) => false,
            (Text::Mark, Some(_)) => take(field.word().as_bytes()),
            (Text::Note, Some(note)) => take(note.as_bytes()),
            _ => self.fields.any(field, take),
        }
    }

    fn raw(&self, field: &Text) -> Option<[&[u8]; 2]> {
        if field.is_mark() { None } else { self.fields.raw(field) }
    }

    fn number(&self, field: Number) -> Option<u64> {
        self.fields.number(field)
    }

    fn json(&self) -> Json {
        let mut json = self.fields.json();
        // As a line of `--json` has it.
        if let Some(note) = self.note {
            json.set("note", Some(Json::of(&note.into())));
        }
        json
    }

    fn knows(&self, field: &Text) -> bool {
        field.is_mark() || self.fields.knows(field)
    }

    fn knows_json(&self) -> bool {
        self.fields.knows_json()
    }
}
