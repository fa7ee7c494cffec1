//! What enter and add do on a row of the form: choose, type, or switch.

use serde_json::{Value as Json, json};

use super::api::Api;
use super::form::{Way, entry};
use super::new::New;
use crate::domain::api::events::{EVENTS, HANDLERS, PLUGIN_HANDLER, reaches_plugins};
use crate::domain::api::{Definition, EventHandler, Field, Phase, Plugin};
use crate::domain::json::Path;
use crate::domain::manifest::DRIVERS;
use crate::tui::widget::Wants;

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
        /// What is taken.
        wants: Wants,
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
    /// Sets the typed words.
    Words(Path),
    /// Asks for the plugin that is to be called at this event.
    Event(String),
    /// Adds a plugin of the typed name to this event.
    Handler(String),
    /// What a new definition is to be.
    New(New),
}

impl Api {
    /// How the selected row is changed; `None` where it was changed at once.
    pub(super) fn wish(&mut self, add: bool) -> Option<Wish> {
        let row = self.row()?.clone();
        let path = row.path.clone().unwrap_or_default();
        let text = if row.value == "—" { String::new() } else { row.value.clone() };
        let ask = |note: &str, wants, wanted| {
            let (title, note) = (row.label.clone(), note.to_owned());
            Some(Wish::Ask { title, note, text, wants, wanted })
        };
        let new_hook = |list: &Path| {
            let wanted = Wanted::Hook(list.clone());
            Some(Wish::Ask {
                title: "New hook".to_owned(),
                note: NAME.to_owned(),
                text: String::new(),
                wants: Wants::Anything,
                wanted,
            })
        };
        match row.way {
            Way::Hooks(list) => new_hook(&list),
            Way::Hook(list, _) if add => new_hook(&list),
            Way::Hook(list, at) => Some(self.hook(&list.index(at))),
            Way::AuthCheck if row.value == "—" => {
                ask("The hook that authenticates.", Wants::Anything, Wanted::AuthCheck(path))
            }
            Way::AuthCheck | Way::Single if !add => Some(self.hook(&path)),
            Way::Events => Some(new_handler()),
            Way::Event(_) if add => Some(new_handler()),
            Way::Event(entry) => Some(self.handler(&entry)),
            _ if add => {
                Some(Wish::No("hooks and handlers are added in their list: select one".into()))
            }
            Way::Text(wants) => ask(&sentence(row.help), wants, Wanted::Text(path)),
            Way::Words => ask(
                "Words with commas between; without any it is taken out.",
                Wants::Anything,
                Wanted::Words(path),
            ),
            Way::Number => {
                ask("Counts whole matches from 0, not groups.", Wants::Index, Wanted::Number(path))
            }
            Way::Json => {
                let value = self.definition()?.document().at(&path);
                let text = value.and_then(|value| serde_json::from_slice::<Json>(value.raw()).ok());
                let text = text.map(|value| value.to_string()).unwrap_or_default();
                let (title, note) = (row.label, "As JSON; its text view lays it out.".to_owned());
                Some(Wish::Ask {
                    title,
                    note,
                    text,
                    wants: Wants::Object,
                    wanted: Wanted::Json(path),
                })
            }
            Way::Extend => self.extend().err().map(Wish::No),
            Way::Fixed(why) => Some(Wish::No(why.to_owned())),
            Way::Driver => {
                let drivers = DRIVERS.iter().map(|driver| (driver.name, driver.runs));
                Some(one_of("Driver", &path, drivers))
            }
            Way::OneOf(all) => Some(one_of(&row.label, &path, all.iter().copied())),
            Way::Toggle(sets) => self.set_all(&sets).err().map(Wish::No),
            Way::Finding(at) => self.go_to(at),
            Way::AuthCheck | Way::Single => Some(Wish::No(format!("an API has one {}", row.label))),
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
                Some(Wish::Ask {
                    title,
                    note,
                    text,
                    wants: Wants::Anything,
                    wanted: Wanted::Text(path),
                })
            }
            Wanted::Event(event) => Some(Wish::Ask {
                title: format!("Plugin for {event}"),
                note: NAME.to_owned(),
                text: String::new(),
                wants: Wants::Anything,
                wanted: Wanted::Handler(event),
            }),
            _ => None,
        }
    }

    /// A text was typed.
    pub(super) fn typed(&mut self, wanted: &Wanted, text: &str) -> Result<(), String> {
        let nothing = || Err("nothing was typed, so nothing has changed".to_owned());
        match wanted {
            Wanted::Text(path) if text.is_empty() => self.leave_out(path),
            Wanted::Json(path) if text.is_empty() => self.leave_out(path),
            Wanted::Text(path) => self.set_with_switch(path, json!(text)),
            // The field has checked it.
            Wanted::Json(path) => {
                let value: Json = serde_json::from_str(text)
                    .map_err(|error| format!("this is no JSON, so nothing has changed: {error}"))?;
                self.set_with_switch(path, value)
            }
            Wanted::Words(path) => {
                let words = text.split([',', ' ']).filter(|word| !word.is_empty());
                let words: Vec<_> = words.collect();
                if words.is_empty() {
                    self.leave_out(path)
                } else {
                    self.set_all(&[(path.clone(), json!(words))])
                }
            }
            Wanted::Number(path) => {
                let index: u32 =
                    text.parse().map_err(|_| format!("`{text}` is no index: 0, 1, 2, …"))?;
                self.set_all(&[(path.clone(), json!(index))])
            }
            Wanted::Hook(_) | Wanted::AuthCheck(_) | Wanted::Handler(_) if text.is_empty() => {
                nothing()
            }
            Wanted::Hook(list) => {
                let definition = self.definition().ok_or(NONE)?;
                let new = entry(definition, text);
                self.append(list, &new)
            }
            Wanted::Handler(event) => {
                let definition = self.definition().ok_or(NONE)?;
                let list = definition.field(&["event_handlers", "events", event]).path;
                let meta = json!({ "name": text });
                self.append(&list, &json!({ "handler_name": PLUGIN_HANDLER, "handler_meta": meta }))
            }
            Wanted::AuthCheck(path) => {
                let definition = self.definition().ok_or(NONE)?;
                let new = entry(definition, text);
                // What else an unnamed entry has stays.
                let unnamed = definition.auth_check().map(|check| check.name.path);
                let set = match unnamed {
                    Some(name) => (name, json!(text)),
                    None => (path.clone(), new),
                };
                self.set_all(&[set])
            }
            Wanted::Set(..) | Wanted::Ask(..) | Wanted::Event(_) | Wanted::New(_) => Ok(()),
        }
    }

    /// What can be set of an event's handler.
    fn handler(&self, entry: &Path) -> Wish {
        let handlers = self.definition().map(Definition::event_handlers).unwrap_or_default();
        let Some(handler) = handlers.into_iter().find(|handler| handler.entry.path == *entry)
        else {
            return Wish::No("it is not there any more".into());
        };
        let title = format!("Handler of {}", handler.event);
        Wish::Choose(title, handler_properties(&handler))
    }
}

/// The prompt's note where a name is wanted.
const NAME: &str = "The function's name in the code, or what a gRPC server dispatches on.";

/// Why nothing can be changed.
pub(super) const NONE: &str = "it is no definition any more";

/// A help line as a sentence.
fn sentence(help: &str) -> String {
    let mut letters = help.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.map_or_else(String::new, |first| format!("{first}{}.", letters.as_str()))
}

/// The events that reach plugins.
fn new_handler() -> Wish {
    let those = EVENTS.iter().filter(|(event, _)| reaches_plugins(event));
    let choice = |(event, about): &(&str, &str)| Choice {
        name: (*event).to_owned(),
        about: (*about).to_owned(),
        wanted: Wanted::Event((*event).to_owned()),
    };
    Wish::Choose("Plugin at which event?".to_owned(), those.map(choice).collect())
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
        text("code", &plugin.code),
    ]
}

fn handler_properties(handler: &EventHandler<'_>) -> Vec<Choice> {
    let about = if handler.name.is_blank() { "not set".to_owned() } else { handler.name.text() };
    let wanted = Wanted::Ask(handler.name.path.clone(), handler.name.text());
    let name = Choice { name: "name".to_owned(), about, wanted };
    // Those of Tyk OAS have other words, and none of them is a plugin.
    let classic = handler.handler.path.steps().last().map(ToString::to_string);
    let kinds: &[(&str, &str)] =
        if classic.is_some_and(|word| word != "type") { &HANDLERS } else { &[] };
    let kind = |(kind, about): &(&str, &str)| Choice {
        name: (*kind).to_owned(),
        about: format!("{}{about}", if handler.handler.text() == *kind { "now: " } else { "" }),
        wanted: Wanted::Set(handler.handler.path.clone(), json!(kind)),
    };
    std::iter::once(name).chain(kinds.iter().map(kind)).collect()
}
