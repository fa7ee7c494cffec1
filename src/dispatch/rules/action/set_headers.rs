//! `set_headers = { X-Plugin = "tyk-tui" }`: what the upstream gets.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::load::{Loader, headers, reaches_upstream};
use crate::dispatch::rules::table::Table;
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::task::Problem;

pub(super) const KIND: Kind = Kind { name: "set_headers", hooks: Hooks::Request, load };

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

fn load(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let headers = headers(action, "set_headers")?;
    for (name, _) in action.map("set_headers")? {
        reaches_upstream(action, &name)?;
    }
    Ok(Action::Now(Box::new(SetHeaders(headers))))
}
