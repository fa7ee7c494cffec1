//! `delete_headers = ["X-Internal"]`: what the upstream does not get.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::load::header_names;
use crate::dispatch::rules::turn::{Done, Turn};

pub(super) const KIND: Kind = Kind {
    name: "delete_headers",
    hooks: Hooks::Request,
    load: |_, action| {
        Ok(Action::Now(Box::new(DeleteHeaders(header_names(action, "delete_headers")?))))
    },
};

#[derive(Debug)]
struct DeleteHeaders(Vec<String>);

impl Now for DeleteHeaders {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        self.0.iter().for_each(|name| turn.edit.delete_header(name));
        Done::GoOn
    }
}
