//! `set_path = "/orders/${param.id}"`: the path that the upstream gets, listen path included.
//!
//! The Gateway puts the query back that came, with `set_params` and `delete_params` applied: it is left as it is.

use std::borrow::Cow;

use super::{Action, Hooks, Kind, Now};
use crate::dispatch::rules::template::Template;
use crate::dispatch::rules::turn::{Done, Turn};
use crate::domain::effect::refused_url;

pub(super) const KIND: Kind = Kind {
    name: "set_path",
    hooks: Hooks::Request,
    load: |_, action| {
        let path = action.required("set_path")?;
        let problem = |what: &str| action.problem(&path.span, what);
        if !path.value.starts_with('/') && !path.value.starts_with("${") {
            return Err(problem("`set_path` must begin with `/`"));
        }
        if path.value.contains(['?', '#']) {
            return Err(problem("the Gateway does not read the query of a plugin's url")
                .help("edit the query by `set_params` and `delete_params`"));
        }
        // What is filled in is not known yet; a text alone is what the Gateway will parse.
        if !path.value.contains("${")
            && let Some(why) = refused_url(path.value)
        {
            return Err(problem(&format!("the Gateway answers 500 to this path: {why}")));
        }
        Ok(Action::Now(Box::new(SetPath(action.template(&path)?))))
    },
};

#[derive(Debug)]
struct SetPath(Template);

impl Now for SetPath {
    fn apply(&self, turn: &mut Turn<'_>) -> Done {
        let path = self.0.line(turn);
        // A path of other people's words may hold what would end it.
        let path = path.replace('?', "%3F").replace('#', "%23").replace(' ', "%20");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let url = turn.edit.url.as_deref().unwrap_or(turn.head.url);
        turn.edit.url = Some(with_path(url, &path).into_owned());
        Done::GoOn
    }
}

/// A URL with another path: after a URL rewrite it is absolute, and must stay so.
fn with_path<'a>(url: &'a str, path: &'a str) -> Cow<'a, str> {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (before, query) = url.split_at(end);
    let origin = match before.split_once("://") {
        Some((scheme, rest)) if !before.starts_with('/') => {
            let host = rest.find('/').unwrap_or(rest.len());
            &before[..scheme.len() + 3 + host]
        }
        _ => "",
    };
    if origin.is_empty() && query.is_empty() {
        return path.into();
    }
    format!("{origin}{path}{query}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_and_query_stay() {
        for (url, with) in [
            ("/a/b?c=/d", "/x?c=/d"),
            ("/a", "/x"),
            ("", "/x"),
            ("http://up:9/a?b#c", "http://up:9/x?b#c"),
            ("http://up", "http://up/x"),
            ("/a?u=http://other/b", "/x?u=http://other/b"),
        ] {
            assert_eq!(with_path(url, "/x"), with, "{url}");
        }
    }
}
