//! `set_method = "POST"`: the method that the upstream gets.

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::turn::{Done, Turn};

pub(super) const KIND: Kind = Kind {
    name: "set_method",
    hooks: Hooks::Request,
    load: |_, action| {
        let method = action.required("set_method")?;
        if http::Method::from_bytes(method.value.as_bytes()).is_err() {
            let what = format!("`{}` is no method", method.value);
            return Err(action.problem(&method.span, what).help("one word, as GET or PATCH"));
        }
        Ok(Action::Now(Box::new(SetMethod(method.value.to_owned()))))
    },
};

#[derive(Debug)]
struct SetMethod(String);

impl Now for SetMethod {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        turn.edit.method = Some(self.0.clone());
        Done::GoOn
    }
}
