//! A text with hooks in it, a manifest or an API definition, and the edits that fixes are made of.

use serde_json::Value as Json;

use super::{Facts, Finding, Fix, Report};
use crate::domain::api::{Definition, Field, Notation};
use crate::domain::json::{Kind, Path, Place, Value};

/// A text with hooks in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a> {
    pub(super) file: &'a str,
    pub(super) definition: &'a Definition,
    /// Whether it is a manifest, read as a definition.
    pub(super) is_manifest: bool,
}

impl Facts {
    /// The API definitions.
    pub(super) fn api_texts(&self) -> impl Iterator<Item = Text<'_>> {
        self.apis.iter().map(|api| Text {
            file: &api.file,
            definition: &api.definition,
            is_manifest: false,
        })
    }

    /// The manifests and the API definitions.
    pub(super) fn texts(&self) -> impl Iterator<Item = Text<'_>> {
        let manifests = self.manifests.iter().map(|manifest| Text {
            file: &manifest.file,
            definition: &manifest.definition,
            is_manifest: true,
        });
        manifests.chain(self.api_texts())
    }
}

impl Text<'_> {
    /// A fix that sets a value.
    pub(super) fn set(&self, path: &Path, value: impl Into<Json>) -> Option<Fix> {
        let value = value.into();
        let edit = self.definition.set(path, &value).ok()?;
        let key = path.steps().last().map(|_| path.to_string()).unwrap_or_default();
        Some(Fix::one(format!("set {key} to {value}"), self.file, edit))
    }

    /// A fix that takes a member or an element out.
    pub(super) fn remove(&self, value: Value<'_>) -> Option<Fix> {
        let edit = if self.is_json() {
            self.definition.document().remove_value(value).ok()?
        } else {
            self.definition.remove(&value.path()).ok()?
        };
        Some(Fix::one(format!("remove {}", value.path()), self.file, edit))
    }

    /// A fix that gives a member another key.
    pub(super) fn rename(&self, member: Value<'_>, key: &str) -> Option<Fix> {
        let title = format!("write {key} for {}", member.key()?);
        Some(Fix::one(title, self.file, self.definition.rename(member, key).ok()?))
    }

    /// Edits of text are made here by its bytes, which YAML's rendering has not.
    pub(super) fn is_json(&self) -> bool {
        self.definition.notation() == Notation::Json
    }

    /// Where a path leads, or as far towards it as there is something.
    pub(super) fn place(&self, path: &Path) -> Place {
        let document = self.definition.document();
        let mut here = path.clone();
        loop {
            if let Some(value) = document.at(&here) {
                return self.definition.place(value);
            }
            match here.split_last() {
                Some((shorter, _)) => here = shorter,
                None => return self.definition.place(document.root()),
            }
        }
    }
}

impl Report<'_> {
    /// Says that something was found in a text, on a value.
    pub(super) fn on_value(
        &mut self,
        text: &Text<'_>,
        value: Value<'_>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.say(text.file, message).at(text.definition.place(value)).on(value.path())
    }

    /// Says that something was found in a text, on what is looked for there, present or not.
    pub(super) fn on_field(
        &mut self,
        text: &Text<'_>,
        field: &Field<'_>,
        message: impl Into<String>,
    ) -> &mut Finding {
        let place = match field.value {
            Some(value) => text.definition.place(value),
            None => text.place(&field.path),
        };
        self.say(text.file, message).at(place).on(field.path.clone())
    }
}

/// A value of the user's, cut to a length that fits into a message.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}

/// Whether something other than null is there.
pub(super) fn is_there(field: &Field<'_>) -> bool {
    field.value.is_some_and(|value| value.kind() != Kind::Null)
}
