//! `response = { status = 200, set_headers = { … }, delete_headers = […], body = "…" }`: the answer that the caller gets, on
//! response hooks.

use super::{Action, Hooks, Kind, Now, action_table};
use crate::dispatch::rules::load::{Loader, header_names, headers};
use crate::dispatch::rules::table::Table;
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::task::Problem;

pub(super) const KIND: Kind = Kind { name: "response", hooks: Hooks::Response, load };

#[derive(Debug)]
struct Response {
    status: Option<i32>,
    set_headers: Vec<(String, Template)>,
    delete_headers: Vec<String>,
    body: Option<Template>,
}

impl Now for Response {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        if self.status.is_some() {
            turn.edit.response.status = self.status;
        }
        for name in &self.delete_headers {
            turn.edit.response.delete_header(name);
        }
        if let Some(body) = &self.body {
            turn.edit.response.body = Some(body.body(turn).into());
            // The upstream's may be compressed, and this one is not. The Gateway writes its length itself.
            turn.edit.response.delete_header("Content-Encoding");
        }
        for (name, value) in &self.set_headers {
            let value = value.line(turn);
            turn.edit.response.set_header(name, &value);
        }
        Done::GoOn
    }
}

fn load(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let known = ["status", "set_headers", "delete_headers", "body"];
    let table = action_table(action, "response", "`response`", &known)?;
    let status = match table.integer("status")? {
        None => None,
        Some(status) => {
            let valid = i32::try_from(status.value).ok().filter(|it| (200..=599).contains(it));
            Some(valid.ok_or_else(|| {
                let what = format!("`status` is {}, and must be from 200 to 599", status.value);
                table.problem(&status.span, what)
            })?)
        }
    };
    let body = table.string("body")?.map(|body| table.template(&body)).transpose()?;
    let set_headers = headers(&table, "set_headers")?;
    let delete_headers = header_names(&table, "delete_headers")?;
    if status.is_none() && body.is_none() && set_headers.is_empty() && delete_headers.is_empty() {
        return Err(table
            .problem(&table.span, "`response` changes nothing")
            .help(format!("known are {}", known.join(", "))));
    }
    Ok(Action::Now(Box::new(Response { status, set_headers, delete_headers, body })))
}
