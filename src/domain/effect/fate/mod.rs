//! What becomes of each edit of an answer: applied, ignored, or what it breaks; and what to write instead.
//!
//! It reads canonical JSON, so that it tells the same of what is shown with its secrets or without. Source: what a Gateway
//! 5.14.0 did with the answers recorded in `tests/fixtures/dispatch/effects`, for each of which a test compares this. What no
//! recording shows is from that Gateway's code, named where it counts (`gateway/…` is its folder).

mod headers;
mod overrides;
mod request;
mod response;
mod session;

use std::borrow::Cow;

use serde_json::Value;

use super::change::{Change, changes};
use crate::domain::object::Hook;

/// What a Gateway does with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// What it says happens.
    Applied,
    /// Nothing comes of it.
    Ignored,
    /// The request fails on it.
    Breaks,
    /// What happens hangs on what no Object carries.
    Depends,
}

/// An edit, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// What differs.
    pub change: Change,
    /// What becomes of it.
    pub fate: Fate,
    /// What the Gateway does, in a line.
    pub why: Cow<'static, str>,
    /// What to write instead, where the edit does not do what it seems to.
    pub fix: Option<Cow<'static, str>>,
}

/// What a rule says of a change.
struct Said {
    fate: Fate,
    why: Cow<'static, str>,
    fix: Option<Cow<'static, str>>,
}

impl Said {
    fn applied(why: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Applied, why: why.into(), fix: None }
    }

    fn ignored(why: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Ignored, why: why.into(), fix: None }
    }

    fn breaks(why: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Breaks, why: why.into(), fix: None }
    }

    fn depends(why: impl Into<Cow<'static, str>>) -> Self {
        Self { fate: Fate::Depends, why: why.into(), fix: None }
    }

    fn fix(self, fix: impl Into<Cow<'static, str>>) -> Self {
        Self { fix: Some(fix.into()), ..self }
    }
}

/// Both sides of a Dispatch, and what decides about more than one field.
struct Sides<'a> {
    hook: Hook,
    sent: &'a Value,
    answer: &'a Value,
    /// The code of the answer's overrides; -1 and 0 go on.
    code: i64,
    /// Our own server left out what the Gateway does not read.
    trimmed: bool,
}

fn text<'a>(side: &'a Value, pointer: &str) -> &'a str {
    side.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// What becomes of each edit of an answer. Both are canonical JSON of Objects; `trimmed`: our own server left out what the
/// Gateway does not read. Nothing where the answer is what came.
pub fn fates(sent: &Value, answer: &Value, trimmed: bool) -> Vec<Edited> {
    let code = answer.pointer("/request/returnOverrides/responseCode");
    let sides = Sides {
        hook: hook(sent),
        sent,
        answer,
        code: code.and_then(Value::as_i64).unwrap_or(0),
        trimmed,
    };
    let changes = changes(sent, answer);
    let changes =
        changes.into_iter().flat_map(|change| session::with_what_is_not_kept(&sides, change));
    let mut edits: Vec<Edited> = changes.flat_map(|change| sides.of(&change)).collect();
    edits.extend(session::missing(&sides));
    // A header that breaks off an answer of the plugin's own fails nothing else of it.
    let of_answer = |edit: &Edited| edit.change.path.get(2).is_some_and(|it| it == "headers");
    if edits.iter().any(|edit| edit.fate == Fate::Breaks && !of_answer(edit)) {
        edits = of_failed(edits);
    }
    // What breaks the request comes first, then what does nothing.
    edits.sort_by_key(|edit| match edit.fate {
        Fate::Breaks => 0,
        Fate::Ignored if edit.fix.is_some() => 1,
        Fate::Depends => 2,
        Fate::Applied => 3,
        Fate::Ignored => 4,
    });
    edits
}

/// The same where the Dispatch failed for a reason that the two texts need not show, such as an answer that is longer than
/// the Gateway takes: neither the upstream nor the client gets any of it.
pub fn of_failed(mut edits: Vec<Edited>) -> Vec<Edited> {
    for edit in edits.iter_mut().filter(|it| matches!(it.fate, Fate::Applied | Fate::Depends)) {
        edit.fate = Fate::Ignored;
        edit.why = "nothing comes of it: the request fails".into();
        edit.fix = None;
    }
    edits
}

/// A header of a map of them, whichever way its name is written.
fn header<'a>(side: &'a Value, pointer: &str, name: &str) -> Option<&'a str> {
    let all = side.pointer(pointer)?.as_object()?;
    all.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.as_str()
}

impl<'a> Sides<'a> {
    /// A header of the request, as it came.
    fn sent_header(&self, name: &str) -> Option<&'a str> {
        header(self.sent, "/request/headers", name)
    }

    /// The same, as the answer leaves it.
    fn header(&self, name: &str) -> Option<&'a str> {
        let deleted = self.answer.pointer("/request/deleteHeaders").and_then(Value::as_array);
        let is_it = |it: &Value| it.as_str().is_some_and(|it| it.eq_ignore_ascii_case(name));
        let is_deleted = deleted.is_some_and(|names| names.iter().any(is_it));
        let sent = || self.sent_header(name).filter(|_| !is_deleted);
        header(self.answer, "/request/setHeaders", name).or_else(sent)
    }
}

impl Sides<'_> {
    /// What is said of a change; nothing where our server made it and it means nothing.
    fn of(&self, change: &Change) -> Vec<Edited> {
        let path: Vec<&str> = change.path.iter().map(String::as_str).collect();
        let is_request_hook = self.hook.is_request_hook();
        let said = match path.as_slice() {
            ["request"] if is_request_hook => vec![request::missing()],
            ["request", rest @ ..] if is_request_hook => request::of(self, rest, change),
            ["request"] if change.after.is_none() && self.trimmed => Vec::new(),
            ["request"] if change.after.is_none() => {
                vec![Said::ignored("a response hook's answer needs no request")]
            }
            ["request", ..] => vec![
                Said::ignored("of a response hook's answer the Gateway reads the response alone")
                    .fix("edit response; its statusCode decides the status"),
            ],
            ["response", rest @ ..] if !is_request_hook => response::of(self, rest, change),
            ["response", ..] => vec![Said::ignored("a request hook's response is not read")],
            ["session", ..] => vec![session::of(self, change)],
            ["metadata", key] => vec![session::metadata(self, key)],
            // The hook, its name and the API: `ObjectPostProcess` and `ProcessRequest` (`gateway/coprocess.go`) read none
            // of them.
            _ => vec![Said::ignored("the Gateway goes by what it sent")],
        };
        let edited = |said: Said| Edited {
            change: change.clone(),
            fate: said.fate,
            why: said.why,
            fix: said.fix,
        };
        said.into_iter().map(edited).collect()
    }
}

/// The hook by its name on the wire.
fn hook(sent: &Value) -> Hook {
    match sent.get("hookType").and_then(Value::as_str) {
        Some("Pre") => Hook::Pre,
        Some("Post") => Hook::Post,
        Some("PostKeyAuth") => Hook::PostKeyAuth,
        Some("CustomKeyCheck") => Hook::AuthCheck,
        Some("Response") => Hook::Response,
        _ => Hook::Unknown,
    }
}
