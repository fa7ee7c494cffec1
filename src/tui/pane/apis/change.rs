//! What the form changes in the text.

use serde_json::{Value as Json, json};

use super::api::Api;
use super::edit::NONE;
use super::form::Way;
use crate::domain::api::{Definition, Kind, Notation};
use crate::domain::json::{EditError, Kind as JsonKind, Path};

impl Api {
    /// Takes what the selected row stands for out of the text.
    pub(super) fn take_out(&mut self) -> Result<(), String> {
        let row = self.row().filter(|row| row.is_removable());
        let said = "only hooks, handlers and settings that are set can be taken out";
        let (way, path) =
            row.and_then(|row| Some((row.way.clone(), row.path.clone()?))).ok_or(said)?;
        let definition = self.definition().ok_or(NONE)?;
        let path = match way {
            // An event without handlers is none, and Tyk OAS refuses empty lists (recorded: 351).
            Way::Event(_) => alone(definition, &path).unwrap_or(path),
            Way::Hook(..) if definition.kind() != Kind::Classic => {
                alone(definition, &path).unwrap_or(path)
            }
            _ => path,
        };
        self.leave_out(&path)
    }

    /// Changes the selected hook's place with the one above or below it.
    pub(super) fn move_entry(&mut self, up: bool) -> Result<(), String> {
        let (Some(Way::Hook(list, at)), Some(definition)) =
            (self.row().map(|row| &row.way), self.definition())
        else {
            return Err("only hooks of a list can be moved".into());
        };
        let no_other = "it is the last one that way";
        let first = if up { at.checked_sub(1).ok_or(no_other)? } else { *at };
        let edit = definition.swap(list, first).map_err(|error| match error {
            EditError::Absent(_) => no_other.to_owned(),
            // Whose a comment between brackets is, nobody knows; and an alias must not come before its anchor.
            EditError::Unwritable => {
                "their lines cannot be told apart here: move them in the text".to_owned()
            }
            other @ EditError::Unfit { .. } => other.to_string(),
        })?;
        self.apply(&[edit]);
        self.cursor.at = if up { self.cursor.at.saturating_sub(1) } else { self.cursor.at + 1 };
        Ok(())
    }

    /// Writes the older plugin form as lists.
    pub(super) fn upgrade(&mut self) -> Result<(), String> {
        let edit = self.definition().ok_or(NONE)?.with_plugin_lists();
        let edit = edit.map_err(|error| error.to_string())?.ok_or(NO_OLDER_FORM)?;
        self.apply(&[edit]);
        Ok(())
    }

    /// Gives a plain OpenAPI document what a Gateway needs.
    pub(super) fn extend(&mut self) -> Result<(), String> {
        let definition = self.definition().ok_or(NONE)?;
        if definition.kind() != Kind::OpenApi {
            return Err(NO_PLAIN_OPENAPI.to_owned());
        }
        let edit = definition.with_extension(&definition.draft());
        self.apply(&[edit.map_err(|error| error.to_string())?]);
        Ok(())
    }

    /// Why the older plugin form cannot be written as lists; `None` where it can.
    pub(super) fn upgrade_why_not(&self) -> Option<&'static str> {
        let older = self.definition().is_some_and(Definition::has_older_plugins);
        (!older).then_some(NO_OLDER_FORM)
    }

    /// Why the document gets no `x-tyk-api-gateway`; `None` where it can.
    pub(super) fn extend_why_not(&self) -> Option<&'static str> {
        let plain = self.definition().is_some_and(|it| it.kind() == Kind::OpenApi);
        (!plain).then_some(NO_PLAIN_OPENAPI)
    }

    /// Why it is not written as JSON; `None` where it can.
    pub(super) fn convert_why_not(&self) -> Option<&'static str> {
        let yaml = self.definition().is_some_and(|it| it.notation() == Notation::Yaml);
        (!yaml).then_some("only a definition that is YAML is written as JSON")
    }

    /// Takes out what is at a path; in Tyk OAS with what is no use, and refused, without it.
    pub(super) fn leave_out(&mut self, path: &Path) -> Result<(), String> {
        let Some(definition) = self.definition() else { return Ok(()) };
        let bundle = definition.bundle();
        let holder = path.split_last().map(|(holder, _)| holder).filter(|holder| {
            // A bundle without a path is refused, switched off or not.
            let of_oas = definition.kind() != Kind::Classic && bundle.name.path == *path;
            let only_switch = definition.document().at(holder).is_some_and(|bundle| {
                bundle
                    .children()
                    .all(|it| ["path", "enabled"].contains(&it.key().unwrap_or_default().as_str()))
            });
            of_oas && only_switch
        });
        let path = holder.unwrap_or_else(|| path.clone());
        if definition.document().at(&path).is_none() {
            return Ok(());
        }
        let edit = definition.remove(&path).map_err(|error| error.to_string())?;
        self.apply(&[edit]);
        Ok(())
    }

    /// Sets values, as one step.
    pub(super) fn set_all(&mut self, sets: &[(Path, Json)]) -> Result<(), String> {
        let edit = self.definition().ok_or(NONE)?.set_all(sets);
        self.apply(&[edit.map_err(|error| error.to_string())?]);
        Ok(())
    }

    /// Sets a value, and turns on what it is of, where nobody has turned that off: in Tyk OAS a bundle, config data and
    /// an id extractor are off until they are turned on.
    pub(super) fn set_with_switch(&mut self, path: &Path, value: Json) -> Result<(), String> {
        let definition = self.definition().ok_or(NONE)?;
        let (bundle, values) = (definition.bundle(), definition.config_data());
        let switches = [(bundle.name.path, bundle.switch), (values.value.path, values.switch)];
        let switch = switches
            .into_iter()
            .find(|(of, switch)| of == path && !switch.is_on() && switch.field.value.is_none());
        let mut sets = vec![(path.clone(), value)];
        sets.extend(
            switch
                .map(|(_, switch)| (switch.field.path.clone(), Json::Bool(switch.value_for(true)))),
        );
        self.set_all(&sets)
    }

    /// Adds an element at a list's end.
    pub(super) fn append(&mut self, list: &Path, new: &Json) -> Result<(), String> {
        let definition = self.definition().ok_or(NONE)?;
        let edit = match definition.document().at(list) {
            Some(found) if found.kind() == JsonKind::Array => {
                definition.insert(list, found.children().count(), new)
            }
            // Absent and null lists are the same to a Gateway.
            _ => definition.set(list, &json!([new])),
        };
        self.apply(&[edit.map_err(|error| error.to_string())?]);
        Ok(())
    }
}

const NO_OLDER_FORM: &str = "nothing of the older plugin form (prePlugin, …) is in it";

const NO_PLAIN_OPENAPI: &str = "only an OpenAPI document without x-tyk-api-gateway is given one";

/// The list of an element, where it has no other.
fn alone(definition: &Definition, element: &Path) -> Option<Path> {
    let (list, _) = element.split_last()?;
    let elements = definition.document().at(&list)?.children().count();
    (elements == 1).then_some(list)
}
