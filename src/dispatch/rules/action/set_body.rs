//! `set_body = "…"`: the body that the upstream gets, in both of its fields: the Gateway reads `raw_body` alone.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};

pub(super) const KIND: Kind = Kind {
    name: "set_body",
    hooks: Hooks::Request,
    load: |_, action| {
        Ok(Action::Now(Box::new(SetBody(action.template(&action.required("set_body")?)?))))
    },
};

#[derive(Debug)]
struct SetBody(Template);

impl Now for SetBody {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        turn.edit.body = Some(self.0.body(turn).into());
        // Bodies come compressed as they were sent, and this one is not. The Gateway writes their length itself.
        turn.edit.delete_header("Content-Encoding");
        Done::GoOn
    }
}
