//! `set_headers = { X-Plugin = "tyk-tui" }`: what the upstream gets.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::load::headers;
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};

pub(super) const KIND: Kind = Kind {
    name: "set_headers",
    hooks: Hooks::Request,
    load: |_, action| Ok(Action::Now(Box::new(SetHeaders(headers(action, "set_headers")?)))),
};

#[derive(Debug)]
struct SetHeaders(Vec<(String, Template)>);

impl Now for SetHeaders {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        for (name, value) in &self.0 {
            let value = value.line(turn);
            turn.edit.set_header(name, &value);
        }
        Done::GoOn
    }
}
