//! `set_params = { page = "1" }`: the query that the upstream gets. The Gateway writes it anew then, sorted by name.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};

pub(super) const KIND: Kind = Kind {
    name: "set_params",
    hooks: Hooks::Request,
    load: |_, action| {
        let mut params = Vec::new();
        for (name, value) in action.map("set_params")? {
            params.push((name.value.to_owned(), action.template(&value)?));
        }
        Ok(Action::Now(Box::new(SetParams(params))))
    },
};

#[derive(Debug)]
struct SetParams(Vec<(String, Template)>);

impl Now for SetParams {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        for (name, value) in &self.0 {
            let value = value.text(turn);
            turn.edit.set_param(name, &value);
        }
        Done::GoOn
    }
}
