//! `override = { code = 403, error = "Not today" }`: the Gateway answers the caller itself.

use super::{Action, Hooks, Kind, Now, action_table};
use crate::dispatch::rules::load::{Loader, headers};
use crate::dispatch::rules::table::{Placed, Table};
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::object;
use crate::domain::task::Problem;

pub(super) const KIND: Kind = Kind { name: "override", hooks: Hooks::Request, load };

#[derive(Debug)]
struct Overrides {
    code: i32,
    error: Template,
    body: Template,
    override_error: bool,
    headers: Vec<(String, Template)>,
}

impl Now for Overrides {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        let headers = self.headers.iter().map(|(name, value)| (name.clone(), value.line(turn)));
        let overrides = object::Overrides {
            code: self.code,
            error: self.error.text(turn),
            body: self.body.body(turn),
            override_error: self.override_error,
            headers: headers.collect(),
        };
        turn.edit.overrides = Some(overrides);
        if self.code >= 400 { Done::Refused } else { Done::GoOn }
    }
}

fn load(_: &mut Loader<'_>, action: &Table<'_>) -> Result<Action, Problem> {
    let known = ["code", "error", "body", "override_error", "headers"];
    let table = action_table(action, "override", "`override`", &known)?;
    let Some(code) = table.integer("code")? else {
        let problem = table.problem(&table.span, "`override` without a `code`");
        return Err(problem.help("the status that the caller gets: 200 to 599"));
    };
    let valid = i32::try_from(code.value).ok().filter(|code| (200..=599).contains(code));
    let Some(valid) = valid else {
        let what = format!("`code` is {}, and must be a status from 200 to 599", code.value);
        return Err(table.problem(&code.span, what));
    };
    let (error, body) = (table.string("error")?, table.string("body")?);
    let is_there =
        |text: &Option<_>| text.as_ref().is_some_and(|text: &Placed<&str>| !text.value.is_empty());
    if is_there(&error) && is_there(&body) {
        let problem = table.problem(&table.span, "`override` with both `error` and `body`");
        return Err(problem.help("the Gateway overwrites the body with the error: leave one out"));
    }
    let template = |text: Option<Placed<&str>>| match text {
        Some(text) => table.template(&text),
        None => Ok(Template::default()),
    };
    for (name, _) in table.map("headers")? {
        let of_body = ["Content-Length", "Transfer-Encoding"];
        if of_body.iter().any(|it| it.eq_ignore_ascii_case(name.value)) {
            let what = format!(
                "`{}` breaks the Gateway's answer off where the body is another",
                name.value
            );
            return Err(table
                .problem(&name.span, what)
                .help("leave it out: the Gateway writes it"));
        }
    }
    Ok(Action::Now(Box::new(Overrides {
        code: valid,
        error: template(error)?,
        body: template(body)?,
        override_error: table.boolean("override_error")?,
        headers: headers(&table, "headers")?,
    })))
}
