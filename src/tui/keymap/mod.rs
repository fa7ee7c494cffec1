//! Which key does what: the embedded keymap, and the user's lines over it.

mod key;

use std::collections::HashMap;
use std::path::Path;

pub(crate) use key::Key;

use super::action::{Action, Place, TABLE};
use crate::domain::task::Problem;

const EMBEDDED: &str = include_str!("../../../assets/keymap.toml");

/// Keys by place, and the keys of each action.
#[derive(Clone, Debug)]
pub(crate) struct Keymap {
    actions: HashMap<(Place, Key), Action>,
    keys: HashMap<Action, Vec<Key>>,
}

impl Keymap {
    /// The embedded keymap, with the user's file over it where there is one. What is wrong in that file is said, and the
    /// defaults stay for it.
    pub(crate) fn load(user: Option<&Path>) -> (Self, Vec<Problem>) {
        let mut keymap = Self { actions: HashMap::new(), keys: HashMap::new() };
        let mut problems = keymap.overlay(EMBEDDED, "assets/keymap.toml");
        let Some(file) = user else { return (keymap, problems) };
        match std::fs::read_to_string(file) {
            Ok(text) => problems.extend(keymap.overlay(&text, &file.display().to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => problems.push(
                Problem::failed(format!("cannot read the keymap: {error}")).at(file.display()),
            ),
        }
        (keymap, problems)
    }

    /// What a key does: the first of the places that binds it.
    pub(crate) fn action(&self, places: &[Place], key: Key) -> Option<Action> {
        places.iter().find_map(|place| self.actions.get(&(*place, key)).copied())
    }

    /// The keys of an action, the one to show first.
    pub(crate) fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The key to show for an action.
    pub(crate) fn key(&self, action: Action) -> Option<String> {
        self.keys(action).first().map(ToString::to_string)
    }

    /// Takes the lines of one file over what is there.
    fn overlay(&mut self, text: &str, file: &str) -> Vec<Problem> {
        let table: toml::Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => {
                return vec![Problem::usage(format!("not TOML: {}", error.message())).at(file)];
            }
        };
        let mut problems = Vec::new();
        let mut bound: HashMap<(Place, Key), &'static str> = HashMap::new();
        for (section, entries) in &table {
            let place = Place::ALL.into_iter().find(|place| place.word() == section);
            let (Some(place), Some(entries)) = (place, entries.as_table()) else {
                problems.push(Problem::usage(format!("there is no section [{section}]")).at(file));
                continue;
            };
            for (id, names) in entries {
                let spec = TABLE.iter().find(|spec| spec.place == place && spec.id == id);
                let Some(spec) = spec else {
                    let what = format!("[{section}] has no action `{id}`");
                    problems.push(Problem::usage(what).at(file));
                    continue;
                };
                let keys = match parse(names) {
                    Ok(keys) => keys,
                    Err(what) => {
                        let what = format!("[{section}] {id}: {what}; its keys stay as they were");
                        problems.push(Problem::usage(what).at(file));
                        continue;
                    }
                };
                self.unbind(spec.action, place);
                for key in keys {
                    if let Some(other) = bound.insert((place, key), spec.id) {
                        let what =
                            format!("[{section}] {id}: `{key}` is bound to `{other}` already");
                        problems.push(Problem::usage(what).at(file));
                        continue;
                    }
                    self.bind(spec.action, place, key);
                }
            }
        }
        problems
    }

    fn unbind(&mut self, action: Action, place: Place) {
        for key in self.keys.remove(&action).unwrap_or_default() {
            self.actions.remove(&(place, key));
        }
    }

    fn bind(&mut self, action: Action, place: Place, key: Key) {
        if let Some(other) = self.actions.insert((place, key), action)
            && let Some(keys) = self.keys.get_mut(&other)
        {
            keys.retain(|bound| *bound != key);
        }
        self.keys.entry(action).or_default().push(key);
    }
}

fn parse(names: &toml::Value) -> Result<Vec<Key>, String> {
    let names = names.as_array().ok_or("keys are a list of names")?;
    let key = |name: &toml::Value| {
        let name = name.as_str().ok_or("a key's name is a text")?;
        Key::parse(name).ok_or_else(|| format!("`{name}` is no key"))
    };
    names.iter().map(key).collect()
}

#[cfg(test)]
mod tests;
