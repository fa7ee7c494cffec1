//! `delete_params = ["debug"]`: what is taken out of the query.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::turn::{Done, Turn};

pub(super) const KIND: Kind = Kind {
    name: "delete_params",
    hooks: Hooks::Request,
    load: |_, action| {
        let names = action.strings("delete_params")?.unwrap_or_default();
        let names = names.into_iter().map(|name| name.value.to_owned()).collect();
        Ok(Action::Now(Box::new(DeleteParams(names))))
    },
};

#[derive(Debug)]
struct DeleteParams(Vec<String>);

impl Now for DeleteParams {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        self.0.iter().for_each(|name| turn.edit.delete_param(name));
        Done::GoOn
    }
}
