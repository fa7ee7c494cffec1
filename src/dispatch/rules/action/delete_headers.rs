//! `delete_headers = ["X-Internal"]`: what the upstream does not get.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::load::{Loader, header_names, reaches_upstream};
use crate::dispatch::rules::table::Table;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::task::Problem;

pub(super) const KIND: Kind = Kind { name: "delete_headers", hooks: Hooks::Request, load };

#[derive(Debug)]
struct DeleteHeaders(Vec<String>);

impl Now for DeleteHeaders {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        self.0.iter().for_each(|name| turn.edit.delete_header(name));
        Done::GoOn
    }
}

fn load(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let names = header_names(action, "delete_headers")?;
    for name in action.strings("delete_headers")?.unwrap_or_default() {
        reaches_upstream(action, &name)?;
    }
    Ok(Action::Now(Box::new(DeleteHeaders(names))))
}
