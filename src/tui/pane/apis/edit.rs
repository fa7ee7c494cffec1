//! What enter and add do on a row of the form: choose, type, or switch.

use serde_json::{Value as Json, json};

use super::api::Api;
use super::form::{Way, entry};
use crate::domain::api::{Field, Phase, Plugin};
use crate::domain::json::Path;
use crate::domain::manifest::DRIVERS;

/// What is to be asked.
pub(crate) enum Wish {
    /// One of several.
    Choose(String, Vec<Choice>),
    /// A text.
    Ask {
        /// What is asked.
        title: String,
        /// What to know.
        note: String,
        /// What stands there.
        text: String,
        /// What the text is for.
        wanted: Wanted,
    },
    /// Nothing, and why.
    No(String),
}

/// One of several.
pub(crate) struct Choice {
    /// Its name.
    pub(crate) name: String,
    /// What it means.
    pub(crate) about: String,
    /// What choosing it does.
    pub(crate) wanted: Wanted,
}

/// What an answer does to the definition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wanted {
    /// Sets this value.
    Set(Path, Json),
    /// Asks for a text, with what stands there.
    Ask(Path, String),
    /// Sets the typed text; an empty one takes the member out.
    Text(Path),
    /// Sets the typed number.
    Number(Path),
    /// Sets the typed JSON.
    Json(Path),
    /// Adds a hook of the typed name to the list.
    Hook(Path),
    /// Makes the authentication's hook, with the typed name.
    AuthCheck(Path),
}

impl Api {
    /// How the selected row is changed; `None` where it was changed at once.
    pub(super) fn wish(&mut self, add: bool) -> Option<Wish> {
        let row = self.row()?.clone();
        let path = row.path.clone().unwrap_or_default();
        let text = if row.value == "—" { String::new() } else { row.value.clone() };
        let ask = |note: &str, wanted| {
            Some(Wish::Ask { title: row.label.clone(), note: note.to_owned(), text, wanted })
        };
        let new_hook = |list: &Path| {
            let note = "The function's name in the code, or what a gRPC server dispatches on.";
            let (title, text) = ("New hook".to_owned(), String::new());
            Some(Wish::Ask { title, note: note.into(), text, wanted: Wanted::Hook(list.clone()) })
        };
        match row.way {
            Way::Hooks(list) => new_hook(&list),
            Way::Hook(list, _) if add => new_hook(&list),
            Way::Hook(list, at) => Some(self.hook(&list.index(at))),
            Way::AuthCheck if row.value == "—" => {
                ask("The hook that authenticates.", Wanted::AuthCheck(path))
            }
            Way::AuthCheck if !add => Some(self.hook(&path)),
            _ if add => Some(Wish::No("a hook is added in its list: select one".into())),
            Way::Text(note) => ask(note, Wanted::Text(path)),
            Way::Number => ask("Counts whole matches from 0, not groups.", Wanted::Number(path)),
            Way::Json => {
                let value = self.definition()?.document().at(&path);
                let text = value.and_then(|value| serde_json::from_slice::<Json>(value.raw()).ok());
                let text = text.map(|value| value.to_string()).unwrap_or_default();
                let (title, note) = (row.label, "As JSON; its text view lays it out.".to_owned());
                Some(Wish::Ask { title, note, text, wanted: Wanted::Json(path) })
            }
            Way::Driver => {
                let drivers = DRIVERS.iter().map(|driver| (driver.name, driver.runs));
                Some(one_of("Driver", &path, drivers))
            }
            Way::OneOf(all) => Some(one_of(&row.label, &path, all.iter().copied())),
            Way::Toggle(sets) => self.set_all(&sets).err().map(Wish::No),
            Way::Finding(at) => self.go_to(at),
            Way::AuthCheck => Some(Wish::No("an API has one auth_check".into())),
        }
    }

    /// The row that a finding is about.
    fn go_to(&mut self, finding: usize) -> Option<Wish> {
        let row = self.rows.iter().position(|row| row.findings.contains(&finding));
        if let Some(row) = row {
            self.cursor.at = row;
            return None;
        }
        let message = &self.findings.get(finding)?.message;
        Some(Wish::No(format!("no row of the form has it, the text does: {message}")))
    }

    /// What can be set of a hook.
    fn hook(&self, path: &Path) -> Wish {
        let plugins = self.definition().map(|definition| {
            Phase::ALL
                .into_iter()
                .flat_map(|phase| definition.plugins_of(phase))
                .collect::<Vec<_>>()
        });
        let plugins = plugins.unwrap_or_default();
        let Some(plugin) = plugins.into_iter().find(|plugin| plugin.entry.path == *path) else {
            return Wish::No("it is not there any more".into());
        };
        Wish::Choose(format!("Hook {}", plugin.name.text()), properties(&plugin))
    }

    /// A choice was made; what is to be asked next.
    pub(super) fn chosen(&mut self, wanted: Wanted) -> Option<Wish> {
        match wanted {
            Wanted::Set(path, value) => self.set_all(&[(path, value)]).err().map(Wish::No),
            Wanted::Ask(path, text) => {
                let title = path.steps().last().map(|_| path.to_string()).unwrap_or_default();
                let note = "An empty text takes it out.".to_owned();
                Some(Wish::Ask { title, note, text, wanted: Wanted::Text(path) })
            }
            _ => None,
        }
    }

    /// A text was typed.
    pub(super) fn typed(&mut self, wanted: &Wanted, text: &str) -> Result<(), String> {
        let nothing = || Err("nothing was typed, so nothing has changed".to_owned());
        match wanted {
            Wanted::Text(path) if text.is_empty() => self.leave_out(path),
            Wanted::Json(path) if text.is_empty() => self.leave_out(path),
            Wanted::Text(path) => self.set_all(&[(path.clone(), json!(text))]),
            Wanted::Json(path) => {
                let value: Json = serde_json::from_str(text)
                    .map_err(|error| format!("this is no JSON, so nothing has changed: {error}"))?;
                if !value.is_object() {
                    return Err("config data is an object: {\"key\": …}".into());
                }
                self.set_all(&[(path.clone(), value)])
            }
            Wanted::Number(path) => {
                let index: u32 =
                    text.parse().map_err(|_| format!("`{text}` is no index: 0, 1, 2, …"))?;
                self.set_all(&[(path.clone(), json!(index))])
            }
            Wanted::Hook(_) | Wanted::AuthCheck(_) if text.is_empty() => nothing(),
            Wanted::Hook(list) => {
                let definition = self.definition().ok_or("it is no definition any more")?;
                let new = entry(definition, text);
                let there = definition.document().at(list);
                let edit = match there {
                    Some(found) if found.kind() == crate::domain::json::Kind::Array => {
                        definition.insert(list, found.children().count(), &new)
                    }
                    // Absent and null lists are the same to a Gateway.
                    _ => definition.set(list, &json!([new])),
                };
                let edit = edit.map_err(|error| error.to_string())?;
                self.apply(&[edit]);
                Ok(())
            }
            Wanted::AuthCheck(path) => {
                let definition = self.definition().ok_or("it is no definition any more")?;
                let new = entry(definition, text);
                // What else an unnamed entry has stays.
                let unnamed = definition.auth_check().map(|check| check.name.path);
                let set = match unnamed {
                    Some(name) => (name, json!(text)),
                    None => (path.clone(), new),
                };
                self.set_all(&[set])
            }
            Wanted::Set(..) | Wanted::Ask(..) => Ok(()),
        }
    }

    fn leave_out(&mut self, path: &Path) -> Result<(), String> {
        let Some(definition) = self.definition() else { return Ok(()) };
        if definition.document().at(path).is_none() {
            return Ok(());
        }
        let edit = definition.remove(path).map_err(|error| error.to_string())?;
        self.apply(&[edit]);
        Ok(())
    }

    fn set_all(&mut self, sets: &[(Path, Json)]) -> Result<(), String> {
        let definition = self.definition().ok_or("it is no definition any more")?;
        let edits: Result<Vec<_>, _> =
            sets.iter().map(|(path, value)| definition.set(path, value)).collect();
        let edits = edits.map_err(|error| error.to_string())?;
        self.apply(&edits);
        Ok(())
    }
}

fn one_of(
    title: &str,
    path: &Path,
    all: impl Iterator<Item = (&'static str, &'static str)>,
) -> Wish {
    let choice = |(name, about): (&str, &str)| Choice {
        name: name.to_owned(),
        about: about.to_owned(),
        wanted: Wanted::Set(path.clone(), json!(name)),
    };
    Wish::Choose(title.to_owned(), all.map(choice).collect())
}

fn properties(plugin: &Plugin<'_>) -> Vec<Choice> {
    let text = |name: &str, field: &Field<'_>| {
        let about = if field.is_blank() { "not set".to_owned() } else { field.text() };
        let wanted = Wanted::Ask(field.path.clone(), field.text());
        Choice { name: name.to_owned(), about, wanted }
    };
    let switch = |name: &str, on: bool, about: &str, path: &Path, value: bool| Choice {
        name: name.to_owned(),
        about: format!("{}: {about}", if on { "on " } else { "off" }),
        wanted: Wanted::Set(path.clone(), Json::Bool(value)),
    };
    let on = !plugin.is_disabled();
    let flag = |name, field: &Field<'_>, about| {
        switch(name, field.is_true(), about, &field.path, !field.is_true())
    };
    let enabled = plugin.switch.value_for(!on);
    vec![
        text("name", &plugin.name),
        text("path", &plugin.code_path),
        switch("enabled", on, "the Gateway calls it", &plugin.switch.field.path, enabled),
        flag("session", &plugin.require_session, "the hook gets the session"),
        flag("raw body", &plugin.raw_body_only, "the body comes as bytes alone"),
    ]
}
